# Real programs as tests, each bare and covered: `make check-programs', or PROGRAM_TESTS=tests/programs/NAME.test with
# it for some.  They are no part of `make check': they want packages and minutes (scripts/check --programs).
check_PROGRAMS += tests/programs/execs
tests_programs_execs_SOURCES = tests/programs/execs.c

PROGRAM_TESTS = $(patsubst $(srcdir)/%,%,$(sort $(wildcard $(srcdir)/tests/programs/*.test)))
EXTRA_DIST += tests/programs/programs.sh tests/programs/held.sh $(PROGRAM_TESTS)

.PHONY: check-programs
check-programs: all-am tests/list tests/programs/execs
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS='$(PROGRAM_TESTS)' TEST_SUITE_LOG=programs.log
