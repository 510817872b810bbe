/* What the calls are called. */
#include "calls.h"

const char call_names[CALLS][CALL_NAME] = {
#define CALL(name, family, facility, next) [CALL_##name] = #name,
#include "calls.def"
};

const char call_families[CALLS][CALL_NAME] = {
#define CALL(name, family, facility, next) [CALL_##name] = "@" #family,
#include "calls.def"
};
