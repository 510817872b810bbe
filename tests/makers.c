/* Every call of the table, and what makes descriptors by it. */
#define _GNU_SOURCE
#include "creators.h"

#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <fts.h>
#endif

#ifdef __GLIBC__
typedef int message_flags;
#else
typedef unsigned message_flags;
#endif

/* Symbols of glibc, or of a newer one; headers keep some for themselves, and another libc has none of them. */
#pragma weak __open
#pragma weak __open64
#pragma weak __open_2
#pragma weak __open64_2
#pragma weak __openat_2
#pragma weak __openat64_2
#pragma weak openat2
#pragma weak _IO_fopen
#pragma weak _IO_popen
#pragma weak _IO_file_open
#pragma weak _IO_file_fopen
#pragma weak _IO_proc_open
#pragma weak __setmntent
#pragma weak __recvmsg64
#pragma weak __recvmmsg64
#pragma weak __dup2
#pragma weak __fcntl
#pragma weak fcntl64
#pragma weak __fcntl_time64
#pragma weak __pipe
#pragma weak getpt
#pragma weak fsopen
#pragma weak fsmount
#pragma weak fspick
#pragma weak open_tree
#pragma weak fts_open
#pragma weak fts_read
#pragma weak fts64_open
#pragma weak fts64_read
#pragma weak __fts64_open_time64
#pragma weak __fts64_read_time64
#pragma weak __ioctl_time64
int __open(const char *path, int flags, ...);
int __open64(const char *path, int flags, ...);
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int directory, const char *path, int flags);
int __openat64_2(int directory, const char *path, int flags);
struct open_how;
int openat2(int directory, const char *path, const struct open_how *how, size_t size);
FILE *_IO_fopen(const char *path, const char *mode);
FILE *_IO_popen(const char *command, const char *type);
FILE *_IO_file_open(FILE *file, const char *path, int flags, int mode, int file_flags, int is_32_bit);
FILE *_IO_file_fopen(FILE *file, const char *path, const char *mode, int is_32_bit);
FILE *_IO_proc_open(FILE *file, const char *command, const char *type);
FILE *__setmntent(const char *path, const char *mode);
ssize_t __recvmsg64(int fd, struct msghdr *message, int flags);
int __recvmmsg64(int fd, struct mmsghdr *messages, unsigned count, message_flags flags, struct timespec *timeout);
int __dup2(int fd, int number);
int __fcntl(int fd, int command, ...);
int fcntl64(int fd, int command, ...);
int __fcntl_time64(int fd, int command, ...);
int __pipe(int ends[2]);
int getpt(void);
int fsopen(const char *kind, unsigned flags);
int fsmount(int fd, unsigned flags, unsigned attributes);
int fspick(int directory, const char *path, unsigned flags);
int open_tree(int directory, const char *path, unsigned flags);
int __ioctl_time64(int fd, unsigned long request, ...);
#ifdef __GLIBC__
typedef FTS64 walk_64;
typedef FTSENT64 entry_64;
#else
void *fts_open(char *const *paths, int options, int (*compare)(const void *, const void *));
void *fts_read(void *walk);
typedef void walk_64;
typedef void entry_64;
walk_64 *fts64_open(char *const *paths, int options, int (*compare)(const entry_64 **, const entry_64 **));
entry_64 *fts64_read(walk_64 *walk);
#endif
walk_64 *__fts64_open_time64(char *const *paths, int options, int (*compare)(const entry_64 **, const entry_64 **));
entry_64 *__fts64_read_time64(walk_64 *walk);

static FILE *plain_stream(void)
{
	return fdopen(plain_file(), "r");
}

/* A listening socket with one connection waiting. */
static int listener(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	socklen_t length = sizeof address;
	int server = aside((int)bare(SYS_socket, AF_UNIX, SOCK_STREAM, 0));
	int client = aside((int)bare(SYS_socket, AF_UNIX, SOCK_STREAM, 0));

	if (bind(server, (struct sockaddr *)&address, sizeof address.sun_family) < 0 || listen(server, 1) < 0 ||
	    getsockname(server, (struct sockaddr *)&address, &length) < 0 ||
	    connect(client, (struct sockaddr *)&address, length) < 0)
		fail("listener");
	return server;
}

