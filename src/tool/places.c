#include <config.h>

#include "places.h"

#include "elf.h"
#include "memory.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Traces are anybody's, and merely opening a device may do something. */
static int open_object(const char *path)
{
	struct stat status;

	if (*path != '/' || stat(path, &status) < 0 || !S_ISREG(status.st_mode))
		return -1;
	return open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static void look_up(struct symbol *symbol)
{
	char function[ELF_NAME] = "";
	int fd = open_object(symbol->place.object);

	if (fd >= 0) {
		symbol->known = elf_find(fd, symbol->place.offset, &symbol->address, function);
		close(fd);
	}
	symbol->function = memory_text(function);
}

int places_compare(struct place one, struct place other)
{
	int order = strcmp(one.object, other.object);

	return order ? order : one.offset < other.offset ? -1 : one.offset > other.offset;
}

static int compare_symbols(const void *one, const void *other)
{
	return places_compare(((const struct symbol *)one)->place, ((const struct symbol *)other)->place);
}

const struct symbol *places_symbol(struct place place)
{
	static void *symbols;
	int is_new;
	struct symbol *symbol =
		memory_one(&symbols, &(struct symbol){.place = place}, sizeof *symbol, compare_symbols, &is_new);

	if (is_new)
		look_up(symbol);
	return symbol;
}

const char *places_name(struct place place, bool whole)
{
	const struct symbol *symbol = places_symbol(place);
	const char *object = whole ? place.object : last_part(place.object);
	char number[40];
	char *name;
	const char *kept;

	if (!*place.object)
		return place.object;
	snprintf(number, sizeof number, "+%#llx", symbol->known ? symbol->address : place.offset);
	if (asprintf(&name, "%s%s%s%s%s", object, number, *symbol->function ? " (" : "", symbol->function,
		     *symbol->function ? ")" : "") < 0)
		return place.object;
	kept = memory_text(name);
	free(name);
	return kept;
}
