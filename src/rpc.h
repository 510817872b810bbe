/* SunRPC: what glibc keeps for programs built before 2.32, and no longer declares.  Of each struct only the beginning,
 * which those programs fixed for good.
 */
#ifndef CLOEXEC_RPC_H
#define CLOEXEC_RPC_H

#include <netinet/in.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/un.h>

struct rpc_client {
	void *authentication;
	struct rpc_client_operations {
		void (*others[5])(void);
		int (*control)(struct rpc_client *client, int request, void *result);
	} *operations;
};
struct rpc_transport {
	int fd;
};
struct rpc_client *clnt_create(const char *host, unsigned long program, unsigned long version, const char *protocol);
struct rpc_client *clnttcp_create(struct sockaddr_in *address, unsigned long program, unsigned long version, int *fd,
				  unsigned send_size, unsigned receive_size);
struct rpc_client *clntudp_create(struct sockaddr_in *address, unsigned long program, unsigned long version,
				  struct timeval wait, int *fd);
struct rpc_client *clntudp_bufcreate(struct sockaddr_in *address, unsigned long program, unsigned long version,
				     struct timeval wait, int *fd, unsigned send_size, unsigned receive_size);
struct rpc_client *clntunix_create(struct sockaddr_un *address, unsigned long program, unsigned long version, int *fd,
				   unsigned send_size, unsigned receive_size);
struct rpc_transport *svctcp_create(int fd, unsigned send_size, unsigned receive_size);
struct rpc_transport *svcudp_create(int fd);
struct rpc_transport *svcudp_bufcreate(int fd, unsigned send_size, unsigned receive_size);
struct rpc_transport *svcunix_create(int fd, unsigned send_size, unsigned receive_size, char *path);
void svc_getreq(int fds);
void svc_getreqset(fd_set *fds);
void svc_getreq_poll(struct pollfd *fds, int count);
void svc_getreq_common(int fd);
void svc_run(void);
typedef int rpc_filter(void *stream, void *value);
int registerrpc(unsigned long program, unsigned long version, unsigned long procedure, char *(*serve)(char *),
		rpc_filter *get_arguments, rpc_filter *put_results);
fd_set *__rpc_thread_svc_fdset(void);
struct pollfd **__rpc_thread_svc_pollfd(void);
int *__rpc_thread_svc_max_pollfd(void);

#endif
