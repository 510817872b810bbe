/* parity: calls with bad and odd arguments, one line each for what came of it, to be compared with and without us.
 *
 * A line is: the call as it is written here, its result, errno, and for a descriptor its F_GETFL and kind, and whether
 * it has the flag; a descriptor above 2 has that in a last word, `plain` or `flagged`, where nothing else may differ.
 * Each group runs in a process of its own with nothing open but 0-2, so numbers are the same every time; a group that
 * dies says by which signal.  What the lines need besides is made by bare system calls.
 */
#define _GNU_SOURCE
#include "bare.h"

#include <errno.h>
#include <fcntl.h>
#include <net/ethernet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

enum {
	REPORT = 400,
	LEFT_ALONE = 4242, /* what errno was before each call */
};

static void say_errno(int error)
{
	dprintf(REPORT, " %s", error == LEFT_ALONE ? "-" : strerror(error));
}

static void say_descriptor(int fd)
{
	struct stat about;
	int flag = (int)bare(SYS_fcntl, fd, F_GETFD);

	if (flag < 0 || fstat(fd, &about) < 0) {
		dprintf(REPORT, " closed");
		return;
	}
	dprintf(REPORT, " getfl=%#lx kind=%#o%s%s", bare(SYS_fcntl, fd, F_GETFL), about.st_mode,
	        fd > 2 ? "" : " standard", flag ? " flagged" : " plain");
}

/* Tells about a call that has just returned.  Gives back its result, and errno as it was. */
static long say(const char *call, long result, bool descriptor)
{
	int error = errno;

	dprintf(REPORT, "%s: %ld", call, result);
	say_errno(error);
	if (descriptor && result >= 0)
		say_descriptor((int)result);
	dprintf(REPORT, "\n");
	errno = error;
	return result;
}

static FILE *say_stream(const char *call, FILE *stream)
{
	say(call, stream ? fileno(stream) : -1, true);
	return stream;
}

/* Each of these makes the call and tells about it: one that gives a descriptor, any other number, a stream, or two. */
#define FD(call) say(#call, (errno = LEFT_ALONE, (call)), true)
#define VALUE(call) say(#call, (errno = LEFT_ALONE, (call)), false)
#define STREAM(call) say_stream(#call, (errno = LEFT_ALONE, (call)))
#define PAIR(call, pair)                                                     \
	do {                                                                 \
		(pair)[0] = (pair)[1] = 77;                                  \
		VALUE(call);                                                 \
		VALUE((pair)[0]), VALUE((pair)[1]);                          \
		if ((pair)[0] != 77)                                         \
			FD((pair)[0]), FD((pair)[1]);                        \
	} while (0)

/* Closes everything but 0-2 and the report. */
static void sweep(void)
{
	for (int fd = 3; fd < 1024; fd++)
		if (fd != REPORT)
			bare(SYS_close, fd);
}

/* A plain copy at exactly this number. */
static void put(long fd, int number)
{
#ifdef SYS_dup2 /* a test may forbid the younger */
	bare(SYS_dup2, fd, number);
#else
	bare(SYS_dup3, fd, number, 0);
#endif
}

/* A plain descriptor at exactly this number. */
static int plain_at(int number)
{
	int fd = (int)bare(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR);

	if (fd != number) {
		put(fd, number);
		bare(SYS_close, fd);
	}
	return number;
}

static void must(long result)
{
	if (result < 0)
		abort();
}

static void limit_descriptors(rlim_t limit)
{
	struct rlimit both;

	getrlimit(RLIMIT_NOFILE, &both);
	both.rlim_cur = limit;
	setrlimit(RLIMIT_NOFILE, &both);
}

static long mode_of(const char *path)
{
	struct stat about;

	return stat(path, &about) < 0 ? -errno : (long)about.st_mode;
}

static long size_of(const char *path)
{
	struct stat about;

	return stat(path, &about) < 0 ? -errno : (long)about.st_size;
}

static void fill(const char *path)
{
	int fd = (int)bare(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0640);

	must(write(fd, "0123456789", 10));
	bare(SYS_close, fd);
}

