/* What the program itself says of a descriptor's flag, and what it does that the next program may count on.
 *
 * Shared by the calls of these names and syscall().  Each takes a result and gives it back.
 */
#ifndef CLOEXEC_WATCH_H
#define CLOEXEC_WATCH_H

#include "calls.h"
#include "libc.h"
#include "mark.h"
#include "notes.h"
#include "record.h"
#include "trace.h"

/* The number is about to be free. */
static inline void watch_close(int fd)
{
	notes.closed = (uint16_t)fd;
	mark_drop(fd);
}

/* From now on the flag of `fd` is the program's own. */
static inline void watch_own(int fd)
{
	mark_drop(fd);
	if (trace_on)
		trace_own(fd);
}

/* Those from `first` to `last` are about to be closed, or flagged. */
static inline void watch_close_range(unsigned first, unsigned last, int flags)
{
	enum { UNSHARE = 2, CLOEXEC = 4 }; /* CLOSE_RANGE_UNSHARE, CLOSE_RANGE_CLOEXEC */

	if (first > last || (flags & ~(UNSHARE | CLOEXEC)))
		return; /* it will fail */
	mark_drop_range(first, last);
	if (first == last)
		notes.closed = (uint16_t)first;
	if (trace_on && (flags & CLOEXEC))
		trace_own_range(first, last);
	else if (trace_on)
		trace_close_range(first, last);
}

/* The program is about to install a filter of system calls, if `sets` says so, of the strict mode or by the address of a
 * `program`: the trace is told while it still may be (filter.h has what follows). */
static inline void watch_filter(bool sets, bool strict, long program)
{
	if (trace_on && sets && (strict || program))
		record_filter();
}

/* A lock was taken, or given up. */
static inline int watch_lock(int fd, bool unlock, int result)
{
	if (result == 0 && unlock)
		notes_unlock(fd);
	else if (result == 0)
		notes_lock(fd);
	return result;
}

/* What the program asked to have at a number is there. */
static inline int watch_placed(int result, long number)
{
	if (!LIKELY(result != (int)number) && (marked(result) || notes_made(result)))
		notes_place(result);
	return result;
}

/* A copy was made that may have a higher number than that.  Before there was dup2, close and F_DUPFD did what it does,
 * and daemontools and its kin still say it so; where nothing was closed, the program only wants to be clear of low
 * numbers. */
static inline int watch_copied(int result, long number)
{
	return LIKELY(notes.closed != (uint16_t)number) ? result : watch_placed(result, number);
}

/* fcntl, but for F_DUPFD: its word about the flag is the last, and its locks are locks. */
static inline int watch_fcntl(int fd, int command, long argument, int result, const void *caller)
{
	switch (command) {
	case F_SETFD:
		if (result == 0)
			watch_own(fd);
		break;
	case F_DUPFD_CLOEXEC:
		if (result >= 0)
			mark_drop(result);
		if (trace_on && result >= 0)
			trace_note(result, OWN, CALL_fcntl + 1, caller);
		else if (trace_on && errno == EBADF)
			record_missed(fd, CALL_fcntl, caller);
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
		watch_own(fd);
	return result;
}

#endif
