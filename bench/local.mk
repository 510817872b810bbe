# `make bench`: programs that compare, built by nothing else.  A test never depends on time.
BENCHMARKS = bench/calls bench/execs bench/pep433 bench/start-up
EXTRA_PROGRAMS += $(BENCHMARKS)
CLEANFILES += $(BENCHMARKS)
EXTRA_DIST += bench/README.md bench/run bench/servers

bench_calls_SOURCES = bench/calls.c bench/measure.c bench/measure.h
bench_execs_SOURCES = bench/execs.c bench/measure.c bench/measure.h
bench_pep433_SOURCES = bench/pep433.c bench/measure.c bench/measure.h
bench_start_up_SOURCES = bench/start-up.c bench/measure.c bench/measure.h
bench_libempty_la_SOURCES = bench/empty.c
bench_libempty_la_LDFLAGS = -avoid-version -shared -rpath /nowhere

.PHONY: bench
bench: $(BENCHMARKS) bench/libempty.la src/libcloexec.la tests/proof/walk tests/proof/walked
	@$(srcdir)/bench/run '$(abs_builddir)/bench' '$(abs_builddir)/src/.libs/libcloexec.so' \
		'$(abs_builddir)/scripts/cloexec-run'
