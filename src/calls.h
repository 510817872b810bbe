/* calls.def as numbers: CALL_open, FACILITY_O_CLOEXEC. */
#ifndef CLOEXEC_CALLS_H
#define CLOEXEC_CALLS_H

enum call {
#define FACILITY(name, retried, remembered)
#define CALL(name, family, facility, next) CALL_##name,
#include "calls.def"
#undef CALL
#undef FACILITY
	CALLS
};

enum facility {
#define FACILITY(name, retried, remembered) FACILITY_##name,
#define CALL(name, family, facility, next)
#include "calls.def"
#undef CALL
#undef FACILITY
	FACILITIES
};

#endif
