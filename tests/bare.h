/* System calls without libc, for what a test program does on the side: nobody interposes an instruction.
 *
 * bare(number, ...) takes up to six arguments and gives what libc's syscall() gives: a result, or -1 and errno.
 */
#ifndef BARE_H
#define BARE_H

#include <sys/syscall.h>

long bare_system_call(long number, long a, long b, long c, long d, long e, long f);

#define BARE_ARGUMENTS(number, a, b, c, d, e, f, ...) \
	bare_system_call((number), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define bare(...) BARE_ARGUMENTS(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

#endif
