# What distributors need; a release builds as it is with dpkg-buildpackage, and with rpmbuild -tb.
EXTRA_DIST += packaging/libcloexec.spec \
	debian/changelog debian/cloexec.install debian/control debian/copyright debian/libcloexec-dev.install \
	debian/libcloexec.install debian/libcloexec.lintian-overrides debian/libcloexec.prerm debian/libcloexec.symbols \
	debian/not-installed debian/rules debian/source/format debian/tests/control debian/tests/smoke
