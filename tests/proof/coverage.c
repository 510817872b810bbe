/* Linked into what counts the lines that it executes, for tests/proof/coverage.test.
 *
 * Clang's counters live in a file, COUNTS, that all processes have mapped, so that they outlive _exit, exec and signals.
 * Clang's runtime could do that too, but it opens its file by the calls that are under test, and changes the environment.
 * So these are bare system calls.  Until the file is mapped, the counters count in memory; that is added.  It is mapped
 * first of all, by the constructor of a library (this file with FIRST) that the loader calls before any other's: some of
 * those execute and never come to ours.  In the end COVERAGE_WRITE=FILE has a process write all counts in the format that
 * llvm-profdata reads. */
#ifdef FIRST
extern __attribute__((weak)) void coverage_start(void);

__attribute__((constructor)) static void start(void)
{
	if (coverage_start)
		coverage_start();
}
#else
#include "raw.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

uint64_t *__llvm_profile_begin_counters(void);
uint64_t *__llvm_profile_end_counters(void);
uint64_t __llvm_profile_get_size_for_buffer(void);
int __llvm_profile_write_buffer(char *buffer);
extern __attribute__((visibility("hidden"), weak)) intptr_t __llvm_profile_counter_bias;

/* Whoever defines this has no use for the runtime's own start. */
__attribute__((visibility("hidden"))) int __llvm_profile_runtime;

static uint64_t *counts;

__attribute__((visibility("default"), no_profile_instrument_function)) void coverage_start(void);
void coverage_start(void)
{
	uint64_t *first = __llvm_profile_begin_counters();
	size_t counters = (size_t)(__llvm_profile_end_counters() - first);
	size_t size = counters * sizeof *first;
	int fd;
	void *mapped;

	if (counts || (fd = (int)raw(SYS_openat, AT_FDCWD, COUNTS, O_RDWR | O_CREAT | O_CLOEXEC, 0666)) < 0)
		return;
	raw(SYS_ftruncate, fd, size);
	mapped = (void *)raw(SYS_mmap, NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	raw(SYS_close, fd);
	if (mapped == MAP_FAILED)
		return;
	counts = mapped;
	for (size_t i = 0; i < counters; i++)
		if (first[i])
			counts[i] += first[i];
	__llvm_profile_counter_bias = (char *)counts - (char *)first;
}

__attribute__((constructor(101), no_profile_instrument_function)) static void write_counts(void)
{
	const char *name = getenv("COVERAGE_WRITE");
	uint64_t *first = __llvm_profile_begin_counters();
	size_t size = __llvm_profile_get_size_for_buffer();
	char *buffer;
	int fd;

	coverage_start();
	if (!name || !counts)
		return;
	__llvm_profile_counter_bias = 0;
	memcpy(first, counts, (size_t)((char *)__llvm_profile_end_counters() - (char *)first));
	buffer = malloc(size);
	fd = (int)raw(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_EXCL, 0666);
	if (!buffer || __llvm_profile_write_buffer(buffer) || raw(SYS_write, fd, buffer, size) != (long)size)
		_exit(1);
	_exit(0);
}
#endif
