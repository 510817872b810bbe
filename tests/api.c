/* api GROUP: the four public functions, found as weak symbols.  Prints what is not as it should be, then "done". */
#define _GNU_SOURCE
#define CLOEXEC_WEAK
#include <cloexec.h>

#include "bare.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LEFT_ALONE = 4242 };

#define CHECK(condition)                                            \
	do {                                                        \
		if (!(condition))                                   \
			printf("line %d: %s\n", __LINE__, #condition); \
	} while (0)

/* As the kernel has it. */
static int flag(int fd)
{
	return (int)bare(SYS_fcntl, fd, F_GETFD);
}

static int plain(int number)
{
	int fd = (int)bare(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR);

	bare(SYS_dup3, fd, number, 0);
	bare(SYS_close, fd);
	return number;
}

static void check_descriptor(int fd)
{
	static const int truths[] = {1, -1, 2, 256, 0x40000000};

	errno = LEFT_ALONE;
	CHECK(cloexec_get(fd) == flag(fd));
	for (size_t i = 0; i < sizeof truths / sizeof *truths; i++) {
		bare(SYS_fcntl, fd, F_SETFD, 0);
		CHECK(cloexec_get(fd) == 0);
		CHECK(cloexec_set(fd, truths[i]) == 0);
		CHECK(flag(fd) == FD_CLOEXEC);
		CHECK(cloexec_get(fd) == 1);
		CHECK(cloexec_set(fd, truths[i]) == 0);
		CHECK(flag(fd) == FD_CLOEXEC);
		CHECK(cloexec_set(fd, 0) == 0);
		CHECK(flag(fd) == 0);
		CHECK(cloexec_set(fd, 0) == 0);
		CHECK(flag(fd) == 0);
	}
	CHECK(errno == LEFT_ALONE);
}

static void check_closed(int fd)
{
	errno = LEFT_ALONE;
	CHECK(cloexec_get(fd) == -1 && errno == EBADF);
	errno = LEFT_ALONE;
	CHECK(cloexec_set(fd, 0) == -1 && errno == EBADF);
	errno = LEFT_ALONE;
	CHECK(cloexec_set(fd, 1) == -1 && errno == EBADF);
}

static void flags(void)
{
	int pair[2];

	for (int fd = 0; fd < 3; fd++)
		check_descriptor(fd);
	check_descriptor(plain(50));
	check_descriptor(plain(1000));
	check_descriptor((int)bare(SYS_openat, AT_FDCWD, "/dev/null", O_PATH));
	check_descriptor((int)bare(SYS_openat, AT_FDCWD, "/", O_PATH | O_CLOEXEC));
	check_descriptor((int)bare(SYS_openat, AT_FDCWD, "/", O_RDONLY));
	check_descriptor((int)bare(SYS_socket, AF_UNIX, SOCK_STREAM, 0));
	bare(SYS_pipe2, pair, 0);
	check_descriptor(pair[0]);
	check_descriptor(pair[1]);
	bare(SYS_close, 60);
	check_closed(60);
	check_closed(-1);
	check_closed(0x7fffffff);
	check_closed(-0x7fffffff - 1);
}

/* The program's own word is the last: nothing that is made later changes it. */
static void word(void)
{
	int given = open("/dev/null", O_RDONLY);
	int other;

	CHECK(flag(given) == FD_CLOEXEC);
	CHECK(cloexec_set(given, 0) == 0);
	other = dup(given);
	CHECK(flag(given) == 0 && flag(other) == FD_CLOEXEC);
	CHECK(dup2(given, given) == given && flag(given) == 0);
	cloexec_setdefault(0);
	cloexec_setdefault(1);
	CHECK(flag(given) == 0 && flag(other) == FD_CLOEXEC);
	CHECK(cloexec_set(0, 1) == 0 && flag(0) == FD_CLOEXEC);
}

/* What new descriptors are like: 0 or 1, or -1 where they differ. */
static int new_flag(void)
{
	int fds[6], made = 6, sum = 0;
	FILE *stream = fopen("/dev/null", "r");

	fds[0] = open("/dev/null", O_RDONLY);
	fds[1] = socket(AF_UNIX, SOCK_STREAM, 0);
	if (pipe(fds + 2) < 0)
		return -1;
	fds[4] = dup(fds[0]);
	fds[5] = (int)syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY);
	for (int i = 0; i < made; i++) {
		sum += flag(fds[i]);
		bare(SYS_close, fds[i]);
	}
	sum += flag(fileno(stream));
	fclose(stream);
	return sum == 0 ? 0 : sum == made + 1 ? 1 : -1;
}

static void check_default(int expected)
{
	CHECK(cloexec_getdefault() == expected);
	CHECK(new_flag() == expected);
}

static void switches(void)
{
	check_default(1);
	cloexec_setdefault(0);
	check_default(0);
	CHECK(fcntl(open("/dev/null", O_RDONLY | O_CLOEXEC), F_GETFD) == FD_CLOEXEC);
	cloexec_setdefault(0);
	check_default(0);
	cloexec_setdefault(1);
	check_default(1);
	errno = LEFT_ALONE;
	cloexec_setdefault(0);
	CHECK(cloexec_getdefault() == 0);
	cloexec_setdefault(256);
	CHECK(cloexec_getdefault() == 1);
	cloexec_setdefault(-1);
	CHECK(cloexec_getdefault() == 1);
	CHECK(errno == LEFT_ALONE);
}

