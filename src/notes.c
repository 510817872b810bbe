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
static bool is_stopped;

void notes_start(void)
{
	size_t size = getauxval(AT_PAGESZ);
	char *page;

	if (!size || 2 * size > sizeof room)
		return;
	page = room + (size - (uintptr_t)room % size) % size;
	if (raw(SYS_madvise, page, size, MADV_WIPEONFORK) == 0)
		__atomic_store_n(&identity, (struct identity *)(void *)page, __ATOMIC_RELEASE);
}

/* The process that runs here, with a system call only where the answer may have changed since the last. */
static int self(unsigned *generation)
{
	struct identity *page = __atomic_load_n(&identity, __ATOMIC_ACQUIRE);
	int process;

	if (is_stopped) {
		*generation = 0;
		return 0;
	}
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

static void update_filter(void)
{
	uint64_t filter = 0;

	for (unsigned i = 0; i < notes.placed_count; i++)
		filter |= UINT64_C(1) << (notes.placed[i] & 63);
	for (unsigned i = 0; i < notes.locked_count; i++)
		filter |= UINT64_C(1) << (notes.locked[i] & 63);
	for (unsigned i = 0; i < notes.made_count; i++)
		filter |= UINT64_C(1) << (notes.made[i] & 63);
	notes.filter = notes.lent_by ? UINT64_MAX : filter;
}

void notes_lend(void)
{
	unsigned generation;

	/* A vfork child's own vfork: the memory is still that of the first. */
	if (notes_borrowed())
		return;
	notes.lent_by = self(&generation);
	notes.filter = UINT64_MAX;
}

void notes_share(void)
{
	is_shared = true;
}

void notes_stop(void)
{
	is_stopped = true;
	/* The short ways compare this one. */
	__atomic_store_n(&identity, NULL, __ATOMIC_RELEASE);
	notes_claim();
}

bool notes_borrowed(void)
{
	unsigned generation;

	if (!notes.lent_by)
		return false;
	if (self(&generation) != notes.lent_by && notes.lent_by)
		return true;
	notes.lent_by = 0;
	update_filter();
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
	notes_clear();
}

void notes_clear(void)
{
	notes.placed_count = notes.locked_count = notes.made_count = 0;
	update_filter();
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
	notes.filter |= UINT64_C(1) << (fd & 63);
}

static void take(uint16_t *numbers, unsigned char *count, int fd)
{
	for (unsigned i = 0; i < *count; i++)
		if (numbers[i] == fd)
			numbers[i--] = numbers[--*count];
}

void notes_place(int fd)
{
	const struct identity *page = __atomic_load_n(&identity, __ATOMIC_ACQUIRE);

	/* The usual case in a few steps: it is still us, and the number is new. */
	if (LIKELY(page && page->generation == notes.generation && notes.generation && !notes_concern(fd) &&
		   notes.process == page->process && notes.placed_count < PLACED && (unsigned)fd <= UINT16_MAX)) {
		notes.placed[notes.placed_count++] = (uint16_t)fd;
		notes.filter |= UINT64_C(1) << (fd & 63);
		return;
	}
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
	if (!notes_concern(fd))
		return;
	take(notes.made, &notes.made_count, fd);
	take(notes.placed, &notes.placed_count, fd);
	take(notes.locked, &notes.locked_count, fd);
	update_filter();
}

void notes_unlock(int fd)
{
	if (!notes_concern(fd))
		return;
	notes_claim();
	take(notes.locked, &notes.locked_count, fd);
	update_filter();
}
