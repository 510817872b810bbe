/* Copies, pipes, and descriptors of events and memory. */
#define _GNU_SOURCE
#include "parity.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

void copy_lines(int (*dup_it)(int), int (*dup2_it)(int, int), int (*dup3_it)(int, int, int))
{
	plain_at(7);
	FD(dup_it(7));
	FD(dup_it(-1));
	FD(dup_it(99));
	FD(dup2_it(7, 7));
	FD(dup2_it(99, 99));
	FD(dup2_it(-1, -1));
	FD(dup2_it(7, -1));
	FD(dup2_it(-1, 7));
	FD(dup2_it(99, 7));
	FD(7);
	FD(dup2_it(7, 1 << 30));
	FD(dup2_it(7, 12));
	FD(dup2_it(7, 12));
	FD(dup2_it(7, 0));
	VALUE(bare(SYS_fcntl, 7, F_SETFD, FD_CLOEXEC));
	VALUE(dup2_it(7, 7));
	VALUE(bare(SYS_fcntl, 7, F_GETFD));
	FD(dup2_it(7, 13));
	FD(dup2_it(7, 1));
	VALUE(bare(SYS_fcntl, 0, F_SETFD, FD_CLOEXEC));
	FD(dup2_it(0, 0));
	FD(dup2_it(7, 0));
	FD(dup3_it(7, 14, 0));
	FD(dup3_it(7, 14, O_CLOEXEC));
	FD(dup3_it(7, 2, O_CLOEXEC));
	FD(dup3_it(7, 2, 0));
	FD(dup3_it(7, 7, 0));
	FD(dup3_it(7, 7, O_CLOEXEC));
	FD(dup3_it(99, 99, 0));
	FD(dup3_it(7, 15, O_NONBLOCK));
	FD(dup3_it(7, 15, O_CLOEXEC | O_NONBLOCK));
	FD(dup3_it(7, 15, -1));
	FD(dup3_it(7, -1, 0));
	FD(dup3_it(-1, 15, 0));
	FD(dup3_it(7, 15, 0)); /* nothing was remembered from those errors */
	limit_descriptors(20);
	FD(dup2_it(7, 19));
	FD(dup2_it(7, 20));
	FD(dup3_it(7, 20, 0));
	while (bare(SYS_dup, 7) >= 0)
		;
	FD(dup_it(7));
	FD(dup2_it(7, 19));
	FD(dup3_it(7, 18, 0));
}

void fcntl_lines(int (*fcntl_it)(int, int, ...))
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	struct f_owner_ex owner = {.type = F_OWNER_PID, .pid = 0};

	fill("full");
	plain_at(7);
	FD(fcntl_it(7, F_DUPFD, 0));
	FD(fcntl_it(7, F_DUPFD, 100));
	FD(fcntl_it(7, F_DUPFD_CLOEXEC, 100));
	FD(fcntl_it(7, F_DUPFD, -1));
	FD(fcntl_it(7, F_DUPFD_CLOEXEC, -1));
	FD(fcntl_it(7, F_DUPFD, 1 << 30));
	FD(fcntl_it(7, F_DUPFD, 0x7fffffff));
	FD(fcntl_it(7, F_DUPFD, 0xffffffff00000014UL)); /* the upper half does not count */
	FD(fcntl_it(-1, F_DUPFD, 0));
	FD(fcntl_it(99, F_DUPFD, 0));
	VALUE(fcntl_it(7, F_GETFD));
	VALUE(fcntl_it(7, F_SETFD, 1));
	VALUE(fcntl_it(7, F_GETFD));
	VALUE(fcntl_it(7, F_SETFD, 0));
	VALUE(fcntl_it(7, F_GETFD));
	VALUE(fcntl_it(7, F_GETFL));
	VALUE(fcntl_it(7, F_SETFL, O_NONBLOCK));
	VALUE(fcntl_it(7, F_GETFL));
	VALUE(fcntl_it(7, -1));
	VALUE(fcntl_it(7, 9999));
	VALUE(fcntl_it(7, 9999, nowhere(1)));
	VALUE(fcntl_it(99, F_GETFD));
	put(bare(SYS_openat, AT_FDCWD, "full", O_RDWR), 10);
	VALUE(fcntl_it(10, F_SETLK, &lock));
	VALUE(fcntl_it(10, F_GETLK, &lock));
	VALUE(lock.l_type == F_UNLCK);
	VALUE(fcntl_it(10, F_OFD_SETLK, &lock));
	VALUE(fcntl_it(10, F_SETLK, nowhere(1)));
	VALUE(fcntl_it(10, F_SETOWN, getpid()));
	VALUE(fcntl_it(10, F_GETOWN) == getpid());
	VALUE(fcntl_it(10, F_GETOWN_EX, &owner));
	VALUE(owner.pid == getpid());
	VALUE(fcntl_it(10, F_GETLEASE));
	VALUE(fcntl_it(memfd_create("x", MFD_ALLOW_SEALING), F_ADD_SEALS, F_SEAL_GROW));
	bare(SYS_close, 0);
	FD(fcntl_it(7, F_DUPFD, 0));
	FD(fcntl_it(7, F_DUPFD, 2));
	limit_descriptors(20);
	FD(fcntl_it(7, F_DUPFD, 19));
	FD(fcntl_it(7, F_DUPFD, 19));
	FD(fcntl_it(7, F_DUPFD, 20));
	while (bare(SYS_dup, 7) >= 0)
		;
	FD(fcntl_it(7, F_DUPFD, 0));
	FD(fcntl_it(7, F_DUPFD, 0)); /* EINVAL, EMFILE: what was remembered? */
	bare(SYS_close, 12);
	FD(fcntl_it(7, F_DUPFD, 0));
}

