#include <config.h>

#include "tool.h"

#include <stdio.h>
#include <string.h>

static const char help[] = "Usage: cloexec check FILE...\n"
			   "       cloexec check --unit UNIT...\n"
			   "Tells of each program whether libcloexec.so can cover it, and if not, why.\n"
			   "A FILE without a slash is looked for in PATH.  Of a UNIT of systemd, what is in the way.\n"
			   "\n"
			   "  --help     print this and exit\n"
			   "  --version  print the version and exit\n"
			   "\n"
			   "Exit status: 0 all can be covered, 1 some can't, 2 trouble.  See cloexec(1).\n";

int main(int argc, char **argv)
{
	if (argc < 2) {
		fputs("cloexec: a subcommand is missing; cloexec --help lists them\n", stderr);
		return 2;
	}
	if (strcmp(argv[1], "check") == 0)
		return check_main(argc - 1, argv + 1);
	if (strcmp(argv[1], "--help") == 0) {
		fputs(help, stdout);
		return 0;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("cloexec (libcloexec) " PACKAGE_VERSION);
		return 0;
	}
	fprintf(stderr, "cloexec: %s: no such subcommand; cloexec --help lists them\n", argv[1]);
	return 2;
}
