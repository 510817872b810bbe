# What a release is made of, for tests of packages.  Sourced after tap.sh or root.sh.
# shellcheck shell=sh disable=SC2154

# One make knows nothing of the other.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
release=libcloexec-$(sed -n 's/^#define PACKAGE_VERSION "\(.*\)"$/\1/p' "$TESTS/../config.h")

# unpacked_release DIRECTORY: puts there, in $release, what the tarball holds.
unpacked_release() {
	make -C "$TESTS/.." distdir "distdir=$1/$release" >"$tap_work/distdir.log" 2>&1 </dev/null && return
	tail -n 10 "$tap_work/distdir.log" | sed 's/^/# /'
	return 1
}

# logged NAME COMMAND...: runs it with all that it says in $tap_work/NAME.log, whose end is shown where it fails.
logged() {
	logged_to=$tap_work/$1.log
	shift
	"$@" >"$logged_to" 2>&1 </dev/null && return
	{ grep -a '^not ok\|^FAIL' "$logged_to"; tail -n 30 "$logged_to"; } | sed 's/^/# /'
	return 1
}
