/* What a call costs in a program that knows nothing of us.
 *
 *   calls EMPTY LIBRARY       prints ns per call without a preload, with an empty one, and with the library
 *
 * A preload is for a whole process, so a worker runs under each; they measure in turn, when they are told to.
 */
#include <config.h>

#include "measure.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { ROUNDS = 301, BATCH = 100, SPARE = 100 };

static int listener = -1;
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static socklen_t address_length = sizeof address;

/* What the calls need, once. */
static void set_up(void)
{
	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	/* A name that the kernel chooses and nobody has to remove. */
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(sa_family_t)) < 0 ||
	    listen(listener, BATCH) < 0 || getsockname(listener, (struct sockaddr *)&address, &address_length) < 0)
		measure_failed("listening socket");
}

/* As many connections as a batch accepts; they may be accepted though their clients are gone. */
static void queue_connections(void)
{
	for (int i = 0; i < BATCH; i++) {
		int client = socket(AF_UNIX, SOCK_STREAM, 0);

		if (client < 0 || connect(client, (struct sockaddr *)&address, address_length) < 0 || close(client) < 0)
			measure_failed("connect");
	}
}

static int close_both(const int pair[2])
{
	return close(pair[0]) | close(pair[1]);
}

/* Each gives something negative if it failed. */
#define CALL_OF(name, expression)  \
	static int do_##name(void) \
	{                          \
		return expression; \
	}

CALL_OF(open, close(open("/dev/null", O_RDONLY)))
CALL_OF(openat, close(openat(AT_FDCWD, "/dev/null", O_RDONLY)))
CALL_OF(socket, close(socket(AF_UNIX, SOCK_STREAM, 0)))
CALL_OF(accept, close(accept(listener, NULL, NULL)))
CALL_OF(dup, close(dup(STDIN_FILENO)))
CALL_OF(dup2, close(dup2(STDIN_FILENO, SPARE)))
CALL_OF(eventfd, close(eventfd(0, 0)))
CALL_OF(epoll_create, close(epoll_create(1)))

static int do_pipe(void)
{
	int pair[2];

	return pipe(pair) < 0 ? -1 : close_both(pair);
}

static int do_fopen(void)
{
	FILE *stream = fopen("/dev/null", "r");

	return stream ? fclose(stream) : -1;
}

static const struct call {
	const char *name;
	int (*make)(void);
	void (*prepare)(void); /* before each batch, untimed */
} calls[] = {
	{"open", do_open, NULL},
	{"openat", do_openat, NULL},
	{"socket", do_socket, NULL},
	{"accept", do_accept, queue_connections},
	{"pipe", do_pipe, NULL},
	{"dup", do_dup, NULL},
	{"dup2", do_dup2, NULL},
	{"eventfd", do_eventfd, NULL},
	{"epoll_create", do_epoll_create, NULL},
	{"fopen", do_fopen, NULL},
};
enum { CALLS = sizeof calls / sizeof *calls };

/* Makes a call `times` times, at most BATCH, and gives the ns of each. */
static double run(const struct call *call, int times)
{
	double start;

	if (call->prepare)
		call->prepare();
	start = measure_clock();
	for (int i = 0; i < times; i++)
		if (call->make() < 0)
			measure_failed(call->name);
	return (measure_clock() - start) / times;
}

/* Does what standard input asks for, a call's index, until that ends, and answers on standard output. */
static void work(void)
{
	size_t call;

	while (read(STDIN_FILENO, &call, sizeof call) == sizeof call) {
		double price;

		run(&calls[call], BATCH); /* this process has just been woken up: the first batch finds cold caches */
		price = run(&calls[call], BATCH);
		if (write(STDOUT_FILENO, &price, sizeof price) != sizeof price)
			measure_failed("write");
	}
}

struct worker {
	const char *name;
	const char *library;
	const char *atomic; /* CLOEXEC_ATOMIC */
	int ask;
	int answer;
};
enum { WORKERS = 4 };

static void start(struct worker *worker)
{
	char *const arguments[] = {"calls", "--work", NULL};
	posix_spawn_file_actions_t actions;
	int question[2];
	int answer[2];

	if (pipe2(question, O_CLOEXEC) < 0 || pipe2(answer, O_CLOEXEC) < 0)
		measure_failed("pipe2");
	measure_preload(worker->library);
	setenv("CLOEXEC_ATOMIC", worker->atomic, 1);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, question[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, answer[1], STDOUT_FILENO);
	errno = posix_spawn(&(pid_t){0}, "/proc/self/exe", &actions, NULL, arguments, environ);
	if (errno)
		measure_failed("posix_spawn");
	posix_spawn_file_actions_destroy(&actions);
	close(question[0]);
	close(answer[1]);
	worker->ask = question[1];
	worker->answer = answer[0];
}

struct comparison {
	struct worker workers[WORKERS];
	size_t call;
};

static double turn(const void *context, size_t alternative)
{
	const struct comparison *comparison = context;
	const struct worker *worker = &comparison->workers[alternative];
	double price;

	if (write(worker->ask, &comparison->call, sizeof comparison->call) != sizeof comparison->call ||
	    read(worker->answer, &price, sizeof price) != sizeof price)
		measure_failed(worker->name);
	return price;
}

static void compare(const char *empty, const char *library)
{
	struct comparison comparison = {
		.workers =
			{
				{.name = "none", .library = "", .atomic = ""},
				{.name = "empty", .library = empty, .atomic = ""},
				{.name = "library", .library = library, .atomic = ""},
				{.name = "afterwards", .library = library, .atomic = "0"},
			},
	};

	measure_on_one_processor();
	printf("%-20s", "ns, with the close");
	for (size_t i = 0; i < WORKERS; i++) {
		start(&comparison.workers[i]);
		printf(" %11s", comparison.workers[i].name);
	}
	printf("  library/none  library/empty  afterwards/empty\n");
	for (; comparison.call < CALLS; comparison.call++) {
		double ns[WORKERS];

		measure_rounds(ROUNDS, WORKERS, turn, &comparison, ns);
		printf("%-20s", calls[comparison.call].name);
		for (size_t i = 0; i < WORKERS; i++)
			printf(" %11.0f", ns[i]);
		printf(" %13.3f %14.3f %17.3f\n", ns[2] / ns[0], ns[2] / ns[1], ns[3] / ns[1]);
		fflush(stdout);
	}
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "";

	if (strcmp(mode, "--work") == 0 && argc == 2) {
		set_up();
		work();
		return 0;
	}
	if (argc != 3)
		errx(EXIT_FAILURE, "usage: calls EMPTY LIBRARY");
	compare(argv[1], argv[2]);
	return 0;
}
