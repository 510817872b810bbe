/* One line of a trace. */
#ifndef CLOEXEC_LINE_H
#define CLOEXEC_LINE_H

#include "records.h"

/* All that a line can be. */
struct record {
	const char *event;
	struct execution execution;
	struct place place;
	int number;
	long parent;
	double lost;
};

/* Reads a line, which is written over.  Keys that nobody knows are left out.  False where it is no good; the
 * descriptors in `record` are to be freed in either case. */
bool line_read(char *line, struct record *record);

#endif
