/* What the fuzz targets share.  A target includes this first, then what it is a target of. */
#ifndef CLOEXEC_FUZZ_H
#define CLOEXEC_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold, whatever the input. */
#define HOLDS(condition)                                                                \
	do {                                                                            \
		if (!(condition)) {                                                     \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort();                                                        \
		}                                                                       \
	} while (0)

/* The next text of the input, which ends at a line's end: a copy of its own size, so that a sanitizer sees whoever
 * reads past it.  NULL after the last.  The caller frees it. */
static inline char *next_text(const uint8_t **data, size_t *size)
{
	const uint8_t *end;
	size_t length;
	char *text;

	if (!*size)
		return NULL;
	end = memchr(*data, '\n', *size);
	length = end ? (size_t)(end - *data) : *size;
	text = malloc(length + 1);
	HOLDS(text);
	memcpy(text, *data, length);
	text[length] = '\0';
	*data += length + (end != NULL);
	*size -= length + (end != NULL);
	return text;
}

#endif
