/* The reader of traces: lines that were written by anybody. */
/* Environment: ASAN_OPTIONS=detect_leaks=0, since what was read lives as long as the process */
/* Links: src/tool/records.c src/tool/parse.c src/tool/memory.c src/tool/visible.c src/tool/kind.c src/tool/line.c */
#include "fuzz.h"

#include "tool/records.h"

#include <fcntl.h>
#include <unistd.h>

static char directory[] = "/tmp/cloexec-fuzz.XXXXXX";
static char path[sizeof directory + 16];

static void clean_up(void)
{
	unlink(path);
	rmdir(directory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static FILE *nowhere;
	FILE *standard_error = stderr;
	struct trace trace = {0};
	int fd;

	if (!nowhere) {
		nowhere = fopen("/dev/null", "w");
		HOLDS(nowhere && mkdtemp(directory));
		snprintf(path, sizeof path, "%s/1-2.jsonl", directory);
		atexit(clean_up);
	}
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	HOLDS(fd >= 0 && write(fd, data, size) == (ssize_t)size && close(fd) == 0);
	/* It has a line for all that it can't understand. */
	stderr = nowhere;
	HOLDS(records_read(&trace, directory));
	stderr = standard_error;
	for (size_t i = 0; i < trace.execution_count; i++) {
		HOLDS(trace.executions[i].process < trace.process_count);
		for (size_t j = 0; j < trace.executions[i].count; j++)
			HOLDS(trace.executions[i].descriptors[j].kind < KINDS &&
			      trace.executions[i].descriptors[j].fate < FATES);
	}
	for (size_t i = 0; i < trace.process_count; i++) {
		HOLDS(trace.processes[i].parent_process < trace.process_count);
		HOLDS(trace.processes[i].first_execution + trace.processes[i].executions <= trace.execution_count);
		HOLDS(trace.processes[i].first_miss + trace.processes[i].misses <= trace.miss_count);
	}
	return 0;
}
