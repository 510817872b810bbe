/* Rounds, medians, and how to start fair. */
#include <config.h>

#include "measure.h"

#include <err.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>

double measure_clock(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) < 0)
		measure_failed("clock_gettime");
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int ascending(const void *left, const void *right)
{
	const double *a = left;
	const double *b = right;

	return (*a > *b) - (*a < *b);
}

void measure_rounds(size_t rounds, size_t alternatives, measure_turn *turn, const void *context, double *medians)
{
	double *prices = calloc(alternatives * rounds, sizeof *prices);

	if (!prices)
		measure_failed("calloc");
	for (size_t alternative = 0; alternative < alternatives; alternative++)
		turn(context, alternative); /* caches, first lookups */
	for (size_t round = 0; round < rounds; round++)
		for (size_t i = 0; i < alternatives; i++) {
			size_t alternative = (round + i) % alternatives;

			prices[alternative * rounds + round] = turn(context, alternative);
		}
	for (size_t alternative = 0; alternative < alternatives; alternative++) {
		double *own = prices + alternative * rounds;

		qsort(own, rounds, sizeof *own, ascending);
		medians[alternative] = own[rounds / 2];
	}
	free(prices);
}

void measure_on_one_processor(void)
{
	cpu_set_t one;
	int processor = sched_getcpu();

	CPU_ZERO(&one);
	CPU_SET(processor < 0 ? 0 : (size_t)processor, &one);
	if (sched_setaffinity(0, sizeof one, &one) < 0)
		warn("not bound to one processor");
}

void measure_preload(const char *library)
{
	if (*library ? setenv("LD_PRELOAD", library, 1) : unsetenv("LD_PRELOAD"))
		measure_failed("LD_PRELOAD");
}

void measure_failed(const char *what)
{
	err(EXIT_FAILURE, "%s", what);
}
