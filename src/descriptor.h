/* The decision and the flag: every new descriptor passes here once.
 *
 * Everything in this room may run anywhere: before our constructor, in signal handlers, in vfork children.  It takes no
 * lock, allocates nothing, and leaves errno as the call left it.
 */
#ifndef CLOEXEC_DESCRIPTOR_H
#define CLOEXEC_DESCRIPTOR_H

#include "calls.h"
#include "compiler.h"
#include "libc.h"
#include "mark.h"
#include "policy.h"
#include "record.h"
#include "trace.h"

#include <limits.h>
#include <stdbool.h>

/* How a call is treated. */
enum way {
	LEAVE,    /* next definition, untouched */
	WATCH,    /* the same, but marked as if it had the flag: CLOEXEC_AUDIT */
	AFTER,    /* the flag is set when the call has returned */
	ATOMIC,   /* the flag goes in with the call */
	UNPROVEN, /* so it does, and the first descriptor will show whether the system took notice: CLOEXEC_VERIFY */
	TRACED,   /* so it does, and the trace is told who called */
};
#define IS_ATOMIC(way) ((way) >= ATOMIC)

/* The policy as the wrappers need it, read by whoever comes first: the constructor or a wrapper.  A byte for each call
 * says its way; it goes from ATOMIC to AFTER, once, when this system turns out not to have the facility. */
enum descriptor_switch { UNREAD, ON, OFF, STOPPED };
extern HIDDEN unsigned char descriptor_switch;      /* atomic; any but UNREAD also says that the rest is there */
extern HIDDEN unsigned char descriptor_ways[CALLS]; /* atomic, relaxed */

/* No number above this one is exempt: 2, or INT_MAX where CLOEXEC_KEEP names any or nobody has read it.  Written once,
 * before the switch. */
extern HIDDEN int descriptor_exempt_limit;

/* The master switch for a program that turns it itself: from now on, for all threads.  It reads the policy if nobody
 * has. */
void descriptor_set_default(bool on);

/* From now on every call is the next definition, untouched, and nobody can turn that back. */
void descriptor_stop(void);

/* Reads the policy if nobody has.  Idempotent and without a lock: two threads that come first at once store the same
 * bytes.  Before the constructor, which says `settled`, there may be no environment yet: then the switch stays UNREAD,
 * and the defaults are obeyed meanwhile. */
enum descriptor_switch descriptor_read_policy(bool settled);

/* The policy that is in force.  For the constructor, once it is read. */
const struct policy *descriptor_policy(void);

/* The way of one call, from the decision to the finished descriptor. */
struct attempt {
	unsigned char call; /* enum call */
	unsigned char way;  /* enum way; two registers carry it all */
	int saved_errno;    /* as the program left it */
	const void *caller; /* where the wrapper that began it comes back to */
};
_Static_assert(CALLS < UINT8_MAX, "a call and what means none must fit into a byte");

/* Decides how to make `call`.  `asked`: the program asks for the flag itself, or this form of the call makes no
 * descriptor; it is left alone.  To be called by what the program calls, and by nothing else: it notes who that is. */
static inline __attribute__((always_inline)) struct attempt descriptor_begin(enum call call, bool asked)
{
	struct attempt attempt = {.call = (unsigned char)call, .way = LEAVE, .caller = __builtin_return_address(0)};

	if (!asked && (LIKELY(__atomic_load_n(&descriptor_switch, __ATOMIC_ACQUIRE) == ON) ||
		       descriptor_read_policy(false) == ON)) {
		attempt.way = __atomic_load_n(&descriptor_ways[call], __ATOMIC_RELAXED);
		attempt.saved_errno = errno;
	}
	return attempt;
}

/* The same where there is no atomic form this time. */
static inline struct attempt descriptor_after(struct attempt attempt)
{
	if (IS_ATOMIC(attempt.way))
		attempt.way = AFTER;
	return attempt;
}

/* The atomic form of `call` failed.  Gives errno if that means that the system does not know the form, and the plain
 * call is worth a try; else 0. */
int descriptor_refusal(enum call call);

/* The plain call after a refusal with `error` succeeded, so it was not the arguments: remembers that where the table
 * says so, and gives the program its errno back. */
void descriptor_recover(enum call call, int error, int saved_errno);

/* Is this number never flagged: 0-2, and what CLOEXEC_KEEP names?  False for negative numbers.  Reads the policy if
 * nobody has. */
bool descriptor_named_exempt(int fd);

static inline bool descriptor_exempt(int fd)
{
	return !LIKELY(fd > descriptor_exempt_limit) && descriptor_named_exempt(fd);
}

