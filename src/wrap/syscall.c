/* syscall(): by number, what the calls of the same names do.
 *
 * A number that makes no descriptor goes on untouched, with a jump: the next definition finds the stack as the program
 * left it, which system calls that return twice depend on.
 */
#include "filter.h"
#include "handoff.h"
#include "how.h"
#include "message.h"
#include "raw.h"
#include "watch.h"
#include "wrap.h"

#include <sys/syscall.h>

#ifndef SYS_open_tree_attr
#define SYS_open_tree_attr 467 /* Linux 6.15; the same everywhere */
#endif

/* What a system call needs so that its descriptors get the flag. */
enum rule {
	UNTOUCHED,
	FLAG,       /* the flag goes into an argument */
	SUBSTITUTE, /* a younger system call takes it in a further argument */
	CREAT,      /* open takes it */
	COPY,       /* fcntl takes it */
	COPY_TO,    /* dup3 takes it; the number is known beforehand */
	COMMAND,    /* it is part of fcntl's command */
	SIZE,       /* epoll_create: a younger one takes it, but no size */
	SIGNALS,    /* the flag goes into an argument where a new descriptor is asked for */
	HOW,        /* into a struct */
	EVENTS,     /* into an argument, and one for what comes later into another */
	REQUEST,    /* into an argument of two requests of ioctl */
	WATCHED,    /* makes none, but says something about one */
	EXECUTE,    /* executes a program */
	FORK,       /* makes a child */
};
enum result { ONE, PAIR, MESSAGE, MESSAGES };

struct entry {
	unsigned char rule;
	unsigned char call;     /* the call of calls.def that has its policy and its facility */
	unsigned char argument; /* where the flag goes */
	unsigned char result;
	unsigned char where; /* the argument that a pair or messages are found by */
	unsigned flag;
	int other; /* the number of the system call that takes the flag */
};

