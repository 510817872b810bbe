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

enum { PLACED = 72, LOCKED = 18, MADE = 18 };

struct notes {
	uint64_t filter;     /* a bit for each noted number, modulo 64; all of them where the memory is lent */
	int process;         /* whose notes these are, */
	unsigned generation; /* and of which fork: ids repeat in other namespaces */
	int lent_by;         /* a child made by vfork may have this memory: the process that lent it; 0: nobody did */
	unsigned char placed_count;
	unsigned char locked_count;
	unsigned char made_count;
	uint16_t placed[PLACED]; /* numbers that dup2 and dup3 were told, the flag being ours */
	uint16_t locked[LOCKED]; /* numbers that a lock was taken on */
	uint16_t made[MADE];     /* what a vfork child made: it has no other place to mark it in */
};
_Static_assert(sizeof(struct notes) <= 256, "all thread-local data of a preloaded library must fit into what libc spares");

extern HIDDEN __thread struct notes notes;

/* May there be a note of this number, or a reason not to trust the marks?  The short way past all that is here. */
static inline bool notes_concern(int fd)
{
	return notes.filter >> (fd & 63) & 1;
}

/* Arranges that a child made by fork, or clone, knows that it is one.  For the constructor.  Rests on MADV_WIPEONFORK
 * (Linux 4.14); without it every question costs a getpid, and a child with the id of its parent is not told apart. */
void notes_start(void);

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

/* Makes the notes those of the process that runs here: empty if they were another's.  And without any, for the program that
 * it executes: they say nothing to that. */
void notes_claim(void);
void notes_clear(void);

/* Notes that this process put a descriptor on that number, took a lock on it, or made it, the flag being ours.  What does
 * not fit is forgotten: it will not be handed on. */
void notes_place(int fd);
void notes_lock(int fd);
void notes_make(int fd);

/* Forgets all three for that number, or the lock alone. */
void notes_forget(int fd);
void notes_unlock(int fd);

/* Did this process make it? */
bool notes_made(int fd);

#endif
