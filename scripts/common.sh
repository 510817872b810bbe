# What the two commands of the README share: packages, and a build in build/.  Sourced, with the working directory at the
# top of the source tree.
# shellcheck shell=sh disable=SC2034

say() {
	printf '%s\n' "$*"
}

die() {
	say "${0##*/}: $*" >&2
	exit 1
}

# find_missing PACKAGE...: sets $missing to those that are not installed, and $as_root to what installs them.
find_missing() {
	missing=
	for package; do
		[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
			missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	as_root=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || die "these packages are missing, and neither root nor sudo is at hand:$missing"
		as_root=sudo
		say "Using sudo to install packages."
	fi
	say "Installing:$missing"
}

# apt_get ARGUMENT...: as root or through sudo, asking nothing; waits for another apt-get.
apt_get() {
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" >>apt.log 2>&1 </dev/null
}

# install_packages PACKAGE...: installs those that are missing.
install_packages() {
	find_missing "$@"
	[ -n "$missing" ] || return 0
	# shellcheck disable=SC2086 # words, on purpose
	{ apt_get update && apt_get install -y --no-install-recommends $missing; } || {
		tail -n 20 apt.log >&2
		die "apt-get failed; the whole of it is in apt.log"
	}
	rm -f apt.log
}

# install_servers PACKAGE...: installs those of them that can be had, and lets no package start its daemon.
install_servers() {
	find_missing "$@"
	[ -n "$missing" ] || return 0
	forbids_start=/usr/sbin/policy-rc.d
	is_ours=
	if [ ! -e $forbids_start ]; then
		is_ours=yes
		trap '$as_root rm -f $forbids_start' EXIT
		trap 'exit 1' HUP INT TERM
		printf '#!/bin/sh\nexit 101\n' | $as_root tee $forbids_start >/dev/null
		$as_root chmod 755 $forbids_start
	fi
	apt_get update || say 'apt-get update failed; see apt.log'
	# shellcheck disable=SC2086 # words, on purpose
	apt_get install -y --no-install-recommends $missing || for package in $missing; do
		apt_get install -y --no-install-recommends "$package" || say "Can't be installed: $package; see apt.log"
	done
	if [ -n "$is_ours" ]; then
		$as_root rm -f $forbids_start
		trap - EXIT HUP INT TERM
	fi
}

build_packages='autoconf automake gcc libc6-dev libtool make pkg-config check'

# Builds in build/; says nothing unless it fails.
build() {
	mkdir -p build
	{
		{ [ -e configure ] || autoreconf -i; } &&
			{ [ -e build/config.status ] || (cd build && ../configure); } &&
			make -C build -j"$(nproc)"
	} >build/build.log 2>&1 || {
		tail -n 30 build/build.log >&2
		die "the build failed; the whole of it is in build/build.log"
	}
}