#define ENTRY(number, rule, call, other, argument, flag, ...) \
	[SYS_##number] = {rule, CALL_##call, argument, __VA_ARGS__, flag, SYS_##other},
#define OWN(number, argument, flag)         ENTRY(number, FLAG, number, number, argument, flag, ONE, 0)
#define NAMELESS(number, argument, flag)    ENTRY(number, FLAG, syscall, number, argument, flag, ONE, 0)
#define YOUNGER(number, other, argument, flag) ENTRY(number, SUBSTITUTE, number, other, argument, flag, ONE, 0)
#define WATCH(number)                       ENTRY(number, WATCHED, syscall, number, 0, 0, ONE, 0)

static const struct entry entries[] = {
#ifdef SYS_open
	OWN(open, 1, O_CLOEXEC)
	ENTRY(creat, CREAT, creat, open, 1, O_CLOEXEC, ONE, 0)
#endif
	OWN(openat, 2, O_CLOEXEC)
	OWN(open_by_handle_at, 2, O_CLOEXEC)
#ifdef SYS_openat2
	ENTRY(openat2, HOW, openat2, openat2, 2, O_CLOEXEC, ONE, 0)
#endif
	ENTRY(dup, COPY, dup, fcntl, 1, F_DUPFD_CLOEXEC, ONE, 0)
#ifdef SYS_dup2
	ENTRY(dup2, COPY_TO, dup2, dup3, 2, O_CLOEXEC, ONE, 0)
#endif
	ENTRY(dup3, COPY_TO, dup3, dup3, 2, O_CLOEXEC, ONE, 0)
	ENTRY(fcntl, COMMAND, fcntl, fcntl, 1, F_DUPFD_CLOEXEC, ONE, 0)
#ifdef SYS_fcntl64
	ENTRY(fcntl64, COMMAND, fcntl, fcntl64, 1, F_DUPFD_CLOEXEC, ONE, 0)
#endif
#ifdef SYS_pipe
	ENTRY(pipe, SUBSTITUTE, pipe, pipe2, 1, O_CLOEXEC, PAIR, 0)
#endif
	ENTRY(pipe2, FLAG, pipe2, pipe2, 1, O_CLOEXEC, PAIR, 0)
	OWN(socket, 1, SOCK_CLOEXEC)
	ENTRY(socketpair, FLAG, socketpair, socketpair, 1, SOCK_CLOEXEC, PAIR, 3)
#ifdef SYS_accept
	YOUNGER(accept, accept4, 3, SOCK_CLOEXEC)
#endif
	OWN(accept4, 3, SOCK_CLOEXEC)
	ENTRY(recvmsg, FLAG, recvmsg, recvmsg, 2, MSG_CMSG_CLOEXEC, MESSAGE, 1)
#ifdef SYS_recvmmsg
	ENTRY(recvmmsg, FLAG, recvmmsg, recvmmsg, 3, MSG_CMSG_CLOEXEC, MESSAGES, 1)
#endif
#ifdef SYS_recvmmsg_time64
	ENTRY(recvmmsg_time64, FLAG, recvmmsg, recvmmsg_time64, 3, MSG_CMSG_CLOEXEC, MESSAGES, 1)
#endif
#ifdef SYS_epoll_create
	ENTRY(epoll_create, SIZE, epoll_create, epoll_create1, 0, EPOLL_CLOEXEC, ONE, 0)
#endif
	OWN(epoll_create1, 0, EPOLL_CLOEXEC)
#ifdef SYS_eventfd
	YOUNGER(eventfd, eventfd2, 1, EFD_CLOEXEC)
#endif
	ENTRY(eventfd2, FLAG, eventfd, eventfd2, 1, EFD_CLOEXEC, ONE, 0)
#ifdef SYS_signalfd
	ENTRY(signalfd, SIGNALS, signalfd, signalfd4, 3, SFD_CLOEXEC, ONE, 0)
#endif
	ENTRY(signalfd4, SIGNALS, signalfd, signalfd4, 3, SFD_CLOEXEC, ONE, 0)
	OWN(timerfd_create, 1, TFD_CLOEXEC)
#ifdef SYS_inotify_init
	YOUNGER(inotify_init, inotify_init1, 0, IN_CLOEXEC)
#endif
	OWN(inotify_init1, 0, IN_CLOEXEC)
	OWN(memfd_create, 1, MFD_CLOEXEC)
	ENTRY(fanotify_init, EVENTS, fanotify_init, fanotify_init, 0, FAN_CLOEXEC, ONE, 0)
	ENTRY(ioctl, REQUEST, ioctl, ioctl, 2, O_CLOEXEC, ONE, 0)
#ifdef SYS_fsopen
	OWN(fsopen, 1, FSOPEN_CLOEXEC)
	OWN(fsmount, 1, FSMOUNT_CLOEXEC)
	OWN(fspick, 2, FSPICK_CLOEXEC)
	OWN(open_tree, 2, OPEN_TREE_CLOEXEC)
#endif
	NAMELESS(open_tree_attr, 2, OPEN_TREE_CLOEXEC)
#ifdef SYS_userfaultfd
	NAMELESS(userfaultfd, 0, O_CLOEXEC)
#endif
#ifdef SYS_memfd_secret
	NAMELESS(memfd_secret, 0, O_CLOEXEC)
#endif
	NAMELESS(perf_event_open, 4, 1 << 3) /* PERF_FLAG_FD_CLOEXEC */
	WATCH(close)
#ifdef SYS_close_range
	WATCH(close_range)
#endif
	WATCH(flock)
	WATCH(prctl)
#ifdef SYS_seccomp
	WATCH(seccomp)
#endif
	ENTRY(execve, EXECUTE, syscall, execve, 0, 0, ONE, 0)
	ENTRY(execveat, EXECUTE, syscall, execveat, 0, 0, ONE, 0)
	ENTRY(clone, FORK, syscall, clone, 0, 0, ONE, 0)
#ifdef SYS_clone3
	ENTRY(clone3, FORK, syscall, clone3, 0, 0, ONE, 0)
#endif
};
enum { ENTRIES = sizeof entries / sizeof *entries };

/* A system call with its arguments, and room for what one of them points to. */
struct form {
	long number;
	long argument[6];
	struct how how;
};

#define MAKE(form)                                                                                                  \
	NEXT(syscall)((form).number, (form).argument[0], (form).argument[1], (form).argument[2], (form).argument[3], \
		      (form).argument[4], (form).argument[5])

/* What comes of this form of the system call: a descriptor, one that the program itself wants flagged or exempt, none. */
enum outcome { PLAIN, ASKED, NONE };

static enum outcome outcome_of(const struct entry *entry, const struct form *form)
{
	const long *argument = form->argument;
	bool asked = false;

	switch (entry->rule) {
	case FLAG:
		asked = (unsigned)argument[entry->argument] & entry->flag;
		break;
	case COPY_TO:
		if (argument[0] == argument[1])
			return NONE;
		asked = descriptor_exempt((int)argument[1]) || (form->number == SYS_dup3 && (argument[2] & O_CLOEXEC));
		break;
	case COMMAND:
		if ((int)argument[1] != F_DUPFD)
			return NONE;
		break;
	case SIGNALS:
		if ((int)argument[0] != -1)
			return NONE;
		asked = form->number == SYS_signalfd4 && (argument[3] & SFD_CLOEXEC);
		break;
	case HOW:
		asked = how_asks((const void *)argument[2], (size_t)argument[3]);
		break;
	case REQUEST:
		if ((unsigned)argument[1] != TIOCGPTPEER && (unsigned)argument[1] != USERFAULTFD_IOC_NEW)
			return NONE;
		asked = argument[2] & O_CLOEXEC;
		break;
	case WATCHED:
		return NONE;
	default:
		break;
	}
	return asked ? ASKED : PLAIN;
}

/* A system call that makes no descriptor, made, and what it says about one noted. */
static long watch(const struct entry *entry, const struct form *form, const void *caller)
{
	const long *argument = form->argument;
	int fd = (int)argument[0];
	unsigned filter_flags = 0;
	bool filters = form->number == SYS_prctl && argument[0] == PR_SET_SECCOMP;
	long result;

	if (form->number == SYS_close)
		watch_close_range((unsigned)fd, (unsigned)fd, 0);
#ifdef SYS_close_range
	if (form->number == SYS_close_range)
		watch_close_range((unsigned)argument[0], (unsigned)argument[1], (int)argument[2]);
#endif
	watch_filter(filters, argument[1] == 1, argument[2]);
#ifdef SYS_seccomp
	if (form->number == SYS_seccomp && filter_is_set_by((unsigned)argument[0])) {
		filters = true;
		filter_flags = (unsigned)argument[1];
		watch_filter(true, argument[0] == 0, argument[2]);
	}
#endif
	filters = filter_is_asked(filters);
	result = MAKE(*form);
	if (form->number == SYS_flock)
		watch_lock(fd, argument[1] & LOCK_UN, (int)result);
	else if (entry->rule == COMMAND)
		watch_fcntl(fd, (int)argument[1], argument[2], (int)result, caller);
	else if (entry->rule == REQUEST)
		watch_ioctl(fd, (unsigned)argument[1], (int)result);
	else if (entry->rule == COPY_TO)
		watch_placed((int)result, fd);
	if (filters && filter_was_set(filter_flags, result))
		filter_installed();
	return result;
}

/* execve and execveat, as exec.c has them. */
static long execute(const struct form *form)
{
	bool is_at = form->number == SYS_execveat;
	const long *argument = form->argument + is_at;
	int fd = is_at ? (int)form->argument[0] : -1;
	struct handed handed;
	bool traced;
	long result;

	/* NOLINTBEGIN(performance-no-int-to-ptr) */
	handoff_begin(&handed, (const char *)argument[0], fd, (char *const *)argument[1], (char *const *)argument[2]);
	traced = trace_on;
	if (traced)
		record_exec(is_at ? RECORD_execveat : RECORD_execve, (const char *)argument[0], fd, &handed);
	/* NOLINTEND(performance-no-int-to-ptr) */
	result = MAKE(*form);
	if (traced)
		record_failure(errno);
	handoff_undo(&handed);
	return result;
}

/* Turns a system call into its atomic form.  False: this time it has none. */
static bool flag_form(const struct entry *entry, struct form *form)
{
	long *argument = form->argument;

	switch (entry->rule) {
	case CREAT:
		argument[2] = argument[1];
		argument[1] = CREAT_FLAGS | O_CLOEXEC;
		break;
	case COPY:
		argument[1] = F_DUPFD_CLOEXEC;
		argument[2] = 0;
		break;
	case COMMAND:
		argument[1] = F_DUPFD_CLOEXEC;
		break;
	case SIZE:
		if ((int)argument[0] <= 0)
			return false;
		argument[0] = EPOLL_CLOEXEC;
		break;
	case HOW:
		if (!how_flag(&form->how, (const void *)argument[2], (size_t)argument[3]))
			return false;
		argument[2] = (long)&form->how;
		break;
	case EVENTS:
		argument[0] |= FAN_CLOEXEC;
		argument[1] |= O_CLOEXEC;
		break;
	case FLAG:
	case REQUEST:
		argument[entry->argument] |= (long)entry->flag;
		break;
	default: /* the old form has no such argument: what stands there is no flag */
		if (form->number != entry->other)
			argument[entry->argument] = 0;
		argument[entry->argument] |= (long)entry->flag;
	}
	form->number = entry->other;
	return true;
}

/* The descriptors that came of it. */
static void settle_result(struct attempt attempt, const struct entry *entry, const struct form *form, long result)
{
	void *where = (void *)form->argument[entry->where]; // NOLINT(performance-no-int-to-ptr)
	const int *pair = where;
	struct mmsghdr *messages = where;

	switch (entry->result) {
	case PAIR:
		descriptor_settle(attempt, pair[0]);
		descriptor_settle(attempt, pair[1]);
		break;
	case MESSAGE:
		message_settle(attempt, where);
		break;
	case MESSAGES:
		for (long i = 0; i < result; i++)
			message_settle(attempt, &messages[i].msg_hdr);
		break;
	default:
		if (entry->rule == COPY_TO)
			descriptor_place(&attempt, (int)result, (int)form->argument[0]);
		else if (entry->rule == COMMAND)
			watch_copied(descriptor_settle(attempt, (int)result), form->argument[2]);
		else
			descriptor_settle(attempt, (int)result);
	}
}

static __attribute__((noinline)) long make_descriptor(const struct form *plain, const void *caller)
{
	const struct entry *entry = &entries[plain->number];
	enum outcome outcome = outcome_of(entry, plain);
	struct attempt attempt;
	struct form flagged = *plain;
	long result;

	if (entry->rule == EXECUTE)
		return execute(plain);
	if (outcome == NONE)
		return watch(entry, plain, caller);
	attempt = descriptor_begin((enum call)entry->call,
				   outcome == ASKED || descriptor_begin(CALL_syscall, false).way == LEAVE);
	attempt.caller = caller;
	if (IS_ATOMIC(attempt.way) && !flag_form(entry, &flagged))
		attempt = descriptor_after(attempt);
	result = DESCRIPTOR_ATTEMPT(attempt, MAKE(flagged), MAKE(*plain));
	if (entry->rule == EVENTS && (plain->argument[0] & FAN_CLOEXEC))
		attempt.way = LEAVE;
	if (result >= 0)
		settle_result(attempt, entry, plain, result);
	return result;
}

/* System calls that may return twice: what is shared decides what the child may believe.  They jump like the others. */
static void watch_fork(long number, long a)
{
	unsigned long flags = 0;

	if (number == SYS_clone)
		flags = (unsigned long)a;
#ifdef SYS_clone3
	/* The kernel says whether it can be read: it copies a signal mask before it refuses what to do with it. */
	else if (raw(SYS_rt_sigprocmask, -1, a, NULL, sizeof(uint64_t)) == -EINVAL) // NOLINT(performance-no-int-to-ptr)
		memcpy(&flags, (const void *)a, sizeof flags); // NOLINT(performance-no-int-to-ptr)
#endif
	fork_by_flags(flags);
}

/* Not variadic, so that the arguments stay where they are: the third to sixth may not be there, but their places are.
 */
EXPORT long syscall_by_number(long number, long a, long b, long c, long d, long e, long f) __asm__("syscall");
EXPORT long syscall_by_number(long number, long a, long b, long c, long d, long e, long f)
{
	unsigned which = (unsigned)number; /* the kernel looks at no more */

	if (LIKELY(which >= ENTRIES || entries[which].rule == UNTOUCHED))
		return NEXT(syscall)(number, a, b, c, d, e, f);
	if (entries[which].rule == FORK) {
		watch_fork(which, a);
		return NEXT(syscall)(number, a, b, c, d, e, f);
	}
	return make_descriptor(&(struct form){.number = which, .argument = {a, b, c, d, e, f}},
			       __builtin_return_address(0));
}
