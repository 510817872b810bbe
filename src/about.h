/* What the kernel says about a file: statx (Linux 4.11), whose struct is the same on every machine, and not in every
 * libc. */
#ifndef CLOEXEC_ABOUT_H
#define CLOEXEC_ABOUT_H

#include "libc.h"
#include "raw.h"

#include <stdbool.h>
#include <stdint.h>

struct about {
	uint32_t mask, block_size;
	uint64_t attributes;
	uint32_t links, user, group;
	uint16_t mode, spare;
	uint64_t inode, size, blocks, attributes_mask;
	struct {
		int64_t seconds;
		uint32_t nanoseconds, spare;
	} times[4];
	uint32_t special_major, special_minor, device_major, device_minor;
	uint64_t later[14];
};
_Static_assert(sizeof(struct about) == 256, "struct statx");

/* Fills `about` for an open descriptor, without asking a server.  False: it is not open, or there is no statx. */
static inline bool about_descriptor(struct about *about, int fd)
{
	enum { EMPTY_PATH = 0x1000, NO_SYNC = 0x4000, BASIC = 0x7ff };

	return raw(SYS_statx, fd, "", EMPTY_PATH | NO_SYNC, BASIC, about) == 0;
}

#endif
