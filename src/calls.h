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

#endif
