/* dlsym(RTLD_NEXT), once for each call. */
#include "next.h"

#include "early.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

typedef void (*function)(void);

/* What the constructor has not looked up yet goes straight to the kernel. */
#define FACILITY(name, retried, remembered)
#define CALL(name, family, facility, next) NEXT_##next(name)
#define NEXT_start(name)                   .name = early_##name,
#define NEXT_use(name)
#define NEXT_shared(name)
struct next next = {
#include "calls.def"
};
#undef NEXT_start
#undef NEXT_use
#undef NEXT_shared

/* Where to put what dlsym says of each name.  LIBC_HAS_name comes from configure: a name that this libc does not have
 * is never asked for, since a miss makes dlsym allocate. */
enum lookup { SHARED, START, USE };
static const struct {
	const char *name;
	unsigned short offset;
	unsigned char lookup;
	unsigned char present;
} rows[CALLS] = {
#define NEXT_start(name)  .offset = offsetof(struct next, name), .lookup = START
#define NEXT_use(name)    .offset = offsetof(struct next, name), .lookup = USE
#define NEXT_shared(name) .lookup = SHARED
#undef CALL
#define CALL(call, family, facility, next) \
	[CALL_##call] = {.name = #call, .present = LIBC_HAS_##call, NEXT_##next(call)},
#include "calls.def"
};
#undef CALL
#undef FACILITY

static function look_up(enum call call)
{
	function found = NULL;
	void *address;

	if (rows[call].present) {
		address = dlsym(RTLD_NEXT, rows[call].name);
		memcpy(&found, &address, sizeof found);
	}
	return found;
}

static void remember(enum call call, function found)
{
	__atomic_store_n((function *)(void *)((char *)&next + rows[call].offset), found, __ATOMIC_RELAXED);
}

/* Stands in for a call that the libc at hand, older than the one we were built with, does not have.  All such calls
 * give a descriptor: those that give a stream are older than any libc that we run on. */
static long no_such_call(void)
{
	errno = ENOSYS;
	return -1;
}

void (*next_find(enum call call))(void)
{
	function found = look_up(call);

	if (!found)
		found = (function)no_such_call;
	remember(call, found);
	return found;
}

void next_start(void)
{
	for (int call = 0; call < CALLS; call++) {
		function found = rows[call].lookup == START ? look_up((enum call)call) : NULL;

		/* A name that is missing stays with the kernel, which says ENOSYS or does it. */
		if (found)
			remember((enum call)call, found);
	}
}
