/* A filter of system calls that a program is started with. */
#ifndef CLOEXEC_UNIT_FILTER_H
#define CLOEXEC_UNIT_FILTER_H

#include <stdbool.h>

/* Calls `tell` for each system call that the library makes where the program alone would not, and that would not be
 * forgiven.  `filter` is as systemctl shows SystemCallFilter=: names, or `~` and the names that are forbidden; empty or
 * `~` alone forbids nothing.  `error` is what a forbidden call gives, or else the program is killed for it.  `alters`:
 * CLOEXEC_ATOMIC is not 0. */
void filter_check(const char *filter, long error, bool alters, void (*tell)(void *data, const char *text), void *data);

#endif
