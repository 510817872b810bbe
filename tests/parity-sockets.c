/* Sockets and messages. */
#define _GNU_SOURCE
#include "parity.h"

#include <fcntl.h>
#include <net/ethernet.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

void socket_lines(int (*socket_it)(int, int, int), int (*socketpair_it)(int, int, int, int *))
{
	static const struct {
		int domain, type, protocol;
	} combinations[] = {
		{AF_UNIX, SOCK_STREAM, 0},      {AF_UNIX, SOCK_DGRAM, 0},         {AF_UNIX, SOCK_SEQPACKET, 0},
		{AF_INET, SOCK_STREAM, 0},      {AF_INET, SOCK_DGRAM, 0},         {AF_NETLINK, SOCK_RAW, 0},
		{AF_UNIX, SOCK_RAW, 0},         {AF_UNIX, SOCK_STREAM, 99},       {AF_UNIX, 0, 0},
		{AF_UNIX, 99, 0},               {AF_UNIX, -1, 0},                 {AF_INET, SOCK_SEQPACKET, 0},
		{AF_INET, SOCK_STREAM, 17},     {AF_INET, SOCK_DGRAM, 6},         {AF_INET, SOCK_STREAM, -1},
		{AF_INET, SOCK_RAW, 0},         {AF_UNSPEC, SOCK_STREAM, 0},      {-1, SOCK_STREAM, 0},
		{99, SOCK_STREAM, 0},           {0x7fffffff, 1, 0},               {AF_UNIX, SOCK_STREAM | 0x1000, 0},
		{AF_UNIX, SOCK_STREAM | 1 << 30, 0}, {AF_NETLINK, SOCK_STREAM, 0}, {AF_NETLINK, SOCK_RAW, 99},
		{AF_PACKET, 99, 0},             {AF_INET6, SOCK_DGRAM, 6},        {AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0},
		{AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0}, {AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0},
		{99, SOCK_STREAM | SOCK_CLOEXEC, 0},
	};
	int pair[2];

	for (size_t i = 0; i < sizeof combinations / sizeof *combinations; i++) {
		int domain = combinations[i].domain, type = combinations[i].type, protocol = combinations[i].protocol;

		dprintf(REPORT, "{%d, %#x, %d} ", domain, type, protocol);
		FD(socket_it(domain, type, protocol));
		PAIR(socketpair_it(domain, type, protocol, pair), pair);
		sweep();
	}
	FD(socket_it(AF_UNIX, SOCK_STREAM, 0)); /* nothing was remembered from those errors */
	VALUE(socketpair_it(AF_UNIX, SOCK_STREAM, 0, nowhere(0)));
	VALUE(socketpair_it(AF_UNIX, SOCK_STREAM, 0, read_only()));
	VALUE(plain_at(4));
	PAIR(socketpair_it(AF_UNIX, SOCK_STREAM, 0, pair), pair);
	limit_descriptors(8);
	PAIR(socketpair_it(AF_UNIX, SOCK_STREAM, 0, pair), pair);
	FD(socket_it(AF_UNIX, SOCK_STREAM, 0));
	FD(socket_it(AF_UNIX, SOCK_STREAM, 0));
}

/* Non-blocking, and so many clients in its queue, each with its number as the first byte. */
static int listener(int type, int clients)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	socklen_t length = sizeof address;
	int server = (int)bare(SYS_socket, AF_UNIX, type | SOCK_NONBLOCK, 0);

	put(server, 20);
	bare(SYS_close, server);
	must(bind(20, (struct sockaddr *)&address, sizeof address.sun_family));
	must(listen(20, 64));
	must(getsockname(20, (struct sockaddr *)&address, &length));
	for (int i = 0; i < clients; i++) {
		char number = (char)i;
		int client = (int)bare(SYS_socket, AF_UNIX, type, 0);

		must(connect(client, (struct sockaddr *)&address, length));
		must(write(client, &number, 1));
		put(client, 30 + i);
		bare(SYS_close, client);
	}
	return 20;
}

/* Which client is it? */
static long client_of(int fd)
{
	char number = -1;

	return read(fd, &number, 1) == 1 ? number : -1;
}

