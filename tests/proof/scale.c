/* scale DESCRIPTORS THREADS: makes so many descriptors, in so many threads that stay, and prints what libcloexec.so
 * (or, bare, nothing) takes for it: "DESCRIPTORS THREADS KIB", private memory that was written to, of its file and of
 * what lies right behind it.
 *
 * A program that knows nothing of any preload library. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static long written(void)
{
	FILE *maps = fopen("/proc/self/smaps", "r");
	unsigned long start, end, last = 0;
	char line[512];
	bool ours = false;
	long kib = 0;

	while (maps && fgets(line, sizeof line, maps)) {
		if (sscanf(line, "%lx-%lx ", &start, &end) == 2) {
			bool unnamed = !strchr(line, '/') && !strchr(line, '[');

			ours = strstr(line, "/libcloexec") || (ours && unnamed && start == last);
			last = end;
		} else if (ours && strncmp(line, "Private_Dirty:", 14) == 0) {
			kib += atol(line + 14);
		}
	}
	if (maps)
		fclose(maps);
	return kib;
}

int main(int argc, char **argv)
{
	long descriptors = argc > 1 ? atol(argv[1]) : 0, threads = argc > 2 ? atol(argv[2]) : 0;
	pthread_attr_t small;

	for (int fd = STDERR_FILENO + 1; fd < 1024; fd++)
		close(fd);
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
	printf("%ld %ld %ld\n", descriptors, threads, written());
	return 0;
}
