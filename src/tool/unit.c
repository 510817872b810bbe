#include <config.h>

#include "unit.h"

#include "unit-filter.h"
#include "judge.h"
#include "library.h"
#include "policy.h"
#include "show.h"

#include <errno.h>
#include <glob.h>
#include <grp.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const properties[] = {
	"ExecStart",
	"Environment",
	"EnvironmentFiles",
	"UnsetEnvironment",
	"User",
	"Group",
	"DynamicUser",
	"NoNewPrivileges",
	"SystemCallFilter",
	"SystemCallErrorNumber",
	"NoExecPaths",
	"ExecPaths",
	"RootDirectory",
	NULL,
};

enum { VALUE_SIZE = 4096 };

struct unit {
	struct show show;
	struct show manager;
	void (*tell)(void *data, const char *word, const char *text);
	void *data;
	int told;
	bool system_wide; /* /etc/ld.so.preload has the library, whatever the unit says */
	bool atomic;      /* the library adds flags and substitutes system calls */
};

__attribute__((format(printf, 3, 4))) static void tell(struct unit *unit, const char *word, const char *format, ...)
{
	char text[3 * PATH_MAX];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	unit->tell(unit->data, word, text);
	unit->told++;
}

static const char *setting(const struct unit *unit, const char *property)
{
	const char *value = show_value(&unit->show, property, 0);

	return value ? value : "";
}

static bool is_on(const struct unit *unit, const char *property)
{
	return strcmp(setting(unit, property), "yes") == 0;
}

/* Is `wanted` one of the words? */
static bool has_word(const char *words, const char *wanted)
{
	char word[VALUE_SIZE];

	while (show_word(&words, word, sizeof word))
		if (strcmp(word, wanted) == 0)
			return true;
	return false;
}

/* One of the unit's files with assignments: the last of `name` that is in it.  What systemd reads, but for lines that
 * are continued. */
static bool read_file(const char *path, const char *name, char value[VALUE_SIZE])
{
	FILE *file = fopen(path, "re");
	char line[VALUE_SIZE];
	size_t length = strlen(name);
	bool found = false;

	while (file && fgets(line, sizeof line, file)) {
		const char *start = line + strspn(line, " \t");

		line[strcspn(line, "\r\n")] = '\0';
		if (strncmp(start, name, length) == 0 && start[length] == '=') {
			start += length + 1;
			start += strspn(start, " \t");
			found = true;
			/* White space ends a value nowhere but at the end of the line. */
			if (*start == '"' || *start == '\'')
				show_word(&start, value, VALUE_SIZE);
			else
				snprintf(value, VALUE_SIZE, "%s", start);
		}
	}
	if (file)
		fclose(file);
	return found;
}

/* The same of all files that a pattern names, in order: EnvironmentFile= may be one. */
static bool read_files(const char *pattern, const char *name, char value[VALUE_SIZE])
{
	bool found = false;
	glob_t files;

	if (glob(pattern, 0, NULL, &files) != 0)
		return false;
	for (size_t i = 0; i < files.gl_pathc; i++)
		found = read_file(files.gl_pathv[i], name, value) || found;
	globfree(&files);
	return found;
}

/* The last of `name` among the assignments that a property of the unit, or of the manager, is. */
static bool read_words(const struct show *show, const char *name, char value[VALUE_SIZE])
{
	const char *words = show_value(show, "Environment", 0);
	size_t length = strlen(name);
	char word[VALUE_SIZE];
	bool found = false;

	while (words && show_word(&words, word, sizeof word))
		if (strncmp(word, name, length) == 0 && word[length] == '=') {
			strcpy(value, word + length + 1); // NOLINT(clang-analyzer-security.insecureAPI.strcpy): both have the same size
			found = true;
		}
	return found;
}

/* What the program will have for that variable.  The manager's DefaultEnvironment= comes first, then Environment=, the
 * files, and UnsetEnvironment=. */
