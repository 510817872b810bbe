/* The table of origins, and the count of what was lost. */
#include "trace.h"

#include "libc.h"
#include "mark.h"
#include "notes.h"
#include "place.h"
#include "raw.h"

#include <limits.h>
#include <sys/resource.h>

#ifdef SYS_mmap2
#define SYS_MAP SYS_mmap2
#else
#define SYS_MAP SYS_mmap
#endif

bool trace_on;
static bool is_stopped;

/* What a vfork child says: it shares our memory, but not the table of descriptors that we have written up.  A ring,
 * newest last; a child finds its own. */
enum { BORROWERS = 128 };
struct borrower {
	int process;
	int fd;
	struct origin origin;
};

/* All that tracing needs, mapped when it begins: nobody else pays for it. */
static struct trace {
	char directory[PLACE_SIZE];
	unsigned *lost; /* shared with the children that are forked */
	unsigned borrowings;
	unsigned missed_count;
	struct borrower borrowers[BORROWERS];
	uint32_t missed[MARKS / 32];
	struct origin origins[MARKS];
} * trace;

static void *map(size_t size, int sharing)
{
	unsigned long address = (unsigned long)raw(SYS_MAP, NULL, size, PROT_READ | PROT_WRITE,
						   sharing | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return address > -4096UL ? NULL : (void *)address; // NOLINT(performance-no-int-to-ptr)
}

void trace_start(const char *directory)
{
	struct trace *ours;
	struct trace *none = NULL;

	if (__atomic_load_n(&trace, __ATOMIC_ACQUIRE) || is_stopped)
		return;
	ours = map(sizeof *ours, MAP_PRIVATE);
	if (!ours)
		return;
	place_copy(ours->directory, directory);
	ours->lost = map(sizeof *ours->lost, MAP_SHARED);
	if (ours->lost && __atomic_compare_exchange_n(&trace, &none, ours, false, __ATOMIC_RELEASE, __ATOMIC_ACQUIRE)) {
		__atomic_store_n(&trace_on, true, __ATOMIC_RELEASE);
		return;
	}
	if (ours->lost)
		raw(SYS_munmap, ours->lost, sizeof *ours->lost);
	raw(SYS_munmap, ours, sizeof *ours);
}

void trace_stop(void)
{
	is_stopped = true;
	__atomic_store_n(&trace_on, false, __ATOMIC_RELEASE);
}

const char *trace_directory(void)
{
	return trace->directory;
}

/* Never 0. */
static uint32_t print_of(const struct about *about)
{
	uint64_t mixed = (about->inode ^ (uint64_t)about->device_minor << 40 ^ (uint64_t)about->device_major << 52) *
			 UINT64_C(0x9e3779b97f4a7c15);

	return (uint32_t)(mixed >> 32) | 1;
}

/* Another thread may read it meanwhile: what is whole comes first, and the state last. */
static void store(struct origin *where, struct origin origin)
{
	__atomic_store_n(&where->caller, origin.caller, __ATOMIC_RELAXED);
	__atomic_store_n(&where->print, origin.print, __ATOMIC_RELAXED);
	__atomic_store_n(&where->call, origin.call, __ATOMIC_RELAXED);
	__atomic_store_n(&where->state, origin.state, __ATOMIC_RELEASE);
}

static struct origin load(const struct origin *where)
{
	struct origin origin = {.state = __atomic_load_n(&where->state, __ATOMIC_ACQUIRE)};

	origin.caller = __atomic_load_n(&where->caller, __ATOMIC_RELAXED);
	origin.print = __atomic_load_n(&where->print, __ATOMIC_RELAXED);
	origin.call = __atomic_load_n(&where->call, __ATOMIC_RELAXED);
	return origin;
}

static bool is_tabled(int fd)
{
	return fd > STDERR_FILENO && fd < MARKS;
}

static void put(int fd, struct origin origin)
{
	struct borrower *borrower;

	if (!is_tabled(fd))
		return;
	if (!notes_borrowed()) {
		store(&trace->origins[fd], origin);
		return;
	}
	borrower = &trace->borrowers[__atomic_fetch_add(&trace->borrowings, 1, __ATOMIC_RELAXED) % BORROWERS];
	__atomic_store_n(&borrower->process, 0, __ATOMIC_RELEASE);
	borrower->fd = fd;
	store(&borrower->origin, origin);
	__atomic_store_n(&borrower->process, (int)raw(SYS_getpid), __ATOMIC_RELEASE);
}

static struct origin get(int fd)
{
	unsigned last;
	int process;

	if (!is_tabled(fd))
		return (struct origin){.state = UNSEEN};
	if (notes_borrowed()) {
		last = __atomic_load_n(&trace->borrowings, __ATOMIC_RELAXED);
		process = (int)raw(SYS_getpid);
		for (unsigned i = 1; i <= BORROWERS; i++) {
			const struct borrower *borrower = &trace->borrowers[(last - i) % BORROWERS];

			if (borrower->fd == fd && __atomic_load_n(&borrower->process, __ATOMIC_ACQUIRE) == process)
				return load(&borrower->origin);
		}
	}
	return load(&trace->origins[fd]);
}

void trace_note(int fd, enum origin_state state, unsigned char call, const void *caller)
{
	struct about about;
	bool known = is_tabled(fd) && about_descriptor(&about, fd);

	put(fd, (struct origin){caller, known ? print_of(&about) : 0, call, (unsigned char)state});
}

struct origin trace_origin(int fd, const struct about *about)
{
	struct origin origin = get(fd);

	if (origin.state == GONE ||
	    (origin.state != TRACING && origin.print && about && origin.print != print_of(about)))
		return (struct origin){.state = UNSEEN};
	return origin;
}

void trace_own(int fd)
{
	struct about about;
	struct origin origin = {.state = UNSEEN};

	if (!is_tabled(fd) || !about_descriptor(&about, fd))
		return;
	origin = trace_origin(fd, &about);
	origin.print = print_of(&about);
	origin.state = OWN;
	put(fd, origin);
}

void trace_close(int fd)
{
	if (get(fd).state != UNSEEN)
		put(fd, (struct origin){.state = GONE});
}

void trace_own_range(unsigned first, unsigned last)
{
	for (unsigned fd = first; fd <= last && fd < MARKS; fd++)
		if (get((int)fd).state != UNSEEN)
			trace_own((int)fd);
}

void trace_close_range(unsigned first, unsigned last)
{
	for (unsigned fd = first; fd <= last && fd < MARKS; fd++)
		trace_close((int)fd);
}

bool trace_is_missed(int fd)
{
	enum { MOST = 256 };
	uint32_t bit = UINT32_C(1) << (fd & 31);

	if (!is_tabled(fd) || get(fd).state != UNSEEN ||
	    (__atomic_fetch_or(&trace->missed[fd / 32], bit, __ATOMIC_RELAXED) & bit))
		return false;
	return __atomic_fetch_add(&trace->missed_count, 1, __ATOMIC_RELAXED) < MOST;
}

unsigned trace_take_lost(void)
{
	return __atomic_exchange_n(trace->lost, 0, __ATOMIC_RELAXED);
}

void trace_lose(unsigned count)
{
	__atomic_fetch_add(trace->lost, count, __ATOMIC_RELAXED);
}

/* Without /proc: all numbers that may be, up to one that costs little. */
static void probe_each(void (*found)(void *data, int fd), void *data)
{
	enum { HIGHEST = 1024 };

	for (int fd = STDERR_FILENO + 1; fd < HIGHEST || fd <= marks_last; fd++)
		if (raw(SYS_fcntl, fd, F_GETFD) >= 0)
			found(data, fd);
}

struct trace_file trace_adopt(int fd)
{
	struct trace_file file = {.fd = fd, .is_shown = fd >= 0 && !notes_borrowed()};

	if (file.is_shown) {
		file.before = get(fd);
		put(fd, (struct origin){.state = TRACING});
	}
	return file;
}

struct trace_file trace_open(int directory, const char *path, int flags)
{
	return trace_adopt(place_aside((int)raw(SYS_openat, directory, path, flags | O_CLOEXEC | O_NOCTTY, 0600)));
}

void trace_shut(struct trace_file file)
{
	if (file.is_shown)
		put(file.fd, file.before); /* before the number is another thread's */
	if (file.fd >= 0)
		raw(SYS_close, file.fd);
}

/* The number that a name says, or -1. */
static int number_of(const char *name)
{
	int number = *name == '.' ? -1 : 0;

	for (; *name && number >= 0; name++)
		number = number * 10 + (*name - '0');
	return number;
}

void trace_each_open(void (*found)(void *data, int fd), void *data)
{
	/* struct linux_dirent64.  The kernel lists the numbers in ascending order. */
	enum { LENGTH_AT = 16, NAME_AT = 19 };
	char entries[1024] __attribute__((aligned(8)));
	struct trace_file directory = trace_open(AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY);
	long length;

	if (directory.fd < 0) {
		probe_each(found, data);
		return;
	}
	while ((length = raw(SYS_getdents64, directory.fd, entries, sizeof entries)) > 0)
		for (const char *entry = entries; entry < entries + length;
		     entry += *(const unsigned short *)(const void *)(entry + LENGTH_AT)) {
			int fd = number_of(entry + NAME_AT);

			if (fd > STDERR_FILENO && fd != directory.fd)
				found(data, fd);
		}
	trace_shut(directory);
}

static void note_inherited(void *data, int fd)
{
	(void)data;
	if (get(fd).state == UNSEEN)
		trace_note(fd, INHERITED, 0, NULL);
}

void trace_inherit(void)
{
	trace_each_open(note_inherited, NULL);
}

void trace_flag_inherited(int fd)
{
	struct origin origin = get(fd);

	if (origin.state != INHERITED)
		return;
	origin.state = FLAGGED;
	put(fd, origin);
}
