/* creators [OPTION]... CALL LIST: makes descriptors by one call, or by `all`, then executes LIST.
 *
 * A program that knows nothing of any preload library.  To descriptor REPORT it writes a line "CALL NUMBER" for each
 * descriptor that a call gave it, "CALL absent" for a call that this libc does not have; LIST adds "got NUMBER TARGET"
 * for what it got.  Built with a distributor's flags the same source calls open64, __open_2 and so on.
 *
 *   --free N,...   exactly these numbers below the highest of them are free, so that results land there
 *   --ask          requests the flag: in the call where it has room for it, else by fcntl
 *   --clear        clears the flag of each result by fcntl
 *   --from PLACE   main (the default), constructor, signal, vfork or thread
 *   --list         only prints the names of all calls
 *
 * What the program needs besides (the client of accept, the fillers of numbers that are not to be free) it makes by
 * system calls and closes, or flags, itself.  A getppid marks each call's beginning and end for strace.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	FIRST = 3,     /* of those that are not standard */
	REPORT = 400,  /* stays open across exec, whatever is tested */
	ASIDE = 500,   /* and up: what a call needs, out of its way */
	END = 520,
};

/* Symbols of glibc; its headers keep some for themselves, and another libc has none of them. */
#pragma weak __open
#pragma weak __open64
#pragma weak __open_2
#pragma weak __open64_2
#pragma weak __openat_2
#pragma weak __openat64_2
#pragma weak _IO_fopen
#pragma weak _IO_popen
#pragma weak __dup2
#pragma weak __fcntl
#pragma weak fcntl64
#pragma weak __pipe
#pragma weak getpt
int __open(const char *path, int flags, ...);
int __open64(const char *path, int flags, ...);
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int directory, const char *path, int flags);
int __openat64_2(int directory, const char *path, int flags);
FILE *_IO_fopen(const char *path, const char *mode);
FILE *_IO_popen(const char *command, const char *type);
int __dup2(int fd, int number);
int __fcntl(int fd, int command, ...);
int fcntl64(int fd, int command, ...);
int __pipe(int ends[2]);
int getpt(void);

static bool asking, clearing;
static bool asked; /* the call at hand had room to ask */
static const char *current;

static void fail(const char *what)
{
	fprintf(stderr, "creators: %s: %s: %s\n", current ? current : "start", what, strerror(errno));
	_exit(1);
}

/* The flag, if it is to be asked for.  Never a constant, so that fortified calls can't be checked when compiling. */
static int ask(int flag)
{
	asked = asking;
	return asking ? flag : 0;
}

static const char *mode(const char *plain, const char *flagged)
{
	asked = asking;
	return asking ? flagged : plain;
}

static void one(int fd)
{
	if (fd < 0)
		fail("no descriptor");
	if (clearing || (asking && !asked))
		fcntl(fd, F_SETFD, clearing ? 0 : FD_CLOEXEC);
	dprintf(REPORT, "%s %d\n", current, fd);
}

static void two(int result, const int *fds)
{
	if (result < 0)
		fail("no descriptors");
	one(fds[0]);
	one(fds[1]);
}

static void stream(FILE *file)
{
	one(file ? fileno(file) : -1);
}

/* Moves a helper out of the way. */
static int aside(int fd)
{
	int moved = (int)syscall(SYS_fcntl, fd, F_DUPFD, ASIDE);

	if (fd < 0 || moved < 0)
		fail("helper");
	close(fd);
	return moved;
}

static int plain_file(void)
{
	return (int)syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR);
}

static int source(void)
{
	return aside(plain_file());
}

static FILE *plain_stream(void)
{
	return fdopen(plain_file(), "r");
}

/* The lowest free number. */
static int vacant(void)
{
	int fd = plain_file();

	close(fd);
	return fd;
}

/* A listening socket with one connection waiting. */
static int listener(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	socklen_t length = sizeof address;
	int server = aside((int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0));
	int client = aside((int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0));

	if (bind(server, (struct sockaddr *)&address, sizeof address.sun_family) < 0 || listen(server, 1) < 0 ||
	    getsockname(server, (struct sockaddr *)&address, &length) < 0 ||
	    connect(client, (struct sockaddr *)&address, length) < 0)
		fail("listener");
	return server;
}

