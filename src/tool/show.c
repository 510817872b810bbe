#include <config.h>

#include "show.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Reads all that comes from `fd`, and ends it.  NULL: that failed. */
static char *read_all(int fd)
{
	size_t room = 65536;
	size_t size = 0;
	char *text = malloc(room);

	while (text) {
		ssize_t part = read(fd, text + size, room - size - 1);

		if (part < 0 && errno == EINTR)
			continue;
		if (part <= 0) {
			text[size] = '\0';
			return text;
		}
		size += (size_t)part;
		if (size == room - 1) {
			char *larger = realloc(text, room *= 2);

			if (!larger)
				free(text);
			text = larger;
		}
	}
	return NULL;
}

/* Runs a command found in PATH, and gives what it wrote; NULL where it failed, having said why, unless it said so
 * itself. */
static char *output_of(const char *const *arguments)
{
	posix_spawn_file_actions_t actions;
	char *text = NULL;
	pid_t child;
	int ends[2];
	int status;
	int error;

	if (pipe2(ends, O_CLOEXEC) < 0 || posix_spawn_file_actions_init(&actions) != 0) {
		perror("cloexec: check");
		return NULL;
	}
	error = posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	if (!error)
		error = posix_spawnp(&child, arguments[0], &actions, NULL, (char *const *)(size_t)arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (!error)
		text = read_all(ends[0]);
	close(ends[0]);
	if (error) {
		fprintf(stderr, "cloexec: check: %s: %s\n", arguments[0], strerror(error));
		return NULL;
	}
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (text && status == 0)
		return text;
	free(text);
	return NULL;
}

static void split(struct show *show)
{
	for (char *line = show->text; *line && show->count < sizeof show->lines / sizeof *show->lines;) {
		char *end = line + strcspn(line, "\n");
		char *value = memchr(line, '=', (size_t)(end - line));
		char *next = *end ? end + 1 : end;

		*end = '\0';
		if (value) {
			*value++ = '\0';
			show->lines[show->count].name = line;
			show->lines[show->count++].value = value;
		}
		line = next;
	}
}

bool show_read(struct show *show, const char *unit, const char *const *properties)
{
	const char *arguments[48] = {"systemctl", "show", "--no-pager", "--property=Id,LoadState"};
	size_t count = 4;
	const char *state;

	*show = (struct show){0};
	while (*properties && count < sizeof arguments / sizeof *arguments - 4) {
		arguments[count++] = "--property";
		arguments[count++] = *properties++;
	}
	arguments[count++] = "--";
	arguments[count++] = unit;
	show->text = output_of(arguments);
	if (!show->text)
		return false;
	split(show);
	state = show_value(show, "LoadState", 0);
	if (state && strcmp(state, "loaded") == 0)
		return true;
	fprintf(stderr, "cloexec: check: %s: systemd has no such unit that it could start: %s\n", unit,
		state ? state : "no LoadState");
	return false;
}

void show_manager(struct show *show)
{
	static const char *const arguments[] = {"systemctl", "show", "--no-pager", "--property=Environment", NULL};

	*show = (struct show){.text = output_of(arguments)};
	if (show->text)
		split(show);
}

void show_free(struct show *show)
{
	free(show->text);
	show->text = NULL;
	show->count = 0;
}

const char *show_value(const struct show *show, const char *property, unsigned number)
{
	for (size_t i = 0; i < show->count; i++)
		if (strcmp(show->lines[i].name, property) == 0 && number-- == 0)
			return show->lines[i].value;
	return NULL;
}

bool show_word(const char **rest, char *word, size_t size)
{
	const char *text = *rest + strspn(*rest, " \t");
	size_t length = 0;
	char quote = '\0';

	if (!*text)
		return false;
	for (; *text && (quote || (*text != ' ' && *text != '\t')); text++) {
		char character = *text;

		if (character == quote && quote) {
			quote = '\0';
			continue;
		}
		if (!quote && (character == '"' || character == '\'')) {
			quote = character;
			continue;
		}
		if (character == '\\' && text[1])
			character = *++text;
		if (length < size - 1)
			word[length++] = character;
	}
	word[length] = '\0';
	*rest = text;
	return true;
}
