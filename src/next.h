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

/* NEXT(open)(path, flags, mode) calls the next definition of open.  The pointer of a row marked `early` is valid from
 * the first instruction on (early.c), and our constructor replaces it; one marked `late` or `old` is NULL until the first such
 * call looks them all up. */
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

/* Both find what dlsym(RTLD_NEXT) would give for each name, without the loader's big lock, without allocating, and without
 * touching dlerror(): the first for the rows marked `early`, by our constructor, the second for the others.  What nobody
 * behind us has keeps its bare system call, or becomes a function that fails with ENOSYS.  Idempotent, thread-safe
 * without a lock of ours: all threads find the same.  next_look_up() finds nearly all without a lock of the loader's too;
 * called once more, it looks for the rest everywhere.  Rests on dl_iterate_phdr (glibc, musl). */
void next_start(void);
void next_look_up(void);

#endif
