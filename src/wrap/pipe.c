/* Pipes: pipe2. */
#include "raw.h"
#include "wrap.h"

/* The plain call.  glibc's pipe is itself made of pipe2, which a kernel that refused us refuses again; the system call
 * of that name is older. */
static int plain_pipe(int ends[2])
{
	int saved_errno = errno;
	int result = NEXT(pipe)(ends);

#ifdef SYS_pipe
	if (result < 0 && errno == ENOSYS) {
		long older = raw(SYS_pipe, ends);

		errno = older < 0 ? (int)-older : saved_errno;
		return older < 0 ? -1 : 0;
	}
#endif
	return result;
}

static int make_pipe(struct attempt attempt, int ends[2])
{
	int result = DESCRIPTOR_ATTEMPT(attempt, NEXT(pipe2)(ends, O_CLOEXEC),
					attempt.way == LEAVE ? NEXT(pipe)(ends) : plain_pipe(ends));

	if (result == 0) {
		descriptor_settle(attempt, ends[0]);
		descriptor_settle(attempt, ends[1]);
	}
	return result;
}

#define PIPE(name)                                                          \
	EXPORT int name(int ends[2])                                        \
	{                                                                   \
		return make_pipe(descriptor_begin(CALL_##name, false), ends); \
	}

PIPE(pipe)
PIPE(__pipe)

EXPORT int pipe2(int ends[2], int flags)
{
	return CREATE_PAIR(pipe2, flags & O_CLOEXEC, ends, NEXT(pipe2)(ends, flags | O_CLOEXEC),
			   NEXT(pipe2)(ends, flags));
}
