/* One line of JSON in a buffer of fixed size.
 *
 * What does not fit is left out, and the line says so: who writes an item that may not fit remembers where it began and
 * goes back there.  Logic alone: nothing is allocated, no lock, no system call; it may run anywhere.
 */
#ifndef CLOEXEC_LINE_H
#define CLOEXEC_LINE_H

#include <stdbool.h>
#include <stddef.h>

struct line {
	char *start;
	char *end;
	char *limit;
	bool full; /* something did not fit */
};

/* A line that ends before `start` + `size`. */
static inline struct line line_in(char *start, size_t size)
{
	return (struct line){start, start, start + size, false};
}

static inline size_t line_length(const struct line *json)
{
	return (size_t)(json->end - json->start);
}

/* Everything from `end` on was never written. */
static inline void line_back(struct line *json, char *end)
{
	json->end = end;
	json->full = false;
}

/* Text that is JSON already, whole or not at all. */
void line_raw(struct line *json, const char *text);

/* A number; the second in hexadecimal, after 0x. */
void line_number(struct line *json, unsigned long long number);
void line_hexadecimal(struct line *json, unsigned long long number);

/* Characters inside a string, `length` of them at most or up to a NUL: valid UTF-8 as it is, and each byte that JSON
 * can't hold as \u00XX.  Of a text that is longer than `most` the first so many bytes, no character cut, and `...`. */
void line_characters(struct line *json, const char *text, size_t length, size_t most);

/* The same with quotes around it. */
void line_string(struct line *json, const char *text, size_t most);

#endif
