# Proof: see tests/tiers.mk.  Coverage and sanitizers go through the programs of the other tests.
tier_needs += tests/creators tests/parity tests/foreign.la
if HAVE_CHECK
tier_needs += tests/unit/unit
endif
EXTRA_DIST += tests/proof/fuzz tests/proof/build.sh
