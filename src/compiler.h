/* What we ask of the compiler, gcc or clang. */
#ifndef CLOEXEC_COMPILER_H
#define CLOEXEC_COMPILER_H

/* -fvisibility=hidden speaks of definitions; a declaration that says so too is reached without the offset table. */
#define HIDDEN __attribute__((visibility("hidden")))

#define LIKELY(condition) __builtin_expect(!!(condition), 1)

/* What libc's vfork returns twice to must be left by a jump, not by a call: through a frame that a child may have
 * overwritten there would be no way back. */
#if defined __clang__
#define JUMPS
#define JUMP __attribute__((musttail)) return
#else
#define JUMPS __attribute__((optimize("O2", "optimize-sibling-calls"), no_profile_instrument_function))
#define JUMP  return
#endif

#endif
