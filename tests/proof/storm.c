/* storm SIGNALS RESTART WITNESS: makes calls while a timer goes off, at odd intervals, until it has done so SIGNALS
 * times. Its handler (with SA_RESTART if that is 1) makes descriptors too, and children that execute WITNESS
 * (inherited.c).
 *
 * Prints a line for each call: which errors it gave, and whether a success ever altered errno; then how many
 * descriptors are open that were not before.  Then, on lines that begin with `#', how the results were flagged, and how
 * many children were given anything.  A program that knows nothing of any preload library. */
#define _GNU_SOURCE
#include "../bare.h"
#include "rows.h"

#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>

enum { LEFT_ALONE = 4242, MOST = 200, SELDOM = 64, TRIES = 20 };

static timer_t timer;
static volatile sig_atomic_t signals;
static long wanted;
static char *witness;
static volatile long children, given, failed;

/* In microseconds; a walk through all of them in no order. */
static void set_timer(void)
{
	static unsigned state = 1;
	struct itimerspec when = {{0, 0}, {0, 0}};

	state = state * 1103515245 + 12345;
	when.it_value.tv_nsec = 1 + (long)(state >> 16) % 150 * 1000;
	timer_settime(timer, 0, &when, NULL);
}

/* No fork: that waits for locks of libc's, which the interrupted call may hold. */
static void execute(bool borrow)
{
	char *arguments[] = {witness, (char[]){"-q"}, NULL};
	pid_t child = borrow ? vfork() : (pid_t)bare(SYS_clone, SIGCHLD);
	int status;

	if (child == 0) {
		execv(witness, arguments);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) > 100)
		failed++;
	else if (status)
		given++;
	children++;
}

static void handle(int number)
{
	int saved = errno, pair[2], fd;

	(void)number;
	fd = open("/dev/null", O_RDWR);
	failed += fd < 0 || dup2(fd, MOST) != MOST;
	close(fd);
	failed += close(MOST) < 0;
	switch (signals % 4) {
	case 0:
		fd = dup(STDERR_FILENO);
		failed += fd < 0 || close(fd) < 0;
		break;
	case 1:
		failed += pipe(pair) < 0 || close(pair[0]) < 0 || close(pair[1]) < 0;
		break;
	case 2:
		failed += socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 || close(pair[0]) < 0 || close(pair[1]) < 0;
		break;
	default:
		fd = fcntl(STDERR_FILENO, F_DUPFD, 100);
		failed += fd < 100 || close(fd) < 0;
	}
	if (signals % 64 == 0)
		execute(signals % 128 == 0);
	if (++signals < wanted)
		set_timer();
	errno = saved;
}

/* Calls that wait, for somebody who comes at times. */
static int listener, post[2];
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static socklen_t length = sizeof address;

static int by_accept(void)
{
	return accept(listener, NULL, NULL);
}

static int by_accept4(void)
{
	return accept4(listener, NULL, NULL, 0);
}

union control {
	struct cmsghdr head;
	char room[CMSG_SPACE(sizeof(int))];
};

