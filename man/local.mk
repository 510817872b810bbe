# libcloexec(7) has its table of calls from calls.def.
dist_man_MANS += man/cloexec-run.1 man/cloexec.1 man/cloexec.3 \
	man/cloexec_get.3 man/cloexec_getdefault.3 man/cloexec_set.3 man/cloexec_setdefault.3
man_MANS += man/libcloexec.7
CLEANFILES += man/libcloexec.7
EXTRA_DIST += man/libcloexec.7.in man/calls.awk

man/libcloexec.7: $(srcdir)/man/libcloexec.7.in $(srcdir)/man/calls.awk $(srcdir)/src/calls.def
	$(AM_V_GEN)$(MKDIR_P) man && $(AWK) -f $(srcdir)/man/calls.awk $(srcdir)/src/calls.def >$@.table && \
	$(SED) -e '/@CALLS[@]/{' -e 'r $@.table' -e d -e '}' $(srcdir)/man/libcloexec.7.in >$@.new && \
	rm $@.table && mv $@.new $@
