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
TESTS += tests/demo.test tests/documents.test tests/launcher.test tests/policy.test
EXTRA_DIST += tests/tap.sh $(TESTS)

# Unit tests of the parts that are logic, on Check.
TESTS += tests/unit.test
if HAVE_CHECK
check_PROGRAMS += tests/unit/unit
tests_unit_unit_SOURCES = tests/unit/unit.c tests/unit/unit.h \
	tests/unit/mode.c tests/unit/policy.c tests/unit/program.c
tests_unit_unit_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_unit_LDADD = src/libpolicy.la $(CHECK_LIBS)
endif
