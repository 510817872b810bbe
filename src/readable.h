/* Is there memory at an address that a program has passed?  What the kernel refuses with EFAULT must not kill its caller
 * because we have looked at it first.
 */
#ifndef CLOEXEC_READABLE_H
#define CLOEXEC_READABLE_H

#include <stdbool.h>

/* Can this string be read, up to its end?  Can the pointers of this list, up to its NULL, and all their strings?  NULL
 * can't.  Nobody is hurt by the question, which is a futex call for each page that comes new (Linux 2.6.22): it compares
 * and does not wait.  Where that call is refused the answer is yes.  Both are async-signal-safe and leave errno alone. */
bool readable_string(const char *string);
bool readable_list(char *const *list);

#endif
