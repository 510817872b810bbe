/* Which line of policy would have kept open what was closed and then missed?
 *
 * Three would: CLOEXEC_KEEP with its number, where that is sure to be the same the next time; CLOEXEC_KEEP_CALLS with
 * the call that made it; CLOEXEC_KEEP_PROGRAMS with the program that closed it.  Each keeps more open than was missed;
 * the trace tells how much, and the one that costs least is suggested.
 */
#include <config.h>

#include "memory.h"
#include "places.h"
#include "report.h"
#include "visible.h"

#include <stdlib.h>
#include <string.h>

enum variable { KEEP, KEEP_PROGRAMS, KEEP_CALLS, VARIABLES };

static const char *const variables[VARIABLES] = {
	[KEEP] = "CLOEXEC_KEEP",
	[KEEP_PROGRAMS] = "CLOEXEC_KEEP_PROGRAMS",
	[KEEP_CALLS] = "CLOEXEC_KEEP_CALLS",
};

/* What a line would keep open of all that the trace saw closed. */
struct cost {
	unsigned long grave; /* listening sockets, files that others can't read */
	unsigned long sockets;
	unsigned long rest;
};

static int compare_costs(const struct cost *one, const struct cost *other)
{
	if (one->grave != other->grave)
		return one->grave < other->grave ? -1 : 1;
	if (one->sockets != other->sockets)
		return one->sockets < other->sockets ? -1 : 1;
	return one->rest < other->rest ? -1 : one->rest > other->rest;
}

static bool keeps(enum variable variable, const struct missed *missed, const struct execution *execution,
		  const struct descriptor *descriptor)
{
	switch (variable) {
	case KEEP:
		return descriptor->number == missed->number;
	case KEEP_CALLS:
		return descriptor->call == missed->descriptor->call;
	default:
		return execution->program == missed->execution->program;
	}
}

static struct cost cost_of(enum variable variable, const struct missed *missed, const struct trace *trace)
{
	struct cost cost = {0};

	for (size_t i = 0; i < trace->execution_count; i++) {
		const struct execution *execution = &trace->executions[i];

		for (size_t j = 0; j < execution->count; j++) {
			const struct descriptor *descriptor = &execution->descriptors[j];

			if (section_of(descriptor) != SECTION_CLOSED || !keeps(variable, missed, execution, descriptor))
				continue;
			cost.grave += descriptor->kind <= KIND_PRIVATE;
			cost.sockets += descriptor->kind == KIND_SOCKET;
			cost.rest += descriptor->kind > KIND_SOCKET;
		}
	}
	return cost;
}

/* Will it have that number again?  So if the program chose it, or if it had it, and no other, more than once. */
static bool is_stable(const struct report *report, const struct missed *missed)
{
	const char *call = missed->descriptor->call;
	unsigned long times = 0;

	if (strcmp(call, "dup2") == 0 || strcmp(call, "dup3") == 0)
		return true;
	for (size_t i = 0; i < report->missed_count; i++) {
		const struct missed *other = &report->missed[i];

		if (!other->descriptor || strcmp(other->descriptor->call, call) != 0 ||
		    places_compare(other->descriptor->place, missed->descriptor->place) != 0 ||
		    other->execution->program != missed->execution->program)
			continue;
		if (other->number != missed->number)
			return false;
		times += other->times;
	}
	return times > 1;
}

static bool is_call(const char *name)
{
	static const char *const calls[] = {
#define CALL(name, family, facility, next) #name,
#include "calls.def"
	};

	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		if (strcmp(calls[i], name) == 0)
			return true;
	return false;
}

static enum variable choose(const struct report *report, const struct missed *missed)
{
	enum variable best = KEEP_PROGRAMS;
	struct cost lowest = cost_of(best, missed, &report->trace);

	for (enum variable i = KEEP; i < VARIABLES; i++) {
		struct cost cost;
		int order;

		if ((i == KEEP && !is_stable(report, missed)) ||
		    (i == KEEP_CALLS && !is_call(missed->descriptor->call)))
			continue;
		cost = cost_of(i, missed, &report->trace);
		/* A number is less than a whole program.  A call, in all programs, is more than the trace can tell: it
		 * must save what is worth it. */
		if (i == KEEP_CALLS)
			cost.rest = lowest.rest;
		order = compare_costs(&cost, &lowest);
		if (order < 0 || (order == 0 && i < best)) {
			lowest = cost;
			best = i;
		}
	}
	return best;
}

/* A pattern for just this program: what would mean something else in the list, or in a file of variables, is any
 * character. */
