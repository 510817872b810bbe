/* All that the two libraries differ in: compiled once for each, with SYSTEM_WIDE 0 or 1. */
#include "system-wide.h"

const bool system_wide = SYSTEM_WIDE;

__attribute__((visibility("default"))) const char libcloexec_first = 0;
extern __typeof__(libcloexec_first) system_wide_own __attribute__((alias("libcloexec_first")));
