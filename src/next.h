/* The next definition of each call: libc's, or that of another preload library behind us. */
#ifndef CLOEXEC_NEXT_H
#define CLOEXEC_NEXT_H

#include "calls.h"
#include "compiler.h"
#include "libc.h"

/* One typed pointer for each row of calls.def that has one. */
#define CALL(name, family, facility, next) NEXT_##next(name)
#define NOTE(name, next)                   NEXT_##next(name)
#define USES(name)                         NEXT_late(name)
#define NEXT_early(name)                   __typeof__(name) *name;
#define NEXT_late(name)                    __typeof__(name) *name;
#define NEXT_old(name)                     NEXT_late(name)
#define NEXT_shared(name)
struct next {
#include "calls.def"
};
#undef NEXT_early
#undef NEXT_late
#undef NEXT_old
#undef NEXT_shared

extern HIDDEN struct next next;

/* Which pointers may be NULL, as constants. */
#define CALL(name, family, facility, next) NEXT_##next(name)
#define NOTE(name, next)                   NEXT_##next(name)
#define USES(name)                         NEXT_late(name)
#define NEXT_early(name)                   NEXT_MAY_BE_MISSING_##name = 0,
#define NEXT_late(name)                    NEXT_MAY_BE_MISSING_##name = 1,
#define NEXT_old(name)                     NEXT_late(name)
#define NEXT_shared(name)
enum {
#include "calls.def"
};
#undef NEXT_early
#undef NEXT_late
#undef NEXT_old
#undef NEXT_shared

/* The pointers, as numbers. */
#define CALL(name, family, facility, next) NEXT_##next(name)
#define NOTE(name, next)                   NEXT_##next(name)
#define USES(name)                         NEXT_late(name)
#define NEXT_early(name)                   NEXT_ROW_##name,
#define NEXT_late(name)                    NEXT_ROW_##name,
#define NEXT_old(name)                     NEXT_ROW_##name,
#define NEXT_shared(name)
enum next_row {
#include "calls.def"
	NEXT_ROWS
};
#undef NEXT_early
#undef NEXT_late
#undef NEXT_old
#undef NEXT_shared

/* NEXT(open)(path, flags, mode) calls the next definition of open.  The pointer of a row marked `early` is valid from
 * the first instruction on: it begins as a function of early.c, which replaces it when it is called.  One marked `late` or
 * `old` is NULL until the first such call looks them all up. */
#define NEXT(name)                                                                                \
	({                                                                                        \
		__typeof__(next.name) next_known = __atomic_load_n(&next.name, __ATOMIC_RELAXED); \
                                                                                                  \
		while (NEXT_MAY_BE_MISSING_##name && !LIKELY(next_known)) {                       \
			next_look_up();                                                           \
			next_known = __atomic_load_n(&next.name, __ATOMIC_RELAXED);               \
		}                                                                                 \
		next_known;                                                                       \
	})

/* All three find what dlsym(RTLD_NEXT) would give for a name, without the loader's big lock, without allocating, and without
 * touching dlerror().  Idempotent, thread-safe without a lock of ours: all threads find the same.  Rest on dl_iterate_phdr
 * (glibc, musl). */

/* Finds out where names are to be looked up: what our constructor calls.  Where libc does not come behind us, or behind too
 * many others, it looks up the rows marked `early` itself.  Takes a lock of the loader's, briefly. */
void next_start(void);

/* Looks up one row marked `early`, in what next_start() has found.  Before that, or where nobody from us to libc has the name,
 * its pointer stays what it is.  Reads memory and writes that pointer, no more: async-signal-safe. */
void next_find(enum next_row row);

/* Looks up all rows not marked `early`.  What nobody behind us has becomes a function that fails with ENOSYS.  Takes no lock
 * of the loader's for nearly all of them; called once more, it looks for the rest everywhere. */
void next_look_up(void);

#endif
