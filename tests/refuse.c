/* refuse [--forbid] COMMAND ARGUMENT...: executes COMMAND on a kernel that knows none of what came with Linux 2.6.23
 * to 2.6.28 and after for close-on-exec.  A seccomp filter says ENOSYS to the system calls, EINVAL to the flags, as
 * such a kernel did. With --forbid it says EPERM to the system calls alone, as one does that lists what a program is
 * known to call. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
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
#define NO_FLAG(name, argument, flag)                                                    \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 4), LOAD(ARGUMENT(argument)), \
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (flag), 0, 1), GIVE(EINVAL),        \
		LOAD(offsetof(struct seccomp_data, nr))
#define NO_COMMAND(name, argument, value)                                                \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 4), LOAD(ARGUMENT(argument)), \
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1), GIVE(EINVAL),        \
		LOAD(offsetof(struct seccomp_data, nr))

int main(int argc, char **argv)
{
	static struct sock_filter filter[] = {
		LOAD(offsetof(struct seccomp_data, nr)),
		NO_CALL(accept4),
		NO_CALL(pipe2),
		NO_CALL(dup3),
		NO_CALL(epoll_create1),
		NO_CALL(eventfd2),
		NO_CALL(signalfd4),
		NO_CALL(inotify_init1),
		NO_CALL(memfd_create),
		NO_FLAG(socket, 1, SOCK_CLOEXEC),
		NO_FLAG(socketpair, 1, SOCK_CLOEXEC),
		NO_FLAG(timerfd_create, 1, TFD_CLOEXEC),
		NO_COMMAND(fcntl, 1, F_DUPFD_CLOEXEC),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof filter / sizeof *filter, filter};

	if (argc > 1 && strcmp(argv[1], "--forbid") == 0) {
		for (size_t i = 0; i < sizeof filter / sizeof *filter; i++)
			if (filter[i].k == (SECCOMP_RET_ERRNO | ENOSYS))
				filter[i].k = SECCOMP_RET_ERRNO | EPERM;
			else if (filter[i].k == (SECCOMP_RET_ERRNO | EINVAL))
				filter[i].k = SECCOMP_RET_ALLOW;
		argv++;
		argc--;
	}
	if (argc < 2)
		return 99;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0) {
		perror("seccomp");
		return 77;
	}
	execv(argv[1], argv + 1);
	perror(argv[1]);
	return 99;
}
