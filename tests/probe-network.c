/* Calls of the program `probe` that need a network: sockets, names, and the remote procedure calls of old programs.
 * Each has a network of its own, of which nothing is up but the loopback, where servers of this file answer.
 */
#include "probe.h"
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <resolv.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/select.h>

#ifndef SYS_accept
#define SYS_accept (-1)
#endif
#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77
#endif

enum {
	PORT_MAPPER = 111,
	SHELL = 514,
	EXECUTION = 512,
};

static int ends[2];
static bool isolated;

static struct sockaddr_in local(int port)
{
	return (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
	                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

/* A listening socket, on a port or, for 0, on a name of its own. */
static int listener(int port)
{
	struct sockaddr_in address = local(port);
	struct sockaddr_un own = {.sun_family = AF_UNIX};
	int server = raw_socket(port ? AF_INET : AF_UNIX, SOCK_STREAM, 0);

	if (port)
		bind(server, (struct sockaddr *)&address, sizeof address);
	else
		bind(server, (struct sockaddr *)&own, sizeof own.sun_family);
	listen(server, 5);
	return server;
}

/* The same with a client that waits to be accepted. */
static int visited(void)
{
	struct sockaddr_un address;
	socklen_t length = sizeof address;
	int server = listener(0), client = raw_socket(AF_UNIX, SOCK_STREAM, 0);

	getsockname(server, (struct sockaddr *)&address, &length);
	connect(client, (struct sockaddr *)&address, length);
	return server;
}

struct parcel {
	struct msghdr header;
	struct iovec vector;
	char data;
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(4 * sizeof(int))];
	} control;
};

static struct msghdr *parcel(struct parcel *parcel)
{
	*parcel = (struct parcel){0};
	parcel->vector = (struct iovec){&parcel->data, 1};
	parcel->header = (struct msghdr){.msg_iov = &parcel->vector, .msg_iovlen = 1,
	                                 .msg_control = &parcel->control, .msg_controllen = sizeof parcel->control};
	return &parcel->header;
}

/* A socket with a message that carries two descriptors. */
static int mailbox(void)
{
	struct parcel letter;
	int pair[2];
	int fds[2] = {source(), source()};
	struct msghdr *header = parcel(&letter);

	letter.control.head.cmsg_level = SOL_SOCKET;
	letter.control.head.cmsg_type = SCM_RIGHTS;
	letter.control.head.cmsg_len = CMSG_LEN(sizeof fds);
	memcpy(CMSG_DATA(&letter.control.head), fds, sizeof fds);
	header->msg_controllen = CMSG_SPACE(sizeof fds);
	syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, pair);
	pair[0] = aside(pair[0]);
	pair[1] = aside(pair[1]);
	sendmsg(pair[0], header, 0);
	return pair[1];
}

static void receive(int flags)
{
	struct parcel letter;

	recvmsg(mailbox(), parcel(&letter), flags);
}

static void receive_many(bool by_number)
{
	struct parcel letter;
	struct mmsghdr header = {.msg_hdr = *parcel(&letter)};

	if (by_number)
		syscall(SYS_recvmmsg, mailbox(), &header, 1, 0, NULL);
	else
		recvmmsg(mailbox(), &header, 1, 0, NULL);
}

static void receive_by_number(void)
{
	struct parcel letter;

	syscall(SYS_recvmsg, mailbox(), parcel(&letter), 0);
}

static void peer(void)
{
	int fd, pair[2];
	socklen_t length = sizeof fd;

	syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair);
	pair[0] = aside(pair[0]);
	pair[1] = aside(pair[1]);
	getsockopt(pair[0], SOL_SOCKET, SO_PEERPIDFD, &fd, &length);
}

/* sctp_peeloff of libsctp is this call. */
static void peel_off(void)
{
	struct {
		int32_t association;
		int fd;
	} off = {0, -1};
	socklen_t length = sizeof off;
	struct sockaddr_in address = local(9999);
	int server = raw_socket(AF_INET, SOCK_STREAM, 132), many = raw_socket(AF_INET, SOCK_SEQPACKET, 132);

	if (many < 0) {
		skip("no SCTP");
		return;
	}
	bind(server, (struct sockaddr *)&address, sizeof address);
	listen(server, 1);
	connect(many, (struct sockaddr *)&address, sizeof address);
	for (off.association = 1; off.association < 9 && off.fd < 0; off.association++)
		if (getsockopt(many, 132, 102, &off, &length) >= 0)
			break;
}

