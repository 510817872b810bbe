/* A malloc that opens a file in every call, for LD_PRELOAD: it calls open from inside the loader, from dlsym, and from
 * whatever else allocates.  It never gives memory back.  The first file stays open, where a program can look for it. */
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Alignas(max_align_t) unsigned char arena[1 << 22];
static size_t used;

/* The size of each block stands before it. */
enum { HEADER = _Alignof(max_align_t) };

static void *allocate(size_t alignment, size_t size)
{
	static int opened;
	int fd = open("/dev/full", O_WRONLY);
	size_t room = (HEADER + alignment + size + HEADER - 1) & -(size_t)HEADER;
	size_t start = __atomic_fetch_add(&used, room, __ATOMIC_RELAXED);
	unsigned char *block;

	if (__atomic_exchange_n(&opened, 1, __ATOMIC_RELAXED))
		close(fd);
	if (size > sizeof arena || start + room > sizeof arena)
		return NULL;
	block = arena + start + HEADER;
	block += -(size_t)block & (alignment - 1);
	memcpy(block - sizeof size, &size, sizeof size);
	return block;
}

void *malloc(size_t size)
{
	return allocate(HEADER, size);
}

void *calloc(size_t count, size_t size)
{
	return allocate(HEADER, count * size); /* fresh memory is zero */
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return allocate(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
	*block = allocate(alignment, size);
	return 0;
}

void *realloc(void *old, size_t size)
{
	unsigned char *block = allocate(HEADER, size);
	size_t before;

	if (old && block) {
		memcpy(&before, (unsigned char *)old - sizeof before, sizeof before);
		memcpy(block, old, before < size ? before : size);
	}
	return block;
}

void free(void *block)
{
	(void)block;
}

/* At least one allocation comes before the constructors of the libraries that were loaded earlier. */
__attribute__((constructor)) static void eat(void)
{
	void *(*volatile eager)(size_t) = malloc; /* else the compiler would leave the pair out */

	free(eager(1));
}
