/* JSON, written piece by piece to a stream: commas and quotes are put in here, nesting is the caller's. */
#ifndef CLOEXEC_JSON_H
#define CLOEXEC_JSON_H

#include <stdbool.h>
#include <stdio.h>

struct json {
	FILE *file;
	bool follows; /* a value stands before this place: a comma comes first */
};

/* Begins an object, `{`, or an array, `[`, as the value of `key`; `key` is NULL in an array and outermost. */
void json_open(struct json *json, const char *key, char bracket);

/* Ends it, with `}` or `]`.  After the outermost the caller writes the line end. */
void json_close(struct json *json, char bracket);

/* One value; `key` is NULL in an array.  A string's control characters, and bytes that are no UTF-8, become \u00XX. */
void json_string(struct json *json, const char *key, const char *text);
void json_number(struct json *json, const char *key, long long number);
void json_boolean(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);

#endif