static void get_addresses(const char *host)
{
	struct addrinfo *found;

	getaddrinfo(host, "http", NULL, &found);
}

static void get_name(void)
{
	struct sockaddr_in address = local(80);
	char host[256];

	getnameinfo((struct sockaddr *)&address, sizeof address, host, sizeof host, NULL, 0, 0);
}

static void get_interfaces(void)
{
	struct ifaddrs *found;

	getifaddrs(&found);
}

static void ask_resolver(void)
{
	unsigned char answer[512];

	res_query("localhost", 1, 1, answer, sizeof answer);
}

/* A network of our own, with the loopback up. */
static void own_network(void)
{
	struct ifreq request = {.ifr_name = "lo"};
	int any = raw_socket(AF_INET, SOCK_DGRAM, 0);

	isolated = unshare(CLONE_NEWNET) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0;
	if (!isolated)
		return;
	syscall(SYS_close, any);
	any = raw_socket(AF_INET, SOCK_DGRAM, 0);
	request.ifr_flags = IFF_UP | IFF_RUNNING;
	ioctl(any, SIOCSIFFLAGS, &request);
	syscall(SYS_close, any);
}

#ifdef __GLIBC__
/* A server lives as long as the process that asked for it. */
static void serve(void (*answer)(int fd), int fd)
{
	pid_t client = getpid();

	if (fork())
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != client)
		_exit(0);
	signal(SIGALRM, SIG_DFL);
	alarm(15);
	answer(fd);
	_exit(0);
}

/* rshd and rexecd: take the port for errors, call back there from a reserved port, and say that all is well. */
static void answer_shell(int server)
{
	int client = accept(server, NULL, NULL);
	char digit = 0, zero = 0;
	int port = 0, reserved = 900;

	while (read(client, &digit, 1) == 1 && digit)
		port = 10 * port + digit - '0';
	if (port) {
		struct sockaddr_in from = local(reserved), to = local(port);
		int back = socket(AF_INET, SOCK_STREAM, 0);

		bind(back, (struct sockaddr *)&from, sizeof from);
		connect(back, (struct sockaddr *)&to, sizeof to);
		if (write(client, &zero, 1) < 0)
			return;
		sleep(2);
	} else if (write(client, &zero, 1) < 0) {
		return;
	}
	sleep(1);
}

static void remote(bool execute, bool with_errors, sa_family_t family)
{
	char name[] = "127.0.0.1", *host = name;
	int errors = -1, *second = with_errors ? &errors : NULL;

	if (!isolated) {
		skip("no network of our own");
		return;
	}
	serve(answer_shell, listener(execute ? EXECUTION : SHELL));
	if (execute && family)
		rexec_af(&host, htons(EXECUTION), "root", "x", ":", second, family);
	else if (execute)
		rexec(&host, htons(EXECUTION), "root", "x", ":", second);
	else if (family)
		rcmd_af(&host, htons(SHELL), "root", "root", ":", second, family);
	else
		rcmd(&host, htons(SHELL), "root", "root", ":", second);
}

static void reserve(bool by_family)
{
	int port = 1023;

	if (by_family)
		rresvport_af(&port, AF_INET);
	else
		rresvport(&port);
}

#define CALLS_OF_GLIBC \
	CALL(rresvport, plain, reserve(false)) \
	CALL(rresvport_af, plain, reserve(true)) \
	CALL(rcmd, plain, remote(false, false, 0)) \
	CALL(rcmd_errors, plain, remote(false, true, 0)) \
	CALL(rcmd_af, plain, remote(false, true, AF_INET)) \
	CALL(rexec, plain, remote(true, false, 0)) \
	CALL(rexec_errors, plain, remote(true, true, 0)) \
	CALL(rexec_af, plain, remote(true, true, AF_INET)) \
	CALL(getrpcent, flagged, setrpcent(1); getrpcent()) \
	CALL(gethostbyname_r, nothing, gethostbyname("localhost"))
