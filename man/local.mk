# libcloexec(7) has its tables from calls.def and named.def.
dist_man_MANS += man/cloexec-run.1 man/cloexec.1 man/cloexec.3 man/cloexec-system.8 \
	man/cloexec_get.3 man/cloexec_getdefault.3 man/cloexec_set.3 man/cloexec_setdefault.3
man_MANS += man/libcloexec.7
CLEANFILES += man/libcloexec.7
EXTRA_DIST += man/libcloexec.7.in man/calls.awk man/named.awk

man/libcloexec.7: $(srcdir)/man/libcloexec.7.in $(srcdir)/man/calls.awk $(srcdir)/src/calls.def \
		$(srcdir)/man/named.awk $(srcdir)/src/named.def
	$(AM_V_GEN)$(MKDIR_P) man && $(AWK) -f $(srcdir)/man/calls.awk $(srcdir)/src/calls.def >$@.calls && \
	$(AWK) -f $(srcdir)/man/named.awk $(srcdir)/src/named.def >$@.named && \
	$(SED) -e '/@CALLS[@]/{' -e 'r $@.calls' -e d -e '}' -e '/@NAMED[@]/{' -e 'r $@.named' -e d -e '}' \
		$(srcdir)/man/libcloexec.7.in >$@.new && rm $@.calls $@.named && mv $@.new $@
