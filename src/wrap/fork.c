/* vfork and clone: children that run in our memory, but not with our descriptors. */
#include "handoff.h"
#include "wrap.h"

#include <stdarg.h>

#define VFORK(name)                   \
	EXPORT JUMPS pid_t name(void) \
	{                             \
		notes_lend();         \
		JUMP NEXT(vfork)();   \
	}

VFORK(vfork)
VFORK(__vfork)

void fork_by_flags(unsigned long flags)
{
	if ((flags & CLONE_VM) && (flags & CLONE_VFORK))
		notes_lend();
	else if ((flags & CLONE_VM) && !(flags & CLONE_THREAD))
		notes_share();
	/* A table that two processes share has no descriptor that only one of them passes on. */
	if ((flags & CLONE_FILES) && !(flags & CLONE_THREAD))
		handoff_stop();
}

/* Three more arguments, which may not be there: read like libc reads them. */
#define CLONE(name)                                                                                           \
	EXPORT int name(int (*run)(void *), void *stack, int flags, void *argument, ...)                      \
	{                                                                                                     \
		va_list arguments;                                                                            \
		void *parent, *local, *child;                                                                 \
                                                                                                              \
		va_start(arguments, argument);                                                                \
		parent = va_arg(arguments, void *);                                                           \
		local = va_arg(arguments, void *);                                                            \
		child = va_arg(arguments, void *);                                                            \
		va_end(arguments);                                                                            \
		fork_by_flags((unsigned)flags);                                                               \
		return NEXT(clone)(run, stack, flags, argument, parent, local, child);                        \
	}

CLONE(clone)
CLONE(__clone)
