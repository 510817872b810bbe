#include <config.h>

#include "findings.h"

#include "memory.h"
#include "places.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* So many names of one origin are listed; what makes more is told with one of them. */
enum { NAMES = 4 };

enum section section_of(const struct descriptor *descriptor)
{
	if (!descriptor->passed)
		return descriptor->fate == FATE_CLOSED ? SECTION_CLOSED : SECTION_ON_PURPOSE;
	switch (descriptor->fate) {
	case FATE_LEAKED:
	case FATE_INHERITED:
	case FATE_KEPT:
	case FATE_WOULD_CLOSE:
		return SECTION_UNASKED;
	default:
		return SECTION_ON_PURPOSE;
	}
}

/* "pipe:[123]" is a pipe, "anon_inode:[eventfd]" what its kind is. */
const char *what_of(const struct descriptor *descriptor)
{
	const char *target = descriptor->target;
	const char *bracket = strstr(target, ":[");
	char name[32];

	if (strncmp(target, "anon_inode:", 11) == 0)
		return memory_text("");
	if (!bracket || bracket[2 + strspn(bracket + 2, "0123456789")] != ']' ||
	    (size_t)(bracket - target) >= sizeof name)
		return target;
	memcpy(name, target, (size_t)(bracket - target));
	name[bracket - target] = '\0';
	return memory_text(strcmp(name, kind_words[descriptor->kind]) == 0 ? "" : name);
}

#define COMPARE(field)            \
	if (a->field != b->field) \
		return a->field < b->field ? -1 : 1;
#define COMPARE_TEXT(field)       \
	if (a->field != b->field) \
		return strcmp(a->field, b->field);

/* All but its name. */
static int compare_origins(const struct finding *a, const struct finding *b)
{
	int order;

	COMPARE(fate)
	COMPARE(passed)
	COMPARE(kind)
	COMPARE_TEXT(program)
	COMPARE_TEXT(into)
	COMPARE_TEXT(call)
	COMPARE_TEXT(reason)
	order = places_compare(a->place, b->place);
	return order;
}

static int compare_keys(const void *one, const void *other)
{
	const struct finding *a = one;
	const struct finding *b = other;
	int order = compare_origins(a, b);

	return order ? order : strcmp(a->what, b->what);
}

/* Listening sockets, files that others can't read, sockets, the rest. */
static int weight_of(enum kind kind)
{
	return kind <= KIND_SOCKET ? (int)kind : KIND_SOCKET + 1;
}

static int compare_rows(const void *one, const void *other)
{
	const struct finding *a = one;
	const struct finding *b = other;

	COMPARE(section)
	if (weight_of(a->kind) != weight_of(b->kind))
		return weight_of(a->kind) - weight_of(b->kind);
	COMPARE(fate)
	if (a->times != b->times)
		return a->times > b->times ? -1 : 1;
	return compare_keys(one, other);
}

static void *root; /* of the tree of the findings that are being added up */
static struct findings *filled;

static void add(struct findings *findings, const struct execution *execution, const struct descriptor *descriptor)
{
	struct finding key = {
		.program = execution->program,
		.into = execution->target,
		.call = descriptor->call,
		.place = descriptor->place,
		.kind = descriptor->kind,
		.what = what_of(descriptor),
		.fate = descriptor->fate,
		.reason = descriptor->reason,
		.passed = descriptor->passed,
		.section = section_of(descriptor),
		.lowest = descriptor->number,
		.highest = descriptor->number,
	};
	int is_new;
	struct finding *row = memory_one(&root, &key, sizeof key, compare_keys, &is_new);

	row->times++;
	if (descriptor->number < row->lowest)
		row->lowest = descriptor->number;
	if (descriptor->number > row->highest)
		row->highest = descriptor->number;
	findings->times[row->section]++;
	if (row->section == SECTION_ON_PURPOSE && !row->passed)
		findings->private_times++;
}

static void take(const void *node, VISIT visit, int depth)
{
	(void)depth;
	if (visit != postorder && visit != leaf)
		return;
	filled->rows = memory_more(filled->rows, filled->count, sizeof *filled->rows);
	filled->rows[filled->count++] = **(const struct finding *const *)node;
}

/* Makes one row of `count` that have one origin. */
static void merge(struct finding *rows, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		rows->times += rows[i].times;
		if (rows[i].lowest < rows->lowest)
			rows->lowest = rows[i].lowest;
		if (rows[i].highest > rows->highest)
			rows->highest = rows[i].highest;
	}
	rows->others = count - 1;
}

/* The rows come in the order of compare_keys. */
static void gather_names(struct findings *findings)
{
	size_t kept = 0;
	size_t same;

	for (size_t i = 0; i < findings->count; i += same) {
		struct finding *rows = &findings->rows[i];

		for (same = 1; i + same < findings->count && compare_origins(rows, &rows[same]) == 0;)
			same++;
		if (same > NAMES) {
			merge(rows, same);
			findings->rows[kept++] = *rows;
		} else {
			memmove(&findings->rows[kept], rows, same * sizeof *rows);
			kept += same;
		}
	}
	findings->count = kept;
}

void findings_add_up(struct findings *findings, const struct trace *trace, bool gather)
{
	for (size_t i = 0; i < trace->execution_count; i++)
		for (size_t j = 0; j < trace->executions[i].count; j++)
			add(findings, &trace->executions[i], &trace->executions[i].descriptors[j]);
	filled = findings;
	twalk(root, take);
	if (gather)
		gather_names(findings);
	if (findings->count)
		qsort(findings->rows, findings->count, sizeof *findings->rows, compare_rows);
}
