#include <config.h>

#include "visible.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

/* One character at `text`, of `*length` bytes: the columns that it takes, or 0 where it can't be shown. */
static size_t columns_of(const char *text, size_t *length)
{
	mbstate_t state = {0};
	wchar_t character;
	int columns;

	*length = 1;
	if ((unsigned char)*text < 0x80)
		return *text >= ' ' && *text < 0x7f;
	*length = mbrtowc(&character, text, MB_LEN_MAX, &state);
	if (*length == 0 || *length > MB_LEN_MAX || !iswprint((wint_t)character) ||
	    (columns = wcwidth(character)) <= 0) {
		*length = 1;
		return 0;
	}
	return (size_t)columns;
}

size_t visible(char *to, size_t size, const char *text)
{
	size_t columns = 0;

	while (*text) {
		size_t length;
		size_t width = *text == '\\' ? (length = 1, 0) : columns_of(text, &length);
		size_t written = width ? length : 4;

		if (written >= size)
			break;
		if (width)
			memcpy(to, text, length);
		else
			snprintf(to, size, "\\x%02x", (unsigned char)*text);
		columns += width ? width : 4;
		text += length;
		to += written;
		size -= written;
	}
	*to = '\0';
	return columns;
}

const char *visible_end(const char *text, size_t columns)
{
	size_t total = 0;
	size_t length;

	for (const char *rest = text; *rest; rest += length)
		total += columns_of(rest, &length);
	for (; total > columns; text += length)
		total -= columns_of(text, &length);
	return text;
}
