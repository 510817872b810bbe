/* Copies.  The number that dup2 and dup3 are told is known beforehand, so one that is exempt never sees the flag. */
#include "watch.h"
#include "variadic.h"
#include "wrap.h"

EXPORT int dup(int fd)
{
	return CREATE_COPY(dup, fd, false, NEXT(fcntl)(fd, F_DUPFD_CLOEXEC, 0), NEXT(dup)(fd));
}

/* dup2(n, n) makes no descriptor and changes no flag, and dup3 would refuse it; but it says that n is to be there. */
static int stay(int fd, const void *caller)
{
	int result = NEXT(dup2)(fd, fd);

	watch_placed(result, fd);
	if (result < 0 && trace_on)
		record_missed(fd, CALL_dup2, caller);
	return result;
}

#define DUP2(name)                                                                                       \
	EXPORT int name(int fd, int number)                                                              \
	{                                                                                                \
		if (fd == number)                                                                        \
			return stay(fd, __builtin_return_address(0));                                    \
		return CREATE_AT(name, fd, descriptor_exempt(number), NEXT(dup3)(fd, number, O_CLOEXEC), \
				 NEXT(dup2)(fd, number));                                                \
	}

DUP2(dup2)
DUP2(__dup2)

EXPORT int dup3(int fd, int number, int flags)
{
	return CREATE_AT(dup3, fd, (flags & O_CLOEXEC) || descriptor_exempt(number),
			 NEXT(dup3)(fd, number, flags | O_CLOEXEC), NEXT(dup3)(fd, number, flags));
}

/* `real` is the call whose pointer serves.  Where long is short, fcntl and fcntl64 take different structs for locks. */
#define FCNTL(name, real)                                                                                   \
	EXPORT int name(int fd, int command, ...)                                                           \
	{                                                                                                   \
		long argument = FCNTL_ARGUMENT(command);                                                    \
                                                                                                            \
		if (command != F_DUPFD)                                                                     \
			return watch_fcntl(fd, command, argument, NEXT(real)(fd, command, argument),        \
					   __builtin_return_address(0));                                    \
		return watch_copied(CREATE_COPY(name, fd, false, NEXT(real)(fd, F_DUPFD_CLOEXEC, argument), \
						NEXT(real)(fd, command, argument)),                         \
				    argument);                                                              \
	}

FCNTL(fcntl, fcntl)
FCNTL(fcntl64, fcntl64)
FCNTL(__fcntl, fcntl)
FCNTL(__fcntl_time64, __fcntl_time64)