/* A page that can be read but not written. */
static void *read_only(void)
{
	return mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* Hides NULL and other nonsense from the compiler. */
static void *nowhere(uintptr_t address)
{
	static volatile uintptr_t hidden;

	hidden = address;
	return (void *)hidden;
}

static void open_lines(int (*open_it)(const char *, int, ...))
{
	static char long_name[5000];

	memset(long_name, 'x', sizeof long_name - 1);
	fill("full");
	must(symlink("full", "link"));
	must(mkfifo("fifo", 0600));
	must(mkdir("directory", 0700));
	umask(027);
	FD(open_it("/dev/null", O_RDONLY));
	FD(open_it("/dev/null", O_WRONLY | O_APPEND | O_NONBLOCK));
	FD(open_it("/dev/null", O_RDWR | O_CLOEXEC));
	FD(open_it("/dev/null", 3));
	FD(open_it("/dev/null", -1 & ~(O_CREAT | O_TMPFILE)));
	FD(open_it("/dev/null", O_RDONLY | 1 << 30));
	FD(open_it(nowhere(0), O_RDONLY));
	FD(open_it(nowhere(1), O_RDONLY));
	FD(open_it(nowhere(0), O_RDWR | O_CREAT, 0600));
	FD(open_it("", O_RDONLY));
	FD(open_it("missing", O_RDONLY));
	FD(open_it("missing/", O_RDWR | O_CREAT, 0600));
	FD(open_it("full/", O_RDONLY));
	FD(open_it("full/x", O_RDONLY));
	FD(open_it(long_name, O_RDONLY));
	FD(open_it("directory", O_RDONLY));
	FD(open_it("directory", O_RDWR));
	FD(open_it("directory", O_DIRECTORY));
	FD(open_it("directory", O_PATH));
	FD(open_it("directory", O_PATH | O_DIRECTORY));
	FD(open_it("full", O_DIRECTORY));
	FD(open_it("full", O_PATH));
	FD(open_it("full", O_PATH | O_CLOEXEC));
	FD(open_it("link", O_PATH | O_NOFOLLOW));
	FD(open_it("link", O_NOFOLLOW));
	FD(open_it("fifo", O_WRONLY | O_NONBLOCK));
	FD(open_it("fifo", O_RDONLY | O_NONBLOCK));
	FD(open_it("full", O_RDWR | O_SYNC));
	FD(open_it("full", O_RDWR | O_DSYNC | O_NOATIME));
	FD(open_it("full", O_RDWR | O_CREAT | O_EXCL, 0600));
	FD(open_it("full", O_RDWR | O_CREAT, 0777));
	VALUE(mode_of("full"));
	FD(open_it("full", O_WRONLY | O_TRUNC));
	VALUE(size_of("full"));
	FD(open_it("new600", O_WRONLY | O_CREAT | O_EXCL, 0600));
	VALUE(mode_of("new600"));
	FD(open_it("new666", O_RDWR | O_CREAT, 0666));
	VALUE(mode_of("new666"));
	FD(open_it("new7777", O_RDWR | O_CREAT, 07777));
	VALUE(mode_of("new7777"));
	FD(open_it("new0", O_RDWR | O_CREAT, 0));
	VALUE(mode_of("new0"));
	FD(open_it(".", O_TMPFILE | O_RDWR, 0646));
	FD(open_it(".", O_TMPFILE | O_WRONLY | O_EXCL, 0));
	FD(open_it(".", O_TMPFILE | O_RDONLY, 0600));
	FD(open_it("full", O_TMPFILE | O_RDWR, 0600));
	FD(open_it("both", O_CREAT | O_DIRECTORY | O_RDWR, 0600));
	limit_descriptors(4);
	FD(open_it("full", O_RDONLY));
	FD(open_it("full", O_RDONLY | O_CLOEXEC));
	FD(open_it("late", O_RDWR | O_CREAT, 0600));
	VALUE(mode_of("late"));
}

static void openat_lines(int (*openat_it)(int, const char *, int, ...))
{
	int directory, file;

	must(mkdir("directory", 0700));
	umask(0);
	directory = FD(openat_it(AT_FDCWD, "directory", O_RDONLY | O_DIRECTORY));
	file = FD(openat_it(directory, "file", O_RDWR | O_CREAT, 0606));
	VALUE(mode_of("directory/file"));
	FD(openat_it(directory, "file", O_RDONLY | O_CLOEXEC));
	FD(openat_it(directory, "missing", O_RDONLY));
	FD(openat_it(directory, nowhere(0), O_RDONLY));
	FD(openat_it(directory, "", O_RDONLY));
	FD(openat_it(directory, ".", O_TMPFILE | O_RDWR, 0640));
	FD(openat_it(directory, "file", O_PATH));
	FD(openat_it(file, "file", O_RDONLY));
	FD(openat_it(file, "/dev/null", O_RDONLY));
	FD(openat_it(-1, "file", O_RDONLY));
	FD(openat_it(-1, "/dev/null", O_RDONLY));
	FD(openat_it(99, "file", O_RDWR | O_CREAT, 0600));
	FD(openat_it(directory, "file", O_CREAT | O_EXCL | O_RDWR, 0600));
	limit_descriptors(5);
	FD(openat_it(AT_FDCWD, "/dev/null", O_RDONLY));
}

static void creat_lines(int (*creat_it)(const char *, mode_t))
{
	fill("full");
	must(mkdir("directory", 0700));
	umask(022);
	FD(creat_it("new", 0666));
	VALUE(mode_of("new"));
	FD(creat_it("odd", 07077));
	VALUE(mode_of("odd"));
	FD(creat_it("full", 0777));
	VALUE(mode_of("full"));
	VALUE(size_of("full"));
	FD(creat_it("directory", 0600));
	FD(creat_it("", 0600));
	FD(creat_it("missing/x", 0600));
	FD(creat_it(nowhere(0), 0600));
	limit_descriptors(4);
	FD(creat_it("late", 0600));
	VALUE(mode_of("late"));
}

#ifdef __GLIBC__
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int directory, const char *path, int flags);
int __openat64_2(int directory, const char *path, int flags);

static void fortified(void)
{
	FD(__open_2("/dev/null", O_RDWR));
	FD(__open64_2("/dev/null", O_RDWR | O_CLOEXEC));
	FD(__openat_2(AT_FDCWD, "/dev/null", O_RDONLY));
	FD(__openat64_2(-1, "missing", O_RDONLY));
	FD(__open_2(nowhere(0), O_RDONLY));
	FD(__open64_2("/", O_DIRECTORY));
}

static void fortified_open(void)
{
	FD(__open_2("new", O_RDWR | O_CREAT));
}

static void fortified_open64(void)
{
	FD(__open64_2(".", O_RDWR | O_TMPFILE));
}

static void fortified_openat(void)
{
	FD(__openat_2(AT_FDCWD, "new", O_RDWR | O_CREAT));
}

static void fortified_openat64(void)
{
	FD(__openat64_2(AT_FDCWD, ".", O_RDWR | O_TMPFILE));
}
#endif

static const char *const modes[] = {
	"r", "w", "a", "r+", "w+", "a+", "rb", "rb+", "r+b", "re", "re+", "r+e", "wx", "wxe", "w+x", "rm", "rc", "rcm",
	"", "e", "er", "x", "+r", "b", "z", "rz", "rw", "ree", "rbbbb+", "rbbbbb+", "rbbbbbb+", "rbbbbb", "rbbbbbe",
	"rbbbbbbe", "rbbbb+e", "wbbbbbx", "wbbbbxb", "rbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
	"r,ccs=UTF-8", "re,ccs=UTF-8", "r,ccs=UTF-8e", "r,ccs=UTF-8,e", "rb+,ccs=UTF-8", "rbbbbb,ccs=UTF-8", "r,ccs=",
	"r,ccs=nonsense", "w,ccs=UTF-8,x", "r,e", "r,ccs=ISO-8859-1//TRANSLIT",
};

