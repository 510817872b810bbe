# A Debian system of its own for each test in tests/places that wants one.  It is made once, by debootstrap, and kept in
# the build tree; a test changes a private copy.
#
#	. "$SOURCE/tests/places/root.sh"        sources tap.sh too
#	root_make NAME                  a private copy, whose path is then in $root
#	root_run NAME COMMAND...        runs COMMAND there: chroot, with /proc, /dev, /run and /tmp of its own and the
#	                                network of the machine; nothing that it starts outlives it
#	root_boot NAME                  boots its systemd, in namespaces of its own (the only network is lo), and waits until
#	                                that is up; standard output and error of the boot are in $tap_work/NAME.console
#	root_in NAME COMMAND...         runs COMMAND in the system that was booted
#	root_halt NAME                  powers that off
#
# root_run and root_in give COMMAND PATH and what $root_environment holds (words), no other environment, and exit with its
# status.  The root has what minbase has, and $root_packages.
#
# Sourcing skips the whole script where this machine can't do it (no root, no namespaces, no debootstrap, no mirror), and
# starts it again in a mount namespace of its own: what is mounted here is nobody else's, and goes with the last process
# of the test, however that ends.  The copies are mounted outside of $tap_work, which is removed with all that is in it.
# A test that sources this names debootstrap in its `# Packages:'.
# shellcheck shell=sh disable=SC2016 # what is in single quotes is for a shell in the namespace
. "$SOURCE/tests/tap.sh"

root_packages=cron,dbus,openssh-client,openssh-server,sudo,systemd,systemd-sysv
root_environment=
root_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
root_places=$TESTS/places
PATH=$PATH:/usr/sbin:/sbin

[ "$(id -u)" = 0 ] || skip_all 'only root can make a system and mount it'
for root_program in debootstrap flock nsenter setpriv unshare; do
	command -v $root_program >/dev/null || skip_all "$root_program is not installed"
done
if [ "${ROOT_NAMESPACE-}" != "$PPID-$0" ]; then
	unshare --mount --pid --fork --uts --ipc --net --cgroup true 2>"$tap_work/why" ||
		skip_all "no namespaces can be made here: $(head -n 1 "$tap_work/why")"
	rm -rf "$tap_work"
	ROOT_NAMESPACE="$PPID-$0" exec unshare --mount --propagation private sh "$0" "$@"
fi
unset ROOT_NAMESPACE

# The cache: complete or not there.  Its name tells what is in it.
root_suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
root_mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
	sed -n 's|^URIs: *\([^ ]*/debian\)/* *$|\1|p; s|^deb [^#]*\(http[^ ]*/debian\)/* .*|\1|p' | head -n 1)
root_cache=$root_places/root-$(echo "$root_suite $root_packages" | cksum | cut -d ' ' -f 1)

