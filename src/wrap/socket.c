/* Sockets: SOCK_CLOEXEC in the type, and accept4 for accept. */
#include "how.h"
#include "wrap.h"

EXPORT int socket(int domain, int type, int protocol)
{
	return CREATE(socket, type & SOCK_CLOEXEC, NEXT(socket)(domain, type | SOCK_CLOEXEC, protocol),
		      NEXT(socket)(domain, type, protocol));
}

EXPORT int socketpair(int domain, int type, int protocol, int pair[2])
{
	return CREATE_PAIR(socketpair, type & SOCK_CLOEXEC, pair,
			   NEXT(socketpair)(domain, type | SOCK_CLOEXEC, protocol, pair),
			   NEXT(socketpair)(domain, type, protocol, pair));
}

/* Where accept4 is refused for its arguments musl makes an accept of it; but a length below zero is refused when the
 * connection is off the queue already, and the second try would take the next one, or wait for it. */
static inline bool is_tried_twice(const struct sockaddr *address, const socklen_t *length)
{
#ifdef __GLIBC__
	(void)address, (void)length;
	return false;
#else
	return address && !points_nowhere(length) && *length > INT_MAX;
#endif
}

EXPORT int accept(int fd, struct sockaddr *address, socklen_t *length)
{
	if (is_tried_twice(address, length)) {
		struct attempt attempt = descriptor_after(descriptor_begin(CALL_accept, false));

		return descriptor_correct_copy(&attempt, NEXT(accept)(fd, address, length), fd);
	}
	return CREATE_COPY(accept, fd, false, NEXT(accept4)(fd, address, length, SOCK_CLOEXEC),
			   NEXT(accept)(fd, address, length));
}

EXPORT int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
	if (is_tried_twice(address, length)) {
		struct attempt attempt = descriptor_after(descriptor_begin(CALL_accept4, flags & SOCK_CLOEXEC));

		return descriptor_correct_copy(&attempt, NEXT(accept4)(fd, address, length, flags), fd);
	}
	return CREATE_COPY(accept4, fd, flags & SOCK_CLOEXEC, NEXT(accept4)(fd, address, length, flags | SOCK_CLOEXEC),
			   NEXT(accept4)(fd, address, length, flags));
}
