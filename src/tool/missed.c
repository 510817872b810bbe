#include <config.h>

#include "missed.h"

#include "memory.h"
#include "places.h"
#include "program.h"

#include <stdlib.h>
#include <string.h>

static const struct descriptor *find_number(const struct execution *execution, int number)
{
	for (size_t i = 0; i < execution->count; i++)
		if (execution->descriptors[i].number == number)
			return &execution->descriptors[i];
	return NULL;
}

static const char *first_program(const struct trace *trace, const struct process *process)
{
	bool missed_first = process->misses && trace->misses[process->first_miss].after == 0;

	return missed_first ? trace->misses[process->first_miss].program
			    : trace->executions[process->first_execution].program; // NOLINT(clang-analyzer-core.NullDereference): a process has a record
}

/* May what was executed by that name run as this program?  Names are links (sh, php, python3), but alike. */
static bool may_be(const char *target, const char *program)
{
	const char *name = last_part(target);

	return strncmp(name, last_part(program), strlen(name)) == 0 ||
	       (program_names_shell(target) && program_names_shell(program));
}

/* Who looks for the exec that closed `number` on the way to a program. */
struct search {
	const struct trace *trace;
	const struct process *process;
	size_t before; /* look at so many of the process's execs, the last first */
	const char
		*spawned; /* the child by which we came to this process: that program; NULL: by none, or it was found */
};

static const struct execution *step_back(struct search *search)
{
	while (search->before > 0) {
		const struct execution *execution =
			&search->trace->executions[search->process->first_execution + --search->before];

		if (!execution_spawns(execution)) {
			search->spawned = NULL;
			return execution;
		}
		if (search->spawned && may_be(execution->target, search->spawned)) {
			search->spawned = NULL;
			return execution;
		}
	}
	return NULL;
}

static bool go_to_parent(struct search *search)
{
	const struct process *child = search->process;
	const struct process *parent = &search->trace->processes[child->parent_process];

	if (parent == child)
		return false;
	search->spawned = first_program(search->trace, child);
	search->process = parent;
	for (search->before = 0; search->before < parent->executions; search->before++)
		if (search->trace->executions[parent->first_execution + search->before].time > child->time) // NOLINT(clang-analyzer-core.NullDereference): it has some
			break;
	return true;
}

static void find_cause(const struct trace *trace, const struct miss *miss, struct missed *missed)
{
	struct search search = {.trace = trace, .process = &trace->processes[miss->process], .before = miss->after};

	do {
		const struct execution *execution;

		while ((execution = step_back(&search))) {
			const struct descriptor *descriptor = find_number(execution, miss->number);

			if (descriptor && !descriptor->passed) {
				missed->execution = execution;
				missed->descriptor = descriptor;
			}
			if (descriptor || execution->more)
				return;
		}
	} while (go_to_parent(&search));
}

struct missed missed_explain(const struct trace *trace, const struct miss *miss)
{
	struct missed missed = {
		.program = miss->program, .call = miss->call, .place = miss->place, .number = miss->number, .times = 1};

	find_cause(trace, miss, &missed);
	return missed;
}

static int compare(const void *one, const void *other)
{
	const struct missed *a = one;
	const struct missed *b = other;
	int order = strcmp(a->program, b->program);

	if (order)
		return order;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	if ((order = strcmp(a->call, b->call)) || (order = places_compare(a->place, b->place)))
		return order;
	if (!a->execution || !b->execution)
		return !!a->execution - !!b->execution;
	if ((order = strcmp(a->execution->program, b->execution->program)) ||
	    (order = strcmp(a->execution->target, b->execution->target)) ||
	    (order = strcmp(a->descriptor->call, b->descriptor->call)) ||
	    (order = places_compare(a->descriptor->place, b->descriptor->place)))
		return order;
	return (int)a->descriptor->fate - (int)b->descriptor->fate;
}

struct missed *missed_add_up(const struct trace *trace, size_t *count)
{
	struct missed *rows = NULL;
	size_t kept = 0;

	for (size_t i = 0; i < trace->miss_count; i++) {
		rows = memory_more(rows, i, sizeof *rows);
		rows[i] = missed_explain(trace, &trace->misses[i]);
	}
	if (rows)
		qsort(rows, trace->miss_count, sizeof *rows, compare);
	for (size_t i = 0; i < trace->miss_count; i++) {
		if (kept && compare(&rows[kept - 1], &rows[i]) == 0)
			rows[kept - 1].times++;
		else
			rows[kept++] = rows[i];
	}
	*count = kept;
	return rows;
}