void accept_lines(accept_function *accept_it, int flags)
{
	struct sockaddr_storage address;
	struct sockaddr *name = (struct sockaddr *)&address;
	socklen_t length = sizeof address;
	int server = listener(SOCK_STREAM, 16);

	dprintf(REPORT, "flags=%#x\n", flags);
	VALUE(client_of(FD(accept_it(server, NULL, NULL, flags))));
	VALUE(client_of(FD(accept_it(server, name, &length, flags))));
	VALUE(length), VALUE(name->sa_family);
	length = (socklen_t)-1;
	FD(accept_it(server, name, &length, flags));
	VALUE(client_of(FD(accept_it(server, NULL, NULL, flags))));
	length = 0;
	VALUE(client_of(FD(accept_it(server, name, &length, flags))));
	VALUE(length);
	FD(accept_it(server, nowhere(1), &length, flags));
	length = sizeof address;
	FD(accept_it(server, nowhere(1), &length, flags));
	FD(accept_it(server, name, nowhere(1), flags));
	FD(accept_it(server, name, nowhere(0), flags));
	VALUE(client_of(FD(accept_it(server, NULL, NULL, flags))));
	limit_descriptors(8);
	for (int i = 0; i < 4; i++)
		FD(accept_it(server, NULL, NULL, flags));
	limit_descriptors(1024);
	VALUE(client_of(FD(accept_it(server, NULL, NULL, flags))));
	for (int i = 0; i < 12; i++)
		FD(accept_it(server, NULL, NULL, flags));
	FD(accept_it(-1, NULL, NULL, flags));
	FD(accept_it(99, NULL, NULL, flags));
	FD(accept_it(plain_at(50), NULL, NULL, flags));
	put(bare(SYS_socket, AF_UNIX, SOCK_STREAM, 0), 51);
	FD(accept_it(51, NULL, NULL, flags));
	put(bare(SYS_socket, AF_UNIX, SOCK_DGRAM, 0), 52);
	FD(accept_it(52, NULL, NULL, flags));
	put(bare(SYS_socket, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), 53);
	FD(accept_it(53, NULL, NULL, flags));
}

static int accept_3(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
	(void)flags;
	return accept(fd, address, length);
}

void accept4_lines(accept_function *accept_it)
{
	static const int flags[] = {0, SOCK_NONBLOCK, SOCK_CLOEXEC, SOCK_CLOEXEC | SOCK_NONBLOCK, 1, 1 << 30, -1};

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		accept_lines(accept_it, flags[i]);
		sweep();
	}
}

/* A datagram with `count` descriptors, and its sender's credentials if the receiver has asked for them. */
static void send_descriptors(int fd, int count)
{
	char room[CMSG_SPACE(16 * sizeof(int))] = {0};
	struct cmsghdr *head = (struct cmsghdr *)room;
	struct msghdr message = {.msg_iov = &(struct iovec){"data", 4}, .msg_iovlen = 1};
	int fds[16];

	if (count) {
		message.msg_control = room;
		message.msg_controllen = CMSG_SPACE((size_t)count * sizeof(int));
		*head = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS,
		                         .cmsg_len = CMSG_LEN((size_t)count * sizeof(int))};
	}
	for (int i = 0; i < count; i++)
		fds[i] = plain_at(60);
	memcpy(CMSG_DATA(head), fds, (size_t)count * sizeof(int));
	must(sendmsg(fd, &message, 0));
	bare(SYS_close, 60);
}

static void say_message(const struct msghdr *message)
{
	VALUE((unsigned)message->msg_flags);
	VALUE((long)message->msg_controllen);
	VALUE(message->msg_namelen);
	for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR((struct msghdr *)message, part)) {
		VALUE((long)part->cmsg_len), VALUE(part->cmsg_level), VALUE(part->cmsg_type);
		if (part->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t at = CMSG_LEN(0); at + sizeof(int) <= part->cmsg_len; at += sizeof(int)) {
			int fd;

			memcpy(&fd, (char *)part + at, sizeof fd);
			FD(fd);
		}
	}
}

static recvmsg_function *receive;

static void receive_one(int fd, int flags, size_t room)
{
	char control[512] = {0}, data[8] = "";
	struct msghdr message = {.msg_iov = &(struct iovec){data, 3}, .msg_iovlen = 1, .msg_control = control,
	                         .msg_controllen = room};

	dprintf(REPORT, "flags %#x, room %zu: ", flags, room);
	if (VALUE(receive(fd, &message, flags)) >= 0) {
		say_message(&message);
		VALUE(memcmp(data, "data", 3));
	}
}

static int mailbox(int *sender)
{
	int pair[2], yes = 1;

	bare(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, pair);
	put(pair[0], 40), put(pair[1], 41);
	bare(SYS_close, pair[0]), bare(SYS_close, pair[1]);
	setsockopt(41, SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes);
	*sender = 40;
	return 41;
}

void message_lines(recvmsg_function *recvmsg_it)
{
	static const int flags[] = {0, MSG_DONTWAIT, MSG_CMSG_CLOEXEC, MSG_PEEK, MSG_TRUNC, MSG_CMSG_CLOEXEC | MSG_PEEK,
	                            MSG_OOB, 1 << 28};
	static const size_t rooms[] = {512, 0, 1, 15, 16, 19, 20, 24, 32, 40, 47, 48, 52, 56, 64, 72};
	int sender, receiver = mailbox(&sender), yes = 1, no = 0;
	struct msghdr message = {.msg_iov = nowhere(1), .msg_iovlen = 1};

	receive = recvmsg_it;
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		for (int count = 0; count < 4; count += 3) {
			send_descriptors(sender, count);
			receive_one(receiver, flags[i], 512);
			receive_one(receiver, MSG_DONTWAIT, 512);
			receive_one(receiver, MSG_DONTWAIT, 512);
		}
	for (int credentials = 0; credentials < 2; credentials++)
		for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
			setsockopt(receiver, SOL_SOCKET, SO_PASSCRED, credentials ? &yes : &no, sizeof yes);
			send_descriptors(sender, 3);
			receive_one(receiver, 0, rooms[i]);
			FD(fcntl(plain_at(60), F_DUPFD, 0)); /* how many came in, seen or not */
		}
	sweep();
	receiver = mailbox(&sender);
	receive_one(receiver, MSG_DONTWAIT, 512);
	receive_one(-1, 0, 512);
	receive_one(99, 0, 512);
	receive_one(plain_at(50), 0, 512);
	VALUE(receive(receiver, nowhere(0), MSG_DONTWAIT));
	VALUE(receive(receiver, nowhere(1), MSG_DONTWAIT));
	send_descriptors(sender, 1);
	VALUE(receive(receiver, &message, 0));
	VALUE((unsigned)message.msg_flags);
	receive_one(receiver, MSG_DONTWAIT, 512);
	send_descriptors(sender, 3);
	limit_descriptors(5);
	receive_one(receiver, 0, 512);
	limit_descriptors(3);
	send_descriptors(sender, 0);
	receive_one(receiver, 0, 512);
}

