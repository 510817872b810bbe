/* The decision and the flag. */
#include "descriptor.h"

#include "raw.h"
#include "system-wide.h"
#include "text.h"

#include <sys/ioctl.h>

int descriptor_master; /* enum descriptor_switch, atomic; a whole word: not every machine can exchange a byte */
unsigned char descriptor_ways[CALLS];
int descriptor_exempt_limit = INT_MAX;
ptrdiff_t descriptor_errno_distance;
bool descriptor_made_stderr;

static struct policy policy;

/* What the table says of each facility's refusals, and of each call's facility. */
enum refusal { NOTHING = 0, UNKNOWN_CALL = 1, UNKNOWN_FLAG = 2, FORBIDDEN = 4 };
static const struct {
	unsigned char present;
	unsigned char retried;
	unsigned char remembered;
} facilities[FACILITIES] = {
#define FACILITY(name, probe, retried, remembered) [FACILITY_##name] = {FACILITY_HAS_##name, retried, remembered},
#include "calls.def"
};
static const unsigned char facility_of[CALLS] = {
#define CALL(name, family, facility, next) [CALL_##name] = FACILITY_##facility,
#include "calls.def"
};

/* What has turned out about a facility: AFTER, or a way that is proven; 0: nothing yet.  Atomic, relaxed. */
static unsigned char outcomes[FACILITIES];

/* How a facility is used, but for the calls that the policy keeps. */
static enum way way_through(enum facility facility, enum descriptor_switch state)
{
	enum way outcome = __atomic_load_n(&outcomes[facility], __ATOMIC_RELAXED);

	if (state != ON)
		return LEAVE;
	if (policy.audit)
		return WATCH;
	if (!policy.atomic || !facilities[facility].present)
		return AFTER;
	if (outcome)
		return outcome;
	return policy.verify ? UNPROVEN : policy.trace ? TRACED : ATOMIC;
}

/* The ways of all calls, as the switch stands now.  The exchange at the end orders them: whoever turns the switch after it
 * writes later, and what was turned before it makes us write again. */
static void decide(void)
{
	unsigned char ways[FACILITIES];
	enum descriptor_switch state;

	do {
		state = (enum descriptor_switch)__atomic_load_n(&descriptor_master, __ATOMIC_SEQ_CST);
		for (int facility = 0; facility < FACILITIES; facility++)
			ways[facility] = (unsigned char)way_through((enum facility)facility, state);
		for (int call = 0; call < CALLS; call++)
			__atomic_store_n(&descriptor_ways[call], policy.kept_calls[call] ? LEAVE : ways[facility_of[call]],
					 __ATOMIC_RELEASE);
	} while (__atomic_fetch_or(&descriptor_master, 0, __ATOMIC_SEQ_CST) != (int)state);
}

/* Most environments say nothing to us: one look finds that out, instead of one for each variable. */
static char *no_variable(const char *name)
{
	(void)name;
	return NULL;
}

static bool is_addressed(void)
{
	for (char *const *variable = environ; variable && *variable; variable++)
		if (text_begins(*variable, "CLOEXEC_"))
			return true;
	return false;
}

enum descriptor_switch descriptor_read_policy(bool settled)
{
	enum descriptor_switch state = __atomic_load_n(&descriptor_master, __ATOMIC_ACQUIRE);
	int unread = UNREAD;
	struct program self;
	struct policy found;

	if (state != UNREAD)
		return state;
#ifdef THREAD_POINTER
	descriptor_errno_distance = (char *)&errno - THREAD_POINTER;
#endif
	self = program_self();
	policy_read(&found, is_addressed() ? secure_getenv : no_variable, &self, NULL);
	if (system_wide && !found.keeps_none && !found.cover_once && program_is_shell(&self))
		found.kept_program = true;
	policy = found;
	state = policy.on && !policy.kept_program && system_wide_acts() ? ON : OFF;
	if (settled || environ) {
		if (policy.trace && system_wide_acts())
			trace_start(policy.trace);
		descriptor_exempt_limit = policy.ranges ? INT_MAX : STDERR_FILENO;
		__atomic_compare_exchange_n(&descriptor_master, &unread, (int)state, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
		decide();
	}
	return state;
}

enum way descriptor_decide(enum call call)
{
	enum descriptor_switch state = descriptor_read_policy(false);

