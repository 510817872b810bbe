/* What a trace adds to executing programs.
 *
 *   execs LIBRARY DIRECTORY    prints us per exec under the library, without a trace and with one to DIRECTORY
 *   execs --work N             executes /bin/true N times, with descriptors open as a small server has
 *
 * A trace is for a whole process, so a worker runs each way in every round; the programs that it executes are covered
 * too.
 */
#include <config.h>

#include "measure.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXECS = 10000, ROUNDS = 25, BATCH = EXECS / ROUNDS };

/* vfork: what is measured is not drowned in copies of us. */
static void execute_once(void)
{
	static char *nothing[] = {"/bin/true", NULL};
	pid_t child = vfork();
	int status;

	if (child == 0) {
		execv(nothing[0], nothing);
		_exit(EXIT_FAILURE);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		measure_failed(nothing[0]);
	if (status != 0)
		errx(EXIT_FAILURE, "%s failed", nothing[0]);
}

static int work(int count)
{
	int pair[2];

	if (open("/dev/null", O_RDWR) < 0 || socket(AF_INET, SOCK_STREAM, 0) < 0 || pipe(pair) < 0 ||
	    !fopen("/etc/passwd", "r"))
		measure_failed("descriptors");
	while (count--)
		execute_once();
	return EXIT_SUCCESS;
}

struct trial {
	const char *program;
	const char *directory;
};

/* A worker of one batch. */
static double turn(const void *context, size_t alternative)
{
	const struct trial *trial = context;
	char count[16];
	char *command[] = {(char *)(size_t)trial->program, "--work", count, NULL};
	double start;
	pid_t worker;
	int status;

	snprintf(count, sizeof count, "%d", BATCH);
	if (alternative ? setenv("CLOEXEC_TRACE", trial->directory, 1) : unsetenv("CLOEXEC_TRACE"))
		measure_failed("CLOEXEC_TRACE");
	start = measure_clock();
	errno = posix_spawn(&worker, command[0], NULL, NULL, command, environ);
	if (errno || waitpid(worker, &status, 0) < 0)
		measure_failed(command[0]);
	if (status != 0)
		errx(EXIT_FAILURE, "the worker failed");
	return (measure_clock() - start) / 1000 / BATCH;
}

int main(int argc, char **argv)
{
	struct trial trial = {argv[0], argv[argc - 1]};
	double medians[2];

	if (argc == 3 && strcmp(argv[1], "--work") == 0)
		return work(atoi(argv[2]));
	if (argc != 3)
		errx(EXIT_FAILURE, "usage: execs LIBRARY DIRECTORY");
	measure_on_one_processor();
	measure_preload(argv[1]);
	measure_rounds(ROUNDS, 2, turn, &trial, medians);
	printf("%-24s %8s %10s\n", "10,000 execs", "us", "ratio");
	printf("%-24s %8.0f %10.3f\n", "trace off", medians[0], 1.0);
	printf("%-24s %8.0f %10.3f\n", "trace on", medians[1], medians[1] / medians[0]);
	return EXIT_SUCCESS;
}
