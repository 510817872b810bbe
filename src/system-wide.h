/* Two libraries are built of the same objects: libcloexec.so does just what its variables say; libcloexec-system.so, for
 * /etc/ld.so.preload, spares shells besides, also where nothing is set or believed (set-user-ID programs).  A process may
 * have both, or one of them twice: /etc/ld.so.preload, LD_PRELOAD, a program that is linked with one.  The first in the
 * search order acts; the others pass all calls through, or cloexec_setdefault() would reach one of two switches.
 */
#ifndef CLOEXEC_SYSTEM_WIDE_H
#define CLOEXEC_SYSTEM_WIDE_H

#include "compiler.h"

#include <stdbool.h>

/* Is this the library for /etc/ld.so.preload? */
extern HIDDEN const bool system_wide;

/* Every copy exports the first name and finds there what the first copy has; the second is its own.  No function, and
 * in no header: a program that takes the address of one may have it in its own linkage table. */
extern __attribute__((visibility("default"))) const char libcloexec_first;
extern HIDDEN const char system_wide_own;

/* Is this the copy that acts?  Known from the moment that the loader has relocated us: before any constructor. */
static inline bool system_wide_acts(void)
{
	const char *first = &libcloexec_first;

	/* Two objects have two addresses, says the language, and clang would not even ask. */
	__asm__("" : "+r"(first));
	return first == &system_wide_own;
}

#endif
