/* The table of the programs that are told a descriptor's number, as the library has it. */
#include <config.h>

#include "check.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum place { ARGUMENTS, ITEMS, VALUE, VALUE_ITEMS };

static const struct row {
	enum place place;
	const char *programs;
	const char *variable;
	const char *behind; /* what may stand before an item */
	const char *form;   /* `%` is a number; of an item, what it begins with */
	const char *kinds;  /* NAMED_PIPE or the like */
} rows[] = {
#define ARGUMENT(programs, form, kinds)                        {ARGUMENTS, programs, "", "", form, #kinds},
#define LIST(programs, behind, form, before, kinds)            {ITEMS, programs, "", behind, form, #kinds},
#define VARIABLE(programs, name, form, kinds)                  {VALUE, programs, name, "", form, #kinds},
#define VARIABLES(programs, name, behind, form, before, kinds) {VALUE_ITEMS, programs, name, behind, form, #kinds},
#include "named.def"
	/* What is more than a form, src/named.c has in its code. */
	{VALUE, "*", "LISTEN_FDS", "", "% with LISTEN_PID of the process", "NAMED_ANY"},
	{ARGUMENTS, "jspawnhelper", "", "", "%:%:%, and every pipe", "NAMED_PIPE"},
};

/* A form as libcloexec(7) shows it: N is a number. */
static void show_form(const struct row *row, char *text, size_t size)
{
	switch (row->place) {
	case ARGUMENTS:
		snprintf(text, size, "%s", row->form);
		break;
	case ITEMS:
		snprintf(text, size, "...%c%s%%", row->behind[0], row->form);
		break;
	case VALUE:
		snprintf(text, size, "%s=%s", row->variable, row->form);
		break;
	case VALUE_ITEMS:
		snprintf(text, size, "%s=...%c%s%%", row->variable, row->behind[0], row->form);
		break;
	}
	for (; *text; text++)
		if (*text == '%')
			*text = 'N';
}

static void show_kind(const struct row *row, char *text, size_t size)
{
	snprintf(text, size, "%s", strchr(row->kinds, '_') + 1);
	for (; *text; text++)
		*text = (char)tolower((unsigned char)*text);
}

int check_named(bool wanted)
{
	struct json json = {.file = stdout};
	char form[128];
	char kind[16];

	if (wanted) {
		json_open(&json, NULL, '{');
		json_open(&json, "named", '[');
	} else {
		printf("%-7s %-39s %s\n", "KIND", "FORM", "PROGRAMS");
	}
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *programs = strcmp(rows[i].programs, "*") == 0 ? "any" : rows[i].programs;

		show_form(&rows[i], form, sizeof form);
		show_kind(&rows[i], kind, sizeof kind);
		if (!wanted) {
			printf("%-7s %-39s %s\n", kind, form, programs);
			continue;
		}
		json_open(&json, NULL, '{');
		json_string(&json, "programs", programs);
		json_string(&json, "form", form);
		json_string(&json, "kind", kind);
		json_close(&json, '}');
	}
	if (wanted) {
		json_close(&json, ']');
		json_close(&json, '}');
		putchar('\n');
	}
	return 0;
}
