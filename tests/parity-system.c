/* Handles, mounts, terminals, walks of trees, remote commands, ioctl; and threads that are cancelled in a call. */
#define _GNU_SOURCE
#include "parity.h"

#include <arpa/inet.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <fts.h>
#endif
#include <netdb.h>
#include <pthread.h>
#include <pty.h>
#include <sched.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

void handle_lines(int (*open_it)(int, struct file_handle *, int))
{
	union {
		struct file_handle head;
		char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	} handle = {.head.handle_bytes = MAX_HANDLE_SZ}, odd;
	struct file_handle *file = &handle.head;
	int mount;

	fill("full");
	VALUE(name_to_handle_at(AT_FDCWD, "full", file, &mount, 0));
	move_to(40, bare(SYS_openat, AT_FDCWD, ".", O_RDONLY));
	FD(open_it(40, file, O_RDONLY));
	FD(open_it(40, file, O_RDWR | O_APPEND | O_NONBLOCK));
	FD(open_it(40, file, O_RDONLY | O_CLOEXEC));
	FD(open_it(40, file, O_PATH));
	FD(open_it(40, file, O_DIRECTORY));
	FD(open_it(40, file, O_CREAT | O_RDWR));
	FD(open_it(40, file, O_TRUNC | O_WRONLY));
	VALUE(size_of("full"));
	FD(open_it(40, file, 1 << 30));
	FD(open_it(40, file, 3));
	FD(open_it(AT_FDCWD, file, O_RDONLY));
	FD(open_it(-1, file, O_RDONLY));
	FD(open_it(99, file, O_RDONLY));
	FD(open_it(plain_at(50), file, O_RDONLY));
	FD(open_it(40, nowhere(0), O_RDONLY));
	FD(open_it(40, nowhere(1), O_RDONLY));
	odd = handle;
	odd.head.handle_bytes = 0;
	FD(open_it(40, &odd.head, O_RDONLY));
	odd.head.handle_bytes = MAX_HANDLE_SZ + 1;
	FD(open_it(40, &odd.head, O_RDONLY));
	odd = handle;
	odd.head.handle_type = 99;
	FD(open_it(40, &odd.head, O_RDONLY));
	odd = handle;
	memset(odd.head.f_handle, 0xaa, odd.head.handle_bytes);
	FD(open_it(40, &odd.head, O_RDONLY));
	bare(SYS_close, 0);
	FD(open_it(40, file, O_RDONLY));
	bare(SYS_close, 0);
	FD(open_it(40, file, O_RDONLY | O_CLOEXEC));
	limit_descriptors(3);
	FD(open_it(40, file, O_RDONLY));
}

struct how {
	unsigned long long flags, mode, resolve, more[509];
};

void openat2_lines(int (*openat2_it)(int, const char *, const struct open_how *, size_t))
{
	static const size_t sizes[] = {0, 1, 8, 23, 24, 25, 32, 48, 64, 65, 72, 4096, 4097, 1 << 20, (size_t)-1};
	static struct how how; /* and what comes after it is no struct */
	const struct open_how *it = (const void *)&how;
	static const struct {
		unsigned long long flags, mode, resolve;
	} hows[] = {
		{O_RDONLY, 0, 0}, {O_RDWR | O_APPEND, 0, 0}, {O_RDONLY | O_CLOEXEC, 0, 0}, {O_PATH, 0, 0},
		{O_PATH | O_CLOEXEC, 0, 0}, {O_PATH | O_RDWR, 0, 0}, {O_RDWR | O_CREAT, 0600, 0},
		{O_RDWR | O_CREAT | O_EXCL, 0600, 0}, {O_RDONLY, 0600, 0}, {O_RDWR | O_CREAT, 0777777, 0},
		{1ULL << 40, 0, 0}, {1 << 30, 0, 0}, {-1ULL, 0, 0}, {O_TMPFILE | O_RDWR, 0600, 0},
		{O_DIRECTORY, 0, 0}, {O_RDONLY, 0, 1}, {O_RDONLY, 0, 4}, {O_RDONLY, 0, 8}, {O_RDONLY, 0, 16},
		{O_RDONLY, 0, 24}, {O_RDONLY, 0, 32}, {O_RDONLY, 0, 1 << 20}, {O_RDONLY, 0, -1ULL},
	};

	fill("full");
	must(symlink("full", "link"));
	must(symlink("/dev/null", "out"));
	umask(022);
	for (size_t i = 0; i < sizeof hows / sizeof *hows; i++) {
		how.flags = hows[i].flags, how.mode = hows[i].mode, how.resolve = hows[i].resolve;
		dprintf(REPORT, "{%#llo, %#llo, %llu} ", how.flags, how.mode, how.resolve);
		FD(openat2_it(AT_FDCWD, "full", it, 24));
		FD(openat2_it(AT_FDCWD, "link", it, 24));
		FD(openat2_it(AT_FDCWD, "out", it, 24));
		FD(openat2_it(AT_FDCWD, "/dev/null", it, 24));
		FD(openat2_it(AT_FDCWD, "missing", it, 24));
		VALUE(unlink("missing"));
		FD(openat2_it(AT_FDCWD, ".", it, 24));
		VALUE(how.flags == hows[i].flags && how.mode == hows[i].mode && how.resolve == hows[i].resolve);
		sweep();
	}
	how = (struct how){0};
	for (int odd = 0; odd < 3; odd++) {
		how.more[0] = odd == 1;
		how.more[500] = odd == 2;
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
			dprintf(REPORT, "size %zu ", sizes[i]);
			FD(openat2_it(AT_FDCWD, "full", it, sizes[i]));
			sweep();
		}
	}
	how = (struct how){0};
	FD(openat2_it(AT_FDCWD, "full", nowhere(0), 24));
	FD(openat2_it(AT_FDCWD, "full", nowhere(1), 24));
	FD(openat2_it(AT_FDCWD, "full", nowhere(1), 0));
	FD(openat2_it(AT_FDCWD, nowhere(0), it, 24));
	FD(openat2_it(AT_FDCWD, nowhere(1), it, 24));
	FD(openat2_it(-1, "full", it, 24));
	FD(openat2_it(99, "/dev/null", it, 24));
	bare(SYS_close, 0);
	FD(openat2_it(AT_FDCWD, "full", it, 24));
	limit_descriptors(3);
	FD(openat2_it(AT_FDCWD, "full", it, 24));
}

