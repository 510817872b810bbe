/* Terminals. */
#include "wrap.h"

EXPORT int posix_openpt(int flags)
{
	return CREATE(posix_openpt, flags & O_CLOEXEC, NEXT(posix_openpt)(flags | O_CLOEXEC),
		      NEXT(posix_openpt)(flags));
}
