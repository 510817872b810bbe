/* The environment, read into a policy: every variable, what it takes and what it refuses. */
#include "policy.h"

#include "unit.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* The environment of one reading: the variables that differ from it in nothing else. */
static struct variable {
	const char *name;
	const char *value;
} environment[12];

static unsigned complaints;
static struct {
	const char *variable;
	const char *option;
	const char *value;
	const char *reason;
} complaint;

static void forget(void)
{
	memset(environment, 0, sizeof environment);
	memset(&complaint, 0, sizeof complaint);
	complaints = 0;
}

static void set(const char *name, const char *value)
{
	struct variable *variable = environment;

	while (variable->name && strcmp(variable->name, name) != 0)
		variable++;
	*variable = (struct variable){name, value};
}

static char *get(const char *name)
{
	for (struct variable *variable = environment; variable->name; variable++)
		if (strcmp(variable->name, name) == 0)
			return (char *)(size_t)variable->value;
	return NULL;
}

static void complain(const char *variable, const char *option, const char *value, const char *reason)
{
	complaints++;
	complaint.variable = variable;
	complaint.option = option;
	complaint.value = value;
	complaint.reason = reason;
}

static const struct program editor = {
	.file = "/usr/bin/vi",
	.name = "ed",
	.executable = "/usr/bin/vim.tiny",
	.process = 4711,
};
static const struct program shell = {.file = "/bin/sh", .name = "sh", .executable = "/usr/bin/dash", .process = 4711};

static struct policy read_for(const struct program *program)
{
	struct policy policy;

	memset(&policy, 0xaa, sizeof policy);
	policy_read(&policy, get, program, complain);
	return policy;
}

static struct policy read_one(const char *name, const char *value)
{
	forget();
	set(name, value);
	return read_for(&editor);
}

static void assert_default(const struct policy *policy)
{
	ck_assert(policy->on);
	ck_assert(policy->atomic);
	ck_assert(!policy->kept_program);
	ck_assert(!policy->cover_once);
	ck_assert(!policy->trace);
	ck_assert(!policy->audit);
	ck_assert_uint_eq(policy->ranges, 0);
	for (int call = 0; call < CALLS; call++)
		ck_assert(!policy->kept_calls[call]);
}

static const char *const variables[] = {
	"CLOEXEC_DEFAULT",    "CLOEXEC_KEEP",          "CLOEXEC_KEEP_CALLS",
	"CLOEXEC_COVER_ONCE", "CLOEXEC_KEEP_PROGRAMS", "CLOEXEC_ATOMIC",
	"CLOEXEC_TRACE",      "CLOEXEC_AUDIT",
};

START_TEST(nothing_set)
{
	struct policy policy = read_for(&editor);

	assert_default(&policy);
	ck_assert(!policy.bad);
	ck_assert_uint_eq(complaints, 0);
}
END_TEST

START_TEST(empty_is_unset)
{
	struct policy policy = read_one(variables[_i], "");

	assert_default(&policy);
	ck_assert(!policy.bad);
	ck_assert_uint_eq(complaints, 0);
}
END_TEST

static const struct {
	const char *word;
	bool on;
} words[] = {
	{"1", true},  {"on", true},   {"yes", true}, {"true", true},   {"ON", true},   {"Yes", true}, {"tRuE", true},
	{"0", false}, {"off", false}, {"no", false}, {"false", false}, {"OFF", false}, {"No", false}, {"fAlSe", false},
};

START_TEST(switches)
{
	struct policy policy = read_one("CLOEXEC_DEFAULT", words[_i].word);

	ck_assert_int_eq(policy.on, words[_i].on);
	ck_assert(policy.atomic);
	ck_assert(!policy.bad);
	policy = read_one("CLOEXEC_ATOMIC", words[_i].word);
	ck_assert_int_eq(policy.atomic, words[_i].on);
	ck_assert(policy.on);
	ck_assert(!policy.bad);
	ck_assert_uint_eq(complaints, 0);
}
END_TEST

