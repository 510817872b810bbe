/* creators [OPTION]... CALL LIST: makes descriptors by one call, or by `all`, then executes LIST.
 *
 * A program that knows nothing of any preload library.  To descriptor REPORT it writes a line "CALL NUMBER" for each
 * descriptor that a call gave it, "CALL absent" for a call that this libc does not have; LIST adds "got NUMBER TARGET"
 * for what it got.  Built with a distributor's flags the same source calls open64, __open_2 and so on.
 *
 *   --free N,...   exactly these numbers below the highest of them are free, so that results land there
 *   --ask          requests the flag: in the call where it has room for it, else by fcntl
 *   --clear        clears the flag of each result by fcntl
 *   --from PLACE   main (the default), constructor, signal, vfork or thread; constructor wants to be the first option
 *   --list         only prints the names of all calls
 *
 * In its environment, WITHOUT names calls, each with a comma behind it, that it takes for absent.
 *
 * What the program needs besides (the client of accept, the fillers of numbers that are not to be free) it makes by
 * bare system calls and closes, or flags, itself.  A getppid marks each call's beginning and end for strace.
 */
#define _GNU_SOURCE
#include "creators.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool asking, clearing;
static bool asked; /* the call at hand had room to ask */
static const char *current;

void fail(const char *what)
{
	fprintf(stderr, "creators: %s: %s: %s\n", current ? current : "start", what, strerror(errno));
	_exit(1);
}

/* The flag, if it is to be asked for.  Never a constant, so that fortified calls can't be checked when compiling. */
int ask(int flag)
{
	asked = asking;
	return asking ? flag : 0;
}

void asked_nothing(void)
{
	asked = false;
}

const char *mode(const char *plain, const char *flagged)
{
	asked = asking;
	return asking ? flagged : plain;
}

void one(int fd)
{
	if (fd < 0)
		fail("no descriptor");
	if (clearing || (asking && !asked))
		fcntl(fd, F_SETFD, clearing ? 0 : FD_CLOEXEC);
	dprintf(REPORT, "%s %d\n", current, fd);
}

void two(int result, const int *fds)
{
	if (result < 0)
		fail("no descriptors");
	one(fds[0]);
	one(fds[1]);
}

void stream(FILE *file)
{
	one(file ? fileno(file) : -1);
}

/* Moves a helper out of the way. */
int aside(int fd)
{
	int moved = (int)bare(SYS_fcntl, fd, F_DUPFD, ASIDE);

	if (fd < 0 || moved < 0)
		fail("helper");
	close(fd);
	return moved;
}

bool put(int fd, int number, bool flag)
{
#ifdef SYS_dup2 /* a test may forbid the younger */
	return bare(SYS_dup2, fd, number) >= 0 && bare(SYS_fcntl, number, F_SETFD, flag ? FD_CLOEXEC : 0) >= 0;
#else
	return bare(SYS_dup3, fd, number, flag ? O_CLOEXEC : 0) >= 0;
#endif
}

int plain_file(void)
{
	return (int)bare(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR);
}

int source(void)
{
	return aside(plain_file());
}

/* The lowest free number. */
int vacant(void)
{
	int fd = plain_file();

	close(fd);
	return fd;
}

void absent(void)
{
	dprintf(REPORT, "%s absent\n", current);
}

int helper(void)
{
	int process = (int)bare(SYS_clone, 17); /* SIGCHLD; fork would run what others have registered */

	if (process < 0)
		fail("fork");
	return process;
}

static const char *wanted, *place = "main";
static char *list;

/* Is it named by WITHOUT? */
static bool is_without(const char *name)
{
	const char *without = getenv("WITHOUT");
	size_t length = strlen(name);

	for (const char *found = without; found && (found = strstr(found, name)); found += length)
		if ((found == without || found[-1] == ',') && found[length] == ',')
			return true;
	return false;
}

static void make(const struct maker *call)
{
	current = call->name;
	asked = false;
	if (!call->address || is_without(current)) {
		absent();
		return;
	}
	bare(SYS_getppid);
	call->make();
	bare(SYS_getppid);
	for (int fd = ASIDE; fd < END; fd++)
		close(fd);
}