/* Room for a message that carries two descriptors, to be sent and to be received. */
struct parcel {
	struct msghdr header;
	struct iovec vector;
	char data;
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(2 * sizeof(int))];
	} control;
};

static struct msghdr *parcel(struct parcel *parcel)
{
	*parcel = (struct parcel){0};
	parcel->vector = (struct iovec){&parcel->data, 1};
	parcel->header = (struct msghdr){.msg_iov = &parcel->vector, .msg_iovlen = 1,
	                                 .msg_control = &parcel->control, .msg_controllen = sizeof parcel->control};
	return &parcel->header;
}

/* A socket with `count` such messages waiting. */
static int mailbox(int count)
{
	struct parcel letter;
	int ends[2];
	int fds[2] = {source(), source()};
	struct msghdr *header = parcel(&letter);

	letter.control.head = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS,
	                                       .cmsg_len = CMSG_LEN(sizeof fds)};
	memcpy(CMSG_DATA(&letter.control.head), fds, sizeof fds);
	if (bare(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, ends) < 0)
		fail("mailbox");
	ends[0] = aside(ends[0]);
	ends[1] = aside(ends[1]);
	while (count--)
		if (sendmsg(ends[0], header, 0) < 0)
			fail("sendmsg");
	return ends[1];
}

static void received(const struct parcel *letter)
{
	int fds[2];

	memcpy(fds, CMSG_DATA(&letter->control.head), sizeof fds);
	two(letter->header.msg_controllen ? 0 : -1, fds);
}

static void receive(ssize_t (*receive_it)(int, struct msghdr *, int))
{
	struct parcel letter;

	if (receive_it(mailbox(1), parcel(&letter), ask(MSG_CMSG_CLOEXEC)) < 0)
		fail("recvmsg");
	received(&letter);
}

static void receive_many(int (*receive_it)(int, struct mmsghdr *, unsigned, message_flags, struct timespec *))
{
	struct parcel letters[2];
	struct mmsghdr headers[2];

	for (int i = 0; i < 2; i++)
		headers[i].msg_hdr = *parcel(&letters[i]);
	if (receive_it(mailbox(2), headers, 2, (message_flags)ask(MSG_CMSG_CLOEXEC), NULL) != 2)
		fail("recvmmsg");
	for (int i = 0; i < 2; i++)
		received(&letters[i]);
}

static int observe_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	return signalfd(-1, &none, ask(SFD_CLOEXEC));
}

/* Whatever can't be had here (a privilege, a kernel that is new enough) is absent. */
static void possible(int fd)
{
	if (fd >= 0)
		one(fd);
	else if (errno == EPERM || errno == ENOSYS || errno == EOPNOTSUPP || errno == EINVAL || errno == EACCES)
		absent();
	else
		fail("no descriptor");
}

static void open_handle(void)
{
	union {
		struct file_handle head;
		char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	} handle = {.head.handle_bytes = MAX_HANDLE_SZ};
	int mount, directory = aside((int)bare(SYS_openat, AT_FDCWD, ".", O_RDONLY));

	if (name_to_handle_at(AT_FDCWD, ".", &handle.head, &mount, 0) < 0)
		absent();
	else
		possible(open_by_handle_at(directory, &handle.head, O_RDONLY | ask(O_CLOEXEC)));
}

struct how {
	unsigned long long flags, mode, resolve;
};

static int open_how(int (*open_it)(int, const char *, const struct open_how *, size_t))
{
	struct how how = {.flags = (unsigned)ask(O_CLOEXEC)};

	return open_it(AT_FDCWD, "/dev/null", (const void *)&how, sizeof how);
}

/* glibc's stream layer, as old C++ libraries call it: on a stream that is there but not open. */
#ifdef __GLIBC__
static FILE *closed_stream(void)
{
	FILE *file = plain_stream();

	bare(SYS_close, fileno(file));
	file->_fileno = -1;
	return file;
}

