/* Where a process has a descriptor from. */
#ifndef CLOEXEC_ORIGIN_H
#define CLOEXEC_ORIGIN_H

#include "process.h"

enum origin {
	ORIGIN_UNKNOWN,
	ORIGIN_INHERITED, /* its parent holds the same: this open file, under whatever number */
	ORIGIN_OWN,       /* its parent runs and does not hold it */
};

/* Asks kcmp(2) (Linux 3.5) whether the parent holds the open file that is `fd` there.  Process 1, which takes the
 * orphans in, is only asked for what it does hold.  A parent is listed once, and remembered. */
enum origin origin_of(const struct process *process, int fd);

/* The word for it, the same that a trace has; NULL where it can't be told. */
const char *origin_word(enum origin origin);

#endif
