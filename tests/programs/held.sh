# Programs that take a lock and become another program.  Sourced after programs.sh.
# shellcheck shell=sh disable=SC2154

# held TRY COMMAND...: is the lock taken while what COMMAND becomes runs, and free when that is done?  TRY is a command
# that succeeds where it can take the lock.
held() {
	try_lock=$1
	shift
	: >"$here/ready"
	start "$@" sh -c "echo ready >'$here/ready'; until [ -e '$here/done' ]; do sleep 0.05; done"
	eventually [ -s "$here/ready" ] && echo 'it runs'
	if $try_lock 2>>"$here/log"; then echo free; else echo held; fi
	: >"$here/done"
	wait "$started"
	echo "status $?"
	# s6-setlock -t has a helper, which lets go when it notices.
	# shellcheck disable=SC2086 # words
	if eventually $try_lock 2>>"$here/log"; then echo free; else echo held; fi
}
# shellcheck disable=SC2034 # for the tests
holds='it runs
held
status 0
free'
