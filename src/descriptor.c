/* The decision and the flag. */
#include "descriptor.h"

#include "raw.h"

#include <sys/ioctl.h>

unsigned char descriptor_switch;
unsigned char descriptor_ways[CALLS];
int descriptor_exempt_limit = INT_MAX;

static struct policy policy;

/* What the table says of each facility's refusals, and of each call's facility. */
enum refusal { NOTHING = 0, UNKNOWN_CALL = 1, UNKNOWN_FLAG = 2, FORBIDDEN = 4 };
static const struct {
	unsigned char retried;
	unsigned char remembered;
} facilities[FACILITIES] = {
#define CALL(name, family, facility, next)
#define FACILITY(name, retried, remembered) [FACILITY_##name] = {retried, remembered},
#include "calls.def"
#undef CALL
#undef FACILITY
};
static const unsigned char facility_of[CALLS] = {
#define FACILITY(name, retried, remembered)
#define CALL(name, family, facility, next) [CALL_##name] = FACILITY_##facility,
#include "calls.def"
#undef CALL
#undef FACILITY
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
	policy = found;
	for (int call = 0; call < CALLS; call++) {
		bool atomic = policy.atomic && facility_of[call] != FACILITY_afterwards;

		descriptor_ways[call] = policy.kept_calls[call] ? LEAVE : atomic ? ATOMIC : AFTER;
	}
	state = policy.on && !policy.kept_program ? ON : OFF;
	if (settled || environ) {
		descriptor_exempt_limit = policy.ranges ? INT_MAX : STDERR_FILENO;
		__atomic_store_n(&descriptor_switch, (unsigned char)state, __ATOMIC_RELEASE);
	}
	return state;
}

const struct policy *descriptor_policy(void)
{
	return &policy;
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

/* This system has no such facility: from now on all calls that use it are made plain, then flagged. */
static void give_up(enum facility facility)
{
	for (int call = 0; call < CALLS; call++)
		if (facility_of[call] == facility && descriptor_ways[call] == ATOMIC)
			__atomic_store_n(&descriptor_ways[call], AFTER, __ATOMIC_RELAXED);
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
		give_up(facility);
	return errno;
}

void descriptor_recover(enum call call, int error, int saved_errno)
{
	enum facility facility = facility_of[call];

	if (facilities[facility].remembered & refusal_named(error))
		give_up(facility);
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

void descriptor_correct(enum way way, int fd)
{
	if (way == LEAVE || fd < 0)
		return;
	if (descriptor_exempt(fd) == (way == ATOMIC))
		descriptor_set_flag(fd, way == AFTER);
}
