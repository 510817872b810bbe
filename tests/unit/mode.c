/* Mode strings.  What libc makes of one is asked of libc itself, so that these tests hold on every libc. */
#include "mode.h"

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The flag and the access of a file that fopen opened with this mode. */
static bool opens(const char *mode, bool *flag, int *access)
{
	char path[] = "/tmp/cloexec-mode.XXXXXX";
	int fd = mkstemp(path);
	FILE *stream;

	ck_assert_int_ge(fd, 0);
	close(fd);
	if (strchr(mode, 'x'))
		unlink(path);
	errno = 0;
	stream = fopen(path, mode);
	unlink(path);
	if (!stream)
		return false;
	*flag = fcntl(fileno(stream), F_GETFD) & FD_CLOEXEC;
	*access = fcntl(fileno(stream), F_GETFL);
	fclose(stream);
	return true;
}

/* clang-format off */
static const char *const modes[] = {
	"r", "w", "a", "r+", "w+", "a+", "rb", "rb+", "r+b", "wx", "wx+", "wbx", "rm", "rc", "rcm", "re", "re+", "r+e",
	"ree+", "rbbbbbe", "rbbbbbbe", "rbbbbb+", "rbbbbbb", "rbbbb+", "wbbbbbx", "rbbbbbm", "rbbbbbc", "rbbbbbb+",
	"r,ccs=UTF-8", "r+,ccs=UTF-8", "re,ccs=UTF-8", "w,ccs=ISO-8859-1", "r,ccs=UTF-8,e",
};
/* clang-format on */

START_TEST(asks_as_libc_reads)
{
	bool flag;
	int access;

	ck_assert_msg(opens(modes[_i], &flag, &access), "fopen refuses %s", modes[_i]);
	ck_assert_msg(mode_asks(modes[_i]) == flag, "%s: libc %s the flag", modes[_i], flag ? "sets" : "does not set");
}
END_TEST

/* A rewritten mode opens the same way, with the flag; one that is not rewritten has a reason. */
START_TEST(flagged_means_the_same)
{
	char flagged[MODE_SIZE];
	bool before;
	bool after;
	int access_before;
	int access_after;

	if (!mode_flag(flagged, modes[_i]))
		return;
	ck_assert(opens(modes[_i], &before, &access_before));
	ck_assert_msg(opens(flagged, &after, &access_after), "fopen refuses %s, made of %s", flagged, modes[_i]);
	ck_assert_msg(after, "%s, made of %s, sets no flag", flagged, modes[_i]);
	ck_assert_int_eq(access_before, access_after);
}
END_TEST

static const struct {
	const char *mode;
	const char *flagged; /* NULL: it must not be rewritten */
} rewritten[] = {
	{"r", "re"},
	{"w", "we"},
	{"a", "ae"},
	{"r+", "re+"},
	{"rb", "reb"},
	{"wx+", "wex+"},
	{"r,ccs=UTF-8", "re,ccs=UTF-8"},
	{"r+,ccs=UTF-8", "re+,ccs=UTF-8"},
	{"rbbbb+", "rebbbb+"},
	{"rbbbbbb", "rebbbbbb"},
	{"rbbbbbb+", "rebbbbbb+"},
	{"", NULL},
	{"e", NULL},
	{"er", NULL},
	{"x", NULL},
	{"+r", NULL},
	{"R", NULL},
	{",ccs=r", NULL},
};

START_TEST(flag_goes_after_the_first_letter)
{
	char flagged[MODE_SIZE];
	const char *expected = rewritten[_i].flagged;

	ck_assert_int_eq(mode_flag(flagged, rewritten[_i].mode), expected != NULL);
	if (expected)
		ck_assert_str_eq(flagged, expected);
}
END_TEST

#ifdef __GLIBC__
/* An `e` would push the seventh character, the last one that glibc reads, out of its sight. */
START_TEST(seventh_character_stays_in_sight)
{
	static const char *const kept[] = {"rbbbbb+", "wbbbbbx", "rbbbbbm", "rbbbbbc", "rbbbbb+b"};
	char flagged[MODE_SIZE];

	ck_assert_msg(!mode_flag(flagged, kept[_i]), "%s became %s", kept[_i], flagged);
}
END_TEST
enum { SEVENTH = 5 };
#endif

START_TEST(long_modes_stay_as_they_are)
{
	char mode[MODE_SIZE + 8];
	char flagged[MODE_SIZE];

	for (size_t length = 8; length < sizeof mode; length++) {
		memset(mode, 'b', length);
		mode[0] = 'r';
		mode[length] = '\0';
		ck_assert_int_eq(mode_flag(flagged, mode), length + 2 <= MODE_SIZE);
		if (length + 2 <= MODE_SIZE)
			ck_assert_uint_eq(strlen(flagged), length + 1);
	}
}
END_TEST

START_TEST(popen_reads_every_character)
{
	ck_assert(!mode_asks_popen("r"));
	ck_assert(!mode_asks_popen("w"));
	ck_assert(!mode_asks_popen(""));
	ck_assert(mode_asks_popen("re"));
	ck_assert(mode_asks_popen("we"));
	ck_assert(mode_asks_popen("er"));
	ck_assert(mode_asks_popen("rrrrrrrrre"));
}
END_TEST

TCase *mode_cases(void)
{
	TCase *cases = tcase_create("mode");

	tcase_add_loop_test(cases, asks_as_libc_reads, 0, LENGTH(modes));
	tcase_add_loop_test(cases, flagged_means_the_same, 0, LENGTH(modes));
	tcase_add_loop_test(cases, flag_goes_after_the_first_letter, 0, LENGTH(rewritten));
#ifdef __GLIBC__
	tcase_add_loop_test(cases, seventh_character_stays_in_sight, 0, SEVENTH);
#endif
	tcase_add_test(cases, long_modes_stay_as_they_are);
	tcase_add_test(cases, popen_reads_every_character);
	return cases;
}
