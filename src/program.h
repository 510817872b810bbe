/* Which program is this?  For CLOEXEC_KEEP_PROGRAMS. */
#ifndef CLOEXEC_PROGRAM_H
#define CLOEXEC_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

struct program {
	const char *file;       /* as it was executed (AT_EXECFN), or NULL */
	const char *name;       /* argv[0], or NULL */
	const char *argument;   /* what stands behind that in memory, argv[1] if there is one; or NULL */
	const char *executable; /* its full path; NULL: ask /proc/self/exe when a pattern needs it */
	int process;            /* its process id */
};

/* The program that runs here.  Rests on getauxval (glibc 2.16, musl 1.1) and program_invocation_name. */
struct program program_self(void);

/* Does `pattern` (`length` bytes, `*` and `?` as in a shell) name `program`?  Without a slash it is matched with the
 * last part of its file and of its name, where a leading `-` (a login shell) does not count; with a slash, with the
 * path of its executable, and `*` stops at slashes.  Async-signal-safe. */
bool program_matches(const struct program *program, const char *pattern, size_t length);

/* The same for a pattern that has no slash, without the stack that a path takes: exec asks, on any stack. */
bool program_name_matches(const struct program *program, const char *pattern, size_t length);

/* Is it one of the shells that `@shells` means?  A script with `#!/bin/sh` is one by its name, `busybox sh` by its
 * argument. */
bool program_is_shell(const struct program *program);

/* Is this file name, up to its last part, that of a shell? */
bool program_names_shell(const char *file);

#endif
