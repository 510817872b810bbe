/* prctl: the usual way to install a seccomp filter; by number, see syscall.c. */
#include "filter.h"

#include "descriptor.h"
#include "handoff.h"
#include "watch.h"
#include "wrap.h"

#include <stdarg.h>

void filter_installed(void)
{
	if (notes_borrowed())
		return;
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
		int result;                                                                       \
                                                                                                  \
		va_start(arguments, option);                                                      \
		for (int i = 0; i < 4; i++)                                                       \
			argument[i] = va_arg(arguments, unsigned long);                           \
		va_end(arguments);                                                                \
		watch_filter(option == PR_SET_SECCOMP, argument[0] == 1, (long)argument[1]);      \
		result = NEXT(prctl)(option, argument[0], argument[1], argument[2], argument[3]); \
		if (filter_by_prctl(option, result))                                              \
			filter_installed();                                                       \
		return result;                                                                    \
	}

PRCTL(prctl)
PRCTL(__prctl_time64)
