/* race CHILDREN WITNESS: threads get descriptors in every way there is, and close them soon, while others make so many
 * children by fork, vfork and posix_spawn, which execute WITNESS (inherited.c).  None asks for close-on-exec.
 *
 * Prints a line: "CHILDREN LEAKY DESCRIPTORS", how many children there were, how many of them were given something, and
 * how many descriptors in all.  1: something failed; it is said on stderr. */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAKERS = 4, TOO_MANY = 100 };

static char *witness;
static atomic_long left;
static atomic_long leaky, descriptors, made;
static atomic_bool done;

/* What was made, until it is closed. */
struct hand {
	int fds[2];
	int count;
	int listener;
	struct sockaddr_un address;
	socklen_t length;
	int post[2]; /* for what is sent and received */
};

static void hold(struct hand *hand, int fd)
{
	if (fd < 0)
		err(1, "descriptor");
	hand->fds[hand->count++] = fd;
}

static void by_open(struct hand *hand)
{
	hold(hand, open("/dev/null", O_RDWR));
}

static void by_pipe(struct hand *hand)
{
	int ends[2];

	if (pipe(ends) < 0)
		err(1, "pipe");
	hold(hand, ends[0]);
	hold(hand, ends[1]);
}

static void by_dup(struct hand *hand)
{
	hold(hand, dup(STDIN_FILENO));
	hold(hand, fcntl(STDIN_FILENO, F_DUPFD, 3));
}

static void by_accept(struct hand *hand)
{
	int client = socket(AF_UNIX, SOCK_STREAM, 0);

	hold(hand, client);
	if (connect(client, (struct sockaddr *)&hand->address, hand->length) < 0)
		err(1, "connect");
	hold(hand, accept(hand->listener, NULL, NULL));
}

static void by_eventfd(struct hand *hand)
{
	hold(hand, eventfd(0, 0));
}

static void by_receipt(struct hand *hand)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control = {.head = {.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
	char data = 0;
	struct iovec vector = {&data, 1};
	struct msghdr message = {
		.msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
	int fd = -1;

	memcpy(CMSG_DATA(&control.head), &(int){STDIN_FILENO}, sizeof(int));
	if (sendmsg(hand->post[0], &message, 0) != 1 || recvmsg(hand->post[1], &message, 0) != 1)
		err(1, "message");
	memcpy(&fd, CMSG_DATA(&control.head), sizeof fd);
	hold(hand, fd);
}

static void (*const ways[])(struct hand *) = {by_open, by_pipe, by_dup, by_accept, by_eventfd, by_receipt};
enum { WAYS = sizeof ways / sizeof *ways };

static void *make(void *nothing)
{
	struct hand hand = {.address = {.sun_family = AF_UNIX}, .length = sizeof hand.address};
	unsigned way = 0;

	/* What lives longer is the program's own affair, and flagged. */
	hand.listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (hand.listener < 0 || bind(hand.listener, (struct sockaddr *)&hand.address, sizeof(sa_family_t)) < 0 ||
	    listen(hand.listener, 4) < 0 ||
	    getsockname(hand.listener, (struct sockaddr *)&hand.address, &hand.length) < 0 ||
	    socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, hand.post) < 0)
		err(1, "listener");
	while (!atomic_load(&done)) {
		hand.count = 0;
		ways[way++ % WAYS](&hand);
		atomic_fetch_add(&made, hand.count);
		if (way % 16 == 0)
			usleep(200); /* a second in a program's life */
		while (hand.count)
			close(hand.fds[--hand.count]);
	}
	return nothing;
}

static void judge(pid_t child)
{
	int status;

	if (child < 0 || waitpid(child, &status, 0) != child)
		err(1, "child");
	if (!WIFEXITED(status) || WEXITSTATUS(status) > TOO_MANY)
		errx(1, "child: status %#x", (unsigned)status);
	if (status == 0)
		return;
	atomic_fetch_add(&leaky, 1);
	atomic_fetch_add(&descriptors, WEXITSTATUS(status));
}

static char *arguments[] = {NULL, (char[]){"-q"}, NULL};
static char *environment[] = {NULL};

static void *by_fork(void *nothing)
{
	while (atomic_fetch_sub(&left, 1) > 0) {
		pid_t child = fork();

		if (child == 0) {
			execve(witness, arguments, environment);
			_exit(127);
		}
		judge(child);
	}
	return nothing;
}

static void *by_vfork(void *nothing)
{
	while (atomic_fetch_sub(&left, 1) > 0) {
		pid_t child = vfork();

		if (child == 0) {
			execve(witness, arguments, environment);
			_exit(127);
		}
		judge(child);
	}
	return nothing;
}

static void *by_spawn(void *nothing)
{
	while (atomic_fetch_sub(&left, 1) > 0) {
		pid_t child;

		errno = posix_spawn(&child, witness, NULL, NULL, arguments, environment);
		if (errno)
			err(1, "posix_spawn");
		judge(child);
	}
	return nothing;
}

static pthread_t start(void *(*run)(void *))
{
	pthread_t thread;

	errno = pthread_create(&thread, NULL, run, NULL);
	if (errno)
		err(1, "thread");
	return thread;
}

int main(int argc, char **argv)
{
	static void *(*const executors[])(void *) = {by_fork, by_vfork, by_spawn};
	pthread_t makers[MAKERS], executing[3];
	long children = argc == 3 ? atol(argv[1]) : 0;

	if (children < 1)
		errx(1, "usage: race CHILDREN WITNESS");
	witness = arguments[0] = argv[2];
	for (int fd = 3; fd < 1024; fd++)
		close(fd); /* whoever started us left them */
	atomic_store(&left, children);
	for (int i = 0; i < MAKERS; i++)
		makers[i] = start(make);
	for (int i = 0; i < 3; i++)
		executing[i] = start(executors[i]);
	for (int i = 0; i < 3; i++)
		pthread_join(executing[i], NULL);
	atomic_store(&done, true);
	for (int i = 0; i < MAKERS; i++)
		pthread_join(makers[i], NULL);
	if (atomic_load(&made) < children / 100)
		errx(1, "hardly any descriptor was made");
	printf("%ld %ld %ld\n", children, atomic_load(&leaky), atomic_load(&descriptors));
	return 0;
}
