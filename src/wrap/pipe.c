/* Pipes: pipe2. */
#include "raw.h"
#include "wrap.h"

/* The plain call.  glibc's pipe is itself made of pipe2, which a kernel that refused us refuses again; the system call
 * of that name is older.  A pipe that is left alone fails as it would have. */
static int plain_pipe(enum call call, int ends[2])
{
	int saved_errno = errno;
	int result = NEXT(pipe)(ends);

	(void)call, (void)saved_errno; /* not every machine has it */
#ifdef SYS_pipe
	if (result < 0 && errno == ENOSYS && descriptor_begin(call, false).way != LEAVE) {
		long older = raw(SYS_pipe, ends);

		errno = older < 0 ? (int)-older : saved_errno;
		return older < 0 ? -1 : 0;
	}
#endif
	return result;
}

#define PIPE(name)                                                                                                  \
	EXPORT int name(int ends[2])                                                                                \
	{                                                                                                           \
		return CREATE_PAIR(name, false, ends, NEXT(pipe2)(ends, O_CLOEXEC), plain_pipe(CALL_##name, ends)); \
	}

PIPE(pipe)
PIPE(__pipe)

EXPORT int pipe2(int ends[2], int flags)
{
	return CREATE_PAIR(pipe2, flags & O_CLOEXEC, ends, NEXT(pipe2)(ends, flags | O_CLOEXEC),
			   NEXT(pipe2)(ends, flags));
}
