# Every test is a TAP program: a script NAME.test in sh that sources tap.sh, or a Check program behind one.
# A test of a wrapper never includes our headers: what it runs is a program that knows nothing of us.
TEST_EXTENSIONS = .test
TEST_LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
AM_TESTS_ENVIRONMENT = \
	LIBRARY='$(abs_top_builddir)/src/.libs/libcloexec.so' \
	RUN='$(abs_top_builddir)/scripts/cloexec-run' \
	TOOL='$(abs_top_builddir)/src/cloexec' \
	TESTS='$(abs_top_builddir)/tests' \
	SOURCE='$(abs_top_srcdir)' \
	CC='$(CC)'; \
	export LIBRARY RUN TOOL TESTS SOURCE CC;
# What the library does, whatever it was built with: tests/proof/compiled-out.test runs these with every facility left out.
LIBRARY_TESTS = \
	tests/creators.test \
	tests/filter.test \
	tests/forbidden.test \
	tests/handoff.test \
	tests/parity.test \
	tests/policy.test \
	tests/probe.test \
	tests/refusal.test \
	tests/refused.test \
	tests/static-code.test \
	tests/stripped.test \
	tests/system-calls.test
TESTS += $(LIBRARY_TESTS) \
	tests/api.test \
	tests/check.test \
	tests/check-unit.test \
	tests/completeness.test \
	tests/completion.test \
	tests/demo.test \
	tests/documents.test \
	tests/early.test \
	tests/examples.test \
	tests/fds.test \
	tests/footguns.test \
	tests/launcher.test \
	tests/report.test \
	tests/report-run.test \
	tests/start-up.test \
	tests/system-wide.test \
	tests/trace.test
EXTRA_DIST += tests/tap.sh tests/creators.sh tests/parity.sh $(TESTS)

# Unit tests of the parts that are logic, on Check.
TESTS += tests/unit.test
if HAVE_CHECK
check_PROGRAMS += tests/unit/unit
tests_unit_unit_SOURCES = tests/unit/unit.c tests/unit/unit.h \
	tests/unit/code.c tests/unit/line.c tests/unit/maps.c tests/unit/mode.c tests/unit/policy.c \
	tests/unit/program.c tests/unit/target.c src/tool/code.c
tests_unit_unit_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_unit_LDADD = src/libpolicy.la $(CHECK_LIBS)
endif

# Programs that know nothing of us, and libraries to be loaded beside ours.
test_library = -module -avoid-version -shared -rpath /nowhere
check_LTLIBRARIES += bench/libempty.la tests/foreign.la tests/hungry.la
tests_foreign_la_SOURCES = tests/foreign.c
tests_foreign_la_LDFLAGS = $(test_library)
tests_hungry_la_SOURCES = tests/hungry.c
tests_hungry_la_CFLAGS = $(AM_CFLAGS) -fno-builtin
tests_hungry_la_LDFLAGS = $(test_library)

check_PROGRAMS += tests/list tests/holder tests/chain
tests_list_SOURCES = tests/list.c
tests_list_LDFLAGS = -all-static
tests_holder_SOURCES = tests/holder.c
tests_chain_SOURCES = tests/chain.c

# The same source as a distributor builds it: large files, fortified.
with_foreign_ldflags = -pthread -rdynamic -Wl,--no-as-needed -Wl,-rpath,$(abs_builddir)/tests/.libs
with_foreign_ldadd = tests/.libs/foreign.so
check_PROGRAMS += tests/creators tests/creators-large tests/creators-fortified
creators_sources = tests/creators.c tests/creators.h tests/makers.c tests/makers-network.c tests/bare.c tests/bare.h
tests_creators_SOURCES = $(creators_sources)
tests_creators_CPPFLAGS = $(AM_CPPFLAGS) -U_FORTIFY_SOURCE
tests_creators_LDFLAGS = $(with_foreign_ldflags)
tests_creators_LDADD = $(with_foreign_ldadd)
tests_creators_DEPENDENCIES = tests/foreign.la
tests_creators_large_SOURCES = $(creators_sources)
tests_creators_large_CPPFLAGS = $(AM_CPPFLAGS) -U_FORTIFY_SOURCE -D_FILE_OFFSET_BITS=64
tests_creators_large_LDFLAGS = $(with_foreign_ldflags)
tests_creators_large_LDADD = $(with_foreign_ldadd)
tests_creators_large_DEPENDENCIES = tests/foreign.la
tests_creators_fortified_SOURCES = $(creators_sources)
tests_creators_fortified_CPPFLAGS = $(AM_CPPFLAGS) -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
tests_creators_fortified_CFLAGS = $(AM_CFLAGS) -O2
tests_creators_fortified_LDFLAGS = $(with_foreign_ldflags)
tests_creators_fortified_LDADD = $(with_foreign_ldadd)
tests_creators_fortified_DEPENDENCIES = tests/foreign.la

