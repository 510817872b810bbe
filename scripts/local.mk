# The launcher, twice from one source: one that uses the build tree, for the tests and the demo, and the one that is
# installed.
noinst_SCRIPTS += scripts/cloexec-run
bin_SCRIPTS += scripts/installed/cloexec-run
CLEANFILES += scripts/cloexec-run scripts/installed/cloexec-run
EXTRA_DIST += scripts/cloexec-run.in scripts/cloexec-system.in scripts/common.sh scripts/demo scripts/check scripts/compatibility scripts/tested

make_launcher = $(MKDIR_P) $(@D) && $(SED) -e 's|@VERSION[@]|$(VERSION)|' \
	-e "s|@library[@]|$$library|" -e "s|@tool[@]|$$tool|" $(srcdir)/scripts/cloexec-run.in >$@.new && \
	chmod +x $@.new && mv $@.new $@

scripts/cloexec-run: $(srcdir)/scripts/cloexec-run.in Makefile
	@library='$(abs_top_builddir)/src/.libs/libcloexec.so'; tool='$(abs_top_builddir)/src/cloexec'; $(make_launcher)

scripts/installed/cloexec-run: $(srcdir)/scripts/cloexec-run.in Makefile
	@library='$(libdir)/libcloexec.so'; tool='$(bindir)/cloexec'; $(make_launcher)

# What switches the system-wide library on: only what is installed can be.
sbin_SCRIPTS = scripts/installed/cloexec-system
CLEANFILES += scripts/installed/cloexec-system

scripts/installed/cloexec-system: $(srcdir)/scripts/cloexec-system.in Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(SED) -e 's|@VERSION[@]|$(VERSION)|' \
		-e "s|@library[@]|$(libdir)/libcloexec-system.so|" $(srcdir)/scripts/cloexec-system.in >$@.new && \
		chmod +x $@.new && mv $@.new $@
