/* Is this running process covered? */
#ifndef CLOEXEC_COVER_H
#define CLOEXEC_COVER_H

#include "process.h"

enum cover_state {
	COVER_UNKNOWN, /* we may not look */
	COVER_NONE,    /* the library is not in it */
	COVER_OFF,     /* it is, and its policy says to do nothing: `off` names the variable */
	COVER_ON,
};

struct cover {
	enum cover_state state;
	const char *off;        /* CLOEXEC_DEFAULT or the like, as the process was started with it */
	bool replaced;          /* another file stands in the library's place since it was loaded */
	char library[PATH_MAX]; /* what is loaded */
};

/* Looks for the library in what the process has mapped, and for its policy in the environment that it was started with.
 * What the process changed since, with cloexec_setdefault(3) or by writing over its environment, is not seen. */
void cover_read(struct cover *cover, const struct process *process);

/* Calls `use` with the value of the variable `name` of the environment that the process was started with; false if that
 * can't be read.  `value` is NULL where it has none. */
bool cover_variable(const struct process *process, const char *name, void (*use)(void *data, const char *value),
		    void *data);

/* Is it in secure execution, where the loader believes no LD_PRELOAD?  -1: that can't be read. */
int cover_secure(const struct process *process);

#endif
