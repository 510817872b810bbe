/* handoff SCENE PROGRAM [ARGUMENT]...: sets a scene with descriptors, then executes PROGRAM.
 *
 * A program that knows nothing of any preload library.  In arguments, and in the values of the environment, `@` stands
 * for the number of the scene's descriptor.  The scenes are at the end of the file; each says what it does.
 */
#define _GNU_SOURCE
#include "bare.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __GLIBC__ /* musl has none of them */
#define close_range(first, last, flags) syscall(SYS_close_range, first, last, flags)
#define execveat(...)                   syscall(SYS_execveat, __VA_ARGS__)
#endif

extern char **environ;
static char **command;

static void fail(const char *what)
{
	fprintf(stderr, "handoff: %s: %s\n", what, strerror(errno));
	_exit(1);
}

static int must(const char *what, long result)
{
	if (result < 0)
		fail(what);
	return (int)result;
}

static int opened(void)
{
	return must("open", open("/dev/null", O_RDWR));
}

/* What a name in the command says of `number`. */
static char *told(const char *text, int number)
{
	char *result = malloc(strlen(text) + 16);
	char *end = result;

	if (!result)
		fail("memory");
	for (; *text; text++)
		if (*text == '%')
			end += sprintf(end, "%d", number);
		else
			*end++ = *text;
	*end = '\0';
	return result;
}

static void tell(int number)
{
	for (char **argument = command + 1; *argument; argument++)
		*argument = told(*argument, number);
	for (char **entry = environ; *entry; entry++)
		if (strchr(*entry, '%'))
			*entry = told(*entry, number);
}

static void execute(void)
{
	execv(command[0], command);
	fail(command[0]);
}

/* Waits for the child; its status becomes ours. */
static void await(pid_t child)
{
	int status;

	must("fork", child);
	must("wait", waitpid(child, &status, 0));
	if (status)
		_exit(1);
}

#define IN_CHILD(...)                 \
	do {                          \
		pid_t child = fork(); \
                                      \
		if (child == 0) {     \
			__VA_ARGS__;  \
			execute();    \
		}                     \
		await(child);         \
	} while (0)

static void place(int number)
{
	int fd = opened();

	must("dup2", dup2(fd, number));
}

static void lock(int fd)
{
	must("flock", flock(fd, LOCK_SH));
}

static void lock_record(int fd, int command_of_fcntl, short type)
{
	struct flock record = {.l_type = type, .l_whence = SEEK_SET};

	must("fcntl", fcntl(fd, command_of_fcntl, &record));
}

/* Scenes. */

/* What open returned. */
static void plain(void)
{
	tell(opened());
	execute();
}

/* What this process put in place, with dup2, dup3 and on top of itself. */
static void placed(void)
{
	place(9);
	place(10);
	execute();
}

/* The same under a name that an argument may have. */
static void sh(void)
{
	plain();
}

static void placed_by_dup3(void)
{
	must("dup3", dup3(opened(), 9, 0));
	execute();
}

static void placed_on_itself(void)
{
	int fd = opened();

	must("dup2", dup2(fd, fd));
	execute();
}

static void placed_on_itself_by_number(void)
{
	int fd = opened();

#ifdef SYS_dup2
	must("dup2", syscall(SYS_dup2, fd, fd));
#else
	must("dup2", dup2(fd, fd));
#endif
	execute();
}

static void placed_in_child(void)
{
	IN_CHILD(place(9));
}

/* What its parent did is no affair of a child's. */
static void placed_by_parent(void)
{
	place(9);
	IN_CHILD();
}

/* The program's own word wins, whichever comes first. */
static void placed_with_the_flag(void)
{
	must("dup3", dup3(opened(), 9, O_CLOEXEC));
	place(10);
	must("fcntl", fcntl(10, F_SETFD, FD_CLOEXEC));
	must("open", open("/dev/null", O_RDWR | O_CLOEXEC));
	must("dup2", dup2(5, 5));
	execute();
}

/* As before there was dup2: by number too; a number that is only not below the one asked for is nobody's word, nor is one
 * that was free anyway. */
static void placed_by_fcntl(void)
{
	int fd = opened();

	must("fcntl", fcntl(fd, F_DUPFD, 40));
	place(9);
	close(9);
	must("fcntl", fcntl(fd, F_DUPFD, 9));
	must("fcntl", fcntl(fd, F_DUPFD, 9));
	must("fcntl", fcntl(fd, F_DUPFD, 50));
	syscall(SYS_close, 20);
	must("fcntl", syscall(SYS_fcntl, fd, F_DUPFD, 20));
	must("fcntl", syscall(SYS_fcntl, fd, F_DUPFD, 20));
	must("fcntl", fcntl(fd, F_DUPFD_CLOEXEC, 30));
	execute();
}

