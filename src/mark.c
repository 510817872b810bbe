/* Marks. */
#include "mark.h"

unsigned char marks[MARKS];
int marks_last;

void mark_raise(int fd)
{
	int before = __atomic_load_n(&marks_last, __ATOMIC_RELAXED);
	int after = fd | 63; /* and room to spare, so that not every number is the first of its height */

	while (before < after && !__atomic_compare_exchange_n(&marks_last, &before, after, false, __ATOMIC_RELAXED,
							      __ATOMIC_RELAXED))
		;
}

int mark_note_carefully(int fd, unsigned char mark)
{
	if (notes_concern(fd))
		notes_forget(fd);
	if (notes_borrowed()) {
		if (mark)
			notes_make(fd);
	} else if ((unsigned)fd < MARKS) {
		mark_store(fd, mark);
	}
	return fd;
}

static __attribute__((noinline)) int place_carefully(int fd, unsigned char mark)
{
	if (!notes_claim() && (unsigned)fd < MARKS)
		mark_store(fd, mark);
	notes_place(fd);
	return fd;
}

int mark_place(int fd, unsigned char mark)
{
	if (!LIKELY(mark_is_in_reach(fd)) || !LIKELY(notes_place_quickly(fd)))
		return place_carefully(fd, mark);
	__atomic_store_n(&marks[fd], mark, __ATOMIC_RELAXED);
	return fd;
}

void mark_drop_range(unsigned first, unsigned last)
{
	/* A vfork child's numbers are only noted, and its parent's marks are none of its business. */
	if (notes_exist() && notes_forget_range(first, last))
		return;
	for (unsigned fd = first; fd <= last && fd <= (unsigned)marks_last; fd++)
		if (marks[fd])
			__atomic_store_n(&marks[fd], 0, __ATOMIC_RELAXED);
}
