/* refuse [--forbid | --no-ioctl | --no-copy] COMMAND ARGUMENT...: executes COMMAND on a kernel that knows none of what
 * came with Linux 2.6.23 to 2.6.28 and after for close-on-exec.  A seccomp filter says ENOSYS to the system calls,
 * EINVAL to the flags, as such a kernel did.
 *
 *   --forbid    EPERM to the system calls alone, as a filter says that lists what a program is known to call
 *   --no-ioctl  only ioctl's way to set the flag of a descriptor is refused, with EPERM
 *   --no-copy   only fcntl's way to copy one with the flag, with EPERM
 *
 * Filters add up: `refuse --no-ioctl refuse COMMAND` refuses both.  77: this machine can't do it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ARGUMENT(n) (offsetof(struct seccomp_data, args) + (n)*8)
#else
#define ARGUMENT(n) (offsetof(struct seccomp_data, args) + (n)*8 + 4)
#endif
#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define GIVE(error)  BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))

/* Each begins and ends with the system call's number loaded. */
#define NO_CALL(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), GIVE(ENOSYS)
#define NO_ARGUMENT(name, argument, test, value, error)                                  \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 4), LOAD(ARGUMENT(argument)), \
		BPF_JUMP(BPF_JMP | (test) | BPF_K, (value), 0, 1), GIVE(error),          \
		LOAD(offsetof(struct seccomp_data, nr))
#define NO_FLAG(name, argument, flag)       NO_ARGUMENT(name, argument, BPF_JSET, flag, EINVAL)
#define NO_COMMAND(name, argument, command) NO_ARGUMENT(name, argument, BPF_JEQ, command, EINVAL)

#define BEGIN LOAD(offsetof(struct seccomp_data, nr))
#define END   BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

static struct sock_filter old_kernel[] = {
	BEGIN,
	NO_CALL(accept4),
	NO_CALL(pipe2),
	NO_CALL(dup3),
	NO_CALL(epoll_create1),
	NO_CALL(eventfd2),
	NO_CALL(signalfd4),
	NO_CALL(inotify_init1),
	NO_CALL(memfd_create),
#ifdef SYS_memfd_secret
	NO_CALL(memfd_secret),
#endif
	NO_CALL(openat2),
	NO_CALL(fsopen),
	NO_CALL(fsmount),
	NO_CALL(fspick),
	NO_CALL(open_tree),
	NO_CALL(close_range),
	NO_FLAG(socket, 1, SOCK_CLOEXEC),
	NO_FLAG(socketpair, 1, SOCK_CLOEXEC),
	NO_FLAG(recvmsg, 2, MSG_CMSG_CLOEXEC),
	NO_FLAG(recvmmsg, 3, MSG_CMSG_CLOEXEC),
	NO_FLAG(timerfd_create, 1, TFD_CLOEXEC),
	NO_FLAG(userfaultfd, 0, O_CLOEXEC),
	NO_FLAG(perf_event_open, 4, 1 << 3), /* PERF_FLAG_FD_CLOEXEC */
	NO_COMMAND(fcntl, 1, F_DUPFD_CLOEXEC),
#ifdef SYS_fcntl64
	NO_COMMAND(fcntl64, 1, F_DUPFD_CLOEXEC),
#endif
#ifdef SYS_socketcall
	/* i386: accept4; what the others are called with is in memory, where no filter can look. */
	NO_ARGUMENT(socketcall, 0, BPF_JEQ, 18, ENOSYS),
#endif
	NO_COMMAND(ioctl, 1, TIOCGPTPEER),
	/* To what does not know it, the flag is that of an unwritable directory. */
	NO_ARGUMENT(openat, 2, BPF_JSET, O_TMPFILE & ~O_DIRECTORY, EISDIR),
	END,
};

static struct sock_filter no_ioctl[] = {
	BEGIN,
	NO_ARGUMENT(ioctl, 1, BPF_JEQ, FIOCLEX, EPERM),
	NO_ARGUMENT(ioctl, 1, BPF_JEQ, FIONCLEX, EPERM),
	END,
};

static struct sock_filter no_copy[] = {
	BEGIN,
	NO_ARGUMENT(fcntl, 1, BPF_JEQ, F_DUPFD_CLOEXEC, EPERM),
#ifdef SYS_fcntl64
	NO_ARGUMENT(fcntl64, 1, BPF_JEQ, F_DUPFD_CLOEXEC, EPERM),
#endif
	END,
};

/* The same filter, as one that does not list the system calls and looks at no arguments. */
static void forbid(struct sock_filter *filter)
{
	for (; filter->k != SECCOMP_RET_ALLOW; filter++)
		if (filter->code != (BPF_RET | BPF_K))
			continue;
		else if (filter->k == (SECCOMP_RET_ERRNO | ENOSYS))
			filter->k = SECCOMP_RET_ERRNO | EPERM;
		else
			*filter = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JA, 0, 0, 0);
}

int main(int argc, char **argv)
{
	struct sock_fprog program = {sizeof old_kernel / sizeof *old_kernel, old_kernel};

	if (argc > 1 && strncmp(argv[1], "--", 2) == 0) {
		if (strcmp(argv[1], "--forbid") == 0)
			forbid(old_kernel);
		else if (strcmp(argv[1], "--no-copy") == 0)
			program = (struct sock_fprog){sizeof no_copy / sizeof *no_copy, no_copy};
		else
			program = (struct sock_fprog){sizeof no_ioctl / sizeof *no_ioctl, no_ioctl};
		argv++;
		argc--;
	}
	if (argc < 2)
		return 99;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0) {
		perror("seccomp");
		return 77;
	}
	execvp(argv[1], argv + 1);
	perror(argv[1]);
	return 99;
}
