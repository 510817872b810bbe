# Every call of the table: what becomes of its descriptors when the program executes another one.  Sourced, after
# tap.sh, by tests that say what kernel the calls meet:
#
#   under        a function that runs a command on that kernel
#   impossible   what can't be done there, by anybody; mended: what can only with us
#   unaskable    what can't be done there if the program asks for the flag
#   asking       `works', or `is ignored'
#
# shellcheck shell=sh disable=SC2154

# The program executes what looks at it without a fork: what dup2 placed would be handed on.
export CLOEXEC_HANDOFF=none

# fates [NAME=VALUE]... PROGRAM OPTION... CALL: a line "CALL NUMBER passed" or "CALL NUMBER closed" for each descriptor
# that the program made by CALL, and "stray NUMBER passed" for any other from 3 up that its child found.
fates() {
	under env "$@" "$TESTS/list" >report || echo "failed: $*"
	awk '$1 == "got" { passed[$2] = 1; next }
	     $2 == "absent" { next }
	     { call[++made] = $1; number[made] = $2 }
	     END {
		for (i = 1; i <= made; i++) {
			print call[i], number[i], passed[number[i]] ? "passed" : "closed"
			known[number[i]] = 1
		}
		for (n in passed) if (n > 2 && !(n in known)) print "stray", n, "passed"
	     }' report
}

covered="LD_PRELOAD=$LIBRARY"
plain=$TESTS/creators
calls=$("$plain" --list)

same "every row of calls.def has an entry in the test program, and no other" \
	"$(sed -n 's/^CALL(\([a-zA-Z0-9_]*\),.*/\1/p' "$SOURCE/src/calls.def")" "$calls"

# The program takes for absent, by default, what can't be compared; it is looked at in the end.
without="$(left_out) $impossible $mended"
commas() { echo "$*" | tr -s ' \n' ',,'; }
WITHOUT=$(commas $without)
export WITHOUT

under "$plain" all "$TESTS/list" >report
present=$(awk '$1 != "got" && $2 != "absent" { print $1 }' report | uniq | wc -l)
same "each call is made, or absent" "$calls" "$(awk '$1 != "got" { print $1 }' report | uniq)"

# passed, closed: the lines of what fates said that end so.  words: many lines as one.
passed() { sed -n 's/ passed$//p'; }
closed() { sed -n 's/ closed$//p'; }
words() { paste -s -d ' ' -; }

# asked WHAT PROGRAM OPTION... CALL: a flag that the program asks for is the program's own affair.
asked() {
	what=$1
	shift
	bare=$(WITHOUT=$(commas $without $unaskable) fates "$@")
	covered_too=$(WITHOUT=$(commas $without $unaskable) fates "$covered" "$@")
	same "$what: a flag that the program asks for is as without us" "$bare" "$covered_too"
	[ "$asking" != works ] || same "... and stays" "" "$(echo "$covered_too" | passed)"
}

for variant in creators creators-large creators-fortified; do
	program=$TESTS/$variant
	for place in main constructor signal vfork thread; do
		made=$(fates "$program" --from $place all)
		same "$variant, $place: bare, everything is passed on" "" "$(echo "$made" | grep -v passed)"
		ok "$variant, $place: ... and every call that libc has was made" \
			test "$(echo "$made" | cut -d' ' -f1 | uniq | wc -l)" -eq \
			"$present"
		same "$variant, $place: covered, nothing is" \
			"$(echo "$made" | sed 's/passed$/closed/')" "$(fates "$covered" "$program" --from $place all)"
		same "$variant, $place: nor with CLOEXEC_ATOMIC=0" "" \
			"$(fates "$covered" CLOEXEC_ATOMIC=0 "$program" --from $place all | passed)"
		same "$variant, $place: CLOEXEC_DEFAULT=0 restores everything" \
			"$made" "$(fates "$covered" CLOEXEC_DEFAULT=0 "$program" --from $place all)"
	done
	same "$variant: a flag that the program clears stays cleared" "" "$(fates "$covered" "$program" --clear all | closed)"
	asked "$variant" "$program" --ask all
done

# The foreign library's constructor runs before ours: else the place above is none.  Only glibc's loader tells.
order=$(LD_DEBUG=files LD_PRELOAD=$LIBRARY "$plain" --list 2>&1 | sed -n 's/.*calling init: .*\/\(foreign\|libcloexec\)\.so.*/\1/p' | words)
if [ "$order" ]; then
	same "the foreign library's constructor runs before ours" "foreign libcloexec" "$order"
else
	skip "the foreign library's constructor runs before ours" "the loader does not tell"
fi

# Standard descriptors, and a kept number, with each call alone: it gets the lowest numbers that are free.
for atomic in 1 0; do
	for free in 0 1 2 0,1,2 20,25; do
		keep=
		[ $free = 20,25 ] && keep=20
		found=$(for call in $calls; do
			fates "$covered" CLOEXEC_ATOMIC=$atomic CLOEXEC_KEEP=$keep "$plain" --free $free "$call"
		done)
		same "CLOEXEC_ATOMIC=$atomic: results on $free: only 0-2 and what is kept are passed on" "" \
			"$(echo "$found" | awk -v "keep=$keep" '($3 == "passed") != ($2 <= 2 || $2 == keep)')"
		ok "... and there were some" test "$(echo "$found" | grep -c passed)" -ge "$present"
	done