static void open_process(void)
{
	static _Alignas(16) char room[1024];
	FILE *other = popen("exit", "r"), *copy = (FILE *)room;

	/* popen's streams are larger than others; this one must stay open, in libc's list. */
	if (!other)
		fail("popen");
	other->_fileno = aside(fileno(other));
	memcpy(room, other, 512);
	copy->_fileno = -1;
	stream(_IO_proc_open(copy, ":", mode("r", "re")));
}
#define CLOSED_STREAM closed_stream()
#define OPEN_PROCESS  open_process()
/* glibc's sets the flag itself. */
#define SETMNTENT(name) absent()
#else
#define CLOSED_STREAM NULL
#define OPEN_PROCESS  absent()
#define SETMNTENT(name) stream(name("/dev/null", mode("r", "re")))
#endif

static int master(void)
{
	int unlocked = 0, fd = aside((int)bare(SYS_openat, AT_FDCWD, "/dev/ptmx", O_RDWR));

	bare(SYS_ioctl, fd, TIOCSPTLCK, &unlocked);
	return fd;
}

static void terminal(void)
{
	int both[2];

	two(openpty(&both[0], &both[1], NULL, NULL, NULL), both);
}

static void child_with_terminal(void)
{
	int fd = -1;
	int process = forkpty(&fd, NULL, NULL, NULL);

	if (process == 0)
		bare(SYS_exit_group, 0);
	if (process > 0)
		waitpid(process, NULL, 0);
	one(fd);
}

static void mount_file_system(void)
{
	int context = (int)bare(SYS_fsopen, "tmpfs", 0);

	if (context < 0) {
		absent();
		return;
	}
	context = aside(context);
	bare(SYS_fsconfig, context, 6 /* FSCONFIG_CMD_CREATE */, NULL, NULL, 0);
	possible(fsmount(context, (unsigned)ask(1), 0));
}

/* A walk is at its start, and has followed a link. */
#ifdef __GLIBC__
#define WALK(kind, entry_kind, open_it, read_it, set_it, follow)                                     \
	do {                                                                                        \
		kind *walk = open_it((char *[]){"link", NULL}, FTS_PHYSICAL, NULL);                 \
		entry_kind *entry;                                                                  \
                                                                                                    \
		if (symlink("/", "link") < 0 && errno != EEXIST)                                    \
			fail("symlink");                                                            \
		one(walk ? walk->fts_rfd : -1);                                                     \
		if (!follow)                                                                        \
			break;                                                                      \
		walk = open_it((char *[]){"link", NULL}, FTS_PHYSICAL, NULL);                       \
		entry = read_it(walk);                                                              \
		set_it(walk, entry, FTS_FOLLOW);                                                    \
		one(walk->fts_rfd);                                                                 \
		entry = read_it(walk);                                                              \
		one(entry ? entry->fts_symfd : -1);                                                 \
	} while (0)
#else
#define WALK(...) absent()
#endif

/* The same, one after the other: a system call that is not there, or forbidden, is left out. */
static bool is_there(long result)
{
	return result >= 0 || (errno != ENOSYS && errno != EPERM);
}

static void numbered(long fd)
{
	if (is_there(fd))
		one((int)fd);
}

static void numbered_two(long result, const int *fds)
{
	if (is_there(result))
		two((int)result, fds);
}

/* By number, all that makes plain descriptors. */
static void by_number(void)
{
	sigset_t none;
	int both[2];
	struct how how;
	struct parcel letter;
	struct mmsghdr header;

	sigemptyset(&none);
#ifdef SYS_open
	numbered(syscall(SYS_open, "/dev/null", ask(O_CLOEXEC)));
	asked_nothing();
	numbered(syscall(SYS_creat, "created", 0600));
#endif
	numbered(syscall(SYS_openat, AT_FDCWD, "/dev/null", ask(O_CLOEXEC)));
	asked_nothing();
	numbered(syscall(SYS_dup, source()));
#ifdef SYS_dup2
	numbered(syscall(SYS_dup2, source(), vacant()));
#endif
	numbered(syscall(SYS_dup3, source(), vacant(), ask(O_CLOEXEC)));
	numbered(syscall(SYS_fcntl, source(), F_DUPFD + ask(F_DUPFD_CLOEXEC), 0));
#ifdef SYS_pipe
	asked_nothing();
	numbered_two(syscall(SYS_pipe, both), both);
#endif
	numbered_two(syscall(SYS_pipe2, both, ask(O_CLOEXEC)), both);
	numbered(syscall(SYS_socket, AF_UNIX, SOCK_STREAM | ask(SOCK_CLOEXEC), 0));
	numbered_two(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM | ask(SOCK_CLOEXEC), 0, both), both);
	numbered(syscall(SYS_accept4, listener(), NULL, NULL, ask(SOCK_CLOEXEC)));
