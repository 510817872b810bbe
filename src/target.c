/* Kinds of descriptors, and their names. */
#include "target.h"

#include "text.h"

#include <netinet/in.h>
#include <sys/stat.h>

/* Eight groups in hexadecimal, the longest run of zeroes left out: RFC 5952. */
static void write_ipv6(struct line *json, const unsigned char *bytes)
{
	unsigned groups[8];
	int run = -1, run_length = 1; /* a single zero is not worth it */

	for (size_t i = 0; i < 8; i++)
		groups[i] = bytes[2 * i] * 256U + bytes[2 * i + 1];
	for (int i = 0; i < 8; i++) {
		int length = 0;

		while (i + length < 8 && !groups[i + length])
			length++;
		if (length > run_length) {
			run = i;
			run_length = length;
		}
	}
	for (int i = 0; i < 8; i++) {
		static const char figures[] = "0123456789abcdef";
		char text[5];
		int end = 0;

		if (i == run) {
			line_raw(json, "::");
			i += run_length - 1;
			continue;
		}
		if (i > 0 && i != run + run_length)
			line_raw(json, ":");
		for (int shift = 12; shift >= 0; shift -= 4)
			if (groups[i] >> shift || shift == 0)
				text[end++] = figures[groups[i] >> shift & 15];
		text[end] = '\0';
		line_raw(json, text);
	}
}

static void write_inode(struct line *json, const char *family, unsigned long long inode)
{
	line_raw(json, family);
	line_raw(json, ":[");
	line_number(json, inode);
	line_raw(json, "]");
}

static void write_internet(struct line *json, const struct sockaddr_storage *address, const char *protocol)
{
	const struct sockaddr_in *four = (const void *)address;
	const struct sockaddr_in6 *six = (const void *)address;
	const unsigned char *bytes = (const void *)&four->sin_addr;

	line_raw(json, protocol);
	if (address->ss_family == AF_INET6) {
		line_raw(json, ":[");
		write_ipv6(json, six->sin6_addr.s6_addr);
		line_raw(json, "]");
	} else {
		for (int i = 0; i < 4; i++) {
			line_raw(json, i ? "." : ":");
			line_number(json, bytes[i]);
		}
	}
	line_raw(json, ":");
	/* Both have it at the same place. */
	bytes = (const void *)&four->sin_port;
	line_number(json, bytes[0] * 256U + bytes[1]);
}

void target_address(struct line *json, const struct sockaddr_storage *address, size_t length, int protocol,
		    unsigned long long inode)
{
	static const struct {
		int number;
		const char *name;
	} protocols[] = {
		{IPPROTO_TCP, "tcp"}, {262 /* MPTCP */, "tcp"}, {IPPROTO_UDP, "udp"}, {132 /* SCTP */, "sctp"}};
	const struct sockaddr_un *local = (const void *)address;
	const size_t path = offsetof(struct sockaddr_un, sun_path);

	switch (address->ss_family) {
	case AF_INET:
	case AF_INET6:
		for (size_t i = 0; i < sizeof protocols / sizeof *protocols; i++)
			if (protocols[i].number == protocol) {
				write_internet(json, address, protocols[i].name);
				return;
			}
		break;
	case AF_UNIX:
		if (length <= path) {
			write_inode(json, "unix", inode);
		} else if (local->sun_path[0]) {
			line_raw(json, "unix:");
			line_characters(json, local->sun_path, length - path, TARGET_MOST);
		} else {
			/* A name of its own world, which may hold any byte: up to the first zero. */
			line_raw(json, "unix:@");
			line_characters(json, local->sun_path + 1, length - path - 1, TARGET_MOST);
		}
		return;
	case AF_NETLINK:
		write_inode(json, "netlink", inode);
		return;
	case AF_PACKET:
		write_inode(json, "packet", inode);
		return;
	default:
		break;
	}
	write_inode(json, "socket", inode);
}

static int option(int fd, int name)
{
	int value = 0;
	socklen_t length = sizeof value;

	return raw(SYS_getsockopt, fd, SOL_SOCKET, name, &value, &length) < 0 ? 0 : value;
}

static void write_socket(struct line *json, int fd, unsigned long long inode)
{
	struct sockaddr_storage address;
	socklen_t length = sizeof address;

	line_raw(json, option(fd, SO_ACCEPTCONN) ? "\"kind\":\"listening\",\"target\":\""
						 : "\"kind\":\"socket\",\"target\":\"");
	if (raw(SYS_getsockname, fd, &address, &length) < 0)
		address.ss_family = AF_UNSPEC;
	target_address(json, &address, length < sizeof address ? length : sizeof address, option(fd, SO_PROTOCOL),
		       inode);
	line_raw(json, "\"");
}

void target_link(const char *path, char *room, size_t size)
{
	long length = raw(SYS_readlinkat, AT_FDCWD, path, room, size - 1);

	room[length > 0 ? length : 0] = '\0';
}

/* /proc/self/fd/N */
static void link_of(int fd, char room[TARGET_ROOM])
{
	char path[32];
	struct line name = line_in(path, sizeof path - 1);

	line_raw(&name, "/proc/self/fd/");
	line_number(&name, (unsigned)fd);
	*name.end = '\0';
	target_link(path, room, TARGET_ROOM);
}

static bool is_terminal(int fd)
{
	char settings[128];

	return raw(SYS_ioctl, fd, TCGETS, settings) == 0;
}

/* Kinds that only the name of their link tells. */
static const struct {
	const char *beginning;
	const char *kind;
} links[] = {
	{"/memfd:", "memory"},
	{"/dev/shm/", "memory"},
	{"anon_inode:[eventpoll", "epoll"},
	{"anon_inode:[eventfd", "eventfd"},
	{"anon_inode:[signalfd", "signalfd"},
	{"anon_inode:[timerfd", "timerfd"},
	{"anon_inode:inotify", "inotify"},
	{"anon_inode:[fanotify", "fanotify"},
};

static const char *kind_of(int fd, const struct about *about, const char *link)
{
	for (size_t i = 0; i < sizeof links / sizeof *links; i++)
		if (text_begins(link, links[i].beginning))
			return links[i].kind;
	switch (about->mode & S_IFMT) {
	case S_IFIFO:
		return "pipe";
	case S_IFDIR:
		return "directory";
	case S_IFCHR:
		if (is_terminal(fd))
			return "terminal";
		break;
	case S_IFREG:
	case S_IFBLK:
		break;
	default:
		return "other";
	}
	return about->mode & S_IROTH ? "file" : "private";
}

void target_write(struct line *json, int fd, const struct about *about, char room[TARGET_ROOM])
{
	if (S_ISSOCK(about->mode)) {
		write_socket(json, fd, about->inode);
		return;
	}
	link_of(fd, room);
	line_raw(json, "\"kind\":\"");
	line_raw(json, kind_of(fd, about, room));
	line_raw(json, "\",\"target\":");
	line_string(json, room, TARGET_MOST);
}
