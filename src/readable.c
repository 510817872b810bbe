/* Asking the kernel to read memory. */
#include "readable.h"

#include "libc.h"
#include "raw.h"

#include <linux/futex.h>
#include <stddef.h>
#include <stdint.h>

/* No machine has smaller pages. */
enum { PAGE = 4096, RECENT = 4 };

/* The pages that were asked for last: lists and strings lie close together. */
struct pages {
	uintptr_t recent[RECENT];
	unsigned next;
};

static bool is_there(struct pages *pages, const void *address)
{
	static const long at_once[4];
	uintptr_t page = (uintptr_t)address & ~(uintptr_t)(PAGE - 1);

	for (unsigned i = 0; i < RECENT; i++)
		if (pages->recent[i] == page)
			return page != 0;
	if (raw(SYS_futex, page, FUTEX_WAIT_PRIVATE, 0, at_once, NULL, 0) == -EFAULT)
		return false;
	pages->recent[pages->next++ % RECENT] = page;
	return true;
}

static bool ends(struct pages *pages, const char *string)
{
	do
		if (!is_there(pages, string))
			return false;
		else
			while (*string && (uintptr_t)(string + 1) % PAGE)
				string++;
	while (*string++);
	return true;
}

bool readable_string(const char *string)
{
	return ends(&(struct pages){{0}, 0}, string);
}

bool readable_list(char *const *list)
{
	struct pages pages = {{0}, 0};

	for (;; list++) {
		if (!is_there(&pages, list) || !is_there(&pages, (const char *)(list + 1) - 1))
			return false;
		if (!*list)
			return true;
		if (!ends(&pages, *list))
			return false;
	}
}
