/* Is the library installed for another architecture too? */
#ifndef CLOEXEC_LIBRARY_H
#define CLOEXEC_LIBRARY_H

#include "elf.h"

/* Finds a libcloexec.so for the machine of `program`, and for its C library, where the loaders of this system look: the
 * usual directories and those that /etc/ld.so.conf names.  False: none. */
bool library_find(const struct elf *program, char path[PATH_MAX]);

/* "musl" or "glibc" and their like, told by the loader: a library built for one does not load into the other. */
const char *libc_of(const char *interpreter);

#endif
