/* A seccomp filter of the program's own.
 *
 * Who filters system calls knows those that the program makes, not those that we would make in their place, nor the
 * flags that we would add; and may kill for either.  So where a process is seen to install a filter, everything in it,
 * and in the children that it forks, is passed through untouched from then on.  A filter that was there when the
 * program started is met call by call instead: what it refuses is made without us (descriptor.h).
 */
#ifndef CLOEXEC_FILTER_H
#define CLOEXEC_FILTER_H

#include "libc.h"

#include <stdbool.h>

/* Before a call that sets a filter, if `sets` says so: is that to be believed?  Not of a vfork child, whose memory is its
 * parent's; and afterwards even to ask may be forbidden. */
bool filter_is_asked(bool sets);

/* Is it what the system call seccomp does with this operation, and did it succeed?  Rests on seccomp (Linux 3.17); by
 * prctl PR_SET_SECCOMP (Linux 2.6.23) does, with 0. */
static inline bool filter_is_set_by(unsigned operation)
{
	enum { FILTER = 1 }; /* and strict mode, 0 */

	return operation <= FILTER;
}

static inline bool filter_was_set(unsigned flags, long result)
{
	enum { NEW_LISTENER = 1 << 3 };

	/* Above 0 is the thread that kept all threads from being filtered, or a new descriptor. */
	return result == 0 || (result > 0 && (flags & NEW_LISTENER));
}

/* A filter that was asked for is there.  Async-signal-safe, touches no errno. */
void filter_installed(void);

#endif
