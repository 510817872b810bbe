/* The decision and the flag. */
#include "descriptor.h"

#include "raw.h"

#include <sys/ioctl.h>

unsigned char descriptor_switch;
unsigned char descriptor_ways[CALLS];
unsigned descriptor_kept;

static struct policy policy;

/* What the table says of each facility's refusals, and of each call's facility. */
enum refusal { NOTHING = 0, UNKNOWN_CALL = 1, UNKNOWN_FLAG = 2, UNKNOWN_EITHER = UNKNOWN_CALL | UNKNOWN_FLAG };
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

enum descriptor_switch descriptor_read_policy(void)
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
	descriptor_kept = policy.ranges;
	state = policy.on && !policy.kept_program ? ON : OFF;
	if (environ)
		__atomic_store_n(&descriptor_switch, (unsigned char)state, __ATOMIC_RELEASE);
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

bool descriptor_refusal(struct attempt *attempt)
{
	enum facility facility = facility_of[attempt->call];
	enum refusal refusal = refusal_named(errno);

	if (!(facilities[facility].retried & refusal))
		return false;
	/* A call that does not exist will not come into being: the price is paid once.  EINVAL may mean any argument. */
	if (facilities[facility].remembered & refusal & UNKNOWN_CALL)
		give_up(facility);
	attempt->way = AFTER;
	attempt->error = errno;
	return true;
}

void descriptor_refused_for_good(const struct attempt *attempt)
{
	enum facility facility = facility_of[attempt->call];

	if (facilities[facility].remembered & refusal_named(attempt->error))
		give_up(facility);
	errno = attempt->saved_errno;
}

bool descriptor_exempt(int fd)
{
	if (fd <= STDERR_FILENO)
		return fd >= 0;
	descriptor_read_policy();
	return policy_keeps(&policy, fd);
}

bool descriptor_flag(int fd)
{
	return raw(SYS_fcntl, fd, F_GETFD) & FD_CLOEXEC;
}

void descriptor_set_flag(int fd, bool on)
{
	if (raw(SYS_ioctl, fd, on ? FIOCLEX : FIONCLEX) < 0)
		raw(SYS_fcntl, fd, F_SETFD, on ? FD_CLOEXEC : 0);
}

void descriptor_correct(enum way way, int fd)
{
	bool exempt = descriptor_exempt(fd);

	if (exempt == (way == ATOMIC))
		descriptor_set_flag(fd, way == AFTER);
}
