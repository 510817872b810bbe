/* Next definitions, all of a kind in one walk through the loaded objects. */
#include "next.h"

#include "early.h"
#include "symbol.h"

#include <stddef.h>

typedef void (*function)(void);

/* What has not been looked up yet goes straight to the kernel. */
#define CALL(name, family, facility, next) NEXT_##next(name)
#define NOTE(name, next)                   NEXT_##next(name)
#define NEXT_early(name)                   .name = early_##name,
#define NEXT_late(name)
#define NEXT_old(name)
#define NEXT_shared(name)
struct next next = {
#include "calls.def"
};
#undef NEXT_early
#undef NEXT_late
#undef NEXT_old
#undef NEXT_shared

/* Every name that has a pointer.  The names themselves, not pointers to them: those the loader would have to write. */
static const struct row {
	char name[CALL_NAME];
	unsigned short offset;
	bool early;
	bool old; /* another library's version of the name is not the next of libc's */
} rows[] = {
#define ROW(call, is_early, is_old) \
	{.name = #call, .offset = offsetof(struct next, call), .early = (is_early), .old = (is_old)},
#define CALL(name, family, facility, next) NEXT_##next(name)
#define NOTE(name, next)                   NEXT_##next(name)
#define USES(name)                         ROW(name, false, false)
#define NEXT_early(name)                   ROW(name, true, false)
#define NEXT_late(name)                    ROW(name, false, false)
#define NEXT_old(name)                     ROW(name, false, true)
#define NEXT_shared(name)
#include "calls.def"
};
enum { ROWS = sizeof rows / sizeof *rows };

/* Stands in for a call that the libc at hand, older than the one we were built with, does not have.  All such calls
 * give a descriptor: those that give a stream are older than any libc that we run on. */
static long no_such_call(void)
{
	errno = ENOSYS;
	return -1;
}

/* One walk looks for all rows of a kind: the early ones or the late ones. */
struct walk {
	bool early;
	bool anywhere; /* not only behind us */
	bool behind;   /* we have been passed */
	unsigned missing;
	unsigned visited;
	uint32_t hashes[ROWS];
	function found[ROWS];
};

/* The objects that our constructor has looked into, from the next one to libc: loaded at start, they stay.  What comes
 * late finds its names there.  To walk through the loader's list again takes a lock, and a child that was forked while
 * another thread had it would wait for ever. */
enum { KNOWN = 64 };
static struct image known[KNOWN];
static unsigned known_count; /* atomic; 0 until all are there, and where there are too many */

static bool look_into(struct walk *walk, const struct symbols *symbols)
{
	for (unsigned i = 0; i < ROWS; i++)
		if (rows[i].early == walk->early && !walk->found[i]) {
			walk->found[i] = symbol_find(symbols, rows[i].name, walk->hashes[i],
						     rows[i].old && symbols->defined ? VERSION_OF_LIBC : NULL);
			walk->missing -= walk->found[i] != NULL;
		}
	return walk->missing == 0;
}

static int visit(struct dl_phdr_info *object, size_t size, void *data)
{
	struct walk *walk = data;
	struct image image = symbols_image(object);
	struct symbols symbols;

	(void)size;
	if (symbols_contain(object, &next)) {
		walk->behind = true;
		return 0;
	}
	if ((!walk->behind && !walk->anywhere) || !symbols_read(image, &symbols))
		return 0;
	if (walk->early && walk->visited++ < KNOWN)
		known[walk->visited - 1] = image;
	return look_into(walk, &symbols);
}

static void begin(struct walk *walk, bool early)
{
	walk->early = early;
	walk->anywhere = walk->behind = false;
	walk->missing = walk->visited = 0;
	for (unsigned i = 0; i < ROWS; i++)
		if (rows[i].early == early) {
			walk->hashes[i] = symbol_hash(rows[i].name);
			walk->found[i] = NULL;
			walk->missing++;
		}
}

/* `otherwise` is for what was not found; NULL leaves that as it is. */
static void store(const struct walk *walk, function otherwise)
{
	for (unsigned i = 0; i < ROWS; i++) {
		function *pointer = (function *)(void *)((char *)&next + rows[i].offset);
		function found = rows[i].early == walk->early && walk->found[i] ? walk->found[i] : otherwise;

		if (rows[i].early == walk->early && found)
			__atomic_store_n(pointer, found, __ATOMIC_RELAXED);
	}
}

static void look_everywhere(struct walk *walk)
{
	unsigned wanted = walk->missing;

	dl_iterate_phdr(visit, walk);
	/* Loaded by dlopen we come last, behind libc: then the first that has a name is the next. */
	if (walk->missing == wanted) {
		walk->anywhere = true;
		dl_iterate_phdr(visit, walk);
	}
}

void next_start(void)
{
	struct walk walk;

	begin(&walk, true);
	look_everywhere(&walk);
	store(&walk, NULL);
	if (!walk.anywhere && walk.visited <= KNOWN)
		__atomic_store_n(&known_count, walk.visited, __ATOMIC_RELEASE);
}

void next_look_up(void)
{
	static bool again; /* atomic */
	unsigned count = __atomic_load_n(&known_count, __ATOMIC_ACQUIRE);
	struct walk walk;

	begin(&walk, false);
	if (count && !__atomic_load_n(&again, __ATOMIC_ACQUIRE)) {
		for (unsigned i = 0; i < count; i++) {
			struct symbols symbols;

			if (symbols_read(known[i], &symbols) && look_into(&walk, &symbols))
				break;
		}
		store(&walk, NULL);
		__atomic_store_n(&again, true, __ATOMIC_RELEASE);
		return;
	}
	look_everywhere(&walk);
	store(&walk, (function)no_such_call);
}
