# Test suites of others, run without and with us: what the tests of foreign-LANGUAGE.test share.  Sourced after tests/tap.sh,
# with the working directory in $tap_work.
#
# The script that sources this sets language and defines run_tests: see compare.
# shellcheck shell=sh disable=SC2030,SC2031,SC2034,SC2154

# What a run may take: on a busy machine, several times what it does on an idle one.
limit=600

# fetch_source PACKAGE VERSION: Debian's source of that upstream version, in $foreign_source; skips the script where it can't be
# had.  What the archive offers is listed by lists of our own: the machine's need not name sources.
fetch_source() {
	command -v dpkg-source >/dev/null || skip_all "dpkg-source (Debian: dpkg-dev) is not installed"
	mkdir -p archive/lists/partial archive/cache && : >archive/log
	# shellcheck disable=SC2016 # apt's words
	apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' \
		2>>archive/log | sort -u |
		sed 's,^,deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ,' >archive/sources.list
	[ -s archive/sources.list ] || skip_all "apt knows no archive of Debian's here"
	from_archive apt-get update || skip_all "apt-get reaches no archive of Debian's sources: $(tail -n 1 archive/log)"
	# The newest is not in every mirror.
	for candidate in $(from_archive apt-cache showsrc --only-source "$1" | sed -n 's/^Version: //p' | sort -u -r -V); do
		case $candidate in
		"$2"-* | *:"$2"-*) ;;
		*) continue ;;
		esac
		from_archive apt-get source --download-only "$1=$candidate" || continue
		dpkg-source --no-check -x "$1"_*.dsc source >>archive/log 2>&1 || continue
		foreign_source=$PWD/source
		return
	done
	skip_all "the archive has no source of $1 $2: $(tail -n 1 archive/log)"
}

# from_archive PROGRAM ARGUMENT...: apt, with those lists.
from_archive() {
	"$@" -qq -o Dir::Etc::sourcelist="$PWD/archive/sources.list" -o Dir::Etc::sourceparts=/dev/null \
		-o Dir::State::lists="$PWD/archive/lists" -o Dir::Cache="$PWD/archive/cache" 2>>archive/log </dev/null
}

# run_in WHERE NAME...: calls run_tests in a directory of its own, with a TMPDIR in it.  The program under test, and it alone,
# is to be started by `covering PROGRAM ARGUMENT...'; its verdicts, "NAME VERDICT", go to WHERE/verdicts.
run_in() (
	rm -rf "$1"
	mkdir -p "$1/tmp" && cd "$1" || exit 99
	preload=
	case $1 in
	covered*) preload=$LIBRARY ;;
	esac
	shift
	: >verdicts
	TMPDIR=$PWD/tmp run_tests "$@" >>log 2>&1 </dev/null
)

covering() {
	if [ "$preload" ]; then
		LD_PRELOAD=$preload "$@"
	else
		"$@"
	fi
}

# verdicts_of WHERE NAME: all that was told of it, in a line.
verdicts_of() { awk -v name="$2" '$1 == name { print $2 }' "$1/verdicts" | sort -u | tr '\n' ' ' | sed 's/ $//'; }

# compare LEAST: runs all tests (run_tests without a name) bare and covered, beside each other, and those that came out
# differently up to three times more, each alone (run_tests NAME): some fail now and then, alone or beside others.  What
# differs each time must be what foreign.txt says of the language; at least so many must have passed.
compare() {
	run_in bare &
	run_in covered
	covered_ended=$?
	wait $!
	bare_ended=$?
	same "one of the runs is covered, the other is not" "0 1" "$(for preload in "$LIBRARY" ''; do
		covering grep -q "$LIBRARY" /proc/self/maps
		echo $?
	done | paste -s -d ' ')"
	same "both runs come to their end" "0 0" "$bare_ended $covered_ended" || tail -n 30 bare/log covered/log | sed 's/^/# /'
	sort -u bare/verdicts >bare.sorted
	sort -u covered/verdicts >covered.sorted
	ok "$(cut -d ' ' -f 1 bare.sorted | uniq | wc -l) tests were run, $(grep -c ' ok$' bare.sorted) of them passed" \
		test "$(grep -c ' ok$' bare.sorted)" -ge "$1"

	comm -3 bare.sorted covered.sorted | tr -d '\t' | sed 's/ .*//' | sort -u >different
	: >differences
	# So many are no accident, and would take hours.
	tries=3 last=.again
	[ "$(wc -l <different)" -le 50 ] || tries=0 last=
	while read -r name; do
		case $name in
		setUp* | tearDown* | unittest.*) continue ;; # no test; what it left out is here too
		esac
		again=0
		while [ "$again" -lt "$tries" ]; do
			again=$((again + 1))
			run_in bare.again "$name"
			run_in covered.again "$name"
			[ "$(verdicts_of bare.again "$name")" != "$(verdicts_of covered.again "$name")" ] || continue 2
		done
		echo "$language | $name | $(verdicts_of "bare$last" "$name") | $(verdicts_of "covered$last" "$name")" >>differences
		tail -n 20 "covered$last/log" | sed 's/^/# /'
	done <different

	sed -n "s/^\($language | [^|]* | [^|]* | [^|]*[^ |]\) | .*/\1/p" "$SOURCE/tests/proof/foreign.txt" | sort >explained
	same "what comes out differently is what foreign.txt explains" "$(cat explained)" "$(sort differences)"
}
