/* JSON, written. */
#include "line.h"

static void put(struct line *json, const char *bytes, size_t count)
{
	if (json->full || count > (size_t)(json->limit - json->end)) {
		json->full = true;
		return;
	}
	while (count--)
		*json->end++ = *bytes++;
}

void line_raw(struct line *json, const char *text)
{
	size_t length = 0;

	while (text[length])
		length++;
	put(json, text, length);
}

static void digits(struct line *json, unsigned long long number, unsigned base)
{
	char text[24];
	char *first = text + sizeof text;

	do
		*--first = "0123456789abcdef"[number % base];
	while (number /= base);
	put(json, first, (size_t)(text + sizeof text - first));
}

void line_number(struct line *json, unsigned long long number)
{
	digits(json, number, 10);
}

void line_hexadecimal(struct line *json, unsigned long long number)
{
	line_raw(json, "0x");
	digits(json, number, 16);
}

/* How many bytes at `text` are one character of UTF-8, `left` of them being there at most; 0: they are none.  Neither
 * surrogates nor what a shorter form could say are. */
static size_t character_at(const unsigned char *text, size_t left)
{
	static const struct {
		unsigned char first, last, second_first, second_last, length;
	} forms[] = {
		{0x20, 0x7e, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
		{0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
		{0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
	};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (*text < forms[i].first || *text > forms[i].last)
			continue;
		if (forms[i].length > left)
			return 0;
		for (size_t byte = 1; byte < forms[i].length; byte++) {
			unsigned char first = byte == 1 ? forms[i].second_first : 0x80;
			unsigned char last = byte == 1 ? forms[i].second_last : 0xbf;

			if (text[byte] < first || text[byte] > last)
				return 0;
		}
		return forms[i].length;
	}
	return 0;
}

void line_characters(struct line *json, const char *text, size_t length, size_t most)
{
	size_t there = 0;

	while (there < length && text[there])
		there++;
	for (size_t at = 0; at < there;) {
		const char *here = text + at;
		size_t count = character_at((const unsigned char *)here, there - at);

		if (at + (count ? count : 1) > most) {
			line_raw(json, "...");
			return;
		}
		if (*here == '"' || *here == '\\')
			line_raw(json, "\\");
		if (count) {
			put(json, here, count);
			at += count;
			continue;
		}
		line_raw(json, "\\u00");
		put(json, &"0123456789abcdef"[(unsigned char)*here >> 4], 1);
		put(json, &"0123456789abcdef"[(unsigned char)*here & 15], 1);
		at++;
	}
}

void line_string(struct line *json, const char *text, size_t most)
{
	line_raw(json, "\"");
	line_characters(json, text, (size_t)-1, most);
	line_raw(json, "\"");
}
