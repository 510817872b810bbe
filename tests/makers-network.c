/* The remote commands of 4.2BSD and SunRPC: each needs somebody at the other end, a child of ours or a socket of ours.
 *
 * glibc keeps SunRPC for programs built before 2.32; those name a version, so the names are bound here as they do.
 */
#define _GNU_SOURCE
#include "creators.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#ifdef __GLIBC__

/* A TCP socket that listens on a port of the loopback that the kernel chose. */
static int listening(struct sockaddr_in *address)
{
	socklen_t length = sizeof *address;
	int fd = aside((int)bare(SYS_socket, AF_INET, SOCK_STREAM, 0));

	*address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	if (bind(fd, (struct sockaddr *)address, sizeof *address) < 0 || listen(fd, 8) < 0 ||
	    getsockname(fd, (struct sockaddr *)address, &length) < 0)
		fail("listening");
	return fd;
}

static void read_word(int fd, char *word, size_t size)
{
	for (size_t at = 0; bare(SYS_read, fd, word + at, 1) == 1 && word[at]; at += at + 1 < size)
		;
}

/* By the older one, where there is one: a test may forbid the younger. */
static int bare_accept(int server)
{
#if defined SYS_socketcall
	const long arguments[] = {server, 0, 0};

	return (int)bare(SYS_socketcall, 5, arguments);
#elif defined SYS_accept
	return (int)bare(SYS_accept, server, NULL, NULL);
#else
	return (int)bare(SYS_accept4, server, NULL, NULL, 0);
#endif
}

/* The other end of rcmd and rexec: connects to the port that it is told, from one that only root has, reads three words
 * and says yes. */
