/* Files and streams by name, temporary files. */
#define _GNU_SOURCE
#include "parity.h"

#include <fcntl.h>
#include <mntent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

void open_lines(int (*open_it)(const char *, int, ...))
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

void openat_lines(int (*openat_it)(int, const char *, int, ...))
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

void creat_lines(int (*creat_it)(const char *, mode_t))
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

const char *const modes[] = {
	"r", "w", "a", "r+", "w+", "a+", "rb", "rb+", "r+b", "re", "re+", "r+e", "wx", "wxe", "w+x", "rm", "rc", "rcm",
	"", "e", "er", "x", "+r", "b", "z", "rz", "rw", "ree", "rbbbb+", "rbbbbb+", "rbbbbbb+", "rbbbbb", "rbbbbbe",
	"rbbbbbbe", "rbbbb+e", "wbbbbbx", "wbbbbxb", "rbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
	"r,ccs=UTF-8", "re,ccs=UTF-8", "r,ccs=UTF-8e", "r,ccs=UTF-8,e", "rb+,ccs=UTF-8", "rbbbbb,ccs=UTF-8", "r,ccs=",
	"r,ccs=nonsense", "w,ccs=UTF-8,x", "r,e", "r,ccs=ISO-8859-1//TRANSLIT",
};

const size_t mode_count = sizeof modes / sizeof *modes;

