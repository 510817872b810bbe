/* Strings, in loops of our own: what libc chooses the fastest version of costs the loader hundreds of instructions a name,
 * at every start of every program, and all texts here are short.
 */
#ifndef CLOEXEC_TEXT_H
#define CLOEXEC_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Where `character` comes first, or where the text ends. */
static inline const char *text_find(const char *text, char character)
{
	while (*text && *text != character)
		text++;
	return text;
}

/* Does `character` come in it?  The end is no character. */
static inline bool text_has(const char *text, char character)
{
	return *text_find(text, character) != '\0';
}

/* Does the text begin with `prefix`?  Then `*text` steps over it. */
static inline bool text_skip(const char **text, const char *prefix)
{
	const char *rest = *text;

	while (*prefix)
		if (*rest++ != *prefix++)
			return false;
	*text = rest;
	return true;
}

static inline bool text_begins(const char *text, const char *prefix)
{
	return text_skip(&text, prefix);
}

static inline bool text_is(const char *text, const char *other)
{
	return text_skip(&text, other) && !*text;
}

/* The same with letters of either case in `text`; `other` has small ones. */
static inline bool text_means(const char *text, const char *other)
{
	while (*other) {
		char letter = *text++;

		if (letter >= 'A' && letter <= 'Z')
			letter = (char)(letter - 'A' + 'a');
		if (letter != *other++)
			return false;
	}
	return !*text;
}

#endif
