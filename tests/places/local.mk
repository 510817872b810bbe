# Places as tests: see tests/tiers.mk.  They keep a system in the build tree, which `make clean' removes.
EXTRA_DIST += tests/places/root.sh

clean-local:
	rm -rf tests/places/root-* tests/places/root.lock tests/places/mounted tests/places/groups
