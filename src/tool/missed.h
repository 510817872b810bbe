/* What programs asked for in vain, and which exec had closed it. */
#ifndef CLOEXEC_MISSED_H
#define CLOEXEC_MISSED_H

#include "records.h"

struct missed {
	const char *program;
	const char *call;
	struct place place;
	int number;
	unsigned long times;
	/* The exec on the way to this program that had it open and did not pass it on; NULL: the trace has none. */
	const struct execution *execution;
	const struct descriptor *descriptor;
};

/* One miss, and who closed what it is about.  A process is followed back through the execs that made it what it is,
 * then through those of its parent, and so on. */
struct missed missed_explain(const struct trace *trace, const struct miss *miss);

/* All misses of the trace, added up, in the order of programs and numbers. */
struct missed *missed_add_up(const struct trace *trace, size_t *count);

#endif
