/* calls.def as numbers: CALL_open, FACILITY_O_CLOEXEC. */
#ifndef CLOEXEC_CALLS_H
#define CLOEXEC_CALLS_H

enum call {
#define CALL(name, family, facility, next) CALL_##name,
#include "calls.def"
	CALLS
};

enum facility {
#define FACILITY(name, probe, retried, remembered) FACILITY_##name,
#include "calls.def"
	FACILITIES
};

/* Their names, and "@" with those of their families.  The words themselves, here and in other tables that the library
 * has: pointers to them the loader would have to write in every process, each page a page more of its memory. */
enum { CALL_NAME = 36 };
extern const char call_names[CALLS][CALL_NAME], call_families[CALLS][CALL_NAME];

#endif
