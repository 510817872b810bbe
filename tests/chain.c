/* chain [COUNT COMMAND [ARGUMENT]...]: opens /etc/passwd, becomes COUNT processes more, each of which is started by the
 * one before it and waits for the next, and at last COMMAND, without LD_PRELOAD.
 *
 * A program that leaks, with children of its own kind: where the library is built for another machine or C library than
 * this system's, no program of the system can be preloaded. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static char rest[16];
	int status, count;
	pid_t child;

	if (argc < 3)
		return 0;
	count = atoi(argv[1]);
	/* A count with a sign is one that we have passed on ourselves. */
	if (argv[1][0] != '+' && !fopen("/etc/passwd", "r"))
		return 99;
	if (count == 0) {
		unsetenv("LD_PRELOAD");
		execvp(argv[2], argv + 2);
		return 98;
	}
	snprintf(rest, sizeof rest, "+%d", count - 1);
	argv[1] = rest;
	child = fork();
	if (child == 0) {
		execvp(argv[0], argv);
		_exit(97);
	}
	return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : 96;
}
