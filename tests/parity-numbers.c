/* syscall(): for every number that it is covered for, the lines of the call of that name; and the numbers that it must
 * not notice. */
#define _GNU_SOURCE
#include "parity.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#define LAST(after, type)                                                    \
	({                                                                   \
		va_list list;                                                \
		type last;                                                   \
                                                                             \
		va_start(list, after);                                       \
		last = va_arg(list, type);                                   \
		va_end(list);                                                \
		last;                                                        \
	})

static int number_openat(int directory, const char *path, int flags, ...)
{
	return (int)syscall(SYS_openat, directory, path, flags, LAST(flags, int));
}

static int number_open(const char *path, int flags, ...)
{
#ifdef SYS_open
	return (int)syscall(SYS_open, path, flags, LAST(flags, int));
#else
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, LAST(flags, int));
#endif
}

static int number_creat(const char *path, mode_t mode)
{
#ifdef SYS_creat
	return (int)syscall(SYS_creat, path, mode);
#else
	return (int)syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
#endif
}

static int number_openat2(int directory, const char *path, const struct open_how *how, size_t size)
{
	return (int)syscall(SYS_openat2, directory, path, how, size);
}

static int number_open_by_handle_at(int mount, struct file_handle *handle, int flags)
{
	return (int)syscall(SYS_open_by_handle_at, mount, handle, flags);
}

static int number_dup(int fd)
{
	return (int)syscall(SYS_dup, fd);
}

static int number_dup2(int fd, int number)
{
#ifdef SYS_dup2
	return (int)syscall(SYS_dup2, fd, number);
#else
	return dup2(fd, number);
#endif
}

static int number_dup3(int fd, int number, int flags)
{
	return (int)syscall(SYS_dup3, fd, number, flags);
}

static int number_fcntl(int fd, int command, ...)
{
#ifdef SYS_fcntl64
	return (int)syscall(SYS_fcntl64, fd, command, LAST(command, long));
#else
	return (int)syscall(SYS_fcntl, fd, command, LAST(command, long));
#endif
}

static int number_pipe(int *pair)
{
#ifdef SYS_pipe
	return (int)syscall(SYS_pipe, pair);
#else
	return (int)syscall(SYS_pipe2, pair, 0);
#endif
}

static int number_pipe2(int *pair, int flags)
{
	return (int)syscall(SYS_pipe2, pair, flags);
}

static int number_socket(int domain, int type, int protocol)
{
	return (int)syscall(SYS_socket, domain, type, protocol);
}

static int number_socketpair(int domain, int type, int protocol, int *pair)
{
	return (int)syscall(SYS_socketpair, domain, type, protocol, pair);
}

#ifdef SYS_accept
static int number_accept(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
	(void)flags;
	return (int)syscall(SYS_accept, fd, address, length);
}
#endif

static int number_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
	return (int)syscall(SYS_accept4, fd, address, length, flags);
}

static ssize_t number_recvmsg(int fd, struct msghdr *message, int flags)
{
	return syscall(SYS_recvmsg, fd, message, flags);
}

#ifdef SYS_recvmmsg
static int number_recvmmsg(int fd, struct mmsghdr *messages, unsigned count, recvmmsg_flags flags, struct timespec *timeout)
{
	return (int)syscall(SYS_recvmmsg, fd, messages, count, flags, timeout);
}
#endif

static int number_epoll_create(int size)
{
#ifdef SYS_epoll_create
	return (int)syscall(SYS_epoll_create, size);
#else
	return epoll_create(size);
#endif
}

static int number_epoll_create1(int flags)
{
	return (int)syscall(SYS_epoll_create1, flags);
}

static int number_eventfd(unsigned count, int flags)
{
#ifdef SYS_eventfd
	if (flags == 0)
		return (int)syscall(SYS_eventfd, count);
#endif
	return (int)syscall(SYS_eventfd2, count, flags);
}

static int number_signalfd(int fd, const sigset_t *mask, int flags)
{
#ifdef SYS_signalfd
	if (flags == 0)
		return (int)syscall(SYS_signalfd, fd, mask, _NSIG / 8);
#endif
	return (int)syscall(SYS_signalfd4, fd, mask, _NSIG / 8, flags);
}

static int number_timerfd_create(clockid_t clock, int flags)
{
	return (int)syscall(SYS_timerfd_create, clock, flags);
}

