# Real programs as tests: the same work bare and covered.  Every tests/programs/NAME.test sources this file; it has a line
# `# Packages: PACKAGE...' at its top, which scripts/check --programs installs, and ends with `compatibility'.
#
# A piece of work is a function that runs programs with `run' and `start', in the directory $here, which is its own, and
# prints what it saw.  `work' calls it bare and covered, and compares.
# shellcheck shell=sh disable=SC2034,SC2030,SC2031
exec </dev/null
. "$SOURCE/tests/tap.sh"

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
execs=$TESTS/programs/execs
how=
here=
port=
started=
worked=           # pieces of work that succeeded covered
failed=           # those that did not
failed_names=
unmeasured=       # pieces of work that fail without us
wanted=           # lines about work that wants a policy
goes=0
ports=0

# What the work left running goes with the processes that trace it.
end_all() {
	for report in "$tap_work"/*/execs.tracers; do
		[ ! -e "$report" ] || while read -r tracer; do
			case $(readlink "/proc/$tracer/exe") in "$execs") kill -KILL "$tracer" ;; esac
		done <"$report"
	done 2>/dev/null
}
trap 'end_all; rm -rf "$tap_work"' EXIT

# Daemons run as users of their own: what they load must not lie where only we may look.
chmod 755 "$tap_work"
cp "$LIBRARY" "$tap_work/libcloexec.so" || exit 99
sed "s|$LIBRARY|$tap_work/libcloexec.so|" "$RUN" >"$tap_work/cloexec-run"
chmod 755 "$tap_work/libcloexec.so" "$tap_work/cloexec-run"
LIBRARY=$tap_work/libcloexec.so
RUN=$tap_work/cloexec-run

[ "$("$execs" "$tap_work/execs" echo traced 2>&1)" = traced ] || skip_all 'ptrace is not permitted here'

# need PROGRAM...: skips the whole test where one is missing.
need() {
	for program; do
		command -v "$program" >/dev/null || skip_all "$program is not installed"
	done
}

need_root() {
	[ "$(id -u)" = 0 ] || skip_all 'only root can run this'
}

# eventually COMMAND...: tries it until it succeeds, for $limit seconds at most.
limit=10
eventually() {
	deadline=$(($(date +%s) + limit))
	until "$@" 2>/dev/null; do
		[ "$(date +%s)" -lt $deadline ] || return 1
		sleep 0.05
	done
}

# bare run|start COMMAND...: what only helps the program that the work is about is never covered.
bare() {
	(how=bare && "$@")
}

# listens PORT: does somebody?
listens() {
	grep -qsi ": [0-9A-F]*:$(printf %04X "$1") [0-9A-F]*:0000 0A " /proc/net/tcp /proc/net/tcp6
}

# listening_socket PORT: the inode of the socket that listens there.
listening_socket() {
	awk -v port="$(printf :%04X "$1")" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10 }' \
		/proc/net/tcp /proc/net/tcp6
}

# contains FILE TEXT: is this text in it?
contains() {
	grep -qF -- "$2" "$1"
}

# prints TEXT COMMAND...: does the command print just this?
prints() {
	expected_text=$1
	shift
	[ "$("$@")" = "$expected_text" ]
}

# is_used PORT: is there a socket, be it one that is closing?
is_used() {
	grep -qsi ": [0-9A-F]*:$(printf %04X "$1") " /proc/net/tcp /proc/net/tcp6
}

# Sets $port to one that nobody uses, below those that the kernel gives out.
free_port() {
	while
		ports=$((ports + 1))
		port=$((10000 + ($$ * 97 + goes * 7 + ports) % 20000))
		is_used $port
	do :; done
}

# runs PROCESS: a zombie does not.
runs() {
	case $(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) in '' | Z*) return 1 ;; esac
}

ended() {
	! runs "$1"
}

# set_up_here NAME: a directory for one go at a piece of work.
set_up_here() {
	goes=$((goes + 1))
	here=$tap_work/$goes
	mkdir "$here"
	chmod 755 "$here"
	: >"$here/log"
	: >"$here/execs"
	: >"$here/empty"
}

# traced COMMAND...: becomes COMMAND, bare or covered as $how says; what is executed from here on is in $here/execs.
traced() {
	case $how in
	bare) ;;
	covered) set -- "$RUN" "$@" ;;
	*) set -- env "$how" "$RUN" "$@" ;;
	esac
	exec "$execs" "$here/execs" "$@"
}

# run COMMAND...: runs it to its end, for a minute at most, as all that is traced.
run() {
	(traced "$@")
}

# start COMMAND...: runs it in the background, with its output in $here/log.  Sets $started to its process id.
start() {
	(traced "$@") >>"$here/log" 2>&1 &
	started=$!
}

# get PATH: what an HTTP server on $port answers.
get() {
	curl -s -m 20 "http://127.0.0.1:$port$1"
}

# fastcgi NAME=VALUE...: what a FastCGI server on $port answers to a request with this environment.
fastcgi() {
	timeout 20 env -i REQUEST_METHOD=GET SCRIPT_NAME=/ "$@" "$(command -v cgi-fcgi)" -bind -connect "127.0.0.1:$port"
}

# stop PROCESS [SIGNAL]: ends a process, and waits until it is gone.
stop() {
	kill "-${2:-TERM}" "$1"
	eventually ended "$1"
}

# executed REGEX: how many executed programs (path, a tab, the arguments parted by blanks) look like this?
executed() {
	cut -f 2,3 "$here/execs" | grep -cE -e "$1"
}

is_executed() {
	[ "$(executed "$1")" -gt 0 ]
}

# given REGEX: the kinds of descriptors above 2 that these programs were given, a line each: socket, pipe, or a path.
given() {
	awk -F '\t' -v programs="$1" '$2 "\t" $3 ~ programs {
		for (i = 4; i <= NF; i++) {
			sub(/^[0-9]+ /, "", $i)
			sub(/:\[.*/, "", $i)
			print $i
		}
	}' "$here/execs" | sort -u
}

