/* What the benchmarks share.
 *
 * All compare alternatives side by side: rounds in which each takes its turn, each round starting with another one, so
 * that whatever the machine does meanwhile falls on all alike; then medians, which forget what fell on one.
 */
#ifndef CLOEXEC_MEASURE_H
#define CLOEXEC_MEASURE_H

#include <stddef.h>

/* The time in ns.  Ends the program if there is no clock. */
double measure_clock(void);

/* One go at one of the alternatives, which gives its price. */
typedef double measure_turn(const void *context, size_t alternative);

/* Takes `rounds` turns with each of the `alternatives` and puts the median of each into `medians`.
 * One more turn each, before the first round, does not count. */
void measure_rounds(size_t rounds, size_t alternatives, measure_turn *turn, const void *context, double *medians);

/* Stays on the processor that it runs on now, with all its children: they don't run at once, and migrations cost more
 * than what is measured. */
void measure_on_one_processor(void);

/* Preloads `library`, or nothing if that is empty, into the programs that are started from now on. */
void measure_preload(const char *library);

/* Says what failed, with errno's reason, and ends the program. */
_Noreturn void measure_failed(const char *what);

#endif