/* The descriptor of an event: its flag comes from the other descriptor, and from nowhere without the atomic way. */
static void say_event(int fd)
{
	struct fanotify_event_metadata event;
	long length = VALUE(bare(SYS_read, fd, &event, sizeof event));
	int event_descriptor;

	if (length <= 0)
		return;
	event_descriptor = event.fd;
	VALUE(event.mask), VALUE(event.vers), VALUE(event.event_len);
	FD(event_descriptor);
	bare(SYS_close, event_descriptor);
}

static void observe(int fd)
{
	if (fd < 0)
		return;
	VALUE(fanotify_mark(fd, FAN_MARK_ADD, FAN_OPEN | FAN_CLOSE_NOWRITE, AT_FDCWD, "full"));
	bare(SYS_close, bare(SYS_openat, AT_FDCWD, "full", O_RDONLY));
	say_event(fd);
}

void fanotify_lines(int (*fanotify_it)(unsigned, unsigned))
{
	static const unsigned flags[] = {
		0, FAN_CLOEXEC, FAN_NONBLOCK, FAN_CLOEXEC | FAN_NONBLOCK, FAN_CLASS_CONTENT, FAN_CLASS_PRE_CONTENT,
		FAN_CLASS_CONTENT | FAN_CLASS_PRE_CONTENT, FAN_UNLIMITED_QUEUE | FAN_UNLIMITED_MARKS,
		FAN_REPORT_FID, FAN_REPORT_TID, 1U << 30, -1U,
	};
	static const unsigned event_flags[] = {
		O_RDONLY, O_RDWR, O_RDONLY | O_CLOEXEC, O_RDONLY | O_NONBLOCK | O_APPEND | O_LARGEFILE, 3, O_CREAT,
		O_DIRECTORY, O_PATH, 1U << 30, -1U,
	};
	fill("full");
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		for (size_t j = 0; j < sizeof event_flags / sizeof *event_flags; j++) {
			int fd;

			dprintf(REPORT, "{%#x, %#x} ", flags[i], event_flags[j]);
			fd = FD(fanotify_it(flags[i] | FAN_NONBLOCK, event_flags[j]));
			observe(fd);
			bare(SYS_close, fd);
			FD(fanotify_it(flags[i], event_flags[j]));
			sweep();
		}
	for (int standard = 0; standard < 3; standard++) {
		bare(SYS_close, standard);
		FD(fanotify_it(0, O_RDONLY));
		bare(SYS_close, standard);
		FD(fanotify_it(FAN_CLOEXEC, O_RDONLY));
		bare(SYS_close, standard), plain_at(standard);
	}
	limit_descriptors(3);
	FD(fanotify_it(0, O_RDONLY));
	FD(fanotify_it(FAN_CLOEXEC, O_RDONLY));
	FD(fanotify_it(-1U, O_RDONLY));
}

void mount_lines(const struct mount_calls *calls)
{
	static const unsigned flags[] = {0, 1, 2, 3, 1U << 31, -1U};
	static const unsigned picks[] = {0, 1, 2, 4, 8, 9, 16, -1U};
	static const unsigned trees[] = {0, 1, O_CLOEXEC, O_CLOEXEC | 1, AT_RECURSIVE, AT_RECURSIVE | 1, AT_EMPTY_PATH,
	                                 AT_SYMLINK_NOFOLLOW, 1U << 30, -1U};
	int context;

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		dprintf(REPORT, "flags %#x ", flags[i]);
		FD(calls->fsopen("tmpfs", flags[i]));
		FD(calls->fsopen("nonsense", flags[i]));
		FD(calls->fsopen("", flags[i]));
		FD(calls->fsopen(nowhere(0), flags[i]));
		FD(calls->fsopen(nowhere(1), flags[i]));
		FD(calls->fsmount(-1, flags[i], 0));
		FD(calls->fsmount(99, flags[i], 0));
		FD(calls->fsmount(plain_at(50), flags[i], 0));
		for (unsigned attributes = 0; attributes < 3; attributes++) {
			context = (int)bare(SYS_fsopen, "tmpfs", 0);
			if (context < 0)
				break;
			FD(calls->fsmount(context, flags[i], 0)); /* it is not ready */
			bare(SYS_fsconfig, context, 6 /* FSCONFIG_CMD_CREATE */, NULL, NULL, 0);
			FD(calls->fsmount(context, flags[i], attributes == 2 ? -1U : attributes));
			bare(SYS_close, context);
		}
		sweep();
	}
	must(symlink("/", "link"));
	for (size_t i = 0; i < sizeof picks / sizeof *picks; i++) {
		dprintf(REPORT, "flags %#x ", picks[i]);
		FD(calls->fspick(AT_FDCWD, "/", picks[i]));
		FD(calls->fspick(AT_FDCWD, "/proc", picks[i]));
		FD(calls->fspick(AT_FDCWD, "link", picks[i]));
		FD(calls->fspick(AT_FDCWD, "missing", picks[i]));
		FD(calls->fspick(AT_FDCWD, nowhere(0), picks[i]));
		FD(calls->fspick(AT_FDCWD, nowhere(1), picks[i]));
		FD(calls->fspick(AT_FDCWD, "", picks[i]));
		FD(calls->fspick(99, "x", picks[i]));
		sweep();
	}
	for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
		dprintf(REPORT, "flags %#x ", trees[i]);
		FD(calls->open_tree(AT_FDCWD, "/", trees[i]));
		FD(calls->open_tree(AT_FDCWD, "link", trees[i]));
		FD(calls->open_tree(AT_FDCWD, "missing", trees[i]));
		FD(calls->open_tree(AT_FDCWD, "", trees[i]));
		FD(calls->open_tree(AT_FDCWD, nowhere(0), trees[i]));
		FD(calls->open_tree(-1, "x", trees[i]));
		sweep();
	}
	bare(SYS_close, 0);
	FD(calls->fsopen("tmpfs", 0));
	limit_descriptors(3);
	FD(calls->fsopen("tmpfs", 0));
	FD(calls->fspick(AT_FDCWD, "/", 0));
	FD(calls->open_tree(AT_FDCWD, "/", 0));
}

