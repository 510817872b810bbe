/* System calls without libc: for the flag itself, and for calls that come before the next definitions are known.
 *
 * raw(number, ...) takes up to six arguments and gives what the kernel gives: a result, or -errno.  It touches neither
 * errno nor any other memory of this process, is no cancellation point, and goes through nobody's wrapper: it may be
 * used anywhere, in signal handlers and vfork children too.
 */
#ifndef CLOEXEC_RAW_H
#define CLOEXEC_RAW_H

#include <sys/syscall.h>

#if defined __x86_64__
static inline long raw_system_call(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}
#elif defined __i386__
static inline long raw_system_call(long number, long a, long b, long c, long d, long e, long f)
{
	long result;

	/* The sixth goes into the register that may hold the frame. */
	__asm__ volatile("pushl %7\n\tpush %%ebp\n\tmov 4(%%esp), %%ebp\n\tint $0x80\n\tpop %%ebp\n\tadd $4, %%esp"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e), "g"(f)
			 : "memory");
	return result;
}
#elif defined __aarch64__
static inline long raw_system_call(long number, long a, long b, long c, long d, long e, long f)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
	return x0;
}
#elif defined __riscv
static inline long raw_system_call(long number, long a, long b, long c, long d, long e, long f)
{
	register long a7 __asm__("a7") = number;
	register long a0 __asm__("a0") = a;
	register long a1 __asm__("a1") = b;
	register long a2 __asm__("a2") = c;
	register long a3 __asm__("a3") = d;
	register long a4 __asm__("a4") = e;
	register long a5 __asm__("a5") = f;

	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5) : "memory");
	return a0;
}
#else
#error "raw.h: write raw_system_call() for this architecture: a dozen lines, after the pattern of the others"
#endif

#define RAW_ARGUMENTS(number, a, b, c, d, e, f, ...) \
	raw_system_call((number), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define raw(...) RAW_ARGUMENTS(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

#endif
