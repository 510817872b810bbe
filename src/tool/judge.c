#include <config.h>

#include "judge.h"

#include "elf.h"
#include "library.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#ifdef HAVE_SYS_XATTR_H
#include <sys/xattr.h>
#endif

/* How many interpreters the kernel goes through: a script whose interpreter is a script, and so on. */
enum { SCRIPT_DEPTH = 5 };

__attribute__((format(printf, 4, 5))) static void conclude(struct judgement *judgement, enum verdict verdict,
							   const char *word, const char *format, ...)
{
	va_list list;

	judgement->verdict = verdict;
	judgement->word = word;
	va_start(list, format);
	vsnprintf(judgement->reason, sizeof judgement->reason, format, list);
	va_end(list);
}

static bool has_capabilities(int fd)
{
#ifdef HAVE_SYS_XATTR_H
	return fgetxattr(fd, "security.capability", NULL, 0) > 0;
#else
	(void)fd;
	return false;
#endif
}

/* Why the kernel would set AT_SECURE, which makes the loader ignore LD_PRELOAD; NULL if it would not.  Linux: bits and
 * capabilities of the file count unless the mount is nosuid, bits not after PR_SET_NO_NEW_PRIVS, and capabilities not
 * where root executes. */
static const char *secure_execution(int fd, const struct stat *file)
{
	struct statvfs mount;
	bool nosuid = fstatvfs(fd, &mount) == 0 && (mount.f_flag & ST_NOSUID);
	bool bits_count = !nosuid && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1;
	bool set_user = bits_count && (file->st_mode & S_ISUID);
	/* Without group execution the bit means mandatory locking. */
	bool set_group = bits_count && (file->st_mode & S_ISGID) && (file->st_mode & S_IXGRP);

	if (set_user ? file->st_uid != getuid() : geteuid() != getuid())
		return set_user ? "it is set-user-ID, and the loader ignores LD_PRELOAD in such programs"
				: "the caller's own user IDs differ, and the loader ignores LD_PRELOAD then";
	if (set_group ? file->st_gid != getgid() : getegid() != getgid())
		return set_group ? "it is set-group-ID, and the loader ignores LD_PRELOAD in such programs"
				 : "the caller's own group IDs differ, and the loader ignores LD_PRELOAD then";
	if (getuid() != 0 && !nosuid && has_capabilities(fd))
		return "it has file capabilities, and the loader ignores LD_PRELOAD in such programs";
	return NULL;
}

/* A static program's reason: Go programs are so many that they are told apart. */
static void judge_static(int fd, const struct elf *elf, struct judgement *judgement)
{
	struct elf_sections sections;
	bool go = elf_sections_read(&sections, fd, elf) && elf_is_go(&sections);

	elf_sections_free(&sections);
	if (go)
		conclude(judgement, NOT_COVERABLE, "go",
			 "it is statically linked, as Go programs are, and nothing can be preloaded into it");
	else
		conclude(judgement, NOT_COVERABLE, "static",
			 "it is statically linked, and nothing can be preloaded into it");
}

/* A preload by name alone gets the library that fits, if there is one. */
static bool judge_other_machine(const struct elf *elf, const struct elf *self, struct judgement *judgement)
{
	if (library_find(elf, judgement->library))
		return true;
	conclude(judgement, NOT_COVERABLE, "architecture",
		 "it is for another architecture (%d-bit, ELF machine %d) than this libcloexec.so (%d-bit, %d), and "
		 "none "
		 "for it is installed",
		 elf->bits, elf->machine, self->bits, self->machine);
	return false;
}

static void judge_other_libc(const struct elf *elf, const struct elf *self, struct judgement *judgement)
{
	char library[PATH_MAX];
	bool installed = library_find(elf, library);

	conclude(judgement, NOT_COVERABLE, "libc", "its C library is %s, and this libcloexec.so was built for %s; %s%s",
		 libc_of(elf->interpreter), libc_of(self->interpreter),
		 installed ? "the one for it is " : "none for it is installed", installed ? library : "");
	judgement->other_libc = true;
}