/* What both ends of a terminal are like. */
static void say_ends(int master, int slave, const char *name)
{
	struct stat about;
	struct termios settings;
	struct winsize size = {0};
	int locked = -1;

	FD(master), FD(slave);
	if (name)
		VALUE(strcmp(name, ptsname(master)));
	VALUE(fstat(slave, &about));
	VALUE(about.st_mode), VALUE(about.st_uid == getuid()), VALUE(about.st_gid == getgid()), VALUE(about.st_gid);
	VALUE(tcgetattr(slave, &settings));
	VALUE(settings.c_iflag), VALUE(settings.c_oflag), VALUE(settings.c_cflag), VALUE(settings.c_lflag);
	VALUE(settings.c_cc[VINTR]), VALUE(cfgetospeed(&settings));
	VALUE(ioctl(slave, TIOCGWINSZ, &size));
	VALUE(size.ws_row), VALUE(size.ws_col), VALUE(size.ws_xpixel), VALUE(size.ws_ypixel);
	VALUE(ioctl(master, TIOCGPTLCK, &locked)), VALUE(locked);
	VALUE(isatty(slave)), VALUE(tcgetsid(slave)), VALUE(tcgetpgrp(slave));
}

static struct termios odd_settings(int slave)
{
	struct termios settings = {0};

	tcgetattr(slave, &settings);
	settings.c_lflag &= ~(tcflag_t)ECHO;
	settings.c_oflag = 0;
	settings.c_cc[VINTR] = 7;
	cfsetospeed(&settings, B1200);
	return settings;
}

static const struct winsize odd_size = {24, 81, 3, 4};

static void terminals(void)
{
	int master = -7, slave = -8;
	char name[64] = "untouched", text[8] = "";
	struct termios settings;

	VALUE(openpty(&master, &slave, NULL, NULL, NULL));
	say_ends(master, slave, NULL);
	settings = odd_settings(slave);
	VALUE(openpty(&master, &slave, name, NULL, NULL));
	say_ends(master, slave, name);
	VALUE(openpty(&master, &slave, name, &settings, NULL));
	say_ends(master, slave, name);
	VALUE(openpty(&master, &slave, NULL, NULL, &odd_size));
	say_ends(master, slave, NULL);
	VALUE(openpty(&master, &slave, name, &settings, &odd_size));
	say_ends(master, slave, name);
	VALUE(write(master, "text\n", 5)), VALUE(read(slave, text, sizeof text)), VALUE(memcmp(text, "text\n", 6));
	VALUE(openpty(&master, &slave, NULL, NULL, nowhere(1)));
	say_ends(master, slave, NULL);
	VALUE(open_count());
	for (int standard = 0; standard < 3; standard++) {
		sweep();
		bare(SYS_close, standard);
		VALUE(openpty(&master, &slave, NULL, NULL, NULL));
		FD(master), FD(slave);
		bare(SYS_close, standard), plain_at(standard);
	}
	sweep();
	bare(SYS_close, 0), bare(SYS_close, 1);
	VALUE(openpty(&master, &slave, NULL, NULL, NULL));
	FD(master), FD(slave);
	bare(SYS_close, 0), bare(SYS_close, 1), plain_at(0), plain_at(1);
	for (rlim_t limit = 3; limit < 7; limit++) {
		sweep();
		master = -7, slave = -8;
		strcpy(name, "untouched");
		limit_descriptors(limit);
		VALUE(openpty(&master, &slave, name, &settings, &odd_size));
		VALUE(master), VALUE(slave), VALUE(strcmp(name, "untouched"));
		limit_descriptors(1024);
		VALUE(open_count());
	}
	sweep();
	/* Another root has no terminals. */
	if (VALUE(chroot(".")) == 0) {
		VALUE(openpty(&master, &slave, name, NULL, NULL));
		VALUE(forkpty(&master, name, NULL, NULL));
		FD(posix_openpt(O_RDWR));
		VALUE(open_count());
	}
}