done
for free in 0 1 2 0,1,2 20; do
	bare= found=
	for call in $calls; do
		asked_alone() { WITHOUT=$(commas $without $unaskable) fates "$@" "$plain" --free $free --ask "$call"; }
		bare="$bare$(asked_alone)"
		found="$found$(asked_alone "$covered" CLOEXEC_KEEP=20)"
	done
	same "results on $free: a flag that the program asks for is as without us" "$bare" "$found"
	[ "$asking" != works ] || same "... and stays" "" "$(echo "$found" | passed)"
done

same "CLOEXEC_KEEP keeps exactly these numbers" "20 30 31" \
	"$(fates "$covered" CLOEXEC_KEEP=20,30-31 "$plain" --free 20,25,30,31 all | passed | cut -d' ' -f2 | words)"
same "CLOEXEC_KEEP_CALLS keeps exactly these calls, by number too" \
	"$(for call in socket socketpair accept accept4 dup2 syscall; do
		echo ",$(commas $without)," | grep -q ",$call," || echo "$call"
	done | words)" \
	"$(fates "$covered" CLOEXEC_KEEP_CALLS=dup2,@socket "$plain" all | passed | cut -d' ' -f1 | uniq | words)"

# Programs: a name, a path, a group, and the one process that the group does not mean.
mkdir bin
ln -s "$plain" bin/dash
kept() { fates "$covered" "$@" | passed | grep -c .; }
kept_once() { fates sh -c 'CLOEXEC_COVER_ONCE=$$ exec env "$@"' sh "$covered" "$@" | passed | grep -c .; }
all=$(fates "$plain" all | grep -c .)
for pattern in creators 'creat*' "$plain" "$TESTS/*" 'other,c?eators'; do
	same "CLOEXEC_KEEP_PROGRAMS=$pattern keeps this program" "$all" "$(kept "CLOEXEC_KEEP_PROGRAMS=$pattern" "$plain" all)"
done
for pattern in creator '*/creators' creators-large /usr/bin/creators @shells none; do
	same "CLOEXEC_KEEP_PROGRAMS=$pattern does not" 0 "$(kept "CLOEXEC_KEEP_PROGRAMS=$pattern" "$plain" all)"
done
same "@shells means a program with the name of one" "$all" "$(kept CLOEXEC_KEEP_PROGRAMS=@shells bin/dash all)"
same "CLOEXEC_COVER_ONCE covers the process of that id" 0 \
	"$(kept_once CLOEXEC_KEEP_PROGRAMS=@shells bin/dash all)"
same "CLOEXEC_COVER_ONCE covers no other" "$all" \
	"$(kept CLOEXEC_KEEP_PROGRAMS=@shells CLOEXEC_COVER_ONCE=$$ bin/dash all)"
same "CLOEXEC_COVER_ONCE bears on @shells only" "$all" \
	"$(kept_once CLOEXEC_KEEP_PROGRAMS=dash bin/dash all)"

# A malloc that opens files: from within the loader, before our constructor, behind us and before us.
# Without /proc the witness knows numbers only; the file is the first that is opened.
hungry=$TESTS/.libs/hungry.so
told='/dev/full'
[ -e /proc/self ] || told='^got 3 '
leaks() { under env "LD_PRELOAD=$1" "$TESTS/chain" 0 "$TESTS/list" | grep -c "$told"; }
same "a malloc that opens a file leaks it" 1 "$(leaks "$hungry")"
for both in "$LIBRARY $hungry" "$hungry $LIBRARY"; do
	same "not when covered ($both)" 0 "$(leaks "$both")"
	same "... and all calls work ($both)" "$(fates "$plain" all | sed 's/passed$/closed/')" \
		"$(fates "LD_PRELOAD=$both" "$plain" all)"
done

# What was left out.
WITHOUT=
for call in $impossible; do
	under "$plain" "$call" "$TESTS/list" >report 2>bare && echo "it works" >bare
	under env "$covered" "$plain" "$call" "$TESTS/list" >report 2>found && echo "it works" >found
	same "$call: impossible" 0 "$(grep -c 'it works' bare)"
	ok "... and fails in the same way with us" no_difference bare found
done
for call in $mended; do
	ok "$call: impossible" test "$(under "$plain" "$call" "$TESTS/list" 2>&1 | grep -c '^got [3-9]')" -eq 0
	for atomic in 1 0; do
		found=$(fates "$covered" CLOEXEC_ATOMIC=$atomic "$plain" --free 3,2 "$call")
		same "... but works with us (CLOEXEC_ATOMIC=$atomic), and all but 0-2 is closed" "$call 2 passed
$call 3 closed" "$found"
	done
	same "... CLOEXEC_DEFAULT=0: it does not" "failed" \
		"$(fates "$covered" CLOEXEC_DEFAULT=0 "$plain" "$call" 2>&1 | sed -n 's/^failed:.*/failed/p')"
done
unset WITHOUT
