/* Thread-local notes, and whose they are. */
#include "notes.h"

#include "raw.h"

#include <limits.h>
#include <sys/auxv.h>

/* Generations that no page has: of notes that are nobody's; of those that were claimed where there is no page; and of what
 * stands for the page there. */
enum { NO_GENERATION = INT_MAX - 2, PAGELESS = INT_MAX - 1, NO_PAGE = INT_MAX };

__thread struct notes notes = {.generation = NO_GENERATION};

/* Nobody knows without asking the kernel; and nobody has asked for the page yet. */
static struct identity unknown = {.generation = NO_PAGE};
static struct identity unasked = {.generation = NO_PAGE};
struct identity *notes_identity = &unasked;

/* A page that the kernel fills with zeroes in a child made by fork: zero there means that nobody has asked yet.  Pages
 * are of 4 to 64 KiB; the first whole one in here serves. */
static char room[2 * 65536];

static unsigned last_generation;
static bool is_stopped;

/* Asks for the page, when a process makes its first note: most make none, and a mapping that is cut in three costs each
 * of them as much as all else that we do at its start. */
static struct identity *ask(void)
{
	struct identity *before = &unasked;
	struct identity *page = &unknown;
	size_t size = getauxval(AT_PAGESZ);
	char *whole;

	if (size && 2 * size <= sizeof room) {
		whole = room + (size - (uintptr_t)room % size) % size;
		if (raw(SYS_madvise, whole, size, MADV_WIPEONFORK) == 0)
			page = (struct identity *)(void *)whole;
	}
	/* Another thread may have been told the same meanwhile, or that no page can be trusted. */
	if (__atomic_compare_exchange_n(&notes_identity, &before, page, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
		return page;
	return before;
}

static void update_filter(void);

/* The memory is the lender's again, or a copy of it: what a vfork child noted behind the lender's own is nobody's. */
static void reclaim(void)
{
	notes.lent_by = notes.borrower = 0;
	notes.placed_count = notes.placed_lent;
	notes.locked_count = notes.locked_lent;
	notes.made_count = notes.made_lent;
	notes.placed_lent = notes.locked_lent = notes.made_lent = 0;
	update_filter();
}

/* What tells the process that runs here from others that have had this memory: the generation of its page, and its id
 * where that is not enough. */
static int self(unsigned *generation)
{
	struct identity *page = __atomic_load_n(&notes_identity, __ATOMIC_ACQUIRE);

	if (page == &unasked)
		page = ask();
	if (page == &unknown) {
		*generation = PAGELESS;
		return is_stopped ? 0 : (int)raw(SYS_getpid);
	}
	if (__atomic_load_n(&page->generation, __ATOMIC_ACQUIRE) == 0) {
		if (notes.lent_by)
			reclaim(); /* what fork copied: this memory is our own */
		__atomic_store_n(&page->generation, __atomic_add_fetch(&last_generation, 1, __ATOMIC_RELAXED),
				 __ATOMIC_RELEASE);
	}
	*generation = page->generation;
	return notes.lent_by ? (int)raw(SYS_getpid) : 0;
}

/* Its id, for a child that will have another; 0 where nobody can tell. */
static int own_id(void)
{
	struct identity *page = __atomic_load_n(&notes_identity, __ATOMIC_ACQUIRE);

	if (is_stopped)
		return 0;
	if (page == &unknown)
		return (int)raw(SYS_getpid);
	if (!page->process)
		page->process = (int)raw(SYS_getpid);
	return page->process;
}

static unsigned counts(void)
{
	return __atomic_load_n(&notes.placed_count, __ATOMIC_RELAXED) +
	       (__atomic_load_n(&notes.locked_count, __ATOMIC_RELAXED) << 8) +
	       (__atomic_load_n(&notes.made_count, __ATOMIC_RELAXED) << 16);
}

static void update_filter(void)
{
	unsigned count;
	uint64_t filter;

	/* Once more where a signal's handler noted something meanwhile: what no bit speaks of would never be forgotten.
	 */
	do {
		count = counts();
		filter = 0;
		for (unsigned i = 0; i < notes.placed_count; i++)
			filter |= UINT64_C(1) << (notes.placed[i] & 63);
		for (unsigned i = 0; i < notes.locked_count; i++)
			filter |= UINT64_C(1) << (notes.locked[i] & 63);
		for (unsigned i = 0; i < notes.made_count; i++)
			filter |= UINT64_C(1) << (notes.made[i] & 63);
		__atomic_store_n(&notes.filter, notes.lent_by ? UINT64_MAX : filter, __ATOMIC_SEQ_CST);
	} while (counts() != count);
}

/* The vfork child that this thread is, or 0.  Where it is the lender again, it takes its memory back. */
static int borrower(void)
{
	unsigned generation;
	int process;

	if (!notes.lent_by)
		return 0;
	process = self(&generation);
	if (!is_stopped && notes.lent_by && process != notes.lent_by)
		return process;
	if (notes.lent_by)
		reclaim();
	return 0;
}

void notes_lend(void)
{
	/* A vfork child's own vfork: the memory is still that of the first. */
	if (notes_claim())
		return;
	notes.placed_lent = (unsigned char)notes.placed_count;
	notes.locked_lent = (unsigned char)notes.locked_count;
	notes.made_lent = (unsigned char)notes.made_count;
	notes.dropped = 0;
	notes.lent_by = own_id();
	notes.filter = UINT64_MAX;
}

void notes_share(void)
{
	__atomic_store_n(&notes_identity, &unknown, __ATOMIC_RELEASE);
}

void notes_stop(void)
{
	is_stopped = true;
	notes_share();
	notes_claim();
}

bool notes_borrowed(void)
{
	return borrower() != 0;
}

bool notes_claim(void)
{
	unsigned generation;
	int process = borrower();

	if (process) {
		if (notes.borrower != process) {
			notes.borrower = process;
			notes.dropped = 0;
			notes_clear();
		}
		return true;
	}
	process = self(&generation);
	if (notes.process != process || notes.generation != generation) {
		notes.process = process;
		notes.generation = generation;
		notes_clear();
	}
	return false;
}

void notes_clear(void)
{
	notes.placed_count = notes.placed_lent;
	notes.locked_count = notes.locked_lent;
	notes.made_count = notes.made_lent;
	update_filter();
}

static void add(uint16_t *numbers, unsigned first, unsigned *count, unsigned room_for, int fd)
{
	unsigned place;

	if (fd < 0 || fd > UINT16_MAX)
		return;
	for (unsigned i = first; i < *count; i++)
		if (numbers[i] == fd)
			return;
	if (*count >= room_for)
		return;
	/* As in notes_place_quickly(). */
	__atomic_fetch_or(&notes.filter, UINT64_C(1) << (fd & 63), __ATOMIC_RELAXED);
	place = __atomic_fetch_add(count, 1, __ATOMIC_RELAXED);
	if (place < room_for)
		numbers[place] = (uint16_t)fd;
	else
		*count = room_for;
}

static void take(uint16_t *numbers, unsigned first, unsigned *count, int fd)
{
	for (unsigned i = first; i < *count; i++)
		if (numbers[i] == fd)
			numbers[i--] = numbers[--*count];
}

void notes_place(int fd)
{
	bool borrowed;

	if (fd > UINT16_MAX || notes_place_quickly(fd))
		return;
	do {
		borrowed = notes_claim();
		add(notes.placed, notes.placed_lent, &notes.placed_count, PLACED, fd);
	} while (notes_lent_since(borrowed));
}

void notes_lock(int fd)
{
	bool borrowed;

	do {
		borrowed = notes_claim();
		add(notes.locked, notes.locked_lent, &notes.locked_count, LOCKED, fd);
	} while (notes_lent_since(borrowed));
}

void notes_make(int fd)
{
	notes_claim();
	add(notes.made, notes.made_lent, &notes.made_count, MADE, fd);
}

bool notes_made(int fd)
{
	for (unsigned i = notes.made_lent; i < notes.made_count; i++)
		if (notes.made[i] == fd)
			return true;
	return false;
}

static void forget(int fd)
{
	take(notes.made, notes.made_lent, &notes.made_count, fd);
	take(notes.placed, notes.placed_lent, &notes.placed_count, fd);
	take(notes.locked, notes.locked_lent, &notes.locked_count, fd);
	if (notes.lent_by)
		notes.dropped |= UINT64_C(1) << (fd & 63);
}

void notes_forget(int fd)
{
	bool borrowed;

	do {
		borrowed = notes_claim();
		if (!notes_concern(fd))
			return;
		forget(fd);
	} while (notes_lent_since(borrowed));
	update_filter();
}

bool notes_forget_range(unsigned first, unsigned last)
{
	bool borrowed = notes_claim();

	for (unsigned fd = first; fd <= last && fd <= UINT16_MAX; fd++)
		if (notes_concern((int)fd))
			forget((int)fd);
	update_filter();
	return borrowed;
}

void notes_unlock(int fd)
{
	bool borrowed;

	if (!notes_concern(fd))
		return;
	do {
		borrowed = notes_claim();
		take(notes.locked, notes.locked_lent, &notes.locked_count, fd);
	} while (notes_lent_since(borrowed));
	update_filter();
}
