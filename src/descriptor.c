/* The decision and the flag. */
#include "descriptor.h"

#include "raw.h"
#include "system-wide.h"

#include <sys/ioctl.h>

unsigned char descriptor_switch;
unsigned char descriptor_ways[CALLS];
int descriptor_exempt_limit = INT_MAX;

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

enum descriptor_switch descriptor_read_policy(bool settled)
{
	enum descriptor_switch state = __atomic_load_n(&descriptor_switch, __ATOMIC_ACQUIRE);
	struct program self;
	struct policy found;

	if (state != UNREAD)
		return state;
	self = program_self();
	policy_read(&found, secure_getenv, &self, NULL);
	if (system_wide && !found.keeps_none && !found.cover_once && program_is_shell(&self))
		found.kept_program = true;
	policy = found;
	for (int call = 0; call < CALLS; call++) {
		if (policy.kept_calls[call])
			descriptor_ways[call] = LEAVE;
		else if (policy.audit)
			descriptor_ways[call] = WATCH;
		else if (!policy.atomic || !facilities[facility_of[call]].present)
			descriptor_ways[call] = AFTER;
		else
			descriptor_ways[call] = policy.verify ? UNPROVEN : policy.trace ? TRACED : ATOMIC;
	}
	state = policy.on && !policy.kept_program && system_wide_acts() ? ON : OFF;
	if (settled || environ) {
		if (policy.trace && system_wide_acts())
			trace_start(policy.trace);
		descriptor_exempt_limit = policy.ranges ? INT_MAX : STDERR_FILENO;
		__atomic_store_n(&descriptor_switch, (unsigned char)state, __ATOMIC_RELEASE);
	}
	return state;
}

const struct policy *descriptor_policy(void)
{
	return &policy;
}

void descriptor_set_default(bool on)
{
	unsigned char before = (unsigned char)descriptor_read_policy(true);

	/* Fails where it has just been stopped, or turned by another thread: the last word is theirs. */
	if (before != STOPPED)
		__atomic_compare_exchange_n(&descriptor_switch, &before, (unsigned char)(on ? ON : OFF), false,
					    __ATOMIC_RELEASE, __ATOMIC_RELAXED);
}

void descriptor_stop(void)
{
	descriptor_read_policy(true);
	__atomic_store_n(&descriptor_switch, (unsigned char)STOPPED, __ATOMIC_RELEASE);
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
	for (int call = 0; call < CALLS; call++)
		if (facility_of[call] == facility && IS_ATOMIC(descriptor_ways[call]))
			__atomic_store_n(&descriptor_ways[call], (unsigned char)way, __ATOMIC_RELAXED);
}

int descriptor_refusal(enum call call)
{
	enum facility facility = facility_of[call];
	enum refusal refusal = refusal_named(errno);

	if (!(facilities[facility].retried & refusal))
		return 0;
	/* A call that does not exist will not come into being: the price is paid once.  The others may mean any
	 * argument. */
	if (facilities[facility].remembered & refusal & UNKNOWN_CALL)
		settle_facility(facility, AFTER);
	return errno;
}

void descriptor_recover(enum call call, int error, int saved_errno)
{
	enum facility facility = facility_of[call];

	if (facilities[facility].remembered & refusal_named(error))
		settle_facility(facility, AFTER);
	errno = saved_errno;
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
	if (__atomic_load_n(&descriptor_switch, __ATOMIC_RELAXED) != ON)
		return policy.kept_program ? KEPT_PROGRAM : KEPT_DEFAULT;
	if (policy.kept_calls[call])
		return KEPT_CALL;
	return descriptor_exempt(fd) ? KEPT_NUMBER : OWN;
}

void descriptor_correct(enum call call, enum way way, int fd, const void *caller)
{
	enum origin_state state = OURS;

	if (fd < 0)
		return;
	if (way == LEAVE || descriptor_exempt(fd)) {
		if (IS_ATOMIC(way))
			descriptor_set_flag(fd, false);
		mark_drop(fd);
		state = way == LEAVE ? left_alone(call, fd) : KEPT_NUMBER;
	} else {
		if (way == UNPROVEN) {
			/* One call may give several. */
			way = __atomic_load_n(&descriptor_ways[call], __ATOMIC_RELAXED);
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
}