	return policy.kept_calls[call] ? LEAVE : way_through(facility_of[call], state);
}

const struct policy *descriptor_policy(void)
{
	return &policy;
}

void descriptor_set_default(bool on)
{
	int before = (int)descriptor_read_policy(true);

	/* Fails where it has just been stopped, or turned by another thread: the last word is theirs. */
	if (before != STOPPED)
		__atomic_compare_exchange_n(&descriptor_master, &before, on ? ON : OFF, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	decide();
}

void descriptor_end_audit(void)
{
	policy.audit = false;
	decide();
	for (int fd = STDERR_FILENO + 1; fd <= marks_last; fd++)
		if (marked(fd))
			descriptor_set_flag(fd, true);
}

void descriptor_stop(void)
{
	descriptor_read_policy(true);
	__atomic_exchange_n(&descriptor_master, STOPPED, __ATOMIC_SEQ_CST);
	decide();
}

static enum refusal refusal_named(int error)
{
	switch (error) {
	case ENOSYS:
		return UNKNOWN_CALL;
	case EINVAL:
		return UNKNOWN_FLAG;
	case EPERM:
		return FORBIDDEN;
	default:
		return NOTHING;
	}
}

/* What has turned out about a facility holds for all calls that use it. */
static void settle_facility(enum facility facility, enum way way)
{
	__atomic_store_n(&outcomes[facility], (unsigned char)way, __ATOMIC_RELAXED);
	if (__atomic_load_n(&descriptor_master, __ATOMIC_SEQ_CST) != UNREAD)
		decide();
}

long descriptor_refused(struct attempt *attempt, long result)
{
	enum facility facility = facility_of[attempt->call];
	enum refusal refusal;

	if (result >= 0 || !IS_ATOMIC(attempt->way))
		return result;
	refusal = refusal_named(errno);
	if (!(facilities[facility].retried & refusal))
		return result;
	/* A call that does not exist will not come into being: the price is paid once.  The others may mean any
	 * argument. */
	if (facilities[facility].remembered & refusal & UNKNOWN_CALL)
		settle_facility(facility, AFTER);
	attempt->way = AFTER;
	attempt->refusal = errno;
	return DESCRIPTOR_RETRY;
}

long descriptor_recover(const struct attempt *attempt, long result)
{
	enum facility facility = facility_of[attempt->call];

	if (result < 0)
		return result;
	if (facilities[facility].remembered & refusal_named(attempt->refusal))
		settle_facility(facility, AFTER);
	errno = attempt->saved_errno;
	return result;
}

bool descriptor_named_exempt(int fd)
{
	if (fd <= STDERR_FILENO)
		return fd >= 0;
	descriptor_read_policy(false);
	return policy_keeps(&policy, fd);
}

bool descriptor_flag(int fd)
{
	long flags = raw(SYS_fcntl, fd, F_GETFD);

	return flags >= 0 && (flags & FD_CLOEXEC);
}

void descriptor_set_flag(int fd, bool on)
{
	if (raw(SYS_ioctl, fd, on ? FIOCLEX : FIONCLEX) < 0)
		raw(SYS_fcntl, fd, F_SETFD, on ? FD_CLOEXEC : 0);
}

/* Why a call is left alone; what asked for the flag itself is not. */
static enum origin_state left_alone(enum call call, int fd)
{
	if (__atomic_load_n(&descriptor_master, __ATOMIC_RELAXED) != ON)
		return policy.kept_program ? KEPT_PROGRAM : KEPT_DEFAULT;
	if (policy.kept_calls[call])
		return KEPT_CALL;
	return descriptor_exempt(fd) ? KEPT_NUMBER : OWN;
}

int descriptor_correct(enum call call, enum way way, int fd, const void *caller)
{
	enum origin_state state = OURS;

	if (fd < 0)
		return fd;
	if (way == LEAVE || descriptor_exempt(fd)) {
		if (IS_ATOMIC(way))
			descriptor_set_flag(fd, false);
		if (fd == STDERR_FILENO)
			__atomic_store_n(&descriptor_made_stderr, true, __ATOMIC_RELAXED);
		mark_drop(fd);
		state = way == LEAVE ? left_alone(call, fd) : KEPT_NUMBER;
	} else {
		if (way == UNPROVEN) {
			/* One call may give several. */
			way = descriptor_way(call);
			if (way == UNPROVEN) {
				way = !descriptor_flag(fd) ? AFTER : policy.trace ? TRACED : ATOMIC;
				settle_facility(facility_of[call], way);
			}
		}
		if (way == AFTER)
			descriptor_set_flag(fd, true);
		mark_note(fd, (unsigned char)(call + 1));
	}
	if (trace_on)
		trace_note(fd, state, (unsigned char)(call + 1), caller);
	return fd;
}

int descriptor_correct_copy(const struct attempt *attempt, int fd, int source)
{
	if (fd < 0 && trace_on && errno == EBADF)
		record_missed(source, attempt->call, attempt->caller);
	return descriptor_correct((enum call)attempt->call, (enum way)attempt->way, fd, attempt->caller);
}

int descriptor_correct_path(const struct attempt *attempt, int fd, const char *path)
{
	if (fd < 0 && trace_on)
		record_missed_path(path, attempt->call, attempt->caller);
	return descriptor_correct((enum call)attempt->call, (enum way)attempt->way, fd, attempt->caller);
}

int descriptor_place(const struct attempt *attempt, int fd, int source)
{
	if (attempt->way != ATOMIC || fd < 0)
		descriptor_correct_copy(attempt, fd, source);
	if (attempt->way == LEAVE || fd < 0)
		return fd;
	return mark_place(fd, (unsigned char)(attempt->call + 1));
}