#ifdef SYS_accept
	asked_nothing();
	numbered(syscall(SYS_accept, listener(), NULL, NULL));
#endif
	if (syscall(SYS_recvmsg, mailbox(1), parcel(&letter), ask(MSG_CMSG_CLOEXEC)) < 0)
		fail("recvmsg");
	received(&letter);
#ifdef SYS_recvmmsg
	header.msg_hdr = *parcel(&letter);
	if (syscall(SYS_recvmmsg, mailbox(1), &header, 1, ask(MSG_CMSG_CLOEXEC), NULL) != 1)
		fail("recvmmsg");
	received(&letter);
#endif
#ifdef SYS_epoll_create
	asked_nothing();
	numbered(syscall(SYS_epoll_create, 1));
#endif
	numbered(syscall(SYS_epoll_create1, ask(EPOLL_CLOEXEC)));
#ifdef SYS_eventfd
	asked_nothing();
	numbered(syscall(SYS_eventfd, 0));
#endif
	numbered(syscall(SYS_eventfd2, 0, ask(EFD_CLOEXEC)));
#ifdef SYS_signalfd
	asked_nothing();
	numbered(syscall(SYS_signalfd, -1, &none, 8));
#endif
	numbered(syscall(SYS_signalfd4, -1, &none, 8, ask(SFD_CLOEXEC)));
	numbered(syscall(SYS_timerfd_create, CLOCK_MONOTONIC, ask(TFD_CLOEXEC)));
#ifdef SYS_inotify_init
	asked_nothing();
	numbered(syscall(SYS_inotify_init));
#endif
	numbered(syscall(SYS_inotify_init1, ask(IN_CLOEXEC)));
	numbered(syscall(SYS_memfd_create, "created", ask(MFD_CLOEXEC)));
	possible((int)syscall(SYS_ioctl, master(), TIOCGPTPEER, O_RDWR | O_NOCTTY | ask(O_CLOEXEC)));
	how = (struct how){.flags = (unsigned)ask(O_CLOEXEC)};
	possible((int)syscall(SYS_openat2, AT_FDCWD, "/dev/null", &how, sizeof how));
	possible((int)syscall(SYS_fsopen, "tmpfs", ask(1)));
	possible((int)syscall(SYS_open_tree, AT_FDCWD, "/", ask(O_CLOEXEC)));
	possible((int)syscall(SYS_fanotify_init, ask(FAN_CLOEXEC), O_RDONLY));
	possible((int)syscall(SYS_userfaultfd, 1 | ask(O_CLOEXEC)));
#ifdef SYS_memfd_secret
	possible((int)syscall(SYS_memfd_secret, ask(O_CLOEXEC)));
#endif
}

static int ends[2];