/* Room for a message that carries two descriptors, to be sent and to be received. */
struct parcel {
	struct msghdr header;
	struct iovec vector;
	char data;
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(2 * sizeof(int))];
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

/* A socket with `count` such messages waiting. */
static int mailbox(int count)
{
	struct parcel letter;
	int ends[2];
	int fds[2] = {source(), source()};
	struct msghdr *header = parcel(&letter);

	letter.control.head = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS,
	                                       .cmsg_len = CMSG_LEN(sizeof fds)};
	memcpy(CMSG_DATA(&letter.control.head), fds, sizeof fds);
	if (syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, ends) < 0)
		fail("mailbox");
	ends[0] = aside(ends[0]);
	ends[1] = aside(ends[1]);
	while (count--)
		if (sendmsg(ends[0], header, 0) < 0)
			fail("sendmsg");
	return ends[1];
}

static void received(const struct parcel *letter)
{
	int fds[2];

	memcpy(fds, CMSG_DATA(&letter->control.head), sizeof fds);
	two(letter->header.msg_controllen ? 0 : -1, fds);
}

static void receive(void)
{
	struct parcel letter;

	if (recvmsg(mailbox(1), parcel(&letter), ask(MSG_CMSG_CLOEXEC)) < 0)
		fail("recvmsg");
	received(&letter);
}

static void receive_many(void)
{
	struct parcel letters[2];
	struct mmsghdr headers[2];

	for (int i = 0; i < 2; i++)
		headers[i].msg_hdr = *parcel(&letters[i]);
	if (recvmmsg(mailbox(2), headers, 2, ask(MSG_CMSG_CLOEXEC), NULL) != 2)
		fail("recvmmsg");
	for (int i = 0; i < 2; i++)
		received(&letters[i]);
}

static int observe_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	return signalfd(-1, &none, ask(SFD_CLOEXEC));
}

static int ends[2];

