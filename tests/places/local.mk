# Places as tests: see tests/tiers.mk.  They keep a system in the build tree, which `make clean' removes.
EXTRA_DIST += tests/places/root.sh tests/places/distribution.sh tests/places/neighbour.c \
	tests/places/emulated.sh tests/places/variant.sh

check_PROGRAMS += tests/places/exampled
tests_places_exampled_SOURCES = tests/places/exampled.c
tier_needs += tests/places/exampled

clean-local:
	rm -rf tests/places/root-* tests/places/root.lock tests/places/mounted tests/places/groups
