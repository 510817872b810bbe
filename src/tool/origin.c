#include <config.h>

#include "origin.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The descriptors of one parent, in the order of the open files that they are: kcmp has an order, so that a search
 * takes few steps. */
struct parent {
	struct parent *next;
	int pid;
	bool complete; /* all could be compared */
	size_t count;
	int *numbers;
};

static struct parent *parents;

/* qsort hands on no data. */
static struct parent *sorted;

enum { SAME = 0, LESS = 1, GREATER = 2 };

static long compare(int one, int one_fd, int other, int other_fd)
{
#ifdef SYS_kcmp
	enum { KCMP_FILE = 0 };

	return syscall(SYS_kcmp, one, other, KCMP_FILE, one_fd, other_fd);
#else
	return -1;
#endif
}

static int order(const void *one, const void *other)
{
	switch (compare(sorted->pid, *(const int *)one, sorted->pid, *(const int *)other)) {
	case SAME:
		return 0;
	case LESS:
		return -1;
	case GREATER:
		return 1;
	default: /* closed meanwhile, or we may not */
		sorted->complete = false;
		return 0;
	}
}

static void list_numbers(struct parent *parent, DIR *directory)
{
	const struct dirent *entry;
	size_t room = 0;

	parent->count = 0;
	free(parent->numbers);
	parent->numbers = NULL;
	while ((entry = readdir(directory))) {
		if (entry->d_name[0] == '.')
			continue;
		if (parent->count == room) {
			int *larger = realloc(parent->numbers, (room = room ? room * 2 : 64) * sizeof *larger);

			if (!larger)
				return;
			parent->numbers = larger;
		}
		parent->numbers[parent->count++] = atoi(entry->d_name);
	}
	parent->complete = true;
}

/* Lists and sorts them; again where one was closed meanwhile. */
static void look_at(struct parent *parent, const struct process *process)
{
	enum { ATTEMPTS = 4 };
	char path[48];

	/* By its number: who gets a number anew was not the parent of anybody before. */
	snprintf(path, sizeof path, "../%d/fd", parent->pid);
	for (int attempt = 0; attempt < ATTEMPTS && !parent->complete; attempt++) {
		int fd = openat(process->directory, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		DIR *directory = fd >= 0 ? fdopendir(fd) : NULL;

		if (!directory)
			return;
		list_numbers(parent, directory);
		closedir(directory);
		sorted = parent;
		if (parent->count)
			qsort(parent->numbers, parent->count, sizeof *parent->numbers, order);
	}
}

static struct parent *parent_of(const struct process *process)
{
	struct parent *parent;

	for (parent = parents; parent; parent = parent->next)
		if (parent->pid == process->parent)
			return parent;
	parent = calloc(1, sizeof *parent);
	if (!parent)
		return NULL;
	parent->pid = process->parent;
	look_at(parent, process);
	parent->next = parents;
	parents = parent;
	return parent;
}

enum origin origin_of(const struct process *process, int fd)
{
	const struct parent *parent;
	size_t low = 0;
	size_t high;

	if (process->parent <= 0)
		return ORIGIN_UNKNOWN;
	/* Most that are inherited keep their number. */
	if (compare(process->pid, fd, process->parent, fd) == SAME)
		return ORIGIN_INHERITED;
	parent = parent_of(process);
	if (!parent || !parent->complete)
		return ORIGIN_UNKNOWN;
	for (high = parent->count; low < high;) {
		size_t middle = low + (high - low) / 2;

		switch (compare(process->pid, fd, parent->pid, parent->numbers[middle])) {
		case SAME:
			return ORIGIN_INHERITED;
		case LESS:
			high = middle;
			break;
		case GREATER:
			low = middle + 1;
			break;
		default:
			return ORIGIN_UNKNOWN;
		}
	}
	return parent->pid == 1 ? ORIGIN_UNKNOWN : ORIGIN_OWN;
}

const char *origin_word(enum origin origin)
{
	switch (origin) {
	case ORIGIN_INHERITED:
		return "inherited";
	case ORIGIN_OWN:
		return "own";
	default:
		return NULL;
	}
}
