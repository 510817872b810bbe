/* Which mapped file an address of this process lies in, from /proc/self/maps: no loader is asked, whose lock another
 * thread may hold for good in a child that fork made.
 */
#ifndef CLOEXEC_MAPS_H
#define CLOEXEC_MAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAPS_ADDRESSES = 128, MAPS_OBJECTS = 24, MAPS_NAMES = 3072, MAPS_NAME = 256 };

/* The addresses that are asked about, and the objects that have them.  Room enough; what is above it stays unknown. */
struct maps {
	unsigned addresses;
	unsigned objects;
	size_t names_used;
	uintptr_t address[MAPS_ADDRESSES];
	struct object {
		uintptr_t start, end;      /* of one mapping */
		unsigned long long offset; /* of its start, in the file */
		const char *name;
	} object[MAPS_OBJECTS];
	char names[MAPS_NAMES];
};

/* Asks about one more. */
static inline void maps_ask(struct maps *maps, const void *address)
{
	if (address && maps->addresses < MAPS_ADDRESSES)
		maps->address[maps->addresses++] = (uintptr_t)address;
}

/* Reads a piece of maps, of any length, of which the first begins a line; `line` carries over from one piece to the
 * next. Logic, so that it can be tested. */
struct maps_line {
	unsigned field;
	uintptr_t start, end;
	unsigned long long offset;
	struct object *object; /* that is being named */
	size_t length;
};
void maps_read(struct maps *maps, struct maps_line *line, const char *piece, size_t length);

/* Finds all that was asked about in `fd`, which is /proc/self/maps.  `room` is for its use.  Raw system calls alone. */
void maps_find(struct maps *maps, int fd, char *room, size_t size);

/* The object that has `address`, or NULL. */
const struct object *maps_object(const struct maps *maps, const void *address);

#endif