/* Up to three ranges that a list means. */
static const struct {
	const char *list;
	unsigned count;
	struct policy_range ranges[3];
} lists[] = {
	{"3", 1, {{3, 3}}},
	{"0", 1, {{0, 0}}},
	{"3,5-7", 2, {{3, 3}, {5, 7}}},
	{"5-7,3", 2, {{5, 7}, {3, 3}}},
	{"9,9,9-9", 3, {{9, 9}, {9, 9}, {9, 9}}},
	{"007", 1, {{7, 7}}},
	{"2147483647", 1, {{INT_MAX, INT_MAX}}},
	{"0-2147483647", 1, {{0, INT_MAX}}},
	{"00000000000000000000005", 1, {{5, 5}}},
};

START_TEST(keep)
{
	struct policy policy = read_one("CLOEXEC_KEEP", lists[_i].list);

	ck_assert_uint_eq(complaints, 0);
	ck_assert(!policy.bad);
	ck_assert_uint_eq(policy.ranges, lists[_i].count);
	for (unsigned range = 0; range < policy.ranges; range++) {
		ck_assert_int_eq(policy.kept[range].first, lists[_i].ranges[range].first);
		ck_assert_int_eq(policy.kept[range].last, lists[_i].ranges[range].last);
	}
}
END_TEST

/* As many numbers as there is room for, and one more. */
START_TEST(keep_to_the_limit)
{
	char list[4 * (POLICY_RANGES + 1)] = "";
	struct policy policy;

	for (int number = 100; number < 100 + POLICY_RANGES; number++)
		sprintf(list + strlen(list), "%s%d", *list ? "," : "", number);
	policy = read_one("CLOEXEC_KEEP", list);
	ck_assert_uint_eq(complaints, 0);
	ck_assert_uint_eq(policy.ranges, 64);
	ck_assert(policy_keeps(&policy, 100));
	ck_assert(policy_keeps(&policy, 163));
	ck_assert(!policy_keeps(&policy, 164));
	strcat(list, ",99");
	policy = read_one("CLOEXEC_KEEP", list);
	ck_assert_uint_eq(complaints, 1);
	ck_assert_ptr_nonnull(strstr(complaint.reason, "64"));
	assert_default(&policy);
}
END_TEST

START_TEST(keeps)
{
	struct policy policy = read_one("CLOEXEC_KEEP", "3,5-7,2147483640-2147483647");

	ck_assert(!policy_keeps(&policy, -1));
	ck_assert(!policy_keeps(&policy, INT_MIN));
	ck_assert(!policy_keeps(&policy, 0));
	ck_assert(!policy_keeps(&policy, 2));
	ck_assert(policy_keeps(&policy, 3));
	ck_assert(!policy_keeps(&policy, 4));
	ck_assert(policy_keeps(&policy, 5));
	ck_assert(policy_keeps(&policy, 6));
	ck_assert(policy_keeps(&policy, 7));
	ck_assert(!policy_keeps(&policy, 8));
	ck_assert(!policy_keeps(&policy, 2147483639));
	ck_assert(policy_keeps(&policy, 2147483640));
	ck_assert(policy_keeps(&policy, INT_MAX));
	policy = read_one("CLOEXEC_KEEP", "");
	ck_assert(!policy_keeps(&policy, 3));
}
END_TEST

static const struct {
	const char *name;
	const char *family;
} calls[CALLS] = {
#define CALL(name, family, facility, next) [CALL_##name] = {#name, "@" #family},
#include "calls.def"
};

START_TEST(keep_one_call)
{
	struct policy policy = read_one("CLOEXEC_KEEP_CALLS", calls[_i].name);

	ck_assert_uint_eq(complaints, 0);
	for (int call = 0; call < CALLS; call++)
		ck_assert_msg(policy.kept_calls[call] == (call == _i), "%s", calls[call].name);
}
END_TEST

START_TEST(keep_one_family)
{
	struct policy policy = read_one("CLOEXEC_KEEP_CALLS", calls[_i].family);

	ck_assert_uint_eq(complaints, 0);
	for (int call = 0; call < CALLS; call++)
		ck_assert_msg(policy.kept_calls[call] == (strcmp(calls[call].family, calls[_i].family) == 0), "%s",
			      calls[call].name);
}
END_TEST

