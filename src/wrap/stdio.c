/* fopen, freopen, popen: an `e` in the mode string, where it can go in without changing what the rest means. */
#include "mode.h"
#include "stream.h"
#include "wrap.h"

/* The mode to call with: the program's own, or, in `flagged`, that with an `e` where `attempt` is and stays atomic. */
static const char *mode_for(struct attempt *attempt, const char *mode, char flagged[MODE_SIZE])
{
	if (IS_ATOMIC(attempt->way) && mode_flag(flagged, mode))
		return flagged;
	*attempt = descriptor_after(*attempt);
	return mode;
}

/* fopen and popen take the same two strings. */
static FILE *opened(struct attempt attempt, FILE *(*next_open)(const char *, const char *), const char *what,
		    const char *mode)
{
	char flagged[MODE_SIZE];

	mode = mode_for(&attempt, mode, flagged);
	return stream_settle(attempt, next_open(what, mode));
}

/* A path that names a descriptor which is not there. */
static FILE *opened_path(struct attempt attempt, FILE *(*next_open)(const char *, const char *), const char *path,
			 const char *mode)
{
	FILE *stream = opened(attempt, next_open, path, mode);

	if (!stream && trace_on)
		record_missed_path(path, attempt.call, attempt.caller);
	return stream;
}

/* What popen executes is a shell. */
static FILE *opened_command(struct attempt attempt, FILE *(*next_open)(const char *, const char *), const char *command,
			    const char *type)
{
	FILE *stream;

	if (trace_on)
		record_exec(RECORD_popen, "/bin/sh", -1, NULL);
	stream = opened(attempt, next_open, command, type);
	if (!stream && trace_on)
		record_failure(errno);
	return stream;
}

/* `real` is the call whose pointer serves: an alias shares it. */
#define FOPEN(name, opened, real, asks)                                                           \
	EXPORT FILE *name(const char *what, const char *mode)                                     \
	{                                                                                         \
		return opened(descriptor_begin(CALL_##name, asks(mode)), NEXT(real), what, mode); \
	}

FOPEN(fopen, opened_path, fopen, mode_asks)
FOPEN(fopen64, opened_path, fopen64, mode_asks)
FOPEN(_IO_fopen, opened_path, fopen, mode_asks)
FOPEN(popen, opened_command, popen, mode_asks_popen)
FOPEN(_IO_popen, opened_command, popen, mode_asks_popen)

/* glibc's sets the flag itself, on 0-2 too: that is no affair of ours.  It adds `ce` to the mode, of which its fopen reads
 * seven characters: where six are taken it sets none. */
#ifdef __GLIBC__
static bool is_short(const char *mode)
{
	for (int i = 0; i < 6; i++)
		if (!mode[i])
			return true;
	return false;
}
#define SETMNTENT_ASKS(mode) (is_short(mode) || mode_asks(mode))
#else
#define SETMNTENT_ASKS(mode) mode_asks(mode)
#endif
FOPEN(setmntent, opened, setmntent, SETMNTENT_ASKS)
FOPEN(__setmntent, opened, setmntent, SETMNTENT_ASKS)

/* What old C++ libraries call below fopen and popen: on a stream that they have made, which comes back or is NULL. */
EXPORT FILE *_IO_file_fopen(FILE *stream, const char *path, const char *mode, int is_32_bit)
{
	struct attempt attempt = descriptor_begin(CALL__IO_file_fopen, mode_asks(mode));
	char flagged[MODE_SIZE];

	mode = mode_for(&attempt, mode, flagged);
	return stream_settle(attempt, NEXT(_IO_file_fopen)(stream, path, mode, is_32_bit));
}

EXPORT FILE *_IO_file_open(FILE *stream, const char *path, int flags, int mode, int stream_flags, int is_32_bit)
{
	struct attempt attempt = descriptor_begin(CALL__IO_file_open, flags & O_CLOEXEC);

	if (IS_ATOMIC(attempt.way))
		flags |= O_CLOEXEC;
	return stream_settle(attempt, NEXT(_IO_file_open)(stream, path, flags, mode, stream_flags, is_32_bit));
}

EXPORT FILE *_IO_proc_open(FILE *stream, const char *command, const char *type)
{
	struct attempt attempt = descriptor_begin(CALL__IO_proc_open, mode_asks_popen(type));
	char flagged[MODE_SIZE];

	if (trace_on)
		record_exec(RECORD_popen, "/bin/sh", -1, NULL);
	type = mode_for(&attempt, type, flagged);
	stream = stream_settle(attempt, NEXT(_IO_proc_open)(stream, command, type));
	if (!stream && trace_on)
		record_failure(errno);
	return stream;
}

/* musl's freopen without a path opens nothing: it changes the descriptor that is there. */
#ifdef __GLIBC__
#define MAKES_NONE(path) false
#else
#define MAKES_NONE(path) (!(path))
#endif

/* A stream keeps its number when it is reopened.  glibc 2.36 also keeps the `e` of the first opening: one that fopen
 * put on a stream before it turned out to be number 0, 1 or 2 would come back now, so it is taken off again. */
static FILE *reopened(struct attempt attempt, __typeof__(freopen) *next_reopen, const char *path, const char *mode,
		      FILE *stream)
{
	int number = attempt.way == LEAVE ? -1 : stream_number(stream);
	char flagged[MODE_SIZE];

	if (descriptor_exempt(number)) {
		bool flag = descriptor_flag(number);
		FILE *result = next_reopen(path, mode, stream);

		if (result && !flag)
			descriptor_set_flag(number, false);
		return result;
	}
	mode = mode_for(&attempt, mode, flagged);
	return stream_settle(attempt, next_reopen(path, mode, stream));
}

#define FREOPEN(name)                                                                                                 \
	EXPORT FILE *name(const char *path, const char *mode, FILE *stream)                                           \
	{                                                                                                             \
		return reopened(descriptor_begin(CALL_##name, mode_asks(mode) || MAKES_NONE(path)), NEXT(name), path, \
				mode, stream);                                                                        \
	}

FREOPEN(freopen)
FREOPEN(freopen64)

/* It makes no descriptor, but a program that was told a number begins with it. */
#define FDOPEN(name)                                                                   \
	EXPORT FILE *name(int fd, const char *mode)                                    \
	{                                                                              \
		FILE *stream = NEXT(fdopen)(fd, mode);                                 \
                                                                                       \
		if (!stream && trace_on && errno == EBADF)                             \
			record_missed(fd, RECORD_FDOPEN, __builtin_return_address(0)); \
		return stream;                                                         \
	}

FDOPEN(fdopen)
FDOPEN(_IO_fdopen)
