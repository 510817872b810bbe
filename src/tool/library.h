/* Is the library installed for another architecture too? */
#ifndef CLOEXEC_LIBRARY_H
#define CLOEXEC_LIBRARY_H

#include "elf.h"

/* Finds a libcloexec.so for the machine of `program`, and for its C library, where the loaders of this system look: the
 * usual directories and those that /etc/ld.so.conf names.  False: none. */
bool library_find(const struct elf *program, char path[PATH_MAX]);

/* Finds ours in a list for the loader, of LD_PRELOAD or /etc/ld.so.preload.  False: it is not there. */
bool library_listed(const char *list, char entry[PATH_MAX]);

/* Does /etc/ld.so.preload below `root` ("" for our own) list it?  Then every program gets it, secure execution or not. */
bool library_is_system_wide(const char *root);

/* "musl" or "glibc" and their like, told by the loader: a library built for one does not load into the other. */
const char *libc_of(const char *interpreter);

#endif