START_TEST(keep_calls_and_families)
{
	struct policy policy = read_one("CLOEXEC_KEEP_CALLS", "dup2,@socket,dup2");

	ck_assert_uint_eq(complaints, 0);
	ck_assert(policy.kept_calls[CALL_dup2]);
	ck_assert(policy.kept_calls[CALL_socketpair]);
	ck_assert(!policy.kept_calls[CALL_dup]);
	ck_assert(!policy.kept_calls[CALL_open]);
}
END_TEST

/* Which of the lists name the editor, called `ed`, of file vi and executable vim.tiny; which the shell. */
static const struct {
	const char *list;
	bool editor;
	bool shell;
} programs[] = {
	{"none", false, false},        {"vi", true, false},        {"ed", true, false},
	{"java,vi", true, false},      {"vi,java", true, false},   {"java", false, false},
	{"vim.tiny", false, false},    {"v*", true, false},        {"/usr/bin/*", true, true},
	{"/usr/bin/vi", false, false}, {"/usr/*", false, false},   {"@shells", false, true},
	{"java,@shells", false, true}, {"@shells,vi", true, true}, {"sh", false, true},
	{"nones", false, false},       {"*", true, true},
};

START_TEST(keep_programs)
{
	forget();
	set("CLOEXEC_KEEP_PROGRAMS", programs[_i].list);
	ck_assert_int_eq(read_for(&editor).kept_program, programs[_i].editor);
	ck_assert_int_eq(read_for(&shell).kept_program, programs[_i].shell);
	ck_assert(!read_for(NULL).kept_program);
	ck_assert_uint_eq(complaints, 0);
}
END_TEST

/* The launcher's own command may be a shell; it is covered all the same, unless it is named otherwise. */
START_TEST(cover_once)
{
	forget();
	set("CLOEXEC_KEEP_PROGRAMS", "@shells");
	set("CLOEXEC_COVER_ONCE", "4711");
	ck_assert(read_for(&shell).cover_once);
	ck_assert(!read_for(&shell).kept_program);
	set("CLOEXEC_COVER_ONCE", "4712");
	ck_assert(!read_for(&shell).cover_once);
	ck_assert(read_for(&shell).kept_program);
	set("CLOEXEC_COVER_ONCE", "4711");
	set("CLOEXEC_KEEP_PROGRAMS", "@shells,sh");
	ck_assert(read_for(&shell).kept_program);
	ck_assert(!read_for(NULL).cover_once);
	ck_assert_uint_eq(complaints, 0);
}
END_TEST

START_TEST(trace)
{
	struct policy policy = read_one("CLOEXEC_TRACE", "/var/log/traces");

	ck_assert_str_eq(policy.trace, "/var/log/traces");
	ck_assert(!policy.audit);
	ck_assert(!policy.bad);
	set("CLOEXEC_AUDIT", "yes");
	policy = read_for(&editor);
	ck_assert(policy.audit);
	ck_assert(policy.on);
	ck_assert(!policy.bad);
	ck_assert_uint_eq(complaints, 0);
	/* No audit is not one that nobody reads. */
	policy = read_one("CLOEXEC_AUDIT", "0");
	ck_assert(!policy.audit);
	ck_assert(!policy.bad);
	/* A bad directory takes the audit with it: two lines. */
	forget();
	set("CLOEXEC_AUDIT", "1");
	set("CLOEXEC_TRACE", "traces");
	policy = read_for(&editor);
	ck_assert(!policy.audit);
	ck_assert_uint_eq(complaints, 2);
}
END_TEST

START_TEST(trace_to_the_limit)
{
	char path[1002] = "/";

	memset(path + 1, 'x', 999);
	ck_assert_ptr_nonnull(read_one("CLOEXEC_TRACE", path).trace);
	path[1000] = 'x';
	ck_assert_ptr_null(read_one("CLOEXEC_TRACE", path).trace);
	ck_assert_uint_eq(complaints, 1);
	ck_assert_ptr_nonnull(strstr(complaint.reason, "1000"));
}
END_TEST