static void fopen_lines(FILE *(*fopen_it)(const char *, const char *))
{
	for (size_t i = 0; i < mode_count; i++) {
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

	for (size_t i = 0; i < mode_count; i++) {
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

/* What tmpfile makes: its mode, links, place and flags; and nothing is left behind. */
static void say_tmpfile(FILE *stream)
{
	char text[8] = "";
	struct stat about;

	if (!stream)
		return;
	fstat(fileno(stream), &about);
	VALUE(about.st_mode), VALUE(about.st_nlink), VALUE(about.st_uid == geteuid()), VALUE(about.st_size);
	VALUE(ftell(stream)), VALUE(fwide(stream, 0));
	VALUE(fputs("text", stream)), VALUE(ftell(stream)), VALUE(fseek(stream, 1, SEEK_SET));
	VALUE(fread(text, 1, 4, stream)), VALUE(strcmp(text, "ext"));
	VALUE(feof(stream)), VALUE(ferror(stream));
	VALUE(fclose(stream));
}

static void tmpfile_lines(FILE *(*tmpfile_it)(void))
{
	static const mode_t masks[] = {0, 022, 077, 0200, 0777};

	for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
		umask(masks[i]);
		say_tmpfile(STREAM(tmpfile_it()));
	}
	umask(022);
	for (int standard = 0; standard < 3; standard++) {
		bare(SYS_close, standard);
		say_tmpfile(STREAM(tmpfile_it()));
		bare(SYS_close, standard), plain_at(standard);
	}
	setenv("TMPDIR", "/nonexistent", 1);
	say_tmpfile(STREAM(tmpfile_it()));
	limit_descriptors(3);
	say_tmpfile(STREAM(tmpfile_it()));
	limit_descriptors(4);
	say_tmpfile(STREAM(tmpfile_it()));
	/* Another root: without a /tmp, with a file there, with one that can't be written. */
	limit_descriptors(1024);
	VALUE(chroot("."));
	VALUE(chdir("/"));
	if (getuid() != 0)
		return;
	say_tmpfile(STREAM(tmpfile_it()));
	fill("/tmp");
	say_tmpfile(STREAM(tmpfile_it()));
	VALUE(unlink("/tmp")), VALUE(mkdir("/tmp", 0555)), VALUE(chmod("/", 0755));
	say_tmpfile(STREAM(tmpfile_it()));
	VALUE(seteuid(65534));
	say_tmpfile(STREAM(tmpfile_it()));
	VALUE(open_count());
}

static void setmntents(void)
{
	for (size_t i = 0; i < mode_count; i++) {
		FILE *stream;
		struct mntent *entry;

		fill("full");
		dprintf(REPORT, "\"%s\" ", modes[i]);
		stream = STREAM(setmntent("full", modes[i]));
		VALUE(size_of("full"));
		if (stream) {
			entry = getmntent(stream);
			VALUE(entry ? (long)strlen(entry->mnt_fsname) : -1);
			VALUE(endmntent(stream));
		}
	}
	STREAM(setmntent("missing", "r"));
	STREAM(setmntent(nowhere(0), "r"));
	bare(SYS_close, 0);
	STREAM(setmntent("full", "r"));
	limit_descriptors(4);
	while (setmntent("full", "r"))
		;
	STREAM(setmntent("full", "r"));
}

#ifdef __GLIBC__
/* glibc's stream layer, which old C++ libraries call with streams of theirs: here one that was open and is not. */
FILE *_IO_file_open(FILE *stream, const char *path, int flags, int mode, int stream_flags, int is_32_bit);
FILE *_IO_file_fopen(FILE *stream, const char *path, const char *mode, int is_32_bit);

static FILE *closed_stream(void)
{
	FILE *stream = fdopen(plain_at(7), "r");

	bare(SYS_close, 7);
	stream->_fileno = -1;
	return stream;
}

static void layer_opens_modes(void)
{
	FILE *stream;

	for (size_t i = 0; i < mode_count; i++) {
		fill("full");
		dprintf(REPORT, "\"%s\" ", modes[i]);
		stream = STREAM(_IO_file_fopen(closed_stream(), "full", modes[i], 1));
		VALUE(size_of("full"));
		if (stream)
			VALUE(ftell(stream)), VALUE(fwide(stream, 0)), VALUE(fclose(stream));
	}
	STREAM(_IO_file_fopen(closed_stream(), "missing", "r", 1));
	STREAM(_IO_file_fopen(closed_stream(), nowhere(0), "r", 0));
	stream = STREAM(_IO_file_fopen(closed_stream(), "full", "r+", 0));
	STREAM(_IO_file_fopen(stream, "full", "r+", 0)); /* it is open */
	bare(SYS_close, 0);
	STREAM(_IO_file_fopen(closed_stream(), "full", "r", 0));
	limit_descriptors(3);
	plain_at(0);
	STREAM(_IO_file_fopen(stdout, "full", "r", 0));
}

static void layer_opens(void)
{
	enum { NO_READS = 4, NO_WRITES = 8, IS_APPENDING = 0x1000 };
	FILE *closed = closed_stream();

	umask(0);
	STREAM(_IO_file_open(closed_stream(), "new", O_RDWR | O_CREAT, 0640, 0, 1));
	VALUE(mode_of("new"));
	STREAM(_IO_file_open(closed_stream(), "new", O_WRONLY | O_APPEND, 0, NO_READS | IS_APPENDING, 1));
	STREAM(_IO_file_open(closed_stream(), "new", O_RDONLY | O_CLOEXEC, 0, NO_WRITES, 1));
	STREAM(_IO_file_open(closed_stream(), "new", O_RDWR | O_CREAT | O_EXCL, 0640, 0, 0));
	STREAM(_IO_file_open(closed, "missing", O_RDONLY, 0, NO_WRITES, 0));
	STREAM(_IO_file_open(closed, nowhere(0), O_RDONLY, 0, NO_WRITES, 0));
	STREAM(_IO_file_open(closed, nowhere(1), O_RDONLY, 0, NO_WRITES, 0));
	bare(SYS_close, 1);
	STREAM(_IO_file_open(closed, "new", O_RDONLY, 0, NO_WRITES, 0));
}
#endif

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
LINES(tmpfiles, tmpfile_lines, tmpfile)
LINES(tmpfiles64, tmpfile_lines, tmpfile64)

const struct group file_groups[] = {
	GROUP(opens), GROUP(opens64), GROUP(openats), GROUP(openats64), GROUP(creats), GROUP(creats64),
#ifdef __GLIBC__
	GROUP(fortified), GROUP(fortified_open), GROUP(fortified_open64), GROUP(fortified_openat),
	GROUP(fortified_openat64),
#endif
	GROUP(fopens), GROUP(fopens64), GROUP(freopens), GROUP(freopens64), GROUP(sticky), GROUP(popens),
	GROUP(temporaries), GROUP(tmpfiles), GROUP(tmpfiles64), GROUP(setmntents),
#ifdef __GLIBC__
	GROUP(layer_opens_modes), GROUP(layer_opens),
#endif
	GROUP(no_fopen_mode), GROUP(no_popen_mode), GROUP(no_template),
	{NULL, NULL},
};
