/* What this thread of this process has done for the program that it may execute.
 *
 * Thread-local, so that children made by vfork in several threads at once keep out of each other's way, and in the
 * initial-exec model, so that no access allocates.  Notes belong to a process: those that fork copied, or that a vfork
 * child left behind, are nobody's.
 */
#ifndef CLOEXEC_NOTES_H
#define CLOEXEC_NOTES_H

#include "compiler.h"
#include "libc.h"

#include <stdbool.h>
#include <stdint.h>

enum { PLACED = 68, LOCKED = 18, MADE = 17 };

struct notes {
	uint64_t filter;     /* a bit for each noted number, modulo 64; all of them where the memory is lent */
	uint64_t dropped;    /* the same for those that a vfork child closed or changed: its parent's marks say nothing of them */
	unsigned generation; /* whose notes these are: of which fork, as process ids repeat in other namespaces; */
	int process;         /* and where that can't be told, the id; else 0 */
	int lent_by;         /* a child made by vfork may have this memory: the process that lent it; 0: nobody did */
	int borrower;        /* which child */
	unsigned placed_count; /* whole words: not every machine can add to a byte in one step */
	unsigned locked_count;
	unsigned made_count;
	unsigned char placed_lent; /* so many, the first ones, are the lender's: the child has only those behind them */
	unsigned char locked_lent;
	unsigned char made_lent;
	uint16_t closed;         /* the number that was closed last, modulo 65,536 */
	uint16_t placed[PLACED]; /* numbers that dup2 and dup3 were told, or close and F_DUPFD, the flag being ours */
	uint16_t locked[LOCKED]; /* numbers that a lock was taken on */
	uint16_t made[MADE];     /* what a vfork child made: it has no other place to mark it in */
};
_Static_assert(sizeof(struct notes) <= 256,
	       "all thread-local data of a preloaded library must fit into what libc spares");

extern HIDDEN __thread struct notes notes;

/* The process that runs here, as far as anybody has asked: in a child made by fork nobody has.  Never NULL.  Rests on
 * MADV_WIPEONFORK (Linux 4.14); without it every question costs a getpid, and a child with the id of its parent is not
 * told apart. */
struct identity {
	unsigned generation;
	int process; /* its id, once it has lent its memory */
};
extern HIDDEN struct identity *notes_identity; /* atomic */

/* May there be a note of this number, or a reason not to trust the marks?  The short way past all that is here. */
static inline bool notes_concern(int fd)
{
	return notes.filter >> (fd & 63) & 1;
}

/* The next system call may make a child that runs in our memory: vfork and its kin.  To be called right before it. */
void notes_lend(void);

/* The same for a child that does not stop us: nobody can be trusted to be who they were. */
void notes_share(void);

/* No system call may be made here any more, so nobody can tell who they are: nothing is believed from now on. */
void notes_stop(void);

/* Is there anything here at all? */
static inline bool notes_exist(void)
{
	return notes.filter != 0;
}

/* Does this thread belong to a vfork child, whose table of descriptors is not the one that the memory tells about? */
bool notes_borrowed(void);

/* Makes the notes those of the process that runs here: empty if they were another's; a vfork child has its own behind its
 * parent's, which come back when that runs again.  True: it is such a child.  And without any, for the program that it
 * executes: they say nothing to that. */
bool notes_claim(void);

/* Was the memory lent after notes_claim() gave that: by a signal's handler, between any two steps?  Then what was noted
 * since counts as the borrower's, and has to be done again. */
static inline bool notes_lent_since(bool borrowed)
{
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	return !LIKELY(borrowed || !notes.lent_by);
}

void notes_clear(void);

/* notes_place() where that is a few steps: it is still us, and the number is new, or the same as the last.  False: it
 * is not. */
static inline bool notes_place_quickly(int fd)
{
	const struct identity *self = __atomic_load_n(&notes_identity, __ATOMIC_ACQUIRE);
	unsigned count;

	if (!LIKELY(self->generation == notes.generation))
		return false;
	if (!LIKELY(!notes_concern(fd) && notes.placed_count < PLACED)) {
		count = __atomic_load_n(&notes.placed_count, __ATOMIC_RELAXED);
		return !notes.lent_by && count && notes.placed[count - 1] == fd;
	}
	/* A signal's handler may place something between any two of these, or lend the memory. */
	__atomic_fetch_or(&notes.filter, UINT64_C(1) << (fd & 63), __ATOMIC_RELAXED);
	count = __atomic_fetch_add(&notes.placed_count, 1, __ATOMIC_RELAXED);
	if (LIKELY(count < PLACED))
		notes.placed[count] = (uint16_t)fd;
	else
		notes.placed_count = PLACED;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	/* All bits: lent since, as in notes_lent_since(), or very full. */
	return LIKELY(notes.filter != UINT64_MAX);
}

/* Notes that this process put a descriptor on that number, took a lock on it, or made it, the flag being ours.  What
 * does not fit is forgotten: it will not be handed on. */
void notes_place(int fd);
void notes_lock(int fd);
void notes_make(int fd);

/* Forgets all three for that number, or for those from `first` to `last`, or the lock alone.  The second gives what
 * notes_claim() does. */
void notes_forget(int fd);
bool notes_forget_range(unsigned first, unsigned last);
void notes_unlock(int fd);

/* The mark of this number: is it that of another process's descriptor?  After notes_claim(). */
static inline bool notes_dropped(int fd)
{
	return notes.lent_by && (notes.dropped >> (fd & 63) & 1);
}

/* Did this process make it? */
bool notes_made(int fd);

#endif
