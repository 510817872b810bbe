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
#include <stddef.h>

/* How a call is treated. */
enum way {
	UNDECIDED, /* nobody has read the policy */
	LEAVE,     /* next definition, untouched */
	WATCH,     /* the same, but marked as if it had the flag: CLOEXEC_AUDIT */
	AFTER,     /* the flag is set when the call has returned */
	ATOMIC,    /* the flag goes in with the call */
	UNPROVEN,  /* so it does, and the first descriptor will show whether the system took notice: CLOEXEC_VERIFY */
	TRACED,    /* so it does, and the trace is told who called */
};
#define IS_ATOMIC(way) ((way) >= ATOMIC)

/* The policy as the wrappers need it, read by whoever comes first: the constructor or a wrapper.  A byte for each call
 * says its way, LEAVE for all of them where the master switch is off; it goes from ATOMIC to AFTER, once, when this
 * system turns out not to have the facility.  Any but UNDECIDED also says that the rest is there. */
enum descriptor_switch { UNREAD, ON, OFF, STOPPED };
extern HIDDEN int descriptor_master;                /* the switch; atomic; for descriptor.c */
extern HIDDEN unsigned char descriptor_ways[CALLS]; /* atomic */

/* No number above this one is exempt: 2, or INT_MAX where CLOEXEC_KEEP names any or nobody has read it.  Written once,
 * before the ways. */
extern HIDDEN int descriptor_exempt_limit;

/* A call has given the program number 2: what it writes there may be anything.  Atomic. */
extern HIDDEN bool descriptor_made_stderr;

/* The master switch for a program that turns it itself: from now on, for all threads.  It reads the policy if nobody
 * has. */
void descriptor_set_default(bool on);

/* An audit is over before the program begins: from now on calls are covered, and what was made before is flagged.  For
 * the constructor. */
void descriptor_end_audit(void);

/* From now on every call is the next definition, untouched, and nobody can turn that back. */
void descriptor_stop(void);

/* Reads the policy if nobody has.  Idempotent and without a lock: two threads that come first at once store the same
 * bytes.  Before the constructor, which says `settled`, there may be no environment yet: then the switch stays UNREAD,
 * and the defaults are obeyed meanwhile. */
enum descriptor_switch descriptor_read_policy(bool settled);

/* The policy that is in force.  For the constructor, once it is read. */
const struct policy *descriptor_policy(void);

/* Where errno is, from the thread pointer: the same distance in every thread.  A call of libc to ask would cost as much
 * as the decision.  Valid once the policy was read. */
#if defined __has_builtin
#if __has_builtin(__builtin_thread_pointer)
#define THREAD_POINTER ((char *)__builtin_thread_pointer())
#endif
#endif
extern HIDDEN ptrdiff_t descriptor_errno_distance;

static inline int descriptor_errno(void)
{
#ifdef THREAD_POINTER
	return *(const int *)(const void *)(THREAD_POINTER + descriptor_errno_distance);
#else
	return errno;
#endif
}

/* The way of one call, from the decision to the finished descriptor. */
struct attempt {
	unsigned char call; /* enum call */
	unsigned char way;  /* enum way */
	int saved_errno;    /* as the program left it */
	int refusal;        /* why the atomic form was no good, if it was not */
	const void *caller; /* where the wrapper that began it comes back to */
};
_Static_assert(CALLS < UINT8_MAX, "a call and what means none must fit into a byte");

/* The way of a call that nobody has decided on. */
enum way descriptor_decide(enum call call);

static inline enum way descriptor_way(enum call call)
{
	return (enum way)__atomic_load_n(&descriptor_ways[call], __ATOMIC_ACQUIRE);
}

/* Decides how to make `call`.  `asked`: the program asks for the flag itself, or this form of the call makes no
 * descriptor; it is left alone.  To be called by what the program calls, and by nothing else: it notes who that is. */
static inline __attribute__((always_inline)) struct attempt descriptor_begin(enum call call, bool asked)
{
	struct attempt attempt = {.call = (unsigned char)call, .way = LEAVE, .caller = __builtin_return_address(0)};
	enum way way;

	if (asked)
		return attempt;
	way = descriptor_way(call);
	if (!LIKELY(way != UNDECIDED))
		way = descriptor_decide(call);
	attempt.way = (unsigned char)way;
	attempt.saved_errno = descriptor_errno();
	return attempt;
}

/* The same where there is no atomic form this time. */
static inline struct attempt descriptor_after(struct attempt attempt)
{
	if (IS_ATOMIC(attempt.way))
		attempt.way = AFTER;
	return attempt;
}

/* The call was made, in the atomic form if that is its way, and gave `result`.  DESCRIPTOR_RETRY: this system does not
 * know the form; the plain call is worth a try, and the attempt goes on with that.  Otherwise gives back `result`. */
enum { DESCRIPTOR_RETRY = INT_MIN };
long descriptor_refused(struct attempt *attempt, long result);

/* The plain call after that gave `result`.  If it succeeded it was not the arguments: remembers the refusal where the
 * table says so, and gives the program its errno back.  Gives back `result`. */
long descriptor_recover(const struct attempt *attempt, long result);

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

/* The rare half of descriptor_settle().  Gives back `fd`. */
int descriptor_correct(enum call call, enum way way, int fd, const void *caller);

