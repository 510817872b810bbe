/* The constructor: the only place that may write to the environment, and to descriptor 2. */
#include "descriptor.h"
#include "handoff.h"
#include "named.h"
#include "next.h"
#include "place.h"
#include "raw.h"
#include "text.h"

#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>

static const char warned[] = "CLOEXEC_WARNED";
static const char audit[] = "CLOEXEC_AUDIT";

/* Takes out of the environment what begins like that. */
static void remove_from_environment(const char *beginning)
{
	char **keep = environ;

	if (!environ)
		return;
	for (char **entry = environ; *entry; entry++) {
		const char *text = *entry;

		if (!text_skip(&text, beginning))
			*keep++ = *entry;
	}
	*keep = NULL;
}

/* Adds `text` to the line, as far as there is room. */
static char *append(char *end, char *limit, const char *text)
{
	for (; *text && end < limit; text++)
		*end++ = policy_visible(*text);
	return end;
}

static void complain(const char *variable, const char *option, const char *value, const char *reason)
{
	char line[512];
	char *limit = line + sizeof line - 1;
	char *end = line;

	(void)option;
	end = append(end, limit, "libcloexec: ");
	end = append(end, limit, variable);
	end = append(end, limit, ": '");
	end = append(end, limit - 128, value); /* the reason must be read, whatever the value */
	end = append(end, limit, "': ");
	end = append(end, limit, reason);
	end = append(end, limit, "; ignored");
	*end++ = '\n';
	raw(SYS_write, STDERR_FILENO, line, end - line);
}

/* Calls `speak` so that what becomes of its words does not become of the program: a reader who is gone, a terminal that
 * stops who writes from the background, a file that may not grow.  Raw system calls with the kernel's own signal set:
 * each name asked of libc costs every start of every program. */
static void unharmed(void (*speak)(void))
{
	const uint64_t signals = 1U << (SIGPIPE - 1) | 1U << (SIGTTOU - 1) | 1U << (SIGXFSZ - 1);
	const long at_once[4] = {0};
	struct pollfd standard_error = {.fd = STDERR_FILENO, .events = POLLOUT};
	uint64_t before;
	uint64_t pending = 0;
	uint64_t ours;

	/* Nor may it wait for somebody to read. */
	if (raw(SYS_ppoll, &standard_error, 1, at_once, NULL, sizeof signals) != 1 || standard_error.revents != POLLOUT)
		return;
	raw(SYS_rt_sigpending, &pending, sizeof pending);
	raw(SYS_rt_sigprocmask, SIG_BLOCK, &signals, &before, sizeof signals);
	speak();
	ours = signals & ~pending;
	while (raw(SYS_rt_sigtimedwait, &ours, NULL, at_once, sizeof ours) > 0)
		;
	raw(SYS_rt_sigprocmask, SIG_SETMASK, &before, NULL, sizeof before);
}

/* Steps over a number, as far as there is one, and gives it. */
static unsigned long long read_number(const char **text)
{
	unsigned long long value = 0;

	for (; **text >= '0' && **text <= '9'; ++*text)
		value = value * 10 + (unsigned long long)(**text - '0');
	return value;
}

/* Is standard error the journal's socket?  systemd says which that is, as DEVICE:INODE (systemd.exec(5)), so that
 * nobody takes another for it who was started with the variable but not with the socket. */
static bool stderr_is_journal(void)
{
	/* struct statx: the inode is a 64-bit number at 32, the device two 32-bit ones at 136, on every machine. */
	enum { INODE_AT = 32, MAJOR_AT = 136, MINOR_AT = 140, WANT_INODE = 0x100 };
	const char *stream = secure_getenv("JOURNAL_STREAM");
	unsigned char about[256];
	uint64_t inode, device;
	uint32_t major_number, minor_number;

	if (!stream || raw(SYS_statx, STDERR_FILENO, "", AT_EMPTY_PATH, WANT_INODE, about) < 0)
		return false;
	memcpy(&inode, about + INODE_AT, sizeof inode);
	memcpy(&major_number, about + MAJOR_AT, sizeof major_number);
	memcpy(&minor_number, about + MINOR_AT, sizeof minor_number);
	/* dev_t, as libc makes it up. */
	device = (major_number & 0xfffULL) << 8 | (minor_number & 0xffULL) | (uint64_t)(minor_number & ~0xffU) << 12;
	return read_number(&stream) == device && *stream++ == ':' && read_number(&stream) == inode && !*stream;
}

/* Standard error is where a person may read it; a socket there is a protocol's, unless it is the journal's, and a file
 * that a constructor before ours has opened there is that library's. */
