/* holder DIRECTORY: holds a descriptor of every kind, unflagged, and one with the flag.  Writes a line "NUMBER KIND
 * TARGET" for each, then "ready", and waits for the end of its input.  `holder DIRECTORY COUNT`: COUNT children hold
 * them too. `holder -`: holds nothing. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int at_least(int result)
{
	if (result >= 0)
		return result;
	perror("holder");
	exit(1);
}

static void have(int fd, const char *kind, const char *target)
{
	printf("%d %s %s\n", fd, kind, target);
}

static void hold_internet(int family, const char *name, struct sockaddr *address, socklen_t size, in_port_t *port)
{
	int listening = socket(family, SOCK_STREAM, 0);
	int connected;
	char text[128];

	if (listening < 0 || bind(listening, address, size) < 0)
		return; /* no IPv6 here */
	at_least(getsockname(listening, address, &size));
	at_least(listen(listening, 5));
	snprintf(text, sizeof text, "tcp:%s:%d", name, ntohs(*port));
	have(listening, "listening", text);
	connected = at_least(socket(family, SOCK_STREAM, 0));
	at_least(connect(connected, address, size));
	have(connected, "socket", text + strlen(text)); /* its own port is anybody's guess */
	connected = at_least(socket(family, SOCK_DGRAM, 0));
	*port = 0;
	at_least(bind(connected, address, size));
	at_least(getsockname(connected, address, &size));
	snprintf(text, sizeof text, "udp:%s:%d", name, ntohs(*port));
	have(connected, "socket", text);
}

static void hold_local(const char *path, const char *text, size_t length)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = at_least(socket(AF_UNIX, SOCK_STREAM, 0));

	memcpy(address.sun_path, path, length);
	at_least(bind(fd, (struct sockaddr *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)));
	at_least(listen(fd, 5));
	have(fd, "listening", text);
}

static void hold_sockets(void)
{
	struct sockaddr_in four = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	char abstract[32];
	int pair[2];

	hold_internet(AF_INET, "127.0.0.1", (struct sockaddr *)&four, sizeof four, &four.sin_port);
	hold_internet(AF_INET6, "[::1]", (struct sockaddr *)&six, sizeof six, &six.sin6_port);
	hold_local("named", "unix:named", sizeof "named" - 1);
	snprintf(abstract, sizeof abstract, "@holder-%d", getpid());
	abstract[0] = '\0';
	hold_local(abstract, "", strlen(abstract + 1) + 1);
	at_least(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	have(pair[0], "socket", "");
	have(at_least(socket(AF_NETLINK, SOCK_RAW, 0)), "socket", "");
}

static void hold_files(void)
{
	int pair[2];

	umask(0);
	have(at_least(open("readable", O_RDWR | O_CREAT, 0644)), "file", "readable");
	have(at_least(open("secret", O_RDWR | O_CREAT, 0640)), "private", "secret");
	have(at_least(open(".", O_RDONLY)), "directory", "");
	have(at_least(open("/dev/null", O_RDWR)), "file", "/dev/null");
	at_least(mkfifo("fifo", 0600));
	have(at_least(open("fifo", O_RDWR)), "pipe", "fifo");
	at_least(pipe(pair));
	have(pair[0], "pipe", "pipe:[");
	have(at_least(open("evil\033[31m\n\\name", O_RDWR | O_CREAT, 0644)), "file", "evil");
	have(at_least(open("closed", O_RDWR | O_CREAT | O_CLOEXEC, 0644)), "closed", "closed");
}

static void hold_events(void)
{
	sigset_t none;
	int terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY);

	sigemptyset(&none);
	have(at_least(epoll_create1(0)), "epoll", "anon_inode:[eventpoll]");
	have(at_least(eventfd(0, 0)), "eventfd", "anon_inode:[eventfd");
	have(at_least(signalfd(-1, &none, 0)), "signalfd", "anon_inode:[signalfd");
	have(at_least(timerfd_create(CLOCK_MONOTONIC, 0)), "timerfd", "anon_inode:[timerfd");
	have(at_least(inotify_init1(0)), "inotify", "anon_inode:inotify");
	have(at_least(memfd_create("remembered", 0)), "memory", "/memfd:remembered");
	if (terminal >= 0)
		have(terminal, "terminal", "/dev/");
}

int main(int argc, char **argv)
{
	int children = argc > 2 ? atoi(argv[2]) : 0;
	char end;

	if (argc > 1 && strcmp(argv[1], "-") == 0) {
		for (int fd = STDERR_FILENO + 1; fd < 4096; fd++)
			close(fd);
	} else {
		at_least(argc > 1 ? chdir(argv[1]) : -1);
		hold_sockets();
		hold_files();
		hold_events();
	}
	fflush(stdout);
	for (int i = 0; i < children; i++)
		if (at_least(fork()) == 0)
			return read(STDIN_FILENO, &end, 1) != 0;
	puts("ready");
	fflush(stdout);
	return read(STDIN_FILENO, &end, 1) != 0;
}
