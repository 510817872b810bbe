/* Sockets: SOCK_CLOEXEC in the type, and accept4 for accept. */
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

EXPORT int accept(int fd, struct sockaddr *address, socklen_t *length)
{
	return CREATE_COPY(accept, fd, false, NEXT(accept4)(fd, address, length, SOCK_CLOEXEC),
		      NEXT(accept)(fd, address, length));
}

EXPORT int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
	return CREATE_COPY(accept4, fd, flags & SOCK_CLOEXEC, NEXT(accept4)(fd, address, length, flags | SOCK_CLOEXEC),
		      NEXT(accept4)(fd, address, length, flags));
}