static void placed_by_fcntl_in_vfork_child(void)
{
	int fd = opened();
	pid_t child = vfork();

	if (child == 0) {
		close(9);
		fcntl(fd, F_DUPFD, 9);
		execv(command[0], command);
		_exit(1);
	}
	await(child);
	execute();
}

/* The number is another's by now. */
static void reuse_nine(void)
{
	must("dup3", dup3(opened(), 8, O_CLOEXEC));
	if (must("fcntl", fcntl(8, F_DUPFD, 8)) != 9)
		fail("F_DUPFD");
}

static void placed_and_closed(void)
{
	place(9);
	close(9);
	reuse_nine();
	execute();
}

static void placed_and_closed_in_a_range(void)
{
	place(9);
	close_range(9, 9, 0);
	reuse_nine();
	execute();
}

/* More than can be remembered: the first 68. */
static void placed_many(void)
{
	int fd = opened();

	for (int number = 100; number < 200; number++)
		must("dup2", dup2(fd, number));
	execute();
}

static void placed_in_vfork_child(void)
{
	int fd = opened();
	pid_t child = vfork();

	if (child == 0) {
		dup2(fd, 9);
		execv(command[0], command);
		_exit(1);
	}
	await(child);
	/* The parent has placed nothing, and has no 9. */
	execute();
}

/* What the parent has placed is not the child's, and is still the parent's when the child has placed, closed and
 * locked. */
static void placed_around_vfork_child(void)
{
	int fd = opened();
	pid_t child;

	must("dup2", dup2(fd, 60));
	lock(fd);
	child = vfork();
	if (child == 0) {
		dup2(fd, 61);
		close(60);
		flock(fd, LOCK_SH);
		flock(fd, LOCK_UN);
		execv("/nowhere", command);
		execv(command[0], command);
		_exit(1);
	}
	await(child);
	must("dup2", dup2(fd, 62));
	execute();
}

static void placed_before_vfork_child(void)
{
	pid_t child;

	place(60);
	child = vfork();
	if (child == 0) {
		execv(command[0], command);
		_exit(1);
	}
	await(child);
	execute();
}

/* Another thread closes what this one placed, and the program's own lands there. */
static void *close_nine(void *data)
{
	close(9);
	must("dup3", dup3(opened(), 9, O_CLOEXEC));
	return data;
}

static void placed_and_taken_by_another_thread(void)
{
	pthread_t thread;

	place(9);
	pthread_create(&thread, NULL, close_nine, NULL);
	pthread_join(thread, NULL);
	execute();
}

/* A vfork child closes all that it placed, or puts the program's own on a number that its parent's mark speaks of. */
static void placed_and_closed_in_vfork_child(void)
{
	int fd = opened();
	pid_t child = vfork();

	if (child == 0) {
		dup2(fd, 200);
		close_range(3, ~0U, 4); /* CLOSE_RANGE_CLOEXEC */
		execv(command[0], command);
		_exit(1);
	}
	await(child);
}

static void replaced_in_vfork_child(void)
{
	int ends[2], other[2];
	pid_t child;

	must("pipe", pipe(ends));
	tell(ends[0]);
	must("pipe", syscall(SYS_pipe2, other, O_CLOEXEC));
	child = vfork();
	if (child == 0) {
		close(ends[0]);
		fcntl(other[0], F_DUPFD_CLOEXEC, ends[0]);
		execv(command[0], command);
		_exit(1);
	}
	await(child);
}

/* What a vfork child closes is still open in its parent, and what it places is not there. */
static void told_after_vfork_child_closed_all(void)
{
	int ends[2];
	pid_t child;

	must("pipe", pipe(ends));
	tell(ends[0]);
	child = vfork();
	if (child == 0) {
		close_range(3, ~0U, 0);
		_exit(0);
	}
	await(child);
	execute();
}

static void own_where_vfork_child_placed(void)
{
	int ends[2];
	pid_t child;

	must("pipe", pipe(ends));
	tell(200);
	child = vfork();
	if (child == 0) {
		dup2(ends[0], 200);
		_exit(0);
	}
	await(child);
	if (bare(SYS_fcntl, ends[0], F_DUPFD_CLOEXEC, 200) != 200)
		fail("F_DUPFD_CLOEXEC");
	execute();
}

static void placed_on_itself_in_vfork_child(void)
{
	pid_t child = vfork();

	if (child == 0) {
		int fd = open("/dev/null", O_RDWR);

		dup2(fd, fd);
		execv(command[0], command);
		_exit(1);
	}
	await(child);
}

