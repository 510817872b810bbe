#include <config.h>

#include "check.h"

#include "judge.h"
#include "library.h"
#include "look.h"
#include "program.h"
#include "tool.h"
#include "unit.h"
#include "visible.h"

#include <getopt.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void notes_add(void *data, const char *word, const char *text)
{
	struct check_notes *notes = data;

	if (notes->count == sizeof notes->list / sizeof *notes->list)
		return;
	notes->list[notes->count].word = word;
	snprintf(notes->list[notes->count].text, sizeof notes->list->text, "%s", text);
	notes->count++;
}

void notes_write(const struct check_notes *notes, struct json *json)
{
	json_open(json, "notes", '[');
	for (unsigned i = 0; i < notes->count; i++) {
		json_open(json, NULL, '{');
		json_string(json, "note", notes->list[i].word);
		json_string(json, "text", notes->list[i].text);
		json_close(json, '}');
	}
	json_close(json, ']');
}

void print_line(FILE *file, const char *who, const char *verdict, const char *reason, const struct check_notes *notes)
{
	char text[4 * PATH_MAX];

	visible(text, sizeof text, who);
	fprintf(file, "%s%s: %s", file == stderr ? "cloexec: " : "", text, verdict);
	if (*reason) {
		visible(text, sizeof text, reason);
		fprintf(file, "%s%s", *verdict ? ": " : "", text);
	}
	for (unsigned i = 0; notes && i < notes->count; i++) {
		visible(text, sizeof text, notes->list[i].text);
		fprintf(file, "; %s", text);
	}
	putc('\n', file);
}

/* What is to be said of a program that can be covered. */
static void note(const struct judgement *judgement, struct check_notes *notes)
{
	char text[PATH_MAX + 200];

	if (judgement->script && program_names_shell(judgement->program)) {
		snprintf(text, sizeof text, "it is a script of %s, which cloexec-run leaves alone: see @shells",
			 judgement->program);
		notes_add(notes, "shell-script", text);
	} else if (judgement->script) {
		snprintf(text, sizeof text, "it is a script of %s", judgement->program);
		notes_add(notes, "script", text);
	}
	if (*judgement->library) {
		snprintf(text, sizeof text, "by %s, the library for its architecture", judgement->library);
		notes_add(notes, "library", text);
	}
	look_at_program(judgement->program, notes_add, notes);
}

static void write_file(struct json *json, const char *name, const char *path, const struct judgement *judgement,
		       const struct check_notes *notes)
{
	json_open(json, NULL, '{');
	json_string(json, "file", name);
	if (judgement->verdict != NOT_FOUND)
		json_string(json, "path", path);
	if (*judgement->program)
		json_string(json, "program", judgement->program);
	if (judgement->verdict == COVERABLE || judgement->verdict == NOT_COVERABLE)
		json_boolean(json, "coverable", judgement->verdict == COVERABLE);
	else
		json_null(json, "coverable");
	if (judgement->word) {
		json_string(json, "reason", judgement->word);
		json_string(json, "text", judgement->reason);
	}
	if (*judgement->library)
		json_string(json, "library", judgement->library);
	notes_write(notes, json);
	json_close(json, '}');
}

/* One line for one file. */
static int check_file(const char *name, struct json *json)
{
	struct judgement judgement = {.verdict = NOT_FOUND, .word = "missing"};
	struct check_notes notes = {.count = 0};
	char path[PATH_MAX];

	if (find_command(name, path) == NOT_FOUND)
		snprintf(judgement.reason, sizeof judgement.reason, "not found%s", strchr(name, '/') ? "" : " in PATH");
	else
		judge(path, &judgement);
	if (judgement.word && strcmp(judgement.word, "secure") == 0 && library_is_system_wide("")) {
		judgement.verdict = COVERABLE;
		judgement.word = NULL;
		notes_add(&notes, "system-wide", "by /etc/ld.so.preload alone: its loader ignores LD_PRELOAD");
	}
	if (judgement.verdict == COVERABLE)
		note(&judgement, &notes);
	if (json->file)
		write_file(json, name, path, &judgement, &notes);
	switch (judgement.verdict) {
	case COVERABLE:
		if (!json->file)
			print_line(stdout, path, "can be covered", "", &notes);
		return 0;
	case NOT_COVERABLE:
		if (!json->file)
			print_line(stdout, path, "can't be covered", judgement.reason, &notes);
		return 1;
	default:
		if (!json->file)
			print_line(stderr, judgement.verdict == NOT_FOUND ? name : path, "", judgement.reason, NULL);
		return 2;
	}
}