static int by_receipt(void)
{
	union control control;
	char data;
	struct iovec vector = {&data, 1};
	struct msghdr message = {
		.msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
	int fd;

	if (recvmsg(post[1], &message, 0) < 0)
		return -1;
	memcpy(&fd, CMSG_DATA(&control.head), sizeof fd);
	return fd;
}

/* Held while there is a client. */
static pthread_mutex_t coming = PTHREAD_MUTEX_INITIALIZER;

/* They come for ever, and their descriptors are the program's own. */
static void *come(void *nothing)
{
	const struct timespec pause = {0, 1000000};

	for (;;) {
		union control control = {
			.head = {.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
		char data = 0;
		struct iovec vector = {&data, 1};
		struct msghdr message = {
			.msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
		int client;

		memcpy(CMSG_DATA(&control.head), &(int){STDIN_FILENO}, sizeof(int));
		nanosleep(&pause, NULL);
		pthread_mutex_lock(&coming);
		client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		connect(client, (struct sockaddr *)&address, length);
		sendmsg(post[0], &message, MSG_DONTWAIT);
		close(client);
		pthread_mutex_unlock(&coming);
	}
	return nothing;
}

static const struct row waiting[] = {
	{"accept, waiting", by_accept}, {"accept4, waiting", by_accept4}, {"recvmsg, waiting", by_receipt}};
enum { WAITING = sizeof waiting / sizeof *waiting };

static struct {
	unsigned char errors[200]; /* those that came */
	bool altered;
} results[ROWS + WAITING];
static long flagged, plain;

static void judge(int fd)
{
	if (fd <= STDERR_FILENO)
		return;
	if (bare(SYS_fcntl, fd, F_GETFD) == FD_CLOEXEC)
		flagged++;
	else
		plain++;
	close(fd);
}

static void try(const struct row *row, size_t result)
{
	int fd;

	ends[0] = ends[1] = -1;
	errno = LEFT_ALONE;
	fd = row->make();
	if (fd < 0)
		results[result].errors[errno % 200] = 1;
	else if (errno != LEFT_ALONE)
		results[result].altered = true;
	judge(fd);
	judge(ends[0]);
	judge(ends[1]);
}

static void print(const struct row *row, size_t result)
{
	printf("%s:", row->name);
	for (int error = 1; error < 200; error++)
		if (results[result].errors[error])
			printf(" %s", strerror(error));
	puts(results[result].altered ? ", errno altered" : "");
}

static int open_count(void)
{
	int count = 0;

	for (int fd = 3; fd < 1024; fd++)
		count += bare(SYS_fcntl, fd, F_GETFD) >= 0;
	return count;
}

static void prepare(bool restarts)
{
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
	struct sigaction action = {.sa_handler = handle, .sa_flags = restarts ? SA_RESTART : 0};
	sigset_t alarms;
	pthread_t thread;

	/* What lives longer is flagged: the witness is to see what the calls make. */
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(sa_family_t)) < 0 ||
	    listen(listener, 4) < 0 || getsockname(listener, (struct sockaddr *)&address, &length) < 0 ||
	    socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, post) < 0)
		err(1, "listener");
	sigemptyset(&alarms);
	sigaddset(&alarms, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &alarms, NULL);
	if (pthread_create(&thread, NULL, come, NULL) != 0)
		errx(1, "thread");
	pthread_sigmask(SIG_UNBLOCK, &alarms, NULL);
	if (sigaction(SIGALRM, &action, NULL) < 0 || timer_create(CLOCK_MONOTONIC, &event, &timer) < 0)
		err(1, "timer");
}

int main(int argc, char **argv)
{
	int before;

	if (argc != 4)
		errx(99, "usage: storm SIGNALS RESTART WITNESS");
	wanted = atol(argv[1]);
	witness = argv[3];
	for (int fd = 3; fd < 1024; fd++)
		close(fd);
	prepare(atoi(argv[2]));
	before = open_count();
	set_timer();
	for (long round = 0; signals < wanted; round++) {
		for (size_t i = 0; i < ROWS; i++)
			try(&rows[i], i);
		/* Who has come meanwhile is soon let in; the others are waited for. */
		for (size_t i = 0; i < WAITING * TRIES && round % SELDOM == 0; i++)
			try(&waiting[i % WAITING], ROWS + i % WAITING);
	}
	for (size_t i = 0; i < ROWS; i++)
		print(&rows[i], i);
	for (size_t i = 0; i < WAITING; i++)
		print(&waiting[i], ROWS + i);
	pthread_mutex_lock(&coming);
	printf("failed in the handler: %ld; left open: %d\n", failed, open_count() - before);
	printf("# %s, %ld children, %ld of them were given something\n",
	       !plain     ? "flagged"
	       : !flagged ? "plain"
			  : "some flagged",
	       children, given);
	return 0;
}
