/* Linked into a library that counts what is executed, for tests/proof/coverage.test.
 *
 * Clang's counters live in a file that all processes have mapped, so that they outlive _exit, exec and signals.  Until it is
 * mapped they count in memory.  So that is done first of all, by the constructor of a library (this file with FIRST) that
 * the loader calls before any other's: some of those execute and never come to ours.  What ran before is added. */
#ifdef FIRST
extern __attribute__((weak)) void coverage_start(void);

__attribute__((constructor)) static void start(void)
{
	if (coverage_start)
		coverage_start();
}
#else
#include <limits.h>
#include <stddef.h>
#include <stdint.h>

void __llvm_profile_initialize(void);
uint64_t *__llvm_profile_begin_counters(void);
uint64_t *__llvm_profile_end_counters(void);
extern __attribute__((visibility("hidden"), weak)) intptr_t __llvm_profile_counter_bias;
extern __attribute__((visibility("hidden"))) int descriptor_master;
extern __attribute__((visibility("hidden"))) int descriptor_exempt_limit;

__attribute__((visibility("default"), no_profile_instrument_function)) void coverage_start(void);
void coverage_start(void)
{
	uint64_t *first = __llvm_profile_begin_counters();
	size_t counters = (size_t)(__llvm_profile_end_counters() - first);

	if (__llvm_profile_counter_bias)
		return;
	__llvm_profile_initialize();
	for (size_t i = 0; i < counters && __llvm_profile_counter_bias; i++)
		if (first[i])
			*(uint64_t *)((char *)&first[i] + __llvm_profile_counter_bias) += first[i];
	/* Its files were opened through our own wrappers, which read the policy before there was an environment. */
	descriptor_master = 0;
	descriptor_exempt_limit = INT_MAX;
}
#endif