static void fopen_lines(FILE *(*fopen_it)(const char *, const char *))
{
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		FILE *stream;

		fill("full");
		dprintf(REPORT, "\"%s\" ", modes[i]);
		stream = STREAM(fopen_it("full", modes[i]));
		VALUE(size_of("full"));
		if (stream) {
			VALUE(fputs("text", stream)), VALUE(fflush(stream));
			VALUE(fwide(stream, 0)), VALUE(ftell(stream));
			VALUE(fclose(stream));
		}
	}
	umask(0);
	STREAM(fopen_it("new", "w"));
	VALUE(mode_of("new"));
	STREAM(fopen_it("newx", "wx"));
	STREAM(fopen_it("newx", "wx"));
	STREAM(fopen_it("missing", "r"));
	STREAM(fopen_it("/", "w"));
	STREAM(fopen_it("", "r"));
	STREAM(fopen_it(nowhere(0), "r"));
	limit_descriptors(6);
	while (fopen_it("full", "r"))
		;
	STREAM(fopen_it("full", "r"));
	STREAM(fopen_it("full", "re"));
}

static void freopen_lines(FILE *(*freopen_it)(const char *, const char *, FILE *))
{
	FILE *stream, *second;

	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		fill("full");
		stream = fdopen(plain_at(7), "r");
		dprintf(REPORT, "\"%s\" ", modes[i]);
		second = STREAM(freopen_it("full", modes[i], stream));
		VALUE(size_of("full"));
		if (second) {
			VALUE(second == stream);
			VALUE(fputs("text", second)), VALUE(fflush(second));
			VALUE(fclose(second));
		}
		VALUE(bare(SYS_fcntl, 7, F_GETFD));
	}
	fill("full");
	stream = fdopen(plain_at(7), "r");
	STREAM(freopen_it("missing", "r", stream));
	FD(dup(7));
	stream = fdopen(plain_at(7), "w");
	STREAM(freopen_it(nowhere(0), "a", stream));
	STREAM(freopen_it(nowhere(0), "r+", stream));
	STREAM(freopen_it(nowhere(0), "e", stream));
	stream = fdopen(plain_at(8), "w");
	bare(SYS_close, 8);
	STREAM(freopen_it("full", "r", stream));
	stream = fdopen(plain_at(9), "r");
	limit_descriptors(3);
	STREAM(freopen_it("full", "r", stream));
}

/* Streams of 0-2 never keep a flag that was not asked for, and keep one that was, as libc does. */
static void sticky(void)
{
	FILE *stream;

	STREAM(freopen("/dev/null", "r", stdin));
	STREAM(freopen("/dev/null", "w", stdout));
	STREAM(freopen("/dev/null", "w", stdout));
	STREAM(freopen("/dev/null", "we", stdout));
	STREAM(freopen("/dev/null", "w", stdout));
	STREAM(freopen(NULL, "a", stdout));
	VALUE(bare(SYS_fcntl, 2, F_SETFD, FD_CLOEXEC));
	STREAM(freopen("/dev/null", "w", stderr));
	VALUE(bare(SYS_fcntl, 2, F_SETFD, FD_CLOEXEC));
	STREAM(freopen(NULL, "a", stderr));
	fclose(stdin);
	stream = STREAM(fopen("/dev/null", "r"));
	STREAM(freopen("/dev/zero", "r", stream));
	STREAM(freopen("/dev/zero", "re", stream));
	STREAM(freopen("/dev/zero", "r", stream));
	fclose(stream);
	/* A stream on 2 whose descriptor somebody closed: libc opens 0 and moves it. */
	VALUE(bare(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY));
	VALUE(bare(SYS_close, 2));
	stream = STREAM(fopen("/dev/null", "r"));
	VALUE(bare(SYS_close, 0));
	VALUE(bare(SYS_close, 2));
	STREAM(freopen("/dev/zero", "r", stream));
	fclose(stream);
	stream = STREAM(fopen("/dev/null", "re"));
	STREAM(freopen("/dev/zero", "r", stream));
	fclose(stream);
	STREAM(tmpfile());
}

static void popens(void)
{
	static const char *const popen_modes[] = {"r", "w", "re", "er", "we", "ree", "rr", "rw", "", "e", "x", "rx", "a",
	                                          "rbbbbbbbb", "reeeeeeeeee"};
	FILE *stream;
	char text[16] = "";

	for (size_t i = 0; i < sizeof popen_modes / sizeof *popen_modes; i++) {
		dprintf(REPORT, "\"%s\" ", popen_modes[i]);
		stream = STREAM(popen("exit 3", popen_modes[i]));
		if (stream)
			VALUE(pclose(stream));
	}
	stream = STREAM(popen("echo text", "r"));
	VALUE(fread(text, 1, sizeof text, stream));
	VALUE(memcmp(text, "text\n", 6));
	VALUE(pclose(stream));
	stream = STREAM(popen("read -r word && [ \"$word\" = text ] && exit 5", "w"));
	VALUE(fputs("text\n", stream));
	VALUE(pclose(stream));
	stream = STREAM(popen("exec /nonexistent/program 2>&-", "r"));
	VALUE(pclose(stream));
	limit_descriptors(4);
	STREAM(popen("exit 3", "r"));
}

