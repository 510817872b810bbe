#include <config.h>

#include "parse.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 32 };

static char *next(struct parse *parse)
{
	parse->at += strspn(parse->at, " \t\r\n");
	return parse->at;
}

static void give_up(struct parse *parse)
{
	parse->bad = true;
}

static bool take(struct parse *parse, char character)
{
	if (parse->bad || *next(parse) != character)
		return false;
	parse->at++;
	return true;
}

static void expect(struct parse *parse, char character)
{
	if (!take(parse, character))
		give_up(parse);
}

static bool go_on(struct parse *parse, char opening, char closing, bool *begun)
{
	bool first = !*begun;

	*begun = true;
	if (first)
		expect(parse, opening);
	if (parse->bad || take(parse, closing))
		return false;
	if (!first)
		expect(parse, ',');
	return !parse->bad;
}

bool parse_value(struct parse *parse, bool *begun)
{
	return go_on(parse, '[', ']', begun);
}

const char *parse_key(struct parse *parse, bool *begun)
{
	const char *key;

	if (!go_on(parse, '{', '}', begun))
		return NULL;
	key = parse_string(parse);
	expect(parse, ':');
	return parse->bad ? NULL : key;
}

/* Four digits, or -1. */
static long hexadecimal(const char *text)
{
	char digits[5] = {0};

	if (strspn(text, "0123456789abcdefABCDEF") < 4)
		return -1;
	memcpy(digits, text, 4);
	return strtol(digits, NULL, 16);
}

static char *encode(char *to, unsigned long character)
{
	if (character < 0x80) {
		*to++ = (char)character;
		return to;
	}
	if (character < 0x800) {
		*to++ = (char)(0xc0 | character >> 6);
	} else {
		if (character < 0x10000) {
			*to++ = (char)(0xe0 | character >> 12);
		} else {
			*to++ = (char)(0xf0 | character >> 18);
			*to++ = (char)(0x80 | (character >> 12 & 0x3f));
		}
		*to++ = (char)(0x80 | (character >> 6 & 0x3f));
	}
	*to++ = (char)(0x80 | (character & 0x3f));
	return to;
}

/* Decodes \uXXXX, whose digits `*from` is at, and a second one that makes a pair with it. */
static char *decode_number(struct parse *parse, const char **from, char *to)
{
	long character = hexadecimal(*from);
	long second;

	if (character < 0) {
		give_up(parse);
		return to;
	}
	*from += 4;
	if (character >= 0xd800 && character < 0xdc00 && (*from)[0] == '\\' && (*from)[1] == 'u' &&
	    (second = hexadecimal(*from + 2)) >= 0xdc00 && second < 0xe000) {
		*from += 6;
		character = 0x10000 + ((character - 0xd800) << 10) + (second - 0xdc00);
	}
	if (character == 0 || (character >= 0xd800 && character < 0xe000))
		character = 0xfffd;
	return encode(to, (unsigned long)character);
}

const char *parse_string(struct parse *parse)
{
	static const char escapes[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	const char *from;
	const char *start;
	char *to;

	expect(parse, '"');
	if (parse->bad)
		return "";
	start = to = parse->at;
	/* What is decoded is never longer than what it is decoded from. */
	for (from = start; !parse->bad && *from != '"';) {
		const char *escape;

		if ((unsigned char)*from < ' ') {
			give_up(parse);
		} else if (*from != '\\') {
			*to++ = *from++;
		} else if (from[1] == 'u') {
			from += 2;
			to = decode_number(parse, &from, to);
		} else if (from[1] && (escape = strchr(escapes, from[1]))) {
			*to++ = meanings[escape - escapes];
			from += 2;
		} else {
			give_up(parse);
		}
	}
	if (parse->bad)
		return "";
	parse->at += from + 1 - start;
	*to = '\0';
	return start;
}

double parse_number(struct parse *parse)
{
	const char *digit = next(parse);
	char *end;
	double number;

	if (parse->bad)
		return 0;
	digit += *digit == '-';
	/* strtod takes more than JSON does: hexadecimal digits, words, leading zeros. */
	if (*digit < '0' || *digit > '9' || (*digit == '0' && strspn(digit + 1, "0123456789xX"))) {
		give_up(parse);
		return 0;
	}
	number = strtod(parse->at, &end);
	if (end[-1] == '.') {
		give_up(parse);
		return 0;
	}
	parse->at = end;
	return number;
}

static bool take_word(struct parse *parse, const char *word)
{
	size_t length = strlen(word);

	if (parse->bad || strncmp(next(parse), word, length) != 0)
		return false;
	parse->at += length;
	return true;
}

bool parse_boolean(struct parse *parse)
{
	if (take_word(parse, "true"))
		return true;
	if (!take_word(parse, "false"))
		give_up(parse);
	return false;
}

static void skip(struct parse *parse, int depth)
{
	bool begun = false;

	if (depth == DEPTH) {
		give_up(parse);
		return;
	}
	switch (*next(parse)) {
	case '{':
		while (parse_key(parse, &begun))
			skip(parse, depth + 1);
		break;
	case '[':
		while (parse_value(parse, &begun))
			skip(parse, depth + 1);
		break;
	case '"':
		parse_string(parse);
		break;
	case 't':
	case 'f':
		parse_boolean(parse);
		break;
	case 'n':
		if (!take_word(parse, "null"))
			give_up(parse);
		break;
	default:
		parse_number(parse);
	}
}

void parse_skip(struct parse *parse)
{
	skip(parse, 0);
}

bool parse_ended(struct parse *parse)
{
	return !parse->bad && !*next(parse);
}
