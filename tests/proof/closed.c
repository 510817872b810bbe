/* closed WITNESS [ARGUMENT]...: starts with some of 0-2 closed, and opens files, its data, until it has one above 2:
 * the first of them before a preloaded library's constructor has run if EARLY is in its environment.  Each is called
 * taken.NUMBER.  Then it does whatever such a library might want to say something of, and executes WITNESS.
 *
 * A program that knows nothing of any preload library, and writes nothing. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Reports are nobody's business here: the status alone tells where it failed. */
static void must(int line, int good)
{
	if (!good)
		_exit(line);
}
#define MUST(condition) must(__LINE__, (condition))

static void take(int last)
{
	for (int fd = 0; fd < last;) {
		char name[] = "taken.0";

		fd = open("taken", O_RDWR | O_CREAT | O_EXCL, 0600);
		MUST(fd >= 0);
		name[sizeof name - 2] = (char)('0' + fd);
		MUST(rename("taken", name) == 0);
	}
}

void foreign_constructed(void);
void foreign_constructed(void)
{
	if (getenv("EARLY"))
		take(2);
}

static void ended(pid_t child, int expected)
{
	int status;

	MUST(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == expected);
}

int main(int argc, char **argv)
{
	char *nothing[] = {(char[]){"true"}, NULL};
	FILE *stream;
	pid_t child;
	int ends[2];

	MUST(argc > 1);
	for (int fd = 3; fd < 1024; fd++)
		close(fd); /* whoever started us left them */
	take(3);
	MUST(pipe(ends) == 0);
	MUST(fcntl(77, F_GETFD) < 0 && dup(78) < 0 && close(79) < 0);
	for (int i = 0; i < 2; i++) {
		child = i ? vfork() : fork();
		if (child == 0) {
			execve("/nowhere/true", nothing, environ);
			execvp("true", nothing);
			_exit(99);
		}
		ended(child, 0);
	}
	MUST(posix_spawnp(&child, "true", NULL, NULL, nothing, environ) == 0);
	ended(child, 0);
	MUST(system("exit 7") == 7 << 8);
	stream = popen("exit 7", "r");
	MUST(stream && pclose(stream) == 7 << 8);
	MUST(dup2(ends[0], 60) == 60);
	execv(argv[1], argv + 1);
	return 98;
}