/* Where what is told of a unit goes. */
struct teller {
	const char *name;
	struct json *json;
};

static void tell_of_unit(void *data, const char *word, const char *text)
{
	const struct teller *teller = data;

	if (!teller->json->file) {
		print_line(stdout, teller->name, "", text, NULL);
		return;
	}
	json_open(teller->json, NULL, '{');
	json_string(teller->json, "warning", word);
	json_string(teller->json, "text", text);
	json_close(teller->json, '}');
}

/* A line for each of a unit's settings that is in the way. */
static int check_unit(const char *name, struct json *json)
{
	struct teller teller = {name, json};
	int told;

	if (json->file) {
		json_open(json, NULL, '{');
		json_string(json, "unit", name);
		json_open(json, "warnings", '[');
	}
	told = unit_check(name, tell_of_unit, &teller);
	if (json->file) {
		json_close(json, ']');
		if (told < 0)
			json_null(json, "covered");
		else
			json_boolean(json, "covered", told == 0);
		json_close(json, '}');
	} else if (told == 0) {
		print_line(stdout, name, "is covered", "", NULL);
	}
	return told < 0 ? 2 : told > 0;
}

static int check_all(int count, char **arguments, const char *what, int (*check)(const char *, struct json *),
		     bool wanted)
{
	struct json json = {.file = wanted ? stdout : NULL};
	int status = 0;

	if (wanted) {
		json_open(&json, NULL, '{');
		json_open(&json, what, '[');
	}
	for (int i = 0; i < count; i++) {
		int found = check(arguments[i], &json);

		if (found > status)
			status = found;
	}
	if (wanted) {
		json_close(&json, ']');
		json_close(&json, '}');
		putchar('\n');
	}
	return status;
}

/* What the arguments are. */
struct kind {
	const char *plural;
	const char *one;
	int (*check)(const char *name, struct json *json);
};
static const struct kind files = {"files", "a file", check_file};
static const struct kind processes = {"processes", "a process id", check_process};
static const struct kind units = {"units", "a unit", check_unit};

int check_main(int argc, char **argv)
{
	static const struct option options[] = {
		{"launch", required_argument, NULL, 'l'},
		{"force", no_argument, NULL, 'f'},
		{"json", no_argument, NULL, 'j'},
		{"named", no_argument, NULL, 'n'},
		{"pid", no_argument, NULL, 'p'},
		{"unit", no_argument, NULL, 'u'},
		{0},
	};
	const char *launch = NULL;
	bool force = false;
	bool json = false;
	bool named = false;
	const struct kind *kind = &files;
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, "+", options, NULL)) != -1) {
		switch (option) {
		case 'l':
			launch = optarg;
			break;
		case 'f':
			force = true;
			break;
		case 'j':
			json = true;
			break;
		case 'n':
			named = true;
			break;
		case 'p':
			kind = &processes;
			break;
		case 'u':
			kind = &units;
			break;
		default:
			return refuse_option(argv);
		}
	}
	argc -= optind;
	argv += optind;
	if (named && argc == 0 && kind == &files)
		return check_named(json);
	if (named || argc == 0) {
		fprintf(stderr, "cloexec: check: %s%s; cloexec --help tells more\n", named ? "--named" : kind->one,
			named ? " takes no arguments" : " is missing");
		return 2;
	}
	if (launch)
		return check_launch(launch, force, argv[0]);
	setlocale(LC_CTYPE, "");
	return check_all(argc, argv, kind->plural, kind->check, json);
}
