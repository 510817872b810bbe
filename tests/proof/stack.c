/* stack [TIGHT]: how much of the stack calls take.  Each is made in a signal's handler, on an alternate stack below
 * which there is nothing; a line for each: its name, and the bytes below the handler's own.  With TIGHT that stack is
 * as small as the system allows (MINSIGSTKSZ), and so many bytes more: who needs more than that ends there.
 *
 * A program that knows nothing of any preload library.  Descriptors that calls leave open are flagged in whoever flags.
 */
#define _GNU_SOURCE
#include "../bare.h"
#include "rows.h"

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

enum { ROOMY = 262144, PAINT = 0xa5 };

static unsigned char *stack;
static size_t stack_size;
static int (*volatile call)(void);
static unsigned char *volatile *own_end; /* where the handler's part of it ends; shared too */
static volatile int failure;

static void handle(int number)
{
	unsigned char here;

	(void)number;
	*own_end = &here;
	failure = call() < 0 ? errno : 0;
}

/* The bytes that were altered, from the lowest on. */
static long used(void)
{
	size_t lowest = 0;

	while (lowest < stack_size && stack[lowest] == PAINT)
		lowest++;
	return *own_end - (stack + lowest);
}

static char *nothing[] = {(char[]){"true"}, NULL};

static int by_execve(void)
{
	return execve("/bin/true", nothing, environ);
}

static int by_execve_in_vain(void)
{
	return execve("/nowhere/true", nothing, environ);
}

static int by_execvp(void)
{
	return execvp("true", nothing);
}

static int by_execl(void)
{
	return execl("/bin/true", "true", "1", "2", "3", (char *)NULL);
}

static int by_execle(void)
{
	return execle("/bin/true", "true", "1", "2", "3", (char *)NULL, environ);
}

static int by_fexecve(void)
{
	return fexecve(open("/bin/true", O_RDONLY), nothing, environ);
}

static int by_posix_spawn(void)
{
	pid_t child;

	errno = posix_spawn(&child, "/bin/true", NULL, NULL, nothing, environ);
	return errno ? -1 : (waitpid(child, NULL, 0), 1);
}

static int by_close(void)
{
	return close(50), 1;
}

static int by_recvmsg(void)
{
	char data, room[64];
	struct iovec vector = {&data, 1};
	struct msghdr message = {
		.msg_iov = &vector, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};

	return recvmsg(ends[1], &message, MSG_DONTWAIT) < 0 && errno == EAGAIN ? 1 : -1;
}

static const struct row more[] = {{"close", by_close}, {"recvmsg", by_recvmsg}};
static const struct row executions[] = {
	{"execve", by_execve},           {"execve-in-vain", by_execve_in_vain},
	{"execvp", by_execvp},           {"execl", by_execl},
	{"execle", by_execle},           {"fexecve", by_fexecve},
	{"posix_spawn", by_posix_spawn},
};

/* In a child: an exec ends who makes it.  What it writes to the stack, its parent sees. */
static void measure(const struct row *row)
{
	int status;
	pid_t child;

	memset(stack, PAINT, stack_size);
	call = row->make;
	child = fork();
	if (child == 0) {
		dup2(STDIN_FILENO, 50);
		dup2(STDIN_FILENO, 51);
		raise(SIGUSR1);
		_exit(failure);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		err(1, "child");
	if (WIFSIGNALED(status))
		printf("%s ended by signal %d\n", row->name, WTERMSIG(status));
	else
		printf("%s %ld %s\n", row->name, used(), WEXITSTATUS(status) ? strerror(WEXITSTATUS(status)) : "-");
	fflush(stdout);
}

int main(int argc, char **argv)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	struct sigaction action = {.sa_handler = handle, .sa_flags = SA_ONSTACK};
	unsigned char *shared;
	stack_t alternate;
	size_t room;

#ifdef _SC_MINSIGSTKSZ
	stack_size = (size_t)sysconf(_SC_MINSIGSTKSZ);
#else
	stack_size = MINSIGSTKSZ;
#endif
	stack_size = argc > 1 ? stack_size + (size_t)atol(argv[1]) : ROOMY;
	room = (stack_size + page - 1) / page * page;
	/* What is shared besides, nothing, and the stack. */
	shared = mmap(NULL, 2 * page + room, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED || mprotect(shared + page, page, PROT_NONE) < 0)
		err(1, "stack");
	own_end = (unsigned char *volatile *)(void *)shared;
	stack = shared + 2 * page;
	/* What is no whole page goes unused at the upper end. */
	alternate = (stack_t){.ss_sp = stack, .ss_size = stack_size};
	if (sigaltstack(&alternate, NULL) < 0 || sigaction(SIGUSR1, &action, NULL) < 0)
		err(1, "alternate stack");
	socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
	for (size_t i = 0; i < ROWS; i++)
		measure(&rows[i]);
	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		measure(&more[i]);
	for (size_t i = 0; i < sizeof executions / sizeof *executions; i++)
		measure(&executions[i]);
	return 0;
}