/* Several children of vfork at once, each with a number of its own; REPORTn gets what it got. */
enum { THREADS = 8 };
static pthread_barrier_t barrier;

static void *vfork_one(void *data)
{
	int number = 20 + (int)(long)data, fd = opened(), report;
	char name[32];
	pid_t child;

	sprintf(name, "report%d", number);
	report = must("report", open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
	pthread_barrier_wait(&barrier);
	child = vfork();
	if (child == 0) {
		dup2(fd, number);
		dup2(report, 1);
		execv(command[0], command);
		_exit(1);
	}
	await(child);
	return NULL;
}

static void placed_in_many_vfork_children(void)
{
	pthread_t threads[THREADS];

	pthread_barrier_init(&barrier, NULL, THREADS);
	for (long i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, vfork_one, (void *)i);
	for (long i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

/* A thread that places nothing executes while another has. */
static void *place_nine(void *data)
{
	place(9);
	return data;
}

static void placed_by_another_thread(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, place_nine, NULL);
	pthread_join(thread, NULL);
	execute();
}

/* Process ids repeat: the first process of one namespace has placed, the first of another executes. */
static void placed_in_another_namespace(void)
{
	int status;
	pid_t child;

	must("unshare", unshare(CLONE_NEWPID));
	child = must("fork", fork());
	if (child == 0) {
		place(9);
		must("unshare", unshare(CLONE_NEWPID));
		child = must("fork", fork());
		if (child == 0)
			execute();
		waitpid(child, &status, 0);
		_exit(status != 0);
	}
	await(child);
}

/* An exec that fails changes nothing, and the next one hands on what the first would have. */
static void placed_twice(void)
{
	place(9);
	errno = 0;
	if (execv("/nowhere", command) != -1 || errno != ENOENT || fcntl(9, F_GETFD) != FD_CLOEXEC)
		fail("the exec that failed");
	if (execve(command[0], (char **)-4096L, environ) != -1 || errno != EFAULT || fcntl(9, F_GETFD) != FD_CLOEXEC)
		fail("the exec of wild arguments");
	execute();
}

static void on_signal(int number)
{
	(void)number;
	place(9);
	execute();
}

static void placed_in_a_signal_handler(void)
{
	signal(SIGUSR1, on_signal);
	raise(SIGUSR1);
}

/* A child that shares its parent's table. */
static int share(void *data)
{
	(void)data;
	place(9);
	execute();
	return 1;
}

static void placed_in_a_shared_table(void)
{
	static char stack[65536] __attribute__((aligned(16)));

	await(clone(share, stack + sizeof stack, CLONE_FILES | SIGCHLD, NULL));
}

/* By number, without libc's functions. */
static void placed_by_number(void)
{
	must("dup3", syscall(SYS_dup3, opened(), 9, 0));
	execute();
}

/* By number too. */
static void placed_and_executed_by_number(void)
{
	place(9);
	syscall(SYS_execve, command[0], command, environ);
	fail("execve by number");
}

static void executed_at_by_number(void)
{
	syscall(SYS_execveat, must("open", open(command[0], O_RDONLY)), "", command, environ, AT_EMPTY_PATH);
	fail("execveat by number");
}

/* Locks of every kind: what this process has locked, at 3 to 6 and, by number, 7; 8 is unlocked again. */
static void locked(void)
{
	int fds[6];

	for (int i = 0; i < 6; i++) {
		char name[] = "lockXXXXXX";

		fds[i] = must("mkstemp", mkstemp(name));
		unlink(name);
	}
	lock(fds[0]);
	must("lockf", lockf(fds[1], F_LOCK, 1));
	lock_record(fds[2], F_SETLK, F_WRLCK);
	lock_record(fds[3], F_OFD_SETLK, F_RDLCK);
	must("flock", syscall(SYS_flock, fds[4], LOCK_SH));
	lock(fds[5]);
	must("flock", flock(fds[5], LOCK_UN));
	execute();
}

static void locked_by_parent(void)
{
	lock(opened());
	IN_CHILD();
}

/* Executed by number, in each way. */
static void executed(void)
{
	fexecve(must("open", open(command[0], O_RDONLY)), command, environ);
	fail("fexecve");
}

static void executed_at(void)
{
	execveat(must("open", open(command[0], O_RDONLY)), "", command, environ, AT_EMPTY_PATH);
	fail("execveat");
}

static void executed_by_path(void)
{
	char path[64];

	sprintf(path, "/proc/self/fd/%d", must("open", open(command[0], O_RDONLY)));
	execv(path, command);
	fail(path);
}

/* Told by number: a file at 3, a pipe, half of a pair, a listening socket; or one's environment as it was. */
static void of_file(void)
{
	tell(opened());
	execute();
}

static void of_pipe(void)
{
	int ends[2];

	must("pipe", pipe(ends));
	tell(ends[1]);
	execute();
}

static void of_pair(void)
{
	int ends[2];

	must("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
	tell(ends[1]);
	execute();
}

static void of_listener(void)
{
	const struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = must("socket", socket(AF_UNIX, SOCK_STREAM, 0));

	must("bind", bind(fd, (const struct sockaddr *)&address, sizeof address.sun_family));
	must("listen", listen(fd, 1));
	tell(fd);
	execute();
}

/* LISTEN_FDS, for this process, or where `other`, for another. */
static void listen_fds(bool other)
{
	char process[16];

	opened();
	opened();
	sprintf(process, "%d", (int)getpid() + other);
	setenv("LISTEN_PID", process, 1);
	setenv("LISTEN_FDS", "2", 1);
	opened();
	execute();
}

static void of_listen_fds(void)
{
	listen_fds(false);
}

static void of_foreign_listen_fds(void)
{
	listen_fds(true);
}

/* One of each kind: 3 a file, 4 and 5 a pipe, 6 and 7 a pair. */
static void of_all_kinds(void)
{
	int ends[2];

	opened();
	must("pipe", pipe(ends));
	must("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
	execute();
}

/* The same by posix_spawn, without file actions and with. */
static void spawn(const posix_spawn_file_actions_t *actions)
{
	pid_t child;

	errno = posix_spawn(&child, command[0], actions, NULL, command, environ);
	await(errno ? -1 : child);
}

static void spawned(void)
{
	int ends[2];

	must("pipe", pipe(ends));
	tell(ends[1]);
	spawn(NULL);
	if (fcntl(ends[1], F_GETFD) != FD_CLOEXEC)
		fail("the flag in the parent");
}

static void spawned_with_actions(void)
{
	posix_spawn_file_actions_t actions;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, opened(), 9);
	spawn(&actions);
}

/* clang-format off */
#define SCENES(SCENE)                                           \
	SCENE(plain)                                            \
	SCENE(sh)                                               \
	SCENE(placed)                                           \
	SCENE(placed_by_dup3)                                   \
	SCENE(placed_by_fcntl)                                  \
	SCENE(placed_by_fcntl_in_vfork_child)                   \
	SCENE(placed_on_itself)                                 \
	SCENE(placed_on_itself_by_number)                       \
	SCENE(placed_in_child)                                  \
	SCENE(placed_by_parent)                                 \
	SCENE(placed_with_the_flag)                             \
	SCENE(placed_and_closed)                                \
	SCENE(placed_and_closed_in_a_range)                     \
	SCENE(placed_many)                                      \
	SCENE(placed_in_vfork_child)                            \
	SCENE(placed_in_many_vfork_children)                    \
	SCENE(placed_around_vfork_child)                        \
	SCENE(placed_and_taken_by_another_thread)               \
	SCENE(placed_and_closed_in_vfork_child)                 \
	SCENE(replaced_in_vfork_child)                          \
	SCENE(told_after_vfork_child_closed_all)                \
	SCENE(own_where_vfork_child_placed)                     \
	SCENE(placed_on_itself_in_vfork_child)                  \
	SCENE(placed_before_vfork_child)                        \
	SCENE(placed_by_another_thread)                         \
	SCENE(placed_in_another_namespace)                      \
	SCENE(placed_twice)                                     \
	SCENE(placed_in_a_signal_handler)                       \
	SCENE(placed_in_a_shared_table)                         \
	SCENE(placed_by_number)                                 \
	SCENE(placed_and_executed_by_number)                    \
	SCENE(executed_at_by_number)                            \
	SCENE(locked)                                           \
	SCENE(locked_by_parent)                                 \
	SCENE(executed)                                         \
	SCENE(executed_at)                                      \
	SCENE(executed_by_path)                                 \
	SCENE(of_file)                                          \
	SCENE(of_pipe)                                          \
	SCENE(of_pair)                                          \
	SCENE(of_listener)                                      \
	SCENE(of_listen_fds)                                    \
	SCENE(of_foreign_listen_fds)                            \
	SCENE(of_all_kinds)                                     \
	SCENE(spawned)                                          \
	SCENE(spawned_with_actions)
/* clang-format on */

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	command = argv + 2;
	/* What whoever started us left open is not part of the scene. */
	for (int fd = STDERR_FILENO + 1; fd < 1024; fd++)
		close(fd);
#define SCENE(name)                        \
	if (strcmp(argv[1], #name) == 0) { \
		name();                    \
		return 0;                  \
	}
	SCENES(SCENE)
	fprintf(stderr, "handoff: %s: no such scene\n", argv[1]);
	return 2;
}