static void serve_command(int server)
{
	struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in to = from;
	const struct linger at_once = {1, 0};
	char word[64] = "";
	int client = bare_accept(server);
	int back = (int)bare(SYS_socket, AF_INET, SOCK_STREAM, 0);

	read_word(client, word, sizeof word);
	to.sin_port = htons((unsigned short)atoi(word));
	for (unsigned short port = 1000; port > 600; port--) {
		from.sin_port = htons(port);
		if (bind(back, (struct sockaddr *)&from, sizeof from) == 0)
			break;
	}
	connect(back, (struct sockaddr *)&to, sizeof to);
	for (int i = 0; i < 3; i++)
		read_word(client, word, sizeof word);
	bare(SYS_write, client, "", 1);
	/* Whoever closes first keeps the port busy for a minute; nobody does who is reset after that. */
	read_word(client, word, sizeof word);
	bare(SYS_setsockopt, client, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	bare(SYS_setsockopt, back, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	bare(SYS_exit_group, 0);
}

static unsigned short command_server(void)
{
	struct sockaddr_in address;
	int server = listening(&address);

	if (helper() == 0)
		serve_command(server);
	return address.sin_port;
}

/* Only root has the ports that these want. */
static void command(int fd, int error)
{
	if (fd < 0 && (errno == EACCES || errno == EPERM))
		absent();
	else
		two(fd, (int[]){fd, error});
}

void make_rresvport(void)
{
	int port = 1023;

	one(rresvport(&port));
}

void make_rresvport_af(void)
{
	int port = 1023;

	one(rresvport_af(&port, AF_INET));
}

void make_rcmd(void)
{
	char *host = (char[]){"127.0.0.1"};
	int error = -1;
	int fd = rcmd(&host, command_server(), "user", "user", "command", &error);

	command(fd, error);
}

void make_rcmd_af(void)
{
	char *host = (char[]){"127.0.0.1"};
	int error = -1;
	int fd = rcmd_af(&host, command_server(), "user", "user", "command", &error, AF_INET);

	command(fd, error);
}

void make_rexec(void)
{
	char *host = (char[]){"127.0.0.1"};
	int error = -1;
	int fd = rexec(&host, command_server(), "user", "password", "command", &error);

	command(fd, error);
}

void make_rexec_af(void)
{
	char *host = (char[]){"127.0.0.1"};
	int error = -1;
	int fd = rexec_af(&host, command_server(), "user", "password", "command", &error, AF_INET);

	command(fd, error);
}

#if defined __x86_64__
#define OLD "GLIBC_2.2.5"
#define OLD_UNIX OLD
#elif defined __i386__
#define OLD "GLIBC_2.0"
#define OLD_UNIX "GLIBC_2.1"
#elif defined __aarch64__
#define OLD "GLIBC_2.17"
#define OLD_UNIX OLD
#elif defined __riscv
#define OLD "GLIBC_2.27"
#define OLD_UNIX OLD
#endif
#define BIND(name, version) __asm__(".symver " #name ", " #name "@" version)
BIND(clnt_create, OLD);
BIND(clnttcp_create, OLD);
BIND(clntudp_create, OLD);
BIND(clntudp_bufcreate, OLD);
BIND(clntunix_create, OLD_UNIX);
BIND(svctcp_create, OLD);
BIND(svcudp_create, OLD);
BIND(svcudp_bufcreate, OLD);
BIND(svcunix_create, OLD_UNIX);
BIND(registerrpc, OLD);
BIND(svc_getreq, OLD);
BIND(svc_getreqset, OLD);
BIND(xprt_unregister, OLD);
BIND(svc_run, OLD);
BIND(svc_register, OLD);
#ifdef __i386__
BIND(svc_getreq_poll, "GLIBC_2.2");
BIND(svc_getreq_common, "GLIBC_2.2");
#else
BIND(svc_getreq_poll, OLD);
BIND(svc_getreq_common, OLD);
#endif
struct client {
	void *authentication;
	struct {
		void (*others[5])(void);
		int (*control)(struct client *client, int request, void *result);
	} *operations;
};
struct transport {
	int fd;
};
struct client *clnt_create(const char *host, unsigned long program, unsigned long version, const char *protocol);
struct client *clnttcp_create(struct sockaddr_in *address, unsigned long program, unsigned long version, int *fd,
                              unsigned send_size, unsigned receive_size);
struct client *clntudp_create(struct sockaddr_in *address, unsigned long program, unsigned long version,
                              struct timeval wait, int *fd);
struct client *clntudp_bufcreate(struct sockaddr_in *address, unsigned long program, unsigned long version,
                                 struct timeval wait, int *fd, unsigned send_size, unsigned receive_size);
struct client *clntunix_create(struct sockaddr_un *address, unsigned long program, unsigned long version, int *fd,
                               unsigned send_size, unsigned receive_size);
struct transport *svctcp_create(int fd, unsigned send_size, unsigned receive_size);
struct transport *svcudp_create(int fd);
struct transport *svcudp_bufcreate(int fd, unsigned send_size, unsigned receive_size);
struct transport *svcunix_create(int fd, unsigned send_size, unsigned receive_size, char *path);
int registerrpc(unsigned long program, unsigned long version, unsigned long procedure, char *(*serve)(char *),
                int (*get_arguments)(void *, void *), int (*put_results)(void *, void *));
void svc_getreq(int fds);
void svc_getreqset(fd_set *fds);
void svc_getreq_poll(struct pollfd *fds, int count);
void svc_getreq_common(int fd);
void svc_run(void);
int svc_register(struct transport *transport, unsigned long program, unsigned long version,
		 void (*dispatch)(void *request, struct transport *transport), int protocol);
void xprt_unregister(struct transport *transport);

enum { PROGRAM = 0x20000000, VERSION = 1 };

static void client(struct client *made, int fd)
{
	one(made ? fd : -1);
}

static void transport(struct transport *made)
{
	one(made ? made->fd : -1);
}

/* A path that somebody listens on. */
static struct sockaddr_un *listening_path(void)
{
	static struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"};
	int fd = aside((int)bare(SYS_socket, AF_UNIX, SOCK_STREAM, 0));

	unlink(address.sun_path);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1) < 0)
		fail("listening path");
	return &address;
}

void make_clnt_create(void)
{
	enum { GET_DESCRIPTOR = 6 };
	struct client *made = clnt_create(listening_path()->sun_path, PROGRAM, VERSION, "unix");
	int fd = -1;

	if (made)
		made->operations->control(made, GET_DESCRIPTOR, &fd);
	client(made, fd);
}

void make_clnttcp_create(void)
{
	struct sockaddr_in address;
	int fd = -1;
	struct client *made;

	listening(&address);
	made = clnttcp_create(&address, PROGRAM, VERSION, &fd, 0, 0);

	client(made, fd);
}

void make_clntudp_create(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = 9};
	int fd = -1;
	struct client *made = clntudp_create(&address, PROGRAM, VERSION, (struct timeval){0}, &fd);

	client(made, fd);
}

