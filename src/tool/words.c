/* The words that all forms of the report have in common. */
#include <config.h>

#include "memory.h"
#include "places.h"
#include "report.h"

#include <stdarg.h>
#include <stdlib.h>

__attribute__((format(printf, 1, 2))) static const char *text(const char *format, ...)
{
	va_list list;
	char *written;
	const char *kept;
	int length;

	va_start(list, format);
	length = vasprintf(&written, format, list);
	va_end(list);
	if (length < 0)
		return "";
	kept = memory_text(written);
	free(written);
	return kept;
}

const char *report_fate(enum fate fate, bool passed, const char *reason)
{
	if (fate == FATE_OWN)
		return passed ? "the program's own word" : "closed by the program itself";
	if (*reason)
		return text("%s (%s)", fate_words[fate], reason);
	return fate_words[fate];
}

const char *report_what(enum kind kind, const char *what, size_t others, bool brief)
{
	char more[40] = "";
	bool says_kind = (kind == KIND_FILE || kind == KIND_OTHER) && *what;

	if (others)
		snprintf(more, sizeof more, " and %zu others", others);
	if (brief)
		what = last_part(what);
	return text("%s%s%s%s", says_kind ? "" : kind_words[kind], says_kind || !*what ? "" : " ", what, more);
}

const char *report_made(const char *call, struct place place, bool whole)
{
	const char *name = places_name(place, whole);

	return text("%s%s%s", call, *call && *name ? ", " : "", name);
}
