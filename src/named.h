/* Named: a number that a program is told when it is executed, in one of the forms of named.def.
 *
 * Anonymous clients choose what a server puts into the environment and the arguments of a CGI program, so nothing is a name
 * but these forms, whole; and nothing at all where the new environment is that of a CGI program.
 */
#ifndef CLOEXEC_NAMED_H
#define CLOEXEC_NAMED_H

#include "libc.h"

#include <stdbool.h>

/* What a descriptor is; a form says which of these it may name.  A socket is a pair's where it has no address, as
 * socketpair makes them: never one that listens, nor a connection that was accepted. */
enum { NAMED_PIPE = 1, NAMED_SOCKET = 2, NAMED_PAIR = 4, NAMED_OTHER = 8, NAMED_ANY = 15 };

/* All that an open descriptor is, or 0 where that can't be told.  Rests on statx (Linux 4.11). */
unsigned named_kind(int fd);

/* Can this be the address of anything?  A wild pointer is the kernel's to refuse. */
bool named_is_address(const void *pointer);

/* Is `text` /dev/fd/N or /proc/self/fd/N?  `whole`: and nothing more. */
bool named_descriptor_in(const char *text, int *number, bool whole);

/* Calls `found` for each number that `file` is told by its arguments or environment. */
void named_find(const char *file, char *const *arguments, char *const *environment,
		void (*found)(void *data, int number), void *data);

/* Is it the program that must get every pipe? */
bool named_is_helper(const char *file);

/* Remembers the values of the variables that name, as this process was started with them. */
void named_start(void);

#endif
