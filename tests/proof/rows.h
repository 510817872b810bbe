/* Calls that make descriptors, a row each: gives one or -1, and fills `ends` where there are two.  None blocks, where
 * standard input is no listening socket. */
#ifndef ROWS_H
#define ROWS_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

static int ends[2];

static int of(FILE *stream)
{
	int number;

	if (!stream)
		return -1;
	number = dup(fileno(stream));
	fclose(stream);
	return number;
}

static int mkstemp_here(void)
{
	char name[] = "faults.XXXXXX";
	int fd = mkstemp(name);

	if (fd >= 0)
		unlink(name);
	return fd;
}

#define CALLS(CALL)                                                              \
	CALL(open, open("/dev/null", O_RDONLY))                                  \
	CALL(openat, openat(AT_FDCWD, "/dev/null", O_RDONLY))                    \
	CALL(creat, creat("created", 0600))                                      \
	CALL(socket, socket(AF_UNIX, SOCK_STREAM, 0))                            \
	CALL(socketpair, socketpair(AF_UNIX, SOCK_STREAM, 0, ends))              \
	CALL(accept, accept(STDIN_FILENO, NULL, NULL))                           \
	CALL(accept4, accept4(STDIN_FILENO, NULL, NULL, 0))                      \
	CALL(pipe, pipe(ends))                                                   \
	CALL(pipe2, pipe2(ends, 0))                                              \
	CALL(dup, dup(STDIN_FILENO))                                             \
	CALL(dup2, dup2(STDIN_FILENO, 50))                                       \
	CALL(dup3, dup3(STDIN_FILENO, 50, 0))                                    \
	CALL(fcntl, fcntl(STDIN_FILENO, F_DUPFD, 10))                            \
	CALL(eventfd, eventfd(0, 0))                                             \
	CALL(epoll_create, epoll_create(1))                                      \
	CALL(epoll_create1, epoll_create1(0))                                    \
	CALL(timerfd_create, timerfd_create(CLOCK_MONOTONIC, 0))                 \
	CALL(inotify_init, inotify_init())                                       \
	CALL(memfd_create, memfd_create("faults", 0))                            \
	CALL(posix_openpt, posix_openpt(O_RDWR | O_NOCTTY))                      \
	CALL(syscall, (int)syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY)) \
	CALL(fopen, of(fopen("/dev/null", "r")))                                 \
	CALL(tmpfile, of(tmpfile()))                                             \
	CALL(mkstemp, mkstemp_here())

#define MAKER(name, expression)      \
	static int make_##name(void) \
	{                            \
		return (expression); \
	}
CALLS(MAKER)
#undef MAKER

static const struct row {
	const char *name;
	int (*make)(void);
} rows[] = {
#define ROW(name, expression) {#name, make_##name},
	CALLS(ROW)
#undef ROW
};
enum { ROWS = sizeof rows / sizeof *rows };

#endif
