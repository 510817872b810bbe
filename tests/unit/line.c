/* JSON: what gets through, what is escaped, what is cut. */
#include "line.h"

#include "unit.h"

#include <string.h>

static const struct {
	const char *text;
	const char *json;
} strings[] = {
	{"", "\"\""},
	{"/dev/null", "\"/dev/null\""},
	{"a\"b\\c/", "\"a\\\"b\\\\c/\""},
	{"\n\t\x01\x1f\x7f", "\"\\u000a\\u0009\\u0001\\u001f\\u007f\""},
	{"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", "\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\""},
	/* No UTF-8: a byte alone, one too few, too long a form, a surrogate, beyond the last character. */
	{"\xff", "\"\\u00ff\""},
	{"\x80", "\"\\u0080\""},
	{"\xc3", "\"\\u00c3\""},
	{"\xc3(", "\"\\u00c3(\""},
	{"\xe2\x82", "\"\\u00e2\\u0082\""},
	{"\xc0\xaf", "\"\\u00c0\\u00af\""},
	{"\xe0\x9f\xbf", "\"\\u00e0\\u009f\\u00bf\""},
	{"\xed\xa0\x80", "\"\\u00ed\\u00a0\\u0080\""},
	{"\xf4\x90\x80\x80", "\"\\u00f4\\u0090\\u0080\\u0080\""},
	{"\xf0\x8f\xbf\xbf", "\"\\u00f0\\u008f\\u00bf\\u00bf\""},
	/* The first and last characters of each length. */
	{"\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80",
	 "\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80\""},
};

/* What was written is what is expected, and nothing behind it was touched. */
static void assert_written(const struct line *json, const char *expected)
{
	ck_assert_uint_eq(line_length(json), strlen(expected));
	ck_assert(memcmp(json->start, expected, strlen(expected)) == 0);
	ck_assert_int_eq(*json->end, '#');
	ck_assert(!json->full);
}

START_TEST(string)
{
	char room[128];
	struct line json = line_in(room, sizeof room);

	memset(room, '#', sizeof room);
	line_string(&json, strings[_i].text, 100);
	assert_written(&json, strings[_i].json);
}
END_TEST

static const struct {
	const char *text;
	size_t most;
	const char *json;
} cuts[] = {
	{"abc", 3, "\"abc\""},
	{"abcd", 3, "\"abc...\""},
	{"abcd", 0, "\"...\""},
	{"ab\xc3\xa4", 4, "\"ab\xc3\xa4\""},
	{"ab\xc3\xa4", 3, "\"ab...\""}, /* no character is cut in two */
	{"ab\xe2\x82\xac", 4, "\"ab...\""},
	{"ab\xff", 3, "\"ab\\u00ff\""},
	{"ab\xff", 2, "\"ab...\""},
};

START_TEST(cut)
{
	char room[128];
	struct line json = line_in(room, sizeof room);

	memset(room, '#', sizeof room);
	line_string(&json, cuts[_i].text, cuts[_i].most);
	assert_written(&json, cuts[_i].json);
}
END_TEST

START_TEST(numbers)
{
	char room[128];
	struct line json = line_in(room, sizeof room);

	memset(room, '#', sizeof room);
	line_number(&json, 0);
	line_raw(&json, " ");
	line_number(&json, 18446744073709551615ULL);
	line_raw(&json, " ");
	line_hexadecimal(&json, 0);
	line_raw(&json, " ");
	line_hexadecimal(&json, 0xfedcba9876543210);
	assert_written(&json, "0 18446744073709551615 0x0 0xfedcba9876543210");
}
END_TEST

/* With each size the line ends in the room that it has, and says when that was too small; going back mends it. */
START_TEST(full)
{
	static const char expected[] = "{\"a\":\"b\\u00ff\\\"\",12}";
	char room[sizeof expected + 8];
	struct line json = line_in(room, (size_t)_i);

	memset(room, '#', sizeof room);
	line_raw(&json, "{\"a\":");
	line_string(&json, "b\xff\"", 10);
	line_raw(&json, ",");
	line_number(&json, 12);
	line_raw(&json, "}");
	ck_assert_int_eq(json.full, (size_t)_i < sizeof expected - 1);
	ck_assert_int_eq(room[_i], '#');
	if (!json.full)
		assert_written(&json, expected);
	/* Nothing comes behind a gap. */
	ck_assert(memcmp(room, expected, line_length(&json)) == 0);
	line_back(&json, json.start);
	ck_assert_uint_eq(line_length(&json), 0);
	ck_assert(!json.full);
}
END_TEST

START_TEST(length)
{
	char room[32];
	struct line json = line_in(room, sizeof room);

	memset(room, '#', sizeof room);
	line_characters(&json, "abcdef", 3, 10);
	line_characters(&json, "g\0h", 3, 10);
	assert_written(&json, "abcg");
}
END_TEST

TCase *line_cases(void)
{
	TCase *cases = tcase_create("line");

	tcase_add_loop_test(cases, string, 0, LENGTH(strings));
	tcase_add_loop_test(cases, cut, 0, LENGTH(cuts));
	tcase_add_test(cases, numbers);
	tcase_add_loop_test(cases, full, 0, 24);
	tcase_add_test(cases, length);
	return cases;
}
