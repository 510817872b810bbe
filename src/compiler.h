/* What we ask of the compiler, gcc or clang. */
#ifndef CLOEXEC_COMPILER_H
#define CLOEXEC_COMPILER_H

/* -fvisibility=hidden speaks of definitions; a declaration that says so too is reached without the offset table. */
#define HIDDEN __attribute__((visibility("hidden")))

#define LIKELY(condition) __builtin_expect(!!(condition), 1)

#endif
