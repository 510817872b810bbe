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
#define NEXT_shared(name)
struct next next = {
#include "calls.def"
};
#undef NEXT_early
#undef NEXT_late
#undef NEXT_shared

/* Every name that has a pointer.  The names themselves, not pointers to them: those the loader would have to write. */
static const struct row {
	char name[36];
	unsigned short offset;
	bool early;
} rows[] = {
#define ROW(call, is_early) {.name = #call, .offset = offsetof(struct next, call), .early = (is_early)},
#define CALL(name, family, facility, next) NEXT_##next(name)
#define NOTE(name, next)                   NEXT_##next(name)
#define USES(name)                         ROW(name, false)
#define NEXT_early(name)                   ROW(name, true)
#define NEXT_late(name)                    ROW(name, false)
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
	uint32_t hashes[ROWS];
	function found[ROWS];
};

static int visit(struct dl_phdr_info *object, size_t size, void *data)
{
	struct walk *walk = data;
	struct symbols symbols;

	(void)size;
	if (symbols_contain(object, &next)) {
		walk->behind = true;
		return 0;
	}
	if ((!walk->behind && !walk->anywhere) || !symbols_of(object, &symbols))
		return 0;
	for (unsigned i = 0; i < ROWS; i++)
		if (rows[i].early == walk->early && !walk->found[i]) {
			walk->found[i] = symbol_find(&symbols, rows[i].name, walk->hashes[i]);
			walk->missing -= walk->found[i] != NULL;
		}
	return walk->missing == 0;
}

static void look_up(bool early)
{
	struct walk walk;
	unsigned wanted = 0;

	walk.early = early;
	walk.anywhere = walk.behind = false;
	for (unsigned i = 0; i < ROWS; i++)
		if (rows[i].early == early) {
			walk.hashes[i] = symbol_hash(rows[i].name);
			walk.found[i] = NULL;
			wanted++;
		}
	walk.missing = wanted;
	dl_iterate_phdr(visit, &walk);
	/* Loaded by dlopen we come last, behind libc: then the first that has a name is the next. */
	if (walk.missing == wanted) {
		walk.anywhere = true;
		dl_iterate_phdr(visit, &walk);
	}
	for (unsigned i = 0; i < ROWS; i++) {
		function *pointer = (function *)(void *)((char *)&next + rows[i].offset);

		if (rows[i].early == early && (walk.found[i] || !early))
			__atomic_store_n(pointer, walk.found[i] ? walk.found[i] : (function)no_such_call,
					 __ATOMIC_RELAXED);
	}
}

void next_start(void)
{
	look_up(true);
}

void next_look_up(void)
{
	look_up(false);
}
