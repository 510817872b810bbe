/* What the page's script draws from: in it each text, and each fact about a descriptor, stands once, so that a page of
 * ten thousand execs stays small. */
#include <config.h>

#include "page.h"

#include "json.h"
#include "memory.h"
#include "places.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

static bool is_in(const char *text, const char *first, const char *last)
{
	size_t length = strlen(first);

	return strncmp(text, first, length) >= 0 && strncmp(text, last, length) <= 0;
}

/* What no reader sees, and what turns a line round so that he sees something else. */
static bool is_deceptive(const char *text)
{
	return is_in(text, "\xc2\x80", "\xc2\x9f") || is_in(text, "\xe2\x80\x8b", "\xe2\x80\x8f") ||
	       is_in(text, "\xe2\x80\xa8", "\xe2\x80\xae") || is_in(text, "\xe2\x81\xa0", "\xe2\x81\xaf") ||
	       is_in(text, "\xef\xbb\xbf", "\xef\xbb\xbf") || is_in(text, "\xc2\xad", "\xc2\xad") ||
	       is_in(text, "\xd8\x9c", "\xd8\x9c") || is_in(text, "\xe1\xa0\x8e", "\xe1\xa0\x8e") ||
	       is_in(text, "\xef\xbf\xb9", "\xef\xbf\xbb") || is_in(text, "\xf3\xa0\x80\x80", "\xf3\xa0\x81\xbf");
}

const char *page_text(const char *text)
{
	char *copy = memory_more(NULL, 0, 3 * strlen(text) + 1);
	char *to = copy;
	const char *kept;

	while (*text) {
		int length = json_character_length(text);

		if (length == 0 || is_deceptive(text)) {
			to = stpcpy(to, "\xef\xbf\xbd");
			text += length ? length : 1;
			continue;
		}
		for (; length > 0; length--)
			*to++ = *text++;
	}
	*to = '\0';
	kept = memory_text(copy);
	free(copy);
	return kept;
}

double page_begin(const struct trace *trace)
{
	double begin = trace->execution_count ? trace->executions[0].time : 0;

	for (size_t i = 0; i < trace->execution_count; i++)
		if (trace->executions[i].time < begin)
			begin = trace->executions[i].time;
	return begin;
}

/* Things that get a number each, in the order in which they come. */
struct numbers {
	void *root;
	const void **things; /* by their numbers */
	size_t count;
};

struct text {
	const char *text;
	size_t number;
};

struct fact {
	enum kind kind;
	enum fate fate;
	enum section section;
	const char *what, *made, *reason;
	size_t number;
};

static int compare_pointers(const char *one, const char *other)
{
	return one < other ? -1 : one > other;
}

static int compare_texts(const void *one, const void *other)
{
	return compare_pointers(((const struct text *)one)->text, ((const struct text *)other)->text);
}

static int compare_facts(const void *one, const void *other)
{
	const struct fact *a = one;
	const struct fact *b = other;
	int order = (int)a->kind - (int)b->kind;

	if (!order)
		order = (int)a->fate - (int)b->fate;
	if (!order)
		order = (int)a->section - (int)b->section;
	if (!order)
		order = compare_pointers(a->what, b->what);
	if (!order)
		order = compare_pointers(a->made, b->made);
	return order ? order : compare_pointers(a->reason, b->reason);
}

static void *number(struct numbers *numbers, const void *key, size_t size, int (*compare)(const void *, const void *),
		    size_t *number_of)
{
	int is_new;
	void *thing = memory_one(&numbers->root, key, size, compare, &is_new);

	if (is_new) {
		numbers->things = memory_more(numbers->things, numbers->count, sizeof *numbers->things);
		numbers->things[numbers->count] = thing;
		*number_of = numbers->count++;
	}
	return thing;
}

static struct numbers texts;
static struct numbers facts;

static void write_text_number(struct json *json, const char *text)
{
	struct text key = {.text = page_text(text), .number = texts.count};
	struct text *found = number(&texts, &key, sizeof key, compare_texts, &key.number);

	json_number(json, NULL, (long long)found->number);
}

static void write_fact_number(struct json *json, const struct descriptor *descriptor)
{
	struct fact key = {
		.kind = descriptor->kind,
		.fate = descriptor->fate,
		.section = section_of(descriptor),
		.what = descriptor->target,
		.made = report_made(descriptor->call, descriptor->place, true),
		.reason = report_fate(descriptor->fate, descriptor->passed, descriptor->reason),
		.number = facts.count,
	};
	struct fact *found = number(&facts, &key, sizeof key, compare_facts, &key.number);

	json_number(json, NULL, (long long)found->number);
}