/* Every call, and what makes descriptors by it. */
#define CALLS                                                                                       \
	CALL(open, one(open("/dev/null", ask(O_CLOEXEC))))                                          \
	CALL(open64, one(open64("/dev/null", ask(O_CLOEXEC))))                                      \
	CALL(__open, one(__open("/dev/null", ask(O_CLOEXEC))))                                      \
	CALL(__open64, one(__open64("/dev/null", ask(O_CLOEXEC))))                                  \
	CALL(__open_2, one(__open_2("/dev/null", ask(O_CLOEXEC))))                                  \
	CALL(__open64_2, one(__open64_2("/dev/null", ask(O_CLOEXEC))))                              \
	CALL(openat, one(openat(AT_FDCWD, "/dev/null", ask(O_CLOEXEC))))                            \
	CALL(openat64, one(openat64(AT_FDCWD, "/dev/null", ask(O_CLOEXEC))))                        \
	CALL(__openat_2, one(__openat_2(AT_FDCWD, "/dev/null", ask(O_CLOEXEC))))                    \
	CALL(__openat64_2, one(__openat64_2(AT_FDCWD, "/dev/null", ask(O_CLOEXEC))))                \
	CALL(creat, one(creat("created", 0600)))                                                    \
	CALL(creat64, one(creat64("created", 0600)))                                                \
	CALL(open_by_handle_at, open_handle())                                                      \
	CALL(openat2, one(open_how(openat2)))                                                       \
	CALL(fopen, stream(fopen("/dev/null", mode("r", "re"))))                                    \
	CALL(fopen64, stream(fopen64("/dev/null", mode("r", "re"))))                                \
	CALL(_IO_fopen, stream(_IO_fopen("/dev/null", mode("r", "re"))))                            \
	CALL(freopen, stream(freopen("/dev/null", mode("r", "re"), plain_stream())))                \
	CALL(freopen64, stream(freopen64("/dev/null", mode("r", "re"), plain_stream())))            \
	CALL(popen, stream(popen(":", mode("r", "re"))))                                            \
	CALL(_IO_popen, stream(_IO_popen(":", mode("r", "re"))))                                    \
	CALL(_IO_file_open, stream(_IO_file_open(CLOSED_STREAM, "/dev/null", ask(O_CLOEXEC), 0, 0, 0))) \
	CALL(_IO_file_fopen, stream(_IO_file_fopen(CLOSED_STREAM, "/dev/null", mode("r", "re"), 0))) \
	CALL(_IO_proc_open, OPEN_PROCESS)                                                           \
	CALL(setmntent, SETMNTENT(setmntent))                                                       \
	CALL(__setmntent, SETMNTENT(__setmntent))                                                   \
	CALL(tmpfile, stream(tmpfile()))                                                            \
	CALL(tmpfile64, stream(tmpfile64()))                                                        \
	CALL(mkstemp, one(mkstemp((char[]){"XXXXXX"})))                                             \
	CALL(mkstemp64, one(mkstemp64((char[]){"XXXXXX"})))                                         \
	CALL(mkstemps, one(mkstemps((char[]){"XXXXXX.x"}, 2)))                                      \
	CALL(mkstemps64, one(mkstemps64((char[]){"XXXXXX.x"}, 2)))                                  \
	CALL(mkostemp, one(mkostemp((char[]){"XXXXXX"}, ask(O_CLOEXEC))))                           \
	CALL(mkostemp64, one(mkostemp64((char[]){"XXXXXX"}, ask(O_CLOEXEC))))                       \
	CALL(mkostemps, one(mkostemps((char[]){"XXXXXX.x"}, 2, ask(O_CLOEXEC))))                    \
	CALL(mkostemps64, one(mkostemps64((char[]){"XXXXXX.x"}, 2, ask(O_CLOEXEC))))                \
	CALL(socket, one(socket(AF_UNIX, SOCK_STREAM | ask(SOCK_CLOEXEC), 0)))                      \
	CALL(socketpair, two(socketpair(AF_UNIX, SOCK_STREAM | ask(SOCK_CLOEXEC), 0, ends), ends))  \
	CALL(accept, one(accept(listener(), NULL, NULL)))                                           \
	CALL(accept4, one(accept4(listener(), NULL, NULL, ask(SOCK_CLOEXEC))))                      \
	CALL(recvmsg, receive(recvmsg))                                                                    \
	CALL(recvmmsg, receive_many(recvmmsg))                                                              \
	CALL(__recvmsg64, receive(__recvmsg64))                                                     \
	CALL(__recvmmsg64, receive_many(__recvmmsg64))                                              \
	CALL(dup, one(dup(source())))                                                               \
	CALL(dup2, one(dup2(source(), vacant())))                                                   \
	CALL(__dup2, one(__dup2(source(), vacant())))                                               \
	CALL(dup3, one(dup3(source(), vacant(), ask(O_CLOEXEC))))                                   \
	CALL(fcntl, one(fcntl(source(), F_DUPFD + ask(F_DUPFD_CLOEXEC), 0)))                        \
	CALL(fcntl64, one(fcntl64(source(), F_DUPFD + ask(F_DUPFD_CLOEXEC), 0)))                    \
	CALL(__fcntl, one(__fcntl(source(), F_DUPFD + ask(F_DUPFD_CLOEXEC), 0)))                    \
	CALL(__fcntl_time64, one(__fcntl_time64(source(), F_DUPFD + ask(F_DUPFD_CLOEXEC), 0)))      \
	CALL(pipe, two(pipe(ends), ends))                                                           \
	CALL(__pipe, two(__pipe(ends), ends))                                                       \
	CALL(pipe2, two(pipe2(ends, ask(O_CLOEXEC)), ends))                                         \
	CALL(epoll_create, one(epoll_create(1)))                                                    \
	CALL(epoll_create1, one(epoll_create1(ask(EPOLL_CLOEXEC))))                                 \
	CALL(eventfd, one(eventfd(0, ask(EFD_CLOEXEC))))                                            \
	CALL(signalfd, one(observe_signals()))                                                      \
	CALL(timerfd_create, one(timerfd_create(CLOCK_MONOTONIC, ask(TFD_CLOEXEC))))                \
	CALL(inotify_init, one(inotify_init()))                                                     \
	CALL(inotify_init1, one(inotify_init1(ask(IN_CLOEXEC))))                                    \
	CALL(memfd_create, one(memfd_create("created", ask(MFD_CLOEXEC))))                          \
	CALL(fanotify_init, possible(fanotify_init((unsigned)ask(FAN_CLOEXEC), O_RDONLY)))          \
	CALL(posix_openpt, one(posix_openpt(O_RDWR | O_NOCTTY | ask(O_CLOEXEC))))                   \
	CALL(getpt, one(getpt()))                                                                   \
	CALL(openpty, terminal())                                                                   \
	CALL(forkpty, child_with_terminal())                                                        \
	CALL(fsopen, possible(fsopen("tmpfs", (unsigned)ask(1))))                                   \
	CALL(fsmount, mount_file_system())                                                          \
	CALL(fspick, possible(fspick(AT_FDCWD, "/", (unsigned)ask(1))))                             \
	CALL(open_tree, possible(open_tree(AT_FDCWD, "/", (unsigned)ask(O_CLOEXEC))))               \
	CALL(fts_open, WALK(FTS, FTSENT, fts_open, fts_read, fts_set, false))                       \
	CALL(fts64_open, WALK(FTS64, FTSENT64, fts64_open, fts64_read, fts64_set, false))           \
	CALL(__fts64_open_time64, WALK(FTS64, FTSENT64, __fts64_open_time64, __fts64_read_time64, fts64_set, false)) \
	CALL(fts_read, WALK(FTS, FTSENT, fts_open, fts_read, fts_set, true))                        \
	CALL(fts64_read, WALK(FTS64, FTSENT64, fts64_open, fts64_read, fts64_set, true))            \
	CALL(__fts64_read_time64, WALK(FTS64, FTSENT64, __fts64_open_time64, __fts64_read_time64, fts64_set, true)) \
	NETWORK_CALLS(NETWORK)                                                                      \
	CALL(ioctl, one(ioctl(master(), TIOCGPTPEER, O_RDWR | O_NOCTTY | ask(O_CLOEXEC))))          \
	CALL(__ioctl_time64, one(__ioctl_time64(master(), TIOCGPTPEER, O_RDWR | O_NOCTTY | ask(O_CLOEXEC)))) \
	CALL(syscall, by_number())

#define NETWORK(name)
#define CALL(name, ...)                                                                             \
	static void make_##name(void)                                                               \
	{                                                                                           \
		__VA_ARGS__;                                                                        \
	}
CALLS
#undef CALL
#undef NETWORK

const struct maker makers[] = {
#define CALL(name, ...) {#name, make_##name, (void (*)(void))name},
#define NETWORK(name)   {#name, make_##name, make_##name},
	CALLS
#undef CALL
#undef NETWORK
};
const size_t maker_count = sizeof makers / sizeof *makers;
