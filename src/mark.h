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
extern HIDDEN int marks_last; /* the highest number that ever had one */

/* mark_note() for a thread that has notes of its own to think of. */
void mark_note_carefully(int fd, unsigned char mark);

static inline void mark_store(int fd, unsigned char mark)
{
	if (!LIKELY(fd <= marks_last))
		marks_last = fd;
	__atomic_store_n(&marks[fd], mark, __ATOMIC_RELAXED);
}

/* From now on `fd` has this mark: a call's number plus 1, or 0.  Async-signal-safe, as all here. */
static inline void mark_note(int fd, unsigned char mark)
{
	if (!LIKELY(!notes_concern(fd)))
		mark_note_carefully(fd, mark);
	else if (LIKELY((unsigned)fd < MARKS))
		mark_store(fd, mark);
}

/* From now on the flag of `fd`, set or not, is the program's own.  Nothing is written where nothing was. */
static inline void mark_drop(int fd)
{
	if (!LIKELY(!notes_concern(fd)) || ((unsigned)fd < MARKS && marks[fd]))
		mark_note(fd, 0);
}

/* The same as mark_note() for a number that this process has just put something on: notes of it stay. */
static inline void mark_place(int fd, unsigned char mark)
{
	if (LIKELY((unsigned)fd < MARKS) && (!notes.lent_by || !notes_borrowed()))
		mark_store(fd, mark);
}

/* The same for all numbers from `first` to `last`. */
void mark_drop_range(unsigned first, unsigned last);

/* Is the flag of `fd` ours? */
static inline bool marked(int fd)
{
	unsigned number = (unsigned)fd;

	return number < MARKS && __atomic_load_n(&marks[number], __ATOMIC_RELAXED);
}

#endif
