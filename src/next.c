/* Next definitions: one at a time where only memory may be read, else all of a kind in one walk through the loaded objects. */
#include "next.h"

#include "early.h"
#include "symbol.h"

#include <stddef.h>
#include <sys/auxv.h>

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
} rows[NEXT_ROWS] = {
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

static function find(const struct symbols *symbols, unsigned row, uint32_t hash)
{
	return symbol_find(symbols, rows[row].name, hash, rows[row].old && symbols->defined ? VERSION_OF_LIBC : NULL);
}

static void store(unsigned row, function found)
{
	function *pointer = (function *)(void *)((char *)&next + rows[row].offset);

	__atomic_store_n(pointer, found, __ATOMIC_RELAXED);
}

/* Stands in for a call that the libc at hand, older than the one we were built with, does not have.  All such calls
 * give a descriptor: those that give a stream are older than any libc that we run on. */
static long no_such_call(void)
{
	errno = ENOSYS;
	return -1;
}

/* The objects from the next one to libc.  Loaded at start, they stay, and what is in them can be found by reading memory.  To
 * walk through the loader's list takes a lock, and a child that was forked while another thread had it would wait for
 * ever. */
enum { KNOWN = 64 };
static struct symbols known[KNOWN];
static unsigned known_count; /* atomic; 0 until all are there, and where there are too many */

/* One walk looks for all rows of a kind: the early ones or the late ones. */
struct walk {
	bool early;
	bool anywhere; /* not only behind us */
	bool behind;   /* we have been passed */
	unsigned missing;
	uint32_t hashes[NEXT_ROWS];
	function found[NEXT_ROWS];
};

static bool look_into(struct walk *walk, const struct symbols *symbols)
{
	for (unsigned i = 0; i < NEXT_ROWS; i++)
		if (rows[i].early == walk->early && !walk->found[i]) {
			walk->found[i] = find(symbols, i, walk->hashes[i]);
			walk->missing -= walk->found[i] != NULL;
		}
	return walk->missing == 0;
}

static int visit(struct dl_phdr_info *object, size_t size, void *data)
{
	struct walk *walk = data;
	struct symbols symbols;

	(void)size;
	if (symbols_contain(object, &next)) {
		walk->behind = true;
		return 0;
	}
	return (walk->behind || walk->anywhere) && symbols_read(symbols_image(object), &symbols) && look_into(walk, &symbols);
}

static void begin(struct walk *walk, bool early)
{
	walk->early = early;
	walk->anywhere = walk->behind = false;
	walk->missing = 0;
	for (unsigned i = 0; i < NEXT_ROWS; i++)
		if (rows[i].early == early) {
			walk->hashes[i] = symbol_hash(rows[i].name);
			walk->found[i] = NULL;
			walk->missing++;
		}
}

/* `otherwise` is for what was not found; NULL leaves that as it is. */
static void store_all(const struct walk *walk, function otherwise)
{
	for (unsigned i = 0; i < NEXT_ROWS; i++)
		if (rows[i].early == walk->early && (walk->found[i] || otherwise))
			store(i, walk->found[i] ? walk->found[i] : otherwise);
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

/* From ours to libc: to be known, if they are not too many. */
struct way {
	bool program; /* it has been passed: this is not a namespace of dlmopen(), whose objects do not stay */
	bool behind;  /* we have been passed */
	bool arrived;
	unsigned count;
};

/* Others have functions of libc's names, one or two. */
static bool is_libc(const struct symbols *symbols)
{
	static const char names[][CALL_NAME] = {"open", "getauxval", "dl_iterate_phdr"};

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (!symbol_find(symbols, names[i], symbol_hash(names[i]), NULL))
			return false;
	return true;
}

static int follow(struct dl_phdr_info *object, size_t size, void *data)
{
	struct way *way = data;
	struct symbols symbols;

	(void)size;
	way->program |= (uintptr_t)object->dlpi_phdr == getauxval(AT_PHDR);
	if (symbols_contain(object, &next)) {
		way->behind = true;
		return !way->program;
	}
	if (!way->behind || !symbols_read(symbols_image(object), &symbols))
		return 0;
	/* Whole, and what is there already: another thread may have been here before, and others look names up. */
	known[way->count++] = symbols;
	way->arrived = is_libc(&symbols);
	return way->arrived || way->count == KNOWN;
}

void next_start(void)
{
	struct way way = {.count = 0};
	struct walk walk;

	if (__atomic_load_n(&known_count, __ATOMIC_ACQUIRE))
		return;
	dl_iterate_phdr(follow, &way);
	if (way.arrived) {
		__atomic_store_n(&known_count, way.count, __ATOMIC_RELEASE);
		return;
	}
	begin(&walk, true);
	look_everywhere(&walk);
	store_all(&walk, NULL);
}

void next_find(enum next_row row)
{
	static bool missing[NEXT_ROWS]; /* atomic */
	unsigned count = __atomic_load_n(&known_count, __ATOMIC_ACQUIRE);
	function found = NULL;
	uint32_t hash;

	if (!count || __atomic_load_n(&missing[row], __ATOMIC_RELAXED))
		return;
	hash = symbol_hash(rows[row].name);
	for (unsigned i = 0; i < count && !found; i++)
		found = find(&known[i], row, hash);
	if (found)
		store(row, found);
	else
		__atomic_store_n(&missing[row], true, __ATOMIC_RELAXED);
}

void next_look_up(void)
{
	static bool again; /* atomic */
	unsigned count = __atomic_load_n(&known_count, __ATOMIC_ACQUIRE);
	struct walk walk;

	begin(&walk, false);
	if (count && !__atomic_load_n(&again, __ATOMIC_ACQUIRE)) {
		for (unsigned i = 0; i < count && !look_into(&walk, &known[i]); i++)
			;
		store_all(&walk, NULL);
		__atomic_store_n(&again, true, __ATOMIC_RELEASE);
		return;
	}
	look_everywhere(&walk);
	store_all(&walk, (function)no_such_call);
}