# hostile NUMBER: words that name a descriptor in every form that some program takes, one a line.  Where strangers choose
# a child's arguments or environment, none of them may keep anything open.
hostile() {
	printf '%s\n' "/dev/fd/$1" "/proc/self/fd/$1" "/proc/thread-self/fd/$1" "file=/dev/fd/$1" "file=/proc/self/fd/$1" \
		"$1" "$1:$1:$1" "$1;" "fd:$1" "fd=$1" "fd@$1" "sockpair@$1" "-&$1" "--x-fd=$1" "--x-fd $1" "--status-fd=$1" \
		"--status-fd $1" "--command-fd $1" "--passphrase-fd $1" "-pass fd:$1" "-displayfd $1" "--print-address=$1" \
		"--print-address $1" "--print-pid=$1" "--session-child $1 $1" "LISTEN_FDS=$1" "NGINX=$1;" "FPM_SOCKETS=/=$1"
}

# hostile_words: such words for each number from 3 to 60, a line for each, quoted for a shell.
hostile_words() {
	number=3
	while [ $number -le 60 ]; do
		hostile $number | tr ' ' '\n' | sed "s/.*/'&'/" | tr '\n' ' '
		echo
		number=$((number + 1))
	done
}

# hostile_requests URL: asks for it once for each number from 3 to 60, with queries and headers made of such words.
hostile_requests() {
	number=3
	while [ $number -le 60 ]; do
		hostile "$number" | awk -v url="$1" -v number="$number" '
			{
				headers = headers "header = \"X-Word-" NR ": " $0 "\"\n"
				if (!/[=;]/)
					query = query (query ? "+" : "") $0
			}
			END {
				gsub(" ", "+", query)
				gsub("&", "%26", query)
				print (number > 3 ? "next\n" : "") "url = \"" url "?" query "\""
				print "silent\nmax-time = 20\noutput = /dev/null"
				print "user-agent = \"/dev/fd/" number "\"\nreferer = \"/proc/self/fd/" number "\""
				printf "%s", headers
				for (i = split("X-FD FD Fd-Num Listen-Fds Pmi-Fd Wayland-Socket Node-Channel-Fd _FUSE_COMMFD", name, " "); i; i--)
					print "header = \"" name[i] ": " number "\""
				print "header = \"Nginx: " number ";\"\nheader = \"Fpm-Sockets: /=" number "\""
			}'
		number=$((number + 1))
	done >"$here/requests"
	curl -q -K "$here/requests"
}

# show_here: what a failure left behind, as TAP comments.
show_here() {
	tail -n 20 "$here/log" | cut -c -300 | sed 's/^/# log: /'
	cut -c -200 "$here/execs" | tail -n 20 | sed 's/^/# executed: /'
}

