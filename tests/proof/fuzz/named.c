/* The scanner of arguments and environments that the hand-off rests on, and the patterns of programs: a line with the
 * file that is executed, lines of arguments, an empty line, lines of the environment. */
/* Links: src/named.c src/program.c */
#include "fuzz.h"

#include "named.h"
#include "program.h"

enum { TEXTS = 64 };

/* Reads up to an empty line or the end. */
static void read_texts(char *texts[TEXTS + 1], const uint8_t **data, size_t *size)
{
	int count = 0;
	char *text;

	while (count < TEXTS && (text = next_text(data, size))) {
		texts[count++] = text;
		if (!*text) {
			free(texts[--count]);
			break;
		}
	}
	texts[count] = NULL;
}

static void free_texts(char **texts)
{
	for (; *texts; texts++)
		free(*texts);
}

static void found(void *data, int number)
{
	unsigned *count = data;

	HOLDS(number > 2 && number < 1000000);
	HOLDS(named_kind(number));
	(*count)++;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *file = next_text(&data, &size);
	char *arguments[TEXTS + 1];
	char *environment[TEXTS + 1];
	unsigned count = 0;
	unsigned nothing = 0;

	read_texts(arguments, &data, &size);
	read_texts(environment, &data, &size);
	named_find(file, arguments, environment, found, &count);
	/* Nobody is told a number without arguments and environment; wild pointers are the kernel's affair. */
	named_find(file, NULL, NULL, found, &nothing);
	named_find((const char *)-1, (char *const *)1, (char *const *)-1, found, &nothing);
	HOLDS(nothing == 0);
	for (char **variable = environment; *variable; variable++)
		if (strncmp(*variable, "GATEWAY_INTERFACE=", 18) == 0 || strncmp(*variable, "REQUEST_METHOD=", 15) == 0)
			HOLDS(count == 0);
	for (char **argument = arguments; *argument; argument++) {
		int number = -1;

		if (named_descriptor_in(*argument, &number, true))
			HOLDS(named_descriptor_in(*argument, &number, false) && number >= 0);
		if (file)
			program_matches(&(struct program){.file = file, .name = file, .executable = file}, *argument,
					strlen(*argument));
	}
	if (file)
		named_is_helper(file);
	free_texts(arguments);
	free_texts(environment);
	free(file);
	return 0;
}
