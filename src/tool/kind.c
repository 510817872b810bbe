#include <config.h>

#include "kind.h"

const char *const kind_words[KINDS] = {
	[KIND_LISTENING] = "listening", [KIND_PRIVATE] = "private",     [KIND_SOCKET] = "socket",
	[KIND_FILE] = "file",           [KIND_DIRECTORY] = "directory", [KIND_PIPE] = "pipe",
	[KIND_MEMORY] = "memory",       [KIND_EPOLL] = "epoll",         [KIND_EVENTFD] = "eventfd",
	[KIND_SIGNALFD] = "signalfd",   [KIND_TIMERFD] = "timerfd",     [KIND_INOTIFY] = "inotify",
	[KIND_FANOTIFY] = "fanotify",   [KIND_TERMINAL] = "terminal",   [KIND_OTHER] = "other",
};
