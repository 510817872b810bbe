/* JSON, read piece by piece from one line that was written by anybody.
 *
 * No library does it: the tool stands in the way of every launch, is installed wherever the library is, and is built
 * for every machine that the library is built for; it needs what the library needs, libc.
 */
#ifndef CLOEXEC_PARSE_H
#define CLOEXEC_PARSE_H

#include <stdbool.h>

struct parse {
	char *at; /* what is read next, in a text that ends with a null byte */
	bool bad; /* what was read is not what JSON, or who asked, wants there: nothing is read from then on */
};

/* Is there another key in the object, or another value in the array?  Read from its bracket to the one that closes it;
 * `*begun` is false before the first.  parse_key gives the key itself, and NULL at the end. */
bool parse_value(struct parse *parse, bool *begun);
const char *parse_key(struct parse *parse, bool *begun);

/* The value that comes next.  A string is decoded where it stands and lives as long as the text; \u0000 and halves of
 * pairs become U+FFFD; bytes that are no UTF-8 stay what they are.  Where the value is of another type, `bad` is set
 * and
 * "", 0 or false given. */
const char *parse_string(struct parse *parse);
double parse_number(struct parse *parse);
bool parse_boolean(struct parse *parse);

/* Any value, to be left out. */
void parse_skip(struct parse *parse);

/* Was all of the text good, and is nothing left of it? */
bool parse_ended(struct parse *parse);

#endif
