/* faults refuse ERROR | flags ERROR | plain | stack | resolve | locked: calls where something goes wrong.  A line for
 * each, to be compared with and without us: its name, 0 or errno, and how many descriptors are open when its own are
 * closed again.
 *
 *   refuse   the kernel refuses whatever makes a descriptor, with this errno
 *   flags    it refuses whatever sets or clears a descriptor's flag
 *   plain    we refuse nothing; the place may
 *   stack    so, but the stack is as small as a thread's can be
 *   resolve  a thread forks while another is in its first call; 200 times
 *   locked   a process forks while a thread of it has the loader's lock, and the child calls
 *
 * The filter comes by a bare system call: nobody is told.  77: this machine has none. */
#define _GNU_SOURCE
#include "../bare.h"
#include "rows.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int open_count(void)
{
	int count = 0;

	for (int fd = 3; fd < 256; fd++)
		count += bare(SYS_fcntl, fd, F_GETFD) >= 0;
	return count;
}

static void *try_all(void *nothing)
{
	for (size_t i = 0; i < ROWS; i++) {
		int fd, error;

		ends[0] = ends[1] = -1;
		errno = 0;
		fd = rows[i].make();
		error = errno;
		dprintf(STDOUT_FILENO, "%s %s: %s", rows[i].name, fd < 0 ? "failed" : "worked", strerror(error));
		if (fd > 2)
			close(fd);
		if (ends[0] >= 0)
			close(ends[0]), close(ends[1]);
		dprintf(STDOUT_FILENO, ", %d open\n", open_count());
	}
	return nothing;
}

#define ARGUMENT(n)  (offsetof(struct seccomp_data, args) + (n)*8)
#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define NUMBER       LOAD(offsetof(struct seccomp_data, nr))
#define GIVE(error)  BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)(error))
#define CALL(name)   BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), GIVE(error)
#define COMMAND(name, command)                                                    \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 4), LOAD(ARGUMENT(1)), \
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (command), 0, 1), GIVE(error), NUMBER