static int number_inotify_init(void)
{
#ifdef SYS_inotify_init
	return (int)syscall(SYS_inotify_init);
#else
	return (int)syscall(SYS_inotify_init1, 0);
#endif
}

static int number_inotify_init1(int flags)
{
	return (int)syscall(SYS_inotify_init1, flags);
}

static int number_memfd_create(const char *name, unsigned flags)
{
	return (int)syscall(SYS_memfd_create, name, flags);
}

static int number_fanotify_init(unsigned flags, unsigned event_flags)
{
	return (int)syscall(SYS_fanotify_init, flags, event_flags);
}

static int number_ioctl(int fd, unsigned long request, ...)
{
	return (int)syscall(SYS_ioctl, fd, request, LAST(request, long));
}

static int number_fsopen(const char *kind, unsigned flags)
{
	return (int)syscall(SYS_fsopen, kind, flags);
}

static int number_fsmount(int fd, unsigned flags, unsigned attributes)
{
	return (int)syscall(SYS_fsmount, fd, flags, attributes);
}

static int number_fspick(int directory, const char *path, unsigned flags)
{
	return (int)syscall(SYS_fspick, directory, path, flags);
}

static int number_open_tree(int directory, const char *path, unsigned flags)
{
	return (int)syscall(SYS_open_tree, directory, path, flags);
}

LINES(number_opens, open_lines, number_open)
LINES(number_openats, openat_lines, number_openat)
LINES(number_creats, creat_lines, number_creat)
LINES(number_openat2s, openat2_lines, number_openat2)
LINES(number_handles, handle_lines, number_open_by_handle_at)
LINES(number_copies, copy_lines, number_dup, number_dup2, number_dup3)
LINES(number_fcntls, fcntl_lines, number_fcntl)
LINES(number_pipes, pipe_lines, number_pipe)
LINES(number_pipes2, pipe2_lines, number_pipe2)
LINES(number_sockets, socket_lines, number_socket, number_socketpair)
#ifdef SYS_accept
LINES(number_accepts, accept_lines, number_accept, 0)
#endif
LINES(number_accepts4, accept4_lines, number_accept4)
LINES(number_messages, message_lines, number_recvmsg)
#ifdef SYS_recvmmsg
LINES(number_several_messages, recvmmsg_lines, number_recvmmsg)
LINES(number_packets, packet_lines, number_recvmsg, number_recvmmsg)
#endif
LINES(number_events, event_lines, &(struct event_calls){number_epoll_create, number_epoll_create1, number_eventfd,
							 number_signalfd, number_timerfd_create, number_inotify_init,
							 number_inotify_init1, number_memfd_create})
LINES(number_fanotifies, fanotify_lines, number_fanotify_init)
LINES(number_mounts, mount_lines, &(struct mount_calls){number_fsopen, number_fsmount, number_fspick, number_open_tree})
LINES(number_ioctls, ioctl_lines, number_ioctl)

/* Numbers whose names libc does not have, and forms that only a number allows. */
static void nameless_numbers(void)
{
	static const unsigned long flags[] = {0, 1, O_CLOEXEC, O_CLOEXEC | 1, O_NONBLOCK, 2, 8, 1UL << 30, -1UL};
	static struct {
		unsigned type, size;
		unsigned long long config, more[16];
	} event = {1 /* PERF_TYPE_SOFTWARE */, 64, 9 /* PERF_COUNT_SW_DUMMY */, {0}};
	static const sigset_t none;
#ifdef SYS_pipe
	int pair[2];
#endif

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		dprintf(REPORT, "flags %#lx ", flags[i]);
#ifdef SYS_userfaultfd
		FD(syscall(SYS_userfaultfd, flags[i]));
#endif
#ifdef SYS_memfd_secret
		FD(syscall(SYS_memfd_secret, flags[i]));
#endif
		FD(syscall(SYS_perf_event_open, &event, 0, -1, -1, flags[i]));
		FD(syscall(SYS_perf_event_open, NULL, 0, -1, -1, flags[i]));
		FD(syscall(SYS_perf_event_open, &event, 0, -1, 99, flags[i]));
		FD(syscall(467 /* open_tree_attr */, AT_FDCWD, "/", flags[i], NULL, 0));
		FD(syscall(467, AT_FDCWD, "missing", flags[i], NULL, 0));
		sweep();
	}
	/* What is no argument of the old form is not looked at. */
