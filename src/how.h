/* The struct of openat2, which is to come back to the program as it was: the flag goes into a copy; and what creat means. */
#ifndef CLOEXEC_HOW_H
#define CLOEXEC_HOW_H

#include "libc.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* What creat means.  A 64-bit kernel, which is what most i386 programs run on, adds O_LARGEFILE to it, as it does not to
 * their open. */
#ifdef __i386__
#define CREAT_FLAGS (O_WRONLY | O_CREAT | O_TRUNC | O_LARGEFILE)
#else
#define CREAT_FLAGS (O_WRONLY | O_CREAT | O_TRUNC)
#endif

/* Does it point to what nobody has mapped, as NULL and its neighbours do?  The kernel gives EFAULT for it; what else can't
 * be read it alone could tell, for a system call more. */
static inline bool points_nowhere(const void *address)
{
	return (uintptr_t)address < 4096;
}

/* struct open_how as Linux 5.6 has it, and room for what later kernels may add. */
struct how {
	uint64_t flags, mode, resolve;
	uint64_t later[5];
};
enum { HOW_SIZE = 24 };

/* Can the flags be read?  A struct that the kernel would refuse is left to the kernel. */
static inline bool how_is_sound(const void *how, size_t size)
{
	return !points_nowhere(how) && size >= HOW_SIZE && size <= sizeof(struct how);
}

/* Does the program ask for the flag itself? */
static inline bool how_asks(const void *how, size_t size)
{
	uint64_t flags = 0;

	if (how_is_sound(how, size))
		memcpy(&flags, how, sizeof flags);
	return flags & O_CLOEXEC;
}

/* Makes a copy that asks for it.  False: there is no way, the flag has to be set afterwards. */
static inline bool how_flag(struct how *flagged, const void *how, size_t size)
{
	if (!how_is_sound(how, size))
		return false;
	memcpy(flagged, how, size);
	flagged->flags |= O_CLOEXEC;
	return true;
}

#endif
