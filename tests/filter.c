/* filter HOW LIST: installs a seccomp filter of its own that kills for what a preload library might do in place of what
 * it is told to, then makes descriptors, forks, and executes LIST.
 *
 * A program that knows nothing of any preload library.  HOW is prctl, prctl-by-number, seccomp or, for a filter that
 * can't be installed, none.  77: this machine can't do it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define KILL        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define ALLOW       BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
/* Kills for that system call, and for that one where the argument has the flag, but not the other flag with it. */
#define NEVER(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##number, 0, 1), KILL
#define NOT_WITH(number, n, flag, but)                                                                                 \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##number, 0, 5), LOAD(args[n]),                                        \
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (but), 2, 0), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (flag), 0, 1), \
		KILL, ALLOW

/* clang-format off */
static struct sock_filter instructions[] = {
	LOAD(nr),
	NEVER(dup3),
	NEVER(accept4),
	NEVER(getpid),
	NEVER(madvise),
	NEVER(close_range),
	NEVER(ioctl),
	NEVER(statx),
	NEVER(getsockname),
	NOT_WITH(openat, 2, O_CLOEXEC, O_DIRECTORY), /* how LIST looks around */
	NOT_WITH(socket, 1, SOCK_CLOEXEC, 0),
	NOT_WITH(pipe2, 1, O_CLOEXEC, 0),
	NOT_WITH(fcntl, 1, 1024, 0), /* F_DUPFD_CLOEXEC and its neighbours */
	ALLOW,
};
/* clang-format on */
static const struct sock_fprog program = {sizeof instructions / sizeof *instructions, instructions};

static int install(const char *how)
{
	/* Whoever has made a child lately asks who they are; not once that is forbidden. */
	if (vfork() == 0)
		_exit(0);
	wait(NULL);
	if (strcmp(how, "prctl") == 0)
		return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
	if (strcmp(how, "prctl-by-number") == 0)
		return (int)syscall(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
	if (strcmp(how, "seccomp") == 0)
		return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
	/* How programs ask whether there is such a thing. */
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL) != -1 || errno != EFAULT ||
	    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) != -1 || errno != EFAULT)
		return -1;
	return 0;
}

/* Each kind, at numbers of its own; a child puts one in place, locks one, and executes. */
static void make(char **command)
{
	int ends[2];
	pid_t child;
	int fd = open("/dev/null", O_RDWR), status = -1;

	if (fd < 0 || dup(fd) < 0 || dup2(fd, 20) < 0 || pipe(ends) < 0 || socket(AF_UNIX, SOCK_STREAM, 0) < 0 ||
	    fcntl(fd, F_DUPFD, 30) < 0 || !fopen("/dev/null", "r"))
		exit(1);
	child = fork();
	if (child == 0) {
		dup2(fd, 40);
		dup2(40, 40);
		flock(fd, LOCK_SH);
		close(20);
		execv(command[0], command);
		_exit(1);
	}
	waitpid(child, &status, 0);
	if (status)
		printf("the child ended with %#x\n", status);
	child = vfork();
	if (child == 0)
		_exit(0);
	waitpid(child, &status, 0);
	puts("lived");
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	for (int fd = STDERR_FILENO + 1; fd < 1024; fd++)
		close(fd);
	open("/dev/null", O_RDWR);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || install(argv[1]) < 0)
		return 77;
	make(argv + 2);
	return 0;
}
