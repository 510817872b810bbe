/* The parser of the policy: a line for each variable, in the order of the table below. */
/* Links: src/calls.c src/policy.c src/program.c */
#include "fuzz.h"

#include "policy.h"

static const char *const variables[] = {
	"CLOEXEC_DEFAULT", "CLOEXEC_KEEP",      "CLOEXEC_KEEP_CALLS", "CLOEXEC_KEEP_PROGRAMS", "CLOEXEC_COVER_ONCE",
	"CLOEXEC_HANDOFF", "CLOEXEC_INHERITED", "CLOEXEC_ATOMIC",     "CLOEXEC_VERIFY",
};
enum { VARIABLES = sizeof variables / sizeof *variables };
static char *values[VARIABLES];
static unsigned complaints;

static char *get(const char *name)
{
	for (int i = 0; i < VARIABLES; i++)
		if (strcmp(name, variables[i]) == 0)
			return values[i];
	return NULL;
}

static void complain(const char *variable, const char *option, const char *value, const char *reason)
{
	(void)option;
	HOLDS(value == get(variable) && *value && *reason);
	complaints++;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct program editor = {
		.file = "/usr/bin/vi", .name = "-ed", .executable = "/usr/bin/vim.tiny", .process = 4711};
	struct policy policy;
	struct policy judged;

	for (int i = 0; i < VARIABLES; i++)
		values[i] = next_text(&data, &size);
	/* Bytes between the members count too when two are compared. */
	memset(&policy, 0, sizeof policy);
	complaints = 0;
	policy_read(&policy, get, &editor, complain);
	HOLDS(policy.bad == (complaints > 0));
	HOLDS(policy.ranges <= POLICY_RANGES && policy.handoff <= HANDOFF_ALL);
	for (unsigned i = 0; i < policy.ranges; i++) {
		HOLDS(policy.kept[i].first >= 0 && policy.kept[i].first <= policy.kept[i].last);
		HOLDS(policy_keeps(&policy, policy.kept[i].first) && policy_keeps(&policy, policy.kept[i].last));
	}
	/* The launcher judges values without a program: what it lets pass, the library takes. */
	policy_read(&judged, get, NULL, NULL);
	HOLDS(judged.bad == policy.bad && !judged.kept_program);
	HOLDS(judged.on == policy.on && judged.atomic == policy.atomic && judged.ranges == policy.ranges);
	HOLDS(memcmp(judged.kept_calls, policy.kept_calls, sizeof policy.kept_calls) == 0);
	for (int i = 0; i < VARIABLES; i++)
		free(values[i]);
	return 0;
}