static void filter(struct sock_filter *steps, unsigned short count)
{
	struct sock_fprog program = {count, steps};

	if (bare(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    bare(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		err(77, "seccomp");
}

static void refuse_creators(int error)
{
	struct sock_filter steps[] = {
		NUMBER,
		CALL(openat),
		CALL(socket),
		CALL(socketpair),
#ifdef SYS_accept /* i386 has it among the calls of socketcall */
		CALL(accept),
#endif
		CALL(accept4),
		CALL(pipe2),
		CALL(dup),
		CALL(dup3),
		CALL(epoll_create1),
		CALL(eventfd2),
		CALL(timerfd_create),
		CALL(inotify_init1),
		CALL(memfd_create),
#ifdef SYS_open
		CALL(open),
		CALL(creat),
		CALL(pipe),
		CALL(dup2),
		CALL(epoll_create),
		CALL(eventfd),
		CALL(inotify_init),
#endif
		COMMAND(fcntl, F_DUPFD),
		COMMAND(fcntl, F_DUPFD_CLOEXEC),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	filter(steps, sizeof steps / sizeof *steps);
}

static void refuse_flags(int error)
{
	struct sock_filter steps[] = {
		NUMBER,
		COMMAND(fcntl, F_SETFD),
		COMMAND(ioctl, FIOCLEX),
		COMMAND(ioctl, FIONCLEX),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	filter(steps, sizeof steps / sizeof *steps);
}

static pthread_t thread_of(void *(*run)(void *), size_t stack)
{
	pthread_attr_t attributes;
	pthread_t thread;

	pthread_attr_init(&attributes);
	if (stack && pthread_attr_setstacksize(&attributes, stack) != 0)
		errx(1, "stack of %zu", stack);
	errno = pthread_create(&thread, &attributes, run, NULL);
	if (errno)
		err(1, "thread");
	pthread_attr_destroy(&attributes);
	return thread;
}

static pthread_barrier_t barrier;

static void *first_call(void *nothing)
{
	pthread_barrier_wait(&barrier);
	close(mkstemp_here());
	return nothing;
}

/* In a child of one that resolves: everything must work there too. */
static void *forks(void *nothing)
{
	int status;
	pid_t child;

	pthread_barrier_wait(&barrier);
	child = fork();
	if (child == 0) {
		int fd = mkstemp_here();

		_exit(fd < 0 || dup2(fd, 60) != 60 || open("/dev/null", O_RDONLY) < 0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		_exit(1);
	return nothing;
}

static void resolve(void)
{
	int bad = 0;

	for (int i = 0; i < 200; i++) {
		int status;
		pid_t child = fork();

		if (child == 0) {
			pthread_t one, other;

			alarm(20);
			pthread_barrier_init(&barrier, NULL, 2);
			one = thread_of(first_call, 0);
			other = thread_of(forks, 0);
			pthread_join(one, NULL);
			pthread_join(other, NULL);
			_exit(0);
		}
		if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
			bad++;
	}
	printf("%d bad\n", bad);
}

static int hold(struct dl_phdr_info *object, size_t size, void *nothing)
{
	(void)object;
	(void)size;
	(void)nothing;
	pthread_barrier_wait(&barrier);
	while (pause() < 0)
		;
	return 0;
}

static void *hold_lock(void *nothing)
{
	dl_iterate_phdr(hold, NULL);
	return nothing;
}

/* A program at a fixed address has one for this function that is not libc's; next.test compiles such. */
static unsigned long (*volatile known)(unsigned long);

/* No wrapper of what POSIX calls async-signal-safe may want that lock, nor that of fopen: each call here is the first of
 * its name. */
static void call_locked(void)
{
	int pair[2] = {-1, -1};
	int status = -1;
	pid_t child;

	known = getauxval;
	pthread_barrier_init(&barrier, NULL, 2);
	thread_of(hold_lock, 0);
	pthread_barrier_wait(&barrier);
	child = (pid_t)bare(SYS_clone, SIGCHLD, 0, 0, 0, 0); /* fork mends the lock, in some libcs */
	if (child == 0) {
		alarm(20);
		if (pipe(pair) < 0 || dup2(pair[0], 60) != 60 || fcntl(pair[1], F_DUPFD, 3) < 0 || dup(pair[0]) < 0 ||
		    open("/dev/null", O_RDONLY) < 0 || openat(AT_FDCWD, "/dev/null", O_RDONLY) < 0 ||
		    socket(AF_UNIX, SOCK_STREAM, 0) < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 ||
		    accept(pair[0], NULL, NULL) >= 0 || close(60) < 0 || !fopen("/dev/null", "r"))
			_exit(1);
		child = vfork();
		if (child == 0) {
			execle("/bin/sh", "sh", "-c", "exit 7", (char *)NULL, (char *[]){NULL});
			_exit(1);
		}
		_exit(child < 0 || waitpid(child, &status, 0) != child || status != 7 << 8);
	}
	waitpid(child, &status, 0);
	printf("%s %d\n", WIFEXITED(status) ? "ended" : "killed", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "";
	int error = argc > 2 ? atoi(argv[2]) : 0;

	for (int fd = 3; fd < 256; fd++)
		close(fd);
	if (strcmp(mode, "resolve") == 0) {
		resolve();
		return 0;
	}
	if (strcmp(mode, "locked") == 0) {
		call_locked();
		return 0;
	}
	if (strcmp(mode, "stack") == 0) {
		pthread_join(thread_of(try_all, (size_t)sysconf(_SC_THREAD_STACK_MIN)), NULL);
		return 0;
	}
	if (strcmp(mode, "refuse") == 0)
		refuse_creators(error);
	else if (strcmp(mode, "flags") == 0)
		refuse_flags(error);
	else if (strcmp(mode, "plain") != 0)
		errx(99, "usage: faults refuse ERROR | flags ERROR | plain | stack | resolve | locked");
	try_all(NULL);
	return 0;
}
