/* Thread-local notes, and whose they are. */
#include "notes.h"

#include "raw.h"

#include <sys/auxv.h>

__thread struct notes notes;

/* A page that the kernel fills with zeroes in a child made by fork: zero there means that nobody has asked yet.  Pages are
 * of 4 to 64 KiB; the first whole one in here serves. */
static struct identity {
	unsigned generation;
	int process;
} *identity;
static char room[2 * 65536];

static unsigned last_generation;
static bool is_shared;

void notes_start(void)
{
	size_t size = getauxval(AT_PAGESZ);
	char *page = room + (size - (uintptr_t)room % size) % size;

	if (size && 2 * size <= sizeof room && raw(SYS_madvise, page, size, MADV_WIPEONFORK) == 0)
		__atomic_store_n(&identity, (struct identity *)(void *)page, __ATOMIC_RELEASE);
}

/* The process that runs here, with a system call only where the answer may have changed since the last. */
static int self(unsigned *generation)
{
	struct identity *page = __atomic_load_n(&identity, __ATOMIC_ACQUIRE);
	int process;

	if (!page || is_shared) {
		*generation = 0;
		return (int)raw(SYS_getpid);
	}
	if (__atomic_load_n(&page->generation, __ATOMIC_ACQUIRE) == 0) {
		page->process = (int)raw(SYS_getpid);
		notes.lent_by = 0; /* what fork copied: this memory is our own */
		__atomic_store_n(&page->generation, __atomic_add_fetch(&last_generation, 1, __ATOMIC_RELAXED),
				 __ATOMIC_RELEASE);
	}
	*generation = page->generation;
	process = page->process;
	return notes.lent_by ? (int)raw(SYS_getpid) : process;
}

static void update_busy(void)
{
	notes.busy = notes.lent_by || notes.placed_count || notes.locked_count || notes.made_count;
}

void notes_lend(void)
{
	unsigned generation;

	/* A vfork child's own vfork: the memory is still that of the first. */
	if (notes_borrowed())
		return;
	notes.lent_by = self(&generation);
	notes.busy = true;
}

void notes_share(void)
{
	is_shared = true;
}

bool notes_borrowed(void)
{
	unsigned generation;

	if (!notes.lent_by)
		return false;
	if (self(&generation) != notes.lent_by && notes.lent_by)
		return true;
	notes.lent_by = 0;
	update_busy();
	return false;
}

void notes_claim(void)
{
	unsigned generation;
	int process;

	process = self(&generation);
	if (notes.process == process && notes.generation == generation)
		return;
	notes.process = process;
	notes.generation = generation;
	notes.placed_count = notes.locked_count = notes.made_count = 0;
	update_busy();
}

static void add(uint16_t *numbers, unsigned char *count, unsigned room_for, int fd)
{
	if (fd < 0 || fd > UINT16_MAX)
		return;
	for (unsigned i = 0; i < *count; i++)
		if (numbers[i] == fd)
			return;
	if (*count < room_for)
		numbers[(*count)++] = (uint16_t)fd;
	update_busy();
}

static void take(uint16_t *numbers, unsigned char *count, int fd)
{
	for (unsigned i = 0; i < *count; i++)
		if (numbers[i] == fd)
			numbers[i--] = numbers[--*count];
	update_busy();
}

void notes_place(int fd)
{
	notes_claim();
	add(notes.placed, &notes.placed_count, PLACED, fd);
}

void notes_lock(int fd)
{
	notes_claim();
	add(notes.locked, &notes.locked_count, LOCKED, fd);
}

void notes_make(int fd)
{
	notes_claim();
	add(notes.made, &notes.made_count, MADE, fd);
}

bool notes_made(int fd)
{
	for (unsigned i = 0; i < notes.made_count; i++)
		if (notes.made[i] == fd)
			return true;
	return false;
}

void notes_forget(int fd)
{
	notes_claim();
	take(notes.made, &notes.made_count, fd);
	take(notes.placed, &notes.placed_count, fd);
	take(notes.locked, &notes.locked_count, fd);
}

void notes_unlock(int fd)
{
	if (!notes.busy)
		return;
	notes_claim();
	take(notes.locked, &notes.locked_count, fd);
}
