/* The questions that cloexec-run asks: once, in one process. */
#include <config.h>

#include "judge.h"
#include "neighbour.h"
#include "place.h"
#include "policy.h"
#include "program.h"
#include "tool.h"
#include "visible.h"

#include <dlfcn.h>
#include <link.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { REFUSED = 125, CANNOT_EXECUTE = 126, NO_COMMAND = 127 };

static void complain(const char *variable, const char *option, const char *text, const char *reason)
{
	char value[200];
	size_t length = 0;

	for (; length < sizeof value - 1 && text[length]; length++)
		value[length] = policy_visible(text[length]);
	value[length] = '\0';
	if (option)
		fprintf(stderr, "cloexec-run: %s (%s): '%s': %s\n", option, variable, value, reason);
	else
		fprintf(stderr, "cloexec-run: %s: '%s': %s\n", variable, value, reason);
}

static bool same_file(const char *one, const char *other)
{
	struct stat a;
	struct stat b;

	return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Would the loader find `library` by its name alone?  Then every child, 32-bit ones too, finds the one that fits it.
 * Not where LD_LIBRARY_PATH is set: what it helps to find today, a child without it would look for in vain. */
static bool found_by_name(const char *library, const char *name)
{
	const char *search = getenv("LD_LIBRARY_PATH");
	struct link_map *map;
	void *handle;
	bool same;

	if (search && *search)
		return false;
	handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
	if (!handle)
		return false;
	same = dlinfo(handle, RTLD_DI_LINKMAP, &map) == 0 && same_file(map->l_name, library);
	dlclose(handle);
	return same;
}

/* The word for LD_PRELOAD, or NULL after saying why there is none. */
static const char *preload_word(const char *library)
{
	const char *slash = strrchr(library, '/');
	const char *name = slash ? slash + 1 : library;

	if (strpbrk(library, ": \t\n$")) {
		fprintf(stderr,
			"cloexec-run: '%s': the loader would split or expand this path; install libcloexec.so in one "
			"without colons, white space and $\n",
			library);
		return NULL;
	}
	if (found_by_name(library, name))
		return name;
	if (!dlopen(library, RTLD_NOW | RTLD_LOCAL)) {
		fprintf(stderr,
			"cloexec-run: the loader refuses libcloexec.so (install it again, for this system): %s\n",
			dlerror());
		return NULL;
	}
	return library;
}

/* A script may name anything as its interpreter. */
static void complain_of(const char *command, const char *reason, const char *way_out)
{
	char who[4 * PATH_MAX];
	char what[4 * PATH_MAX];

	setlocale(LC_CTYPE, "");
	visible(who, sizeof who, command);
	visible(what, sizeof what, reason);
	fprintf(stderr, "cloexec-run: %s: %s%s\n", who, what, way_out);
}

int check_launch(const char *library, int force, const char *command)
{
	struct policy policy;
	struct judgement judgement;
	char path[PATH_MAX];
	const char *unwritable;
	const char *word;

	policy_read(&policy, getenv, NULL, complain);
	if (policy.bad)
		return REFUSED;
	unwritable = policy.trace ? place_judge(policy.trace) : NULL;
	if (unwritable) {
		complain("CLOEXEC_TRACE", "--trace", policy.trace, unwritable);
		return REFUSED;
	}
	switch (find_command(command, path)) {
	case NOT_FOUND:
		complain_of(command, "not found", strchr(command, '/') ? "" : " in PATH");
		return NO_COMMAND;
	case NOT_EXECUTABLE:
		complain_of(path, "not an executable file", "");
		return CANNOT_EXECUTE;
	default:
		break;
	}
	judge(path, &judgement);
	if (judgement.verdict == COVERABLE && puts_itself_in_front(path)) {
		judgement.verdict = NOT_COVERABLE;
		snprintf(judgement.reason, sizeof judgement.reason,
			 "it puts a library in front of ours that goes round it; run it the other way round, as in: "
			 "%s cloexec-run COMMAND",
			 command);
	}
	if (judgement.verdict == NOT_COVERABLE) {
		complain_of(path, judgement.reason,
			    force ? "; running it all the same" : "; --force runs it all the same");
		if (!force)
			return REFUSED;
	} else if (judgement.verdict != COVERABLE) {
		complain_of(path, judgement.reason, "");
		return CANNOT_EXECUTE;
	}
	word = judgement.other_libc ? "-" : preload_word(library);
	if (!word)
		return REFUSED;
	/* A path would lead the other loader to the library of the wrong architecture. */
	if (*judgement.library && strchr(word, '/')) {
		fprintf(stderr,
			"cloexec-run: %s: it is for another architecture, and its loader would only find %s by name; "
			"install this libcloexec.so too where the loader looks%s\n",
			path, judgement.library,
			force ? "; running it all the same" : ", or --force runs it all the same");
		if (!force)
			return REFUSED;
	}
	printf("%s %s%s\n", word,
	       judgement.script               ? "script"
	       : program_names_shell(command) ? "shell"
					      : "program",
	       wants_asan_first(judgement.program) ? " asan" : "");
	return fflush(stdout) == 0 ? 0 : REFUSED;
}
