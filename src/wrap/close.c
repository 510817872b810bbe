/* close and its kin: a number that is free is nobody's.  The mark goes first: afterwards the number may be another
 * thread's. */
#include "wrap.h"

#define CLOSE(name)                     \
	EXPORT int name(int fd)         \
	{                               \
		mark_drop(fd);          \
		return NEXT(close)(fd); \
	}

CLOSE(close)
CLOSE(__close)

/* CLOSE_RANGE_CLOEXEC closes nothing; then the flag is the program's own. */
EXPORT int close_range(unsigned first, unsigned last, int flags)
{
	mark_drop_range(first, last);
	return NEXT(close_range)(first, last, flags);
}

EXPORT void closefrom(int first)
{
	mark_drop_range(first < 0 ? 0 : (unsigned)first, UINT_MAX);
	NEXT(closefrom)(first);
}