static bool variable(const struct unit *unit, const char *name, char value[VALUE_SIZE])
{
	char word[VALUE_SIZE];
	bool found = read_words(&unit->manager, name, value);
	const char *path;

	found = read_words(&unit->show, name, value) || found;
	for (unsigned i = 0; (path = show_value(&unit->show, "EnvironmentFiles", i)); i++)
		if (show_word(&path, word, sizeof word) && read_files(word, name, value))
			found = true;
	snprintf(word, sizeof word, "%s", setting(unit, "UnsetEnvironment"));
	return found && !has_word(word, name);
}

/* Path lists nest: of NoExecPaths= and ExecPaths= the entry that is nearest to the path counts. */
static size_t nearest(const char *paths, const char *path)
{
	char word[VALUE_SIZE];
	size_t best = 0;

	while (show_word(&paths, word, sizeof word)) {
		const char *entry = word + strspn(word, "-+");
		size_t length = strlen(entry);

		if (length > 1 && entry[length - 1] == '/')
			length--;
		if (length == 1 || (strncmp(entry, path, length) == 0 && (path[length] == '/' || !path[length])))
			best = length > best ? length : best;
	}
	return best;
}

static void check_library(struct unit *unit, const char *entry)
{
	char path[2 * PATH_MAX];
	struct stat file;

	if (strchr(entry, '$'))
		return;
	if (!strchr(entry, '/'))
		snprintf(path, sizeof path, "%s/%s", LIBDIR, entry);
	else
		snprintf(path, sizeof path, "%s", entry);
	if (nearest(setting(unit, "NoExecPaths"), path) > nearest(setting(unit, "ExecPaths"), path))
		tell(unit, "no-exec", "NoExecPaths= keeps the loader from %s: add ExecPaths=%s", path, path);
	if (*setting(unit, "RootDirectory") && strchr(entry, '/')) {
		snprintf(path, sizeof path, "%s%s", setting(unit, "RootDirectory"), entry);
		if (stat(path, &file) < 0)
			tell(unit, "root", "RootDirectory=%s: %s is not in it: %s", setting(unit, "RootDirectory"),
			     entry, strerror(errno));
	}
}

/* Where libraries are preloaded from, and the policy.  The parser is the library's own, so its answers are too. */
static struct unit *judged;

static char *policy_variable(const char *name)
{
	static char value[VALUE_SIZE];

	return variable(judged, name, value) ? value : NULL;
}

static void complain(const char *name, const char *option, const char *value, const char *reason)
{
	(void)option;
	tell(judged, "policy", "%s: '%s': %s; it will be ignored", name, value, reason);
}

static void check_environment(struct unit *unit)
{
	char value[VALUE_SIZE] = "";
	char entry[PATH_MAX];
	struct policy policy;
	bool preloads = variable(unit, "LD_PRELOAD", value) && library_listed(value, entry);

	if (!preloads && !unit->system_wide) {
		if (has_word(setting(unit, "UnsetEnvironment"), "LD_PRELOAD"))
			tell(unit, "environment", "UnsetEnvironment= takes LD_PRELOAD away");
		else
			tell(unit, "environment",
			     "its environment has no LD_PRELOAD=libcloexec.so: "
			     "Environment= or a file of EnvironmentFile= sets it");
		return;
	}
	if (preloads)
		check_library(unit, entry);
	judged = unit;
	policy_read(&policy, policy_variable, NULL, complain);
	unit->atomic = policy.atomic;
	if (!policy.on)
		tell(unit, "off", "CLOEXEC_DEFAULT turns the library off");
	if (preloads && !unit->system_wide && !policy.bad && !policy.keeps_none &&
	    !(variable(unit, "CLOEXEC_KEEP_PROGRAMS", value) && strstr(value, "@shells")))
		tell(unit, "shells",
		     "shells are covered too, and scripts below it can't pass on what they mean to: add "
		     "CLOEXEC_KEEP_PROGRAMS=@shells, or none to have it so");
}

