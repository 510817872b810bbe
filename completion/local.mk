# Completion for bash, which looks for a command's file by the command's name.  The calls of --keep-calls are those of
# calls.def.
bashcompletion_DATA = completion/cloexec completion/cloexec-run
EXTRA_DIST += completion/cloexec completion/cloexec-run.in
CLEANFILES += completion/cloexec-run

completion/cloexec-run: $(srcdir)/completion/cloexec-run.in $(srcdir)/src/calls.def
	$(AM_V_GEN)$(MKDIR_P) completion && \
	calls=`$(SED) -n -e 's/^CALL(\([A-Za-z0-9_]*\),.*/\1/p' $(srcdir)/src/calls.def; \
		$(SED) -n -e 's/^CALL([A-Za-z0-9_]*, *\([a-z]*\),.*/@\1/p' $(srcdir)/src/calls.def | sort -u` && \
	$(SED) -e "s/@CALLS[@]/`echo $$calls`/" $(srcdir)/completion/cloexec-run.in >$@.new && mv $@.new $@
