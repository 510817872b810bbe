/* Linked into a library that counts what is executed, for tests/proof/coverage.test.
 *
 * Clang's counters live in a file that all processes have mapped, so that they outlive _exit, exec and signals.  Until it is
 * mapped they count in memory: what ran before, in other libraries' constructors and mallocs, is added here. */
#include <stddef.h>
#include <stdint.h>

void __llvm_profile_initialize(void);
uint64_t *__llvm_profile_begin_counters(void);
uint64_t *__llvm_profile_end_counters(void);
extern __attribute__((visibility("hidden"), weak)) intptr_t __llvm_profile_counter_bias;

__attribute__((constructor(101), no_profile_instrument_function)) static void count(void)
{
	uint64_t *first = __llvm_profile_begin_counters();
	size_t counters = (size_t)(__llvm_profile_end_counters() - first);

	__llvm_profile_initialize();
	for (size_t i = 0; i < counters; i++)
		if (first[i])
			*(uint64_t *)((char *)&first[i] + __llvm_profile_counter_bias) += first[i];
}
