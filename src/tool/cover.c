#include <config.h>

#include "cover.h"

#include "library.h"
#include "policy.h"

#include <elf.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* libcloexec.so, or libcloexec-system.so and their like. */
static bool is_library(const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	size_t length = strlen(name);

	return length > 3 && strncmp(name, "libcloexec", 10) == 0 && strcmp(name + length - 3, ".so") == 0;
}

/* One line of /proc/PID/maps: `START-END r-xp OFFSET DEVICE INODE   PATH`.  Code counts: whoever reads the file as data
 * has it mapped too. */
static bool is_mapping(char *line, struct cover *cover)
{
	static const char deleted[] = " (deleted)";
	const char *mode = strchr(line, ' ');
	char *path = strchr(line, '/');
	size_t length;

	if (!mode || mode[3] != 'x' || !path)
		return false;
	length = strlen(path);
	cover->replaced = length >= sizeof deleted && strcmp(path + length - (sizeof deleted - 1), deleted) == 0;
	if (cover->replaced)
		path[length - (sizeof deleted - 1)] = '\0';
	if (!is_library(path))
		return false;
	strncpy(cover->library, path, sizeof cover->library - 1);
	return true;
}

/* Searches what is mapped, a piece at a time, for it ends where the library is found.  -1: it can't be read. */
static int search_maps(struct cover *cover, const struct process *process)
{
	char buffer[2 * PATH_MAX + 256];
	size_t kept = 0;
	int found = -1;
	int fd = openat(process->directory, "maps", O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return -1;
	while (found != 1 && (got = read(fd, buffer + kept, sizeof buffer - 1 - kept)) > 0) {
		char *end = buffer + kept + got;
		char *line = buffer;
		char *next;

		found = 0;
		for (; (next = memchr(line, '\n', (size_t)(end - line))); line = next + 1) {
			/* Most lines need no closer look. */
			if (!memmem(line, (size_t)(next - line), "/libcloexec", 11))
				continue;
			*next = '\0';
			if (is_mapping(line, cover)) {
				found = 1;
				break;
			}
		}
		kept = (size_t)(end - line);
		if (kept == sizeof buffer - 1)
			kept = 0; /* no path is as long as that */
		memmove(buffer, line, kept);
	}
	close(fd);
	return found;
}

int cover_secure(const struct process *process)
{
	enum { WORDS = 256, ONE_IS_FIRST = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ };
	uint32_t words[WORDS];
	long size = read_file(process->directory, "auxv", (char *)words, sizeof words);
	size_t count = size > 0 ? (size_t)size / sizeof *words : 0;
	/* Pairs of a type and a value, as wide as the process's own addresses: no type has an upper half, and the first
	 * value is no zero. */
	size_t width = count >= 2 && words[!ONE_IS_FIRST] == 0 ? 2 : 1;

	for (size_t i = 0; i + 2 * width <= count; i += 2 * width)
		if (words[i + (width - 1) * ONE_IS_FIRST] == AT_SECURE)
			return words[i + width + (width - 1) * ONE_IS_FIRST] != 0;
	return -1;
}

/* The environment that policy_read asks: it knows no more than a name. */
static const char *environment;
static size_t environment_size;

static char *find_variable(const char *name)
{
	size_t length = strlen(name);
	const char *end = environment + environment_size;

	for (const char *text = environment; text < end; text += strlen(text) + 1)
		if (strncmp(text, name, length) == 0 && text[length] == '=')
			return (char *)text + length + 1;
	return NULL;
}

bool cover_variable(const struct process *process, const char *name, void (*use)(void *data, const char *value),
		    void *data)
{
	char *whole = read_whole(process->directory, "environ", &environment_size);

	if (!whole)
		return false;
	environment = whole;
	use(data, find_variable(name));
	free(whole);
	return true;
}

static char *no_variable(const char *name)
{
	(void)name;
	return NULL;
}

/* Is it the system-wide library that acts, which spares shells by itself?  What LD_PRELOAD names comes before it. */
static bool spares_shells(const char *library, char *(*get)(const char *name))
{
	static const char system_wide[] = "/libcloexec-system.so";
	const char *preloaded = get("LD_PRELOAD");
	char entry[PATH_MAX];

	return strcmp(strrchr(library, '/'), system_wide) == 0 &&
	       (!preloaded || !library_listed(preloaded, entry) || strstr(entry, system_wide + 1));
}

/* Why the library, though loaded, does nothing there; NULL: it does, or that can't be told. */
static const char *switched_off(const struct process *process, const char *library)
{
	/* In secure execution the environment says nothing. */
	char *(*get)(const char *name) = cover_secure(process) == 1 ? no_variable : find_variable;
	char arguments[PATH_MAX] = "";
	struct program program = {
		.file = process->name,
		.executable = process->program,
		.process = process->pid,
	};
	struct policy policy;
	long length;
	char *whole = read_whole(process->directory, "environ", &environment_size);

	if (!whole)
		return NULL;
	length = read_file(process->directory, "cmdline", arguments, sizeof arguments);
	if (length > 0)
		program.name = arguments;
	if (length > (long)strlen(arguments) + 1)
		program.argument = arguments + strlen(arguments) + 1;
	environment = whole;
	policy_read(&policy, get, &program, NULL);
	if (!policy.keeps_none && !policy.cover_once && program_is_shell(&program) && spares_shells(library, get))
		policy.kept_program = true;
	free(whole);
	return !policy.on            ? "CLOEXEC_DEFAULT"
	       : policy.kept_program ? "CLOEXEC_KEEP_PROGRAMS"
	       : policy.audit        ? "CLOEXEC_AUDIT"
				     : NULL;
}

void cover_read(struct cover *cover, const struct process *process)
{
	int found;

	memset(cover, 0, sizeof *cover);
	found = search_maps(cover, process);
	if (found <= 0) {
		cover->state = found < 0 ? COVER_UNKNOWN : COVER_NONE;
		return;
	}
	cover->off = switched_off(process, cover->library);
	cover->state = cover->off ? COVER_OFF : COVER_ON;
}