static void temporaries(void)
{
	char gone[] = "gone/XXXXXX", few[] = "nameXXXXX", good[] = "nameXXXXXX", suffixed[] = "nameXXXXXX.c";
	char constant[] = "", again[] = "nameXXXXXX", more[] = "nameXXXXXX", bogus[] = "nameXXXXXX";

	umask(077);
	FD(mkstemp(good));
	VALUE(strncmp(good, "nameXXXXXX", 10) != 0);
	VALUE(strlen(good));
	VALUE(mode_of(good));
	FD(mkstemp(good));
	FD(mkstemp(gone));
	FD(mkstemp(few));
	VALUE(strcmp(few, "nameXXXXX"));
	FD(mkstemp(constant));
	FD(mkstemp64(again));
	FD(mkstemps(suffixed, 2));
	VALUE(strcmp(suffixed + 10, ".c"));
	FD(mkstemps(suffixed, 2));
	FD(mkstemps(few, -1));
	FD(mkstemps(few, 200));
	FD(mkstemps64(few, 0));
	FD(mkostemp(more, O_APPEND | O_SYNC));
	FD(mkostemp(bogus, 1 << 30));
	FD(mkostemp(few, O_CLOEXEC));
	FD(mkostemp64((char[]){"XXXXXX"}, O_CLOEXEC));
	FD(mkostemp64((char[]){"XXXXXX"}, O_RDONLY));
	FD(mkostemps((char[]){"XXXXXX.cc"}, 3, O_APPEND));
	FD(mkostemps64((char[]){"XXXXXX.cc"}, 2, 0));
	FD(mkostemps64((char[]){"XXXXXX.cc"}, 3, 0));
	STREAM(tmpfile());
	STREAM(tmpfile64());
	VALUE(fputs("text", STREAM(tmpfile())));
	limit_descriptors(4);
	FD(mkstemp((char[]){"XXXXXX"}));
	FD(mkostemps((char[]){"XXXXXX.c"}, 2, 0));
	STREAM(tmpfile());
}

static void sockets(void)
{
	static const struct {
		int domain, type, protocol;
	} combinations[] = {
		{AF_UNIX, SOCK_STREAM, 0},      {AF_UNIX, SOCK_DGRAM, 0},         {AF_UNIX, SOCK_SEQPACKET, 0},
		{AF_INET, SOCK_STREAM, 0},      {AF_INET, SOCK_DGRAM, 0},         {AF_NETLINK, SOCK_RAW, 0},
		{AF_UNIX, SOCK_RAW, 0},         {AF_UNIX, SOCK_STREAM, 99},       {AF_UNIX, 0, 0},
		{AF_UNIX, 99, 0},               {AF_UNIX, -1, 0},                 {AF_INET, SOCK_SEQPACKET, 0},
		{AF_INET, SOCK_STREAM, 17},     {AF_INET, SOCK_DGRAM, 6},         {AF_INET, SOCK_STREAM, -1},
		{AF_INET, SOCK_RAW, 0},         {AF_UNSPEC, SOCK_STREAM, 0},      {-1, SOCK_STREAM, 0},
		{99, SOCK_STREAM, 0},           {0x7fffffff, 1, 0},               {AF_UNIX, SOCK_STREAM | 0x1000, 0},
		{AF_UNIX, SOCK_STREAM | 1 << 30, 0}, {AF_NETLINK, SOCK_STREAM, 0}, {AF_NETLINK, SOCK_RAW, 99},
		{AF_PACKET, 99, 0},             {AF_INET6, SOCK_DGRAM, 6},        {AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0},
		{AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0}, {AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0},
		{99, SOCK_STREAM | SOCK_CLOEXEC, 0},
	};
	int pair[2];

	for (size_t i = 0; i < sizeof combinations / sizeof *combinations; i++) {
		int domain = combinations[i].domain, type = combinations[i].type, protocol = combinations[i].protocol;

		dprintf(REPORT, "{%d, %#x, %d} ", domain, type, protocol);
		FD(socket(domain, type, protocol));
		PAIR(socketpair(domain, type, protocol, pair), pair);
		sweep();
	}
	FD(socket(AF_UNIX, SOCK_STREAM, 0)); /* nothing was remembered from those errors */
	VALUE(socketpair(AF_UNIX, SOCK_STREAM, 0, nowhere(0)));
	VALUE(socketpair(AF_UNIX, SOCK_STREAM, 0, read_only()));
	VALUE(plain_at(4));
	PAIR(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), pair);
	limit_descriptors(8);
	PAIR(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), pair);
	FD(socket(AF_UNIX, SOCK_STREAM, 0));
	FD(socket(AF_UNIX, SOCK_STREAM, 0));
}

/* Non-blocking, and so many clients in its queue, each with its number as the first byte. */
static int listener(int type, int clients)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	socklen_t length = sizeof address;
	int server = (int)bare(SYS_socket, AF_UNIX, type | SOCK_NONBLOCK, 0);

	put(server, 20);
	bare(SYS_close, server);
	must(bind(20, (struct sockaddr *)&address, sizeof address.sun_family));
	must(listen(20, 64));
	must(getsockname(20, (struct sockaddr *)&address, &length));
	for (int i = 0; i < clients; i++) {
		char number = (char)i;
		int client = (int)bare(SYS_socket, AF_UNIX, type, 0);

		must(connect(client, (struct sockaddr *)&address, length));
		must(write(client, &number, 1));
		put(client, 30 + i);
		bare(SYS_close, client);
	}
	return 20;
}

/* Which client is it? */
static long client_of(int fd)
{
	char number = -1;

	return read(fd, &number, 1) == 1 ? number : -1;
}