/* Every call, and what makes descriptors by it. */
#define CALLS                                                                                       \
	CALL(open, one(open("/dev/null", ask(O_CLOEXEC))))                                          \
	CALL(open64, one(open64("/dev/null", ask(O_CLOEXEC))))                                      \
	CALL(__open, one(__open("/dev/null", ask(O_CLOEXEC))))                                      \
	CALL(__open64, one(__open64("/dev/null", ask(O_CLOEXEC))))                                  \
	CALL(__open_2, one(__open_2("/dev/null", ask(O_CLOEXEC))))                                  \
	CALL(__open64_2, one(__open64_2("/dev/null", ask(O_CLOEXEC))))                              \
	CALL(openat, one(openat(AT_FDCWD, "/dev/null", ask(O_CLOEXEC))))                            \
	CALL(openat64, one(openat64(AT_FDCWD, "/dev/null", ask(O_CLOEXEC))))                        \
	CALL(__openat_2, one(__openat_2(AT_FDCWD, "/dev/null", ask(O_CLOEXEC))))                    \
	CALL(__openat64_2, one(__openat64_2(AT_FDCWD, "/dev/null", ask(O_CLOEXEC))))                \
	CALL(creat, one(creat("created", 0600)))                                                    \
	CALL(creat64, one(creat64("created", 0600)))                                                \
	CALL(fopen, stream(fopen("/dev/null", mode("r", "re"))))                                    \
	CALL(fopen64, stream(fopen64("/dev/null", mode("r", "re"))))                                \
	CALL(_IO_fopen, stream(_IO_fopen("/dev/null", mode("r", "re"))))                            \
	CALL(freopen, stream(freopen("/dev/null", mode("r", "re"), plain_stream())))                \
	CALL(freopen64, stream(freopen64("/dev/null", mode("r", "re"), plain_stream())))            \
	CALL(popen, stream(popen(":", mode("r", "re"))))                                            \
	CALL(_IO_popen, stream(_IO_popen(":", mode("r", "re"))))                                    \
	CALL(tmpfile, stream(tmpfile()))                                                            \
	CALL(tmpfile64, stream(tmpfile64()))                                                        \
	CALL(mkstemp, one(mkstemp((char[]){"XXXXXX"})))                                             \
	CALL(mkstemp64, one(mkstemp64((char[]){"XXXXXX"})))                                         \
	CALL(mkstemps, one(mkstemps((char[]){"XXXXXX.x"}, 2)))                                      \
	CALL(mkstemps64, one(mkstemps64((char[]){"XXXXXX.x"}, 2)))                                  \
	CALL(mkostemp, one(mkostemp((char[]){"XXXXXX"}, ask(O_CLOEXEC))))                           \
	CALL(mkostemp64, one(mkostemp64((char[]){"XXXXXX"}, ask(O_CLOEXEC))))                       \
	CALL(mkostemps, one(mkostemps((char[]){"XXXXXX.x"}, 2, ask(O_CLOEXEC))))                    \
	CALL(mkostemps64, one(mkostemps64((char[]){"XXXXXX.x"}, 2, ask(O_CLOEXEC))))                \
	CALL(socket, one(socket(AF_UNIX, SOCK_STREAM | ask(SOCK_CLOEXEC), 0)))                      \
	CALL(socketpair, two(socketpair(AF_UNIX, SOCK_STREAM | ask(SOCK_CLOEXEC), 0, ends), ends))  \
	CALL(accept, one(accept(listener(), NULL, NULL)))                                           \
	CALL(accept4, one(accept4(listener(), NULL, NULL, ask(SOCK_CLOEXEC))))                      \
	CALL(recvmsg, receive())                                                                    \
	CALL(recvmmsg, receive_many())                                                              \
	CALL(dup, one(dup(source())))                                                               \
	CALL(dup2, one(dup2(source(), vacant())))                                                   \
	CALL(__dup2, one(__dup2(source(), vacant())))                                               \
	CALL(dup3, one(dup3(source(), vacant(), ask(O_CLOEXEC))))                                   \
	CALL(fcntl, one(fcntl(source(), F_DUPFD + ask(F_DUPFD_CLOEXEC), 0)))                        \
	CALL(fcntl64, one(fcntl64(source(), F_DUPFD + ask(F_DUPFD_CLOEXEC), 0)))                    \
	CALL(__fcntl, one(__fcntl(source(), F_DUPFD + ask(F_DUPFD_CLOEXEC), 0)))                    \
	CALL(pipe, two(pipe(ends), ends))                                                           \
	CALL(__pipe, two(__pipe(ends), ends))                                                       \
	CALL(pipe2, two(pipe2(ends, ask(O_CLOEXEC)), ends))                                         \
	CALL(epoll_create, one(epoll_create(1)))                                                    \
	CALL(epoll_create1, one(epoll_create1(ask(EPOLL_CLOEXEC))))                                 \
	CALL(eventfd, one(eventfd(0, ask(EFD_CLOEXEC))))                                            \
	CALL(signalfd, one(observe_signals()))                                                      \
	CALL(timerfd_create, one(timerfd_create(CLOCK_MONOTONIC, ask(TFD_CLOEXEC))))                \
	CALL(inotify_init, one(inotify_init()))                                                     \
	CALL(inotify_init1, one(inotify_init1(ask(IN_CLOEXEC))))                                    \
	CALL(memfd_create, one(memfd_create("created", ask(MFD_CLOEXEC))))                          \
	CALL(posix_openpt, one(posix_openpt(O_RDWR | O_NOCTTY | ask(O_CLOEXEC))))                   \
	CALL(getpt, one(getpt()))

#define CALL(name, ...)                                                                             \
	static void make_##name(void)                                                               \
	{                                                                                           \
		__VA_ARGS__;                                                                        \
	}
CALLS
#undef CALL

static const struct call {
	const char *name;
	void (*make)(void);
	void (*address)(void); /* NULL: this libc has no such call */
} calls[] = {
#define CALL(name, ...) {#name, make_##name, (void (*)(void))name},
	CALLS
#undef CALL
};

static const char *wanted, *place = "main";
static char *list;

static void make(const struct call *call)
{
	current = call->name;
	asked = false;
	if (!call->address) {
		dprintf(REPORT, "%s absent\n", current);
		return;
	}
	syscall(SYS_getppid);
	call->make();
	syscall(SYS_getppid);
	for (int fd = ASIDE; fd < END; fd++)
		close(fd);
}

