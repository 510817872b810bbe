#include <config.h>

#include "report.h"

#include "json.h"
#include "places.h"
#include "run.h"
#include "tool.h"

#include <getopt.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static void write_place(struct json *json, const char *call, struct place place)
{
	const struct symbol *symbol = places_symbol(place);
	char number[40];

	if (*call)
		json_string(json, "call", call);
	if (!*place.object)
		return;
	json_string(json, "object", place.object);
	snprintf(number, sizeof number, "%#llx", place.offset);
	json_string(json, "offset", number);
	if (symbol->known) {
		snprintf(number, sizeof number, "%#llx", symbol->address);
		json_string(json, "address", number);
	}
	if (*symbol->function)
		json_string(json, "function", symbol->function);
}

static void write_fate(struct json *json, enum fate fate, bool passed, const char *reason)
{
	json_string(json, "fate", fate_words[fate]);
	if (*reason)
		json_string(json, fate == FATE_KEPT ? "policy" : "rule", reason);
	json_boolean(json, "passed", passed);
}

static void write_finding(struct json *json, const struct finding *row)
{
	json_open(json, NULL, '{');
	json_string(json, "program", row->program);
	write_place(json, row->call, row->place);
	json_string(json, "kind", kind_words[row->kind]);
	json_string(json, "what", row->what);
	json_number(json, "lowest", row->lowest);
	json_number(json, "highest", row->highest);
	json_string(json, "into", row->into);
	json_number(json, "times", (long long)row->times);
	write_fate(json, row->fate, row->passed, row->reason);
	json_boolean(json, "unasked", row->section == SECTION_UNASKED);
	json_close(json, '}');
}

static void write_missed(struct json *json, const struct missed *row)
{
	json_open(json, NULL, '{');
	json_string(json, "program", row->program);
	write_place(json, row->call, row->place);
	json_number(json, "number", row->number);
	json_number(json, "times", (long long)row->times);
	if (row->execution) {
		json_open(json, "closed", '{');
		json_string(json, "program", row->execution->program);
		write_place(json, row->descriptor->call, row->descriptor->place);
		json_string(json, "kind", kind_words[row->descriptor->kind]);
		json_string(json, "what", row->descriptor->target);
		json_string(json, "into", row->execution->target);
		write_fate(json, row->descriptor->fate, row->descriptor->passed, row->descriptor->reason);
		json_close(json, '}');
	}
	json_close(json, '}');
}

void report_json(const struct report *report, FILE *file)
{
	const struct trace *trace = &report->trace;
	struct json json = {.file = file};

	json_open(&json, NULL, '{');
	json_open(&json, "totals", '{');
	json_number(&json, "processes", (long long)trace->distinct_processes);
	json_number(&json, "execs", (long long)trace->execution_count);
	json_number(&json, "failed", (long long)trace->failed);
	json_number(&json, "lost", (long long)trace->lost);
	json_number(&json, "more", (long long)trace->more);
	json_number(&json, "unasked", (long long)report->findings.times[SECTION_UNASKED]);
	json_number(&json, "closed", (long long)report->findings.times[SECTION_CLOSED]);
	json_number(&json, "on-purpose", (long long)report->findings.times[SECTION_ON_PURPOSE]);
	json_close(&json, '}');
	json_open(&json, "descriptors", '[');
	for (size_t i = 0; i < report->findings.count; i++)
		write_finding(&json, &report->findings.rows[i]);
	json_close(&json, ']');
	json_open(&json, "missed", '[');
	for (size_t i = 0; i < report->missed_count; i++)
		write_missed(&json, &report->missed[i]);
	json_close(&json, ']');
	json_close(&json, '}');
	putc('\n', file);
}

enum form { TABLES, JSON, PAGE, SUGGESTIONS };

bool report_make(struct report *report, const char *directory, bool gather)
{
	if (!records_read(&report->trace, directory))
		return false;
	findings_add_up(&report->findings, &report->trace, gather);
	report->missed = missed_add_up(&report->trace, &report->missed_count);
	return true;
}

static int write_report(const char *directory, enum form form, bool all)
{
	static struct report report;

	if (!report_make(&report, directory, form == TABLES || form == PAGE))
		return 2;
	switch (form) {
	case TABLES:
		report_tables(&report, stdout, all);
		break;
	case JSON:
		report_json(&report, stdout);
		break;
	case PAGE:
		report_page(&report, stdout, directory);
		break;
	case SUGGESTIONS:
		report_suggestions(&report, stdout);
		break;
	}
	if (report.trace.trouble)
		return 2;
	if (report.findings.times[SECTION_UNASKED])
		return 1;
	/* Nothing, as far as it goes: that is no all-clear. */
	return report.trace.lost > 0 || report.trace.more > 0 ? 2 : 0;
}

int report_main(int argc, char **argv)
{
	static const struct option options[] = {
		{"all", no_argument, NULL, 'a'},
		{"json", no_argument, NULL, 'j'},
		{"html", no_argument, NULL, 'h'},
		{"suggest", no_argument, NULL, 's'},
		{0},
	};
	enum form form = TABLES;
	bool all = false;
	int option;

	if (argc > 3 && strncmp(argv[1], "--run=", 6) == 0 && strcmp(argv[2], "--") == 0)
		return run_and_report(argv[1] + 6, argv + 3);
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'a':
			all = true;
			break;
		case 'j':
			form = JSON;
			break;
		case 'h':
			form = PAGE;
			break;
		case 's':
			form = SUGGESTIONS;
			break;
		default:
			return refuse_option(argv);
		}
	}
	if (argc - optind != 1) {
		fprintf(stderr, "cloexec: report: %s; cloexec --help tells more\n",
			optind == argc ? "a directory is missing" : "one directory at a time");
		return 2;
	}
	setlocale(LC_CTYPE, "");
	return write_report(argv[optind], form, all);
}
