#include <config.h>

#include "memory.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_end(void *memory)
{
	if (memory)
		return memory;
	fputs("cloexec: report: out of memory; report on a part of the traces\n", stderr);
	exit(2);
}

void *memory_more(void *array, size_t count, size_t size)
{
	/* The sizes are the powers of two: at each of them the array is full. */
	if (count & (count - 1))
		return array;
	return or_end(reallocarray(array, count ? 2 * count : 1, size));
}

void *memory_one(void **root, const void *key, size_t size, int (*compare)(const void *, const void *), int *is_new)
{
	void **found = or_end(tsearch(key, root, compare));

	*is_new = *found == key;
	if (*is_new)
		*found = memcpy(or_end(malloc(size)), key, size);
	return *found;
}

static int compare_texts(const void *one, const void *other)
{
	return strcmp(one, other);
}

const char *memory_text(const char *text)
{
	static void *texts;
	int is_new;

	return memory_one(&texts, text, strlen(text) + 1, compare_texts, &is_new);
}
