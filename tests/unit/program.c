/* The names of a program, and patterns for them. */
#include "program.h"

#include "unit.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static bool named(struct program program, const char *pattern)
{
	return program_matches(&program, pattern, strlen(pattern));
}

static const struct {
	const char *pattern;
	const char *name;
	bool matches;
} globs[] = {
	{"java", "java", true},   {"java", "javac", false},      {"javac", "java", false},
	{"Java", "java", false},  {"*", "java", true},           {"*", "", true},
	{"", "", true},           {"", "java", false},           {"**", "java", true},
	{"*a", "java", true},     {"j*", "java", true},          {"j*x", "java", false},
	{"j*a", "java", true},    {"?ava", "java", true},        {"????", "java", true},
	{"???", "java", false},   {"?????", "java", false},      {"?*", "", false},
	{"a*b*c", "abc", true},   {"a*b*c", "axbxc", true},      {"a*b*c", "abbcbc", true},
	{"a*b*c", "abcb", false}, {"a*b*c", "acb", false},       {"*ab", "aab", true},
	{"*aab", "aaab", true},   {"*.so.?", "l.so.so.1", true}, {"python3*", "python3.11", true},
	{"[ab]", "a", false},     {"\\*", "*", false},
};

START_TEST(pattern_without_a_slash)
{
	bool matches = named((struct program){.file = globs[_i].name}, globs[_i].pattern);

	ck_assert_msg(matches == globs[_i].matches, "%s and %s", globs[_i].pattern, globs[_i].name);
}
END_TEST

static const struct {
	const char *pattern;
	const char *executable;
	bool matches;
} paths[] = {
	{"/opt/x/bin/java", "/opt/x/bin/java", true},
	{"/opt/x/bin/*", "/opt/x/bin/java", true},
	{"/opt/*/bin/*", "/opt/x/bin/java", true},
	{"/opt/*/java", "/opt/x/bin/java", false},
	{"/opt/*", "/opt/x/bin/java", false},
	{"/opt/x/bin/*", "/opt/x/bin/jre/java", false},
	{"*/java", "/opt/java", false},
	{"/*/*/*/java", "/opt/x/bin/java", true},
	{"/opt?x", "/opt/x", false},
	{"/opt/?/bin/java", "/opt/x/bin/java", true},
	{"/opt/x/bin/j*v?", "/opt/x/bin/java", true},
	{"/opt/x/", "/opt/x", false},
	{"/opt/x*", "/opt/x", true},
	{"x/bin/java", "/opt/x/bin/java", false},
	{"/*a*/b", "/xa/a/b", false},
	{"/*a/*b/c", "/aa/abb/c", true},
};

START_TEST(pattern_with_a_slash)
{
	bool matches = named((struct program){.executable = paths[_i].executable}, paths[_i].pattern);

	ck_assert_msg(matches == paths[_i].matches, "%s and %s", paths[_i].pattern, paths[_i].executable);
}
END_TEST

/* In a list the pattern is not followed by a zero byte. */
START_TEST(pattern_ends_at_its_length)
{
	struct program program = {.file = "/usr/bin/java"};

	ck_assert(program_matches(&program, "java,perl", 4));
	ck_assert(!program_matches(&program, "java", 3));
	ck_assert(program_matches(&program, "j*,/x", 2));
	ck_assert(!program_matches(&program, "*", 0));
	ck_assert(!program_matches(&program, "jav*", 3));
	ck_assert(!program_matches(&program, "jav?", 3));
	ck_assert(!program_matches(&program, "java?", 5));
}
END_TEST

/* Nor is the rest of a list looked at for each of its items: what is behind this pattern can't be read. */
START_TEST(pattern_is_all_that_is_read)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *pattern = pages + page - 4;

	ck_assert(pages != MAP_FAILED && mprotect(pages + page, page, PROT_NONE) == 0);
	memcpy(pattern, "j*va", 4);
	ck_assert(program_matches(&(struct program){.file = "/usr/bin/java"}, pattern, 4));
	ck_assert(!program_matches(&(struct program){.file = "/usr/bin/perl"}, pattern, 4));
	munmap(pages, 2 * page);
}
END_TEST

START_TEST(either_name_will_do)
{
	struct program script = {.file = "/usr/sbin/service", .name = "/bin/sh"};

	ck_assert(named(script, "service"));
	ck_assert(named(script, "sh"));
	ck_assert(!named(script, "bin"));
	ck_assert(!named(script, "sbin*"));
	ck_assert(named((struct program){.file = "java"}, "java"));
	ck_assert(named((struct program){.name = "java"}, "java"));
}
END_TEST