static void accept_lines(int (*accept_it)(int, struct sockaddr *, socklen_t *, int), int flags)
{
	struct sockaddr_storage address;
	struct sockaddr *name = (struct sockaddr *)&address;
	socklen_t length = sizeof address;
	int server = listener(SOCK_STREAM, 16);

	dprintf(REPORT, "flags=%#x\n", flags);
	VALUE(client_of(FD(accept_it(server, NULL, NULL, flags))));
	VALUE(client_of(FD(accept_it(server, name, &length, flags))));
	VALUE(length), VALUE(name->sa_family);
	length = (socklen_t)-1;
	FD(accept_it(server, name, &length, flags));
	VALUE(client_of(FD(accept_it(server, NULL, NULL, flags))));
	length = 0;
	VALUE(client_of(FD(accept_it(server, name, &length, flags))));
	VALUE(length);
	FD(accept_it(server, nowhere(1), &length, flags));
	length = sizeof address;
	FD(accept_it(server, nowhere(1), &length, flags));
	FD(accept_it(server, name, nowhere(1), flags));
	FD(accept_it(server, name, nowhere(0), flags));
	VALUE(client_of(FD(accept_it(server, NULL, NULL, flags))));
	limit_descriptors(8);
	for (int i = 0; i < 4; i++)
		FD(accept_it(server, NULL, NULL, flags));
	limit_descriptors(1024);
	VALUE(client_of(FD(accept_it(server, NULL, NULL, flags))));
	for (int i = 0; i < 12; i++)
		FD(accept_it(server, NULL, NULL, flags));
	FD(accept_it(-1, NULL, NULL, flags));
	FD(accept_it(99, NULL, NULL, flags));
	FD(accept_it(plain_at(50), NULL, NULL, flags));
	put(bare(SYS_socket, AF_UNIX, SOCK_STREAM, 0), 51);
	FD(accept_it(51, NULL, NULL, flags));
	put(bare(SYS_socket, AF_UNIX, SOCK_DGRAM, 0), 52);
	FD(accept_it(52, NULL, NULL, flags));
	put(bare(SYS_socket, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), 53);
	FD(accept_it(53, NULL, NULL, flags));
}

static int accept_3(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
	(void)flags;
	return accept(fd, address, length);
}

static void accepts4(void)
{
	static const int flags[] = {0, SOCK_NONBLOCK, SOCK_CLOEXEC, SOCK_CLOEXEC | SOCK_NONBLOCK, 1, 1 << 30, -1};

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		accept_lines(accept4, flags[i]);
		sweep();
	}
}

/* A datagram with `count` descriptors, and its sender's credentials if the receiver has asked for them. */
static void send_descriptors(int fd, int count)
{
	char room[CMSG_SPACE(16 * sizeof(int))] = {0};
	struct cmsghdr *head = (struct cmsghdr *)room;
	struct msghdr message = {.msg_iov = &(struct iovec){"data", 4}, .msg_iovlen = 1};
	int fds[16];

	if (count) {
		message.msg_control = room;
		message.msg_controllen = CMSG_SPACE((size_t)count * sizeof(int));
		*head = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS,
		                         .cmsg_len = CMSG_LEN((size_t)count * sizeof(int))};
	}
	for (int i = 0; i < count; i++)
		fds[i] = plain_at(60);
	memcpy(CMSG_DATA(head), fds, (size_t)count * sizeof(int));
	must(sendmsg(fd, &message, 0));
	bare(SYS_close, 60);
}

static void say_message(const struct msghdr *message)
{
	VALUE((unsigned)message->msg_flags);
	VALUE((long)message->msg_controllen);
	VALUE(message->msg_namelen);
	for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR((struct msghdr *)message, part)) {
		VALUE((long)part->cmsg_len), VALUE(part->cmsg_level), VALUE(part->cmsg_type);
		if (part->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t at = CMSG_LEN(0); at + sizeof(int) <= part->cmsg_len; at += sizeof(int)) {
			int fd;

			memcpy(&fd, (char *)part + at, sizeof fd);
			FD(fd);
		}
	}
}

static void receive_one(int fd, int flags, size_t room)
{
	char control[512] = {0}, data[8] = "";
	struct msghdr message = {.msg_iov = &(struct iovec){data, 3}, .msg_iovlen = 1, .msg_control = control,
	                         .msg_controllen = room};

	dprintf(REPORT, "flags %#x, room %zu: ", flags, room);
	if (VALUE(recvmsg(fd, &message, flags)) >= 0) {
		say_message(&message);
		VALUE(memcmp(data, "data", 3));
	}
}

static int mailbox(int *sender)
{
	int pair[2], yes = 1;

	bare(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, pair);
	put(pair[0], 40), put(pair[1], 41);
	bare(SYS_close, pair[0]), bare(SYS_close, pair[1]);
	setsockopt(41, SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes);
	*sender = 40;
	return 41;
}

static void messages(void)
{
	static const int flags[] = {0, MSG_DONTWAIT, MSG_CMSG_CLOEXEC, MSG_PEEK, MSG_TRUNC, MSG_CMSG_CLOEXEC | MSG_PEEK,
	                            MSG_OOB, 1 << 28};
	static const size_t rooms[] = {512, 0, 1, 15, 16, 19, 20, 24, 32, 40, 47, 48, 52, 56, 64, 72};
	int sender, receiver = mailbox(&sender), yes = 1, no = 0;
	struct msghdr message = {.msg_iov = nowhere(1), .msg_iovlen = 1};

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		for (int count = 0; count < 4; count += 3) {
			send_descriptors(sender, count);
			receive_one(receiver, flags[i], 512);
			receive_one(receiver, MSG_DONTWAIT, 512);
			receive_one(receiver, MSG_DONTWAIT, 512);
		}
	for (int credentials = 0; credentials < 2; credentials++)
		for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
			setsockopt(receiver, SOL_SOCKET, SO_PASSCRED, credentials ? &yes : &no, sizeof yes);
			send_descriptors(sender, 3);
			receive_one(receiver, 0, rooms[i]);
			FD(fcntl(plain_at(60), F_DUPFD, 0)); /* how many came in, seen or not */
		}
	sweep();
	receiver = mailbox(&sender);
	receive_one(receiver, MSG_DONTWAIT, 512);
	receive_one(-1, 0, 512);
	receive_one(99, 0, 512);
	receive_one(plain_at(50), 0, 512);
	VALUE(recvmsg(receiver, nowhere(0), MSG_DONTWAIT));
	VALUE(recvmsg(receiver, nowhere(1), MSG_DONTWAIT));
	send_descriptors(sender, 1);
	VALUE(recvmsg(receiver, &message, 0));
	VALUE((unsigned)message.msg_flags);
	receive_one(receiver, MSG_DONTWAIT, 512);
	send_descriptors(sender, 3);
	limit_descriptors(5);
	receive_one(receiver, 0, 512);
	limit_descriptors(3);
	send_descriptors(sender, 0);
	receive_one(receiver, 0, 512);
}

