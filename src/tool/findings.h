/* The trace added up: the same thing, made at the same place and passed on, or not, to the same program, is one
 * finding. */
#ifndef CLOEXEC_FINDINGS_H
#define CLOEXEC_FINDINGS_H

#include "records.h"

/* What is asked about a descriptor: was it passed on though neither the program nor a rule wanted it? */
enum section { SECTION_UNASKED, SECTION_CLOSED, SECTION_ON_PURPOSE, SECTIONS };

struct finding {
	const char *program;
	const char *into;
	const char *call;
	struct place place;
	enum kind kind;
	const char *what; /* "" where the kind says it all */
	enum fate fate;
	const char *reason;
	bool passed;

	enum section section;
	unsigned long times;
	int lowest, highest; /* the numbers that it had */
	size_t others;       /* how many more things were made, passed on and so on in just this way */
};

struct findings {
	struct finding *rows; /* by section, and by how much they matter */
	size_t count;
	unsigned long times[SECTIONS];
	unsigned long private_times; /* of SECTION_ON_PURPOSE: those that the program closed itself */
};

/* Adds up.  `gather`: where many things differ in their names alone, they are one row. */
void findings_add_up(struct findings *findings, const struct trace *trace, bool gather);

enum section section_of(const struct descriptor *descriptor);

/* What a descriptor is, in words: the kind, and its name without the numbers that the kernel gives. */
const char *what_of(const struct descriptor *descriptor);

#endif