#ifdef SYS_pipe
	PAIR(syscall(SYS_pipe, pair, -1, -1, -1), pair);
#endif
#ifdef SYS_eventfd
	FD(syscall(SYS_eventfd, 0, -1, -1));
#endif
#ifdef SYS_inotify_init
	FD(syscall(SYS_inotify_init, -1, -1));
#endif
#ifdef SYS_dup2
	FD(syscall(SYS_dup2, plain_at(50), 51, -1));
#endif
	FD(syscall(SYS_dup, 50, -1, -1));
#ifdef SYS_signalfd
	FD(syscall(SYS_signalfd, -1, &none, 8, -1));
	FD(syscall(SYS_signalfd, -1, &none, 7, 0));
	FD(syscall(SYS_signalfd, -1, nowhere(1), 8, 0));
#endif
	FD(syscall(SYS_signalfd4, -1, &none, 128, 0));
#if __SIZEOF_LONG__ == 8
	/* The upper half of an argument that is an int. */
	FD(syscall(SYS_openat, (long)(0xffffffff00000000UL | (unsigned)AT_FDCWD), "/dev/null", O_RDONLY));
	FD(syscall(SYS_openat, 99L << 32, "/dev/null", 99L << 32));
	FD(syscall(SYS_socket, 1L << 32 | AF_UNIX, 1L << 32 | SOCK_STREAM, 1L << 32));
	FD(syscall(SYS_dup, 7L << 32));
	FD(syscall(SYS_dup3, 1L << 32, 1L << 32 | 60, 1L << 32));
	FD(syscall(SYS_fcntl, 1L << 32, 1L << 32 | F_DUPFD, 1L << 32 | 70));
	FD(syscall(SYS_epoll_create1, 1L << 32));
	FD(syscall(SYS_memfd_create, "name", 1L << 32));
	/* And of the number itself. */
	FD(syscall(1L << 32 | SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY));
#endif
}

static void unknown_numbers(void)
{
	static const long numbers[] = {-1, -2, 335, 423, 468, 511, 512, 547, 600, 999, 9999, 1 << 16, 1 << 30, 0x7fffffff,
	                               -0x7fffffff - 1L};

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		dprintf(REPORT, "%ld ", numbers[i]);
		VALUE(syscall(numbers[i], -1, -1, -1, -1, -1, -1));
	}
	VALUE(syscall(9999));
	VALUE(open_count());
}

static void six_arguments(void)
{
	int in, out, word = 5;
	off_t from = 2, to = 3;
	struct timespec soon = {.tv_nsec = 1};
	fd_set readable;
	char *page, text[16] = "";

	fill("in"), fill("out");
	in = move_to(40, bare(SYS_openat, AT_FDCWD, "in", O_RDONLY));
	out = move_to(41, bare(SYS_openat, AT_FDCWD, "out", O_RDWR));
#ifdef SYS_mmap
	page = (char *)syscall(SYS_mmap, NULL, 4096, PROT_READ, MAP_PRIVATE, in, 0);
	VALUE(page != MAP_FAILED && memcmp(page, "0123456789", 10) == 0);
	VALUE(syscall(SYS_munmap, page, 4096));
	VALUE(syscall(SYS_mmap, NULL, 4096, PROT_READ, MAP_PRIVATE, in, 1));
	VALUE(syscall(SYS_mmap, NULL, 4096, PROT_READ, MAP_PRIVATE, 99, 0));
#else
	(void)page;
#endif
	VALUE(syscall(SYS_futex, &word, FUTEX_WAIT, 4, NULL, NULL, 0));
	VALUE(syscall(SYS_futex, &word, FUTEX_WAIT, 5, &soon, NULL, 0));
	VALUE(syscall(SYS_futex, &word, FUTEX_WAKE, 1, NULL, NULL, 0));
	VALUE(syscall(SYS_futex, &word, FUTEX_WAIT_BITSET, 5, &soon, NULL, 0));
	VALUE(syscall(SYS_futex, &word, FUTEX_WAIT_BITSET, 4, NULL, NULL, 1));
	FD_ZERO(&readable);
	FD_SET(in, &readable);
	VALUE(syscall(SYS_pselect6, in + 1, &readable, NULL, NULL, &soon, NULL));
	VALUE(FD_ISSET(in, &readable) != 0);
	VALUE(syscall(SYS_pselect6, in + 1, &readable, NULL, NULL, &soon, nowhere(1)));
	VALUE(syscall(SYS_copy_file_range, in, &from, out, &to, 4, 0));
	VALUE(from), VALUE(to);
	VALUE(pread(out, text, 10, 0)), VALUE(strcmp(text, "0122345789"));
	VALUE(syscall(SYS_copy_file_range, in, &from, out, &to, 4, 1));
	VALUE(syscall(SYS_splice, in, NULL, out, NULL, 4, 0));
	VALUE(syscall(SYS_getpid) == getpid());
	VALUE(syscall(SYS_write, REPORT, "written\n", 8));
	VALUE(syscall(SYS_close, 40)), VALUE(syscall(SYS_close, 40)), VALUE(syscall(SYS_close, -1));
	VALUE(open_count());
}