/* The environment says no. */
static void off(void)
{
	check_default(0);
	cloexec_setdefault(1);
	check_default(1);
	cloexec_setdefault(0);
	check_default(0);
}

static void *in_thread(void *expected)
{
	for (int i = 0; i < 2000; i++) {
		int fd = open("/dev/null", O_RDONLY);

		CHECK(cloexec_set(fd, i & 1) == 0);
		CHECK(cloexec_get(fd) == (i & 1));
		bare(SYS_close, fd);
	}
	check_default(*(int *)expected);
	cloexec_setdefault(1);
	return NULL;
}

static void threads(void)
{
	int expected = 0;
	pthread_t several[4];

	cloexec_setdefault(0);
	CHECK(pthread_create(&several[0], NULL, in_thread, &expected) == 0);
	pthread_join(several[0], NULL);
	check_default(1);
	expected = 1;
	for (int i = 0; i < 4; i++)
		CHECK(pthread_create(&several[i], NULL, in_thread, &expected) == 0);
	for (int i = 0; i < 4; i++)
		pthread_join(several[i], NULL);
	check_default(1);
}

static void handle(int number)
{
	CHECK(cloexec_getdefault() == 1);
	cloexec_setdefault(0);
	CHECK(cloexec_set(0, 1) == 0 && cloexec_get(0) == 1);
	errno = number;
}

static void in_signal(void)
{
	signal(SIGUSR1, handle);
	raise(SIGUSR1);
	check_default(0);
	CHECK(flag(0) == FD_CLOEXEC);
}

static int wait_for(pid_t child)
{
	int status = 0;

	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* A child made by fork takes the setting along, one by vfork changes it; a program that is executed starts again. */
static void children(void)
{
	pid_t child;

	cloexec_setdefault(0);
	fflush(stdout);
	child = fork();
	if (child == 0) {
		check_default(0);
		cloexec_setdefault(1);
		check_default(1);
		fflush(stdout);
		_exit(7);
	}
	CHECK(wait_for(child) == 7);
	check_default(0);
	child = fork();
	if (child == 0) {
		execl("/proc/self/exe", "api", "on", (char *)NULL);
		_exit(1);
	}
	CHECK(wait_for(child) == 0);
	cloexec_setdefault(1);
	child = vfork();
	if (child == 0) {
		cloexec_setdefault(0);
		_exit(8);
	}
	CHECK(wait_for(child) == 8);
	check_default(0);
}

static void on(void)
{
	check_default(1);
}

/* For strace: what stands between two getppid is one call. */
static void cost(void)
{
	int fd = plain(50), path = (int)bare(SYS_openat, AT_FDCWD, "/dev/null", O_PATH);
	volatile int result;

	bare(SYS_getppid), result = cloexec_get(fd), bare(SYS_getppid);
	bare(SYS_getppid), result = cloexec_set(fd, 1), bare(SYS_getppid);
	bare(SYS_getppid), result = cloexec_set(fd, 0), bare(SYS_getppid);
	bare(SYS_getppid), result = cloexec_set(path, 1), bare(SYS_getppid);
	bare(SYS_getppid), result = cloexec_getdefault(), bare(SYS_getppid);
	bare(SYS_getppid), cloexec_setdefault(1), bare(SYS_getppid);
	(void)result;
}

/* Calls and numbers that are kept stay so, whatever the switch says. */
static void kept(void)
{
	cloexec_setdefault(1);
	CHECK(flag(open("/dev/null", O_RDONLY)) == FD_CLOEXEC);
	CHECK(flag(socket(AF_UNIX, SOCK_STREAM, 0)) == 0);
	CHECK(flag(fcntl(0, F_DUPFD, 30)) == 0);
	CHECK(cloexec_set(30, 1) == 0 && flag(30) == FD_CLOEXEC);
}

/* The library that calls this one, foreign.c, is constructed before ours. */
static bool constructed;
static int default_then = -1;

void foreign_constructed(void);
void foreign_constructed(void)
{
	constructed = true;
	if (!cloexec_getdefault)
		return;
	default_then = cloexec_getdefault();
	cloexec_setdefault(0);
	CHECK(cloexec_getdefault() == 0);
	if (cloexec_set(0, 1) != 0 || cloexec_get(0) != 1 || cloexec_set(0, 0) != 0)
		default_then = -2;
}

static void early(void)
{
	CHECK(constructed);
	CHECK(default_then == 1);
	check_default(0);
}

static void absent(void)
{
	CHECK(!cloexec_get);
	CHECK(!cloexec_set);
	CHECK(!cloexec_getdefault);
	CHECK(!cloexec_setdefault);
}

static const struct {
	const char *name;
	void (*run)(void);
} groups[] = {
#define GROUP(name) {#name, name}
	GROUP(absent), GROUP(children), GROUP(cost), GROUP(early), GROUP(flags), GROUP(in_signal), GROUP(kept), GROUP(off),
	GROUP(on), GROUP(switches), GROUP(threads), GROUP(word),
};

int main(int argc, char **argv)
{
	alarm(60);
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		if (argc > 1 && strcmp(argv[1], groups[i].name) == 0) {
			/* What the early constructor did is one group's affair. */
			if (cloexec_setdefault && groups[i].run != early && default_then >= 0)
				cloexec_setdefault(default_then);
			groups[i].run();
			if (groups[i].run != on)
				puts("done");
			return 0;
		}
	return 2;
}
