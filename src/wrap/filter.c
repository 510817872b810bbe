/* prctl: the usual way to install a seccomp filter; by number, see syscall.c. */
#include "filter.h"

#include "descriptor.h"
#include "handoff.h"
#include "watch.h"
#include "wrap.h"

#include <stdarg.h>

bool filter_is_asked(bool sets)
{
	return sets && !notes_borrowed();
}

void filter_installed(void)
{
	descriptor_stop();
	trace_stop();
	handoff_stop();
	notes_stop();
}

/* Four more arguments, which may not be there: read like libc reads them. */
#define PRCTL(name)                                                                               \
	EXPORT int name(int option, ...)                                                          \
	{                                                                                         \
		va_list arguments;                                                                \
		unsigned long argument[4];                                                        \
		bool asked = filter_is_asked(option == PR_SET_SECCOMP);                           \
		int result;                                                                       \
                                                                                                  \
		va_start(arguments, option);                                                      \
		for (int i = 0; i < 4; i++)                                                       \
			argument[i] = va_arg(arguments, unsigned long);                           \
		va_end(arguments);                                                                \
		watch_filter(option == PR_SET_SECCOMP, argument[0] == 1, (long)argument[1]);      \
		result = NEXT(prctl)(option, argument[0], argument[1], argument[2], argument[3]); \
		if (asked && result == 0)                                                         \
			filter_installed();                                                       \
		return result;                                                                    \
	}

PRCTL(prctl)
PRCTL(__prctl_time64)
