/* Records, put together. */
#include "record.h"

#include "descriptor.h"
#include "log.h"
#include "maps.h"
#include "named.h"
#include "readable.h"
#include "target.h"
#include "text.h"
#include "trace.h"

#include <sys/auxv.h>

static const char exec_names[][16] = {
#define NAME(name) [RECORD_##name] = #name
	NAME(execve),       NAME(execv),       NAME(execvp),       NAME(execvpe),  NAME(execl),
	NAME(execlp),       NAME(execle),      NAME(fexecve),      NAME(execveat), NAME(posix_spawn),
	NAME(posix_spawnp), NAME(pidfd_spawn), NAME(pidfd_spawnp), NAME(system),   NAME(popen),
#undef NAME
};

static const char rule_names[][12] = {
	[HANDED_PLACED] = "placed", [HANDED_LOCKED] = "locked", [HANDED_EXECUTED] = "executed",
	[HANDED_NAMED] = "named",   [HANDED_HELPER] = "helper",
};

/* A descriptor that is open when a program is executed. */
struct seen {
	int fd;
	bool flag;
	struct origin origin;
	struct about about;
};

/* What a record takes to be made, far too much for the stack of a signal handler. */
enum { SEEN = 1024, ROOM = 4096 };
struct work {
	char line[LOG_LINE];
	char room[ROOM];
	struct maps maps;
	unsigned open; /* how many there are */
	unsigned seen_count;
	struct seen seen[SEEN];
};