/* Every new descriptor ends here.  `fd` may be a failed call's -1.  Gives back `fd`. */
static inline int descriptor_settle(struct attempt attempt, int fd)
{
	if (LIKELY(attempt.way == ATOMIC && fd > descriptor_exempt_limit))
		return mark_note(fd, (unsigned char)(attempt.call + 1));
	return descriptor_correct(attempt.call, attempt.way, fd, attempt.caller);
}

/* The rare half for a call that wanted `source`, or a descriptor by this path; and the same for a number that the program
 * chose: no exempt one comes there, dup2 and dup3 know beforehand. */
int descriptor_correct_copy(const struct attempt *attempt, int fd, int source);
int descriptor_correct_path(const struct attempt *attempt, int fd, const char *path);
int descriptor_place(const struct attempt *attempt, int fd, int source);

/* Makes a call in the way that was decided and gives its result: `atomic` is the call with the flag in it, `plain` the
 * program's own.  Where the system refuses the first it makes the second, and `attempt` says so. */
#define DESCRIPTOR_ATTEMPT(attempt, atomic, plain)                                                              \
	({                                                                                                      \
		__typeof__(plain) attempt_result = LIKELY(IS_ATOMIC((attempt).way)) ? (atomic) : (plain);       \
                                                                                                                \
		if (!LIKELY(attempt_result >= 0)) {                                                             \
			struct attempt attempt_rare = (attempt);                                                \
                                                                                                                \
			if (descriptor_refused(&attempt_rare, attempt_result) == DESCRIPTOR_RETRY)              \
				attempt_result = (__typeof__(plain))descriptor_recover(&attempt_rare, (plain)); \
			(attempt).way = attempt_rare.way;                                                       \
		}                                                                                               \
		attempt_result;                                                                                 \
	})

/* What the wrapper of a call that returns a descriptor comes down to; one that wanted another, or the path of one; and one
 * that is told the number. */
#define CREATE(name, asked, atomic, plain)                                                                                \
	CREATE_BY(mark_note, > descriptor_exempt_limit,                                                                   \
		  descriptor_correct((enum call)rare.call, (enum way)rare.way, create_result, rare.caller), name, asked, \
		  atomic, plain)
#define CREATE_COPY(name, source, asked, atomic, plain)                                                              \
	CREATE_BY(mark_note, > descriptor_exempt_limit, descriptor_correct_copy(&rare, create_result, source), name, \
		  asked, atomic, plain)
#define CREATE_PATH(name, path, asked, atomic, plain)                                                              \
	CREATE_BY(mark_note, > descriptor_exempt_limit, descriptor_correct_path(&rare, create_result, path), name, \
		  asked, atomic, plain)
#define CREATE_AT(name, source, asked, atomic, plain) \
	CREATE_BY(mark_place, >= 0, descriptor_place(&rare, create_result, source), name, asked, atomic, plain)

/* What nearly always happens comes first, in as few steps as can be: `mark` is all that is left to do for a result that is
 * `good`.  The rest has its attempt in memory, and what it calls hands results through, so that hardly a register has to
 * be saved. */
#define CREATE_BY(mark, good, correct, name, asked, atomic, plain)                                                 \
	({                                                                                                         \
		const bool create_asked = (asked) != 0;                                                            \
		const bool create_usual = !create_asked && LIKELY(descriptor_way(CALL_##name) == ATOMIC);          \
		const int create_errno = descriptor_errno();                                                       \
		int create_result = -1;                                                                            \
                                                                                                                   \
		if (create_usual && LIKELY((create_result = (atomic)) good)) {                                     \
			create_result = mark(create_result, CALL_##name + 1);                                      \
		} else {                                                                                           \
			struct attempt rare = {                                                                    \
				.call = CALL_##name,                                                               \
				.way = ATOMIC,                                                                     \
				.saved_errno = create_errno,                                                       \
				.caller = __builtin_return_address(0),                                             \
			};                                                                                         \
                                                                                                                   \
			if (!create_usual) {                                                                       \
				rare = descriptor_begin(CALL_##name, create_asked);                                \
				create_result = IS_ATOMIC(rare.way) ? (atomic) : (plain);                          \
			}                                                                                          \
			create_result = (int)descriptor_refused(&rare, create_result);                             \
			if (create_result == DESCRIPTOR_RETRY)                                                     \
				create_result = (int)descriptor_recover(&rare, (plain));                           \
			create_result = correct;                                                                   \
		}                                                                                                  \
		create_result;                                                                                     \
	})

/* The same for a call that fills in two. */
#define CREATE_PAIR(name, asked, pair, atomic, plain)                                          \
	({                                                                                     \
		struct attempt create = descriptor_begin(CALL_##name, (asked) != 0);           \
		int create_result = -1;                                                        \
                                                                                               \
		if (LIKELY(create.way == ATOMIC) && LIKELY((create_result = (atomic)) == 0)) { \
			descriptor_settle(create, (pair)[0]);                                  \
			descriptor_settle(create, (pair)[1]);                                  \
		} else {                                                                       \
			struct attempt rare = create;                                          \
                                                                                               \
			if (rare.way != ATOMIC)                                                \
				create_result = IS_ATOMIC(rare.way) ? (atomic) : (plain);      \
			create_result = (int)descriptor_refused(&rare, create_result);         \
			if (create_result == DESCRIPTOR_RETRY)                                 \
				create_result = (int)descriptor_recover(&rare, (plain));       \
			if (create_result == 0) {                                              \
				descriptor_settle(rare, (pair)[0]);                            \
				descriptor_settle(rare, (pair)[1]);                            \
			}                                                                      \
		}                                                                              \
		create_result;                                                                 \
	})

#endif
