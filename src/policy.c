/* One parser for each CLOEXEC_* variable, and the loop over them. */
#include "policy.h"

#include "libc.h"
#include "text.h"

#include <limits.h>

/* One item of a comma-separated list. */
struct item {
	const char *start;
	size_t length;
};

/* Takes the next item off `*rest`, which becomes NULL after the last one. */
static struct item next_item(const char **rest)
{
	struct item item = {.start = *rest, .length = (size_t)(text_find(*rest, ',') - *rest)};

	*rest = item.start[item.length] ? item.start + item.length + 1 : NULL;
	return item;
}

static bool item_is(struct item item, const char *word)
{
	const char *end = item.start;

	return text_skip(&end, word) && end == item.start + item.length;
}

/* Each parser reads `value` into `policy` and gives NULL, or the reason why it can't. */
typedef const char *parser(struct policy *policy, const char *value, const struct program *program);

static const char *parse_switch(bool *on, const char *value)
{
	static const char words[][2][6] = {{"0", "1"}, {"off", "on"}, {"no", "yes"}, {"false", "true"}};

	for (size_t pair = 0; pair < sizeof words / sizeof *words; pair++)
		for (int side = 0; side < 2; side++)
			if (text_means(value, words[pair][side])) {
				*on = side;
				return NULL;
			}
	return "neither 1, on, yes or true nor 0, off, no or false";
}

static const char *parse_default(struct policy *policy, const char *value, const struct program *program)
{
	(void)program;
	return parse_switch(&policy->on, value);
}

static const char *parse_atomic(struct policy *policy, const char *value, const struct program *program)
{
	(void)program;
	return parse_switch(&policy->atomic, value);
}

static const char *parse_verify(struct policy *policy, const char *value, const struct program *program)
{
	(void)program;
	return parse_switch(&policy->verify, value);
}

/* Reads digits at `*text` into `*number` and steps over them.  False: there are none, or too many for an int. */
static bool parse_number(const char **text, int *number)
{
	const char *digit = *text;
	int value = 0;

	for (; *digit >= '0' && *digit <= '9'; digit++) {
		if (value > (INT_MAX - (*digit - '0')) / 10)
			return false;
		value = value * 10 + (*digit - '0');
	}
	if (digit == *text)
		return false;
	*number = value;
	*text = digit;
	return true;
}

static const char *parse_keep(struct policy *policy, const char *value, const struct program *program)
{
	(void)program;
	for (;;) {
		struct policy_range range;

		if (!parse_number(&value, &range.first))
			break;
		range.last = range.first;
		if (*value == '-') {
			value++;
			if (!parse_number(&value, &range.last))
				break;
			if (range.last < range.first)
				return "a range that ends before it begins";
		}
		if (*value != ',' && *value != '\0')
			break;
		if (policy->ranges == POLICY_RANGES)
			return "more than 64 numbers and ranges; join some";
		policy->kept[policy->ranges++] = range;
		if (*value++ == '\0')
			return NULL;
	}
	return "not a list of descriptor numbers and ranges such as 3,5-7";
}

static const char *parse_keep_calls(struct policy *policy, const char *value, const struct program *program)
{
	(void)program;
	while (value) {
		struct item item = next_item(&value);
		bool known = false;

		for (int call = 0; call < CALLS; call++)
			if (item_is(item, call_names[call]) || item_is(item, call_families[call]))
				policy->kept_calls[call] = known = true;
		if (!known)
			return "names no call and no @family of libcloexec(7)";
	}
	return NULL;
}

static const char *parse_keep_programs(struct policy *policy, const char *value, const struct program *program)
{
	if (text_is(value, "none")) {
		policy->keeps_none = true;
		return NULL;
	}
	while (value) {
		struct item item = next_item(&value);

		if (item.length == 0)
			return "an empty name in the list";
		if (item_is(item, "none"))
			return "none stands alone";
		if (item_is(item, "@shells")) {
			if (program && !policy->cover_once && program_is_shell(program))
				policy->kept_program = true;
		} else if (item.start[0] == '@') {
			return "the only group of programs is @shells";
		} else if (program && program_matches(program, item.start, item.length)) {
			policy->kept_program = true;
		}
	}
	return NULL;
}

static const char *parse_cover_once(struct policy *policy, const char *value, const struct program *program)
{
	int process;

	if (!parse_number(&value, &process) || *value)
		return "not a process id; cloexec-run sets this variable itself";
	policy->cover_once = program && program->process == process;
	return NULL;
}

static const char *parse_handoff(struct policy *policy, const char *value, const struct program *program)
{
	static const char words[][8] = {[HANDOFF_NONE] = "none", [HANDOFF_PLACED] = "placed", [HANDOFF_ALL] = "all"};

	(void)program;
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
		if (text_is(value, words[i])) {
			policy->handoff = (enum policy_handoff)i;
			return NULL;
		}
	return "neither all, placed nor none";
}

static const char *parse_inherited(struct policy *policy, const char *value, const struct program *program)
{
	(void)program;
	if (!text_is(value, "keep") && !text_is(value, "set"))
		return "neither keep nor set";
	policy->inherited = value[0] == 's';
	return NULL;
}

static const char *parse_trace(struct policy *policy, const char *value, const struct program *program)
{
	enum { LONGEST = 1000 };

	(void)program;
	if (*value != '/')
		return "not the absolute path of a directory";
	if (text_find(value, '\0') - value > LONGEST)
		return "longer than 1000 characters";
	policy->trace = value;
	return NULL;
}

static const char *parse_audit(struct policy *policy, const char *value, const struct program *program)
{
	const char *reason = parse_switch(&policy->audit, value);

	(void)program;
	return !reason && policy->audit && !policy->trace ? POLICY_AUDIT_WANTS_TRACE : reason;
}

/* CLOEXEC_COVER_ONCE comes before the list that it bears on, CLOEXEC_TRACE before what needs it. */
static const struct setting {
	const char *variable;
	const char *option;
	parser *parse;
} settings[] = {
	{"CLOEXEC_DEFAULT", "--default", parse_default},
	{"CLOEXEC_KEEP", "--keep", parse_keep},
	{"CLOEXEC_KEEP_CALLS", "--keep-calls", parse_keep_calls},
	{"CLOEXEC_COVER_ONCE", NULL, parse_cover_once},
	{"CLOEXEC_KEEP_PROGRAMS", "--keep-programs", parse_keep_programs},
	{"CLOEXEC_HANDOFF", "--handoff", parse_handoff},
	{"CLOEXEC_INHERITED", "--inherited", parse_inherited},
	{"CLOEXEC_ATOMIC", "--no-atomic", parse_atomic},
	{"CLOEXEC_VERIFY", "--verify", parse_verify},
	{"CLOEXEC_TRACE", "--trace", parse_trace},
	{"CLOEXEC_AUDIT", "--audit", parse_audit},
};

void policy_read(struct policy *policy, char *(*get)(const char *name), const struct program *program,
		 policy_complaint *complain)
{
	*policy = (struct policy){.on = true, .atomic = true, .handoff = HANDOFF_ALL};
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		const struct setting *setting = &settings[i];
		const char *value = get(setting->variable);
		struct policy before;
		const char *reason;

		if (!value || !*value)
			continue;
		before = *policy;
		reason = setting->parse(policy, value, program);
		if (!reason)
			continue;
		*policy = before;
		policy->bad = true;
		if (complain)
			complain(setting->variable, setting->option, value, reason);
	}
}