check_PROGRAMS += tests/parity
tests_parity_SOURCES = tests/parity.c tests/parity.h tests/parity-events.c tests/parity-files.c tests/parity-numbers.c \
	tests/parity-sockets.c tests/parity-system.c tests/bare.c tests/bare.h
tests_parity_LDFLAGS = -pthread
check_PROGRAMS += tests/old-spawn
tests_old_spawn_SOURCES = tests/old-spawn.c
check_PROGRAMS += tests/filter tests/handoff tests/refuse tests/strip tests/trace
tests_filter_SOURCES = tests/filter.c
tests_handoff_SOURCES = tests/handoff.c tests/bare.c tests/bare.h
tests_handoff_LDFLAGS = -pthread
tests_refuse_SOURCES = tests/refuse.c
tests_strip_SOURCES = tests/strip.c
tests_trace_SOURCES = tests/trace.c
tests_trace_LDFLAGS = -pthread
tests_trace_LDADD = -ldl

# Several copies of the library in one process.
check_PROGRAMS += tests/several
tests_several_SOURCES = tests/several.c
tests_several_LDADD = -ldl

# The first call of a process is made by the foreign library.
check_PROGRAMS += tests/early
tests_early_SOURCES = tests/early.c tests/bare.c tests/bare.h
tests_early_LDFLAGS = $(with_foreign_ldflags)
tests_early_LDADD = $(with_foreign_ldadd)
tests_early_DEPENDENCIES = tests/foreign.la

# The public functions; the foreign library calls the program before ours is constructed.
check_PROGRAMS += tests/api
tests_api_SOURCES = tests/api.c tests/bare.c tests/bare.h
tests_api_CFLAGS = $(AM_CFLAGS) -fPIE
tests_api_LDFLAGS = -pie $(with_foreign_ldflags)
tests_api_LDADD = $(with_foreign_ldadd)
tests_api_DEPENDENCIES = tests/foreign.la

# No function of libc is overlooked, and none that leaves a descriptor.
EXTRA_DIST += tests/harmless.txt
check_PROGRAMS += tests/probe
tests_probe_SOURCES = tests/probe.c tests/probe.h tests/probe-calls.c tests/probe-network.c
tests_probe_CPPFLAGS = -U_FORTIFY_SOURCE
tests_probe_LDFLAGS = -pthread

# What was installed works where it was installed: no launcher of the build tree, no library of it.
installcheck-local:
	test "`$(DESTDIR)$(bindir)/cloexec-run --default=1 printenv CLOEXEC_DEFAULT`" = 1
	test "`$(DESTDIR)$(bindir)/cloexec-run printenv LD_PRELOAD | sed 's|.*/||'`" = libcloexec.so
	! $(DESTDIR)$(bindir)/cloexec-run printenv LD_PRELOAD | grep -F '$(abs_top_builddir)/src'
	sh -c 'exec 7</dev/null; ls /proc/self/fd' | grep -x 7
	! $(DESTDIR)$(bindir)/cloexec-run sh -c 'exec 7</dev/null; ls /proc/self/fd' | grep -x 7
	$(installed_pkg_config) --modversion libcloexec | grep -x '$(VERSION)'
	$(MKDIR_P) installed
	flags=`$(installed_pkg_config) --cflags --libs libcloexec` && \
	$(CC) -o installed/linked $(srcdir)/examples/api/linked.c $$flags
	LD_LIBRARY_PATH=$(DESTDIR)$(libdir) installed/linked </dev/null | grep -x 'secret is closed: 1'
	rm -r installed
	test "`cat $(DESTDIR)$(mandir)/man3/cloexec_setdefault.3`" = '.so man3/cloexec.3'

# pkg-config, for what was installed and nothing else.
installed_pkg_config = env PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR=$(DESTDIR)$(pkgconfigdir) \
	PKG_CONFIG_SYSROOT_DIR=$(DESTDIR) pkg-config