static void judge_elf(int fd, const struct stat *file, const struct elf *elf, struct judgement *judgement)
{
	struct elf self;
	const char *secure;

	if (!elf_self(&self))
		conclude(judgement, NOT_COVERABLE, "unknown", "whether it can be covered can't be told without /proc");
	else if (!elf->interpreter[0])
		judge_static(fd, elf, judgement);
	else if (!elf_same_machine(elf, &self) && !judge_other_machine(elf, &self, judgement))
		return;
	else if (access(elf->interpreter, X_OK) < 0)
		conclude(judgement, NOT_EXECUTABLE, "loader", "its loader %s: %s", elf->interpreter, strerror(errno));
	else if (!*judgement->library && strcmp(libc_of(elf->interpreter), libc_of(self.interpreter)) != 0)
		judge_other_libc(elf, &self, judgement);
	else if ((secure = secure_execution(fd, file)))
		conclude(judgement, NOT_COVERABLE, "secure", "%s", secure);
	else
		conclude(judgement, COVERABLE, NULL, "%s", "");
}

/* Reads the two of a first line `#! /path argument`. */
static bool read_script(int fd, char interpreter[PATH_MAX], char argument[PATH_MAX])
{
	char line[PATH_MAX + 2];
	ssize_t size = pread(fd, line, sizeof line - 1, 0);
	const char *start;
	size_t length;

	if (size < 2 || line[0] != '#' || line[1] != '!')
		return false;
	line[size] = '\0';
	start = line + 2 + strspn(line + 2, " \t");
	length = strcspn(start, " \t\n");
	if (length >= PATH_MAX)
		return false;
	memcpy(interpreter, start, length);
	interpreter[length] = '\0';
	start += length + strspn(start + length, " \t");
	snprintf(argument, PATH_MAX, "%.*s", (int)strcspn(start, "\n"), start);
	return length > 0;
}

/* The program that env looks for in PATH: `#!/usr/bin/env NAME` or `#!/usr/bin/env -S [NAME=VALUE]... NAME ...`.  False
 * where there is more to it, or none of that name. */
static bool find_for_env(const char *interpreter, char *argument, char path[PATH_MAX])
{
	const char *slash = strrchr(interpreter, '/');
	const char *separators = strncmp(argument, "-S", 2) == 0 ? " \t" : "";
	char *rest = argument + (*separators ? 2 : 0);
	const char *name;

	if (strcmp(slash ? slash + 1 : interpreter, "env") != 0)
		return false;
	do
		name = strtok_r(rest, separators, &rest);
	while (name && strchr(name, '='));
	return name && find_command(name, path) == COVERABLE;
}

static void judge_file(const char *path, struct judgement *judgement, int depth);

/* What runs is the interpreter, or what that is to find. */
static void judge_script(const char *interpreter, char *argument, struct judgement *judgement, int depth)
{
	struct judgement inner = {0};
	char found[PATH_MAX];

	judge_file(interpreter, &inner, depth + 1);
	if ((inner.verdict == COVERABLE || inner.verdict == NOT_COVERABLE) &&
	    find_for_env(interpreter, argument, found)) {
		inner = (struct judgement){0};
		interpreter = found;
		judge_file(interpreter, &inner, depth + 1);
	}
	judgement->script = true;
	judgement->other_libc = inner.other_libc;
	memcpy(judgement->program, inner.program, sizeof judgement->program);
	memcpy(judgement->library, inner.library, sizeof judgement->library);
	if (inner.verdict == COVERABLE)
		conclude(judgement, COVERABLE, NULL, "%s", "");
	else
		conclude(judgement, inner.verdict == NOT_COVERABLE ? NOT_COVERABLE : NOT_EXECUTABLE, inner.word,
			 "its interpreter %s: %.*s", interpreter, PATH_MAX / 2, inner.reason);
}

