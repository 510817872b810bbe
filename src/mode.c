/* Mode strings. */
#include "mode.h"

#include "libc.h"

#include <limits.h>

#ifdef __GLIBC__
enum { MODE_READ = 7 }; /* how many characters fopen looks at */
#else
enum { MODE_READ = INT_MAX };
#endif

/* Loops, not calls to libc's: a mode is a letter or two, and this is on the way of every fopen. */
bool mode_asks(const char *mode)
{
	for (int i = 0; i < MODE_READ && mode[i]; i++)
		if (mode[i] == 'e')
			return true;
	return false;
}

bool mode_asks_popen(const char *mode)
{
	for (; *mode; mode++)
		if (*mode == 'e')
			return true;
	return false;
}

/* Characters that fopen acts on, `e` apart. */
static bool matters(char character)
{
	return character == '+' || character == 'x' || character == 'm' || character == 'c';
}

bool mode_flag(char flagged[MODE_SIZE], const char *mode)
{
	int length = 0;

	if (mode[0] != 'r' && mode[0] != 'w' && mode[0] != 'a')
		return false;
	flagged[0] = mode[0];
	flagged[1] = 'e';
	do {
		if (++length + 2 > MODE_SIZE)
			return false;
		flagged[length + 1] = mode[length];
	} while (mode[length]);
	return length < MODE_READ || !matters(mode[MODE_READ - 1]);
}