/* Their kind refuses MSG_CMSG_CLOEXEC; only root gets one. */
static void packets(void)
{
	int fd = FD(socket(AF_PACKET, SOCK_DGRAM, 0));
	struct mmsghdr several[2] = {{.msg_hdr = {.msg_controllen = 0}}};
	struct msghdr message = {.msg_iovlen = 0};
	struct sockaddr_in discard = {.sin_family = AF_INET, .sin_port = htons(9),
	                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

	receive_one(fd, MSG_DONTWAIT, 512);
	receive_one(fd, MSG_DONTWAIT, 512);
	receive_one(fd, MSG_DONTWAIT | MSG_CMSG_CLOEXEC, 512);
	VALUE(recvmmsg(fd, several, 2, MSG_DONTWAIT, NULL));
	/* One that arrives: what was refused on the way must not show. */
	fd = FD(socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_ALL)));
	sendto(FD(socket(AF_INET, SOCK_DGRAM, 0)), "data", 4, 0, (struct sockaddr *)&discard, sizeof discard);
	VALUE(poll(&(struct pollfd){.fd = fd, .events = POLLIN}, fd >= 0, 5000));
	VALUE(recvmsg(fd, &message, MSG_DONTWAIT));
	VALUE((unsigned)message.msg_flags);
}

static void several_messages(void)
{
	int sender, receiver = mailbox(&sender);
	static const int flags[] = {0, MSG_DONTWAIT, MSG_WAITFORONE, MSG_CMSG_CLOEXEC, MSG_WAITFORONE | MSG_PEEK};
	struct timespec soon = {.tv_nsec = 1}, bad = {.tv_nsec = -1};

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		char control[3][128] = {{0}}, data[3][4] = {{0}};
		struct mmsghdr all[3] = {{.msg_len = 99}};
		struct iovec vectors[3];

		for (int j = 0; j < 3; j++) {
			vectors[j] = (struct iovec){data[j], 4};
			all[j].msg_hdr = (struct msghdr){.msg_iov = &vectors[j], .msg_iovlen = 1,
			                                 .msg_control = control[j],
			                                 .msg_controllen = sizeof control[j]};
			send_descriptors(sender, j);
		}
		dprintf(REPORT, "flags %#x: ", flags[i]);
		for (long j = 0, count = VALUE(recvmmsg(receiver, all, 3, flags[i], NULL)); j < count; j++) {
			VALUE(all[j].msg_len);
			say_message(&all[j].msg_hdr);
		}
		dprintf(REPORT, "again: ");
		if (VALUE(recvmmsg(receiver, all, 3, MSG_DONTWAIT, &soon)) > 0)
			say_message(&all[0].msg_hdr);
		VALUE(recvmmsg(receiver, all, 3, MSG_DONTWAIT, NULL));
		VALUE(recvmmsg(receiver, all, 0, 0, NULL));
		VALUE(recvmmsg(receiver, all, 3, MSG_DONTWAIT, &bad));
		VALUE(recvmmsg(receiver, nowhere(1), 3, MSG_DONTWAIT, NULL));
		VALUE(recvmmsg(99, all, 3, 0, NULL));
		VALUE(recvmmsg(plain_at(50), all, 3, 0, NULL));
	}
}

static void copies(void)
{
	plain_at(7);
	FD(dup(7));
	FD(dup(-1));
	FD(dup(99));
	FD(dup2(7, 7));
	FD(dup2(99, 99));
	FD(dup2(-1, -1));
	FD(dup2(7, -1));
	FD(dup2(-1, 7));
	FD(dup2(99, 7));
	FD(7);
	FD(dup2(7, 1 << 30));
	FD(dup2(7, 12));
	FD(dup2(7, 12));
	FD(dup2(7, 0));
	VALUE(bare(SYS_fcntl, 7, F_SETFD, FD_CLOEXEC));
	VALUE(dup2(7, 7));
	VALUE(bare(SYS_fcntl, 7, F_GETFD));
	FD(dup2(7, 13));
	FD(dup2(7, 1));
	VALUE(bare(SYS_fcntl, 0, F_SETFD, FD_CLOEXEC));
	FD(dup2(0, 0));
	FD(dup2(7, 0));
	FD(dup3(7, 14, 0));
	FD(dup3(7, 14, O_CLOEXEC));
	FD(dup3(7, 2, O_CLOEXEC));
	FD(dup3(7, 2, 0));
	FD(dup3(7, 7, 0));
	FD(dup3(7, 7, O_CLOEXEC));
	FD(dup3(99, 99, 0));
	FD(dup3(7, 15, O_NONBLOCK));
	FD(dup3(7, 15, O_CLOEXEC | O_NONBLOCK));
	FD(dup3(7, 15, -1));
	FD(dup3(7, -1, 0));
	FD(dup3(-1, 15, 0));
	FD(dup3(7, 15, 0)); /* nothing was remembered from those errors */
	limit_descriptors(20);
	FD(dup2(7, 19));
	FD(dup2(7, 20));
	FD(dup3(7, 20, 0));
	while (bare(SYS_dup, 7) >= 0)
		;
	FD(dup(7));
	FD(dup2(7, 19));
	FD(dup3(7, 18, 0));
}

