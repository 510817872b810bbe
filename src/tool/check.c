#include <config.h>

#include "judge.h"
#include "tool.h"
#include "unit.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One line for one file. */
static int check_file(const char *name)
{
	struct judgement judgement;
	char path[PATH_MAX];

	if (find_command(name, path) == NOT_FOUND) {
		fprintf(stderr, "cloexec: %s: not found%s\n", name, strchr(name, '/') ? "" : " in PATH");
		return 2;
	}
	judge(path, &judgement);
	switch (judgement.verdict) {
	case COVERABLE:
		printf("%s: can be covered\n", path);
		return 0;
	case NOT_COVERABLE:
		printf("%s: can't be covered: %s\n", path, judgement.reason);
		return 1;
	default:
		fprintf(stderr, "cloexec: %s: %s\n", path, judgement.reason);
		return 2;
	}
}

static void tell_line(void *data, const char *word, const char *text)
{
	(void)word;
	printf("%s: %s\n", (const char *)data, text);
}

/* A line for each of a unit's settings that is in the way. */
static int check_unit(const char *name)
{
	int told = unit_check(name, tell_line, (void *)(size_t)name);

	if (told == 0)
		printf("%s: is covered\n", name);
	return told < 0 ? 2 : told > 0;
}

int check_main(int argc, char **argv)
{
	static const struct option options[] = {
		{"launch", required_argument, NULL, 'l'},
		{"force", no_argument, NULL, 'f'},
		{"unit", no_argument, NULL, 'u'},
		{0},
	};
	const char *launch = NULL;
	int force = 0;
	int units = 0;
	int status = 0;
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, "+", options, NULL)) != -1) {
		switch (option) {
		case 'l':
			launch = optarg;
			break;
		case 'f':
			force = 1;
			break;
		case 'u':
			units = 1;
			break;
		default:
			fprintf(stderr, "cloexec: check: %s: unknown option; cloexec --help lists them\n",
				optopt ? (char[]){'-', (char)optopt, 0} : argv[optind - 1]);
			return 2;
		}
	}
	if (optind == argc) {
		fputs("cloexec: check: a file is missing; cloexec --help tells more\n", stderr);
		return 2;
	}
	if (launch)
		return check_launch(launch, force, argv[optind]);
	for (; optind < argc; optind++) {
		int found = units ? check_unit(argv[optind]) : check_file(argv[optind]);

		if (found > status)
			status = found;
	}
	return status;
}
