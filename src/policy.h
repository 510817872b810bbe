/* The policy: what the environment says, parsed once into one struct that nobody changes afterwards.
 *
 * Shared with the `cloexec` tool, which judges the same values with the same parser before a launch.  Nothing here
 * allocates, locks or writes; it may run inside a wrapper that was called before our constructor.
 */
#ifndef CLOEXEC_POLICY_H
#define CLOEXEC_POLICY_H

#include "calls.h"
#include "program.h"

#include <stdbool.h>

enum { POLICY_RANGES = 64 };

/* Why an audit is ignored: nobody would be protected, and nobody would hear of it. */
#define POLICY_AUDIT_WANTS_TRACE "an audit is read in a trace: it needs CLOEXEC_TRACE"

/* How much is handed on by an exec; each includes what comes before. */
enum policy_handoff { HANDOFF_NONE, HANDOFF_PLACED, HANDOFF_ALL };

struct policy {
	bool on;                /* CLOEXEC_DEFAULT: new descriptors get the flag */
	bool atomic;            /* CLOEXEC_ATOMIC: by altered arguments and other system calls where there are any */
	bool verify;            /* CLOEXEC_VERIFY: does the system take notice of the flag?  Asked once for each facility */
	bool kept_program;      /* CLOEXEC_KEEP_PROGRAMS names this program: the library does nothing */
	bool keeps_none;        /* CLOEXEC_KEEP_PROGRAMS is none: not even shells where they are kept by default */
	bool cover_once;        /* CLOEXEC_COVER_ONCE is our process id: @shells does not mean us */
	bool inherited;         /* CLOEXEC_INHERITED: the first process flags what it was started with */
	enum policy_handoff handoff; /* CLOEXEC_HANDOFF */
	const char *trace;      /* CLOEXEC_TRACE, where `get` keeps it: a directory, or NULL */
	bool audit;             /* CLOEXEC_AUDIT: mark only, set no flag */
	bool bad;               /* some value could not be understood and was ignored */
	bool kept_calls[CALLS]; /* CLOEXEC_KEEP_CALLS */
	unsigned ranges;        /* CLOEXEC_KEEP, in `kept` */
	struct policy_range {
		int first;
		int last;
	} kept[POLICY_RANGES];
};

/* One value that is no good: the variable, cloexec-run's option for it, the value, and the reason, in a few words. */
typedef void policy_complaint(const char *variable, const char *option, const char *value, const char *reason);

/* A character of a value as a complaint shows it: one line stays one line, and plays no tricks with a terminal. */
static inline char policy_visible(char character)
{
	return (char)((unsigned char)character < ' ' || character == 0x7f ? '?' : character);
}

/* Fills `policy` from the variables that `get` knows (secure_getenv, getenv or a test's own).  A variable that is unset
 * or empty leaves the default; so does one with a bad value, which is told to `complain` unless that is NULL. `program`
 * is the one that the policy is for, or NULL where values are only to be judged.  Async-signal-safe as far as `get`
 * and `complain` are. */
void policy_read(struct policy *policy, char *(*get)(const char *name), const struct program *program,
		 policy_complaint *complain);

/* Does CLOEXEC_KEEP name this number? */
static inline bool policy_keeps(const struct policy *policy, int fd)
{
	for (unsigned range = 0; range < policy->ranges; range++)
		if (policy->kept[range].first <= fd && fd <= policy->kept[range].last)
			return true;
	return false;
}

#endif