static void fcntl_lines(int (*fcntl_it)(int, int, ...))
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	struct f_owner_ex owner = {.type = F_OWNER_PID, .pid = 0};

	fill("full");
	plain_at(7);
	FD(fcntl_it(7, F_DUPFD, 0));
	FD(fcntl_it(7, F_DUPFD, 100));
	FD(fcntl_it(7, F_DUPFD_CLOEXEC, 100));
	FD(fcntl_it(7, F_DUPFD, -1));
	FD(fcntl_it(7, F_DUPFD_CLOEXEC, -1));
	FD(fcntl_it(7, F_DUPFD, 1 << 30));
	FD(fcntl_it(7, F_DUPFD, 0x7fffffff));
	FD(fcntl_it(7, F_DUPFD, 0xffffffff00000014UL)); /* the upper half does not count */
	FD(fcntl_it(-1, F_DUPFD, 0));
	FD(fcntl_it(99, F_DUPFD, 0));
	VALUE(fcntl_it(7, F_GETFD));
	VALUE(fcntl_it(7, F_SETFD, 1));
	VALUE(fcntl_it(7, F_GETFD));
	VALUE(fcntl_it(7, F_SETFD, 0));
	VALUE(fcntl_it(7, F_GETFD));
	VALUE(fcntl_it(7, F_GETFL));
	VALUE(fcntl_it(7, F_SETFL, O_NONBLOCK));
	VALUE(fcntl_it(7, F_GETFL));
	VALUE(fcntl_it(7, -1));
	VALUE(fcntl_it(7, 9999));
	VALUE(fcntl_it(7, 9999, nowhere(1)));
	VALUE(fcntl_it(99, F_GETFD));
	put(bare(SYS_openat, AT_FDCWD, "full", O_RDWR), 10);
	VALUE(fcntl_it(10, F_SETLK, &lock));
	VALUE(fcntl_it(10, F_GETLK, &lock));
	VALUE(lock.l_type == F_UNLCK);
	VALUE(fcntl_it(10, F_OFD_SETLK, &lock));
	VALUE(fcntl_it(10, F_SETLK, nowhere(1)));
	VALUE(fcntl_it(10, F_SETOWN, getpid()));
	VALUE(fcntl_it(10, F_GETOWN) == getpid());
	VALUE(fcntl_it(10, F_GETOWN_EX, &owner));
	VALUE(owner.pid == getpid());
	VALUE(fcntl_it(10, F_GETLEASE));
	VALUE(fcntl_it(memfd_create("x", MFD_ALLOW_SEALING), F_ADD_SEALS, F_SEAL_GROW));
	bare(SYS_close, 0);
	FD(fcntl_it(7, F_DUPFD, 0));
	FD(fcntl_it(7, F_DUPFD, 2));
	limit_descriptors(20);
	FD(fcntl_it(7, F_DUPFD, 19));
	FD(fcntl_it(7, F_DUPFD, 19));
	FD(fcntl_it(7, F_DUPFD, 20));
	while (bare(SYS_dup, 7) >= 0)
		;
	FD(fcntl_it(7, F_DUPFD, 0));
	FD(fcntl_it(7, F_DUPFD, 0)); /* EINVAL, EMFILE: what was remembered? */
	bare(SYS_close, 12);
	FD(fcntl_it(7, F_DUPFD, 0));
}

static void pipes(void)
{
	int pair[2];

	PAIR(pipe(pair), pair);
	VALUE(pipe(nowhere(0)));
	VALUE(pipe(read_only()));
	PAIR(pipe(pair), pair); /* nothing stayed open */
	limit_descriptors(8);
	PAIR(pipe(pair), pair);
	sweep();
	bare(SYS_close, 0);
	PAIR(pipe(pair), pair);
}

static void pipes2(void)
{
	int pair[2];

	PAIR(pipe2(pair, 0), pair);
	PAIR(pipe2(pair, O_NONBLOCK), pair);
	PAIR(pipe2(pair, O_DIRECT | O_CLOEXEC), pair);
	PAIR(pipe2(pair, O_CREAT), pair);
	PAIR(pipe2(pair, -1), pair);
	PAIR(pipe2(pair, 0), pair);
	VALUE(pipe2(nowhere(0), 0));
	VALUE(pipe2(read_only(), O_NONBLOCK));
	PAIR(pipe2(pair, 0), pair); /* nothing stayed open */
	limit_descriptors(14);
	PAIR(pipe2(pair, 0), pair);
	PAIR(pipe2(pair, O_NONBLOCK), pair);
	sweep();
	bare(SYS_close, 0);
	PAIR(pipe2(pair, O_CLOEXEC), pair);
}