static const char *program_pattern(const char *program)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._+-:";
	char *pattern = strdup(*program == '/' ? program : last_part(program));
	char *deleted = pattern ? strstr(pattern, " (deleted)") : NULL;
	const char *kept;

	if (!pattern)
		return "";
	if (deleted && !deleted[10])
		*deleted = '\0';
	for (char *at = pattern; *at; at++)
		if (!strchr(plain, *at))
			*at = '?';
	kept = memory_text(pattern);
	free(pattern);
	return kept;
}

static const char *value_of(enum variable variable, const struct missed *missed)
{
	char number[30];

	switch (variable) {
	case KEEP:
		snprintf(number, sizeof number, "%d", missed->number);
		return memory_text(number);
	case KEEP_CALLS:
		return missed->descriptor->call;
	default:
		return program_pattern(missed->execution->program);
	}
}

static void write_visible(FILE *file, const char *text)
{
	size_t size = 4 * strlen(text) + 1;
	char *shown = memory_more(NULL, 0, size);

	visible(shown, size, text);
	fputs(shown, file);
	free(shown);
}

static void write_reason(FILE *file, const struct missed *missed, enum variable variable)
{
	static const char *const more[VARIABLES] = {
		[KEEP] = "what else has this number is kept too, in all programs",
		[KEEP_PROGRAMS] = "nothing that this program opens is covered then",
		[KEEP_CALLS] = "what else this call makes is kept too, in all programs",
	};
	const char *made = report_made(missed->descriptor->call, missed->descriptor->place, false);

	fputs("# ", file);
	write_visible(file, missed->program);
	fprintf(file, " asked for %d", missed->number);
	if (*missed->call) {
		fputs(" (", file);
		write_visible(file, missed->call);
		putc(')', file);
	}
	fprintf(file, ", %lu time%s; ", missed->times, missed->times == 1 ? "" : "s");
	write_visible(file, missed->execution->program);
	fputs(" had it open (", file);
	write_visible(file, report_what(missed->descriptor->kind, what_of(missed->descriptor), 0, false));
	if (*made) {
		fputs(", made by ", file);
		write_visible(file, made);
	}
	fputs(") when it executed ", file);
	write_visible(file, missed->execution->target);
	fprintf(file, "; %s\n", more[variable]);
}

/* What needs no line, or for which there is none. */
static void write_rest(FILE *file, const struct missed *missed)
{
	fputs("# ", file);
	write_visible(file, missed->program);
	fprintf(file, " asked for %d: ", missed->number);
	if (missed->descriptor) {
		write_visible(file, missed->execution->program);
		fputs(" itself had made it close-on-exec; no policy changes that\n", file);
	} else {
		fputs("no exec in this trace closed it; nothing to suggest\n", file);
	}
}

static bool is_ours(const struct missed *missed)
{
	return missed->descriptor && missed->descriptor->fate == FATE_CLOSED;
}

static void write_line(const struct report *report, FILE *file, enum variable variable, const enum variable *choices)
{
	const char **values = NULL;
	size_t count = 0;

	for (size_t i = 0; i < report->missed_count; i++) {
		const struct missed *missed = &report->missed[i];
		const char *value;
		size_t same = 0;

		if (choices[i] != variable)
			continue;
		write_reason(file, missed, variable);
		value = value_of(variable, missed);
		while (same < count && values[same] != value)
			same++;
		if (same < count)
			continue;
		values = memory_more(values, count, sizeof *values);
		values[count++] = value;
	}
	if (!count)
		return;
	/* cloexec-run adds @shells by itself, a drop-in must say it. */
	fprintf(file, "%s=%s", variables[variable], variable == KEEP_PROGRAMS ? "@shells," : "");
	for (size_t i = 0; i < count; i++)
		fprintf(file, "%s%s", i ? "," : "", values[i]);
	putc('\n', file);
	free(values);
}

void report_suggestions(const struct report *report, FILE *file)
{
	enum variable *choices = NULL;

	for (size_t i = 0; i < report->missed_count; i++) {
		choices = memory_more(choices, i, sizeof *choices);
		choices[i] = is_ours(&report->missed[i]) ? choose(report, &report->missed[i]) : VARIABLES;
	}
	for (enum variable variable = KEEP; variable < VARIABLES; variable++)
		write_line(report, file, variable, choices);
	for (size_t i = 0; i < report->missed_count; i++)
		if (choices[i] == VARIABLES)
			write_rest(file, &report->missed[i]);
	if (!report->missed_count)
		fputs("# Nothing that was closed was missed, as far as the trace can tell.\n", file);
	free(choices);
}