void pipe_lines(int (*pipe_it)(int *))
{
	int pair[2];

	PAIR(pipe_it(pair), pair);
	VALUE(pipe_it(nowhere(0)));
	VALUE(pipe_it(read_only()));
	PAIR(pipe_it(pair), pair); /* nothing stayed open */
	limit_descriptors(8);
	PAIR(pipe_it(pair), pair);
	sweep();
	bare(SYS_close, 0);
	PAIR(pipe_it(pair), pair);
}

void pipe2_lines(int (*pipe2_it)(int *, int))
{
	int pair[2];

	PAIR(pipe2_it(pair, 0), pair);
	PAIR(pipe2_it(pair, O_NONBLOCK), pair);
	PAIR(pipe2_it(pair, O_DIRECT | O_CLOEXEC), pair);
	PAIR(pipe2_it(pair, O_CREAT), pair);
	PAIR(pipe2_it(pair, -1), pair);
	PAIR(pipe2_it(pair, 0), pair);
	VALUE(pipe2_it(nowhere(0), 0));
	VALUE(pipe2_it(read_only(), O_NONBLOCK));
	PAIR(pipe2_it(pair, 0), pair); /* nothing stayed open */
	limit_descriptors(14);
	PAIR(pipe2_it(pair, 0), pair);
	PAIR(pipe2_it(pair, O_NONBLOCK), pair);
	sweep();
	bare(SYS_close, 0);
	PAIR(pipe2_it(pair, O_CLOEXEC), pair);
}

