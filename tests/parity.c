/* parity: calls with bad and odd arguments, one line each for what came of it, to be compared with and without us.
 *
 * A line is: the call as it is written here, its result, errno, and for a descriptor its F_GETFL and kind, and whether
 * it has the flag; a descriptor above 2 has that in a last word, `plain` or `flagged`, where nothing else may differ.
 * Each group runs in a process of its own with nothing open but 0-2, so numbers are the same every time; a group that
 * dies says by which signal.  What the lines need besides is made by bare system calls.
 */
#define _GNU_SOURCE
#include "bare.h"
#define _GNU_SOURCE
#include "parity.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void say_errno(int error)
{
	dprintf(REPORT, " %s", error == LEFT_ALONE ? "-" : strerror(error));
}

static void say_descriptor(int fd)
{
	struct stat about;
	int flag = (int)bare(SYS_fcntl, fd, F_GETFD);

	if (flag < 0 || fstat(fd, &about) < 0) {
		dprintf(REPORT, " closed");
		return;
	}
	/* The flag apart, which F_GETFL shows too where a terminal's other end or fanotify's events have it. */
	dprintf(REPORT, " getfl=%#lx kind=%#o%s%s", bare(SYS_fcntl, fd, F_GETFL) & ~O_CLOEXEC, about.st_mode,
	        fd > 2 ? "" : " standard", flag ? " flagged" : " plain");
}

/* Tells about a call that has just returned.  Gives back its result, and errno as it was. */
long say(const char *call, long result, bool descriptor)
{
	int error = errno;

	dprintf(REPORT, "%s: %ld", call, result);
	say_errno(error);
	if (descriptor && result >= 0)
		say_descriptor((int)result);
	dprintf(REPORT, "\n");
	errno = error;
	return result;
}

FILE *say_stream(const char *call, FILE *stream)
{
	say(call, stream ? fileno(stream) : -1, true);
	return stream;
}

/* Closes everything but 0-2 and the report. */
void sweep(void)
{
	for (int fd = 3; fd < 1024; fd++)
		if (fd != REPORT)
			bare(SYS_close, fd);
}

int open_count(void)
{
	int count = 0;

	for (int fd = 3; fd < 1024; fd++)
		count += fd != REPORT && bare(SYS_fcntl, fd, F_GETFD) >= 0;
	return count;
}

void put(long fd, int number)
{
#ifdef SYS_dup2 /* a test may forbid the younger */
	bare(SYS_dup2, fd, number);
#else
	bare(SYS_dup3, fd, number, 0);
#endif
}

int move_to(int number, long fd)
{
	if (fd != number && fd >= 0) {
		put(fd, number);
		bare(SYS_close, fd);
	}
	return number;
}

/* A plain descriptor at exactly this number. */
int plain_at(int number)
{
	int fd = (int)bare(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR);

	if (fd != number) {
		put(fd, number);
		bare(SYS_close, fd);
	}
	return number;
}

void must(long result)
{
	if (result < 0)
		abort();
}

void limit_descriptors(rlim_t limit)
{
	struct rlimit both;

	getrlimit(RLIMIT_NOFILE, &both);
	both.rlim_cur = limit;
	setrlimit(RLIMIT_NOFILE, &both);
}

long mode_of(const char *path)
{
	struct stat about;

	return stat(path, &about) < 0 ? -errno : (long)about.st_mode;
}

long size_of(const char *path)
{
	struct stat about;

	return stat(path, &about) < 0 ? -errno : (long)about.st_size;
}

void fill(const char *path)
{
	int fd = (int)bare(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0640);

	must(write(fd, "0123456789", 10));
	bare(SYS_close, fd);
}

/* A page that can be read but not written. */
void *read_only(void)
{
	return mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* Hides NULL and other nonsense from the compiler. */
void *nowhere(uintptr_t address)
{
	static volatile uintptr_t hidden;

	hidden = address;
	return (void *)hidden;
}

/* Runs a group in a fresh process and a directory of its own. */
static void run(const char *name, void (*group)(void))
{
	int status;
	pid_t child;

	dprintf(REPORT, "== %s\n", name);
	child = fork();
	if (child == 0) {
		alarm(20);
		must(mkdir(name, 0700));
		must(chdir(name));
		group();
		_exit(0);
	}
	must(child);
	must(waitpid(child, &status, 0));
	dprintf(REPORT, "== %s: exit %d, signal %d\n", name, WEXITSTATUS(status), WTERMSIG(status));
}

/* Every group, or the one that is named. */
int main(int argc, char **argv)
{
	const struct group *const all[] = {file_groups, socket_groups, event_groups, system_groups, number_groups};
	struct rlimit no_core = {0};

	put(STDOUT_FILENO, REPORT);
	sweep();
	for (int fd = 0; fd < 3; fd++)
		bare(SYS_close, fd), plain_at(fd);
	setrlimit(RLIMIT_CORE, &no_core);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		for (const struct group *group = all[i]; group->name; group++)
			if (argc == 1 || strcmp(argv[1], group->name) == 0)
				run(group->name, group->run);
	return 0;
}
