#include <config.h>

#include "records.h"

#include "line.h"
#include "memory.h"
#include "visible.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A record has at most 4096 bytes; what comes after us may know more keys. */
enum { LONGEST_LINE = 65536 };

const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

bool execution_spawns(const struct execution *execution)
{
	return strncmp(execution->call, "posix_spawn", 11) == 0 || strcmp(execution->call, "system") == 0 ||
	       strcmp(execution->call, "popen") == 0;
}

static void add_execution(struct trace *trace, struct process *process, struct record *record)
{
	trace->executions = memory_more(trace->executions, trace->execution_count, sizeof *trace->executions);
	trace->executions[trace->execution_count++] = record->execution;
	trace->more += (double)record->execution.more;
	process->executions++;
}

/* The last one has failed. */
static void void_execution(struct trace *trace, struct process *process)
{
	if (!process->executions)
		return;
	process->executions--;
	trace->execution_count--;
	trace->more -= (double)trace->executions[trace->execution_count].more;
	free(trace->executions[trace->execution_count].descriptors);
	trace->failed++;
}

/* More descriptors of the last one of the same moment: threads may have written others in between. */
static void continue_execution(struct trace *trace, const struct process *process, const struct record *record)
{
	const struct execution *rest = &record->execution;

	for (size_t back = 1; back <= process->executions; back++) {
		struct execution *execution = &trace->executions[trace->execution_count - back];

		if (execution->time != rest->time)
			continue;
		for (size_t i = 0; i < rest->count; i++) {
			execution->descriptors =
				memory_more(execution->descriptors, execution->count, sizeof *execution->descriptors);
			execution->descriptors[execution->count++] = rest->descriptors[i];
		}
		execution->more += rest->more;
		trace->more += (double)rest->more;
		return;
	}
}

static void add_miss(struct trace *trace, struct process *process, const struct record *record)
{
	trace->misses = memory_more(trace->misses, trace->miss_count, sizeof *trace->misses);
	trace->misses[trace->miss_count++] = (struct miss){
		.time = record->execution.time,
		.after = process->executions,
		.number = record->number,
		.call = record->execution.call,
		.program = record->execution.program,
		.place = record->place,
	};
	process->misses++;
}

/* `*executed`: what an event says that something failed would be about. */
static void add_record(struct trace *trace, struct process *process, struct record *record, bool *executed)
{
	if (process->time == 0)
		process->time = record->execution.time;
	if (process->parent == UNKNOWN_PROCESS)
		process->parent = record->parent;
	trace->lost += record->lost;
	if (!record->event) {
		add_execution(trace, process, record);
		*executed = true;
		return;
	}
	if (strcmp(record->event, "failed") == 0 && *executed) {
		void_execution(trace, process);
		*executed = false;
	} else if (strcmp(record->event, "continued") == 0) {
		continue_execution(trace, process, record);
	} else if (strcmp(record->event, "missed") == 0 && record->number >= 0) {
		add_miss(trace, process, record);
	}
	free(record->execution.descriptors);
}

/* Reads one line without its end into `line`.  Gives false at the end of the file; `*good`: it is whole, not too long,
 * and has no null byte; `*ended`: its end was there. */
static bool read_line(FILE *file, char line[LONGEST_LINE], bool *good, bool *ended)
{
	size_t length = 0;
	int character;

	*good = true;
	while ((character = getc_unlocked(file)) != EOF && character != '\n') {
		if (character == '\0' || length == LONGEST_LINE - 1)
			*good = false;
		else
			line[length++] = (char)character;
	}
	line[length] = '\0';
	*ended = character == '\n';
	return *ended || length > 0 || !*good;
}

static void complain(struct trace *trace, const char *name, const char *words)
{
	char shown[4 * NAME_MAX + 1];

	visible(shown, sizeof shown, name);
	fprintf(stderr, "cloexec: report: %s: %s\n", shown, words);
	trace->trouble = true;
}

static void read_trace(struct trace *trace, FILE *file, const char *name, struct process process)
{
	static char line[LONGEST_LINE];
	size_t damaged = 0;
	bool executed = false;
	bool empty = true;
	bool good;
	bool ended;

	process.first_execution = trace->execution_count;
	process.first_miss = trace->miss_count;
	while (read_line(file, line, &good, &ended)) {
		struct record record = {0};

		empty = false;
		if (good && line_read(line, &record)) {
			add_record(trace, &process, &record, &executed);
			continue;
		}
		free(record.execution.descriptors);
		/* The last line may be cut: it is being written, or the disk was full. */
		damaged += ended;
	}
	if (ferror(file))
		complain(trace, name, strerror(errno));
	else if (empty)
		trace->empty++;
	if (damaged) {
		char words[80];

		snprintf(words, sizeof words, "%zu line%s could not be understood, and %s left out", damaged,
			 damaged == 1 ? "" : "s", damaged == 1 ? "was" : "were");
		complain(trace, name, words);
	}
	if (process.executions + process.misses == 0)
		return;
	trace->processes = memory_more(trace->processes, trace->process_count, sizeof *trace->processes);
	trace->processes[trace->process_count++] = process;
}

