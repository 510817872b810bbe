/* Where in a program: as people and debuggers say it. */
#ifndef CLOEXEC_PLACES_H
#define CLOEXEC_PLACES_H

#include "records.h"

struct symbol {
	struct place place;
	bool known;                 /* the object could be read, and has something there */
	unsigned long long address; /* what addr2line -e OBJECT wants */
	const char *function;       /* "": the object does not tell */
};

/* What the object, as it is today, has at that place; looked up once. */
const struct symbol *places_symbol(struct place place);

/* "object+0x1234 (function)", "" where the object is unknown.  `whole`: with the object's whole path. */
const char *places_name(struct place place, bool whole);

/* To sort them by. */
int places_compare(struct place one, struct place other);

#endif
