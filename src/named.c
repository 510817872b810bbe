/* Reading arguments and environments by the forms of named.def. */
#include "named.h"

#include "program.h"
#include "raw.h"
#include "text.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>

enum place { IN_ARGUMENTS, IN_ITEMS, IN_VARIABLE, IN_VARIABLE_ITEMS };

static const struct row {
	const char *programs;
	const char *variable;
	const char *behind; /* an item comes at the beginning or behind one of these */
	const char *form;   /* words of a form, separated by blanks; or what an item begins with */
	const char *before; /* an item ends, or one of these follows */
	unsigned char place;
	unsigned char kinds;
} rows[] = {
#define ARGUMENT(programs, form, kinds)                                  {programs, NULL, "", form, "", IN_ARGUMENTS, kinds},
#define LIST(programs, behind, form, before, kinds)                      {programs, NULL, behind, form, before, IN_ITEMS, kinds},
#define VARIABLE(programs, name, form, kinds)                            {programs, name, "", form, "", IN_VARIABLE, kinds},
#define VARIABLES(programs, name, behind, form, before, kinds)           {programs, name, behind, form, before, IN_VARIABLE_ITEMS, kinds},
#include "named.def"
};
enum { ROWS = sizeof rows / sizeof *rows };

/* The rows of arguments come first in the table. */
enum {
	FIRST_VARIABLE = 0
#define ARGUMENT(...) +1
#define LIST(...)     +1
#define VARIABLE(...)
#define VARIABLES(...)
#include "named.def"
};

/* What each row's variable was worth at start; 0: it was not there. */
static uint32_t initial[ROWS];

/* Half of a pair: of the family of local sockets, and without a name. */
static bool is_pair(int fd)
{
	struct sockaddr_un address;
	socklen_t length = sizeof address;

	return raw(SYS_getsockname, fd, &address, &length) == 0 && address.sun_family == AF_UNIX &&
	       length == sizeof address.sun_family;
}

unsigned named_kind(int fd)
{
	/* struct statx: its mode is a 16-bit number at 28, on every machine. */
	enum { MODE_AT = 28, WANT_TYPE = 1 };
	unsigned char about[256];
	uint16_t mode;

	if (raw(SYS_statx, fd, "", AT_EMPTY_PATH, WANT_TYPE, about) < 0)
		return 0;
	memcpy(&mode, about + MODE_AT, sizeof mode);
	if (S_ISSOCK(mode))
		return NAMED_SOCKET | (is_pair(fd) ? NAMED_PAIR : 0);
	return S_ISFIFO(mode) ? NAMED_PIPE : NAMED_OTHER;
}

bool named_is_address(const void *pointer)
{
	uintptr_t address = (uintptr_t)pointer;

	return address >= 4096 && address < (uintptr_t)-4096;
}

/* Steps over the number at `*text`.  False: there is none. */
static bool read_number(const char **text, int *number)
{
	const char *digit = *text;
	int value = 0;

	for (; *digit >= '0' && *digit <= '9' && value < 100000; digit++)
		value = value * 10 + (*digit - '0');
	if (digit == *text || (*digit >= '0' && *digit <= '9'))
		return false;
	*number = value;
	*text = digit;
	return true;
}

bool named_descriptor_in(const char *text, int *number, bool whole)
{
	return (text_skip(&text, "/proc/self/fd/") || text_skip(&text, "/dev/fd/")) && read_number(&text, number) &&
	       (!*text || (!whole && *text == '/'));
}

/* One word of a form, up to a blank, against a whole text. */
static bool matches(const char *form, const char *text, int *number)
{
	for (; *form && *form != ' '; form++)
		if (*form == '%') {
			if (!read_number(&text, number))
				return false;
		} else if (*form == '*') {
			for (;; text++) {
				if (matches(form + 1, text, number))
					return true;
				if (!*text)
					return false;
			}
		} else if (*form != *text++) {
			return false;
		}
	return !*text;
}

/* Who is told, and which kinds of descriptors the row at hand may name. */
struct listener {
	void (*found)(void *data, int number);
	void *data;
	unsigned kinds;
};

static void tell(const struct listener *listener, int number)
{
	if (number > STDERR_FILENO && (named_kind(number) & listener->kinds))
		listener->found(listener->data, number);
}

