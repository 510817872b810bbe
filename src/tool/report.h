/* What `cloexec report` makes of traces, in each of its forms. */
#ifndef CLOEXEC_REPORT_H
#define CLOEXEC_REPORT_H

#include "findings.h"
#include "missed.h"
#include "records.h"

#include <stdbool.h>
#include <stdio.h>

struct report {
	struct trace trace;
	struct findings findings;
	struct missed *missed;
	size_t missed_count;
};

/* Reads the traces in `directory` and adds up; `report` is zero before.  `gather`: see findings_add_up.  False, after a
 * line on standard error, where the directory can't be read. */
bool report_make(struct report *report, const char *directory, bool gather);

/* Tables for people.  `all`: also what was passed on on purpose, and what programs closed themselves. */
void report_tables(const struct report *report, FILE *file, bool all);

/* One object for programs; cloexec(1) has its keys. */
void report_json(const struct report *report, FILE *file);

/* One page for a browser, which needs nothing else. */
void report_page(const struct report *report, FILE *file, const char *directory);

/* The lines of policy that would keep open what was closed and then missed. */
void report_suggestions(const struct report *report, FILE *file);

/* "leaked", "handed (placed)", "closed by the program itself": interned. */
const char *report_fate(enum fate fate, bool passed, const char *reason);

/* "listening tcp:0.0.0.0:80": interned. */
const char *report_what(enum kind kind, const char *what, size_t others, bool brief);

/* "open, php+0x1234 (main)": interned. */
const char *report_made(const char *call, struct place place, bool whole);

#endif
