#include <config.h>

#include "unit-filter.h"

#include "show.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The system calls that the library makes where the program makes another one, and those that it makes besides. */
static const struct row {
	const char *call;
	const char *plain; /* the program's own; NULL: whatever it calls */
} rows[] = {
	{"accept4", "accept"},
	{"dup3", "dup2"},
	{"epoll_create1", "epoll_create"},
	{"eventfd2", "eventfd"},
	{"inotify_init1", "inotify_init"},
	{"pipe2", "pipe"},
	{"signalfd4", "signalfd"},
	{"fcntl", NULL},
	{"futex", NULL},
	{"ioctl", NULL},
	{"madvise", NULL},
	{"statx", NULL},
};

/* What becomes of the program that makes a call.  `unnamed` is the fate of what the filter refuses without an error of
 * its own (CALL:ERRNO, CALL:kill). */
enum fate { PERMITTED, UNDERSTOOD, FAILS, KILLED };

static enum fate fate_of_number(long error)
{
	enum { KILLS = 0x10000 }; /* systemd's number for that is beyond all of errno */

	/* These two the library understands: it makes the program's own call then, and sets the flag afterwards. */
	if (error == EPERM || error == ENOSYS)
		return UNDERSTOOD;
	return error == 0 || error >= KILLS ? KILLED : FAILS;
}

static enum fate fate_of_word(const char *error)
{
	char *end;
	long number = strtol(error, &end, 10);

	if (strcmp(error, "EPERM") == 0 || strcmp(error, "ENOSYS") == 0)
		return UNDERSTOOD;
	if (strcmp(error, "kill") == 0)
		return KILLED;
	return *error && !*end ? fate_of_number(number) : FAILS;
}

static enum fate fate_of(const char *filter, const char *call, enum fate unnamed)
{
	bool denies = *filter == '~';
	size_t length = strlen(call);
	char word[64];

	for (filter += denies; show_word(&filter, word, sizeof word);)
		if (strncmp(word, call, length) == 0 && (!word[length] || word[length] == ':'))
			return !denies ? PERMITTED : word[length] ? fate_of_word(word + length + 1) : unnamed;
	return denies ? PERMITTED : unnamed;
}

void filter_check(const char *filter, long error, bool alters, void (*tell)(void *data, const char *text), void *data)
{
	enum fate unnamed = fate_of_number(error);

	if (!*filter)
		return;
	for (const struct row *row = rows; row < rows + sizeof rows / sizeof *rows; row++) {
		enum fate fate = fate_of(filter, row->call, unnamed);
		const char *words = fate == KILLED ? "is killed for it" : "fails there";
		char text[256];

		if (fate <= UNDERSTOOD)
			continue;
		if (!row->plain)
			snprintf(text, sizeof text,
				 "SystemCallFilter= does not permit %s, which the library needs, and the program %s: "
				 "permit it",
				 row->call, words);
		else if (alters && fate_of(filter, row->plain, unnamed) == PERMITTED)
			snprintf(text, sizeof text,
				 "SystemCallFilter= does not permit %s, which the library calls for %s, and the "
				 "program %s: "
				 "permit it, or set SystemCallErrorNumber=EPERM or CLOEXEC_ATOMIC=0",
				 row->call, row->plain, words);
		else
			continue;
		tell(data, text);
	}
}
