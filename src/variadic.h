/* The last argument of the variadic calls, read as libc itself reads it. */
#ifndef CLOEXEC_VARIADIC_H
#define CLOEXEC_VARIADIC_H

#include <stdarg.h>

/* The mode of open and openat.  It is there with O_CREAT and with O_TMPFILE, and O_TMPFILE is more than one bit: it
 * contains O_DIRECTORY, so `flags & O_TMPFILE` would be true of every directory. */
#define OPEN_TAKES_MODE(flags) (((flags)&O_CREAT) || ((flags)&O_TMPFILE) == O_TMPFILE)
#define OPEN_MODE(flags)       ((mode_t)(OPEN_TAKES_MODE(flags) ? VARIADIC(flags, int) : 0))

/* The argument of fcntl: none, an int or a pointer.  One long carries all three, and reading it where there is none is
 * what libc does. */
#define FCNTL_ARGUMENT(command) VARIADIC(command, long)

#define VARIADIC(last, type)                                  \
	({                                                    \
		va_list variadic_list;                        \
		type variadic_value;                          \
                                                              \
		va_start(variadic_list, last);                \
		variadic_value = va_arg(variadic_list, type); \
		va_end(variadic_list);                        \
		variadic_value;                               \
	})

#endif
