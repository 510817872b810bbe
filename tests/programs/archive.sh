# A package `small' that asks a question, in an archive of its own in $root: apt needs no network there.  Sourced.
# shellcheck shell=sh disable=SC2154
package=$tap_work/package
mkdir -p "$package/DEBIAN" "$package/usr/bin" "$root/archive"
cat >"$package/usr/bin/small" <<'END_OF_PROGRAM'
#!/bin/sh
echo small works
END_OF_PROGRAM
cat >"$package/DEBIAN/control" <<'END_OF_CONTROL'
Package: small
Version: 1.0
Architecture: all
Maintainer: Nobody <nobody@example.org>
Depends: debconf
Description: small package
END_OF_CONTROL
cat >"$package/DEBIAN/templates" <<'END_OF_TEMPLATES'
Template: small/answer
Type: string
Default: forty-two
Description: What is the answer?
END_OF_TEMPLATES
cat >"$package/DEBIAN/postinst" <<'END_OF_SCRIPT'
#!/bin/sh
set -e
. /usr/share/debconf/confmodule
db_input low small/answer || true
db_go || true
db_get small/answer
echo "$RET" >/etc/small
END_OF_SCRIPT
cat >"$package/DEBIAN/postrm" <<'END_OF_SCRIPT'
#!/bin/sh
rm -f /etc/small
END_OF_SCRIPT
chmod 755 "$package/usr/bin/small" "$package/DEBIAN/postinst" "$package/DEBIAN/postrm"
dpkg-deb --root-owner-group --build "$package" "$root/archive/small.deb" >/dev/null || exit 99
{
	dpkg-deb -f "$root/archive/small.deb"
	echo "Filename: ./small.deb"
	echo "Size: $(wc -c <"$root/archive/small.deb")"
	echo "SHA256: $(sha256sum <"$root/archive/small.deb" | cut -d ' ' -f 1)"
} >"$root/archive/Packages"
echo 'deb [trusted=yes] file:/archive ./' >"$root/etc/apt/sources.list"