static void judge_open_file(const char *path, int fd, struct judgement *judgement, int depth)
{
	struct stat file;
	struct elf elf;
	enum elf_result result;
	char interpreter[PATH_MAX];
	char argument[PATH_MAX];

	if (fstat(fd, &file) < 0 || !S_ISREG(file.st_mode)) {
		conclude(judgement, NOT_EXECUTABLE, "type", "not a regular file");
		return;
	}
	result = elf_read(fd, &elf);
	if (result == ELF_READ) {
		judge_elf(fd, &file, &elf, judgement);
	} else if (result == ELF_BROKEN) {
		conclude(judgement, NOT_EXECUTABLE, "damaged", "a damaged ELF file");
	} else if (read_script(fd, interpreter, argument)) {
		judge_script(interpreter, argument, judgement, depth);
	} else {
		conclude(judgement, NOT_EXECUTABLE, "format",
			 "neither an ELF program nor a script with #!; if it is a shell script, run it as: sh %s",
			 path);
	}
}

static void judge_file(const char *path, struct judgement *judgement, int depth)
{
	struct stat file;
	int fd;

	if (depth > SCRIPT_DEPTH) {
		conclude(judgement, NOT_EXECUTABLE, "depth",
			 "more than five scripts, each the interpreter of the one before");
		return;
	}
	/* Merely opening a device may do something. */
	if (stat(path, &file) == 0 && !S_ISREG(file.st_mode)) {
		conclude(judgement, NOT_EXECUTABLE, "type", "not a regular file");
		return;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0) {
		if (errno == EACCES && faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0)
			conclude(judgement, NOT_COVERABLE, "unreadable",
				 "it can't be read, so whether it can be covered can't be told");
		else
			conclude(judgement, errno == ENOENT || errno == ENOTDIR ? NOT_FOUND : NOT_EXECUTABLE, "open",
				 "%s", strerror(errno));
		return;
	}
	snprintf(judgement->program, sizeof judgement->program, "%s", path);
	judge_open_file(path, fd, judgement, depth);
	close(fd);
	if ((judgement->verdict == COVERABLE || judgement->verdict == NOT_COVERABLE) &&
	    faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) < 0)
		conclude(judgement, NOT_EXECUTABLE, "permission", "%s", strerror(errno));
}

void judge(const char *path, struct judgement *judgement)
{
	*judgement = (struct judgement){0};
	judge_file(path, judgement, 0);
}

static bool is_executable_file(const char *path)
{
	struct stat file;

	return stat(path, &file) == 0 && S_ISREG(file.st_mode) && faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0;
}

enum verdict find_command(const char *name, char path[PATH_MAX])
{
	const char *search = getenv("PATH");
	char candidate[PATH_MAX];
	enum verdict best = NOT_FOUND;

	if (strchr(name, '/')) {
		snprintf(path, PATH_MAX, "%s", name);
		if (is_executable_file(name))
			return COVERABLE;
		/* It may be there, and a directory on the way to it closed to us. */
		return access(name, F_OK) == 0 || errno == EACCES || errno == ELOOP ? NOT_EXECUTABLE : NOT_FOUND;
	}
	if (!search)
		search = "/usr/local/bin:/usr/bin:/bin";
	for (bool more = *name != '\0'; more; search++) {
		size_t length = strcspn(search, ":");
		/* An empty part of PATH is the working directory. */
		int written = snprintf(candidate, sizeof candidate, "%.*s%s%s", (int)length, search,
				       length ? "/" : "./", name);
		struct stat file;

		search += length;
		more = *search != '\0';
		if (written < 0 || (size_t)written >= sizeof candidate)
			continue;
		if (is_executable_file(candidate)) {
			memcpy(path, candidate, sizeof candidate);
			return COVERABLE;
		}
		if (best == NOT_FOUND && stat(candidate, &file) == 0 && !S_ISDIR(file.st_mode)) {
			memcpy(path, candidate, sizeof candidate);
			best = NOT_EXECUTABLE;
		}
	}
	return best;
}
