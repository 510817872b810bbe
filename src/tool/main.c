#include <config.h>

#include "tool.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char help[] = "Usage: cloexec fds [--leaky] [--all] [--json] [PID|NAME]...\n"
			   "Tells which descriptors an exec of running processes would pass on now.\n"
			   "\n"
			   "  --leaky    only processes that have something to pass on\n"
			   "  --all      descriptors that would not be passed on too, and 0 to 2\n"
			   "  --json     for programs\n"
			   "\n"
			   "Exit status: 0 nothing would be passed on, 1 something would, 2 trouble.\n"
			   "\n"
			   "Usage: cloexec check [--json] FILE...\n"
			   "       cloexec check [--json] --pid PID...\n"
			   "       cloexec check [--json] --unit UNIT...\n"
			   "       cloexec check [--json] --named\n"
			   "Tells of each program whether libcloexec.so can cover it, or of each running\n"
			   "process whether it does, and if not, why; or of a unit of systemd what in it\n"
			   "is in the way.  A FILE without a slash is looked for in PATH.\n"
			   "\n"
			   "  --pid      the arguments are process ids\n"
			   "  --unit     the arguments are units of systemd\n"
			   "  --named    print which programs are told a descriptor's number, and how\n"
			   "  --json     for programs\n"
			   "\n"
			   "Exit status: 0 all can be covered, or are, 1 some can't, or aren't, 2 trouble.\n"
			   "\n"
			   "Usage: cloexec report [--all | --json | --html | --suggest] DIRECTORY\n"
			   "Tells what the traces in a directory (CLOEXEC_TRACE, cloexec-run --trace) have:\n"
			   "what was passed on, from where, into what, how often, and what was closed.\n"
			   "\n"
			   "  --all      what was passed on on purpose too\n"
			   "  --json     for programs\n"
			   "  --html     as one page for a browser, with the tree of processes\n"
			   "  --suggest  the lines of policy that keep open what was closed and missed\n"
			   "\n"
			   "Exit status: 0 nothing was passed on that nobody asked for, 1 something was,\n"
			   "2 trouble.\n"
			   "\n"
			   "  --help     print this and exit\n"
			   "  --version  print the version and exit\n"
			   "\n"
			   "See cloexec(1).\n";

static const struct subcommand {
	const char *name;
	int (*run)(int argc, char **argv);
} subcommands[] = {
	{"check", check_main},
	{"fds", fds_main},
	{"report", report_main},
};

int refuse_option(char **argv)
{
	const char *word = argv[optind - 1];
	const char letter[] = {'-', (char)optopt, '\0'};

	/* With `--json=x`, optopt is what --json gives; with `-xy`, the word before it was the last to be finished. */
	fprintf(stderr, "cloexec: %s: %s: unknown option; cloexec --help lists them\n", argv[0],
		optopt && !strchr(word, '=') ? letter : word);
	return 2;
}

/* What was not written was not told. */
static int finish(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	fprintf(stderr, "cloexec: standard output: %s\n", strerror(errno));
	return 2;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fputs("cloexec: a subcommand is missing; cloexec --help lists them\n", stderr);
		return 2;
	}
	for (size_t i = 0; i < sizeof subcommands / sizeof *subcommands; i++)
		if (strcmp(argv[1], subcommands[i].name) == 0)
			return finish(subcommands[i].run(argc - 1, argv + 1));
	if (strcmp(argv[1], "--help") == 0) {
		fputs(help, stdout);
		return finish(0);
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("cloexec (libcloexec) " PACKAGE_VERSION);
		return finish(0);
	}
	fprintf(stderr, "cloexec: %s: no such subcommand; cloexec --help lists them\n", argv[1]);
	return 2;
}
