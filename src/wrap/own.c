/* Calls that give a descriptor which libc or the kernel flags: the flag is not ours. */
#include "stream.h"
#include "variadic.h"
#include "wrap.h"

#include <dirent.h>

/* Notes it for a call that gives a descriptor, or -1. */
static int own(int fd, const void *caller)
{
	if (fd >= 0)
		mark_drop(fd);
	if (fd >= 0 && trace_on)
		trace_note(fd, OWN, 0, caller);
	return fd;
}

static DIR *own_directory(DIR *directory, const void *caller)
{
	int saved_errno = errno;

	if (directory)
		own(NEXT(dirfd)(directory), caller);
	errno = saved_errno;
	return directory;
}

EXPORT DIR *opendir(const char *path)
{
	return own_directory(NEXT(opendir)(path), __builtin_return_address(0));
}

EXPORT DIR *fdopendir(int fd)
{
	return own_directory(NEXT(fdopendir)(fd), __builtin_return_address(0));
}

EXPORT int shm_open(const char *name, int flags, mode_t mode)
{
	return own(NEXT(shm_open)(name, flags, mode), __builtin_return_address(0));
}

EXPORT int pidfd_open(pid_t process, unsigned flags)
{
	return own(NEXT(pidfd_open)(process, flags), __builtin_return_address(0));
}

EXPORT int pidfd_getfd(int process, int fd, unsigned flags)
{
	return own(NEXT(pidfd_getfd)(process, fd, flags), __builtin_return_address(0));
}