void event_lines(const struct event_calls *calls)
{
	sigset_t none, usr1;
	int fd;

	sigemptyset(&none);
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	FD(calls->epoll_create(1));
	FD(calls->epoll_create(0));
	FD(calls->epoll_create(-1));
	FD(calls->epoll_create(0x7fffffff));
	FD(calls->epoll_create1(0));
	FD(calls->epoll_create1(EPOLL_CLOEXEC));
	FD(calls->epoll_create1(1));
	FD(calls->epoll_create1(-1));
	fd = FD(calls->eventfd(7, 0));
	VALUE(({ eventfd_t value = 0; eventfd_read(fd, &value); value; }));
	FD(calls->eventfd(0, EFD_NONBLOCK | EFD_SEMAPHORE));
	FD(calls->eventfd(0, EFD_CLOEXEC));
	FD(calls->eventfd(0, 2));
	FD(calls->eventfd(0, -1));
	FD(calls->eventfd(-1U, 0));
	fd = FD(calls->signalfd(-1, &usr1, 0));
	FD(calls->signalfd(-1, &usr1, SFD_NONBLOCK));
	FD(calls->signalfd(-1, &usr1, SFD_CLOEXEC));
	FD(calls->signalfd(-1, &usr1, 1));
	FD(calls->signalfd(-1, &usr1, -1));
	FD(calls->signalfd(-1, nowhere(1), 0));
	VALUE(bare(SYS_fcntl, fd, F_SETFD, 0));
	VALUE(calls->signalfd(fd, &none, 0));
	VALUE(bare(SYS_fcntl, fd, F_GETFD));
	VALUE(calls->signalfd(fd, &none, SFD_CLOEXEC | SFD_NONBLOCK));
	VALUE(bare(SYS_fcntl, fd, F_GETFD)), VALUE(bare(SYS_fcntl, fd, F_GETFL));
	VALUE(bare(SYS_fcntl, fd, F_SETFD, 1));
	VALUE(calls->signalfd(fd, &usr1, 0));
	VALUE(bare(SYS_fcntl, fd, F_GETFD));
	VALUE(calls->signalfd(fd, &usr1, 1));
	VALUE(calls->signalfd(99, &usr1, 0));
	VALUE(calls->signalfd(-2, &usr1, 0));
	VALUE(calls->signalfd(plain_at(50), &usr1, 0));
	FD(calls->timerfd_create(CLOCK_MONOTONIC, 0));
	FD(calls->timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK));
	FD(calls->timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC));
	FD(calls->timerfd_create(CLOCK_MONOTONIC, 1));
	FD(calls->timerfd_create(CLOCK_MONOTONIC, -1));
	FD(calls->timerfd_create(99, 0));
	FD(calls->timerfd_create(CLOCK_PROCESS_CPUTIME_ID, 0));
	FD(calls->timerfd_create(CLOCK_MONOTONIC, 0)); /* nothing was remembered from those errors */
	FD(calls->inotify_init());
	FD(calls->inotify_init1(0));
	FD(calls->inotify_init1(IN_NONBLOCK));
	FD(calls->inotify_init1(IN_CLOEXEC));
	FD(calls->inotify_init1(1));
	FD(calls->inotify_init1(-1));
	FD(calls->memfd_create("name", 0));
	FD(calls->memfd_create("name", MFD_CLOEXEC | MFD_ALLOW_SEALING));
	FD(calls->memfd_create("name", MFD_ALLOW_SEALING));
	FD(calls->memfd_create("name", 1 << 16));
	FD(calls->memfd_create("name", -1U));
	FD(calls->memfd_create("", 0));
	FD(calls->memfd_create(nowhere(0), 0));
	FD(calls->memfd_create((char[300]){[0 ... 298] = 'x'}, 0));
	FD(posix_openpt(O_RDWR | O_NOCTTY));
	FD(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK));
	FD(posix_openpt(O_RDONLY));
	FD(posix_openpt(O_DIRECTORY));
	FD(posix_openpt(3));
	limit_descriptors(3);
	FD(calls->epoll_create(1)), FD(calls->epoll_create1(0)), FD(calls->eventfd(0, 0)), FD(calls->signalfd(-1, &none, 0));
	FD(calls->timerfd_create(CLOCK_MONOTONIC, 0)), FD(calls->inotify_init()), FD(calls->inotify_init1(0)), FD(calls->memfd_create("name", 0));
	FD(posix_openpt(O_RDWR));
	FD(calls->epoll_create(0)), FD(calls->timerfd_create(CLOCK_MONOTONIC, 1)), FD(socket(AF_UNIX, SOCK_STREAM, 0));
	limit_descriptors(1024);
	FD(calls->epoll_create(1)), FD(calls->timerfd_create(CLOCK_MONOTONIC, 0)), FD(socket(AF_UNIX, SOCK_STREAM, 0));
}

/* Nothing is ever called with a mode that is no string; a program that does dies as it would have. */

LINES(copies, copy_lines, dup, dup2, dup3)
LINES(fcntls, fcntl_lines, fcntl)
#ifdef __GLIBC__
LINES(fcntls64, fcntl_lines, fcntl64)
#endif
LINES(pipes, pipe_lines, pipe)
LINES(pipes2, pipe2_lines, pipe2)
LINES(events, event_lines, &(struct event_calls){epoll_create, epoll_create1, eventfd, signalfd, timerfd_create,
						  inotify_init, inotify_init1, memfd_create})

const struct group event_groups[] = {
	GROUP(copies), GROUP(fcntls),
#ifdef __GLIBC__
	GROUP(fcntls64),
#endif
	GROUP(pipes), GROUP(pipes2), GROUP(events),
	{NULL, NULL},
};
