/* Descriptors that carry events, and memory: each has a flag of its own or a younger twin with one. */
#include "wrap.h"

/* A size that glibc refuses and musl accepts: epoll_create1, which has none, could not tell. */
EXPORT int epoll_create(int size)
{
	struct attempt attempt = descriptor_begin(CALL_epoll_create, false);
	int result;

	if (size <= 0)
		attempt = descriptor_after(attempt);
	result = DESCRIPTOR_ATTEMPT(attempt, NEXT(epoll_create1)(EPOLL_CLOEXEC), NEXT(epoll_create)(size));
	return descriptor_settle(attempt, result);
}

EXPORT int epoll_create1(int flags)
{
	return CREATE(epoll_create1, flags & EPOLL_CLOEXEC, NEXT(epoll_create1)(flags | EPOLL_CLOEXEC),
		      NEXT(epoll_create1)(flags));
}

EXPORT int eventfd(unsigned count, int flags)
{
	return CREATE(eventfd, flags & EFD_CLOEXEC, NEXT(eventfd)(count, flags | EFD_CLOEXEC),
		      NEXT(eventfd)(count, flags));
}

/* With a descriptor that is there already it changes the signals and looks at no flag. */
EXPORT int signalfd(int fd, const sigset_t *mask, int flags)
{
	if (fd != -1)
		return NEXT(signalfd)(fd, mask, flags);
	return CREATE(signalfd, flags & SFD_CLOEXEC, NEXT(signalfd)(fd, mask, flags | SFD_CLOEXEC),
		      NEXT(signalfd)(fd, mask, flags));
}

EXPORT int timerfd_create(clockid_t clock, int flags)
{
	return CREATE(timerfd_create, flags & TFD_CLOEXEC, NEXT(timerfd_create)(clock, flags | TFD_CLOEXEC),
		      NEXT(timerfd_create)(clock, flags));
}

EXPORT int inotify_init(void)
{
	return CREATE(inotify_init, false, NEXT(inotify_init1)(IN_CLOEXEC), NEXT(inotify_init)());
}

EXPORT int inotify_init1(int flags)
{
	return CREATE(inotify_init1, flags & IN_CLOEXEC, NEXT(inotify_init1)(flags | IN_CLOEXEC),
		      NEXT(inotify_init1)(flags));
}

EXPORT int memfd_create(const char *name, unsigned flags)
{
	return CREATE(memfd_create, flags & MFD_CLOEXEC, NEXT(memfd_create)(name, flags | MFD_CLOEXEC),
		      NEXT(memfd_create)(name, flags));
}

/* Two flags: one for this descriptor, one for those that come with its events.  The second can't be set afterwards. */
EXPORT int fanotify_init(unsigned flags, unsigned event_flags)
{
	struct attempt attempt = descriptor_begin(CALL_fanotify_init, false);
	unsigned events = IS_ATOMIC(attempt.way) ? event_flags | O_CLOEXEC : event_flags;
	int result = DESCRIPTOR_ATTEMPT(attempt, NEXT(fanotify_init)(flags | FAN_CLOEXEC, events),
					NEXT(fanotify_init)(flags, events));

	if (flags & FAN_CLOEXEC)
		attempt.way = LEAVE;
	return descriptor_settle(attempt, result);
}
