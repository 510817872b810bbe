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
static inline struct attempt fit(struct attempt attempt, const struct sockaddr *address, const socklen_t *length)
{
#ifndef __GLIBC__
	if (address && !points_nowhere(length) && *length > INT_MAX)
		return descriptor_after(attempt);
#endif
	(void)address, (void)length;
	return attempt;
}

EXPORT int accept(int fd, struct sockaddr *address, socklen_t *length)
{
	struct attempt attempt = fit(descriptor_begin(CALL_accept, false), address, length);
	int result = DESCRIPTOR_ATTEMPT(attempt, NEXT(accept4)(fd, address, length, SOCK_CLOEXEC),
					NEXT(accept)(fd, address, length));

	return descriptor_settle_copy(attempt, result, fd);
}

EXPORT int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
	struct attempt attempt = fit(descriptor_begin(CALL_accept4, flags & SOCK_CLOEXEC), address, length);
	int result = DESCRIPTOR_ATTEMPT(attempt, NEXT(accept4)(fd, address, length, flags | SOCK_CLOEXEC),
					NEXT(accept4)(fd, address, length, flags));

	return descriptor_settle_copy(attempt, result, fd);
}
