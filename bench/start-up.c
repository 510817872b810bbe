/* What a preload adds to the start of a program.
 *
 *   start-up [NAME=LIBRARY]... [-- COMMAND [ARGUMENT]...]
 *
 * Starts /bin/true with each library preloaded (none if LIBRARY is empty), and the command, and waits for its end.
 */
#include <config.h>

#include "measure.h"

#include <err.h>
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 501 };

struct row {
	const char *name;
	const char *library;
	char **command;
};

/* Starts and waits.  posix_spawn is vfork and exec: what the child's own start costs is not drowned in a copy of us. */
static double turn(const void *context, size_t alternative)
{
	const struct row *row = (const struct row *)context + alternative;
	double start;
	double end;
	pid_t child;
	int status;

	measure_preload(row->library);
	start = measure_clock();
	errno = posix_spawnp(&child, row->command[0], NULL, NULL, row->command, environ);
	if (errno || waitpid(child, &status, 0) < 0)
		measure_failed(row->name);
	end = measure_clock();
	if (status != 0)
		errx(EXIT_FAILURE, "%s: %s failed", row->name, row->command[0]);
	return (end - start) / 1000;
}

int main(int argc, char **argv)
{
	static char *nothing[] = {"/bin/true", NULL};
	struct row *rows = calloc((size_t)argc, sizeof *rows);
	double *medians = calloc((size_t)argc, sizeof *medians);
	size_t count = 0;

	if (!rows || !medians)
		measure_failed("calloc");
	for (int i = 1; i < argc; i++) {
		char *library = strchr(argv[i], '=');

		if (strcmp(argv[i], "--") == 0 && i + 1 < argc) {
			rows[count++] = (struct row){basename(argv[i + 1]), "", argv + i + 1};
			break;
		}
		if (!library)
			errx(EXIT_FAILURE, "%s: not NAME=LIBRARY", argv[i]);
		*library = '\0';
		rows[count++] = (struct row){argv[i], library + 1, nothing};
	}
	measure_on_one_processor();
	measure_rounds(ROUNDS, count, turn, rows, medians);
	printf("%-24s %8s %10s\n", "/bin/true preloading", "us", "ratio");
	for (size_t row = 0; row < count; row++)
		printf("%-24s %8.0f %10.3f\n", rows[row].name, medians[row], medians[row] / medians[0]);
	free(medians);
	free(rows);
	return 0;
}