#else
#define CALLS_OF_GLIBC
#endif

/* SunRPC has no header any more; its calls are there for old programs, under the version of the first libc. */
#if defined __GLIBC__ && (defined __x86_64__ || defined __i386__ || defined __aarch64__)
#if defined __x86_64__ && defined __ILP32__
#define FIRST "GLIBC_2.16"
#elif defined __x86_64__
#define FIRST "GLIBC_2.2.5"
#elif defined __aarch64__
#define FIRST "GLIBC_2.17"
#else
#define FIRST "GLIBC_2.0"
#define SECOND "GLIBC_2.1"
#define THIRD "GLIBC_2.2"
#endif
#ifndef SECOND
#define SECOND FIRST
#define THIRD FIRST
#endif
#define OLD(type, name, version, ...) \
	__asm__(".symver old_" #name "," #name "@" version); \
	type old_##name(__VA_ARGS__)

typedef int filter(void *stream, void *object, ...);
OLD(void *, clnt_create, FIRST, const char *host, unsigned long program, unsigned long version, const char *protocol);
OLD(void *, clntudp_create, FIRST, struct sockaddr_in *address, unsigned long program, unsigned long version,
    struct timeval wait, int *fd);
OLD(void *, clntudp_bufcreate, FIRST, struct sockaddr_in *address, unsigned long program, unsigned long version,
    struct timeval wait, int *fd, unsigned int send, unsigned int receive);
OLD(void *, clnttcp_create, FIRST, struct sockaddr_in *address, unsigned long program, unsigned long version, int *fd,
    unsigned int send, unsigned int receive);
OLD(void *, clntunix_create, SECOND, struct sockaddr_un *address, unsigned long program, unsigned long version, int *fd,
    unsigned int send, unsigned int receive);
OLD(void *, svcudp_create, FIRST, int fd);
OLD(void *, svcudp_bufcreate, FIRST, int fd, unsigned int send, unsigned int receive);
OLD(void *, svctcp_create, FIRST, int fd, unsigned int send, unsigned int receive);
OLD(void *, svcunix_create, SECOND, int fd, unsigned int send, unsigned int receive, char *path);
OLD(void *, svcfd_create, FIRST, int fd, unsigned int send, unsigned int receive);
OLD(void, svc_getreq, FIRST, int set);
OLD(void, svc_getreqset, FIRST, fd_set *set);
OLD(void, svc_getreq_common, THIRD, int fd);
OLD(void, svc_getreq_poll, THIRD, struct pollfd *fds, int count);
OLD(void, svc_run, FIRST, void);
OLD(int, callrpc, FIRST, const char *host, unsigned long program, unsigned long version, unsigned long procedure,
    filter *in, const char *argument, filter *out, char *result);
OLD(int, registerrpc, FIRST, unsigned long program, unsigned long version, unsigned long procedure, char *(*call)(char *),
    filter *in, filter *out);
OLD(unsigned short, pmap_getport, FIRST, struct sockaddr_in *address, unsigned long program, unsigned long version,
    unsigned int protocol);
OLD(int, pmap_set, FIRST, unsigned long program, unsigned long version, int protocol, unsigned short port);

static const struct timeval second = {1, 0};

/* A port mapper, and any other service: answers every call with success and the number of its own port, or true. */
static void answer_calls(int fd)
{
	uint32_t message[128];
	struct sockaddr_in from;
	socklen_t length = sizeof from;

	while (recvfrom(fd, message, sizeof message, 0, (struct sockaddr *)&from, &length) > 0) {
		uint32_t answer[7] = {message[0], htonl(1), 0, 0, 0, 0, htonl(PORT_MAPPER)};

		/* What is set or unset is true. */
		if (ntohl(message[5]) != 3)
			answer[6] = htonl(1);
		sendto(fd, answer, sizeof answer, 0, (struct sockaddr *)&from, length);
	}
}

static struct sockaddr_in *mapped(void)
{
	static struct sockaddr_in address;
	int fd;

	address = local(PORT_MAPPER);
	fd = raw_socket(AF_INET, SOCK_DGRAM, 0);
	bind(fd, (struct sockaddr *)&address, sizeof address);
	serve(answer_calls, fd);
	syscall(SYS_close, fd);
	listener(PORT_MAPPER);
	return &address;
}

static void client(bool stream, bool local_only, bool general)
{
	struct sockaddr_un own = {.sun_family = AF_UNIX, .sun_path = "service"};
	int fd = -1;

	if (local_only) {
		int server = raw_socket(AF_UNIX, SOCK_STREAM, 0);

		unlink(own.sun_path);
		bind(server, (struct sockaddr *)&own, sizeof own);
		listen(server, 1);
		if (general)
			old_clnt_create(own.sun_path, 100, 1, "unix");
		else
			old_clntunix_create(&own, 100, 1, &fd, 0, 0);
	} else if (stream) {
		old_clnttcp_create(mapped(), 100, 1, &fd, 0, 0);
	} else {
		old_clntudp_create(mapped(), 100, 1, second, &fd);
	}
}

/* A service with a visitor, out of the way, so that what is accepted shows. */
static int service(int lowest)
{
	int server = visited(), fd = lowest ? (int)syscall(SYS_dup3, server, lowest, 0) : server;

	return old_svctcp_create(fd, 0, 0) ? fd : -1;
}

static void answer_set(void)
{
	fd_set set;
	int fd = service(0);

	FD_ZERO(&set);
	FD_SET(fd, &set);
	old_svc_getreqset(&set);
}

static void answer_poll(void)
{
	struct pollfd ready = {.fd = service(0), .events = POLLIN, .revents = POLLIN};

	old_svc_getreq_poll(&ready, 1);
}

/* The old form knows only what fits an int; the service itself is flagged, to tell it from what was accepted. */
static void answer_few(void)
{
	int fd = service(30);

	syscall(SYS_fcntl, fd, F_SETFD, FD_CLOEXEC);
	old_svc_getreq(1 << fd);
}

/* svc_run does not return. */
static void enough(int number)
{
	(void)number;
	report();
	_exit(0);
}

static void answer_all(void)
{
	service(0);
	signal(SIGALRM, enough);
	alarm(1);
	old_svc_run();
}

static char *nothing_done(char *argument)
{
	return argument;
}

/* Neither arguments nor results. */
static int no_data(void *stream, void *object, ...)
{
	(void)stream, (void)object;
	return 1;
}

#define CALLS_OF_RPC \
	CALL(clnt_create_udp, plain, mapped(); old_clnt_create("127.0.0.1", 100, 1, "udp")) \
	CALL(clnt_create_unix, plain, client(true, true, true)) \
	CALL(clntudp_create, plain, client(false, false, false)) \
	CALL(clntudp_bufcreate, plain, int fd = -1; old_clntudp_bufcreate(mapped(), 100, 1, second, &fd, 400, 400)) \
	CALL(clnttcp_create, plain, client(true, false, false)) \
	CALL(clntunix_create, plain, client(true, true, false)) \
	CALL(svcudp_create, plain, old_svcudp_create(-1)) \
	CALL(svcudp_bufcreate, plain, old_svcudp_bufcreate(-1, 400, 400)) \
	CALL(svctcp_create, plain, old_svctcp_create(-1, 0, 0)) \
	CALL(svcunix_create, plain, char path[] = "own-service"; unlink(path); old_svcunix_create(-1, 0, 0, path)) \
	CALL(svcfd_create, nothing, old_svcfd_create(raw_socket(AF_INET, SOCK_STREAM, 0), 0, 0)) \
	CALL(svc_getreq, plain, answer_few()) \
	CALL(svc_getreqset, plain, answer_set()) \
	CALL(svc_getreq_common, plain, old_svc_getreq_common(service(0))) \
	CALL(svc_getreq_poll, plain, answer_poll()) \
	CALL(svc_run, plain, answer_all()) \
	CALL(callrpc, plain, mapped(); old_callrpc("127.0.0.1", 100, 1, 1, no_data, NULL, no_data, NULL)) \
	CALL(registerrpc, plain, mapped(); old_registerrpc(100, 1, 1, nothing_done, no_data, no_data)) \
	CALL(pmap_getport, nothing, old_pmap_getport(mapped(), 100, 1, IPPROTO_UDP)) \
	CALL(pmap_set, nothing, mapped(); old_pmap_set(100, 1, IPPROTO_UDP, 9))
#else
#define CALLS_OF_RPC
#endif

#define CALLS \
	CALL(socket, plain, socket(AF_UNIX, SOCK_STREAM, 0)) \
	CALL(socket_datagram, plain, socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)) \
	CALL(socket_internet, plain, socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)) \
	CALL(socket_internet6, plain, socket(AF_INET6, SOCK_DGRAM, 0)) \
	CALL(socket_netlink, plain, socket(AF_NETLINK, SOCK_RAW, 0)) \
	CALL(socket_packet, plain, socket(AF_PACKET, SOCK_RAW, 0)) \
	CALL(socketpair, plain, socketpair(AF_UNIX, SOCK_STREAM, 0, ends)) \
	CALL(socketpair_datagram, plain, socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends)) \
	CALL(accept, plain, accept(visited(), NULL, NULL)) \
	CALL(accept4, plain, accept4(visited(), NULL, NULL, 0)) \
	CALL(accept4_nonblocking, plain, accept4(visited(), NULL, NULL, SOCK_NONBLOCK)) \
	CALL(recvmsg, plain, receive(0)) \
	CALL(recvmsg_peek, plain, receive(MSG_PEEK)) \
	CALL(recvmmsg, plain, receive_many(false)) \
	CALL(read_message, nothing, char byte; read(mailbox(), &byte, 1)) \
	CALL(getsockopt_peer, flagged, peer()) \
	CALL(getsockopt_peel_off, plain, peel_off()) \
	CALL(ioctl_socket_namespace, flagged, ioctl(raw_socket(AF_INET, SOCK_DGRAM, 0), SIOCGSKNS)) \
	CALL(ioctl_clone_multiplexor, plain, int fd = -1; ioctl(raw_socket(41, SOCK_DGRAM, 0), 0x89e2, &fd)) \
	CALL(getaddrinfo, nothing, get_addresses("localhost")) \
	CALL(getaddrinfo_unknown, nothing, get_addresses("unknown.invalid")) \
	CALL(getnameinfo, nothing, get_name()) \
	CALL(gethostbyname, nothing, gethostbyname("localhost")) \
	CALL(gethostbyaddr, nothing, struct in_addr address = {htonl(INADDR_LOOPBACK)}; \
	     gethostbyaddr(&address, sizeof address, AF_INET)) \
	CALL(res_query, nothing, ask_resolver()) \
	CALL(getifaddrs, nothing, get_interfaces()) \
	CALL(if_nameindex, nothing, if_nameindex()) \
	CALL(if_nametoindex, nothing, if_nametoindex("lo")) \
	CALL(if_indextoname, nothing, char name[IF_NAMESIZE]; if_indextoname(1, name)) \
	CALL(sethostent, flagged, sethostent(1); gethostent()) \
	CALL(setservent, flagged, setservent(1); getservent()) \
	CALL(setprotoent, flagged, setprotoent(1); getprotoent()) \
	CALL(setnetent, flagged, setnetent(1); getnetent()) \
	CALL(getservbyname, nothing, getservbyname("http", "tcp")) \
	CALL(getprotobyname, nothing, getprotobyname("tcp")) \
	CALL(syscall_socket, plain, syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0)) \
	CALL(syscall_socketpair, plain, syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, ends)) \
	CALL(syscall_accept, plain, syscall(SYS_accept, visited(), NULL, NULL)) \
	CALL(syscall_accept4, plain, syscall(SYS_accept4, visited(), NULL, NULL, 0)) \
	CALL(syscall_recvmsg, plain, receive_by_number()) \
	CALL(syscall_recvmmsg, plain, receive_many(true))

#define CALL(name, leaves, ...) DEFINE(name, leaves, own_network(); __VA_ARGS__)
CALLS
CALLS_OF_GLIBC
CALLS_OF_RPC
#undef CALL

#define CALL ENTRY
const struct call network_calls[] = {CALLS CALLS_OF_GLIBC CALLS_OF_RPC{NULL, NULL, NULL}};
