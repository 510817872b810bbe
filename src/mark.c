/* Marks. */
#include "mark.h"

unsigned char marks[MARKS];
int marks_last;

void mark_note_carefully(int fd, unsigned char mark)
{
	notes_forget(fd);
	if (notes_borrowed()) {
		if (mark)
			notes_make(fd);
	} else if ((unsigned)fd < MARKS) {
		mark_store(fd, mark);
	}
}

void mark_drop_range(unsigned first, unsigned last)
{
	for (unsigned fd = first; fd <= last && fd <= (unsigned)marks_last; fd++)
		mark_drop((int)fd);
}
