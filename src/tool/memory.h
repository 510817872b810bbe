/* Memory for a report: never given back, because the process ends with it; where there is none left, so does the
 * process, with status 2 and a line. */
#ifndef CLOEXEC_MEMORY_H
#define CLOEXEC_MEMORY_H

#include <stddef.h>

/* Room for one element of `size` bytes behind the `count` that `array` has (NULL: none). */
void *memory_more(void *array, size_t count, size_t size);

/* The one copy of `text`: equal texts are equal pointers. */
const char *memory_text(const char *text);

/* The one copy of the `size` bytes at `key`, as `compare` tells them apart; `*is_new`: it was made just now. */
void *memory_one(void **root, const void *key, size_t size, int (*compare)(const void *, const void *), int *is_new);

#endif
