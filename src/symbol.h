/* The dynamic symbols of loaded objects, read as the loader reads them.
 *
 * Why not dlsym: it takes the loader's lock, eats a pending dlerror(), allocates on a miss, can itself be interposed,
 * and costs five times as much.  Nothing here allocates or locks.  Rests on the generic ABI: a GNU or a System V hash
 * table, symbol versions where there are any.
 */
#ifndef CLOEXEC_SYMBOL_H
#define CLOEXEC_SYMBOL_H

#include "libc.h"

#include <link.h>
#include <stdbool.h>
#include <stdint.h>

struct symbols {
	ElfW(Addr) base;
	const ElfW(Sym) *table;
	const char *names;
	const uint16_t *versions;     /* or NULL; the names of those that it defines and of those that it refers to: */
	const ElfW(Verdef) *defined; /* or NULL */
	const ElfW(Verneed) *needed; /* or NULL */
	const uint32_t *gnu_table;    /* or NULL */
	const uint32_t *sysv_table;   /* or NULL */
};

/* Where it was loaded, and its dynamic section, or NULL. */
struct image {
	ElfW(Addr) base;
	const ElfW(Dyn) *dynamic;
};
struct image symbols_image(const struct dl_phdr_info *object);

/* Finds the tables of an object.  False: it has none. */
bool symbols_read(struct image image, struct symbols *symbols);

/* Does `address` lie in one of the object's segments? */
bool symbols_contain(const struct dl_phdr_info *object, const void *address);

/* How the names of glibc's versions begin. */
#define VERSION_OF_LIBC "GLIBC_"

/* What the GNU hash table knows `name` by. */
uint32_t symbol_hash(const char *name);

/* The function of that name and hash in `symbols`, or NULL.  Of several versions the default one, as dlsym gives; where
 * all are hidden, kept for programs older than the last change, the newest.  `version`: only those whose version's name
 * begins like that, or NULL. */
void (*symbol_find(const struct symbols *symbols, const char *name, uint32_t hash, const char *version))(void);

/* The function of that name that the loader would have given to the object that `caller` lies in, had we not been
 * there, where that is not libc's: a reference by a version of another library's, which finds ours because ours have no
 * version. NULL: it is libc's.  A caller that does not refer to the name itself (it jumped to it, or asked dlsym) means
 * that other library too, if one is loaded.  Takes the loader's lock: not async-signal-safe. */
void (*symbol_of_caller(const void *caller, const char *name))(void);

/* The function of that name and of the very version that the object which `caller` lies in was linked with: of several
 * that libc keeps, symbol_find() gives the one for programs of today.  NULL: it is that one, or that object refers to it by
 * no version, or not at all.  Takes the loader's lock too. */
void (*symbol_as_linked(const void *caller, const char *name))(void);

#endif
