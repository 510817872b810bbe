/* Terminals. */
#include "wrap.h"

EXPORT int posix_openpt(int flags)
{
	return CREATE(posix_openpt, flags & O_CLOEXEC, NEXT(posix_openpt)(flags | O_CLOEXEC),
		      NEXT(posix_openpt)(flags));
}

/* No room for a flag: posix_openpt with the flags that getpt means has. */
EXPORT int getpt(void)
{
	return CREATE(getpt, false, NEXT(posix_openpt)(O_RDWR | O_CLOEXEC), NEXT(getpt)());
}
