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

/* Did a call with these arguments and this result install a filter: prctl, or the system call seccomp?  Rests on
 * PR_SET_SECCOMP (Linux 2.6.23) and seccomp (Linux 3.17). */
static inline bool filter_by_prctl(int option, long result)
{
	enum { SET_SECCOMP = 22 };

	return option == SET_SECCOMP && result == 0;
}

static inline bool filter_by_seccomp(unsigned operation, unsigned flags, long result)
{
	enum { STRICT = 0, FILTER = 1, NEW_LISTENER = 1 << 3 };

	/* Above 0 is the thread that kept all threads from being filtered, or a new descriptor. */
	return operation <= FILTER && (result == 0 || (result > 0 && (flags & NEW_LISTENER)));
}

/* It did.  Not believed of a vfork child, whose memory is its parent's.  Async-signal-safe, touches no errno. */
void filter_installed(void);

#endif
