/* The mode strings of stdio: does one ask for close-on-exec, and how does one come to ask? */
#ifndef CLOEXEC_MODE_H
#define CLOEXEC_MODE_H

#include <stdbool.h>

/* Room for a rewritten mode: every combination of letters, and a `,ccs=` with any name that iconv knows. */
enum { MODE_SIZE = 64 };

/* Does fopen's `mode` already ask for the flag?  glibc looks at no more than seven characters, musl at all. */
bool mode_asks(const char *mode);

/* The same for popen's, of which both look at all. */
bool mode_asks_popen(const char *mode);

/* Writes `mode` to `flagged` with an `e` after its first letter.  False where that is not possible without changing
 * what the mode means: it is empty, starts with no letter that libc knows (and is refused anyway), is too long for the
 * buffer, or has a seventh character that glibc reads and would read no longer. */
bool mode_flag(char flagged[MODE_SIZE], const char *mode);

#endif
