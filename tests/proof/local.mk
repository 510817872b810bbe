# Proof: see tests/tiers.mk.  Coverage and sanitizers go through the programs of the other tests.
tier_needs += $(check_PROGRAMS) $(check_LTLIBRARIES)
EXTRA_DIST += tests/proof/build.sh tests/proof/coverage.c tests/proof/foreign.py tests/proof/foreign.txt tests/proof/fuzz
