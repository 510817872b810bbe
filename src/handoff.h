/* The hand-off: what a child set up on purpose stays open across its exec.
 *
 * Only marked descriptors are handed on, whose flag is ours, and only those that the new program gets on purpose:
 *   placed    the process that executes put them on their number itself, with dup2 or dup3, or
 *             with an F_DUPFD that gave the very number it was asked for, which had just been closed
 *   locked    it took a lock on them itself since it was forked
 *   executed  the program is a descriptor, or is named by one
 *   named     the program is told the number, in one of the forms of named.def
 *   helper    the JDK's helper is told numbers by a pipe, and closes all else itself: it gets every pipe
 *
 * Async-signal-safe, for vfork children too: nothing is allocated and no environment is edited.
 */
#ifndef CLOEXEC_HANDOFF_H
#define CLOEXEC_HANDOFF_H

#include "compiler.h"
#include "notes.h"

#include <stdbool.h>
#include <stdint.h>

/* What is handed on by one exec.  More than this is not. */
enum { HANDED = 256 };
enum handed_rule { HANDED_PLACED, HANDED_LOCKED, HANDED_EXECUTED, HANDED_NAMED, HANDED_HELPER };
struct handed {
	unsigned count;
	bool borrowed; /* by a vfork child: the marks are its parent's */
	uint16_t number[HANDED];
	unsigned char rule[HANDED]; /* why, for the trace */
	struct notes notes;         /* as they were */
};

/* Remembers what this process was started with: a variable that it only passes on tells nobody anything.  For the
 * constructor. */
void handoff_start(void);

/* A child is about to be made by clone, or by a system call with such flags: what it shares with us decides what it may
 * believe. */
void fork_by_flags(unsigned long flags);

/* No hand-off in this process any more, nor in its children. */
void handoff_stop(void);

/* Chooses what `file` gets, or the program in `fd` where `file` is NULL, clears the flags, and wipes this thread's
 * notes. Touches no errno; in an audit, no flag. */
void handoff_begin(struct handed *handed, const char *file, int fd, char *const *arguments, char *const *environment);

/* The exec failed: everything as it was. */
void handoff_undo(const struct handed *handed);

/* Chooses for a child that posix_spawn is to make: what it is told (named, helper, executed).  Clears nothing. */
void handoff_choose_for_child(struct handed *handed, const char *file, char *const *arguments,
			      char *const *environment);

#endif