/* What is no good, and the option that cloexec-run would name. */
static const struct {
	const char *variable;
	const char *option;
	const char *value;
} bad[] = {
	{"CLOEXEC_DEFAULT", "--default", "2"},
	{"CLOEXEC_DEFAULT", "--default", "00"},
	{"CLOEXEC_DEFAULT", "--default", " 0"},
	{"CLOEXEC_DEFAULT", "--default", "0 "},
	{"CLOEXEC_DEFAULT", "--default", "offf"},
	{"CLOEXEC_DEFAULT", "--default", "of"},
	{"CLOEXEC_DEFAULT", "--default", "none"},
	{"CLOEXEC_ATOMIC", "--no-atomic", "2"},
	{"CLOEXEC_ATOMIC", "--no-atomic", "never"},
	{"CLOEXEC_KEEP", "--keep", "x"},
	{"CLOEXEC_KEEP", "--keep", "none"},
	{"CLOEXEC_KEEP", "--keep", "-"},
	{"CLOEXEC_KEEP", "--keep", "-3"},
	{"CLOEXEC_KEEP", "--keep", "+3"},
	{"CLOEXEC_KEEP", "--keep", "3-"},
	{"CLOEXEC_KEEP", "--keep", "3--5"},
	{"CLOEXEC_KEEP", "--keep", "3-5-7"},
	{"CLOEXEC_KEEP", "--keep", "7-5"},
	{"CLOEXEC_KEEP", "--keep", "3,"},
	{"CLOEXEC_KEEP", "--keep", ",3"},
	{"CLOEXEC_KEEP", "--keep", ","},
	{"CLOEXEC_KEEP", "--keep", "3,,5"},
	{"CLOEXEC_KEEP", "--keep", "3 5"},
	{"CLOEXEC_KEEP", "--keep", " 3"},
	{"CLOEXEC_KEEP", "--keep", "3, 5"},
	{"CLOEXEC_KEEP", "--keep", "3;5"},
	{"CLOEXEC_KEEP", "--keep", "0x3"},
	{"CLOEXEC_KEEP", "--keep", "3.5"},
	{"CLOEXEC_KEEP", "--keep", "2147483648"},
	{"CLOEXEC_KEEP", "--keep", "0-2147483648"},
	{"CLOEXEC_KEEP", "--keep", "4294967299"},
	{"CLOEXEC_KEEP", "--keep", "18446744073709551619"},
	{"CLOEXEC_KEEP", "--keep", "99999999999999999999999999999999"},
	{"CLOEXEC_KEEP_CALLS", "--keep-calls", "opne"},
	{"CLOEXEC_KEEP_CALLS", "--keep-calls", "dup2,opne"},
	{"CLOEXEC_KEEP_CALLS", "--keep-calls", "ope"},
	{"CLOEXEC_KEEP_CALLS", "--keep-calls", "OPEN"},
	{"CLOEXEC_KEEP_CALLS", "--keep-calls", "@opens"},
	{"CLOEXEC_KEEP_CALLS", "--keep-calls", "@"},
	{"CLOEXEC_KEEP_CALLS", "--keep-calls", "none"},
	{"CLOEXEC_KEEP_CALLS", "--keep-calls", "dup2,"},
	{"CLOEXEC_KEEP_CALLS", "--keep-calls", ",dup2"},
	{"CLOEXEC_KEEP_CALLS", "--keep-calls", "dup2, dup"},
	{"CLOEXEC_KEEP_PROGRAMS", "--keep-programs", "@shell"},
	{"CLOEXEC_KEEP_PROGRAMS", "--keep-programs", "@shells,@"},
	{"CLOEXEC_KEEP_PROGRAMS", "--keep-programs", "vi,"},
	{"CLOEXEC_KEEP_PROGRAMS", "--keep-programs", ",vi"},
	{"CLOEXEC_KEEP_PROGRAMS", "--keep-programs", "vi,,ed"},
	{"CLOEXEC_KEEP_PROGRAMS", "--keep-programs", "vi,none"},
	{"CLOEXEC_KEEP_PROGRAMS", "--keep-programs", "none,vi"},
	{"CLOEXEC_TRACE", "--trace", "."},
	{"CLOEXEC_TRACE", "--trace", "traces"},
	{"CLOEXEC_TRACE", "--trace", "~/traces"},
	{"CLOEXEC_AUDIT", "--audit", "2"},
	{"CLOEXEC_AUDIT", "--audit", "1"}, /* of which nobody would hear */
	{"CLOEXEC_COVER_ONCE", NULL, "self"},
	{"CLOEXEC_COVER_ONCE", NULL, "4711x"},
	{"CLOEXEC_COVER_ONCE", NULL, "-4711"},
	{"CLOEXEC_COVER_ONCE", NULL, "4294971999"},
};