/* In microseconds: whole numbers. */
static void write_time(struct json *json, const char *key, double time)
{
	json_number(json, key, time > 0 && time < 1e12 ? (long long)(time * 1e6 + 0.5) : 0);
}

static void write_processes(struct json *json, const struct trace *trace, double begin)
{
	json_open(json, "processes", '[');
	for (size_t i = 0; i < trace->process_count; i++) {
		json_open(json, NULL, '[');
		json_number(json, NULL, trace->processes[i].pid);
		json_number(json, NULL, (long long)trace->processes[i].parent_process);
		json_number(json, NULL, trace->processes[i].parent);
		write_time(json, NULL, trace->processes[i].time - begin);
		json_close(json, ']');
	}
	json_close(json, ']');
}

static void write_executions(struct json *json, const struct trace *trace, double begin)
{
	json_open(json, "executions", '[');
	for (size_t i = 0; i < trace->execution_count; i++) {
		const struct execution *execution = &trace->executions[i];

		json_open(json, NULL, '[');
		json_number(json, NULL, (long long)execution->process);
		write_time(json, NULL, execution->time - begin);
		write_text_number(json, execution->call);
		write_text_number(json, execution->program);
		write_text_number(json, execution->target);
		json_boolean(json, NULL, execution_spawns(execution));
		write_text_number(json, execution->off);
		json_number(json, NULL, (long long)execution->more);
		json_open(json, NULL, '[');
		for (size_t j = 0; j < execution->count; j++) {
			json_number(json, NULL, execution->descriptors[j].number);
			write_fact_number(json, &execution->descriptors[j]);
		}
		json_close(json, ']');
		json_close(json, ']');
	}
	json_close(json, ']');
}

static void write_misses(struct json *json, const struct trace *trace)
{
	json_open(json, "misses", '[');
	for (size_t i = 0; i < trace->miss_count; i++) {
		const struct miss *miss = &trace->misses[i];
		struct missed missed = missed_explain(trace, miss);

		json_open(json, NULL, '[');
		json_number(json, NULL, (long long)miss->process);
		json_number(json, NULL, (long long)miss->after);
		json_number(json, NULL, miss->number);
		write_text_number(json, miss->call);
		write_text_number(json, miss->program);
		write_text_number(json, places_name(miss->place, false));
		json_number(json, NULL, missed.execution ? missed.execution - trace->executions : -1);
		json_close(json, ']');
	}
	json_close(json, ']');
}

static void write_facts(struct json *json)
{
	json_open(json, "facts", '[');
	for (size_t i = 0; i < facts.count; i++) {
		const struct fact *fact = facts.things[i];

		json_open(json, NULL, '[');
		json_number(json, NULL, (long long)fact->kind);
		json_number(json, NULL, (long long)fact->fate);
		write_text_number(json, fact->what);
		write_text_number(json, fact->made);
		write_text_number(json, fact->reason);
		json_number(json, NULL, (long long)fact->section);
		json_close(json, ']');
	}
	json_close(json, ']');
}

static void write_words(struct json *json, const char *key, const char *const *words, size_t count)
{
	json_open(json, key, '[');
	for (size_t i = 0; i < count; i++)
		json_string(json, NULL, words[i]);
	json_close(json, ']');
}

static void write_object(const struct trace *trace, FILE *file)
{
	struct json json = {.file = file};
	double begin = page_begin(trace);

	json_open(&json, NULL, '{');
	write_time(&json, "begin", begin);
	write_words(&json, "kinds", kind_words, KINDS);
	write_words(&json, "fates", fate_words, FATES);
	write_processes(&json, trace, begin);
	write_executions(&json, trace, begin);
	write_misses(&json, trace);
	/* These make numbers for what comes after them. */
	write_facts(&json);
	json_open(&json, "strings", '[');
	for (size_t i = 0; i < texts.count; i++)
		json_string(&json, NULL, ((const struct text *)texts.things[i])->text);
	json_close(&json, ']');
	json_close(&json, '}');
}

void page_data(const struct trace *trace, FILE *file)
{
	char *text = NULL;
	size_t size = 0;
	FILE *memory = open_memstream(&text, &size);

	if (!memory) {
		perror("cloexec: report");
		exit(2);
	}
	write_object(trace, memory);
	if (fclose(memory) != 0) {
		perror("cloexec: report");
		exit(2);
	}
	/* Inside a script element no `<` may stand: in JSON it can only be in a string. */
	for (size_t i = 0; i < size; i++) {
		if (text[i] == '<' || text[i] == '>' || text[i] == '&')
			fprintf(file, "\\u%04x", text[i]);
		else
			putc(text[i], file);
	}
	putc('\n', file);
	free(text);
}
