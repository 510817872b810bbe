# The library built for another machine or C library than this system's own, and the tests that it passes there.
# Sourced, after tap.sh.
#
#   variant        what it is called
#   variant_cc     its compiler
#   under          a function that runs a command where its programs run
#
# shellcheck shell=sh disable=SC2154

build=$tap_work/build

# build_variant CONFIGURE-ARGUMENT...: the library, the tools and all that tests run, in $build.
build_variant() {
	[ ! -e "$SOURCE/config.status" ] || skip_all "the source tree is configured in place; build in a folder of its own"
	mkdir "$build"
	(
		unset MAKEFLAGS MFLAGS MAKELEVEL TESTS
		cd "$build" && "$SOURCE/configure" -q CC="$variant_cc" PKG_CONFIG=false --enable-werror "$@" &&
			make -s -j2 && make -s -j2 check TESTS=
	) >"$build.log" 2>&1
	ok "$variant: it builds, without a warning" test $? -eq 0 || {
		tail -n 20 "$build.log" | sed 's/^/# /'
		finish
		exit 1
	}
}

# passes TEST...: each of these of the suite does.
passes() {
	for test; do
		LIBRARY=$build/src/.libs/libcloexec.so TESTS=$build/tests CC=$variant_cc \
			under sh "$SOURCE/tests/$test.test" >"$tap_work/$test.log" 2>"$tap_work/$test.errors"
		grep -A 5 '^not ok' "$tap_work/$test.log" | sed 's/^[^#]/# &/'
		if grep -q '^1\.\.0' "$tap_work/$test.log"; then
			skip "$variant: $test" "$(sed 's/.*SKIP //' "$tap_work/$test.log")"
		else
			same "$variant: $test, all of $(grep -c '^ok' "$tap_work/$test.log")" '0 failed, ended: 1' \
				"$(grep -c '^not ok' "$tap_work/$test.log") failed, ended: $(grep -c '^1\.\.' "$tap_work/$test.log")"
		fi
	done
}
