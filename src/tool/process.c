#include <config.h>

#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A flag of /proc/PID/stat (proc(5), include/linux/sched.h). */
enum { PF_KTHREAD = 0x200000 };

static long read_from(int fd, char *buffer, size_t size)
{
	ssize_t got;

	do
		got = read(fd, buffer, size);
	while (got < 0 && errno == EINTR);
	return got;
}

long read_file(int directory, const char *name, char *buffer, size_t size)
{
	int fd = openat(directory, name, O_RDONLY | O_CLOEXEC);
	long got;

	if (fd < 0)
		return -1;
	got = read_from(fd, buffer, size - 1);
	close(fd);
	if (got >= 0)
		buffer[got] = '\0';
	return got;
}

char *read_whole(int directory, const char *name, size_t *size)
{
	size_t room = 16384;
	char *buffer = malloc(room);
	int fd = buffer ? openat(directory, name, O_RDONLY | O_CLOEXEC) : -1;
	long got = -1;

	for (*size = 0; fd >= 0; *size += (size_t)got) {
		if (*size + 1 == room) {
			char *larger = realloc(buffer, room *= 4);

			if (!larger) {
				got = -1;
				break;
			}
			buffer = larger;
		}
		got = read_from(fd, buffer + *size, room - 1 - *size);
		if (got <= 0)
			break;
	}
	if (fd >= 0)
		close(fd);
	if (got < 0) {
		free(buffer);
		return NULL;
	}
	buffer[*size] = '\0';
	return buffer;
}

bool read_link(int directory, const char *name, char *buffer, size_t size)
{
	ssize_t length = readlinkat(directory, name, buffer, size - 1);

	buffer[length > 0 ? length : 0] = '\0';
	return length > 0;
}

/* `PID (NAME) STATE PARENT ...`, where NAME may hold anything, parentheses too. */
static enum process_result read_stat(struct process *process)
{
	char text[1024];
	char *name;
	char *end;
	char state;
	unsigned flags;

	if (read_file(process->directory, "stat", text, sizeof text) <= 0 || !(name = strchr(text, '(')) ||
	    !(end = strrchr(name, ')')))
		return PROCESS_GONE;
	*end = '\0';
	snprintf(process->name, sizeof process->name, "%s", name + 1);
	if (sscanf(end + 1, " %c %d %*d %*d %*d %*d %u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &state,
		   &process->parent, &flags, &process->start) != 4)
		return PROCESS_GONE;
	if (flags & PF_KTHREAD)
		return PROCESS_KERNEL;
	return state == 'Z' || state == 'X' ? PROCESS_GONE : PROCESS_READ;
}

enum process_result process_open(struct process *process, int proc, int pid)
{
	enum process_result result;
	char number[16];

	snprintf(number, sizeof number, "%d", pid);
	process->pid = pid;
	process->directory = openat(proc, number, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (process->directory < 0)
		return PROCESS_GONE;
	result = read_stat(process);
	if (result == PROCESS_READ)
		read_link(process->directory, "exe", process->program, sizeof process->program);
	else
		process_close(process);
	return result;
}

void process_close(struct process *process)
{
	close(process->directory);
}

bool process_is(const struct process *process, const char *name)
{
	const char *slash = strrchr(process->program, '/');
	size_t length = strlen(name);

	/* An update has removed the file of what still runs. */
	return strcmp(process->name, name) == 0 ||
	       (slash && strncmp(slash + 1, name, length) == 0 &&
		(!slash[1 + length] || strcmp(slash + 1 + length, " (deleted)") == 0));
}
