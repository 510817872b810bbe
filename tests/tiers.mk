# Tests that want packages and minutes, and are no part of `make check': each folder is a tier of its own.
#   tests/programs   real programs, bare and covered
#   tests/places     where the library is put: units, chroots, other machines and C libraries, packages
#   tests/proof      faults, races, sanitizers, fuzzers, foreign test suites
# `make check-places' runs one tier; `make check-places TIER_TESTS=tests/places/NAME.test' a part of it.  Who wants the
# packages installed too calls scripts/check --places.  What a tier needs compiled it adds to tier_needs.
tier_needs = tests/list
EXTRA_DIST += tests/tiers.mk $(patsubst $(srcdir)/%,%,$(sort $(foreach tier,programs places proof, \
	$(wildcard $(srcdir)/tests/$(tier)/*.test))))

.PHONY: check-programs check-places check-proof
check-programs check-places check-proof: all-am
	$(MAKE) $(AM_MAKEFLAGS) $(tier_needs)
	tier=$(@:check-%=%); tests='$(TIER_TESTS)'; \
	test -n "$$tests" || tests=`cd $(srcdir) && echo tests/$$tier/*.test`; \
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS="$$tests" TEST_SUITE_LOG=$$tier.log
