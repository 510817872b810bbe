/* The unit tests: the parts of the library that are logic and need no preloading, each test in its own process. */
#include "unit.h"

#include <stdlib.h>

int main(void)
{
	Suite *suite = suite_create("unit");
	SRunner *runner;
	int failed;

	suite_add_tcase(suite, code_cases());
	suite_add_tcase(suite, mode_cases());
	suite_add_tcase(suite, policy_cases());
	suite_add_tcase(suite, program_cases());
	runner = srunner_create(suite);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
