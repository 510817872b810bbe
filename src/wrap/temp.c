/* Temporary files: mkostemp and mkostemps take O_CLOEXEC; tmpfile has no such twin. */
#include "raw.h"
#include "stream.h"
#include "wrap.h"

/* A file without a name, with the flag, as libc makes its own: mode 0600, in P_tmpdir.  -1 where that can't be had. */
static int nameless(int large)
{
	char name[] = P_tmpdir "/tmpfXXXXXX";
	int fd;

#ifdef __GLIBC__
	fd = (int)raw(SYS_openat, AT_FDCWD, P_tmpdir, O_RDWR | O_TMPFILE | O_EXCL | O_CLOEXEC | large, 0600);
	if (fd >= 0)
		return fd;
	errno = -fd; /* and so it stays, as libc leaves it */
#endif
	fd = NEXT(mkostemp)(name, O_CLOEXEC | large);
	if (fd >= 0)
		raw(SYS_unlinkat, AT_FDCWD, name, 0);
	return fd;
}

static FILE *flagged_tmpfile(int saved_errno, int large)
{
	int fd = nameless(large);
	FILE *stream = fd < 0 ? NULL : NEXT(fdopen)(fd, "w+b");

	if (fd >= 0 && !stream)
		raw(SYS_close, fd);
	if (!stream)
		errno = saved_errno;
	return stream;
}

/* What our own way can't do, libc's may; or it says why not. */
#define TMPFILE(name, large)                                                                                     \
	EXPORT FILE *name(void)                                                                                  \
	{                                                                                                        \
		struct attempt attempt = descriptor_begin(CALL_##name, false);                                   \
		FILE *stream = IS_ATOMIC(attempt.way) ? flagged_tmpfile(attempt.saved_errno, (large)) : NULL;    \
                                                                                                                 \
		if (!stream) {                                                                                   \
			attempt = descriptor_after(attempt);                                                     \
			stream = NEXT(name)();                                                                   \
		}                                                                                                \
		return stream_settle(attempt, stream);                                                           \
	}

TMPFILE(tmpfile, 0)
TMPFILE(tmpfile64, O_LARGEFILE)

#define MKSTEMP(name, flagged)                                                                        \
	EXPORT int name(char *template)                                                               \
	{                                                                                             \
		return CREATE(name, false, NEXT(flagged)(template, O_CLOEXEC), NEXT(name)(template)); \
	}

MKSTEMP(mkstemp, mkostemp)
MKSTEMP(mkstemp64, mkostemp64)

#define MKSTEMPS(name, flagged)                                                               \
	EXPORT int name(char *template, int suffix_length)                                    \
	{                                                                                     \
		return CREATE(name, false, NEXT(flagged)(template, suffix_length, O_CLOEXEC), \
			      NEXT(name)(template, suffix_length));                           \
	}

MKSTEMPS(mkstemps, mkostemps)
MKSTEMPS(mkstemps64, mkostemps64)

#define MKOSTEMP(name)                                                                          \
	EXPORT int name(char *template, int flags)                                              \
	{                                                                                       \
		return CREATE(name, flags & O_CLOEXEC, NEXT(name)(template, flags | O_CLOEXEC), \
			      NEXT(name)(template, flags));                                     \
	}

MKOSTEMP(mkostemp)
MKOSTEMP(mkostemp64)

#define MKOSTEMPS(name)                                                                                        \
	EXPORT int name(char *template, int suffix_length, int flags)                                          \
	{                                                                                                      \
		return CREATE(name, flags & O_CLOEXEC, NEXT(name)(template, suffix_length, flags | O_CLOEXEC), \
			      NEXT(name)(template, suffix_length, flags));                                     \
	}

MKOSTEMPS(mkostemps)
MKOSTEMPS(mkostemps64)
