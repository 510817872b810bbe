# Proof: races, costs, faults.  See tests/tiers.mk.
proof_programs = tests/proof/closed tests/proof/faults tests/proof/inherited tests/proof/race tests/proof/scale \
	tests/proof/stack tests/proof/storm tests/proof/twice tests/proof/walk tests/proof/walked
check_PROGRAMS += $(proof_programs)
tests_proof_closed_SOURCES = tests/proof/closed.c
tests_proof_closed_LDFLAGS = $(with_foreign_ldflags)
tests_proof_closed_LDADD = $(with_foreign_ldadd)
tests_proof_closed_DEPENDENCIES = tests/foreign.la
tests_proof_inherited_SOURCES = tests/proof/inherited.c
tests_proof_inherited_LDFLAGS = -all-static
tests_proof_walk_SOURCES = tests/proof/walk.c tests/proof/section.h
tests_proof_walked_SOURCES = tests/proof/walked.c tests/proof/section.h tests/bare.c tests/bare.h
tests_proof_race_SOURCES = tests/proof/race.c
tests_proof_race_LDFLAGS = -pthread
tests_proof_stack_SOURCES = tests/proof/stack.c tests/proof/rows.h tests/bare.c tests/bare.h
tests_proof_storm_SOURCES = tests/proof/storm.c tests/proof/rows.h tests/bare.c tests/bare.h
tests_proof_storm_LDFLAGS = -pthread
tests_proof_storm_LDADD = -lrt
tests_proof_twice_SOURCES = tests/proof/twice.c
tests_proof_scale_SOURCES = tests/proof/scale.c
tests_proof_scale_LDFLAGS = -pthread

# A million children instead of ten thousand: ten minutes or so for each of the three.
.PHONY: bench-race
bench-race: all-am
	$(MAKE) $(AM_MAKEFLAGS) $(tier_needs)
	$(AM_TESTS_ENVIRONMENT) RACE_CHILDREN=$${RACE_CHILDREN:-1000000} $(srcdir)/tests/proof/race.test
tests_proof_faults_SOURCES = tests/proof/faults.c tests/proof/rows.h tests/bare.c tests/bare.h
tests_proof_faults_LDFLAGS = -pthread

# Coverage and sanitizers go through the programs of the other tests.
tier_needs += $(check_PROGRAMS) $(check_LTLIBRARIES)
EXTRA_DIST += tests/proof/build.sh tests/proof/coverage.c tests/proof/foreign-python.py tests/proof/foreign-ruby.rb \
	tests/proof/foreign.sh tests/proof/foreign.txt tests/proof/fuzz tests/proof/unreached.txt
