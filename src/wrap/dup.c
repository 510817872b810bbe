/* Copies.  The number that dup2 and dup3 are told is known beforehand, so one that is exempt never sees the flag. */
#include "variadic.h"
#include "wrap.h"

EXPORT int dup(int fd)
{
	return CREATE(dup, false, NEXT(fcntl)(fd, F_DUPFD_CLOEXEC, 0), NEXT(dup)(fd));
}

/* dup2(n, n) makes no descriptor and changes no flag; dup3 would refuse it. */
#define DUP2(name)                                                                                                \
	EXPORT int name(int fd, int number)                                                                       \
	{                                                                                                         \
		return CREATE(name, fd == number || descriptor_exempt(number), NEXT(dup3)(fd, number, O_CLOEXEC), \
			      NEXT(dup2)(fd, number));                                                            \
	}

DUP2(dup2)
DUP2(__dup2)

EXPORT int dup3(int fd, int number, int flags)
{
	return CREATE(dup3, (flags & O_CLOEXEC) || descriptor_exempt(number), NEXT(dup3)(fd, number, flags | O_CLOEXEC),
		      NEXT(dup3)(fd, number, flags));
}

/* `real` is the call whose pointer serves.  Where long is short, fcntl and fcntl64 take different structs for locks. */
#define FCNTL(name, real)                                                                          \
	EXPORT int name(int fd, int command, ...)                                                  \
	{                                                                                          \
		long argument = FCNTL_ARGUMENT(command);                                           \
                                                                                                   \
		return CREATE(name, command != F_DUPFD, NEXT(real)(fd, F_DUPFD_CLOEXEC, argument), \
			      NEXT(real)(fd, command, argument));                                  \
	}

FCNTL(fcntl, fcntl)
FCNTL(fcntl64, fcntl64)
FCNTL(__fcntl, fcntl)
FCNTL(__fcntl_time64, __fcntl_time64)
