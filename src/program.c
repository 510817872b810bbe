/* The names of the program that runs here, and patterns for them. */
#include "program.h"

#include "libc.h"
#include "raw.h"
#include "text.h"

#include <limits.h>
#include <sys/auxv.h>

struct program program_self(void)
{
	/* Zero where the kernel passes none; an integer by its interface. */
	unsigned long file = getauxval(AT_EXECFN);
	const char *name = program_invocation_name;

	return (struct program){
		.file = (const char *)file, // NOLINT(performance-no-int-to-ptr)
		.name = name,
		/* The kernel puts argv's strings in a row, and the environment's behind them. */
		.argument = name ? text_find(name, '\0') + 1 : NULL,
		.process = (int)raw(SYS_getpid),
	};
}

/* A pattern of `*` and `?`, neither of which crosses a slash.  Backtracks to the latest star only: every star before it
 * has already matched as little as it must. */
static bool matches(const char *text, const char *pattern, size_t length)
{
	const char *end = pattern + length;
	const char *star = NULL;
	const char *resume = NULL;

	while (*text) {
		if (pattern < end && *pattern == '*') {
			star = ++pattern;
			resume = text;
		} else if (pattern < end && (*pattern == *text || (*pattern == '?' && *text != '/'))) {
			pattern++;
			text++;
		} else if (star && *resume != '/') {
			pattern = star;
			text = ++resume;
		} else {
			return false;
		}
	}
	while (pattern < end && *pattern == '*')
		pattern++;
	return pattern == end;
}

static const char *last_part(const char *path)
{
	const char *last = path;

	for (; *path; path++)
		if (*path == '/')
			last = path + 1;
	return last;
}

static bool has_slash(const char *pattern, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (pattern[i] == '/')
			return true;
	return false;
}

/* Not inline: nobody else needs so much of the stack. */
static __attribute__((noinline)) bool executable_matches(const struct program *program, const char *pattern,
							 size_t length)
{
	char path[PATH_MAX];
	const char *executable = program->executable;

	if (!executable) {
		long end = raw(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", path, sizeof path - 1);

		/* Without /proc, the path that was executed is the next best. */
		path[end < 0 ? 0 : end] = '\0';
		executable = end < 0 ? program->file : path;
	}
	return executable && matches(executable, pattern, length);
}

bool program_matches(const struct program *program, const char *pattern, size_t length)
{
	return has_slash(pattern, length) ? executable_matches(program, pattern, length)
					  : program_name_matches(program, pattern, length);
}

bool program_name_matches(const struct program *program, const char *pattern, size_t length)
{
	if (program->file && matches(last_part(program->file), pattern, length))
		return true;
	return program->name && matches(last_part(program->name + (program->name[0] == '-')), pattern, length);
}

static const char *const shells[] = {"sh",  "bash", "dash", "ash", "ksh", "ksh93", "mksh", "pdksh", "posh", "yash",
				     "zsh", "csh",  "tcsh", "rc",  "es",  "fish",  "lksh", "rbash", "rksh"};

/* What program_matches() would say of each, at a tenth of the cost: the system-wide library asks in every program. */
static bool names_shell(const char *path)
{
	const char *name = last_part(path);

	for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
		if (text_is(name, shells[i]))
			return true;
	return false;
}

/* One program that is many: which, its first argument says. */
static bool is_applet_shell(const struct program *program)
{
	return program->argument && text_is(last_part(program->name), "busybox") && names_shell(program->argument);
}

bool program_is_shell(const struct program *program)
{
	return (program->file && names_shell(program->file)) ||
	       (program->name && (names_shell(program->name + (program->name[0] == '-')) || is_applet_shell(program)));
}

bool program_names_shell(const char *file)
{
	return program_is_shell(&(struct program){.file = file});
}