/* Makes what is wanted and executes LIST, with an empty environment: nothing is preloaded there. */
static void make_and_execute(void)
{
	char report[16];
	bool known = false;

	for (size_t i = 0; i < maker_count; i++)
		if (strcmp(wanted, "all") == 0 || strcmp(wanted, makers[i].name) == 0) {
			make(&makers[i]);
			known = true;
		}
	current = wanted;
	if (!known)
		fail("no such call");
	snprintf(report, sizeof report, "%d", REPORT);
	execve(list, (char *[]){list, report, NULL}, (char *[]){NULL});
	fail(list);
}

static void handle(int signal)
{
	(void)signal;
	make_and_execute();
}

static void *run_thread(void *nothing)
{
	make_and_execute();
	return nothing;
}

static void from_constructor(void)
{
	fail("the constructor did not call");
}

static void from_signal(void)
{
	signal(SIGUSR1, handle);
	raise(SIGUSR1);
}

static void from_vfork(void)
{
	int status;
	pid_t child = vfork();

	if (child == 0)
		make_and_execute();
	if (child < 0 || waitpid(child, &status, 0) < 0)
		fail("vfork");
	exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

static void from_thread(void)
{
	pthread_t thread;

	errno = pthread_create(&thread, NULL, run_thread, NULL);
	if (errno)
		fail("thread");
	pthread_join(thread, NULL);
}

static const struct {
	const char *name;
	void (*go)(void);
} places[] = {
	{"main", make_and_execute}, {"constructor", from_constructor}, {"signal", from_signal},
	{"vfork", from_vfork},      {"thread", from_thread},
};

/* Leaves exactly the numbers of `list` free up to the highest, and flags what it fills the others with. */
static void free_only(char *numbers)
{
	bool is_free[REPORT] = {false};
	int filler = aside(plain_file());
	int end = 0;

	for (char *number = strtok(numbers, ","); number; number = strtok(NULL, ",")) {
		int fd = atoi(number);

		is_free[fd] = true;
		end = fd >= end ? fd + 1 : end;
	}
	for (int fd = 0; fd < end; fd++)
		if (is_free[fd])
			close(fd);
		else if (fd >= FIRST)
			put(filler, fd, true);
	close(filler);
}

static void read_arguments(char **argument)
{
	char *freed = NULL;

	alarm(60);
	for (; *argument && strncmp(*argument, "--", 2) == 0; argument++)
		if (strcmp(*argument, "--ask") == 0)
			asking = true;
		else if (strcmp(*argument, "--clear") == 0)
			clearing = true;
		else if (strcmp(*argument, "--free") == 0)
			freed = *++argument;
		else if (strcmp(*argument, "--from") == 0)
			place = *++argument;
	wanted = argument[0];
	list = wanted ? argument[1] : NULL;
	if (!list)
		fail("usage: creators [OPTION]... CALL LIST");
	close(REPORT);
	if (bare(SYS_fcntl, STDOUT_FILENO, F_DUPFD, REPORT) != REPORT)
		fail("report");
	for (int fd = FIRST; fd < 1024; fd++)
		if (fd != REPORT)
			close(fd);
	put(source(), LOW, true);
	for (int fd = ASIDE; fd < END; fd++)
		close(fd);
	if (freed)
		free_only(freed);
}

/* Our arguments, for a time when only glibc would hand them over: they lie below the environment, and their count below
 * them. */
static char **early_arguments(void)
{
	char **arguments = environ - 1;

	for (uintptr_t count = 0; (uintptr_t)arguments[-1] != count; count++)
		arguments--;
	return arguments;
}

void foreign_constructed(void);
void foreign_constructed(void)
{
	char **arguments = early_arguments();

	if (arguments[1] && strcmp(arguments[1], "--from") == 0 && strcmp(arguments[2], "constructor") == 0) {
		read_arguments(arguments + 1);
		make_and_execute();
	}
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--list") == 0) {
		for (size_t i = 0; i < maker_count; i++)
			puts(makers[i].name);
		return 0;
	}
	read_arguments(argv + 1);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (strcmp(place, places[i].name) == 0)
			places[i].go();
	fail(place);
}
