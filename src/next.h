/* The next definition of each call: libc's, or that of another preload library behind us. */
#ifndef CLOEXEC_NEXT_H
#define CLOEXEC_NEXT_H

#include "calls.h"
#include "compiler.h"
#include "libc.h"

/* One typed pointer for each row of calls.def that has one. */
#define FACILITY(name, retried, remembered)
#define CALL(name, family, facility, next) NEXT_##next(name)
#define NEXT_start(name)                   __typeof__(name) *name;
#define NEXT_use(name)                     __typeof__(name) *name;
#define NEXT_shared(name)
struct next {
#include "calls.def"
};
#undef NEXT_start
#undef NEXT_use
#undef NEXT_shared
#undef CALL
#undef FACILITY

extern HIDDEN struct next next;

/* Which rows are looked up when first used, as constants. */
#define FACILITY(name, retried, remembered)
#define CALL(name, family, facility, next) NEXT_##next(name)
#define NEXT_start(name)                   NEXT_IS_LATE_##name = 0,
#define NEXT_use(name)                     NEXT_IS_LATE_##name = 1,
#define NEXT_shared(name)
enum {
#include "calls.def"
};
#undef NEXT_start
#undef NEXT_use
#undef NEXT_shared
#undef CALL
#undef FACILITY

/* NEXT(open)(path, flags, mode) calls the next definition of open.  A row marked `start` is never looked up here: its
 * pointer is valid from the first instruction on (early.c) and replaced by next_start().  A row marked `use` costs one
 * dlsym, the first time. */
#define NEXT(name)                                                                                \
	({                                                                                        \
		__typeof__(next.name) next_known = __atomic_load_n(&next.name, __ATOMIC_RELAXED); \
                                                                                                  \
		if (NEXT_IS_LATE_##name && !LIKELY(next_known))                                   \
			next_known = (__typeof__(next.name))next_find(CALL_##name);               \
		next_known;                                                                       \
	})

/* Looks up all rows marked `start`.  For the constructor alone: it calls dlsym.  Rests on RTLD_NEXT (glibc, musl). */
void next_start(void);

/* Looks up the next definition of `call`, remembers it and returns it; where this libc has none (the library was built
 * with a newer one), a function that fails with ENOSYS.  Thread-safe without a lock: all threads find the same.  Not
 * for signal handlers: dlsym takes the loader's lock. */
void (*next_find(enum call call))(void);

#endif