/* Their kind refuses MSG_CMSG_CLOEXEC; only root gets one. */
void packet_lines(recvmsg_function *recvmsg_it, recvmmsg_function *recvmmsg_it)
{
	int fd = FD(socket(AF_PACKET, SOCK_DGRAM, 0));
	struct mmsghdr several[2] = {{.msg_hdr = {.msg_controllen = 0}}};
	struct msghdr message = {.msg_iovlen = 0};
	struct sockaddr_in discard = {.sin_family = AF_INET, .sin_port = htons(9),
	                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

	receive = recvmsg_it;
	receive_one(fd, MSG_DONTWAIT, 512);
	receive_one(fd, MSG_DONTWAIT, 512);
	receive_one(fd, MSG_DONTWAIT | MSG_CMSG_CLOEXEC, 512);
	VALUE(recvmmsg_it(fd, several, 2, MSG_DONTWAIT, NULL));
	/* One that arrives: what was refused on the way must not show. */
	fd = FD(socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_ALL)));
	sendto(FD(socket(AF_INET, SOCK_DGRAM, 0)), "data", 4, 0, (struct sockaddr *)&discard, sizeof discard);
	VALUE(poll(&(struct pollfd){.fd = fd, .events = POLLIN}, fd >= 0, 5000));
	VALUE(receive(fd, &message, MSG_DONTWAIT));
	VALUE((unsigned)message.msg_flags);
}

void recvmmsg_lines(recvmmsg_function *recvmmsg_it)
{
	int sender, receiver = mailbox(&sender);
	static const int flags[] = {0, MSG_DONTWAIT, MSG_WAITFORONE, MSG_CMSG_CLOEXEC, MSG_WAITFORONE | MSG_PEEK};
	struct timespec soon = {.tv_nsec = 1}, bad = {.tv_nsec = -1};

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		char control[3][128] = {{0}}, data[3][4] = {{0}};
		struct mmsghdr all[3] = {{.msg_len = 99}};
		struct iovec vectors[3];

		for (int j = 0; j < 3; j++) {
			vectors[j] = (struct iovec){data[j], 4};
			all[j].msg_hdr = (struct msghdr){.msg_iov = &vectors[j], .msg_iovlen = 1,
			                                 .msg_control = control[j],
			                                 .msg_controllen = sizeof control[j]};
			send_descriptors(sender, j);
		}
		dprintf(REPORT, "flags %#x: ", flags[i]);
		for (long j = 0, count = VALUE(recvmmsg_it(receiver, all, 3, flags[i], NULL)); j < count; j++) {
			VALUE(all[j].msg_len);
			say_message(&all[j].msg_hdr);
		}
		dprintf(REPORT, "again: ");
		if (VALUE(recvmmsg_it(receiver, all, 3, MSG_DONTWAIT, &soon)) > 0)
			say_message(&all[0].msg_hdr);
		VALUE(recvmmsg_it(receiver, all, 3, MSG_DONTWAIT, NULL));
		VALUE(recvmmsg_it(receiver, all, 0, 0, NULL));
		VALUE(recvmmsg_it(receiver, all, 3, MSG_DONTWAIT, &bad));
		VALUE(recvmmsg_it(receiver, nowhere(1), 3, MSG_DONTWAIT, NULL));
		VALUE(recvmmsg_it(99, all, 3, 0, NULL));
		VALUE(recvmmsg_it(plain_at(50), all, 3, 0, NULL));
	}
}

LINES(sockets, socket_lines, socket, socketpair)
LINES(accepts, accept_lines, accept_3, 0)
LINES(accepts4, accept4_lines, accept4)
LINES(messages, message_lines, recvmsg)
LINES(packets, packet_lines, recvmsg, recvmmsg)
LINES(several_messages, recvmmsg_lines, recvmmsg)

const struct group socket_groups[] = {
	GROUP(sockets), GROUP(accepts), GROUP(accepts4), GROUP(messages), GROUP(packets), GROUP(several_messages),
	{NULL, NULL},
};
