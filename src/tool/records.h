/* The traces of a directory, as records. */
#ifndef CLOEXEC_RECORDS_H
#define CLOEXEC_RECORDS_H

#include "kind.h"

#include <stdbool.h>
#include <stddef.h>

enum fate {
	FATE_LEAKED,
	FATE_INHERITED,
	FATE_KEPT,
	FATE_WOULD_CLOSE,
	FATE_CLOSED,
	FATE_HANDED,
	FATE_OWN,
	FATE_OTHER,
	FATES
};

/* Their words, as in the trace. */
extern const char *const fate_words[FATES];

/* All texts are memory_text's, "" where the trace has none. */

struct place {                     /* in a program */
	const char *object;        /* the file that is mapped there; "": unknown */
	unsigned long long offset; /* in that file */
};

struct descriptor {
	int number;
	enum kind kind;
	enum fate fate;
	bool passed;
	const char *target;
	const char *call;
	const char *reason; /* the rule that handed it, the policy that kept it */
	struct place place;
};

struct execution {
	double time;
	size_t process;
	const char *call;
	const char *program;
	const char *target;
	const char *off; /* the variable because of which the library does nothing in this program */
	bool audit;
	unsigned long more; /* descriptors that did not fit */
	struct descriptor *descriptors;
	size_t count;
};

/* A program asked for a number that was not open. */
struct miss {
	double time;
	size_t process;
	size_t after; /* how many executions of the process came before */
	int number;
	const char *call;
	const char *program;
	struct place place;
};

enum { UNKNOWN_PROCESS = -1 };

struct process {
	long pid;
	double start;
	long parent;           /* process id, or UNKNOWN_PROCESS */
	size_t parent_process; /* index of the parent; of itself where the trace does not have it */
	double time;           /* of the first record */
	size_t first_execution, executions;
	size_t first_miss, misses;
};

struct trace {
	struct process *processes; /* by time */
	size_t process_count;
	size_t distinct_processes; /* one that changed its user is there twice */
	struct execution *executions; /* those of one process in a row, as they came */
	size_t execution_count;
	struct miss *misses; /* the same */
	size_t miss_count;
	double lost;   /* records that could not be written */
	size_t empty;  /* traces with nothing in them */
	double more;   /* descriptors that did not fit into their records */
	size_t failed; /* executions that failed: no longer there */
	bool trouble;  /* something could not be read; standard error has it */
};

/* Reads all traces in `directory` into `trace`, which is zero.  Gives false, after a line on standard error, where it
 * is no directory that can be read.  What is in it but is no trace, can't be read, or can't be understood has its line
 * too. */
bool records_read(struct trace *trace, const char *directory);

/* Does it run the program in a new process?  Then the process that called goes on as it was. */
bool execution_spawns(const struct execution *execution);

/* The last part of a file name. */
const char *last_part(const char *path);

#endif
