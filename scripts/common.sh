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

# install_packages PACKAGE...: installs those that are missing with apt-get, as root or through sudo.
install_packages() {
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
	# shellcheck disable=SC2086 # words, on purpose
	{
		$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update &&
			$as_root env DEBIAN_FRONTEND=noninteractive \
				apt-get -qq install -y --no-install-recommends $missing
	} >apt.log 2>&1 </dev/null || {
		tail -n 20 apt.log >&2
		die "apt-get failed; the whole of it is in apt.log"
	}
	rm -f apt.log
}

build_packages='autoconf automake gcc libc6-dev libtool make pkg-config check'

# Builds in build/; says nothing unless it fails.
build() {
	mkdir -p build
	{
		{ [ -e configure ] || autoreconf -i; } &&
			cd build &&
			{ [ -e config.status ] || ../configure; } &&
			make -j"$(nproc)" &&
			cd ..
	} >build/build.log 2>&1 || {
		tail -n 30 build/build.log >&2
		die "the build failed; the whole of it is in build/build.log"
	}
}