/* PID-START.jsonl, PID-START-USER.jsonl */
static bool is_trace(const char *name, struct process *process)
{
	char *end;

	*process = (struct process){.parent = UNKNOWN_PROCESS};
	if (*name < '0' || *name > '9')
		return false;
	process->pid = strtol(name, &end, 10);
	if (*end != '-' || end[1] < '0' || end[1] > '9')
		return false;
	process->start = (double)strtoull(end + 1, &end, 10);
	/* A process that has changed its user since has one more file: PID-START-USER.jsonl. */
	if (*end == '-' && end[1] >= '0' && end[1] <= '9')
		strtoull(end + 1, &end, 10);
	return strcmp(end, ".jsonl") == 0;
}

static void open_trace(struct trace *trace, int directory, const char *name, const struct process *process)
{
	struct stat status;
	FILE *file;
	int fd;

	/* Anybody may have put it there: merely opening a device may do something, and a FIFO would wait. */
	if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISREG(status.st_mode)) {
		complain(trace, name, "no regular file, so no trace");
		return;
	}
	fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	file = fd < 0 ? NULL : fdopen(fd, "r");
	if (!file) {
		complain(trace, name, strerror(errno));
		if (fd >= 0)
			close(fd);
		return;
	}
	read_trace(trace, file, name, *process);
	fclose(file);
}

static int by_time(const void *one, const void *other)
{
	const struct process *a = one;
	const struct process *b = other;

	if (a->time != b->time)
		return a->time < b->time ? -1 : 1;
	return a->pid < b->pid ? -1 : a->pid > b->pid;
}

/* Is `process` its own ancestor, were `parent` its parent?  Nobody keeps a trace from saying so. */
static bool goes_round(const struct trace *trace, size_t process, size_t parent)
{
	while (parent != process && trace->processes[parent].parent_process != parent)
		parent = trace->processes[parent].parent_process;
	return parent == process;
}

static int by_pid(const void *one, const void *other)
{
	const struct process *a = *(const struct process *const *)one;
	const struct process *b = *(const struct process *const *)other;

	if (a->pid != b->pid)
		return a->pid < b->pid ? -1 : 1;
	return a->start < b->start ? -1 : a->start > b->start;
}

/* Of those that had the parent's number, it is the last that began before the child. */
static void find_parent(struct trace *trace, struct process *const *sorted, size_t index)
{
	struct process *process = &trace->processes[index];
	size_t low = 0;
	size_t high = trace->process_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct process *candidate = sorted[middle];

		if (candidate->pid < process->parent ||
		    (candidate->pid == process->parent && candidate->start <= process->start))
			low = middle + 1;
		else
			high = middle;
	}
	if (low > 0 && sorted[low - 1]->pid == process->parent) {
		size_t parent = (size_t)(sorted[low - 1] - trace->processes);

		if (!goes_round(trace, index, parent))
			process->parent_process = parent;
	}
}

static void sort_processes(struct trace *trace)
{
	struct process **sorted = NULL;

	if (!trace->process_count)
		return;
	qsort(trace->processes, trace->process_count, sizeof *trace->processes, by_time);
	for (size_t i = 0; i < trace->process_count; i++) {
		struct process *process = &trace->processes[i];

		process->parent_process = i;
		for (size_t j = 0; j < process->executions; j++)
			trace->executions[process->first_execution + j].process = i;
		for (size_t j = 0; j < process->misses; j++)
			trace->misses[process->first_miss + j].process = i;
		sorted = memory_more(sorted, i, sizeof *sorted);
		sorted[i] = process;
	}
	if (sorted)
		qsort(sorted, trace->process_count, sizeof *sorted, by_pid);
	for (size_t i = 0; i < trace->process_count; i++) {
		find_parent(trace, sorted, i);
		trace->distinct_processes +=
			i == 0 || sorted[i]->pid != sorted[i - 1]->pid || sorted[i]->start != sorted[i - 1]->start;
	}
	free(sorted);
}

static int choose(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

bool records_read(struct trace *trace, const char *directory)
{
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct dirent **entries = NULL;
	int count = fd < 0 ? -1 : scandir(directory, &entries, choose, alphasort);
	size_t others = 0;
	char other[4 * NAME_MAX + 1];

	if (count < 0) {
		complain(trace, directory, strerror(errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	for (int i = 0; i < count; i++) {
		struct process process;

		if (is_trace(entries[i]->d_name, &process))
			open_trace(trace, fd, entries[i]->d_name, &process);
		else if (others++ == 0)
			visible(other, sizeof other, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	close(fd);
	if (others)
		fprintf(stderr, "cloexec: report: %s%s: no trace (PID-START.jsonl), left out\n", other,
			others > 1 ? " and others" : "");
	/* Each empty trace was opened for a record that found no room; a relative may have told of them, too. */
	if (trace->lost < (double)trace->empty)
		trace->lost = (double)trace->empty;
	sort_processes(trace);
	return true;
}