/* The words of a form against as many arguments. */
static void match_arguments(const struct row *row, char *const *arguments, const struct listener *listener)
{
	enum { NUMBERS = 4 };
	int numbers[NUMBERS];
	unsigned count = 0;

	for (const char *word = row->form; *word; word = text_find(word, ' ')) {
		int number = -1;

		word += *word == ' ';
		if (!*arguments || !matches(word, *arguments++, &number))
			return;
		if (number >= 0 && count < NUMBERS)
			numbers[count++] = number;
	}
	for (unsigned i = 0; i < count; i++)
		tell(listener, numbers[i]);
}

/* Every item of a list. */
static void match_items(const struct row *row, const char *text, const struct listener *listener)
{
	for (const char *start = text; *start; start++) {
		const char *rest = start;
		int number;

		if (start > text && !text_has(row->behind, start[-1]))
			continue;
		if (text_skip(&rest, row->form) && read_number(&rest, &number) && (!*rest || text_has(row->before, *rest)))
			tell(listener, number);
	}
}

/* The value of `name` if `entry` is that variable, or NULL. */
static const char *value_of(const char *entry, const char *name)
{
	return text_skip(&entry, name) && *entry == '=' ? entry + 1 : NULL;
}

static const char *variable(char *const *environment, const char *name)
{
	const char *value = NULL;

	for (; *environment && !value; environment++)
		value = value_of(*environment, name);
	return value;
}

/* Never 0. */
static uint32_t hash(const char *text)
{
	uint32_t value = 2166136261U;

	for (; *text; text++)
		value = (value ^ (unsigned char)*text) * 16777619U;
	return value | 1;
}

/* Most of an environment begins with another letter than any variable of the table. */
static bool may_name(const char *entry)
{
	switch (*entry) {
	case 'F':
	case 'H':
	case 'N':
	case 'P':
	case 'W':
	case '_':
		return true;
	default:
		return false;
	}
}

void named_start(void)
{
	for (char **entry = environ; entry && *entry; entry++) {
		if (!may_name(*entry))
			continue;
		for (unsigned row = FIRST_VARIABLE; row < ROWS; row++) {
			const char *name = rows[row].variable;
			const char *value = *name == **entry ? value_of(*entry, name) : NULL;

			if (value)
				initial[row] = hash(value);
		}
	}
}

static bool names_program(const char *programs, const char *file)
{
	struct program program = {.file = file};

	for (;;) {
		const char *end = text_find(programs, ',');

		if (*programs == '*' || (file && program_name_matches(&program, programs, (size_t)(end - programs))))
			return true;
		if (!*end)
			return false;
		programs = end + 1;
	}
}

static void match_row(const struct row *row, char *const *arguments, char *const *environment,
		      const struct listener *listener)
{
	const char *value = NULL;

	if (row->variable && named_is_address(environment))
		value = variable(environment, row->variable);
	if (value && hash(value) == initial[row - rows])
		return;
	if (row->place == IN_VARIABLE && value) {
		int number;

		if (matches(row->form, value, &number))
			tell(listener, number);
	} else if (row->place == IN_VARIABLE_ITEMS && value) {
		match_items(row, value, listener);
	} else if (!row->variable && named_is_address(arguments) && *arguments) {
		while (*++arguments)
			if (row->place == IN_ITEMS)
				match_items(row, *arguments, listener);
			else
				match_arguments(row, arguments, listener);
	}
}

/* systemd's protocol: LISTEN_FDS descriptors from 3 on, for the process that LISTEN_PID names. */
static void match_listen(char *const *environment, const struct listener *listener)
{
	enum { FIRST = 3 };
	const char *count = variable(environment, "LISTEN_FDS");
	const char *process = variable(environment, "LISTEN_PID");
	int fds, id;

	if (!count || !process || !read_number(&count, &fds) || !matches("%", process, &id) || *count ||
	    id != raw(SYS_getpid))
		return;
	for (int fd = FIRST; fd < FIRST + fds; fd++)
		tell(listener, fd);
}

void named_find(const char *file, char *const *arguments, char *const *environment,
		void (*found)(void *data, int number), void *data)
{
	struct listener listener = {found, data, NAMED_ANY};

	if (!named_is_address(file))
		file = NULL;
	if (named_is_address(environment)) {
		if (variable(environment, "GATEWAY_INTERFACE") || variable(environment, "REQUEST_METHOD"))
			return;
		match_listen(environment, &listener);
	}
	for (const struct row *row = rows; row < rows + ROWS; row++)
		if (names_program(row->programs, file)) {
			listener.kinds = row->kinds;
			match_row(row, arguments, environment, &listener);
		}
}

bool named_is_helper(const char *file)
{
	return named_is_address(file) && program_name_matches(&(struct program){.file = file}, "jspawnhelper", 12);
}
