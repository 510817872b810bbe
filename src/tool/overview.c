/* The report as tables for people. */
#include <config.h>

#include "places.h"
#include "report.h"
#include "table.h"

static const char *plural(unsigned long count)
{
	return count == 1 ? "" : "s";
}

static const char *brief_fate(const struct finding *row)
{
	return row->fate == FATE_OWN ? row->passed ? "own" : "own, closed" : fate_words[row->fate];
}

static void add_numbers(struct table *table, int lowest, int highest)
{
	char numbers[30];

	if (lowest == highest)
		snprintf(numbers, sizeof numbers, "%d", lowest);
	else
		snprintf(numbers, sizeof numbers, "%d-%d", lowest, highest);
	table_add(table, numbers, NULL);
}

static void add_times(struct table *table, unsigned long times)
{
	char number[30];

	snprintf(number, sizeof number, "%lu", times);
	table_add(table, number, NULL);
}

static void write_section(const struct report *report, FILE *file, enum section section, const char *title)
{
	struct table table = {
		.columns = 7,
		.column = {{.head = "FROM", .shrinks = true},
			   {.head = "MADE BY", .shrinks = true},
			   {.head = "WHAT", .shrinks = true},
			   {.head = "FD"},
			   {.head = "INTO", .shrinks = true},
			   {.head = "TIMES", .right = true},
			   {.head = "FATE"}},
	};

	if (!report->findings.times[section])
		return;
	fprintf(file, "\n%s\n\n", title);
	for (size_t i = 0; i < report->findings.count; i++) {
		const struct finding *row = &report->findings.rows[i];

		if (row->section != section)
			continue;
		table_add(&table, row->program, last_part(row->program));
		table_add(&table, report_made(row->call, row->place, false), NULL);
		table_add(&table, report_what(row->kind, row->what, row->others, false), NULL);
		add_numbers(&table, row->lowest, row->highest);
		table_add(&table, row->into, last_part(row->into));
		add_times(&table, row->times);
		/* All that was closed by us has one fate. */
		table_add(&table, section == SECTION_CLOSED ? "" : report_fate(row->fate, row->passed, row->reason),
			  section == SECTION_CLOSED ? "" : brief_fate(row));
	}
	table_write(&table, file, table_width(file));
}

static void write_missed(const struct report *report, FILE *file)
{
	struct table table = {
		.columns = 6,
		.column = {{.head = "PROGRAM", .shrinks = true},
			   {.head = "ASKED BY", .shrinks = true},
			   {.head = "FD"},
			   {.head = "TIMES", .right = true},
			   {.head = "CLOSED WHEN", .shrinks = true},
			   {.head = "EXECUTED", .shrinks = true}},
	};
	bool ours = false;

	if (!report->missed_count)
		return;
	fputs("\nMissed: a program asked for a number that was not open (EBADF):\n\n", file);
	for (size_t i = 0; i < report->missed_count; i++) {
		const struct missed *row = &report->missed[i];
		const struct execution *execution = row->execution;

		table_add(&table, row->program, last_part(row->program));
		table_add(&table, report_made(row->call, row->place, false), NULL);
		add_numbers(&table, row->number, row->number);
		add_times(&table, row->times);
		table_add(&table, execution ? execution->program : "", execution ? last_part(execution->program) : "");
		table_add(&table, execution ? execution->target : "", execution ? last_part(execution->target) : "");
		ours = ours || (row->descriptor && row->descriptor->fate == FATE_CLOSED);
	}
	table_write(&table, file, table_width(file));
	if (ours)
		fputs("\ncloexec report --suggest has the lines of policy that keep these open.\n", file);
}

static void write_totals(const struct report *report, FILE *file)
{
	const struct trace *trace = &report->trace;
	const unsigned long *times = report->findings.times;
	bool audit = trace->execution_count > 0;

	if (trace->lost > 0)
		fprintf(file, "INCOMPLETE: %.0f record%s could not be written (a full disk, permissions, a chroot).\n",
			trace->lost, plural((unsigned long)trace->lost));
	if (trace->more > 0)
		fprintf(file, "INCOMPLETE: %.0f descriptor%s did not fit into the records.\n", trace->more,
			plural((unsigned long)trace->more));
	if (!trace->execution_count) {
		fputs(trace->lost > 0 ? "What could be written tells of no exec.\n"
				      : "No covered program executed another.\n",
		      file);
		return;
	}
	for (size_t i = 0; i < trace->execution_count; i++)
		audit = audit && trace->executions[i].audit;
	fprintf(file, "%zu exec%s by %zu process%s passed on %lu descriptor%s that nobody asked for; ",
		trace->execution_count, plural(trace->execution_count), trace->distinct_processes,
		trace->distinct_processes == 1 ? "" : "es", times[SECTION_UNASKED], plural(times[SECTION_UNASKED]));
	if (audit)
		fputs("libcloexec only looked on.\n", file);
	else
		fprintf(file, "libcloexec closed %lu.\n", times[SECTION_CLOSED]);
}

void report_tables(const struct report *report, FILE *file, bool all)
{
	unsigned long purpose = report->findings.times[SECTION_ON_PURPOSE];
	unsigned long own = report->findings.private_times;

	write_totals(report, file);
	write_section(report, file, SECTION_UNASKED,
		      "Passed on, and neither the program nor a rule of hand-off asked for it:");
	write_missed(report, file);
	write_section(report, file, SECTION_CLOSED, "Closed by libcloexec; the new program did not get it:");
	if (all)
		write_section(report, file, SECTION_ON_PURPOSE,
			      "Passed on on purpose, or closed by the program itself:");
	else if (purpose)
		fprintf(file,
			"\n%lu more passed on on purpose, %lu closed by the programs themselves: --all lists them.\n",
			purpose - own, own);
}
