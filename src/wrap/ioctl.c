/* ioctl: the two requests that give a plain descriptor.  Both take open's flags as their argument. */
#include "variadic.h"
#include "watch.h"
#include "wrap.h"

static bool gives_descriptor(unsigned request)
{
	return request == TIOCGPTPEER || request == USERFAULTFD_IOC_NEW;
}

#define IOCTL(name, request_type)                                                                       \
	EXPORT int name(int fd, request_type request, ...)                                              \
	{                                                                                               \
		long argument = VARIADIC(request, long);                                                \
                                                                                                        \
		if (LIKELY(!gives_descriptor((unsigned)request)))                                       \
			return watch_ioctl(fd, (unsigned)request, NEXT(name)(fd, request, argument));   \
		return CREATE(name, argument & O_CLOEXEC, NEXT(name)(fd, request, argument | O_CLOEXEC), \
			      NEXT(name)(fd, request, argument));                                       \
	}

IOCTL(ioctl, ioctl_request)
IOCTL(__ioctl_time64, unsigned long)