void make_clntudp_bufcreate(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = 9};
	int fd = -1;
	struct client *made = clntudp_bufcreate(&address, PROGRAM, VERSION, (struct timeval){0}, &fd, 1000, 1000);

	client(made, fd);
}

void make_clntunix_create(void)
{
	int fd = -1;
	struct client *made = clntunix_create(listening_path(), PROGRAM, VERSION, &fd, 0, 0);

	client(made, fd);
}

void make_svctcp_create(void)
{
	transport(svctcp_create(-1, 0, 0));
}

void make_svcudp_create(void)
{
	transport(svcudp_create(-1));
}

void make_svcudp_bufcreate(void)
{
	transport(svcudp_bufcreate(-1, 1000, 1000));
}

void make_svcunix_create(void)
{
	unlink("served");
	transport(svcunix_create(-1, 0, 0, (char[]){"served"}));
}

static char *no_service(char *argument)
{
	return argument;
}

static int no_data(void *stream, void *value)
{
	(void)stream;
	(void)value;
	return 1;
}

/* There may be no port mapper to take it; its socket stays all the same. */
void make_registerrpc(void)
{
	int fd = vacant(), standard_error = (int)bare(SYS_fcntl, STDERR_FILENO, F_DUPFD, ASIDE);

	if (standard_error >= 0) /* where it complains */
		put(source(), STDERR_FILENO, false);
	registerrpc(PROGRAM, VERSION, 1, no_service, no_data, no_data);
	if (standard_error >= 0)
		put(standard_error, STDERR_FILENO, false);
	one(fd);
}

/* A transport on a socket of our own with one client waiting, at a number that svc_getreq's mask of bits has room for. */
static struct transport *serving;
static int asking;

static int serve(void)
{
	struct sockaddr_in address;
	int fd = listening(&address);

	asking = aside((int)bare(SYS_socket, AF_INET, SOCK_STREAM, 0));
	if (!put(fd, LOW, true) || !(serving = svctcp_create(LOW, 0, 0)) ||
	    connect(asking, (struct sockaddr *)&address, sizeof address) < 0)
		fail("serve");
	return LOW;
}

static void served(int accepted)
{
	xprt_unregister(serving);
	put(source(), LOW, true);
	one(accepted);
}

void make_svc_getreq(void)
{
	int fd = serve(), accepted = vacant();

	svc_getreq((int)(1U << fd));
	served(accepted);
}

void make_svc_getreqset(void)
{
	int fd = serve(), accepted = vacant();
	fd_set ready;

	FD_ZERO(&ready);
	FD_SET(fd, &ready);
	svc_getreqset(&ready);
	served(accepted);
}

void make_svc_getreq_poll(void)
{
	struct pollfd ready = {.fd = serve(), .events = POLLIN, .revents = POLLIN};
	int accepted = vacant();

	svc_getreq_poll(&ready, 1);
	served(accepted);
}

void make_svc_getreq_common(void)
{
	int fd = serve(), accepted = vacant();

	svc_getreq_common(fd);
	served(accepted);
}

/* It serves for ever.  What its client asks for jumps out of it: that is served in a round after the one that accepts. */
static jmp_buf out;

static void leave(void *request, struct transport *accepted)
{
	(void)request;
	(void)accepted;
	longjmp(out, 1);
}

void make_svc_run(void)
{
	enum { LAST_FRAGMENT = 0x80000000, LENGTH = 40, ANY = 1, CALL = 0, PROTOCOL = 2 };
	const uint32_t words[] = {LAST_FRAGMENT | LENGTH, ANY, CALL, PROTOCOL, PROGRAM + 1, VERSION, 0, 0, 0, 0, 0};
	uint32_t request[sizeof words / sizeof *words];
	int accepted;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		request[i] = htonl(words[i]);
	serve();
	if (!svc_register(serving, PROGRAM + 1, VERSION, leave, 0) ||
	    bare(SYS_write, asking, request, sizeof request) != (long)sizeof request)
		fail("request");
	accepted = vacant();
	if (setjmp(out) == 0)
		svc_run();
	served(accepted);
}

#else

#define ABSENT(name)          \
	void make_##name(void) \
	{                     \
		absent();     \
	}
NETWORK_CALLS(ABSENT)

#endif
