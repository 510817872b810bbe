/* One running process, by way of /proc.
 *
 * Its directory is opened once, and all else is read from there: should the process end and its number go to another,
 * what is read is an error and never the other's.
 */
#ifndef CLOEXEC_PROCESS_H
#define CLOEXEC_PROCESS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

struct process {
	int directory; /* /proc/PID, open */
	int pid;
	int parent;
	unsigned long long start; /* when it was started, in clock ticks since boot */
	char name[64];            /* what the kernel calls it: the program's file name, unless it took another */
	char program[PATH_MAX];   /* the file that it executes; empty where we may not know */
};

enum process_result {
	PROCESS_READ,   /* process_close it */
	PROCESS_GONE,   /* there is none, or it has ended; or it is none, for want of /proc */
	PROCESS_KERNEL, /* a thread of the kernel: it executes nothing */
};

/* Opens the process of that number.  `proc` is /proc, open. */
enum process_result process_open(struct process *process, int proc, int pid);
void process_close(struct process *process);

/* Is it called so: by its name, or the last part of its program? */
bool process_is(const struct process *process, const char *name);

/* Reads the file `name` of the directory open at `directory` into `buffer`, up to `size` - 1 bytes, and ends them with
 * a zero.  Gives their number, or -1 and errno. */
long read_file(int directory, const char *name, char *buffer, size_t size);

/* The same for a whole file, however long, into a buffer that the caller frees; NULL and errno on failure. */
char *read_whole(int directory, const char *name, size_t *size);

/* Reads the symbolic link `name`: a text that is always ended, empty on failure. */
bool read_link(int directory, const char *name, char *buffer, size_t size);

#endif
