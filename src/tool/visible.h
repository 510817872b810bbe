/* Text for people's eyes: names that others chose, which may hold anything. */
#ifndef CLOEXEC_VISIBLE_H
#define CLOEXEC_VISIBLE_H

#include <stddef.h>

/* Writes `text` so that it stays on one line and plays no tricks with a terminal: what this locale can't print,
 * controls and backslashes become \xNN, byte by byte.  `to` of `size` bytes, at least 1, is always ended; what does not
 * fit is left out.  Returns how many columns it takes. */
size_t visible(char *to, size_t size, const char *text);

/* The end of `text`, which `visible` wrote, that fits into `columns`. */
const char *visible_end(const char *text, size_t columns);

#endif
