#include <config.h>

#include "library.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *libc_of(const char *interpreter)
{
	const char *slash = strrchr(interpreter, '/');
	const char *name = slash ? slash + 1 : interpreter;

	if (strncmp(name, "ld-musl", 7) == 0)
		return "musl";
	if (strncmp(name, "ld-uClibc", 9) == 0)
		return "uClibc";
	if (strncmp(name, "linker", 6) == 0)
		return "bionic";
	return "glibc";
}

/* glibc's is libc.so.6 everywhere but on the oldest ports; what else there is has other names. */
static void judge_libc(void *data, const char *needed)
{
	*(bool *)data |= strncmp(needed, "libc.so.6", 9) == 0;
}

static bool fits(const char *path, const struct elf *program)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct elf elf;
	struct elf_sections sections;
	bool for_glibc = false;
	bool same = fd >= 0 && elf_read(fd, &elf) == ELF_READ && elf_same_machine(&elf, program);

	if (same) {
		if (elf_sections_read(&sections, fd, &elf))
			elf_needed(&sections, judge_libc, &for_glibc);
		elf_sections_free(&sections);
		same = for_glibc == (strcmp(libc_of(program->interpreter), "glibc") == 0);
	}
	if (fd >= 0)
		close(fd);
	return same;
}

static bool search(const char *directories, const struct elf *program, char path[PATH_MAX])
{
	char pattern[PATH_MAX];
	glob_t found;
	bool fitting = false;

	if ((size_t)snprintf(pattern, sizeof pattern, "%s/libcloexec.so", directories) >= sizeof pattern)
		return false;
	if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc && !fitting; i++) {
			fitting = fits(found.gl_pathv[i], program);
			if (fitting)
				snprintf(path, PATH_MAX, "%s", found.gl_pathv[i]);
		}
	globfree(&found);
	return fitting;
}

/* A file of the loader's configuration: directories and comments, a line each; what it includes is found by the caller.
 */
static bool search_listed(const char *file, const struct elf *program, char path[PATH_MAX])
{
	FILE *list = fopen(file, "re");
	char line[PATH_MAX];
	bool found = false;

	while (list && !found && fgets(line, sizeof line, list)) {
		line[strcspn(line, " \t\n#")] = '\0';
		found = *line == '/' && search(line, program, path);
	}
	if (list)
		fclose(list);
	return found;
}

bool library_find(const struct elf *program, char path[PATH_MAX])
{
	static const char *const usual[] = {"/lib*",
					    "/usr/lib*",
					    "/usr/lib/*-linux-*",
					    "/usr/local/lib*",
					    "/usr/local/lib/*-linux-*",
					    "/usr/lib/musl/lib*",
					    "/usr/local/musl/lib"};
	glob_t configuration;
	bool found = false;

	for (size_t i = 0; i < sizeof usual / sizeof *usual && !found; i++)
		found = search(usual[i], program, path);
	if (!found)
		found = search_listed("/etc/ld.so.conf", program, path);
	if (!found && glob("/etc/ld.so.conf.d/*.conf", 0, NULL, &configuration) == 0) {
		for (size_t i = 0; i < configuration.gl_pathc && !found; i++)
			found = search_listed(configuration.gl_pathv[i], program, path);
		globfree(&configuration);
	}
	return found;
}

bool library_listed(const char *list, char entry[PATH_MAX])
{
	for (; *list; list += strspn(list, ": \t\n")) {
		size_t length = strcspn(list, ": \t\n");
		const char *name;

		snprintf(entry, PATH_MAX, "%.*s", (int)length, list);
		name = strrchr(entry, '/');
		name = name ? name + 1 : entry;
		if (strcmp(name, "libcloexec.so") == 0 || strcmp(name, "libcloexec-system.so") == 0)
			return true;
		list += length;
	}
	return false;
}

bool library_is_system_wide(const char *root)
{
	char path[PATH_MAX];
	char line[2 * PATH_MAX];
	char entry[PATH_MAX];
	bool found = false;
	FILE *file;

	snprintf(path, sizeof path, "%s/etc/ld.so.preload", root);
	file = fopen(path, "re");
	while (file && !found && fgets(line, sizeof line, file)) {
		line[strcspn(line, "#")] = '\0';
		found = library_listed(line, entry);
	}
	if (file)
		fclose(file);
	return found;
}