/* Makes what is wanted and executes LIST, with an empty environment: nothing is preloaded there. */
static void make_and_execute(void)
{
	char report[16];
	bool known = false;

	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		if (strcmp(wanted, "all") == 0 || strcmp(wanted, calls[i].name) == 0) {
			make(&calls[i]);
			known = true;
		}
	current = wanted;
	if (!known)
		fail("no such call");
	snprintf(report, sizeof report, "%d", REPORT);
	execve(list, (char *[]){list, report, NULL}, (char *[]){NULL});
	fail(list);
}

static void handle(int signal)
{
	(void)signal;
	make_and_execute();
}

static void *run_thread(void *nothing)
{
	make_and_execute();
	return nothing;
}

static void from_constructor(void)
{
	fail("the constructor did not call");
}

static void from_signal(void)
{
	signal(SIGUSR1, handle);
	raise(SIGUSR1);
}

static void from_vfork(void)
{
	int status;
	pid_t child = vfork();

	if (child == 0)
		make_and_execute();
	if (child < 0 || waitpid(child, &status, 0) < 0)
		fail("vfork");
	exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

static void from_thread(void)
{
	pthread_t thread;

	errno = pthread_create(&thread, NULL, run_thread, NULL);
	if (errno)
		fail("thread");
	pthread_join(thread, NULL);
}

static const struct {
	const char *name;
	void (*go)(void);
} places[] = {
	{"main", make_and_execute}, {"constructor", from_constructor}, {"signal", from_signal},
	{"vfork", from_vfork},      {"thread", from_thread},
};

/* Leaves exactly the numbers of `list` free up to the highest, and flags what it fills the others with. */
static void free_only(char *numbers)
{
	bool is_free[REPORT] = {false};
	int filler = aside(plain_file());
	int end = 0;

	for (char *number = strtok(numbers, ","); number; number = strtok(NULL, ",")) {
		int fd = atoi(number);

		is_free[fd] = true;
		end = fd >= end ? fd + 1 : end;
	}
	for (int fd = 0; fd < end; fd++)
		if (is_free[fd])
			close(fd);
		else if (fd >= FIRST)
			syscall(SYS_dup3, filler, fd, O_CLOEXEC);
	close(filler);
}

static void read_arguments(char **argument)
{
	char *freed = NULL;

	for (; *argument && strncmp(*argument, "--", 2) == 0; argument++)
		if (strcmp(*argument, "--ask") == 0)
			asking = true;
		else if (strcmp(*argument, "--clear") == 0)
			clearing = true;
		else if (strcmp(*argument, "--free") == 0)
			freed = *++argument;
		else if (strcmp(*argument, "--from") == 0)
			place = *++argument;
	wanted = argument[0];
	list = wanted ? argument[1] : NULL;
	if (!list)
		fail("usage: creators [OPTION]... CALL LIST");
	close(REPORT);
	if (syscall(SYS_fcntl, STDOUT_FILENO, F_DUPFD, REPORT) != REPORT)
		fail("report");
	for (int fd = FIRST; fd < 1024; fd++)
		if (fd != REPORT)
			close(fd);
	if (freed)
		free_only(freed);
}

/* Our arguments, for a time when only glibc would hand them over. */
static char **early_arguments(void)
{
	static char text[4096], *words[32];
	int fd = (int)syscall(SYS_openat, AT_FDCWD, "/proc/self/cmdline", O_RDONLY);
	ssize_t length = read(fd, text, sizeof text - 1);
	char *word = text;

	close(fd);
	for (size_t count = 0; count < 31 && word < text + length; word += strlen(word) + 1)
		words[count++] = word;
	return words;
}

void foreign_constructed(void);
void foreign_constructed(void)
{
	char **arguments = early_arguments();

	if (arguments[1] && strcmp(arguments[1], "--from") == 0 && strcmp(arguments[2], "constructor") == 0) {
		read_arguments(arguments + 1);
		make_and_execute();
	}
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--list") == 0) {
		for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
			puts(calls[i].name);
		return 0;
	}
	read_arguments(argv + 1);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (strcmp(place, places[i].name) == 0)
			places[i].go();
	fail(place);
}
