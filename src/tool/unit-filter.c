#include <config.h>

#include "unit-filter.h"

#include "show.h"

#include <errno.h>
#include <stdio.h>
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
	{"ioctl", NULL},
	{"madvise", NULL},
	{"statx", NULL},
};

static bool has_word(const char *words, const char *wanted)
{
	char word[64];

	while (show_word(&words, word, sizeof word))
		if (strcmp(word, wanted) == 0)
			return true;
	return false;
}

static bool permits(const char *filter, const char *call)
{
	return *filter == '~' ? !has_word(filter + 1, call) : !*filter || has_word(filter, call);
}

void filter_check(const char *filter, long error, bool alters, void (*tell)(void *data, const char *text), void *data)
{
	enum { KILLS = 0x10000 }; /* systemd's number for that is beyond all of errno */
	const char *fate = error == 0 || error >= KILLS ? "is killed for it" : "fails there";

	/* These the library understands: it makes the program's own call then, and sets the flag afterwards. */
	if (error == EPERM || error == ENOSYS)
		return;
	for (const struct row *row = rows; row < rows + sizeof rows / sizeof *rows; row++) {
		char text[256];

		if (permits(filter, row->call))
			continue;
		if (!row->plain)
			snprintf(text, sizeof text,
				 "SystemCallFilter= does not permit %s, which the library needs, and the program %s: "
				 "permit it",
				 row->call, fate);
		else if (alters && permits(filter, row->plain))
			snprintf(text, sizeof text,
				 "SystemCallFilter= does not permit %s, which the library calls for %s, and the "
				 "program %s: "
				 "permit it, or set SystemCallErrorNumber=EPERM or CLOEXEC_ATOMIC=0",
				 row->call, row->plain, fate);
		else
			continue;
		tell(data, text);
	}
}
