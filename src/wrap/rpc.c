/* SunRPC, for programs built before glibc 2.32.  Its sockets are made inside libc: the flag comes after.
 *
 * An argument of -1 (RPC_ANYSOCK) asks for a new socket; a number is one that the program made itself.
 *
 * Programs built since use a library that has the same names, by another version: libtirpc.  Their calls find ours, as
 * ours have none; they go on to that library, which makes its sockets by calls that we see.
 */
#include "raw.h"
#include "symbol.h"
#include "wrap.h"

/* Where offsets count in pages the old number has another form. */
#ifdef SYS_mmap2
#define SYS_MAP SYS_mmap2
#else
#define SYS_MAP SYS_mmap
#endif

enum { GET_DESCRIPTOR = 6 }; /* CLGET_FD */

/* Leaves the wrapper for the function that its caller was linked with, unless that is libc's. */
#define UNLESS_LIBC(name, arguments)                                                                                \
	do {                                                                                                        \
		__typeof__(name) *other = (__typeof__(name) *)symbol_of_caller(__builtin_return_address(0), #name); \
                                                                                                                    \
		if (other)                                                                                          \
			return other arguments;                                                                     \
	} while (0)

EXPORT struct rpc_client *clnt_create(const char *host, unsigned long program, unsigned long version,
				      const char *protocol)
{
	struct attempt attempt;
	struct rpc_client *client;
	int fd = -1;

	UNLESS_LIBC(clnt_create, (host, program, version, protocol));
	attempt = descriptor_begin(CALL_clnt_create, false);
	client = NEXT(clnt_create)(host, program, version, protocol);
	if (client && attempt.way != LEAVE && client->operations->control(client, GET_DESCRIPTOR, &fd))
		descriptor_settle(attempt, fd);
	return client;
}

/* The creators that take the address of a socket's number. */
#define CLIENT(name, parameters, arguments)                        \
	EXPORT struct rpc_client *name parameters                  \
	{                                                          \
		struct attempt attempt;                            \
		struct rpc_client *client;                         \
                                                                   \
		UNLESS_LIBC(name, arguments);                      \
		attempt = descriptor_begin(CALL_##name, *fd >= 0); \
		client = NEXT(name) arguments;                     \
		if (client)                                        \
			descriptor_settle(attempt, *fd);           \
		return client;                                     \
	}

CLIENT(clnttcp_create,
       (struct sockaddr_in *address, unsigned long program, unsigned long version, int *fd, unsigned send_size,
	unsigned receive_size),
       (address, program, version, fd, send_size, receive_size))
CLIENT(clntudp_create,
       (struct sockaddr_in *address, unsigned long program, unsigned long version, struct timeval wait, int *fd),
       (address, program, version, wait, fd))
CLIENT(clntudp_bufcreate,
       (struct sockaddr_in *address, unsigned long program, unsigned long version, struct timeval wait, int *fd,
	unsigned send_size, unsigned receive_size),
       (address, program, version, wait, fd, send_size, receive_size))
CLIENT(clntunix_create,
       (struct sockaddr_un *address, unsigned long program, unsigned long version, int *fd, unsigned send_size,
	unsigned receive_size),
       (address, program, version, fd, send_size, receive_size))

/* The creators that take a socket's number, and give a transport with it in front. */
#define SERVER(name, parameters, arguments)                        \
	EXPORT struct rpc_transport *name parameters               \
	{                                                          \
		struct attempt attempt;                            \
		struct rpc_transport *transport;                   \
                                                                   \
		UNLESS_LIBC(name, arguments);                      \
		attempt = descriptor_begin(CALL_##name, fd >= 0);  \
		transport = NEXT(name) arguments;                  \
		if (transport && attempt.way != LEAVE)             \
			descriptor_settle(attempt, transport->fd); \
		return transport;                                  \
	}

SERVER(svctcp_create, (int fd, unsigned send_size, unsigned receive_size), (fd, send_size, receive_size))
SERVER(svcudp_create, (int fd), (fd))
SERVER(svcudp_bufcreate, (int fd, unsigned send_size, unsigned receive_size), (fd, send_size, receive_size))
SERVER(svcunix_create, (int fd, unsigned send_size, unsigned receive_size, char *path),
       (fd, send_size, receive_size, path))

/* Requests: one for a listening socket is accepted inside libc, and shows as a number that the set of all served ones
 * did not have before.  registerrpc too makes its socket like that. */
static void settle_served(struct attempt attempt, const fd_set *before)
{
	const fd_set *served = NEXT(__rpc_thread_svc_fdset)();

	for (int fd = 0; fd < FD_SETSIZE; fd++)
		if (FD_ISSET(fd, served) && !FD_ISSET(fd, before))
			descriptor_settle(attempt, fd);
}

#define WATCHED(call, attempt, result, ...)                               \
	do {                                                              \
		fd_set watched_before;                                    \
                                                                          \
		if ((attempt).way != LEAVE)                               \
			watched_before = *NEXT(__rpc_thread_svc_fdset)(); \
		result NEXT(call)(__VA_ARGS__);                           \
		if ((attempt).way != LEAVE)                               \
			settle_served(attempt, &watched_before);          \
	} while (0)

#define REQUEST(name, parameters, ...)                          \
	EXPORT void name parameters                             \
	{                                                       \
		struct attempt attempt;                         \
                                                                \
		UNLESS_LIBC(name, (__VA_ARGS__));               \
		attempt = descriptor_begin(CALL_##name, false); \
		WATCHED(name, attempt, , __VA_ARGS__);          \
	}

REQUEST(svc_getreq, (int fds), fds)
REQUEST(svc_getreqset, (fd_set * fds), fds)
REQUEST(svc_getreq_common, (int fd), fd)
REQUEST(svc_getreq_poll, (struct pollfd * fds, int count), fds, count)

EXPORT int registerrpc(unsigned long program, unsigned long version, unsigned long procedure, char *(*serve)(char *),
		       rpc_filter *get_arguments, rpc_filter *put_results)
{
	struct attempt attempt;
	int result;

	UNLESS_LIBC(registerrpc, (program, version, procedure, serve, get_arguments, put_results));
	attempt = descriptor_begin(CALL_registerrpc, false);
	WATCHED(registerrpc, attempt, result =, program, version, procedure, serve, get_arguments, put_results);
	return result;
}

/* Waits for requests and serves them as long as anything is served: libc's own would accept where we can't see it. The
 * memory is the kernel's, since a wrapper does not allocate. */
EXPORT void svc_run(void)
{
	struct pollfd *waiting = NULL;
	size_t room = 0;
	struct attempt attempt;

	UNLESS_LIBC(svc_run, ());
	attempt = descriptor_begin(CALL_svc_run, false);
	if (attempt.way == LEAVE) {
		NEXT(svc_run)();
		return;
	}
	for (;; attempt = descriptor_begin(CALL_svc_run, false)) {
		int count = *NEXT(__rpc_thread_svc_max_pollfd)();
		const struct pollfd *served = *NEXT(__rpc_thread_svc_pollfd)();
		int ready;

		if (count == 0 && !served)
			break;
		if (!waiting || room < (size_t)count * sizeof *waiting) {
			if (waiting)
				raw(SYS_munmap, waiting, room);
			room = ((size_t)count + 1) * sizeof *waiting * 2;
			waiting = (void *)raw(SYS_MAP, NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
					      -1, 0);
			if ((unsigned long)waiting > -4096UL) {
				NEXT(perror)("svc_run: out of memory");
				return;
			}
		}
		for (int i = 0; i < count; i++)
			waiting[i] = (struct pollfd){.fd = served[i].fd, .events = served[i].events};
		ready = NEXT(poll)(waiting, (nfds_t)count, -1);
		if (ready > 0)
			WATCHED(svc_getreq_poll, attempt, , waiting, ready);
		else if (ready < 0 && errno != EINTR) {
			NEXT(perror)("svc_run: - poll failed");
			break;
		}
	}
	if (waiting)
		raw(SYS_munmap, waiting, room);
}
