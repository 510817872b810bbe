# Another machine: built with Debian's cross compiler, its programs run by qemu-user.  Sourced, after tap.sh, with
#
#   variant   Debian's name of the machine
#   machine   the compiler's
#   number    the one that its ELF files carry, in hexadecimal
#
# What the kernel is asked to run it hands to qemu by binfmt_misc, in a user namespace (Linux 6.7) of the test's own: no
# other program of this system notices.  The network namespace has the ports that only root has.
# shellcheck shell=sh disable=SC2154

emulator=/usr/bin/qemu-$machine-static
variant_cc=
for candidate in "$machine-linux-gnu-gcc" "/usr/bin/$machine-linux-gnu-gcc-"[0-9]*; do
	if command -v "$candidate" >/dev/null; then
		variant_cc=$candidate
		break
	fi
done
[ "$variant_cc" ] || skip_all "no compiler for $machine is installed"
[ -x "$emulator" ] || skip_all "$emulator is not installed"

QEMU_LD_PREFIX=/usr/$machine-linux-gnu
kind='\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x'$number'\x00'
mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
registration=":$machine:M::$kind:$mask:$emulator:F"
export QEMU_LD_PREFIX registration

under() {
	# shellcheck disable=SC2016 # the inner shell's
	unshare -Urmn sh -c 'mount -t binfmt_misc none /proc/sys/fs/binfmt_misc &&
		printf "%s\n" "$registration" >/proc/sys/fs/binfmt_misc/register && ip link set lo up && exec "$@"' sh "$@"
}
echo 'int main(void) { return 0; }' >program.c
$variant_cc -o program program.c || skip_all "$variant_cc makes no program"
under ./program 2>reason || skip_all "no binfmt_misc in a user namespace here: $(head -n 1 reason)"

. "$SOURCE/tests/places/variant.sh"
build_variant --host="$machine-linux-gnu"

# Left out is what no emulator of system calls can do, seccomp filters and tracing (forbidden, refusal, refused, stripped,
# system-calls), and parity, probe: they compare what qemu makes of odd arguments.
passes creators policy static-code