/* The flag of `fd`, with raw system calls. */
bool descriptor_flag(int fd);

/* Sets or clears the flag of `fd`: one ioctl, or fcntl where that is refused (O_PATH). */
void descriptor_set_flag(int fd, bool on);

/* The rare half of descriptor_settle(). */
void descriptor_correct(enum call call, enum way way, int fd, const void *caller);

/* Every new descriptor ends here.  `fd` may be a failed call's -1.  Gives back `fd`. */
static inline int descriptor_settle(struct attempt attempt, int fd)
{
	if (LIKELY(attempt.way == ATOMIC && fd > descriptor_exempt_limit))
		mark_note(fd, (unsigned char)(attempt.call + 1));
	else
		descriptor_correct(attempt.call, attempt.way, fd, attempt.caller);
	return fd;
}

/* The same for a call that wanted `source`, a descriptor or the path of one. */
static inline int descriptor_settle_copy(struct attempt attempt, int fd, int source)
{
	descriptor_settle(attempt, fd);
	if (!LIKELY(fd >= 0) && trace_on && errno == EBADF)
		record_missed(source, attempt.call, attempt.caller);
	return fd;
}

static inline int descriptor_settle_path(struct attempt attempt, int fd, const char *path)
{
	descriptor_settle(attempt, fd);
	if (!LIKELY(fd >= 0) && trace_on)
		record_missed_path(path, attempt.call, attempt.caller);
	return fd;
}

/* The same for a number that the program chose.  No exempt one comes here: dup2 and dup3 know beforehand. */
static inline int descriptor_place(struct attempt attempt, int fd, int source)
{
	if (!LIKELY(attempt.way == ATOMIC))
		descriptor_correct(attempt.call, attempt.way, fd, attempt.caller);
	if (!LIKELY(fd >= 0) && trace_on && errno == EBADF)
		record_missed(source, attempt.call, attempt.caller);
	if (attempt.way != LEAVE && fd >= 0) {
		mark_place(fd, (unsigned char)(attempt.call + 1));
		notes_place(fd);
	}
	return fd;
}

/* Makes a call in the way that was decided and gives its result: `atomic` is the call with the flag in it, `plain` the
 * program's own.  Where the system refuses the first it makes the second, and `attempt` says so. */
#define DESCRIPTOR_ATTEMPT(attempt, atomic, plain)                                                                \
	({                                                                                                        \
		__typeof__(plain) attempt_result = LIKELY(IS_ATOMIC((attempt).way)) ? (atomic) : (plain);         \
                                                                                                                  \
		if (!LIKELY(attempt_result >= 0) && IS_ATOMIC((attempt).way)) {                                   \
			int attempt_error = descriptor_refusal((attempt).call);                                   \
                                                                                                                  \
			if (attempt_error) {                                                                      \
				(attempt).way = AFTER;                                                            \
				attempt_result = (plain);                                                         \
				if (attempt_result >= 0)                                                          \
					descriptor_recover((attempt).call, attempt_error, (attempt).saved_errno); \
			}                                                                                         \
		}                                                                                                 \
		attempt_result;                                                                                   \
	})

/* What the wrapper of a call that returns a descriptor comes down to; the second where it wanted another one, or the
 * path of one. */
#define CREATE(call, asked, atomic, plain) \
	CREATE_BY(descriptor_settle(create, create_result), call, asked, atomic, plain)
#define CREATE_COPY(call, source, asked, atomic, plain) \
	CREATE_BY(descriptor_settle_copy(create, create_result, source), call, asked, atomic, plain)
#define CREATE_PATH(call, path, asked, atomic, plain) \
	CREATE_BY(descriptor_settle_path(create, create_result, path), call, asked, atomic, plain)
#define CREATE_BY(settle, call, asked, atomic, plain)                                \
	({                                                                           \
		struct attempt create = descriptor_begin(CALL_##call, (asked) != 0); \
		int create_result = DESCRIPTOR_ATTEMPT(create, atomic, plain);       \
                                                                                     \
		settle;                                                              \
	})

/* The same for a call that fills in two. */
#define CREATE_PAIR(call, asked, pair, atomic, plain)                                \
	({                                                                           \
		struct attempt create = descriptor_begin(CALL_##call, (asked) != 0); \
		int create_result = DESCRIPTOR_ATTEMPT(create, atomic, plain);       \
                                                                                     \
		if (create_result == 0) {                                            \
			descriptor_settle(create, (pair)[0]);                        \
			descriptor_settle(create, (pair)[1]);                        \
		}                                                                    \
		create_result;                                                       \
	})

#endif
