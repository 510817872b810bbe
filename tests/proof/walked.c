/* walked CALL [WITNESS] | --list: makes one call for walk.c to go through, in a directory where it may make files.
 *
 * What a first call has to find out has been found out before, if it can be made twice.  Without WITNESS nothing is
 * looked at.  With it, SIGUSR1 may come at any instruction of the call, and we must be covered.  The handler makes calls of its own, and children
 * that execute WITNESS (inherited.c): those must be given what they placed and nothing else, whatever was interrupted.
 * Afterwards the call must have had its result, its flag and its errno, and the program itself executes WITNESS, to
 * which it hands what it placed and what the handler did. */
#define _GNU_SOURCE
#include "../bare.h"
#include "section.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PLACED = 60,      /* by the call */
	BY_HANDLER = 124, /* the same modulo 64 */
	BY_CHILD = 188,
	DONE = 1000,
	LEFT_ALONE = 4242, /* errno */
};

struct row {
	const char *name;
	void (*prepare)(void);
	int (*make)(void); /* gives a descriptor, -1 if it failed, or DONE */
	bool places;       /* on PLACED */
	bool once;
	bool no_children; /* it clears flags for the program that comes: a child then would be given the same */
};

static struct section *section;
static char *witness;
static const struct row *row;

static _Noreturn void fail(const char *what)
{
	dprintf(STDERR_FILENO, "walked: %s: %s: %s\n", row ? row->name : "start", what, strerror(errno));
	_exit(1);
}

static bool flagged(int fd)
{
	return bare(SYS_fcntl, fd, F_GETFD) == FD_CLOEXEC;
}

