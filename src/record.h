/* Records: what a line of a trace says.  One is written where trace_on; while it is off nothing here may be called.
 *
 * Async-signal-safe, in vfork children too, on little stack: the memory comes from the kernel.  errno untouched.
 */
#ifndef CLOEXEC_RECORD_H
#define CLOEXEC_RECORD_H

#include "calls.h"
#include "handoff.h"

/* Names of calls as records have them: those of the exec family, system and popen. */
enum record_call {
	RECORD_execve,
	RECORD_execv,
	RECORD_execvp,
	RECORD_execvpe,
	RECORD_execl,
	RECORD_execlp,
	RECORD_execle,
	RECORD_fexecve,
	RECORD_execveat,
	RECORD_posix_spawn,
	RECORD_posix_spawnp,
	RECORD_pidfd_spawn,
	RECORD_pidfd_spawnp,
	RECORD_system,
	RECORD_popen,
};

/* `call` is about to execute `target`, or the program in `fd` where that is NULL or empty, and hands that on. */
void record_exec(enum record_call call, const char *target, int fd, const struct handed *handed);

/* It failed after all. */
void record_failure(int error);

/* The program is about to install a filter of system calls; whatever it does not know may kill us from now on. */
void record_filter(void);

/* What fdopen is to the next two: it makes nothing. */
enum { RECORD_FDOPEN = CALLS };

/* `call` (a row of calls.def) asked for `fd`, or for a descriptor by this path, and there is none.  Looks itself
 * whether that is worth a record. */
void record_missed(int fd, unsigned call, const void *caller);
void record_missed_path(const char *path, unsigned call, const void *caller);

/* The process ends: what was lost and nobody has told is told now. */
void record_end(void);

#endif
