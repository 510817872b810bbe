/* Temporary files: mkostemp and mkostemps take O_CLOEXEC; tmpfile has no such twin. */
#include "stream.h"
#include "wrap.h"

#define TMPFILE(name)                                                          \
	EXPORT FILE *name(void)                                                \
	{                                                                      \
		struct attempt attempt = descriptor_begin(CALL_##name, false); \
                                                                               \
		return stream_settle(attempt.way, NEXT(name)());               \
	}

TMPFILE(tmpfile)
TMPFILE(tmpfile64)

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