/* A child that places something and executes. */
static void child_executes(bool shared_memory)
{
	int status;
	/* Not in a function of its own: vfork returns twice. */
	pid_t child = shared_memory ? vfork() : fork();

	if (child == 0) {
		if (dup2(STDIN_FILENO, BY_CHILD) != BY_CHILD || open("/dev/null", O_RDONLY) < 0)
			_exit(98);
		execve(witness, (char *[]){witness, "188", NULL}, (char *[]){NULL});
		_exit(99);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		fail("the handler's child");
	if (status != 0) {
		errno = 0;
		fail(shared_memory ? "a vfork child of the handler" : "a child of the handler");
	}
}

static void handle(int signal)
{
	int saved = errno;
	int fd = open("/dev/null", O_RDONLY);

	(void)signal;
	if (fd < 0 || !flagged(fd) || close(fd) < 0)
		fail("open in the handler");
	if (dup2(STDIN_FILENO, BY_HANDLER) != BY_HANDLER || !flagged(BY_HANDLER))
		fail("dup2 in the handler");
	if (!row->no_children) {
		child_executes(false);
		child_executes(true);
	}
	errno = saved;
}

/* What the calls need. */
static int server = -1, other = -1;
static int pair[2];
static struct msghdr message;
static char room[CMSG_SPACE(sizeof(int))];

static void connected(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	socklen_t length = sizeof address;
	int client = (int)bare(SYS_socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	server = (int)bare(SYS_socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(server, (struct sockaddr *)&address, sizeof address.sun_family) < 0 || listen(server, 9) < 0 ||
	    getsockname(server, (struct sockaddr *)&address, &length) < 0)
		fail("listener");
	for (int i = 0; i < 2; i++) { /* one for each time */
		if (connect(client, (struct sockaddr *)&address, length) < 0)
			fail("client");
		client = (int)bare(SYS_socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	}
}

static void parcels(void)
{
	static char data;
	static struct iovec vector = {&data, 1};

	if (bare(SYS_socketpair, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair) < 0)
		fail("socketpair");
	for (int i = 0; i < 2; i++) {
		struct cmsghdr *head;

		message = (struct msghdr){
			.msg_iov = &vector, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
		head = CMSG_FIRSTHDR(&message);
		*head = (struct cmsghdr){
			.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))};
		memcpy(CMSG_DATA(head), &(int){STDIN_FILENO}, sizeof(int));
		if (sendmsg(pair[0], &message, 0) != 1)
			fail("sendmsg");
	}
}

static int received(void)
{
	int fd = -1;

	message.msg_controllen = sizeof room;
	if (recvmsg(pair[1], &message, 0) == 1)
		memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
	return fd;
}

static int pipe_end(void)
{
	static int ends[2];

	if (pipe(ends) < 0)
		return -1;
	return !witness || flagged(ends[0]) ? ends[1] : -1;
}

static int under(FILE *stream)
{
	return stream ? fileno(stream) : -1;
}

static int of_directory(DIR *opened)
{
	return opened ? dirfd(opened) : -1;
}

static void opened(void)
{
	other = open("/dev/null", O_RDONLY);
}

static void placed(void)
{
	if (dup2(STDIN_FILENO, PLACED) != PLACED)
		fail("dup2");
}

/* On the way to what the witness is to find. */
static void placed_another(void)
{
	if (dup2(STDIN_FILENO, PLACED + 1) != PLACED + 1)
		fail("dup2");
}

static int closed(int fd)
{
	if (close(fd) < 0 || bare(SYS_fcntl, fd, F_GETFD) >= 0)
		return -1;
	errno = LEFT_ALONE;
	return DONE;
}

static int temporary(void)
{
	char name[] = "walked.XXXXXX";
	int fd = mkstemp(name);

	unlink(name);
	return fd;
}

static int spawn(void)
{
	pid_t child;
	int status;

	if (posix_spawn(&child, witness, NULL, NULL, (char *[]){witness, NULL}, (char *[]){NULL}) != 0 ||
	    waitpid(child, &status, 0) != child)
		return -1;
	return status == 0 ? DONE : -1;
}

static int execute_in_vain(void)
{
	if (execve("/nowhere", (char *[]){"nowhere", NULL}, (char *[]){NULL}) >= 0 || errno != ENOENT)
		return -1;
	errno = LEFT_ALONE;
	return flagged(PLACED) ? DONE : -1;
}

/* The handler's is handed on if it comes early enough. */
static int execute(void)
{
	execve(witness, (char *[]){witness, "60", "124?", NULL}, (char *[]){NULL});
	return -1;
}

#define MAKER(name, expression)      \
	static int make_##name(void) \
	{                            \
		return (expression); \
	}
MAKER(open, open("/dev/null", O_RDONLY))
MAKER(openat, openat(AT_FDCWD, "/dev/null", O_RDONLY))
MAKER(socket, socket(AF_UNIX, SOCK_STREAM, 0))
MAKER(accept, accept(server, NULL, NULL))
MAKER(dup, dup(STDIN_FILENO))
MAKER(dup2, dup2(STDIN_FILENO, PLACED))
MAKER(eventfd, eventfd(0, 0))
MAKER(fopen, under(fopen("/dev/null", "r")))
MAKER(dup3, dup3(STDIN_FILENO, PLACED, 0))
MAKER(fcntl, fcntl(STDIN_FILENO, F_DUPFD, 10))
MAKER(epoll_create, epoll_create(1))
MAKER(timerfd_create, timerfd_create(CLOCK_MONOTONIC, 0))
MAKER(opendir, of_directory(opendir("/")))
MAKER(tmpfile, under(tmpfile()))
MAKER(popen, under(popen("exit 0", "r")))
MAKER(syscall, (int)syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY))
MAKER(close, closed(other))
MAKER(close_placed, closed(PLACED))

static const struct row rows[] = {
	{.name = "open", .make = make_open},
	{.name = "open_first", .make = make_open, .once = true},
	{.name = "openat", .make = make_openat},
	{.name = "socket", .make = make_socket},
	{.name = "accept", .prepare = connected, .make = make_accept},
	{.name = "pipe", .make = pipe_end},
	{.name = "dup", .make = make_dup},
	{.name = "dup2", .prepare = placed_another, .make = make_dup2, .places = true, .once = true},
	{.name = "dup2_first", .make = make_dup2, .places = true, .once = true},
	{.name = "dup2_again", .make = make_dup2, .places = true},
	{.name = "eventfd", .make = make_eventfd},
	{.name = "fopen", .make = make_fopen},
	{.name = "dup3", .make = make_dup3, .places = true},
	{.name = "fcntl", .make = make_fcntl},
	{.name = "recvmsg", .prepare = parcels, .make = received},
	{.name = "epoll_create", .make = make_epoll_create},
	{.name = "timerfd_create", .make = make_timerfd_create},
	{.name = "opendir", .make = make_opendir},
	{.name = "mkstemp", .make = temporary},
	{.name = "tmpfile", .make = make_tmpfile},
	{.name = "popen", .make = make_popen},
	{.name = "syscall", .make = make_syscall},
	{.name = "close", .prepare = opened, .make = make_close, .once = true},
	{.name = "close_placed", .prepare = placed, .make = make_close_placed, .once = true},
	{.name = "posix_spawn", .prepare = opened, .make = spawn},
	{.name = "execve_in_vain", .prepare = placed, .make = execute_in_vain, .places = true, .no_children = true},
	{.name = "execve", .prepare = placed, .make = execute, .places = true, .once = true, .no_children = true},
};
enum { ROWS = sizeof rows / sizeof *rows };

static void find(const char *name)
{
	for (size_t i = 0; i < ROWS; i++)
		if (strcmp(rows[i].name, name) == 0)
			row = &rows[i];
	if (!row)
		fail(name);
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
	int fd, error;

	if (argc == 2 && strcmp(argv[1], "--list") == 0) {
		for (size_t i = 0; i < ROWS; i++)
			puts(rows[i].name);
		return 0;
	}
	if (argc < 2)
		fail("usage: walked CALL [WITNESS]");
	find(argv[1]);
	witness = argv[2];
	section = mmap(NULL, sizeof *section, PROT_READ | PROT_WRITE, MAP_SHARED, SECTION_FILE, 0);
	if (section == MAP_FAILED || bare(SYS_fcntl, SECTION_FILE, F_SETFD, FD_CLOEXEC) < 0)
		fail("not under walk");
	for (int number = 3; number < SECTION_FILE; number++)
		bare(SYS_close, number);
	/* What is counted is the call; who witnesses it may see its name looked up too. */
	if (!witness) {
		close(-1);
		dup2(-1, PLACED);
	}
	sigaction(SIGUSR1, &action, NULL);
	if (row->prepare)
		row->prepare();
	if (!row->once && row->make() < 0)
		fail("failed before");

	errno = LEFT_ALONE;
	raise(SIGSTOP);
	section->inside = 1;
	fd = row->make();
	section->inside = 0;
	error = errno;

	if (fd < 0 || error != LEFT_ALONE) {
		errno = error;
		fail("failed");
	}
	if (!witness)
		return 0;
	if (fd != DONE && !flagged(fd))
		fail("not flagged");
	/* The handler's own may not have been, or be forgotten where it came while others were. */
	execve(witness,
	       (char *[]){witness, "124?", row->places ? "60" : NULL, row->prepare == placed_another ? "61" : NULL,
			  NULL},
	       (char *[]){NULL});
	fail(witness);
}
