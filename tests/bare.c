/* The instruction itself has one home for all machines: the library's.  It is the one thing that tests share with it. */
#include "bare.h"

#include "raw.h"

#include <errno.h>

long bare_system_call(long number, long a, long b, long c, long d, long e, long f)
{
	long result = raw(number, a, b, c, d, e, f);

	if (result >= 0 || result < -4095)
		return result;
	errno = (int)-result;
	return -1;
}
