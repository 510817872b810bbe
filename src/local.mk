# The parts that the library and the tool share, and that unit tests link: logic, no interposition.
noinst_LTLIBRARIES += src/libpolicy.la
src_libpolicy_la_SOURCES = \
	src/calls.c src/calls.def src/calls.h src/libc.h src/raw.h \
	src/mode.c src/mode.h \
	src/line.c src/line.h \
	src/maps.c src/maps.h \
	src/place.c src/place.h \
	src/policy.c src/policy.h \
	src/program.c src/program.h src/text.h \
	src/target.c src/target.h src/about.h
src_libpolicy_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden

# The library.  Nothing of what compilers link at the ends of every library is of use here, and the loader would look for four
# names of it at each start: -nostartfiles.  -fexceptions lets cancellation and C++ exceptions through; -z now lets no wrapper meet the lazy resolver
# in a signal handler; -z nodelete because next definitions of others may lead through us for good.
# What a start needs lies together, and what few processes need comes last: code that writes records, and large arrays.
noinst_LTLIBRARIES += src/libcalls.la
last = \
	src/log.c src/log.h \
	src/record.c src/record.h \
	src/trace.c src/trace.h \
	src/mark.c src/mark.h \
	src/notes.c src/notes.h
src_libcalls_la_SOURCES = \
	src/api.c \
	src/compiler.h \
	src/descriptor.c src/descriptor.h \
	src/early.c src/early.h \
	src/filter.h \
	src/handoff.c src/handoff.h \
	src/how.h \
	src/message.h \
	src/named.c src/named.def src/named.h \
	src/next.c src/next.h \
	src/readable.c src/readable.h \
	src/rpc.h \
	src/start.c \
	src/stream.h \
	src/symbol.c src/symbol.h \
	src/variadic.h \
	src/watch.h \
	src/wrap/wrap.h \
	src/wrap/close.c \
	src/wrap/dup.c \
	src/wrap/event.c \
	src/wrap/exec.c \
	src/wrap/filter.c \
	src/wrap/fork.c \
	src/wrap/fts.c \
	src/wrap/ioctl.c \
	src/wrap/lock.c \
	src/wrap/message.c \
	src/wrap/mount.c \
	src/wrap/open.c \
	src/wrap/own.c \
	src/wrap/pipe.c \
	src/wrap/remote.c \
	src/wrap/rpc.c \
	src/wrap/socket.c \
	src/wrap/spawn.c \
	src/wrap/stdio.c \
	src/wrap/syscall.c \
	src/wrap/temp.c \
	src/wrap/terminal.c \
	$(last)
include_HEADERS = src/cloexec.h
pkgconfig_DATA = src/libcloexec.pc
library_cflags = $(AM_CFLAGS) -fvisibility=hidden -fexceptions -ftls-model=initial-exec
library_ldflags = -avoid-version -shared -no-undefined -XCClinker -nostartfiles \
	-Wl,--version-script=src/libcloexec.map -Wl,-z,relro -Wl,-z,now -Wl,-z,nodelete \
	$(ONE_PIECE)
library_parts = src/libpolicy.la src/libcalls.la
src_libcalls_la_CFLAGS = $(library_cflags)

# Twice from the same objects: one for LD_PRELOAD, one for /etc/ld.so.preload.
lib_LTLIBRARIES += src/libcloexec.la src/libcloexec-system.la
src_libcloexec_la_SOURCES = src/system-wide.c src/system-wide.h
src_libcloexec_la_CPPFLAGS = $(AM_CPPFLAGS) -DSYSTEM_WIDE=0
src_libcloexec_la_CFLAGS = $(library_cflags)
src_libcloexec_la_LIBADD = $(library_parts)
src_libcloexec_la_LDFLAGS = $(library_ldflags)
src_libcloexec_la_DEPENDENCIES = $(library_parts) src/libcloexec.map
src_libcloexec_system_la_SOURCES = src/system-wide.c src/system-wide.h
src_libcloexec_system_la_CPPFLAGS = $(AM_CPPFLAGS) -DSYSTEM_WIDE=1
src_libcloexec_system_la_CFLAGS = $(library_cflags)
src_libcloexec_system_la_LIBADD = $(library_parts)
src_libcloexec_system_la_LDFLAGS = $(library_ldflags)
src_libcloexec_system_la_DEPENDENCIES = $(library_parts) src/libcloexec.map

