/* Walks of a file tree: glibc keeps its way back in descriptors without the flag, and offers no way in.
 *
 * fts_children opens one too, for the time of the call: there is nothing left to flag.  musl's uses the flag.
 */
#include "wrap.h"

#ifdef __GLIBC__
#define FTS_ASKS false
#define START(walk)          ((walk)->fts_options & FTS_NOCHDIR ? -1 : (walk)->fts_rfd)
#define IS_FOLLOWED(entry)   ((entry)->fts_flags & FTS_SYMFOLLOW)
#define BEFORE_LINK(entry)   ((entry)->fts_symfd)
#else
#define FTS_ASKS true
#define START(walk)          (-1)
#define IS_FOLLOWED(entry)   false
#define BEFORE_LINK(entry)   (-1)
#endif

/* The directory that the walk started from. */
#define FTS_OPEN(name, walk_type, entry_type)                                                    \
	EXPORT walk_type *name(char *const *paths, int options,                                  \
			       int (*compare)(const entry_type **, const entry_type **))         \
	{                                                                                        \
		struct attempt attempt = descriptor_begin(CALL_##name, FTS_ASKS);                \
		walk_type *walk = NEXT(name)(paths, options, compare);                           \
                                                                                                 \
		if (walk && attempt.way != LEAVE)                                                \
			descriptor_settle(attempt, START(walk));                                 \
		return walk;                                                                     \
	}

/* The directory from which a symbolic link was followed. */
#define FTS_READ(name, walk_type, entry_type)                                                    \
	EXPORT entry_type *name(walk_type *walk)                                                 \
	{                                                                                        \
		struct attempt attempt = descriptor_begin(CALL_##name, FTS_ASKS);                \
		entry_type *entry = NEXT(name)(walk);                                            \
                                                                                                 \
		if (entry && attempt.way != LEAVE && IS_FOLLOWED(entry))                         \
			descriptor_settle(attempt, BEFORE_LINK(entry));                          \
		return entry;                                                                    \
	}

FTS_OPEN(fts_open, FTS, FTSENT)
FTS_OPEN(fts64_open, FTS64, FTSENT64)
FTS_OPEN(__fts64_open_time64, FTS64, FTSENT64)
FTS_READ(fts_read, FTS, FTSENT)
FTS_READ(fts64_read, FTS64, FTSENT64)
FTS_READ(__fts64_read_time64, FTS64, FTSENT64)