static struct work *work_begin(void)
{
#ifdef SYS_mmap2
	const long map = SYS_mmap2;
#else
	const long map = SYS_mmap;
#endif
	unsigned long address = (unsigned long)raw(map, NULL, sizeof(struct work), PROT_READ | PROT_WRITE,
						   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return address > -4096UL ? NULL : (void *)address; // NOLINT(performance-no-int-to-ptr)
}

static void work_end(struct work *work)
{
	raw(SYS_munmap, work, sizeof *work);
}

/* {"time":1764036011.123456,"pid":123,"start":45678 */
static void write_head(struct line *json, struct log_self self)
{
	struct timespec now = {0, 0};
	char fraction[8] = ".";

	raw(SYS_clock_gettime, CLOCK_REALTIME, &now);
	for (long i = 6, rest = now.tv_nsec / 1000; i > 0; i--, rest /= 10)
		fraction[i] = (char)('0' + rest % 10);
	line_raw(json, "{\"time\":");
	line_number(json, (unsigned long long)now.tv_sec);
	line_raw(json, fraction);
	line_raw(json, ",\"pid\":");
	line_number(json, (unsigned)self.process);
	line_raw(json, ",\"start\":");
	line_number(json, self.start);
}

static void write_member(struct line *json, const char *name, const char *value)
{
	line_raw(json, ",\"");
	line_raw(json, name);
	line_raw(json, "\":");
	line_string(json, value, TARGET_MOST);
}

/* The program that runs here. */
static void write_program(struct line *json, char *room, size_t size)
{
	target_link("/proc/self/exe", room, size);
	if (!*room) {
		struct program self = program_self();

		write_member(json, "program", self.file ? self.file : "");
		return;
	}
	write_member(json, "program", room);
}

/* ,"lost":2  What is told here is told once. */
static unsigned write_lost(struct line *json)
{
	unsigned lost = trace_take_lost();

	if (lost) {
		line_raw(json, ",\"lost\":");
		line_number(json, lost);
	}
	return lost;
}

static void write_line(struct line *json, struct log_self self, unsigned lost)
{
	line_raw(json, "}\n");
	if (json->full || !log_write(self, json->start, line_length(json)))
		trace_lose(lost + 1);
}

/* ,"object":"/lib/libfoo.so","offset":"0x1a2b" */
static void write_caller(struct line *json, const struct maps *maps, const void *caller)
{
	const struct object *object = maps_object(maps, caller);

	if (!object)
		return;
	write_member(json, "object", object->name);
	line_raw(json, ",\"offset\":\"");
	line_hexadecimal(json, (uintptr_t)caller - object->start + object->offset);
	line_raw(json, "\"");
}

static void find_callers(struct work *work)
{
	struct trace_file file = {.fd = -1};

	if (work->maps.addresses)
		file = trace_open(AT_FDCWD, "/proc/self/maps", O_RDONLY);
	if (file.fd < 0)
		return;
	maps_find(&work->maps, file.fd, work->room, sizeof work->room);
	trace_shut(file);
}

static void see(void *data, int fd)
{
	struct work *work = data;
	struct seen *seen = &work->seen[work->seen_count];
	long flags = raw(SYS_fcntl, fd, F_GETFD);

	if (flags < 0)
		return;
	if (work->seen_count == SEEN) {
		work->open++;
		return;
	}
	if (!about_descriptor(&seen->about, fd))
		seen->about = (struct about){0};
	seen->origin = trace_origin(fd, &seen->about);
	if (seen->origin.state == TRACING)
		return;
	seen->fd = fd;
	seen->flag = (flags & FD_CLOEXEC) != 0;
	maps_ask(&work->maps, seen->origin.caller);
	work->open++;
	work->seen_count++;
}

/* Why this exec hands `fd` on, or NULL. */
static const char *rule_of(const struct handed *handed, int fd)
{
	for (unsigned i = 0; handed && i < handed->count; i++)
		if (handed->number[i] == fd)
			return rule_names[handed->rule[i]];
	return NULL;
}

static void write_kept(struct line *json, const char *policy)
{
	line_raw(json, "\"kept\"");
	write_member(json, "policy", policy);
}

/* What becomes of it. */
static void write_fate(struct line *json, const struct seen *seen, const char *rule)
{
	const char *ours = descriptor_policy()->audit ? "\"would-close\"" : "\"closed\"";

	line_raw(json, ",\"fate\":");
	if (rule) {
		line_raw(json, "\"handed\"");
		write_member(json, "rule", rule);
		return;
	}
	switch (seen->origin.state) {
	case OURS:
	case FLAGGED:
		/* Without a flag, the program took it off behind our back. */
		line_raw(json, seen->flag || descriptor_policy()->audit ? ours : "\"own\"");
		break;
	case INHERITED:
		line_raw(json, "\"inherited\"");
		break;
	case UNSEEN:
		line_raw(json, seen->flag ? "\"own\"" : "\"leaked\"");
		break;
	case KEPT_NUMBER:
	case KEPT_CALL:
	case KEPT_PROGRAM:
	case KEPT_DEFAULT:
		if (!seen->flag) {
			static const char *const policies[] = {
				[KEPT_NUMBER] = "CLOEXEC_KEEP",
				[KEPT_CALL] = "CLOEXEC_KEEP_CALLS",
				[KEPT_PROGRAM] = "CLOEXEC_KEEP_PROGRAMS",
				[KEPT_DEFAULT] = "CLOEXEC_DEFAULT",
			};

			write_kept(json, policies[seen->origin.state]);
			break;
		}
		/* fall through */
	default:
		line_raw(json, "\"own\"");
	}
}

static void write_descriptor(struct line *json, struct work *work, const struct seen *seen, const struct handed *handed)
{
	const char *rule = rule_of(handed, seen->fd);

	line_raw(json, "{\"fd\":");
	line_number(json, (unsigned)seen->fd);
	line_raw(json, ",");
	target_write(json, seen->fd, &seen->about, work->room);
	if (seen->origin.call)
		write_member(json, "call", call_names[seen->origin.call - 1]);
	write_caller(json, &work->maps, seen->origin.caller);
	line_raw(json, ",\"passed\":");
	line_raw(json, !seen->flag || (rule && !descriptor_policy()->audit) ? "true" : "false");
	write_fate(json, seen, rule);
	line_raw(json, "}");
}

/* As many as fit, from `first` on, in ascending order.  Gives the first that did not. */
static unsigned write_descriptors(struct line *json, struct work *work, unsigned first, const struct handed *handed)
{
	static const char most_at_end[] = "],\"more\":4294967295}\n";
	unsigned next = first;

	line_raw(json, ",\"descriptors\":[");
	json->limit -= sizeof most_at_end;
	for (; next < work->seen_count; next++) {
		char *before = json->end;

		if (next > first)
			line_raw(json, ",");
		write_descriptor(json, work, &work->seen[next], handed);
		if (json->full) {
			line_back(json, before);
			break;
		}
	}
	json->limit += sizeof most_at_end;
	line_raw(json, "]");
	return next;
}

/* All of them, in as many lines as it takes: those that follow have the head of the first, up to `head`, by which they
 * are told to belong to it.  The last one says how many there was no room for. */
static void write_all(struct line *json, struct work *work, const struct handed *handed, struct log_self self,
		      unsigned lost, char *head)
{
	unsigned first = 0;

	for (;;) {
		unsigned next = write_descriptors(json, work, first, handed);
		bool is_last = next == work->seen_count || next == first;

		if (is_last && next < work->open) {
			line_raw(json, ",\"more\":");
			line_number(json, work->open - next);
		}
		write_line(json, self, lost);
		if (is_last)
			return;
		first = next;
		lost = 0;
		line_back(json, head);
		write_member(json, "event", "continued");
	}
}

static void write_execution(struct line *json, const char *target, int fd, char *room)
{
	const char *path = readable_string(target) ? target : "";

	if (fd < 0 || *path) {
		write_member(json, "target", path);
	} else {
		struct line text = line_in(room, ROOM - 1);

		line_raw(&text, "descriptor ");
		line_number(&text, (unsigned)fd);
		*text.end = '\0';
		write_member(json, "target", room);
	}
}

void record_exec(enum record_call call, const char *target, int fd, const struct handed *handed)
{
	struct work *work = work_begin();
	struct log_self self;
	struct line json;
	char *head;

	if (!work) {
		trace_lose(1);
		return;
	}
	self = log_self();
	trace_each_open(see, work);
	find_callers(work);
	json = line_in(work->line, sizeof work->line);
	write_head(&json, self);
	head = json.end;
	line_raw(&json, ",\"parent\":");
	line_number(&json, (unsigned long)raw(SYS_getppid));
	write_member(&json, "call", exec_names[call]);
	write_program(&json, work->room, sizeof work->room);
	write_execution(&json, target, fd, work->room);
	if (descriptor_policy()->audit)
		line_raw(&json, ",\"audit\":true");
	if (descriptor_read_policy(false) == OFF)
		write_member(&json, "off",
			     descriptor_policy()->kept_program ? "CLOEXEC_KEEP_PROGRAMS" : "CLOEXEC_DEFAULT");
	write_all(&json, work, handed, self, write_lost(&json), head);
	work_end(work);
}

/* {"time":...,"event":"failed" */
static struct line begin_event(char *line, size_t size, struct log_self self, const char *event)
{
	struct line json = line_in(line, size);

