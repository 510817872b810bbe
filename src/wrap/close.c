/* close and its kin: a number that is free is nobody's.  The mark goes first: afterwards the number may be another
 * thread's. */
#include "watch.h"
#include "wrap.h"

static __attribute__((noinline)) int close_traced(int fd)
{
	watch_close(fd);
	trace_close(fd);
	return NEXT(close)(fd);
}

#define CLOSE(name)                              \
	EXPORT int name(int fd)                  \
	{                                        \
		if (!LIKELY(!trace_on))          \
			return close_traced(fd); \
		watch_close(fd);                 \
		return NEXT(close)(fd);          \
	}

CLOSE(close)
CLOSE(__close)

/* CLOSE_RANGE_CLOEXEC closes nothing; then the flag is the program's own. */
EXPORT int close_range(unsigned first, unsigned last, int flags)
{
	watch_close_range(first, last, flags);
	return NEXT(close_range)(first, last, flags);
}

EXPORT void closefrom(int first)
{
	watch_close_range(first < 0 ? 0 : (unsigned)first, UINT_MAX, 0);
	NEXT(closefrom)(first);
}
