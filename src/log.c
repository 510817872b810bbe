/* A record's way to the disk. */
#include "log.h"

#include "place.h"
#include "text.h"
#include "trace.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

struct log_self log_self(void)
{
	enum { START_FIELD = 22, NAME_FIELD = 2 };
	char text[1024];
	struct log_self self = {(int)raw(SYS_getpid), 0};
	struct trace_file file = trace_open(AT_FDCWD, "/proc/self/stat", O_RDONLY);
	const char *at;
	long length;

	if (file.fd < 0)
		return self;
	length = raw(SYS_read, file.fd, text, sizeof text - 1);
	trace_shut(file);
	text[length > 0 ? length : 0] = '\0';
	/* The name may hold anything; what follows its last bracket is numbers. */
	at = text;
	for (const char *bracket = text; *bracket; bracket++)
		if (*bracket == ')')
			at = bracket;
	for (int field = NAME_FIELD; field < START_FIELD && *at; field++)
		at = text_find(at + 1, ' ');
	for (at += *at == ' '; *at >= '0' && *at <= '9'; at++)
		self.start = self.start * 10 + (unsigned)(*at - '0');
	return self;
}

/* Ours alone, and a plain file: what else has the name was put there by somebody. */
static struct trace_file open_log(int directory, const char *name, struct about *about)
{
	struct trace_file file = trace_open(directory, name, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK);

	if (file.fd >= 0 && about_descriptor(about, file.fd) && S_ISREG(about->mode) && about->links == 1 &&
	    about->user == (unsigned)raw(SYS_geteuid))
		return file;
	trace_shut(file);
	return (struct trace_file){.fd = -1};
}

static struct trace_file open_own(int directory, struct log_self self, struct about *about)
{
	char name[80];
	struct line text = line_in(name, sizeof name - 1);
	char *end;
	struct trace_file file;

	line_number(&text, (unsigned)self.process);
	line_raw(&text, "-");
	line_number(&text, self.start);
	end = text.end;
	line_raw(&text, ".jsonl");
	*text.end = '\0';
	file = open_log(directory, name, about);
	if (file.fd >= 0)
		return file;
	line_back(&text, end);
	line_raw(&text, "-");
	line_number(&text, (unsigned long)raw(SYS_geteuid));
	line_raw(&text, ".jsonl");
	*text.end = '\0';
	return open_log(directory, name, about);
}

/* Writes the line whole, or takes back what went in of it: where the disk is full, say.  Another thread's line behind
 * it stays, and then it does too. */
static bool append(int fd, uint64_t size, const char *line, size_t length)
{
	long written = raw(SYS_write, fd, line, length);
	struct about about;

	if (written == (long)length)
		return true;
	if (written > 0 && about_descriptor(&about, fd) && about.size == size + (uint64_t)written)
		raw(SYS_ftruncate, fd, size);
	return false;
}

/* The same under a limit for files, which would kill who goes beyond it. */
static bool append_limited(int fd, uint64_t size, const char *line, size_t length, uint64_t limit)
{
	const uint64_t signal = 1U << (SIGXFSZ - 1);
	const long at_once[4] = {0};
	uint64_t before, pending = 0;
	bool written;

	if (size + length > limit)
		return false;
	/* Another thread may write meanwhile. */
	raw(SYS_rt_sigpending, &pending, sizeof pending);
	raw(SYS_rt_sigprocmask, SIG_BLOCK, &signal, &before, sizeof signal);
	written = append(fd, size, line, length);
	if (!written && !(pending & signal))
		raw(SYS_rt_sigtimedwait, &signal, NULL, at_once, sizeof signal);
	raw(SYS_rt_sigprocmask, SIG_SETMASK, &before, NULL, sizeof before);
	return written;
}

bool log_write(struct log_self self, const char *line, size_t length)
{
	const char *reason;
	uint64_t limits[2] = {0, 0};
	struct about about;
	struct trace_file directory = trace_adopt(place_open(trace_directory(), &reason));
	struct trace_file file;
	bool written = false;

	if (directory.fd < 0)
		return false;
	file = open_own(directory.fd, self, &about);
	trace_shut(directory);
	if (file.fd < 0)
		return false;
	if (raw(SYS_prlimit64, 0, RLIMIT_FSIZE, NULL, limits) == 0)
		written = ~limits[0] ? append_limited(file.fd, about.size, line, length, limits[0])
				     : append(file.fd, about.size, line, length);
	trace_shut(file);
	return written;
}
