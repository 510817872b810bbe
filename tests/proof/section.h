/* What a program that is walked through (walked.c) and the tracer that walks it (walk.c) say to each other: a page that
 * both have mapped, from the file that is open on SECTION_FILE. */
#ifndef SECTION_H
#define SECTION_H

enum { SECTION_FILE = 900 };

struct section {
	volatile int inside; /* between the two ends of the call that is walked through */
};

#endif
