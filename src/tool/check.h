/* What the questions of `cloexec check` share. */
#ifndef CLOEXEC_CHECK_H
#define CLOEXEC_CHECK_H

#include "json.h"

#include <limits.h>
#include <stdio.h>

/* What is to be said besides the verdict. */
struct check_notes {
	unsigned count;
	struct {
		const char *word;          /* for programs */
		char text[PATH_MAX + 200]; /* for people */
	} list[8];
};

/* Adds one to the `struct check_notes` at `data`; what does not fit is left out. */
void notes_add(void *data, const char *word, const char *text);

void notes_write(const struct check_notes *notes, struct json *json);

/* `WHO: VERDICT: REASON; NOTE; NOTE`, on one line whatever is in them. */
void print_line(FILE *file, const char *who, const char *verdict, const char *reason, const struct check_notes *notes);

/* Judges one running process, by its number; gives the exit status.  `json->file` is NULL for people. */
int check_process(const char *pid, struct json *json);

/* Prints the table of the programs that are told a descriptor's number. */
int check_named(bool json);

#endif