/* What a child says that a number made, and how it ended. */
static void say_child(const char *how, long child)
{
	int status = -1;

	int error = errno;
	pid_t waited = child > 0 ? waitpid((pid_t)child, &status, __WALL) : 0;

	dprintf(REPORT, "%s: ", how);
	VALUE(child > 0 ? 1 : child), VALUE(error);
	if (child > 0)
		VALUE(waited == child), VALUE(WEXITSTATUS(status)), VALUE(WTERMSIG(status));
}

static void children_by_number(void)
{
	static int parent_word, child_word;
	static struct {
		unsigned long long flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, more[8];
	} arguments = {.exit_signal = SIGCHLD};
	long child;

#define CHILD(code, ...)                                                     \
	do {                                                                 \
		errno = LEFT_ALONE;                                          \
		child = syscall(__VA_ARGS__);                                \
		if (child == 0) {                                            \
			FD(open("/dev/null", O_RDONLY));                     \
			FD(syscall(SYS_dup, 1));                             \
			_exit(code);                                         \
		}                                                            \
		say_child(#__VA_ARGS__, child);                              \
	} while (0)
#ifdef SYS_fork
	CHILD(3, SYS_fork);
#endif
	CHILD(4, SYS_clone, SIGCHLD, 0, 0, 0, 0);
	CHILD(5, SYS_clone, CLONE_VFORK | SIGCHLD, 0, 0, 0, 0);
	CHILD(6, SYS_clone, CLONE_FS | SIGCHLD, 0, 0, 0, 0);
	CHILD(7, SYS_clone, CLONE_PARENT_SETTID | SIGCHLD, 0, &parent_word, 0, 0);
	VALUE(parent_word == child);
	CHILD(8, SYS_clone, CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD, 0, 0, &child_word, 0);
	CHILD(9, SYS_clone, 0, 0, 0, 0, 0);
	CHILD(10, SYS_clone, CLONE_SIGHAND, 0, 0, 0, 0);
	CHILD(11, SYS_clone, CLONE_THREAD, 0, 0, 0, 0);
	CHILD(12, SYS_clone, CLONE_FS | CLONE_NEWNS, 0, 0, 0, 0);
#ifdef SYS_clone3
	CHILD(13, SYS_clone3, &arguments, 64);
	CHILD(14, SYS_clone3, &arguments, 88);
	CHILD(15, SYS_clone3, &arguments, 0);
	CHILD(16, SYS_clone3, NULL, 64);
	CHILD(17, SYS_clone3, nowhere(1), 64);
	arguments.flags = CLONE_VFORK;
	CHILD(18, SYS_clone3, &arguments, 64);
	arguments.flags = 1ULL << 60;
	CHILD(19, SYS_clone3, &arguments, 64);
#endif
	VALUE(open_count());
}

const struct group number_groups[] = {
	GROUP(number_opens), GROUP(number_openats), GROUP(number_creats), GROUP(number_openat2s), GROUP(number_handles),
	GROUP(number_copies), GROUP(number_fcntls), GROUP(number_pipes), GROUP(number_pipes2), GROUP(number_sockets),
#ifdef SYS_accept
	GROUP(number_accepts),
#endif
	GROUP(number_accepts4), GROUP(number_messages),
#ifdef SYS_recvmmsg
	GROUP(number_several_messages), GROUP(number_packets),
#endif
	GROUP(number_events), GROUP(number_fanotifies), GROUP(number_mounts), GROUP(number_ioctls),
	GROUP(nameless_numbers), GROUP(unknown_numbers), GROUP(six_arguments), GROUP(children_by_number),
	{NULL, NULL},
};
