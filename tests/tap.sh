# Test Anything Protocol for the shell tests, which source this file.  Each test script calls `finish` at its end.
#
# The build hands in: LIBRARY (the built libcloexec.so), RUN (cloexec-run of the build tree), TOOL (cloexec),
# TESTS (where the test programs are built), SOURCE (the source tree) and CC.
# shellcheck shell=sh disable=SC2034

set -u
LC_ALL=C
export LC_ALL
unset LD_PRELOAD CLOEXEC_DEFAULT CLOEXEC_KEEP CLOEXEC_KEEP_CALLS CLOEXEC_KEEP_PROGRAMS CLOEXEC_ATOMIC \
	CLOEXEC_COVER_ONCE CLOEXEC_HANDOFF CLOEXEC_INHERITED CLOEXEC_VERIFY CLOEXEC_WARNED CLOEXEC_TRACE CLOEXEC_AUDIT

# A make that a test runs is nobody's part: not of the one that runs the tests.
unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL

# Whoever started the tests may have left descriptors open to them; none is ours to judge.
for inherited in /proc/self/fd/*; do
	inherited=${inherited##*/}
	case $inherited in
	[3-9]) eval "exec $inherited>&-" ;;
	esac
done

tap_count=0
tap_work=$(mktemp -d "${TMPDIR:-/tmp}/cloexec-test.XXXXXX") || exit 99
trap 'rm -rf "$tap_work"' EXIT
trap 'exit 99' HUP INT TERM

# ok DESCRIPTION COMMAND...: passes where the command succeeds.
ok() {
	tap_description=$1
	shift
	tap_count=$((tap_count + 1))
	if "$@"; then
		echo "ok $tap_count - $tap_description"
	else
		echo "not ok $tap_count - $tap_description"
		return 1
	fi
}

# same DESCRIPTION EXPECTED FOUND: passes where the two strings are the same; says what was found where not.
same() {
	tap_count=$((tap_count + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $tap_count - $1"
	else
		echo "not ok $tap_count - $1"
		printf '%s\n' "expected: $2" "found: $3" | sed 's/^/# /'
		return 1
	fi
}

# no_difference FIRST SECOND: succeeds where the files are the same; says what differs where not.
no_difference() {
	diff "$1" "$2" >"$tap_work/difference" && return
	sed 's/^/# /' "$tap_work/difference"
	return 1
}

# left_out: the calls of calls.def that the library was told to do without, or that this libc does not have.
left_out() {
	nm -D --defined-only "$LIBRARY" | sed 's/.* //; s/@.*//' >"$tap_work/exported"
	sed -n 's/^CALL(\([a-zA-Z0-9_]*\),.*/\1/p' "$SOURCE/src/calls.def" | grep -Fxv -f "$tap_work/exported"
}

# facilities: those of calls.def that the library was built with.
facilities() { sed -n 's/^#define FACILITY_HAS_\([a-zA-Z0-9_]*\) 1$/\1/p' "$TESTS/../config.h"; }

# is_glibc: is that the C library that ours was built for?  It need not be this system's.
is_glibc() { readelf -d "$LIBRARY" | grep -q 'NEEDED.*\[libc\.so\.6'; }

# find_compiler32: sets $CC32 to what makes 32-bit programs; fails where nothing does.  Debian's gcc-multilib, without
# which -m32 finds none of the kernel's headers, can't be installed beside its compilers for other machines.
find_compiler32() {
	printf '%s\n' '#include <errno.h>' 'int main(void) { return ENOSYS == 0; }' >"$tap_work/class.c"
	for CC32 in "$CC -m32" i686-linux-gnu-gcc; do
		! $CC32 -o "$tap_work/class" "$tap_work/class.c" 2>/dev/null || return 0
	done
	return 1
}

# skip DESCRIPTION REASON: says that this machine lacks what the test needs.
skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

# skip_all REASON: the same for the whole script.
skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

finish() {
	echo "1..$tap_count"
}
