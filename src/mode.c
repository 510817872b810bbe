/* Mode strings. */
#include "mode.h"

#include "libc.h"

#include <string.h>

#ifdef __GLIBC__
enum { MODE_READ = 7 }; /* how many characters fopen looks at */
#else
enum { MODE_READ = MODE_SIZE };
#endif

bool mode_asks(const char *mode)
{
	return memchr(mode, 'e', strnlen(mode, MODE_READ)) != NULL;
}

bool mode_asks_popen(const char *mode)
{
	return strchr(mode, 'e') != NULL;
}

bool mode_flag(char flagged[MODE_SIZE], const char *mode)
{
	size_t length = strnlen(mode, MODE_SIZE);

	if (length + 2 > MODE_SIZE || (mode[0] != 'r' && mode[0] != 'w' && mode[0] != 'a'))
		return false;
	if (length >= MODE_READ && strchr("+xmc", mode[MODE_READ - 1]))
		return false;
	flagged[0] = mode[0];
	flagged[1] = 'e';
	memcpy(flagged + 2, mode + 1, length);
	return true;
}