static void events(void)
{
	sigset_t none, usr1;
	int fd;

	sigemptyset(&none);
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	FD(epoll_create(1));
	FD(epoll_create(0));
	FD(epoll_create(-1));
	FD(epoll_create(0x7fffffff));
	FD(epoll_create1(0));
	FD(epoll_create1(EPOLL_CLOEXEC));
	FD(epoll_create1(1));
	FD(epoll_create1(-1));
	fd = FD(eventfd(7, 0));
	VALUE(({ eventfd_t value = 0; eventfd_read(fd, &value); value; }));
	FD(eventfd(0, EFD_NONBLOCK | EFD_SEMAPHORE));
	FD(eventfd(0, EFD_CLOEXEC));
	FD(eventfd(0, 2));
	FD(eventfd(0, -1));
	FD(eventfd(-1U, 0));
	fd = FD(signalfd(-1, &usr1, 0));
	FD(signalfd(-1, &usr1, SFD_NONBLOCK));
	FD(signalfd(-1, &usr1, SFD_CLOEXEC));
	FD(signalfd(-1, &usr1, 1));
	FD(signalfd(-1, &usr1, -1));
	FD(signalfd(-1, nowhere(1), 0));
	VALUE(bare(SYS_fcntl, fd, F_SETFD, 0));
	VALUE(signalfd(fd, &none, 0));
	VALUE(bare(SYS_fcntl, fd, F_GETFD));
	VALUE(signalfd(fd, &none, SFD_CLOEXEC | SFD_NONBLOCK));
	VALUE(bare(SYS_fcntl, fd, F_GETFD)), VALUE(bare(SYS_fcntl, fd, F_GETFL));
	VALUE(bare(SYS_fcntl, fd, F_SETFD, 1));
	VALUE(signalfd(fd, &usr1, 0));
	VALUE(bare(SYS_fcntl, fd, F_GETFD));
	VALUE(signalfd(fd, &usr1, 1));
	VALUE(signalfd(99, &usr1, 0));
	VALUE(signalfd(-2, &usr1, 0));
	VALUE(signalfd(plain_at(50), &usr1, 0));
	FD(timerfd_create(CLOCK_MONOTONIC, 0));
	FD(timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK));
	FD(timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC));
	FD(timerfd_create(CLOCK_MONOTONIC, 1));
	FD(timerfd_create(CLOCK_MONOTONIC, -1));
	FD(timerfd_create(99, 0));
	FD(timerfd_create(CLOCK_PROCESS_CPUTIME_ID, 0));
	FD(timerfd_create(CLOCK_MONOTONIC, 0)); /* nothing was remembered from those errors */
	FD(inotify_init());
	FD(inotify_init1(0));
	FD(inotify_init1(IN_NONBLOCK));
	FD(inotify_init1(IN_CLOEXEC));
	FD(inotify_init1(1));
	FD(inotify_init1(-1));
	FD(memfd_create("name", 0));
	FD(memfd_create("name", MFD_CLOEXEC | MFD_ALLOW_SEALING));
	FD(memfd_create("name", MFD_ALLOW_SEALING));
	FD(memfd_create("name", 1 << 16));
	FD(memfd_create("name", -1U));
	FD(memfd_create("", 0));
	FD(memfd_create(nowhere(0), 0));
	FD(memfd_create((char[300]){[0 ... 298] = 'x'}, 0));
	FD(posix_openpt(O_RDWR | O_NOCTTY));
	FD(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK));
	FD(posix_openpt(O_RDONLY));
	FD(posix_openpt(O_DIRECTORY));
	FD(posix_openpt(3));
	limit_descriptors(3);
	FD(epoll_create(1)), FD(epoll_create1(0)), FD(eventfd(0, 0)), FD(signalfd(-1, &none, 0));
	FD(timerfd_create(CLOCK_MONOTONIC, 0)), FD(inotify_init()), FD(inotify_init1(0)), FD(memfd_create("name", 0));
	FD(posix_openpt(O_RDWR));
	FD(epoll_create(0)), FD(timerfd_create(CLOCK_MONOTONIC, 1)), FD(socket(AF_UNIX, SOCK_STREAM, 0));
	limit_descriptors(1024);
	FD(epoll_create(1)), FD(timerfd_create(CLOCK_MONOTONIC, 0)), FD(socket(AF_UNIX, SOCK_STREAM, 0));
}

/* Nothing is ever called with a mode that is no string; a program that does dies as it would have. */
static void no_fopen_mode(void)
{
	STREAM(fopen("full", nowhere(0)));
}

static void no_popen_mode(void)
{
	STREAM(popen("exit 3", nowhere(0)));
}

static void no_template(void)
{
	FD(mkstemp(nowhere(0)));
}

/* The same lines for calls of one kind. */
#define LINES(name, lines, ...)                                              \
	static void name(void)                                               \
	{                                                                    \
		lines(__VA_ARGS__);                                          \
	}
LINES(opens, open_lines, open)
LINES(opens64, open_lines, open64)
LINES(openats, openat_lines, openat)
LINES(openats64, openat_lines, openat64)
LINES(creats, creat_lines, creat)
LINES(creats64, creat_lines, creat64)
LINES(fopens, fopen_lines, fopen)
LINES(fopens64, fopen_lines, fopen64)
LINES(freopens, freopen_lines, freopen)
LINES(freopens64, freopen_lines, freopen64)
LINES(accepts, accept_lines, accept_3, 0)
LINES(fcntls, fcntl_lines, fcntl)
#ifdef __GLIBC__
LINES(fcntls64, fcntl_lines, fcntl64)
#endif

static const struct {
	const char *name;
	void (*run)(void);
} groups[] = {
#define GROUP(name) {#name, name}
	GROUP(opens), GROUP(opens64), GROUP(openats), GROUP(openats64), GROUP(creats), GROUP(creats64),
#ifdef __GLIBC__
	GROUP(fortified), GROUP(fortified_open), GROUP(fortified_open64), GROUP(fortified_openat),
	GROUP(fortified_openat64), GROUP(fcntls64),
#endif
	GROUP(fopens), GROUP(fopens64), GROUP(freopens), GROUP(freopens64), GROUP(sticky), GROUP(popens),
	GROUP(temporaries), GROUP(sockets), GROUP(accepts), GROUP(accepts4), GROUP(messages), GROUP(packets),
	GROUP(several_messages), GROUP(copies), GROUP(fcntls), GROUP(pipes), GROUP(pipes2),
	GROUP(events),
	GROUP(no_fopen_mode), GROUP(no_popen_mode), GROUP(no_template),
};

/* Runs a group in a fresh process and a directory of its own. */
static void run(const char *name, void (*group)(void))
{
	int status;
	pid_t child;

	dprintf(REPORT, "== %s\n", name);
	child = fork();
	if (child == 0) {
		alarm(20);
		must(mkdir(name, 0700));
		must(chdir(name));
		group();
		_exit(0);
	}
	must(child);
	must(waitpid(child, &status, 0));
	dprintf(REPORT, "== %s: exit %d, signal %d\n", name, WEXITSTATUS(status), WTERMSIG(status));
}

int main(void)
{
	struct rlimit no_core = {0};

	put(STDOUT_FILENO, REPORT);
	sweep();
	for (int fd = 0; fd < 3; fd++)
		bare(SYS_close, fd), plain_at(fd);
	setrlimit(RLIMIT_CORE, &no_core);
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		run(groups[i].name, groups[i].run);
	return 0;
}
