# The library, and what else is in src/, compiled in other ways than the build's.  Sourced, after tap.sh, by tests that set
# `compiler`.
# shellcheck shell=sh disable=SC2154,SC2034 # set and used by who sources this

# sources_of VARIABLE MAKEFILE: the C files that it names.
sources_of() {
	awk -v "variable=$1" '$1 == variable { on = 1 }
		on { for (i = 1; i <= NF; i++) if ($i ~ /\.c$/) print $i }
		on && !/\\$/ { exit }' "$SOURCE/$2"
}

# The parts that the library, the tool and the unit tests share; and the unit tests.
policy_sources=$(sources_of src_libpolicy_la_SOURCES src/local.mk)
unit_sources=$(sources_of tests_unit_unit_SOURCES tests/local.mk)

# compile ARGUMENT...: with our headers; source files are named from the top of the source tree.
compile() (
	cd "$SOURCE" && "$compiler" -std=gnu11 -g "-I$TESTS/.." -Isrc "$@"
)

# compile_library OUTPUT FLAG...: as src/local.mk has it made; $exports may name another version script.
compile_library() {
	output=$1
	shift
	(cd "$SOURCE" && echo src/*.c src/wrap/*.c) >"$tap_work/sources"
	# shellcheck disable=SC2046 # names without white space
	compile -DSYSTEM_WIDE=0 -shared -fPIC -fvisibility=hidden -fexceptions -ftls-model=initial-exec $(cat "$tap_work/sources") \
		"-Wl,--version-script=${exports:-$TESTS/../src/libcloexec.map}" -Wl,-z,now -Wl,-z,nodelete "$@" -o "$output"
}
