/* scale DESCRIPTORS THREADS: makes so many descriptors, in so many threads that stay, and prints what libcloexec.so
 * (or, bare, nothing) takes for it: "DESCRIPTORS THREADS KIB ALL", private memory that was written to, of its file and
 * of what lies right behind it, and of the whole process.
 *
 * scale processes COUNT: executes itself so often, one after another, and prints "processes COUNT KIB ALL GROWN": the
 * most of any of them, and by how much its own memory has grown from the hundredth to the last.
 *
 * A program that knows nothing of any preload library. */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_barrier_t all_made, measured;

static void make(long descriptors)
{
	int first = open("/dev/null", O_RDWR);

	for (long i = 1; i < descriptors; i++)
		if (dup(first) < 0) {
			perror("scale: dup");
			exit(1);
		}
}

/* Each has notes of its own. */
static void *stay(void *data)
{
	dup2(0, 10);
	close(open("/dev/null", O_RDWR));
	pthread_barrier_wait(&all_made);
	pthread_barrier_wait(&measured);
	return data;
}

struct kib {
	long ours, all;
};

/* What belongs to no file, or no longer: the dirty pages of a file itself don't count, wherever that lies. */
static struct kib written(void)
{
	FILE *maps = fopen("/proc/self/smaps", "r");
	unsigned long start, end, last = 0;
	char line[512];
	bool ours = false;
	struct kib kib = {0, 0};

	while (maps && fgets(line, sizeof line, maps)) {
		if (sscanf(line, "%lx-%lx ", &start, &end) == 2) {
			bool unnamed = !strchr(line, '/') && !strchr(line, '[');

			ours = strstr(line, "/libcloexec") || (ours && unnamed && start == last);
			last = end;
		} else if (strncmp(line, "Anonymous:", 10) == 0) {
			kib.all += atol(line + 10);
			kib.ours += ours ? atol(line + 10) : 0;
		}
	}
	if (maps)
		fclose(maps);
	return kib;
}

/* What a process of its own has to say. */
static struct kib execute(char *program)
{
	char *arguments[] = {program, (char[]){"10"}, (char[]){"0"}, NULL};
	posix_spawn_file_actions_t actions;
	char said[64] = "";
	struct kib kib;
	pid_t child;
	int ends[2], status;

	if (pipe(ends) < 0)
		err(1, "pipe");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	errno = posix_spawn(&child, program, &actions, NULL, arguments, environ);
	if (errno)
		err(1, "posix_spawn");
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (waitpid(child, &status, 0) != child || status != 0 || read(ends[0], said, sizeof said - 1) <= 0 ||
	    sscanf(said, "10 0 %ld %ld", &kib.ours, &kib.all) != 2)
		errx(1, "a process failed: %#x '%s'", (unsigned)status, said);
	close(ends[0]);
	return kib;
}

static void execute_all(char *program, long count)
{
	struct kib most = {0, 0}, before = {0, 0};

	for (long i = 0; i < count; i++) {
		struct kib kib = execute(program);

		most.ours = kib.ours > most.ours ? kib.ours : most.ours;
		most.all = kib.all > most.all ? kib.all : most.all;
		if (i == 100)
			before = written();
	}
	printf("processes %ld %ld %ld %ld\n", count, most.ours, most.all, written().all - before.all);
}

int main(int argc, char **argv)
{
	long descriptors = argc > 1 ? atol(argv[1]) : 0, threads = argc > 2 ? atol(argv[2]) : 0;
	pthread_attr_t small;
	struct kib kib;

	for (int fd = STDERR_FILENO + 1; fd < 1024; fd++)
		close(fd);
	if (argc > 2 && strcmp(argv[1], "processes") == 0) {
		execute_all(argv[0], atol(argv[2]));
		return 0;
	}
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 65536);
	pthread_barrier_init(&all_made, NULL, (unsigned)threads + 1);
	pthread_barrier_init(&measured, NULL, (unsigned)threads + 1);
	for (long i = 0; i < threads; i++) {
		pthread_t thread;
		int error = pthread_create(&thread, &small, stay, NULL);

		if (error) {
			fprintf(stderr, "scale: %s\n", strerror(error));
			return 1;
		}
	}
	pthread_barrier_wait(&all_made);
	if (descriptors)
		make(descriptors);
	kib = written();
	printf("%ld %ld %ld %ld\n", descriptors, threads, kib.ours, kib.all);
	return 0;
}
