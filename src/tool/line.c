#include <config.h>

#include "line.h"

#include "memory.h"
#include "parse.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

const char *const fate_words[FATES] = {
	[FATE_LEAKED] = "leaked", [FATE_INHERITED] = "inherited",
	[FATE_KEPT] = "kept",     [FATE_WOULD_CLOSE] = "would-close",
	[FATE_CLOSED] = "closed", [FATE_HANDED] = "handed",
	[FATE_OWN] = "own",       [FATE_OTHER] = "other",
};

static int index_of(const char *word, const char *const *words, int count)
{
	int i = 0;

	while (i < count - 1 && strcmp(word, words[i]) != 0)
		i++;
	return i;
}

static long whole(struct parse *parse, long smallest, long largest)
{
	double number = parse_number(parse);

	if (!(number >= (double)smallest && number <= (double)largest)) {
		parse->bad = true;
		return smallest;
	}
	return (long)number;
}

/* Seconds, no more than fit into any calendar. */
static double read_time(struct parse *parse)
{
	double time = parse_number(parse);

	if (!(time >= 0 && time < 1e11))
		parse->bad = true;
	return parse->bad ? 0 : time;
}

static unsigned long long read_offset(struct parse *parse)
{
	const char *text = parse_string(parse);
	char *end;
	unsigned long long offset;

	if (strncmp(text, "0x", 2) != 0 || strspn(text + 2, "0123456789abcdefABCDEF") == 0) {
		parse->bad = true;
		return 0;
	}
	offset = strtoull(text, &end, 16);
	if (*end)
		parse->bad = true;
	return offset;
}

static const char *read_text(struct parse *parse)
{
	return memory_text(parse_string(parse));
}

static void read_descriptor(struct parse *parse, struct descriptor *descriptor)
{
	const char *const nothing = memory_text("");
	const char *key;
	bool begun = false;

	*descriptor = (struct descriptor){.number = -1,
					  .kind = KIND_OTHER,
					  .fate = FATE_OTHER,
					  .target = nothing,
					  .call = nothing,
					  .reason = nothing,
					  .place.object = nothing};
	while ((key = parse_key(parse, &begun))) {
		if (strcmp(key, "fd") == 0)
			descriptor->number = (int)whole(parse, 0, INT_MAX);
		else if (strcmp(key, "kind") == 0)
			descriptor->kind = (enum kind)index_of(parse_string(parse), kind_words, KINDS);
		else if (strcmp(key, "fate") == 0)
			descriptor->fate = (enum fate)index_of(parse_string(parse), fate_words, FATES);
		else if (strcmp(key, "passed") == 0)
			descriptor->passed = parse_boolean(parse);
		else if (strcmp(key, "target") == 0)
			descriptor->target = read_text(parse);
		else if (strcmp(key, "call") == 0)
			descriptor->call = read_text(parse);
		else if (strcmp(key, "rule") == 0 || strcmp(key, "policy") == 0)
			descriptor->reason = read_text(parse);
		else if (strcmp(key, "object") == 0)
			descriptor->place.object = read_text(parse);
		else if (strcmp(key, "offset") == 0)
			descriptor->place.offset = read_offset(parse);
		else
			parse_skip(parse);
	}
	if (descriptor->number < 0)
		parse->bad = true;
}

static void read_descriptors(struct parse *parse, struct execution *execution)
{
	bool begun = false;

	while (parse_value(parse, &begun)) {
		struct descriptor descriptor;

		read_descriptor(parse, &descriptor);
		if (parse->bad)
			return;
		execution->descriptors =
			memory_more(execution->descriptors, execution->count, sizeof *execution->descriptors);
		execution->descriptors[execution->count++] = descriptor;
	}
}

bool line_read(char *line, struct record *record)
{
	const char *const nothing = memory_text("");
	struct parse parse = {.at = line};
	struct execution *execution = &record->execution;
	const char *key;
	bool begun = false;

	*record = (struct record){
		.event = NULL,
		.execution = {.call = nothing, .program = nothing, .target = nothing, .off = nothing},
		.place.object = nothing,
		.number = -1,
		.parent = UNKNOWN_PROCESS,
	};
	while ((key = parse_key(&parse, &begun))) {
		if (strcmp(key, "event") == 0)
			record->event = read_text(&parse);
		else if (strcmp(key, "time") == 0)
			execution->time = read_time(&parse);
		else if (strcmp(key, "parent") == 0)
			record->parent = whole(&parse, 0, INT_MAX);
		else if (strcmp(key, "call") == 0)
			execution->call = read_text(&parse);
		else if (strcmp(key, "program") == 0)
			execution->program = read_text(&parse);
		else if (strcmp(key, "target") == 0)
			execution->target = read_text(&parse);
		else if (strcmp(key, "audit") == 0)
			execution->audit = parse_boolean(&parse);
		else if (strcmp(key, "off") == 0)
			execution->off = read_text(&parse);
		else if (strcmp(key, "lost") == 0)
			record->lost = (double)whole(&parse, 0, INT_MAX);
		else if (strcmp(key, "more") == 0)
			execution->more = (unsigned long)whole(&parse, 0, INT_MAX);
		else if (strcmp(key, "fd") == 0)
			record->number = (int)whole(&parse, 0, INT_MAX);
		else if (strcmp(key, "object") == 0)
			record->place.object = read_text(&parse);
		else if (strcmp(key, "offset") == 0)
			record->place.offset = read_offset(&parse);
		else if (strcmp(key, "descriptors") == 0)
			read_descriptors(&parse, execution);
		else
			parse_skip(&parse);
	}
	return parse_ended(&parse);
}
