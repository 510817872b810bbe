/* What a descriptor is, what matters most to those who pass it on first; for running processes and for traces. */
#ifndef CLOEXEC_KIND_H
#define CLOEXEC_KIND_H

enum kind {
	KIND_LISTENING,
	KIND_PRIVATE, /* a regular file or a device that others may not read */
	KIND_SOCKET,
	KIND_FILE,
	KIND_DIRECTORY,
	KIND_PIPE,
	KIND_MEMORY,
	KIND_EPOLL,
	KIND_EVENTFD,
	KIND_SIGNALFD,
	KIND_TIMERFD,
	KIND_INOTIFY,
	KIND_FANOTIFY,
	KIND_TERMINAL,
	KIND_OTHER, /* also what we don't know */
	KINDS
};

/* Their words, the same that a trace has. */
extern const char *const kind_words[KINDS];

#endif