root_fill_cache() {
	[ ! -d "$root_cache" ] || return 0
	rm -rf "$root_places"/root-*
	timeout 500 debootstrap --variant=minbase --include="$root_packages" "$root_suite" "$root_cache.new" \
		"${root_mirror:-http://deb.debian.org/debian}" >"$root_places/debootstrap.log" 2>&1 </dev/null &&
		rm -f "$root_cache.new"/var/cache/apt/archives/*.deb &&
		mv "$root_cache.new" "$root_cache"
}

mkdir -p "$root_places" || exit 99
# The number 9 is closed again before anything that stays is started.
{ flock 9 && root_fill_cache 9>&-; } 9>"$root_places/root.lock" || {
	tail -n 5 "$root_places/debootstrap.log" | sed 's/^/# /'
	skip_all 'debootstrap cannot make a system here'
}

root_make() {
	root=$root_places/mounted/$1
	mkdir -p "$root" "$tap_work/$1.copy" "$tap_work/$1.work" || exit 99
	chmod 755 "$tap_work"
	mount -t overlay -o "lowerdir=$root_cache,upperdir=$tap_work/$1.copy,workdir=$tap_work/$1.work" overlay "$root" \
		2>/dev/null ||
		{ cp -a --reflink=auto "$root_cache/." "$tap_work/$1.copy" && mount --bind "$tap_work/$1.copy" "$root"; } ||
		exit 99
	echo "127.0.0.1 localhost $(uname -n)" >"$root/etc/hosts"
}

# What both kinds of running mount, in a namespace of their own.
root_mounts='
	mount -t proc proc "$root/proc" &&
		mount -t sysfs sysfs "$root/sys" &&
		mount -t tmpfs -o mode=755 tmpfs "$root/run" &&
		mount -t tmpfs tmpfs "$root/tmp" &&
		mount -t tmpfs -o mode=755 tmpfs "$root/dev" &&
		mkdir "$root/dev/pts" "$root/dev/shm" &&
		mount -t devpts -o newinstance,mode=620,gid=5,ptmxmode=666 devpts "$root/dev/pts" &&
		mount -t tmpfs tmpfs "$root/dev/shm" || exit 99
	for node in null zero full random urandom tty; do
		: >"$root/dev/$node"
		mount --bind "/dev/$node" "$root/dev/$node" || exit 99
	done
	ln -s pts/ptmx "$root/dev/ptmx"
	ln -s /proc/self/fd "$root/dev/fd"
	for node in 0:stdin 1:stdout 2:stderr; do
		ln -s "/proc/self/fd/${node%:*}" "$root/dev/${node#*:}"
	done'

root_run() {
	root=$root_places/mounted/$1
	shift
	# shellcheck disable=SC2086 # words
	root=$root setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child sh -c "$root_mounts"'
		root_environment=$1
		shift
		exec chroot "$root" env -i $root_environment "$@"' sh "PATH=$root_path $root_environment" "$@"
}

root_boot() {
	root=$root_places/mounted/$1
	# Not the group that the test itself is in: systemd makes groups in what it takes for the top.
	root_group=$root_places/groups/cloexec-test-$$-$1
	if ! mountpoint -q "$root_places/groups"; then
		mkdir -p "$root_places/groups" && mount -t cgroup2 cgroup2 "$root_places/groups" || exit 99
	fi
	# Those of tests that were killed; a group is all that such a test leaves.
	for root_stale in "$root_places"/groups/cloexec-test-*; do
		root_owner=${root_stale##*/cloexec-test-}
		[ -d "/proc/${root_owner%%-*}" ] || find "$root_stale" -depth -type d -exec rmdir {} + 2>/dev/null
	done
	mkdir "$root_group" || exit 99
	root=$root setpriv --pdeathsig KILL sh -c 'echo $$ >"$0/cgroup.procs" && exec unshare --mount --pid --uts --ipc --net \
		--cgroup --fork --kill-child sh -c "$1"' "$root_group" "$root_mounts"'
		mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup" && cd "$root" && mkdir -p mnt && pivot_root . mnt &&
			umount -l /mnt && exec env -i container=lxc /lib/systemd/systemd' \
		</dev/null >"$tap_work/$1.console" 2>&1 &
	root_unshare=$!
	root_limit=$(($(date +%s) + 60))
	until
		root_pid=$(cat "/proc/$root_unshare/task/$root_unshare/children" 2>/dev/null) &&
			root_pid=${root_pid% } && [ -n "$root_pid" ] &&
			[ "$(readlink "/proc/$root_pid/exe")" = /usr/lib/systemd/systemd ] &&
			case $(root_in "$1" systemctl is-system-running 2>/dev/null) in running | degraded) ;; *) false ;; esac
	do
		if ! kill -0 "$root_unshare" 2>/dev/null || [ "$(date +%s)" -ge $root_limit ]; then
			sed 's/^/# /' "$tap_work/$1.console"
			kill -KILL "$root_unshare" 2>/dev/null
			return 1
		fi
		sleep 0.1
	done
}

root_in() {
	shift
	# shellcheck disable=SC2086 # words
	env -i PATH="$root_path" $root_environment nsenter -t "$root_pid" -m -p -n -i -u -C -r -w "$@"
}

root_halt() {
	root_in "$1" systemctl poweroff --no-block >/dev/null 2>&1
	root_limit=$(($(date +%s) + 30))
	while kill -0 "$root_unshare" 2>/dev/null && [ "$(date +%s)" -lt $root_limit ]; do
		sleep 0.1
	done
	! kill -KILL "$root_unshare" 2>/dev/null
	root_halted=$?
	wait "$root_unshare" 2>/dev/null
	find "$root_group" -depth -type d -exec rmdir {} + 2>/dev/null
	return "$root_halted"
}
