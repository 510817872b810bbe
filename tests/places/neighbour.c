/* neighbour JOB [COMMAND [ARG]...]: makes descriptors in a few ways, as many programs do, lets COMMAND see what it is
 * given, and then does what the preloaded neighbour JOB is there for, so that it can be seen at work:
 *
 *   allocate   tells whose malloc it calls
 *   bind       a socket to 127.0.0.10, port 1234
 *   connect    to 10.9.8.7, port 80
 *   date       tells the year
 *   device     makes a character device, `device', and tells what it is, by stat and without libc
 *   line       writes a line to standard output, and ends without flushing it
 *   overflow   reads behind an allocated block
 *   race       two threads count in one variable
 *   shift      shifts farther than a number is wide
 *   sync       a pipe, which the kernel refuses
 *
 * Prints "JOB: RESULT" for those that have one. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void make_descriptors(void)
{
	int two[2];

	if (open("/etc/passwd", O_RDONLY) < 0 || !fopen("/etc/passwd", "r") || socket(AF_INET, SOCK_STREAM, 0) < 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM, 0, two) < 0 || pipe(two) < 0 || dup(two[0]) < 0 ||
	    fcntl(two[0], F_DUPFD, 20) < 0 || eventfd(0, 0) < 0 || !tmpfile()) {
		perror("neighbour");
		exit(1);
	}
}

static int ask(char **command)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		execvp(command[0], command);
		_exit(127);
	}
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static int meet(int call(int, const struct sockaddr *, socklen_t), const char *host, unsigned short port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};

	inet_pton(AF_INET, host, &address.sin_addr);
	return call(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&address, sizeof address);
}

static const char *allocator(void)
{
	Dl_info info = {0};
	const char *slash;

	if (!dladdr(dlsym(RTLD_DEFAULT, "malloc"), &info) || !info.dli_fname)
		return "?";
	slash = strrchr(info.dli_fname, '/');
	return slash ? slash + 1 : info.dli_fname;
}

static int year(void)
{
	time_t now = time(NULL);

	return localtime(&now)->tm_year + 1900;
}

static void make_device(void)
{
	struct stat file = {0};
	struct statx kernel = {0};

	if (mknod("device", S_IFCHR | 0600, makedev(1, 3)) < 0 || stat("device", &file) < 0 ||
	    syscall(SYS_statx, AT_FDCWD, "device", 0, STATX_TYPE, &kernel) < 0)
		perror("neighbour: device");
	printf("device: %s, %s\n", S_ISCHR(file.st_mode) ? "a device" : "none",
	       S_ISCHR(kernel.stx_mode) ? "a device" : "none");
	unlink("device");
}

static int counter;

static void *count(void *unused)
{
	for (int i = 0; i < 1000; i++)
		counter++;
	return unused;
}

static int race(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, count, NULL) != 0)
		return -1;
	count(NULL);
	return pthread_join(thread, NULL);
}

int main(int argc, char **argv)
{
	const char *job = argc > 1 ? argv[1] : "";
	volatile int index = 16;
	int ends[2];
	char *block;

	make_descriptors();
	if (argc > 2 && !ask(argv + 2)) {
		fprintf(stderr, "neighbour: %s failed\n", argv[2]);
		return 1;
	}
	if (strcmp(job, "allocate") == 0) {
		printf("allocate: %s\n", allocator());
	} else if (strcmp(job, "bind") == 0) {
		printf("bind: %d\n", meet(bind, "127.0.0.10", 1234));
	} else if (strcmp(job, "connect") == 0) {
		printf("connect: %d\n", meet(connect, "10.9.8.7", 80));
	} else if (strcmp(job, "date") == 0) {
		printf("date: %d\n", year());
	} else if (strcmp(job, "device") == 0) {
		make_device();
	} else if (strcmp(job, "line") == 0) {
		printf("line\n");
		_exit(0);
	} else if (strcmp(job, "overflow") == 0) {
		block = calloc(1, 16);
		printf("overflow: %d\n", block[index]);
	} else if (strcmp(job, "race") == 0) {
		printf("race: %d\n", race());
	} else if (strcmp(job, "shift") == 0) {
		printf("shift: %d\n", 1 << (index + 83));
	} else if (strcmp(job, "sync") == 0) {
		printf("sync: %d\n", pipe(ends) == 0 ? fsync(ends[0]) : -2);
	} else {
		fputs("neighbour: no such job\n", stderr);
		return 1;
	}
	return 0;
}
