#include <config.h>

#include "descriptors.h"

#include "sockets.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Type and rights of what the link `number` leads to.  The file system is not asked anew where statx can say so: a
 * server that is gone must not stop us. */
static bool read_mode(int directory, const char *number, mode_t *mode, dev_t *device)
{
	struct stat file;
#ifdef STATX_TYPE
	struct statx known;

	if (statx(directory, number, AT_STATX_DONT_SYNC, STATX_TYPE | STATX_MODE, &known) == 0) {
		*mode = known.stx_mode;
		*device = makedev(known.stx_rdev_major, known.stx_rdev_minor);
		return true;
	}
	if (errno != ENOSYS)
		return false;
#endif
	if (fstatat(directory, number, &file, 0) < 0)
		return false;
	*mode = file.st_mode;
	*device = file.st_rdev;
	return true;
}

/* Terminals by their numbers (Documentation/admin-guide/devices.txt): consoles, /dev/tty and /dev/ptmx, the two sides
 * of pseudo terminals. */
static bool is_terminal(mode_t mode, dev_t device)
{
	return S_ISCHR(mode) &&
	       (major(device) == 4 || major(device) == 5 || (major(device) >= 128 && major(device) <= 143));
}

static enum kind kind_of_file(int directory, const char *number)
{
	mode_t mode;
	dev_t device;

	if (!read_mode(directory, number, &mode, &device))
		return KIND_OTHER;
	if (S_ISDIR(mode))
		return KIND_DIRECTORY;
	if (S_ISFIFO(mode))
		return KIND_PIPE;
	if (is_terminal(mode, device))
		return KIND_TERMINAL;
	if (S_ISREG(mode) || S_ISCHR(mode) || S_ISBLK(mode))
		return mode & S_IROTH ? KIND_FILE : KIND_PRIVATE;
	return KIND_OTHER;
}

/* `anon_inode:[eventpoll]`, `anon_inode:inotify`: what has no path and no inode of its own. */
static enum kind kind_of_nameless(const char *name)
{
	static const struct {
		const char *name;
		enum kind kind;
	} nameless[] = {
		{"eventpoll", KIND_EPOLL}, {"eventfd", KIND_EVENTFD}, {"signalfd", KIND_SIGNALFD},
		{"timerfd", KIND_TIMERFD}, {"inotify", KIND_INOTIFY}, {"fanotify", KIND_FANOTIFY},
	};

	name += *name == '[';
	for (size_t i = 0; i < sizeof nameless / sizeof *nameless; i++)
		if (strncmp(name, nameless[i].name, strlen(nameless[i].name)) == 0)
			return nameless[i].kind;
	return KIND_OTHER;
}

/* Fills in what the descriptor is; false where it was closed meanwhile. */
static bool describe(struct descriptor *descriptor, const struct process *process, int directory, const char *number)
{
	char target[PATH_MAX + 32];
	char address[PATH_MAX];
	const char *text = target;

	if (!read_link(directory, number, target, sizeof target))
		return false;
	if (strncmp(target, "socket:[", 8) == 0) {
		bool listens = socket_describe(process, strtoul(target + 8, NULL, 10), address, sizeof address);

		descriptor->kind = listens ? KIND_LISTENING : KIND_SOCKET;
		text = address;
	} else if (strncmp(target, "pipe:[", 6) == 0) {
		descriptor->kind = KIND_PIPE;
	} else if (strncmp(target, "anon_inode:", 11) == 0) {
		descriptor->kind = kind_of_nameless(target + 11);
	} else if (strncmp(target, "/memfd:", 7) == 0 || strncmp(target, "/dev/shm/", 9) == 0) {
		descriptor->kind = KIND_MEMORY;
	} else {
		descriptor->kind = *target == '/' ? kind_of_file(directory, number) : KIND_OTHER;
	}
	descriptor->origin = origin_of(process, descriptor->fd);
	descriptor->target = strdup(text);
	return descriptor->target;
}

/* `flags:` in octal, the flag being O_CLOEXEC.  False where the descriptor was closed meanwhile. */
static bool read_flag(int directory, const char *number, bool *passed)
{
	char text[128];
	const char *flags;

	if (read_file(directory, number, text, sizeof text) <= 0 || !(flags = strstr(text, "flags:")))
		return false;
	*passed = !(strtoul(flags + 6, NULL, 8) & O_CLOEXEC);
	return true;
}

static bool add(struct descriptors *found, const struct descriptor *descriptor)
{
	if (found->count == found->room) {
		size_t room = found->room ? found->room * 2 : 64;
		struct descriptor *larger = realloc(found->list, room * sizeof *larger);

		if (!larger)
			return false;
		found->list = larger;
		found->room = room;
	}
	found->list[found->count++] = *descriptor;
	return true;
}

static int by_importance(const void *one, const void *other)
{
	const struct descriptor *a = one;
	const struct descriptor *b = other;
	enum kind a_kind = a->kind < KIND_FILE ? a->kind : KIND_FILE;
	enum kind b_kind = b->kind < KIND_FILE ? b->kind : KIND_FILE;

	if (a->passed != b->passed)
		return a->passed ? -1 : 1;
	if (a_kind != b_kind)
		return a_kind < b_kind ? -1 : 1;
	return a->fd < b->fd ? -1 : a->fd > b->fd;
}

static void read_entries(struct descriptors *found, const struct process *process, bool all, DIR *fdinfo, int fd)
{
	const struct dirent *entry;

	while ((entry = readdir(fdinfo))) {
		struct descriptor descriptor = {.fd = atoi(entry->d_name)};

		/* 0, 1 and 2 are passed on on purpose, by everybody. */
		if (entry->d_name[0] == '.' || (descriptor.fd <= STDERR_FILENO && !all) ||
		    !read_flag(dirfd(fdinfo), entry->d_name, &descriptor.passed) || (!descriptor.passed && !all))
			continue;
		if (!describe(&descriptor, process, fd, entry->d_name))
			continue;
		if (!add(found, &descriptor))
			free(descriptor.target);
	}
}

int descriptors_read(struct descriptors *found, const struct process *process, bool all)
{
	int fdinfo;
	int fd;
	DIR *directory;

	for (; found->count > 0; found->count--)
		free(found->list[found->count - 1].target);
	fdinfo = openat(process->directory, "fdinfo", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fdinfo < 0)
		return errno;
	fd = openat(process->directory, "fd", O_PATH | O_DIRECTORY | O_CLOEXEC);
	directory = fd >= 0 ? fdopendir(fdinfo) : NULL;
	if (!directory) {
		int error = errno;

		close(fdinfo);
		if (fd >= 0)
			close(fd);
		return error;
	}
	read_entries(found, process, all, directory, fd);
	closedir(directory);
	close(fd);
	if (found->count)
		qsort(found->list, found->count, sizeof *found->list, by_importance);
	return 0;
}