	write_head(&json, self);
	write_member(&json, "event", event);
	return json;
}

void record_failure(int error)
{
	char line[256];
	struct log_self self = log_self();
	struct line json = begin_event(line, sizeof line, self, "failed");

	line_raw(&json, ",\"errno\":");
	line_number(&json, (unsigned)error);
	write_line(&json, self, 0);
}

void record_filter(void)
{
	char line[256];
	struct log_self self = log_self();
	struct line json = begin_event(line, sizeof line, self, "filter");

	write_line(&json, self, 0);
}

void record_missed(int fd, unsigned call, const void *caller)
{
	struct work *work;
	struct log_self self;
	struct line json;

	if (!trace_is_missed(fd))
		return;
	work = work_begin();
	if (!work) {
		trace_lose(1);
		return;
	}
	self = log_self();
	maps_ask(&work->maps, caller);
	find_callers(work);
	json = begin_event(work->line, sizeof work->line, self, "missed");
	line_raw(&json, ",\"fd\":");
	line_number(&json, (unsigned)fd);
	write_member(&json, "call", call < CALLS ? call_names[call] : "fdopen");
	write_program(&json, work->room, sizeof work->room);
	write_caller(&json, &work->maps, caller);
	write_line(&json, self, 0);
	work_end(work);
}

void record_missed_path(const char *path, unsigned call, const void *caller)
{
	int fd;

	if (readable_string(path) && named_descriptor_in(path, &fd, true) && raw(SYS_fcntl, fd, F_GETFD) == -EBADF)
		record_missed(fd, call, caller);
}

void record_end(void)
{
	char line[256];
	struct log_self self;
	struct line json;
	unsigned lost = trace_take_lost();

	if (!lost)
		return;
	self = log_self();
	json = begin_event(line, sizeof line, self, "end");
	line_raw(&json, ",\"lost\":");
	line_number(&json, lost);
	line_raw(&json, "}\n");
	if (!log_write(self, line, line_length(&json)))
		trace_lose(lost);
}