static void no_master(void)
{
	int slave;

	VALUE(openpty(nowhere(0), &slave, NULL, NULL, NULL));
}

static void no_slave(void)
{
	int master;

	VALUE(openpty(&master, nowhere(0), NULL, NULL, NULL));
}

static void no_settings(void)
{
	int master, slave;

	VALUE(openpty(&master, &slave, NULL, nowhere(1), NULL));
}

static void no_name(void)
{
	int master, slave;

	VALUE(openpty(&master, &slave, nowhere(1), NULL, NULL));
}

/* The child's view of its terminal. */
static void say_from_child(pid_t parent)
{
	struct stat standard, other;
	struct winsize size = {0};
	struct termios settings;

	fstat(0, &standard);
	for (int fd = 0; fd < 3; fd++) {
		FD(fd);
		VALUE(isatty(fd));
		fstat(fd, &other);
		VALUE(other.st_rdev == standard.st_rdev && other.st_ino == standard.st_ino);
	}
	VALUE(standard.st_mode), VALUE(standard.st_uid == getuid()), VALUE(standard.st_gid);
	VALUE(open_count());
	VALUE(getppid() == parent);
	VALUE(getsid(0) == getpid()), VALUE(tcgetsid(0) == getpid()), VALUE(tcgetpgrp(0) == getpid());
	VALUE(ioctl(0, TIOCGWINSZ, &size)), VALUE(size.ws_row), VALUE(size.ws_col);
	VALUE(tcgetattr(0, &settings)), VALUE(settings.c_lflag), VALUE(settings.c_cc[VINTR]);
	VALUE(bare(SYS_openat, AT_FDCWD, "/dev/tty", O_RDWR) >= 0);
	must(write(1, "hello", 5)); /* from here on the parent speaks */
}

static void fork_terminal(const struct termios *settings, const struct winsize *size)
{
	char name[64] = "untouched", text[16] = "";
	struct stat about;
	int master = -7, status = -1, error;
	pid_t parent = getpid(), child;

	errno = LEFT_ALONE;
	child = forkpty(&master, name, settings, size);
	if (child == 0) {
		VALUE(errno == LEFT_ALONE);
		say_from_child(parent);
		_exit(9);
	}
	error = errno;
	must(read(master, text, 5));
	VALUE(child > 0), VALUE(error), VALUE(memcmp(text, "hello", 6));
	VALUE(waitpid(child, &status, 0) == child), VALUE(WEXITSTATUS(status));
	FD(master);
	VALUE(strcmp(name, ptsname(master)));
	VALUE(stat(name, &about)), VALUE(about.st_mode), VALUE(about.st_uid == getuid()), VALUE(about.st_gid);
	VALUE(open_count());
	bare(SYS_close, master);
}

static void terminal_children(void)
{
	int master, slave, status;
	struct termios settings;
	char name[64];

	must(openpty(&master, &slave, NULL, NULL, NULL));
	settings = odd_settings(slave);
	sweep();
	fork_terminal(NULL, NULL);
	fork_terminal(&settings, NULL);
	fork_terminal(NULL, &odd_size);
	fork_terminal(&settings, &odd_size);
	for (int standard = 0; standard < 3; standard++) {
		bare(SYS_close, standard);
		fork_terminal(NULL, NULL);
		plain_at(standard);
	}
	for (rlim_t limit = 3; limit < 7; limit++) {
		pid_t child;

		sweep();
		master = -7;
		strcpy(name, "untouched");
		limit_descriptors(limit);
		errno = LEFT_ALONE;
		child = forkpty(&master, name, NULL, NULL);
		if (child == 0)
			_exit(9);
		VALUE(child > 0 ? 1 : child), VALUE(master);
		if (child > 0)
			VALUE(waitpid(child, &status, 0) == child), VALUE(WEXITSTATUS(status));
		else
			VALUE(strcmp(name, "untouched"));
		limit_descriptors(1024);
		VALUE(open_count());
	}
}

static void no_master_of_child(void)
{
	if (forkpty(nowhere(0), NULL, NULL, NULL) == 0)
		_exit(0);
}

