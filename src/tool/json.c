#include <config.h>

#include "json.h"

/* How many bytes at `text` are one character of UTF-8 (RFC 3629: no surrogates, nothing longer than it must be); 0:
 * none, the byte stands for itself. */
static int character_length(const unsigned char *text)
{
	static const struct {
		unsigned char first, last;               /* of the first byte */
		unsigned char second_first, second_last; /* of the second; all that follow are 80 to BF */
		int length;
	} forms[] = {
		{0x20, 0x7e, 0, 0, 1},       {0xc2, 0xc2, 0xa0, 0xbf, 2}, /* not U+0080 to 9F: controls */
		{0xc3, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
		{0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
		{0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
	};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (text[0] < forms[i].first || text[0] > forms[i].last)
			continue;
		if (forms[i].length == 1)
			return 1;
		if (text[1] < forms[i].second_first || text[1] > forms[i].second_last)
			return 0;
		for (int byte = 2; byte < forms[i].length; byte++)
			if (text[byte] < 0x80 || text[byte] > 0xbf)
				return 0;
		return forms[i].length;
	}
	return 0;
}

static void write_quoted(FILE *file, const char *text)
{
	const unsigned char *byte = (const unsigned char *)text;

	putc('"', file);
	while (*byte) {
		int length = character_length(byte);

		if (length == 0) {
			fprintf(file, "\\u%04x", *byte++);
			continue;
		}
		if (*byte == '"' || *byte == '\\')
			putc('\\', file);
		for (; length > 0; length--)
			putc(*byte++, file);
	}
	putc('"', file);
}

static void begin_value(struct json *json, const char *key)
{
	if (json->follows)
		putc(',', json->file);
	json->follows = true;
	if (key) {
		write_quoted(json->file, key);
		putc(':', json->file);
	}
}

void json_open(struct json *json, const char *key, char bracket)
{
	begin_value(json, key);
	putc(bracket, json->file);
	json->follows = false;
}

void json_close(struct json *json, char bracket)
{
	putc(bracket, json->file);
	json->follows = true;
}

void json_string(struct json *json, const char *key, const char *text)
{
	begin_value(json, key);
	write_quoted(json->file, text);
}

void json_number(struct json *json, const char *key, long long number)
{
	begin_value(json, key);
	fprintf(json->file, "%lld", number);
}

void json_boolean(struct json *json, const char *key, bool value)
{
	begin_value(json, key);
	fputs(value ? "true" : "false", json->file);
}

void json_null(struct json *json, const char *key)
{
	begin_value(json, key);
	fputs("null", json->file);
}