# passed_on: a line for each kind of program that was executed with descriptors above 2, and what kinds they were.
passed_on() {
	awk -F '\t' 'NF > 3 {
		sub(/.*\//, "", $2)
		for (i = 4; i <= NF; i++) {
			sub(/^[0-9]+ /, "", $i)
			sub(/:\[.*/, "", $i)
			print $2 " | " ($i ~ /^\// ? "file" : $i)
		}
	}' "$here/execs" | sort -u
}

# try FUNCTION HOW: sets $found to what the work printed.
try() {
	how=$2
	set_up_here
	found=$("$1" 2>>"$here/log")
	end_all
	[ "$how" != covered ] || passed_on | sed "s/^/# passed on: $(basename "$0" .test) | /"
	! contains "$here/log" 'cannot be preloaded' || found="$found
and the loader did not take the library"
}

# work NAME FUNCTION EXPECTED [EXPECTED_COVERED]: the work prints what is expected, bare and covered.
work() {
	try "$2" bare
	if ! same "$1, bare" "$3" "$found"; then
		unmeasured="$unmeasured $2"
		show_here
		return
	fi
	try "$2" covered
	if same "$1, covered" "${4-$3}" "$found"; then
		worked="$worked $2"
	else
		show_here
		failed="$failed $2"
		failed_names="$failed_names${failed_names:+, }$1"
		printf '%s' "${4-$3}" >"$tap_work/expected-$2"
	fi
}

# work_with POLICY WHY NAME FUNCTION EXPECTED [EXPECTED_COVERED]: the same for work that is known to want a policy.  It
# fails without: where it does not, the line is wanted no more, and the test says so.
work_with() {
	policy=$1
	why=$2
	shift 2
	try "$2" bare
	if ! same "$1, bare" "$3" "$found"; then
		unmeasured="$unmeasured $2"
		show_here
		return
	fi
	try "$2" covered
	ok "$1, covered: wants $policy" [ "${4-$3}" != "$found" ]
	try "$2" "$policy"
	same "$1, covered with $policy" "${4-$3}" "$found" || show_here
	wanted="${wanted:+$wanted$newline}$1 | $policy | $why"
}
newline='
'

# untold FILE DIRECTORY: which of the leaks in FILE (kinds or paths, a line each) the report on these traces does not tell
# to be, with the call that made them and the object that called.
untold() {
	"$TOOL" report --json "$2" | python3 -c '
import json, os, sys
told = [row for row in json.load(sys.stdin)["descriptors"] if row["fate"] == "would-close" and row.get("call") and row.get("object")]
names = {os.path.basename(row["what"]) for row in told}
kinds = {row["kind"] for row in told}
among = {"socket": {"socket", "listening"}, "pipe": {"pipe"},
         "anon_inode": {"epoll", "eventfd", "signalfd", "timerfd", "inotify", "fanotify", "other"}}
for leak in open(sys.argv[1]).read().split("\n"):
    if leak and not (among[leak] & kinds if leak in among else os.path.basename(leak) in names):
        print(leak)' "$1"
}

# leak NAME FUNCTION EXPECTED REGEX: the work prints what is expected, and the programs that look like REGEX are given
# descriptors when it is done bare, and none when it is done covered; an audit tells of each that they are given then.
leak() {
	try "$2" bare
	if ! same "$1, bare" "$3" "$found"; then
		unmeasured="$unmeasured $2"
		show_here
	fi
	ok "$1, bare: its children are given descriptors" [ -n "$(given "$4")" ] || show_here
	given "$4" | sed "s|$here/||; s|^|# leaked: |"
	try "$2" covered
	if same "$1, covered" "$3" "$found"; then
		worked="$worked $2"
	else
		failed="$failed $2"
		failed_names="$failed_names${failed_names:+, }$1"
		printf '%s' "$3" >"$tap_work/expected-$2"
		show_here
	fi
	ok "$1, covered: its children were seen" is_executed "$4" || show_here
	same "$1, covered: what its children are given" '' "$(given "$4")" || show_here
	traces=$tap_work/traces.$goes
	install -d -m 1777 "$traces"
	export CLOEXEC_AUDIT=1
	try "$2" "CLOEXEC_TRACE=$traces"
	unset CLOEXEC_AUDIT
	given "$4" >"$tap_work/leaked"
	ok "$1, audited: its children are given descriptors" [ -s "$tap_work/leaked" ] || show_here
	same "$1, audited: each leak is told, with the call and the object that made it" '' \
		"$(untold "$tap_work/leaked" "$traces")" || show_here
}

# works_with POLICY: does all that failed work with it?
works_with() {
	for function in $failed; do
		try "$function" "$1"
		[ "$(cat "$tap_work/expected-$function")" = "$found" ] || return 1
	done
}

# compatibility PROGRAM PACKAGE [POLICY]...: says what was measured, in the form that scripts/compatibility reads, and
# which of the policies would have made work what did not; then finishes the test.
compatibility() {
	program=$1
	version=$(dpkg-query -W -f '${Version}' "$2" 2>/dev/null) || version=-
	shift 2
	if [ -n "$failed" ]; then
		needed=
		for policy in CLOEXEC_KEEP_CALLS=@dup "CLOEXEC_KEEP_PROGRAMS=$program" "$@"; do
			if works_with "$policy"; then
				needed=$policy
				break
			fi
		done
		echo "# compatibility: $program | $version | no | ${needed:--} | without it fails: $failed_names"
	elif [ -n "$worked" ] && [ -z "$unmeasured" ]; then
		echo "# compatibility: $program | $version | yes | - | -"
	fi
	[ -z "$wanted" ] || echo "$wanted" | sed "s/^\(.*\) | \(.*\) | /# compatibility: \1 | $version | no | \2 | /"
	finish
}