void ioctl_lines(int (*ioctl_it)(int, unsigned long, ...))
{
	static const long flags[] = {O_RDWR, O_RDWR | O_NOCTTY, O_RDWR | O_NOCTTY | O_CLOEXEC, O_RDONLY | O_NOCTTY,
	                             O_WRONLY | O_NOCTTY | O_NONBLOCK, 3 | O_NOCTTY, O_CREAT | O_NOCTTY, O_DIRECTORY,
	                             O_PATH, 1 << 30, -1};
	int unlocked = 0, locked = 1, number = -1;
	int master = move_to(60, bare(SYS_openat, AT_FDCWD, "/dev/ptmx", O_RDWR | O_NOCTTY));

	FD(ioctl_it(master, TIOCGPTPEER, O_RDWR | O_NOCTTY)); /* it is locked */
	VALUE(ioctl_it(master, TIOCSPTLCK, &unlocked));
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		dprintf(REPORT, "flags %#lx ", flags[i]);
		FD(ioctl_it(master, TIOCGPTPEER, flags[i]));
	}
	FD(ioctl_it(master, TIOCGPTPEER, (long)(0xffffffff00000000ULL | O_RDWR | O_NOCTTY)));
	FD(ioctl_it(master, (unsigned long)(0xffffffff00000000ULL | TIOCGPTPEER), O_RDWR | O_NOCTTY));
	VALUE(ioctl_it(master, TIOCSPTLCK, &locked));
	FD(ioctl_it(master, TIOCGPTPEER, O_RDWR | O_NOCTTY));
	FD(ioctl_it(plain_at(50), TIOCGPTPEER, O_RDWR));
	FD(ioctl_it(-1, TIOCGPTPEER, O_RDWR));
	FD(ioctl_it(99, TIOCGPTPEER, O_RDWR));
	FD(ioctl_it((int)FD(open("/dev/tty0", O_PATH)), TIOCGPTPEER, O_RDWR));
	VALUE(ioctl_it(50, 0)), VALUE(ioctl_it(50, -1UL)), VALUE(ioctl_it(50, (unsigned long)(1ULL << 40)));
	VALUE(ioctl_it(50, FIONREAD, &number)), VALUE(ioctl_it(50, FIONREAD, nowhere(0)));
	VALUE(ioctl_it(50, FIOCLEX)), VALUE(bare(SYS_fcntl, 50, F_GETFD));
	VALUE(ioctl_it(50, FIONCLEX)), VALUE(bare(SYS_fcntl, 50, F_GETFD));
	VALUE(ioctl_it(99, FIOCLEX)), VALUE(ioctl_it(-1, FIONCLEX));
	VALUE(ioctl_it(50, FIONBIO, &locked)), VALUE(bare(SYS_fcntl, 50, F_GETFL));
	VALUE(ioctl_it(master, TIOCSWINSZ, &odd_size)), VALUE(ioctl_it(master, TIOCGWINSZ, nowhere(1)));
	VALUE(ioctl_it(master, TIOCSPTLCK, &unlocked));
	for (int standard = 0; standard < 3; standard++) {
		bare(SYS_close, standard);
		FD(ioctl_it(master, TIOCGPTPEER, O_RDWR | O_NOCTTY));
		bare(SYS_close, standard);
		FD(ioctl_it(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
		bare(SYS_close, standard), plain_at(standard);
	}
	limit_descriptors(3);
	FD(ioctl_it(master, TIOCGPTPEER, O_RDWR | O_NOCTTY));
	FD(ioctl_it(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
	limit_descriptors(1024);
	/* Not every kernel has it. */
	number = move_to(61, bare(SYS_openat, AT_FDCWD, "/dev/userfaultfd", O_RDWR));
	FD(ioctl_it(number, 0xaa00 /* USERFAULTFD_IOC_NEW */, 0));
	FD(ioctl_it(number, 0xaa00, O_NONBLOCK));
	FD(ioctl_it(number, 0xaa00, O_CLOEXEC));
	FD(ioctl_it(number, 0xaa00, 1));
	FD(ioctl_it(number, 0xaa00, 1 << 30));
	FD(ioctl_it(number, 0xaa00, -1));
	FD(ioctl_it(50, 0xaa00, 0));
}

#ifdef __GLIBC__
/* Walks, entry by entry.  The way back, and the way back from a link, are the descriptors that it keeps. */
#define WALKS(name, walk_type, entry_type, open_it, read_it, children_it, set_it, close_it)                           \
	static int name##_compare(const entry_type **one, const entry_type **other)                                   \
	{                                                                                                             \
		return strcmp((*one)->fts_name, (*other)->fts_name);                                                  \
	}                                                                                                             \
                                                                                                                      \
	static void name##_say(const walk_type *walk, entry_type *entry)                                              \
	{                                                                                                             \
		dprintf(REPORT, "%s: %s %s %d %d ", entry->fts_path, entry->fts_name, entry->fts_accpath,             \
		        entry->fts_info, entry->fts_level);                                                           \
		VALUE(entry->fts_errno), VALUE(entry->fts_namelen), VALUE(entry->fts_pathlen);                        \
		if (!(walk->fts_options & FTS_NOSTAT) && (entry->fts_info == FTS_D || entry->fts_info == FTS_F))      \
			VALUE(entry->fts_statp->st_mode);                                                             \
		if (entry->fts_flags & 2) /* FTS_SYMFOLLOW */                                                         \
			FD(entry->fts_symfd);                                                                         \
	}                                                                                                             \
                                                                                                                      \
	static void name##_walk(char **paths, int options, bool children, bool follow)                                \
	{                                                                                                             \
		char before[512], after[512] = "";                                                                    \
		walk_type *walk;                                                                                      \
		entry_type *entry;                                                                                    \
                                                                                                                      \
		dprintf(REPORT, "options %#x%s%s ", options, children ? ", children" : "", follow ? ", follow" : ""); \
		errno = LEFT_ALONE;                                                                                   \
		walk = open_it(paths, options, name##_compare);                                                       \
		VALUE(!!walk);                                                                                        \
		if (!walk)                                                                                            \
			return;                                                                                       \
		must(getcwd(before, sizeof before) ? 0 : -1);                                                         \
		if (!(options & FTS_NOCHDIR))                                                                         \
			FD(walk->fts_rfd);                                                                            \
		for (int count = 0; count < 60; count++) {                                                            \
			errno = LEFT_ALONE;                                                                           \
			entry = read_it(walk);                                                                        \
			VALUE(!!entry);                                                                               \
			if (!entry)                                                                                   \
				break;                                                                                \
			name##_say(walk, entry);                                                                      \
			if (children && entry->fts_info == FTS_D) {                                                   \
				dprintf(REPORT, "children: ");                                                        \
				errno = LEFT_ALONE;                                                                   \
				entry = children_it(walk, entry->fts_level % 2 ? FTS_NAMEONLY : 0);                   \
				VALUE(!!entry);                                                                       \
				for (; entry; entry = entry->fts_link)                                                \
					dprintf(REPORT, "%s %d\n", entry->fts_name, entry->fts_level);                \
			} else if (follow && entry->fts_info == FTS_SL) {                                             \
				VALUE(set_it(walk, entry, FTS_FOLLOW));                                               \
			} else if (follow && entry->fts_info == FTS_D && strcmp(entry->fts_name, "deep") == 0) {      \
				VALUE(set_it(walk, entry, FTS_SKIP));                                                 \
			}                                                                                             \
		}                                                                                                     \
		VALUE(open_count());                                                                                  \
		VALUE(close_it(walk));                                                                                \
		VALUE(open_count());                                                                                  \
		must(getcwd(after, sizeof after) ? 0 : -1);                                                           \
		VALUE(strcmp(before, after));                                                                         \
	}                                                                                                             \
                                                                                                                      \
	static void name(void)                                                                                        \
	{                                                                                                             \
		static const int options[] = {FTS_PHYSICAL, FTS_LOGICAL, FTS_PHYSICAL | FTS_NOCHDIR,                  \
		                              FTS_LOGICAL | FTS_NOCHDIR, FTS_PHYSICAL | FTS_COMFOLLOW,                \
		                              FTS_PHYSICAL | FTS_SEEDOT, FTS_PHYSICAL | FTS_NOSTAT,                   \
		                              FTS_PHYSICAL | FTS_XDEV, 0, FTS_PHYSICAL | FTS_LOGICAL, 0x8000, -1};    \
		char *paths[] = {(char[]){"tree"}, (char[]){"link"}, (char[]){"missing"}, NULL};                      \
		char *empty[] = {(char[]){""}, NULL};                                                                 \
                                                                                                                      \
		make_tree();                                                                                          \
		for (size_t i = 0; i < sizeof options / sizeof *options; i++) {                                       \
			name##_walk(paths, options[i], false, false);                                                 \
			name##_walk(paths, options[i], true, false);                                                  \
			name##_walk(paths, options[i], false, true);                                                  \
			name##_walk(empty, options[i], false, false);                                                 \
		}                                                                                                     \
		bare(SYS_close, 0);                                                                                   \
		name##_walk(paths, FTS_PHYSICAL, false, true);                                                        \
		plain_at(0);                                                                                          \
		for (rlim_t limit = 3; limit < 8; limit++) {                                                          \
			limit_descriptors(limit);                                                                     \
			name##_walk(paths, FTS_PHYSICAL, false, true);                                                \
			name##_walk(paths, FTS_LOGICAL, true, false);                                                 \
			limit_descriptors(1024);                                                                      \
		}                                                                                                     \
	}

static void make_tree(void)
{
	must(mkdir("tree", 0700)), must(mkdir("tree/deep", 0755)), must(mkdir("tree/deep/deeper", 0700));
	must(mkdir("tree/empty", 0711));
	fill("tree/file"), fill("tree/deep/file"), fill("tree/deep/deeper/file");
	must(symlink("deep", "tree/to_deep")), must(symlink("nowhere", "tree/broken")), must(symlink("..", "tree/deep/up"));
	must(symlink("tree/deep", "link"));
}

WALKS(walks, FTS, FTSENT, fts_open, fts_read, fts_children, fts_set, fts_close)
WALKS(walks64, FTS64, FTSENT64, fts64_open, fts64_read, fts64_children, fts64_set, fts64_close)

/* A network without anybody, where every port is free and no address answers.  False: there can't be one here. */
static bool alone(void)
{
	return VALUE(unshare(CLONE_NEWNET)) == 0;
}

static void reserved_port_lines(int (*reserve)(int *))
{
	static const int ports[] = {1023, 512, 600, 511, 1024, 0, -5, 65535, 80};
	int port;

	for (size_t i = 0; i < sizeof ports / sizeof *ports; i++) {
		port = ports[i];
		dprintf(REPORT, "%d ", port);
		FD(reserve(&port));
		VALUE(port);
	}
	sweep();
	bare(SYS_close, 0);
	port = 1023;
	FD(reserve(&port));
	limit_descriptors(3);
	port = 1023;
	FD(reserve(&port));
	VALUE(port);
	VALUE(open_count());
	/* All of them. */
	limit_descriptors(1024);
	port = 1023;
	for (int fd = 0, count = 0; fd >= 0; count++) {
		errno = LEFT_ALONE;
		fd = reserve(&port);
		if (fd >= 0)
			continue;
		VALUE(fd), VALUE(count), VALUE(port);
	}
	VALUE(open_count());
}

static int reserve_4(int *port)
{
	return rresvport_af(port, AF_INET);
}

static int reserve_6(int *port)
{
	return rresvport_af(port, AF_INET6);
}

static void reserved_ports(void)
{
	int port = 1023;

	if (!alone())
		return;
	FD(rresvport_af(&port, 99));
	FD(rresvport_af(&port, AF_UNIX));
	FD(rresvport_af(&port, 0));
	FD(rresvport_af(&port, AF_NETLINK));
	VALUE(port);
	if (getuid() == 0) {
		int program = fork();

		if (program == 0) {
			bare(SYS_setresuid, 65534, 65534, 65534);
			FD(rresvport(&port));
			VALUE(port);
			_exit(0);
		}
		waitpid(program, NULL, 0);
	}
	reserved_port_lines(rresvport);
	sweep();
	plain_at(0);
	reserved_port_lines(reserve_4);
	sweep();
	plain_at(0);
	reserved_port_lines(reserve_6);
}

static void no_port(void)
{
	FD(rresvport(nowhere(0)));
}

/* Nobody can be reached: a refusal would make libc wait and try again. */
static void remote_commands(void)
{
	char *host;
	int error;

	if (!alone())
		return;
#define COMMAND(call)                                                        \
	do {                                                                 \
		host = (char[]){"127.0.0.1"};                                \
		error = -7;                                                  \
		VALUE(call);                                                 \
		VALUE(error), VALUE(strcmp(host, "127.0.0.1"));              \
		VALUE(open_count());                                         \
	} while (0)
	COMMAND(rcmd(&host, htons(9), "user", "user", "command", NULL));
	COMMAND(rcmd(&host, htons(9), "user", "user", "command", &error));
	COMMAND(rcmd_af(&host, htons(9), "user", "user", "command", &error, AF_INET));
	COMMAND(rcmd_af(&host, htons(9), "user", "user", "command", &error, AF_INET6));
	COMMAND(rcmd_af(&host, htons(9), "user", "user", "command", &error, AF_UNIX));
	COMMAND(rcmd_af(&host, htons(9), "user", "user", "command", &error, 99));
	COMMAND(rexec(&host, htons(9), "user", "password", "command", NULL));
	COMMAND(rexec(&host, htons(9), "user", "password", "command", &error));
	COMMAND(rexec_af(&host, htons(9), "user", "password", "command", &error, AF_INET));
	COMMAND(rexec_af(&host, htons(9), "user", "password", "command", &error, 99));
	limit_descriptors(3);
	COMMAND(rcmd(&host, htons(9), "user", "user", "command", &error));
	COMMAND(rexec(&host, htons(9), "user", "password", "command", &error));
}

LINES(mounts, mount_lines, &(struct mount_calls){fsopen, fsmount, fspick, open_tree})
#endif

/* Memory that ends in a list or in a string: the kernel says so, and nobody who looks at it before may die of it.  Files
 * that can't be executed. */
static void executions(void)
{
	enum { PAGE = 65536 };
	char *page = mmap(NULL, 2L * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *string = page + PAGE - 8;
	char **list = (char **)(void *)(page + PAGE) - 2;
	char *good[] = {(char[]){"true"}, NULL};
	char *bad[] = {(char[]){"true"}, string, NULL};
	char *away[] = {(char[]){"true"}, page + PAGE, NULL};
	posix_spawn_file_actions_t actions;
	pid_t child;
	int program;

	must(munmap(page + PAGE, PAGE));
	memset(string, 'A', 8);
	/* Something to hand on: placed, and flagged. */
	FD(dup2(open("/dev/null", O_RDONLY), 20));
	program = move_to(21, bare(SYS_openat, AT_FDCWD, "/bin/true", O_RDONLY));
	VALUE(execve(string, good, environ));
	VALUE(execve(page + PAGE, good, environ));
	VALUE(execve("/bin/true", bad, environ));
	VALUE(execve("/bin/true", away, environ));
	VALUE(execve("/bin/true", good, bad));
	VALUE(execve("/bin/true", good, away));
	VALUE(execv("/bin/true", away));
	VALUE(execvp("/bin/true", away));
	VALUE(fexecve(program, away, environ));
	VALUE(posix_spawn(&child, "/bin/true", NULL, NULL, away, environ));
	VALUE(posix_spawn(&child, "/bin/true", NULL, NULL, good, away));
	VALUE(syscall(SYS_execve, "/bin/true", away, environ));
	VALUE(execve("/bin/true", (char **)(void *)(page + PAGE), environ));
	VALUE(execve("/bin/true", good, (char **)(void *)(page + PAGE)));
	list[0] = list[1] = good[0];
	VALUE(execve("/bin/true", list, environ));
	VALUE(execve("/bin/true", good, list));
	FD(20);
	/* What has no format is tried once. */
	unlink("made_once");
	program = move_to(22, bare(SYS_openat, AT_FDCWD, "no_format", O_WRONLY | O_CREAT, 0700));
	must(bare(SYS_close, program));
	must(posix_spawn_file_actions_init(&actions));
	must(posix_spawn_file_actions_addopen(&actions, 30, "made_once", O_WRONLY | O_CREAT | O_EXCL, 0600));
	VALUE(posix_spawn(&child, "./no_format", &actions, NULL, good, environ));
	posix_spawn_file_actions_destroy(&actions);
}

/* Threads that wait in a call and are cancelled there. */
static int waited_for;
static int is_cancelled;
static bool early; /* cancelled before the call, not in it */
static void *waiting(void *call)
{
	(*(void (**)(void))call)();
	return NULL;
}

static void reach_the_call(void)
{
	if (early)
		pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	__atomic_store_n(&waited_for, 1, __ATOMIC_SEQ_CST);
	while (early && !__atomic_load_n(&is_cancelled, __ATOMIC_SEQ_CST))
		sched_yield();
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
}

static void clean_up(void *word)
{
	VALUE(*(int *)word);
	*(int *)word = 8;
}

#define BLOCKED(name, type, call)                                            \
	static void blocked_in_##name(void)                                  \
	{                                                                    \
		int word = 7;                                                \
                                                                             \
		pthread_setcanceltype(PTHREAD_CANCEL_##type, NULL);          \
		pthread_cleanup_push(clean_up, &word);                       \
		reach_the_call();                                            \
		VALUE(call);                                                 \
		pthread_cleanup_pop(1);                                      \
	}

static char byte;
static struct msghdr letter = {.msg_iov = &(struct iovec){&byte, 1}, .msg_iovlen = 1};
static struct mmsghdr letters = {.msg_hdr = {.msg_iov = &(struct iovec){&byte, 1}, .msg_iovlen = 1}};
BLOCKED(read, DEFERRED, read(70, &byte, 1))
BLOCKED(read_by_number, ASYNCHRONOUS, syscall(SYS_read, 70, &byte, 1))
BLOCKED(recvmsg, DEFERRED, recvmsg(70, &letter, 0))
BLOCKED(recvmsg_asynchronous, ASYNCHRONOUS, recvmsg(70, &letter, 0))
BLOCKED(recvmsg_by_number, ASYNCHRONOUS, syscall(SYS_recvmsg, 70, &letter, 0))
BLOCKED(recvmmsg, DEFERRED, recvmmsg(70, &letters, 1, 0, NULL))
BLOCKED(accept, DEFERRED, accept(72, NULL, NULL))
BLOCKED(accept4, DEFERRED, accept4(72, NULL, NULL, SOCK_NONBLOCK))
BLOCKED(accept_by_number, ASYNCHRONOUS, syscall(SYS_accept4, 72, NULL, NULL, 0))
BLOCKED(open, DEFERRED, open("fifo", O_RDONLY))
BLOCKED(openat, DEFERRED, openat(AT_FDCWD, "fifo", O_WRONLY))
BLOCKED(open_by_number, ASYNCHRONOUS, syscall(SYS_openat, AT_FDCWD, "fifo", O_RDONLY))
BLOCKED(creat, DEFERRED, creat("fifo", 0600))
BLOCKED(fopen, DEFERRED, !!fopen("fifo", "r"))
#ifdef F_OFD_SETLKW
static struct flock whole = {.l_type = F_WRLCK};
BLOCKED(fcntl, DEFERRED, fcntl(74, F_OFD_SETLKW, &whole))
#endif

static void cancelled(void)
{
	static const struct {
		const char *name;
		void (*call)(void);
	} calls[] = {
#define IN(name) {#name, blocked_in_##name}
		IN(read), IN(read_by_number), IN(recvmsg), IN(recvmsg_asynchronous), IN(recvmsg_by_number), IN(recvmmsg),
		IN(accept), IN(accept4), IN(accept_by_number), IN(open), IN(openat), IN(open_by_number), IN(creat), IN(fopen),
#ifdef F_OFD_SETLKW
		IN(fcntl),
#endif
	};
	struct sockaddr unnamed = {.sa_family = AF_UNIX};
	int pair[2];

	must(mkfifo("fifo", 0600));
	fill("full");
	must(bare(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, pair));
	move_to(70, pair[0]), move_to(71, pair[1]);
	move_to(72, bare(SYS_socket, AF_UNIX, SOCK_STREAM, 0));
	must(bind(72, &unnamed, sizeof unnamed.sa_family)), must(listen(72, 1));
#ifdef F_OFD_SETLKW
	move_to(73, bare(SYS_openat, AT_FDCWD, "full", O_RDWR)), move_to(74, bare(SYS_openat, AT_FDCWD, "full", O_RDWR));
	must(bare(SYS_fcntl, 73, F_OFD_SETLK, &whole));
#endif
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		for (int round = 0; round < 2; round++) {
			void (*call)(void) = calls[i].call;
			bool anywhere = strstr(calls[i].name, "by_number") || strstr(calls[i].name, "asynchronous");
			void *result = NULL;
			pthread_t thread;
			int error;

			early = round == 1;
			if (early && anywhere)
				continue; /* who knows where it is then? */
			dprintf(REPORT, "%s%s: ", calls[i].name, early ? ", cancelled at once" : "");
			waited_for = is_cancelled = 0;
			if (pthread_create(&thread, NULL, waiting, &call))
				abort();
			while (!__atomic_load_n(&waited_for, __ATOMIC_SEQ_CST))
				sched_yield();
			if (!early)
				usleep(20000);
			error = pthread_cancel(thread);
			__atomic_store_n(&is_cancelled, 1, __ATOMIC_SEQ_CST);
			must(-pthread_join(thread, &result));
			VALUE(error);
			VALUE(result == PTHREAD_CANCELED);
			VALUE(open_count());
		}
}

LINES(handles, handle_lines, open_by_handle_at)
LINES(fanotifies, fanotify_lines, fanotify_init)
#ifdef __GLIBC__
LINES(ioctls, ioctl_lines, ioctl)
#pragma weak openat2
int openat2(int directory, const char *path, const struct open_how *how, size_t size);
static void openat2s(void)
{
	if (openat2)
		openat2_lines(openat2);
}
#endif

const struct group system_groups[] = {
	GROUP(handles), GROUP(fanotifies),
#ifdef __GLIBC__
	GROUP(mounts), GROUP(ioctls), GROUP(openat2s), GROUP(walks), GROUP(walks64), GROUP(reserved_ports),
	GROUP(no_port), GROUP(remote_commands),
#endif
	GROUP(terminals), GROUP(no_master), GROUP(no_slave), GROUP(no_settings), GROUP(no_name),
	GROUP(terminal_children), GROUP(no_master_of_child), GROUP(executions), GROUP(cancelled),
	{NULL, NULL},
};
