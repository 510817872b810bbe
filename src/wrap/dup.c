/* Copies.  The number that dup2 and dup3 are told is known beforehand, so one that is exempt never sees the flag. */
#include "variadic.h"
#include "wrap.h"

EXPORT int dup(int fd)
{
	return CREATE(dup, false, NEXT(fcntl)(fd, F_DUPFD_CLOEXEC, 0), NEXT(dup)(fd));
}

/* dup2(n, n) makes no descriptor and changes no flag; dup3 would refuse it. */
EXPORT int dup2(int fd, int number)
{
	return CREATE(dup2, fd == number || descriptor_exempt(number), NEXT(dup3)(fd, number, O_CLOEXEC),
		      NEXT(dup2)(fd, number));
}

EXPORT int dup3(int fd, int number, int flags)
{
	return CREATE(dup3, (flags & O_CLOEXEC) || descriptor_exempt(number), NEXT(dup3)(fd, number, flags | O_CLOEXEC),
		      NEXT(dup3)(fd, number, flags));
}

#define FCNTL(name)                                                                                \
	EXPORT int name(int fd, int command, ...)                                                  \
	{                                                                                          \
		long argument = FCNTL_ARGUMENT(command);                                           \
                                                                                                   \
		return CREATE(name, command != F_DUPFD, NEXT(name)(fd, F_DUPFD_CLOEXEC, argument), \
			      NEXT(name)(fd, command, argument));                                  \
	}

FCNTL(fcntl)
FCNTL(fcntl64)
