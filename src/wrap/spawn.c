/* posix_spawn: the flag must stay on in the parent, where another thread may execute meanwhile, so what is handed on is
 * cleared by a file action, in the child alone.  Rests on adddup2(n, n) doing that (glibc 2.29, musl).
 * pidfd_spawn (glibc 2.39) is the same; its descriptor comes with the flag.
 *
 * Before glibc 2.15 it had a shell run what has no format that the kernel knows, and so it still has for programs that were
 * linked then.
 *
 * A caller's own actions are left as they are: there is no public way to add to them without changing them.
 */
#include "handoff.h"
#include "record.h"
#include "symbol.h"
#include "trace.h"
#include "wrap.h"

#include <spawn.h>

/* `handle` is where the caller is told of the child. */
#define SPAWN(name, handle)                                                                                        \
	EXPORT int name(handle *process, const char *file, const posix_spawn_file_actions_t *actions,              \
			const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[])   \
	{                                                                                                          \
		posix_spawn_file_actions_t ours;                                                                   \
		int result;                                                                                        \
		struct handed handed;                                                                              \
		bool traced;                                                                                       \
		void (*as_linked)(void);                                                                           \
                                                                                                                   \
		handed.count = 0;                                                                                  \
		if (!actions && actions_to_hand_on(&ours, &handed, file, arguments, environment))                  \
			actions = &ours;                                                                           \
		traced = trace_on;                                                                                 \
		if (traced)                                                                                        \
			record_exec(RECORD_##name, file, -1, &handed);                                             \
		result = NEXT(name)(process, file, actions, attributes, arguments, environment);                   \
		/* Another thread has closed one meanwhile: what is open now. */                                   \
		for (int again = 0; again < 8 && result == EBADF && actions == &ours; again++) {                   \
			NEXT(posix_spawn_file_actions_destroy)(&ours);                                             \
			actions = actions_to_hand_on(&ours, &handed, file, arguments, environment) ? &ours : NULL; \
			result = NEXT(name)(process, file, actions, attributes, arguments, environment);           \
		}                                                                                                  \
		if (result == ENOEXEC && (as_linked = symbol_as_linked(__builtin_return_address(0), #name)))       \
			result = ((__typeof__(&name))as_linked)(process, file, actions, attributes, arguments,     \
								environment);                              \
		if (traced && result)                                                                              \
			record_failure(result);                                                                    \
		if (actions == &ours)                                                                              \
			NEXT(posix_spawn_file_actions_destroy)(&ours);                                             \
		return result;                                                                                     \
	}

/* False: there is nothing to hand on, or no memory to say so. */
static bool actions_to_hand_on(posix_spawn_file_actions_t *ours, struct handed *handed, const char *file,
			       char *const *arguments, char *const *environment)
{
	int saved_errno = errno;
	bool ready = false;

	handoff_choose_for_child(handed, file, arguments, environment);
	if (handed->count && !descriptor_policy()->audit && NEXT(posix_spawn_file_actions_init)(ours) == 0) {
		ready = true;
		for (unsigned i = 0; ready && i < handed->count; i++)
			ready = NEXT(posix_spawn_file_actions_adddup2)(ours, handed->number[i], handed->number[i]) == 0;
		if (!ready)
			NEXT(posix_spawn_file_actions_destroy)(ours);
	}
	if (!ready && !descriptor_policy()->audit)
		handed->count = 0;
	errno = saved_errno;
	return ready;
}

SPAWN(posix_spawn, pid_t)
SPAWN(posix_spawnp, pid_t)
SPAWN(pidfd_spawn, int)
SPAWN(pidfd_spawnp, int)