/* The number behind User= or Group=; -1 where it is not known yet, as with DynamicUser=. */
static long identity(const struct unit *unit, bool group)
{
	const char *name = setting(unit, group ? "Group" : "User");
	const struct passwd *user = *name ? getpwnam(name) : NULL;
	const struct group *found = *name ? getgrnam(name) : NULL;
	char *end;
	long number = strtol(name, &end, 10);

	if (!*name && group && *setting(unit, "User")) {
		user = getpwnam(setting(unit, "User"));
		return user ? (long)user->pw_gid : -1;
	}
	if (!*name)
		return is_on(unit, "DynamicUser") ? -1 : 0;
	if (!*end)
		return number;
	if (group)
		return found ? (long)found->gr_gid : -1;
	return user ? (long)user->pw_uid : -1;
}

/* The program: what the kernel would make a set-user-ID one of, the loader believes no LD_PRELOAD in, unless
 * NoNewPrivileges= takes the bit's effect away, and with it most likely what the program is there for. */
static void check_program(struct unit *unit, const char *path)
{
	struct judgement judgement;
	struct stat file;
	const char *kind = NULL;

	if (stat(path, &file) < 0) {
		tell(unit, "program", "%s: %s", path, strerror(errno));
		return;
	}
	if ((file.st_mode & S_ISUID) && (long)file.st_uid != identity(unit, false))
		kind = "set-user-ID";
	else if ((file.st_mode & S_ISGID) && (file.st_mode & S_IXGRP) && (long)file.st_gid != identity(unit, true))
		kind = "set-group-ID";
	if (kind && is_on(unit, "NoNewPrivileges"))
		tell(unit, "no-new-privileges", "%s is %s, which has no effect with NoNewPrivileges=yes", path, kind);
	else if (kind && !unit->system_wide)
		tell(unit, "set-id",
		     "%s is %s, and the loader ignores LD_PRELOAD in it; cloexec-system(8) covers such programs", path,
		     kind);
	judge(path, &judgement);
	if (!kind && judgement.verdict != COVERABLE)
		tell(unit, "program", "%s: %s", path, judgement.reason);
}

/* Where systemd finds a program of that name, or of that path, below RootDirectory=. */
static void find_program(const struct unit *unit, const char *name, int length, char path[PATH_MAX])
{
	static const char *const places[] = {"/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/",
					     "/usr/bin/",        "/sbin/",          "/bin/"};
	const char *root = setting(unit, "RootDirectory");

	if (*name == '/') {
		snprintf(path, PATH_MAX, "%s%.*s", root, length, name);
		return;
	}
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		snprintf(path, PATH_MAX, "%s%s%.*s", root, places[i], length, name);
		if (access(path, X_OK) == 0)
			return;
	}
	snprintf(path, PATH_MAX, "%.*s", length, name);
}

static void check_programs(struct unit *unit)
{
	static const char key[] = "{ path=";
	const char *line;
	const char *end;

	for (unsigned i = 0; (line = show_value(&unit->show, "ExecStart", i)); i++) {
		char path[PATH_MAX];

		if (strncmp(line, key, sizeof key - 1) != 0)
			continue;
		line += sizeof key - 1;
		end = strstr(line, " ; argv[]=");
		find_program(unit, line, end ? (int)(end - line) : 0, path);
		check_program(unit, path);
	}
}

static void tell_of_filter(void *data, const char *text)
{
	tell(data, "system-calls", "%s", text);
}

int unit_check(const char *name, void (*tell_all)(void *data, const char *word, const char *text), void *data)
{
	struct unit unit = {.tell = tell_all, .data = data, .atomic = true};

	if (!show_read(&unit.show, name, properties)) {
		show_free(&unit.show);
		return -1;
	}
	show_manager(&unit.manager);
	unit.system_wide = library_is_system_wide(setting(&unit, "RootDirectory"));
	check_environment(&unit);
	check_programs(&unit);
	filter_check(setting(&unit, "SystemCallFilter"), strtol(setting(&unit, "SystemCallErrorNumber"), NULL, 10),
		     unit.atomic, tell_of_filter, &unit);
	show_free(&unit.manager);
	show_free(&unit.show);
	return unit.told;
}
