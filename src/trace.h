/* The trace: where descriptors come from, as far as we saw it, and what becomes of them.
 *
 * CLOEXEC_TRACE turns it on, once, before the first call is judged; it may be turned off for good.  While it is off
 * nothing of this costs more than one predicted branch: no way (descriptor.h) leads here but by the rare half of its
 * end.
 *
 * Everything may run anywhere: signal handlers, vfork children, before our constructor.  Raw system calls, no lock, no
 * allocation, errno untouched.
 */
#ifndef CLOEXEC_TRACE_H
#define CLOEXEC_TRACE_H

#include "about.h"
#include "compiler.h"

#include <stdbool.h>
#include <stdint.h>

/* What is known of a descriptor. */
enum origin_state {
	UNSEEN,       /* nothing: nobody told us of it */
	INHERITED,    /* this program was started with it */
	FLAGGED,      /* so it was, and CLOEXEC_INHERITED set our flag on it */
	OURS,         /* the flag is ours */
	OWN,          /* the program, or libc for it, has said what its flag is to be */
	KEPT_NUMBER,  /* left alone: CLOEXEC_KEEP, */
	KEPT_CALL,    /* CLOEXEC_KEEP_CALLS, */
	KEPT_PROGRAM, /* CLOEXEC_KEEP_PROGRAMS, */
	KEPT_DEFAULT, /* CLOEXEC_DEFAULT or cloexec_setdefault */
	GONE,         /* it was here, and is closed */
	TRACING,      /* it is our own, for the time of a record */
};
struct origin {
	const void *caller; /* where the call comes back to, or NULL */
	uint32_t print; /* of the file, so that a number which was closed behind our back is not mistaken; 0: unknown */
	unsigned char call; /* its number plus 1; 0: unknown */
	unsigned char state;
};

extern HIDDEN bool trace_on;

/* Turns it on.  `directory` must live until it returns.  Idempotent, without a lock.  No memory: it stays off. */
void trace_start(const char *directory);

/* Turns it off for good: in this process, and in children that are forked from now on. */
void trace_stop(void);

/* The directory, as it was when tracing began, as place_copy() gives it. */
const char *trace_directory(void);

/* What is open is what this program was started with, but for what is known already; the second: `fd` has our flag
 * since.  For the constructor. */
void trace_inherit(void);
void trace_flag_inherited(int fd);

/* Only where trace_on: from now on that is known of `fd`.  A vfork child's word is for it alone. */
void trace_note(int fd, enum origin_state state, unsigned char call, const void *caller);

/* Only where trace_on: the flag of `fd` is the program's own, whoever made it; or it is closed, and so are those from
 * `first` to `last`. */
void trace_own(int fd);
void trace_close(int fd);
void trace_own_range(unsigned first, unsigned last);
void trace_close_range(unsigned first, unsigned last);

/* What is known of `fd`, if it is still what it was. */
struct origin trace_origin(int fd, const struct about *about);

/* The program asked for `fd`, and it is not open: is that a number that it never had, and is it the first time? */
bool trace_is_missed(int fd);

/* Records that could not be written, by this process and those that it forked, and that nobody has told yet: takes them
 * all, or puts so many back. */
unsigned trace_take_lost(void);
void trace_lose(unsigned count);

/* A file of our own, open for the time of a record; not told of in others' records, and not below 3. */
struct trace_file {
	int fd;        /* or -1 */
	bool is_shown; /* other threads may see it: a vfork child has no others, and a table of descriptors for itself */
	struct origin before;
};
struct trace_file trace_open(int directory, const char *path, int flags);
struct trace_file trace_adopt(int fd);
void trace_shut(struct trace_file file);

/* Calls `found` with every number above 2 that is open, in ascending order. */
void trace_each_open(void (*found)(void *data, int fd), void *data);

#endif
