/* trace SCENE [ARGUMENT]... -- COMMAND [ARGUMENT]...: does what the scene says, then executes the command.  It knows
 * nothing of any library; the functions that it makes descriptors in have the names of the calls, so that nm tells who
 * called. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static char **words; /* of the scene */
static char **command;

static int checked(int result, const char *what)
{
	if (result < 0)
		err(99, "%s", what);
	return result;
}

static _Noreturn void become(void)
{
	execv(command[0], command);
	err(98, "%s", command[0]);
}

/* One that no preloaded library sees: found on libc's own handle. */
static int hidden_open(const char *path)
{
	void *libc = dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
	__typeof__(open) *next_open = libc ? (__typeof__(open) *)dlsym(libc, "open") : NULL;

	return next_open ? next_open(path, O_RDONLY) : -1;
}

/* One function for each: made_by_CALL, not static so that it keeps its name.  The volatile keeps the call from being
 * its last step. */
#define MADE_BY(call, expression)                             \
	int made_by_##call(void);                             \
	__attribute__((noinline)) int made_by_##call(void)    \
	{                                                     \
		volatile int fd = checked(expression, #call); \
                                                              \
		return fd;                                    \
	}
static int ends[2];
MADE_BY(open, open("/etc/passwd", O_RDONLY))
MADE_BY(openat, openat(AT_FDCWD, "/", O_RDONLY | O_DIRECTORY))
MADE_BY(creat, creat(words[0], 0600))
MADE_BY(fopen, fileno(fopen("/etc/passwd", "r")))
MADE_BY(socket, socket(AF_INET6, SOCK_STREAM, 0))
MADE_BY(socketpair, socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
MADE_BY(pipe, pipe(ends))
MADE_BY(dup, dup(0))
MADE_BY(dup2, dup2(0, 40))
MADE_BY(fcntl, fcntl(0, F_DUPFD, 41))
MADE_BY(epoll_create, epoll_create(1))
MADE_BY(eventfd, eventfd(0, 0))
MADE_BY(signalfd, signalfd(-1, &(sigset_t){0}, 0))
MADE_BY(timerfd_create, timerfd_create(CLOCK_MONOTONIC, 0))
MADE_BY(inotify_init, inotify_init())
MADE_BY(memfd_create, memfd_create("it's \"\\\n\xff\xc3\xa4", 0))
MADE_BY(syscall, (int)syscall(SYS_openat, AT_FDCWD, "/etc/group", O_RDONLY))

/* "NUMBER CALL" for each. */
static void scene_calls(void)
{
	struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	int fd;

#define SHOW(call) printf("%d " #call "\n", made_by_##call())
	SHOW(open);
	SHOW(openat);
	SHOW(creat);
	SHOW(fopen);
	fd = made_by_socket();
	checked(bind(fd, (struct sockaddr *)&address, sizeof address), "bind");
	checked(listen(fd, 1), "listen");
	printf("%d socket\n", fd);
	made_by_socketpair();
	printf("%d socketpair\n%d socketpair\n", ends[0], ends[1]);
	made_by_pipe();
	printf("%d pipe\n%d pipe\n", ends[0], ends[1]);
	SHOW(dup);
	SHOW(dup2);
	SHOW(fcntl);
	SHOW(epoll_create);
	SHOW(eventfd);
	SHOW(signalfd);
	SHOW(timerfd_create);
	SHOW(inotify_init);
	SHOW(memfd_create);
	printf("%d openat by syscall\n", made_by_syscall());
	fflush(stdout);
	if (fork() == 0)
		become(); /* dup2 was not for it */
	wait(NULL);
	exit(0);
}

/* What the program itself says, and what nobody saw. */
static void scene_words(void)
{
	checked(fcntl(open("/etc/passwd", O_RDONLY), F_SETFD, 0), "F_SETFD"); /* 3 */
	checked(open("/etc/passwd", O_RDONLY | O_CLOEXEC), "open");           /* 4 */
	checked(hidden_open("/etc/passwd"), "openat");                        /* 5 */
	checked(dirfd(opendir("/")), "opendir");                              /* 6 */
	fclose(fopen("/etc/passwd", "r"));                                    /* 7, closed where nobody sees it */
	checked(hidden_open("/etc/group"), "openat");                         /* 7 */
	close(open("/etc/passwd", O_RDONLY));                                 /* 8 */
	checked(hidden_open("/etc/group"), "openat");                         /* 8 */
	checked(open("/etc/passwd", O_RDONLY), "open");                       /* 9: kept */
}

#ifndef __GLIBC__ /* musl has no such function */
#define close_range(first, last, flags) (int)syscall(SYS_close_range, first, last, flags)
#endif

/* Ranges: some are closed, some flagged, by the call and by its number, and what is refused changes nothing. */
static void scene_ranges(void)
{
	for (int fd = 3; fd < 12; fd++)
		checked(open("/etc/passwd", O_RDONLY), "open");
	checked(fcntl(11, F_SETFD, 0), "F_SETFD");
	checked(close_range(4, 5, 0), "close_range");
	checked(close_range(7, 8, CLOSE_RANGE_CLOEXEC), "CLOSE_RANGE_CLOEXEC");
	checked((int)syscall(SYS_close_range, 9U, 9U, 0U), "by number");
	if (close_range(6, 3, 0) == 0 || close_range(3, 6, 1U << 20) == 0)
		exit(97);
	checked(hidden_open("/etc/group"), "openat"); /* 4 */
	checked(fcntl(0, F_DUPFD_CLOEXEC, 12), "F_DUPFD_CLOEXEC");
	checked(posix_openpt(O_RDWR | O_NOCTTY), "posix_openpt"); /* 5 */
}

/* Each rule of the hand-off. */
static void scene_handed(void)
{
	char name[32];
	int file = checked(open(words[0], O_RDWR | O_CREAT, 0600), "open"); /* 3 */

	checked(flock(file, LOCK_EX), "flock");
	checked(pipe(ends), "pipe"); /* 4, 5 */
	checked(dup2(ends[1], 20), "dup2");
	snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
	command[1] = name;
	command[2] = NULL;
	fexecve(checked(open(command[0], O_RDONLY), "open"), command, environ); /* 6 */
}

static void scene_vfork(void)
{
	int fd = checked(open("/etc/passwd", O_RDONLY), "open"); /* 3 */

	if (vfork() == 0) {
		dup2(fd, 30);
		close(fd);
		openat(AT_FDCWD, "/etc/group", O_RDONLY); /* 3, another one */
		execv("/nonexistent", command);
		execv(command[0], command);
		_exit(98);
	}
	wait(NULL);
	become();
}

/* A daemon's habit. */
static void scene_closing(void)
{
	for (int round = 0; round < 3; round++) {
		open("/etc/passwd", O_RDONLY);
		open("/etc/group", O_RDONLY);
		for (int fd = 0; fd < 256; fd++)
			close(fd);
		if (round == 2)
			break;
		if (fork() == 0) {
			execv(command[0], command);
			_exit(98);
		}
		wait(NULL);
	}
	/* Without standard descriptors: the records' own must not land there. */
	checked(open("/dev/null", O_RDWR), "open");
}

__attribute__((noinline)) static pid_t execute_once(int borrow)
{
	pid_t child = borrow ? vfork() : fork();

	if (child == 0) {
		execv(command[0], command);
		_exit(98);
	}
	return child;
}

static void *execute_often(void *unused)
{
	for (int i = atoi(words[1]); i > 0; i--)
		waitpid(execute_once(i % 2), NULL, 0);
	return unused;
}

static void scene_threads(void)
{
	pthread_t threads[64];
	int count = atoi(words[0]);

	for (int i = 0; i < count; i++)
		pthread_create(&threads[i], NULL, execute_often, NULL);
	for (int i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	exit(0);
}

/* Workers that change their user or root, three of each; then the daemon executes, or ends. */
static void scene_workers(void)
{
	for (int i = 0; i < 6; i++) {
		if (fork() == 0) {
			if (i % 2)
				checked(setuid(65534), "setuid");
			else
				checked(chroot(words[0]), "chroot");
			execv(i % 2 ? command[0] : "/list", command);
			_exit(98);
		}
		wait(NULL);
	}
	if (words[1])
		exit(0);
}

static void scene_user(void)
{
	checked(setuid(65534), "setuid");
}

static void scene_limited(void)
{
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){(rlim_t)atol(words[0]), RLIM_INFINITY});
}

/* Not a number is left; then one is, as the new program needs some. */
static void scene_exhausted(void)
{
	int last = 3;

	setrlimit(RLIMIT_NOFILE, &(struct rlimit){32, 32});
	while (last >= 0 && last < 31)
		last = open("/etc/passwd", O_RDONLY);
	if (fork() == 0)
		become();
	wait(NULL);
	close(31);
	close(30);
	close(29);
	close(28);
}

/* A filter of the program's own, which kills for what records are made of. */
static void scene_filtered(void)
{
	struct sock_filter steps[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_statx, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {4, steps};

	checked(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "PR_SET_NO_NEW_PRIVS");
	if (strcmp(words[0], "prctl") == 0)
		checked(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0), "PR_SET_SECCOMP");
	else
		checked((int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program), "seccomp");
	checked(open("/etc/passwd", O_RDONLY), "open");
}

static void handler(int signal)
{
	(void)signal;
	become();
}

/* From a signal handler, on a stack that ends in a wall. */
static void scene_signal(void)
{
	size_t size = 12288, page = (size_t)sysconf(_SC_PAGESIZE);
	char *stack = mmap(NULL, page + size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct sigaction action = {.sa_handler = handler, .sa_flags = SA_ONSTACK};

	mprotect(stack, page, PROT_NONE);
	checked(sigaltstack(&(stack_t){.ss_sp = stack + page, .ss_size = size}, NULL), "sigaltstack");
	sigaction(SIGUSR1, &action, NULL);
	for (int i = 0; i < 20; i++)
		open("/etc/passwd", O_RDONLY);
	raise(SIGUSR1);
}

/* Numbers that nobody gave us, and one that we had. */
static void scene_missed(void)
{
	int had = dup(0);

	close(had);
	dup(had);
	dup(50);
	dup(50);
	dup2(51, 5);
	fcntl(52, F_DUPFD, 0);
	fdopen(53, "r");
	open("/dev/fd/54", O_RDONLY);
	fopen("/proc/self/fd/55", "r");
	accept(56, NULL, NULL);
	open("/nonexistent", O_RDONLY);
	fcntl(57, F_GETFD);
	close(58);
	fcntl(60, F_DUPFD_CLOEXEC, 0);
	dup2(61, 61);
	exit(0);
}

/* All the other ways to execute. */
static void scene_ways(void)
{
	pid_t child;

	posix_spawn(&child, command[0], NULL, NULL, command, environ);
	waitpid(child, NULL, 0);
	if (posix_spawnp(&child, "no-such-program", NULL, NULL, command, environ) == 0)
		waitpid(child, NULL, 0);
	if (system("exit 3") != 3 << 8)
		exit(97);
	pclose(popen("exit 0", "r"));
	if (fork() == 0) {
		execlp("no-such-program", "no-such-program", (char *)NULL);
		_exit(errno == ENOENT ? 0 : 97);
	}
	wait(NULL);
	if (fork() == 0) {
		syscall(SYS_execve, "no-such-program", command, environ);
		syscall(SYS_execveat, AT_FDCWD, "no-such-program", command, environ, 0);
		syscall(SYS_execveat, AT_FDCWD, command[0], command, environ, 0);
		_exit(97);
	}
	wait(NULL);
}

static void scene_many(void)
{
	struct rlimit limit;

	checked(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
	limit.rlim_cur = limit.rlim_max;
	checked(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
	for (int i = atoi(words[0]); i > 0; i--)
		checked(dup(0), "dup");
}

static void scene_nothing(void)
{
	errno = 0;
}

/* What a failed exec leaves of a flag. */
static void scene_failing(void)
{
	checked(dup2(0, 30), "dup2");
	execv("/nonexistent", command);
	exit(fcntl(30, F_GETFD));
}

/* For tests that whoever started them left descriptors open to. */
static void scene_clean(void)
{
	for (int fd = 3; fd < 1024; fd++)
		close(fd);
}

static const struct {
	const char *name;
	void (*play)(void);
} scenes[] = {
	{"calls", scene_calls},     {"words", scene_words},         {"handed", scene_handed},
	{"ranges", scene_ranges},   {"vfork", scene_vfork},         {"closing", scene_closing},
	{"threads", scene_threads}, {"workers", scene_workers},     {"user", scene_user},
	{"limited", scene_limited}, {"exhausted", scene_exhausted}, {"filtered", scene_filtered},
	{"signal", scene_signal},   {"missed", scene_missed},       {"ways", scene_ways},
	{"many", scene_many},       {"nothing", scene_nothing},     {"clean", scene_clean},
	{"failing", scene_failing},
};

int main(int argc, char **argv)
{
	for (int i = 1; i < argc && !command; i++)
		if (strcmp(argv[i], "--") == 0) {
			argv[i] = NULL;
			command = argv + i + 1;
		}
	words = argv + 2;
	if (argc < 2 || !command)
		errx(99, "usage: trace SCENE [ARGUMENT]... -- COMMAND [ARGUMENT]...");
	for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++)
		if (strcmp(argv[1], scenes[i].name) == 0) {
			scenes[i].play();
			become();
		}
	errx(99, "%s: no such scene", argv[1]);
}
