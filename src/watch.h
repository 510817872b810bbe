/* What the program itself says of a descriptor's flag, and what it does that the next program may count on.
 *
 * Shared by the calls of these names and syscall().  Each takes a result and gives it back.
 */
#ifndef CLOEXEC_WATCH_H
#define CLOEXEC_WATCH_H

#include "libc.h"
#include "mark.h"
#include "notes.h"

/* A lock was taken, or given up. */
static inline int watch_lock(int fd, bool unlock, int result)
{
	if (result == 0 && unlock)
		notes_unlock(fd);
	else if (result == 0)
		notes_lock(fd);
	return result;
}

/* fcntl, but for F_DUPFD: its word about the flag is the last, and its locks are locks. */
static inline int watch_fcntl(int fd, int command, long argument, int result)
{
	switch (command) {
	case F_SETFD:
		if (result == 0)
			mark_drop(fd);
		break;
	case F_DUPFD_CLOEXEC:
		if (result >= 0)
			mark_drop(result);
		break;
	case F_SETLK:
	case F_SETLKW:
#if defined F_SETLK64 && F_SETLK64 != F_SETLK
	case F_SETLK64:
	case F_SETLKW64:
#endif
	case F_OFD_SETLK:
	case F_OFD_SETLKW: /* the type comes first in every struct of theirs */
		return watch_lock(fd, result == 0 && *(const short *)argument == F_UNLCK, result); // NOLINT(performance-no-int-to-ptr)
	default:
		break;
	}
	return result;
}

/* ioctl: FIOCLEX and FIONCLEX say what F_SETFD says. */
static inline int watch_ioctl(int fd, unsigned request, int result)
{
	if (!LIKELY(request != FIOCLEX && request != FIONCLEX) && result == 0)
		mark_drop(fd);
	return result;
}

#endif
