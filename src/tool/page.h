/* The page's parts that need each other. */
#ifndef CLOEXEC_PAGE_H
#define CLOEXEC_PAGE_H

#include "records.h"

#include <stdio.h>

/* A text as the page has it: UTF-8, and what can't be seen, or turns what is beside it round, is U+FFFD.  Interned. */
const char *page_text(const char *text);

/* When the first exec was. */
double page_begin(const struct trace *trace);

/* Writes the trace as JSON that may stand in a script element. */
void page_data(const struct trace *trace, FILE *file);

#endif