/* One bad value: the default stands, the complaint names it, and comes once. */
START_TEST(bad_value_leaves_the_default)
{
	struct policy policy = read_one(bad[_i].variable, bad[_i].value);

	assert_default(&policy);
	ck_assert(policy.bad);
	ck_assert_uint_eq(complaints, 1);
	ck_assert_str_eq(complaint.variable, bad[_i].variable);
	ck_assert_pstr_eq(complaint.option, bad[_i].option);
	ck_assert_str_eq(complaint.value, bad[_i].value);
	ck_assert_uint_gt(strlen(complaint.reason), 0);
}
END_TEST

START_TEST(others_are_read_beside_a_bad_one)
{
	struct policy policy;

	forget();
	set("CLOEXEC_DEFAULT", "off");
	set("CLOEXEC_KEEP", "4,8-9");
	set("CLOEXEC_KEEP_CALLS", "dup2");
	set("CLOEXEC_COVER_ONCE", "4711");
	set("CLOEXEC_KEEP_PROGRAMS", "vi");
	set("CLOEXEC_ATOMIC", "no");
	set(bad[_i].variable, bad[_i].value);
	policy = read_for(&editor);
	ck_assert_uint_eq(complaints, 1);
	ck_assert(policy.bad);
#define GOOD(name) (strcmp(bad[_i].variable, name) != 0)
	ck_assert_int_eq(policy.on, !GOOD("CLOEXEC_DEFAULT"));
	ck_assert_uint_eq(policy.ranges, GOOD("CLOEXEC_KEEP") ? 2 : 0);
	ck_assert_int_eq(policy.kept_calls[CALL_dup2], GOOD("CLOEXEC_KEEP_CALLS"));
	ck_assert_int_eq(policy.cover_once, GOOD("CLOEXEC_COVER_ONCE"));
	ck_assert_int_eq(policy.kept_program, GOOD("CLOEXEC_KEEP_PROGRAMS"));
	ck_assert_int_eq(policy.atomic, !GOOD("CLOEXEC_ATOMIC"));
#undef GOOD
}
END_TEST

START_TEST(every_bad_value_is_told)
{
	struct policy policy;

	forget();
	for (size_t i = 0; i < LENGTH(variables); i++)
		set(variables[i], "@");
	policy = read_for(&editor);
	ck_assert_uint_eq(complaints, LENGTH(variables));
	assert_default(&policy);
}
END_TEST

START_TEST(nobody_need_listen)
{
	struct policy policy;

	forget();
	set("CLOEXEC_KEEP", "3,x");
	policy_read(&policy, get, &editor, NULL);
	assert_default(&policy);
	ck_assert(policy.bad);
}
END_TEST

TCase *policy_cases(void)
{
	TCase *cases = tcase_create("policy");

	tcase_add_test(cases, nothing_set);
	tcase_add_loop_test(cases, empty_is_unset, 0, LENGTH(variables));
	tcase_add_loop_test(cases, switches, 0, LENGTH(words));
	tcase_add_loop_test(cases, keep, 0, LENGTH(lists));
	tcase_add_test(cases, keep_to_the_limit);
	tcase_add_test(cases, keeps);
	tcase_add_loop_test(cases, keep_one_call, 0, CALLS);
	tcase_add_loop_test(cases, keep_one_family, 0, CALLS);
	tcase_add_test(cases, keep_calls_and_families);
	tcase_add_loop_test(cases, keep_programs, 0, LENGTH(programs));
	tcase_add_test(cases, cover_once);
	tcase_add_test(cases, trace);
	tcase_add_test(cases, trace_to_the_limit);
	tcase_add_loop_test(cases, bad_value_leaves_the_default, 0, LENGTH(bad));
	tcase_add_loop_test(cases, others_are_read_beside_a_bad_one, 0, LENGTH(bad));
	tcase_add_test(cases, every_bad_value_is_told);
	tcase_add_test(cases, nobody_need_listen);
	return cases;
}
