# Bad and odd arguments: the same results, errors and side effects as without us; but for the flag, nothing differs.
# Sourced like creators.sh, by tests that say the same and
#
#   mended_group   the group of parity.c that works only with us: as it does on the kernel that is really here
#   unequal        a sed script that takes out what does differ
#
# shellcheck shell=sh disable=SC2154

mkdir parity
cd parity || exit 99

# run NAME [VARIABLE=VALUE]...: into NAME.out.
run() {
	name=$1
	shift
	mkdir "$name"
	(cd "$name" && under env "$@" "$TESTS/parity") | sed "$unequal" >"$name.out"
}

# but_for_the_flag WHAT FILE FILE: the same without the flags of descriptors above 2.
but_for_the_flag() {
	for file in "$2" "$3"; do
		sed '/ standard /!s/ \(plain\|flagged\)$//' "$file" >"$file.same"
	done
	ok "$1: but for the flag, nothing differs" no_difference "$2.same" "$3.same"
}

# group NAME FILE, others NAME FILE: the lines of that group, and all but those.
group() { sed -n "/^== $1\$/,/^== $1:/p" "$2"; }
others() { sed "/^== $1\$/,/^== $1:/d" "$2"; }

run bare
run again
ok "the program went through all its groups" test "$(grep -c '^== [a-z0-9_]*: exit 0, signal' bare.out)" -ge 60
ok "it gives the same every time" no_difference bare.out again.out
mkdir here
(cd here && "$TESTS/parity") >here.out
cp bare.out expected.out
if [ "$mended_group" ]; then
	same "bare, $mended_group can't be had" "" "$(group "$mended_group" bare.out | grep -e '- getfl')"
	{ others "$mended_group" bare.out && group "$mended_group" here.out; } >expected.out
fi
# mended FILE: the groups in the same order.
mended() {
	[ -z "$mended_group" ] || {
		{ others "$mended_group" "$1" && group "$mended_group" "$1"; } >moved
		mv moved "$1"
	}
}

run covered "LD_PRELOAD=$LIBRARY"
mended covered.out
but_for_the_flag "covered" expected.out covered.out
run afterwards "LD_PRELOAD=$LIBRARY" CLOEXEC_ATOMIC=0
mended afterwards.out
but_for_the_flag "CLOEXEC_ATOMIC=0" expected.out afterwards.out
# Those of fanotify's events can't be set afterwards.
for name in covered afterwards; do
	sed 's/^\(event_descriptor: .*\) \(plain\|flagged\)$/\1/' $name.out >$name.flags
done
ok "CLOEXEC_ATOMIC=0: the flags are the same too" no_difference covered.flags afterwards.flags
run off "LD_PRELOAD=$LIBRARY" CLOEXEC_DEFAULT=0
ok "CLOEXEC_DEFAULT=0: nothing differs" no_difference bare.out off.out

# What the library was told to do without is the program's own affair; so is the flag that it asks for and that a
# kernel ignores, of which another kernel tells.
paste -d '|' expected.out covered.out >both
if [ "$asking" != works ]; then
	paste here.out both | awk -F '\t' '$1 !~ / flagged$/ && $1 !~ /^event_descriptor/ { print $2 }' >rest
	mv rest both
fi
# Those of fanotify's events have no other way.
facilities | grep -qx FAN_CLOEXEC || {
	grep -v '^event_descriptor' both >rest
	mv rest both
}
for call in $(left_out); do
	case $call in
	fanotify_init) grep -v -e fanotify_it -e '^event_descriptor' both >rest ;;
	accept4) sed '/^== \(number_\)*accepts4|/,/^== \(number_\)*accepts4:/d' both >rest ;;
	pipe2) sed '/^== \(number_\)*pipes2|/,/^== \(number_\)*pipes2:/d' both >rest ;;
	*) grep -v "\(^\|[ >]\)$call\(_it\)*(" both >rest ;;
	esac
	mv rest both
done
if [ "$asking" != works ]; then
	paste here.out both | awk -F '\t' '$1 !~ / flagged$/ { print $2 }' >rest
	mv rest both
fi
# musl's freopen without a path opens nothing.
is_glibc || {
	grep -v 'freopen_it(nowhere(0), ' both >rest
	mv rest both
}
grep -v ' standard ' both >rest
same "no flag that the program has set is lost" "" "$(grep 'flagged|.* plain$' rest)"
same "every new descriptor has the flag; dup2 that makes none does not set it" "7: 7
dup2_it(7, 7): 7" "$(sed -n 's/.* plain|\(.*\) - getfl.* plain$/\1/p' rest | sort -u)"
