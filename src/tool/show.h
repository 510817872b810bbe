/* The settings of a unit, as systemctl shows them. */
#ifndef CLOEXEC_SHOW_H
#define CLOEXEC_SHOW_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

struct show {
	char *text;
	size_t count;
	struct {
		const char *name;
		const char *value;
	} lines[64];
};

/* Runs `systemctl show` for those properties (NULL after the last) of a unit.  False, having said why on standard
 * error: there is no systemctl, it can't reach systemd, or the unit is not loaded.  show_free() comes afterwards in any
 * case. */
bool show_read(struct show *show, const char *unit, const char *const *properties);

/* The environment that the manager gives to each of its units, DefaultEnvironment= among it, as the property
 * Environment; no property where systemctl fails.  show_free() comes afterwards. */
void show_manager(struct show *show);

void show_free(struct show *show);

/* The value of the property, `number` 0 being the first of several; NULL: no more.  A property that systemctl does not
 * know, or has nothing to say of, has none, or an empty one. */
const char *show_value(const struct show *show, const char *property, unsigned number);

/* Takes the next word off `*rest` into `word`, cut to its size, quotes and backslashes undone; false: there is none. */
bool show_word(const char **rest, char *word, size_t size);

#endif
