/* The mark: the flag on this number is ours.
 *
 * A byte for each number says which call made the descriptor that has our flag; 0 is the program's own, whatever its
 * flag.  What the next program is handed on purpose (handoff.h) is marked, always: nothing that the program flagged
 * itself is touched.  Memory is used as numbers are; above the last one a descriptor is flagged but never handed on.
 *
 * A child made by vfork shares this memory, but not the table of descriptors that it speaks of: it writes nothing here.
 */
#ifndef CLOEXEC_MARK_H
#define CLOEXEC_MARK_H

#include "compiler.h"
#include "libc.h"
#include "notes.h"

#include <stdbool.h>

enum { MARKS = 65536 };
extern HIDDEN unsigned char marks[MARKS];
extern HIDDEN int marks_last; /* none above it ever had one */

/* mark_note() where there is more to think of. */
int mark_note_carefully(int fd, unsigned char mark);

/* Has a number up to this height ever had a mark? */
static inline bool mark_is_in_reach(int fd)
{
	return (unsigned)fd <= (unsigned)marks_last;
}

/* From now on numbers up to that one are in reach. */
void mark_raise(int fd);

static inline void mark_store(int fd, unsigned char mark)
{
	if (!LIKELY(fd <= marks_last))
		mark_raise(fd);
	__atomic_store_n(&marks[fd], mark, __ATOMIC_RELAXED);
}

/* Is a mark of `fd` a byte and nothing else?  Not where there are notes of the number, and not the first time that it
 * is the highest. */
static inline bool mark_is_plain(int fd)
{
	return LIKELY(mark_is_in_reach(fd)) && LIKELY(!notes_concern(fd));
}

/* From now on `fd` has this mark: a call's number plus 1, or 0.  Gives back `fd`.  Async-signal-safe, as all here. */
static inline int mark_note(int fd, unsigned char mark)
{
	if (!mark_is_plain(fd))
		return mark_note_carefully(fd, mark);
	__atomic_store_n(&marks[fd], mark, __ATOMIC_RELAXED);
	return fd;
}

/* From now on the flag of `fd`, set or not, is the program's own.  Nothing is written where nothing was. */
static inline void mark_drop(int fd)
{
	if (!LIKELY(!notes_concern(fd)))
		mark_note_carefully(fd, 0);
	else if (mark_is_in_reach(fd) && marks[fd])
		__atomic_store_n(&marks[fd], 0, __ATOMIC_RELAXED);
}

/* The same as mark_note() for a number that this process has just put something on: it is noted too, and what was noted
 * of it stays. */
int mark_place(int fd, unsigned char mark);

/* mark_drop() for all numbers from `first` to `last`. */
void mark_drop_range(unsigned first, unsigned last);

/* Is the flag of `fd` ours? */
static inline bool marked(int fd)
{
	unsigned number = (unsigned)fd;

	return number < MARKS && __atomic_load_n(&marks[number], __ATOMIC_RELAXED);
}

#endif
