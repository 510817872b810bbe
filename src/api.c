/* The public functions. */
#include "cloexec.h"

#include "descriptor.h"
#include "raw.h"
#include "watch.h"

int cloexec_get(int fd)
{
	long flags = raw(SYS_fcntl, fd, F_GETFD);

	if (flags >= 0)
		return (flags & FD_CLOEXEC) != 0;
	errno = (int)-flags;
	return -1;
}

int cloexec_set(int fd, int on)
{
	long result = raw(SYS_ioctl, fd, on ? FIOCLEX : FIONCLEX);

	if (result < 0)
		result = raw(SYS_fcntl, fd, F_SETFD, on ? FD_CLOEXEC : 0);
	if (result >= 0) {
		watch_own(fd);
		return 0;
	}
	errno = (int)-result;
	return -1;
}

int cloexec_getdefault(void)
{
	return descriptor_read_policy(false) == ON;
}

void cloexec_setdefault(int on)
{
	descriptor_set_default(on != 0);
}
