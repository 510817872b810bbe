/* The descriptors of a running process, as an exec of it would find them. */
#ifndef CLOEXEC_DESCRIPTORS_H
#define CLOEXEC_DESCRIPTORS_H

#include "origin.h"
#include "process.h"

#include "kind.h"

#include <stdbool.h>
#include <stddef.h>

struct descriptor {
	int fd;
	bool passed; /* an exec would pass it on: FD_CLOEXEC is not set */
	enum kind kind;
	enum origin origin;
	char *target; /* a path, an address, or what the kernel has for a name */
};

struct descriptors {
	struct descriptor *list;
	size_t count;
	size_t room;
};

/* Fills `found`, which begins as zeros and is used again for the next process, with those that would be passed on, from
 * 3 upwards; `all`: and with the others.  Gives 0 or an errno: EACCES where we may not look, ENOENT or ESRCH where the
 * process has ended.  The flag is in /proc/PID/fdinfo and nowhere else: three system calls for each descriptor, and
 * more for those that are told of. */
int descriptors_read(struct descriptors *found, const struct process *process, bool all);

#endif
