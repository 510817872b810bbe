/* The file that a process writes its records to: DIRECTORY/PID-START.jsonl.
 *
 * It is opened anew for each record: no descriptor stays that a daemon could close, or take for its own.
 */
#ifndef CLOEXEC_LOG_H
#define CLOEXEC_LOG_H

#include "line.h"

#include <stdbool.h>

/* Most bytes of a record, its newline included: one write of so many is whole among those of other threads. */
enum { LOG_LINE = 4096 };

/* Who writes: process id, and when it started, in clock ticks since the machine did (0: there is no /proc). */
struct log_self {
	int process;
	unsigned long long start;
};
struct log_self log_self(void);

/* Appends a line.  False: it could not be written.  Where the file belongs to the user that this process was before, it
 * makes one more, PID-START-USER.jsonl.  Raw system calls alone, errno untouched, no signal. */
bool log_write(struct log_self self, const char *line, size_t length);

#endif
