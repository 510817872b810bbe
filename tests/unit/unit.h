/* The cases of the one suite, a file for each. */
#ifndef CLOEXEC_UNIT_H
#define CLOEXEC_UNIT_H

#include <check.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

TCase *code_cases(void);
TCase *mode_cases(void);
TCase *policy_cases(void);
TCase *program_cases(void);

#endif
