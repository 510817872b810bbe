/* early SCENE LIST: makes one call in the constructor of a library that comes before any preloaded one's, as the first
 * call of the process that is interposed, and says what it gave.  LIST is what those execute that do. */
#define _GNU_SOURCE
#include "bare.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __GLIBC__ /* musl has none of them */
#define close_range(first, last, flags) syscall(SYS_close_range, first, last, flags)
#define closefrom(first)                syscall(SYS_close_range, first, ~0U, 0)
#define execveat(...)                   syscall(SYS_execveat, __VA_ARGS__)
#endif

static char text[4096], *words[4], *list;
static char stack[65536] __attribute__((aligned(16)));

/* A descriptor that nobody else knows of. */
static int hidden(void)
{
	return (int)bare(SYS_openat, AT_FDCWD, "/proc/self/exe", O_RDONLY);
}

static bool is_open(int fd)
{
	return bare(SYS_fcntl, fd, F_GETFD) >= 0;
}

static void say(const char *what, long result)
{
	dprintf(1, "%s %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

/* "SCENE STATUS" of the child, and that there was one. */
static void say_status(const char *what, pid_t child)
{
	int status = 0;

	say(what, waitpid(child, &status, 0) == child);
	say(what, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static void scene_pipe(void)
{
	int ends[2] = {-1, -1};

	say("pipe", pipe(ends));
	say("written", write(ends[1], "x", 1));
	execl(list, list, (char *)NULL);
}

static void scene_close_range(void)
{
	int first = hidden();
	int second = hidden();

	say("close_range", close_range((unsigned)second, ~0U, 0));
	say("first", is_open(first));
	say("second", is_open(second));
	say("backwards", close_range(5, 4, 0));
}

static void scene_closefrom(void)
{
	int first = hidden();
	int second = hidden();

	closefrom(second);
	say("first", is_open(first));
	say("second", is_open(second));
	closefrom(-1);
	exit(bare(SYS_fcntl, 1, F_GETFD) < 0 ? 0 : 1);
}

static void scene_flock(void)
{
	int fd = hidden();

	say("flock", flock(fd, LOCK_EX | LOCK_NB));
	say("the same file", bare(SYS_flock, hidden(), LOCK_EX | LOCK_NB));
	say("no descriptor", flock(-1, LOCK_EX));
}

/* lockf wants to write. */
static int writable(void)
{
	return (int)bare(SYS_openat, AT_FDCWD, "locked", O_RDWR | O_CREAT, 0600);
}

/* Another process finds it locked; the one that has it does not. */
static void say_lock(int fd)
{
	struct flock lock = {.l_type = F_WRLCK};

	if (bare(SYS_clone, SIGCHLD) == 0) {
		say("for others", bare(SYS_fcntl, fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK);
		_exit(0);
	}
	wait(NULL);
}

static void scene_lockf(void)
{
	int fd = writable();

	say("lockf", lockf(fd, F_TLOCK, 0));
	say_lock(fd);
	say("no descriptor", lockf(-1, F_LOCK, 0));
}

static void scene_lockf64(void)
{
	int fd = writable();

	say("lockf64", lockf64(fd, F_TLOCK, 0));
	say_lock(fd);
}

static void scene_vfork(void)
{
	pid_t child = vfork();

	if (child == 0)
		_exit(7);
	say_status("vfork", child);
}

static int run(void *argument)
{
	_exit(*(int *)argument);
}

static void scene_clone(void)
{
	int status = 8;

	say_status("clone", clone(run, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &status));
}

/* The memory, but neither the descriptors nor the time: the parent goes on. */
static void scene_clone_shared(void)
{
	int status = 9;

	say_status("clone", clone(run, stack + sizeof stack, CLONE_VM | SIGCHLD, &status));
}

static void scene_execvpe(void)
{
	hidden();
	execvpe(list, (char *[]){list, NULL}, (char *[]){NULL});
}

static void scene_fexecve(void)
{
	fexecve((int)bare(SYS_openat, AT_FDCWD, list, O_RDONLY | O_CLOEXEC), (char *[]){list, NULL}, (char *[]){NULL});
}

static void scene_execveat(void)
{
	execveat(AT_FDCWD, list, (char *[]){list, NULL}, (char *[]){NULL}, 0);
}

static void scene_posix_spawn(void)
{
	pid_t child;
	int result;

	hidden();
	result = posix_spawn(&child, list, NULL, NULL, (char *[]){list, NULL}, (char *[]){NULL});
	say_status("posix_spawn", child);
	say("posix_spawn", result);
	say("none", posix_spawn(&child, "/nonexistent", NULL, NULL, (char *[]){list, NULL}, (char *[]){NULL}));
}

static void scene_posix_spawnp(void)
{
	pid_t child;
	int result;

	hidden();
	result = posix_spawnp(&child, list, NULL, NULL, (char *[]){list, NULL}, (char *[]){NULL});
	say_status("posix_spawnp", child);
	say("posix_spawnp", result);
}

#define SCENE(name)                 \
	{                           \
#name, scene_##name \
	}
static const struct {
	const char *name;
	void (*go)(void);
} scenes[] = {
	SCENE(pipe),    SCENE(close_range), SCENE(closefrom),   SCENE(flock),        SCENE(lockf),
	SCENE(lockf64), SCENE(vfork),       SCENE(clone),       SCENE(clone_shared), SCENE(execvpe),
	SCENE(fexecve), SCENE(execveat),    SCENE(posix_spawn), SCENE(posix_spawnp),
};

/* No constructor is given the arguments everywhere. */
void foreign_constructed(void);
void foreign_constructed(void)
{
	int fd = (int)bare(SYS_openat, AT_FDCWD, "/proc/self/cmdline", O_RDONLY);
	ssize_t length = read(fd, text, sizeof text - 1);
	char *word = text;

	bare(SYS_close, fd);
	for (size_t count = 0; count < 3 && word < text + length; word += strlen(word) + 1)
		words[count++] = word;
	list = words[2];
	for (size_t i = 0; list && i < sizeof scenes / sizeof *scenes; i++)
		if (strcmp(words[1], scenes[i].name) == 0) {
			scenes[i].go();
			exit(0);
		}
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--list") == 0) {
		for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++)
			puts(scenes[i].name);
		return 0;
	}
	return 99;
}