EXTRA_DIST += src/exports.h
CLEANFILES += src/libcloexec.map
src/libcloexec.map: $(srcdir)/src/exports.h $(srcdir)/src/calls.def config.h
	$(AM_V_GEN)$(CPP) -P -I. -I$(srcdir)/src $(srcdir)/src/exports.h >$@.new && mv $@.new $@

# The tool; it has the library's own parser of the policy.
bin_PROGRAMS += src/cloexec
src_cloexec_SOURCES = \
	src/tool/findings.c src/tool/findings.h \
	src/tool/kind.c src/tool/kind.h \
	src/tool/line.c src/tool/line.h \
	src/tool/memory.c src/tool/memory.h \
	src/tool/missed.c src/tool/missed.h \
	src/tool/overview.c \
	src/tool/page.c src/tool/page.h \
	src/tool/page-data.c \
	src/tool/parse.c src/tool/parse.h \
	src/tool/places.c src/tool/places.h \
	src/tool/records.c src/tool/records.h \
	src/tool/report.c src/tool/report.h \
	src/tool/run.c src/tool/run.h \
	src/tool/suggest.c \
	src/tool/symbol.c \
	src/tool/table.c src/tool/table.h \
	src/tool/words.c \
	src/tool/check.c src/tool/check.h \
	src/tool/code.c src/tool/code.h \
	src/tool/cover.c src/tool/cover.h \
	src/tool/descriptors.c src/tool/descriptors.h \
	src/tool/elf.c src/tool/elf.h \
	src/tool/fds-table.c src/tool/fds-table.h \
	src/tool/fds.c \
	src/tool/json.c src/tool/json.h \
	src/tool/judge.c src/tool/judge.h \
	src/tool/launch.c \
	src/tool/library.c src/tool/library.h \
	src/tool/look.c src/tool/look.h \
	src/tool/main.c \
	src/tool/named.c \
	src/tool/neighbour.c src/tool/neighbour.h \
	src/tool/origin.c src/tool/origin.h \
	src/tool/process.c src/tool/process.h \
	src/tool/running.c \
	src/tool/show.c src/tool/show.h \
	src/tool/sockets.c src/tool/sockets.h \
	src/tool/tool.h \
	src/tool/unit-filter.c src/tool/unit-filter.h \
	src/tool/unit.c src/tool/unit.h \
	src/tool/visible.c src/tool/visible.h
src_cloexec_CPPFLAGS = $(AM_CPPFLAGS) -DLIBDIR='"$(libdir)"' -U_FILE_OFFSET_BITS -D_FILE_OFFSET_BITS=64
src_cloexec_LDADD = src/libpolicy.la

# The page of `cloexec report --html` is kept as what it is, and built in.
page_sources = $(srcdir)/src/tool/report.html $(srcdir)/src/tool/report.css $(srcdir)/src/tool/report.js
EXTRA_DIST += src/tool/report.html src/tool/report.css src/tool/report.js src/tool/embed.awk
CLEANFILES += src/page.inc
src/page.inc: $(page_sources) $(srcdir)/src/tool/embed.awk
	$(AM_V_GEN)$(MKDIR_P) src && $(AWK) -v style=$(srcdir)/src/tool/report.css -v script=$(srcdir)/src/tool/report.js \
		-f $(srcdir)/src/tool/embed.awk $(srcdir)/src/tool/report.html >$@.new && mv $@.new $@
src/tool/cloexec-page.$(OBJEXT): src/page.inc
