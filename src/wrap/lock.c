/* Locks: a program that takes one and then executes another means to hold it on. */
#include "watch.h"
#include "wrap.h"

#include <sys/file.h>

EXPORT int flock(int fd, int operation)
{
	return watch_lock(fd, operation & LOCK_UN, NEXT(flock)(fd, operation));
}

#define LOCKF(name, offset)                                                                              \
	EXPORT int name(int fd, int operation, offset length)                                            \
	{                                                                                                \
		int result = NEXT(name)(fd, operation, length);                                          \
                                                                                                         \
		return operation == F_TEST ? result : watch_lock(fd, operation == F_ULOCK, result);      \
	}

LOCKF(lockf, off_t)
LOCKF(lockf64, off64_t)