static bool stderr_is_for_people(void)
{
	unsigned kind = named_kind(STDERR_FILENO);

	return kind && !__atomic_load_n(&descriptor_made_stderr, __ATOMIC_RELAXED) &&
	       (!(kind & NAMED_SOCKET) || stderr_is_journal());
}

static void complain_of_each(void)
{
	struct program self = program_self();
	struct policy policy;

	policy_read(&policy, secure_getenv, &self, complain);
}

static void complain_of_trace(void)
{
	complain("CLOEXEC_TRACE", NULL, trace_directory(), place_judge(trace_directory()));
	if (descriptor_policy()->audit)
		complain(audit, NULL, secure_getenv(audit), POLICY_AUDIT_WANTS_TRACE);
}

/* The first process of a tree says what is wrong with the policy, or with the directory for traces, whose file system
 * or user later ones may have left; they keep quiet. */
static void warn(void)
{
	if (secure_getenv(warned))
		return;
	if (stderr_is_for_people() && descriptor_policy()->bad)
		unharmed(complain_of_each);
	if (trace_on && place_judge(trace_directory())) {
		if (stderr_is_for_people())
			unharmed(complain_of_trace);
		trace_stop();
		if (descriptor_policy()->audit) {
			descriptor_end_audit();
			remove_from_environment("CLOEXEC_AUDIT=");
		}
	}
	NEXT(setenv)(warned, "1", 1); // NOLINT(concurrency-mt-unsafe): main has not begun
}

/* Flags the numbers from `first` to `last`, those that are open.  One system call since Linux 5.11. */
static void flag_range(unsigned first, unsigned last)
{
	enum { CLOEXEC = 4 }; /* CLOSE_RANGE_CLOEXEC */
	unsigned limit;

	if (first > last)
		return;
	for (unsigned fd = first; trace_on && fd <= last && fd < MARKS; fd++)
		trace_flag_inherited((int)fd);
	if (descriptor_policy()->audit || raw(SYS_close_range, first, last, CLOEXEC) == 0)
		return;
	/* No descriptor is above the limit that was in force when it was made; that limit is not known, so this one and
	 * room to spare. */
	limit = last < MARKS ? last : MARKS;
	for (unsigned fd = first; fd <= limit; fd++)
		if (raw(SYS_fcntl, fd, F_GETFD) >= 0)
			descriptor_set_flag((int)fd, true);
}

/* Systemd passes sockets on purpose: the first number after them. */
static unsigned after_listen_fds(void)
{
	const char *count = secure_getenv("LISTEN_FDS");
	const char *process = secure_getenv("LISTEN_PID");
	unsigned fds = 0, id = 0;

	for (; count && *count >= '0' && *count <= '9' && fds < MARKS; count++)
		fds = fds * 10 + (unsigned)(*count - '0');
	for (; process && *process >= '0' && *process <= '9' && id < 100000000; process++)
		id = id * 10 + (unsigned)(*process - '0');
	return STDERR_FILENO + 1 + (id == (unsigned)raw(SYS_getpid) ? fds : 0);
}

/* CLOEXEC_INHERITED=set: the first process flags what it was started with, but for what is kept or was passed on
 * purpose, and tells no other to. */
static void flag_inherited(const struct policy *policy)
{
	unsigned first = after_listen_fds();

	while (first < UINT_MAX) {
		unsigned last = UINT_MAX;
		unsigned next_first = UINT_MAX;

		if (policy_keeps(policy, (int)first)) {
			first++;
			continue;
		}
		for (unsigned i = 0; i < policy->ranges; i++)
			if ((unsigned)policy->kept[i].first > first && (unsigned)policy->kept[i].first <= last) {
				last = (unsigned)policy->kept[i].first - 1;
				next_first = (unsigned)policy->kept[i].last + 1;
			}
		flag_range(first, last);
		first = next_first;
	}
	remove_from_environment("CLOEXEC_INHERITED=");
}

__attribute__((constructor)) static void start(void)
{
	int saved_errno = errno;

	descriptor_read_policy(true);
	next_start();
	handoff_start();
	/* A program that is set-user-ID, and all that it executes after it has become that user for good, must not
	 * believe what the caller wrote. */
	if (getauxval(AT_SECURE))
		remove_from_environment("CLOEXEC_");
	else if (descriptor_policy()->bad || trace_on)
		warn();
	if (trace_on)
		trace_inherit();
	if (descriptor_policy()->inherited && descriptor_read_policy(true) == ON)
		flag_inherited(descriptor_policy());
	errno = saved_errno;
}

/* What was lost on the way, somebody may still be able to tell. */
__attribute__((destructor)) static void end(void)
{
	if (trace_on)
		record_end();
}
