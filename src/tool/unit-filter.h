/* A filter of system calls that a program is started with. */
#ifndef CLOEXEC_UNIT_FILTER_H
#define CLOEXEC_UNIT_FILTER_H

#include <stdbool.h>

/* Calls `tell` for each system call that the library makes where the program alone would not, and that would not be
 * forgiven.  `filter` is as systemctl shows SystemCallFilter=: names, or `~` and the names that are forbidden, each with
 * `:` and an error of its own or `kill` where it has one; empty or `~` alone forbids nothing.  `error` is what the others
 * give, or else the program is killed for them.  `alters`: CLOEXEC_ATOMIC is not 0. */
void filter_check(const char *filter, long error, bool alters, void (*tell)(void *data, const char *text), void *data);

#endif
