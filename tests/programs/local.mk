# Real programs as tests: see tests/tiers.mk.
check_PROGRAMS += tests/programs/execs
tests_programs_execs_SOURCES = tests/programs/execs.c
tier_needs += tests/programs/execs
EXTRA_DIST += tests/programs/archive.sh tests/programs/programs.sh tests/programs/held.sh tests/programs/tirpc.c