/* With a slash only the executable counts, whatever the program calls itself. */
START_TEST(a_path_is_no_name)
{
	struct program program = {.file = "/opt/java", .name = "/opt/java", .executable = "/usr/bin/real"};

	ck_assert(!named(program, "/opt/java"));
	ck_assert(named(program, "/usr/bin/real"));
	ck_assert(!named(program, "real"));
}
END_TEST

START_TEST(no_name_matches_nothing)
{
	ck_assert(!named((struct program){.file = NULL}, "*"));
	ck_assert(!named((struct program){.file = NULL}, ""));
	ck_assert(!program_is_shell(&(struct program){.file = NULL}));
}
END_TEST

START_TEST(unknown_executable_is_looked_up)
{
	struct program program = {.file = "/nowhere/unit"};
	char path[PATH_MAX] = "";

	ck_assert_int_gt(readlink("/proc/self/exe", path, sizeof path - 2), 0);
	ck_assert(named(program, path));
	strcpy(strrchr(path, '/') + 1, "*");
	ck_assert(named(program, path));
	ck_assert(!named(program, "/nowhere/unit"));
}
END_TEST

START_TEST(self_is_this_program)
{
	struct program self = program_self();

	ck_assert(named(self, "unit"));
	ck_assert_ptr_nonnull(strstr(self.file, "unit"));
	ck_assert_ptr_nonnull(strstr(self.name, "unit"));
	ck_assert_int_eq(self.process, getpid());
}
END_TEST

static const struct {
	struct program program;
	bool shell;
} shells[] = {
	{{.file = "/bin/sh", .name = "sh"}, true},
	{{.file = "/bin/bash", .name = "-bash"}, true},
	{{.name = "-bash"}, true},
	{{.name = "-/bin/zsh"}, true},
	{{.name = "--bash"}, false},
	{{.file = "-bash"}, false},
	{{.file = "/usr/local/bin/backup", .name = "/bin/sh"}, true},
	{{.file = "/bin/dash", .name = "backup"}, true},
	{{.file = "/usr/bin/fish"}, true},
	{{.file = "/usr/bin/python3", .name = "python3"}, false},
	{{.file = "/usr/bin/ssh", .name = "ssh"}, false},
	{{.file = "/usr/bin/bashful"}, false},
	{{.file = "/bin/sh/tool", .name = "tool"}, false},
	{{.file = "/bin/busybox", .name = "busybox", .argument = "sh"}, true},
	{{.file = "/usr/local/bin/backup", .name = "/bin/busybox", .argument = "ash"}, true},
	{{.file = "/bin/busybox", .name = "busybox", .argument = "wget"}, false},
	{{.file = "/bin/busybox", .name = "busybox"}, false},
	{{.file = "/usr/bin/env", .name = "env", .argument = "sh"}, false},
	{{.file = "", .name = ""}, false},
	{{.file = "tool", .name = "-"}, false},
};

START_TEST(is_a_shell)
{
	ck_assert_msg(program_is_shell(&shells[_i].program) == shells[_i].shell, "%s called %s",
		      shells[_i].program.file, shells[_i].program.name);
}
END_TEST

START_TEST(file_names_a_shell)
{
	static const char *const names[] = {"sh",    "bash", "dash", "ash",   "ksh", "ksh93", "mksh",
					    "pdksh", "posh", "yash", "zsh",   "csh", "tcsh",  "rc",
					    "es",    "fish", "lksh", "rbash", "rksh"};

	for (size_t i = 0; i < LENGTH(names); i++) {
		char path[64];

		snprintf(path, sizeof path, "/usr/bin/%s", names[i]);
		ck_assert_msg(program_names_shell(names[i]), "%s", names[i]);
		ck_assert_msg(program_names_shell(path), "%s", path);
	}
	ck_assert(!program_names_shell("/usr/bin/perl"));
	ck_assert(!program_names_shell(""));
}
END_TEST

TCase *program_cases(void)
{
	TCase *cases = tcase_create("program");

	tcase_add_loop_test(cases, pattern_without_a_slash, 0, LENGTH(globs));
	tcase_add_loop_test(cases, pattern_with_a_slash, 0, LENGTH(paths));
	tcase_add_test(cases, pattern_ends_at_its_length);
	tcase_add_test(cases, pattern_is_all_that_is_read);
	tcase_add_test(cases, either_name_will_do);
	tcase_add_test(cases, a_path_is_no_name);
	tcase_add_test(cases, no_name_matches_nothing);
	tcase_add_test(cases, unknown_executable_is_looked_up);
	tcase_add_test(cases, self_is_this_program);
	tcase_add_loop_test(cases, is_a_shell, 0, LENGTH(shells));
	tcase_add_test(cases, file_names_a_shell);
	return cases;
}
