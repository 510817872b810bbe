/* execs REPORT COMMAND [ARG]...: what does an exec pass on?  Becomes COMMAND, traced by a process that stands aside,
 * and for every program that COMMAND or any process below it executes appends one line to REPORT: process, program,
 * arguments, and each descriptor above 2 that the new program got, as "NUMBER TARGET".  Fields are parted by tabs;
 * arguments by blanks.  Control characters, blanks in an argument and backslashes come as \ooo.
 *
 * The tracer appends its process id to REPORT.tracers.  It ends with the last process that it follows, or when a minute
 * is over; those that it follows end with it, so that nothing that a test starts hangs, or outlives it. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define OPTIONS \
	(PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL)

#define SECONDS 60

static void die(const char *what)
{
	perror(what);
	exit(125);
}

static void escape(FILE *line, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c <= ' ' || c == '\\' || c == 127)
			fprintf(line, "\\%03o", c);
		else
			putc(c, line);
	}
}

static void write_target(FILE *line, pid_t process, const char *link)
{
	char name[64], target[PATH_MAX];
	ssize_t length;

	snprintf(name, sizeof name, "/proc/%d/%s", (int)process, link);
	length = readlink(name, target, sizeof target);
	if (length > 0)
		escape(line, target, (size_t)length);
	else
		putc('?', line);
}

static void write_arguments(FILE *line, pid_t process)
{
	char name[64], text[4096];
	size_t length;
	FILE *arguments;

	snprintf(name, sizeof name, "/proc/%d/cmdline", (int)process);
	arguments = fopen(name, "re");
	if (!arguments)
		return;
	length = fread(text, 1, sizeof text, arguments);
	fclose(arguments);
	for (size_t start = 0; start < length;) {
		size_t part = strnlen(text + start, length - start);

		if (start)
			putc(' ', line);
		escape(line, text + start, part);
		start += part + 1;
	}
}

static int by_number(const struct dirent **first, const struct dirent **second)
{
	return atoi((*first)->d_name) - atoi((*second)->d_name);
}

static int above_two(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && atoi(entry->d_name) > 2;
}

static void write_descriptors(FILE *line, pid_t process)
{
	char name[64];
	struct dirent **entries;
	int count;

	snprintf(name, sizeof name, "/proc/%d/fd", (int)process);
	count = scandir(name, &entries, above_two, by_number);
	if (count < 0) {
		fprintf(line, "\t? %s", strerror(errno));
		return;
	}
	for (int i = 0; i < count; i++) {
		char link[32];

		snprintf(link, sizeof link, "fd/%.16s", entries[i]->d_name);
		fprintf(line, "\t%s ", entries[i]->d_name);
		write_target(line, process, link);
		free(entries[i]);
	}
	free(entries);
}

/* One write for a line: several tracers may share a report. */
static void report_exec(int report, pid_t process)
{
	char *text;
	size_t length;
	FILE *line = open_memstream(&text, &length);

	if (!line)
		return;
	fprintf(line, "%d\t", (int)process);
	write_target(line, process, "exe");
	putc('\t', line);
	write_arguments(line, process);
	write_descriptors(line, process);
	putc('\n', line);
	if (fclose(line) == 0 && write(report, text, length) < 0)
		_exit(125);
	free(text);
}

static void resume(int how, pid_t process, int signal)
{
	ptrace(how, process, NULL, (void *)(long)signal); /* ESRCH: it was killed meanwhile */
}

static void follow(int report)
{
	int status;
	pid_t process;

	while ((process = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
		if (process < 0 || !WIFSTOPPED(status))
			continue;
		switch (status >> 16) {
		case 0: /* a signal on its way */
			resume(PTRACE_CONT, process, WSTOPSIG(status));
			break;
		case PTRACE_EVENT_EXEC:
			report_exec(report, process);
			resume(PTRACE_CONT, process, 0);
			break;
		case PTRACE_EVENT_STOP: /* a group stop lasts until SIGCONT; a new process or thread begins with SIGTRAP
					 */
			resume(WSTOPSIG(status) == SIGTRAP ? PTRACE_CONT : PTRACE_LISTEN, process, 0);
			break;
		default:
			resume(PTRACE_CONT, process, 0);
		}
	}
}

/* The tracer is nobody's child and in nobody's way: COMMAND must not find a child that it did not make, and whoever
 * reads what COMMAND prints must not wait for us. */
static void trace(const char *report_name, pid_t command, int ready)
{
	char name[PATH_MAX];
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	int report = open(report_name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	int tracers;

	setsid();
	snprintf(name, sizeof name, "%s.tracers", report_name);
	tracers = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (null < 0 || report < 0 || tracers < 0)
		die(report_name);
	if (ptrace(PTRACE_SEIZE, command, NULL, (void *)(long)OPTIONS) != 0)
		die("ptrace");
	dprintf(tracers, "%d\n", (int)getpid());
	close(tracers);
	for (int number = 0; number <= 2; number++)
		dup2(null, number);
	signal(SIGALRM, SIG_DFL);
	alarm(SECONDS);
	if (write(ready, "", 1) != 1)
		_exit(125);
	close(ready);
	follow(report);
	_exit(0);
}

int main(int argc, char **argv)
{
	int ready[2];
	char byte;
	pid_t command = getpid(), child;

	if (argc < 3) {
		fputs("usage: execs REPORT COMMAND [ARG]...\n", stderr);
		return 125;
	}
	if (pipe2(ready, O_CLOEXEC) != 0)
		die("pipe2");
	child = fork();
	if (child == 0) {
		if (fork() == 0)
			trace(argv[1], command, ready[1]);
		_exit(0);
	}
	if (child < 0)
		die("fork");
	waitpid(child, NULL, 0);
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		return 125; /* the tracer said why */
	/* What make or a terminal left open to all of us: a sh script can pass on 3 to 9 only. */
	syscall(SYS_close_range, 10U, ~0U, 0);
	execvp(argv[2], argv + 2);
	perror(argv[2]);
	return errno == ENOENT ? 127 : 126;
}
