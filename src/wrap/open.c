/* open and its kin: O_CLOEXEC.
 *
 * O_LARGEFILE is all that tells open64 from open, so both go through one pointer; it is 0 where files are always large.
 */
#include "how.h"
#include "variadic.h"
#include "wrap.h"

#define OPEN(name, large)                                                                                   \
	EXPORT int name(const char *path, int flags, ...)                                                   \
	{                                                                                                   \
		mode_t mode = OPEN_MODE(flags);                                                             \
                                                                                                            \
		return CREATE_PATH(name, path, flags & O_CLOEXEC, NEXT(open)(path, flags | (large) | O_CLOEXEC, mode), \
			      NEXT(open)(path, flags | (large), mode));                                     \
	}

#define OPENAT(name, large)                                                                     \
	EXPORT int name(int directory, const char *path, int flags, ...)                        \
	{                                                                                       \
		mode_t mode = OPEN_MODE(flags);                                                 \
                                                                                                \
		return CREATE_PATH(name, path, flags & O_CLOEXEC,                               \
			      NEXT(openat)(directory, path, flags | (large) | O_CLOEXEC, mode), \
			      NEXT(openat)(directory, path, flags | (large), mode));            \
	}

OPEN(open, 0)
OPEN(open64, O_LARGEFILE)
OPEN(__open, 0)
OPEN(__open64, O_LARGEFILE)
OPENAT(openat, 0)
OPENAT(openat64, O_LARGEFILE)

/* What fortified programs call when no mode is given.  Flags that need one make the next definition abort: that is its
 * job, so it is called with the program's own flags, ours added. */
#define OPEN_FORTIFIED(name)                                                                                          \
	EXPORT int name(const char *path, int flags)                                                                  \
	{                                                                                                             \
		return CREATE_PATH(name, path, flags & O_CLOEXEC, NEXT(name)(path, flags | O_CLOEXEC), NEXT(name)(path, flags)); \
	}

#define OPENAT_FORTIFIED(name)                                                                         \
	EXPORT int name(int directory, const char *path, int flags)                                    \
	{                                                                                              \
		return CREATE_PATH(name, path, flags & O_CLOEXEC, NEXT(name)(directory, path, flags | O_CLOEXEC), \
			      NEXT(name)(directory, path, flags));                                     \
	}

OPEN_FORTIFIED(__open_2)
OPEN_FORTIFIED(__open64_2)
OPENAT_FORTIFIED(__openat_2)
OPENAT_FORTIFIED(__openat64_2)

/* creat has no room for a flag; open with the flags that POSIX says creat means has. */
#define CREAT(name, large)                                                                         \
	EXPORT int name(const char *path, mode_t mode)                                             \
	{                                                                                          \
		return CREATE(name, false, NEXT(open)(path, CREAT_FLAGS | (large) | O_CLOEXEC, mode), \
			      NEXT(name)(path, mode));                                             \
	}

CREAT(creat, 0)
CREAT(creat64, O_LARGEFILE)

EXPORT int open_by_handle_at(int mount, struct file_handle *handle, int flags)
{
	return CREATE(open_by_handle_at, flags & O_CLOEXEC, NEXT(open_by_handle_at)(mount, handle, flags | O_CLOEXEC),
		      NEXT(open_by_handle_at)(mount, handle, flags));
}

EXPORT int openat2(int directory, const char *path, const struct open_how *how, size_t size)
{
	struct how flagged;
	struct attempt attempt = descriptor_begin(CALL_openat2, how_asks(how, size));
	int result;

	if (IS_ATOMIC(attempt.way) && !how_flag(&flagged, how, size))
		attempt = descriptor_after(attempt);
	result = DESCRIPTOR_ATTEMPT(attempt, NEXT(openat2)(directory, path, (const void *)&flagged, size),
				    NEXT(openat2)(directory, path, how, size));
	return descriptor_settle(attempt, result);
}
