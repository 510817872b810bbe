/* walk --count | --signal COMMAND [ARGUMENT]...: goes through the call that COMMAND makes (walked.c), one instruction
 * at a time.
 *
 *   --count   prints how many instructions it is in user space
 *   --signal  runs COMMAND over and over: the first time SIGUSR1 comes before the call's first instruction, then before
 *             its second, and so on to its end; beyond the first 256, which are more than a creator's own, in growing
 *             strides.  Prints how many instructions there were
 *
 * Rests on PTRACE_SINGLESTEP.  77: this machine can't.  1: COMMAND failed or was killed; where, is said on stderr. */
#define _GNU_SOURCE
#include "section.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static struct section *section;
static pid_t child;
static char **command;

static _Noreturn void die(const char *what, int status)
{
	fprintf(stderr, "walk: %s: %s\n", what, strerror(errno));
	if (child > 0)
		kill(child, SIGKILL);
	exit(status);
}

static void share(void)
{
	int file = memfd_create("section", 0);

	if (file < 0 || ftruncate(file, sizeof *section) < 0)
		die("shared page", 77);
	section = mmap(NULL, sizeof *section, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (section == MAP_FAILED || dup2(file, SECTION_FILE) < 0 || close(file) < 0)
		die("shared page", 77);
}

/* Waits until the child stops or ends.  True: it stopped for *signal; 0 is its exec. */
static bool stopped(int *signal, int *status)
{
	if (waitpid(child, status, 0) < 0)
		die("waitpid", 1);
	if (!WIFSTOPPED(*status))
		return false;
	*signal = *status >> 16 == PTRACE_EVENT_EXEC ? 0 : WSTOPSIG(*status);
	return true;
}

static void go(int how, int signal)
{
	if (ptrace(how, child, NULL, (long)signal) < 0)
		die("ptrace", 77);
}

static void begin(void)
{
	int signal, status;

	section->inside = 0;
	child = fork();
	if (child == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
			_exit(77);
		raise(SIGSTOP);
		execvp(command[0], command);
		_exit(99);
	}
	if (child < 0 || !stopped(&signal, &status) || ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACEEXEC) < 0)
		die("ptrace", 77);
}

/* From the beginning of the call over `limit` of its instructions.  Gives how many there were: fewer if it ended. */
static unsigned walk(unsigned limit)
{
	unsigned steps = 0;
	int signal = 0;
	int status;

	/* It stops itself before the call; what else it gets is its own affair. */
	for (go(PTRACE_CONT, 0); stopped(&signal, &status) && signal != SIGSTOP; go(PTRACE_CONT, signal))
		;
	while (WIFSTOPPED(status) && (steps < limit || !section->inside)) {
		bool inside = section->inside;

		go(PTRACE_SINGLESTEP, signal == SIGTRAP || signal == SIGSTOP ? 0 : signal);
		if (!stopped(&signal, &status) || signal == 0 || (inside && !section->inside))
			break;
		steps += inside;
	}
	if (!WIFSTOPPED(status))
		die("it ended before the call", 1);
	if (signal == 0)
		section->inside = 0;
	return steps;
}

/* To the child's end.  Gives what is wrong with that, or NULL. */
static const char *end(int signal)
{
	static char text[64];
	int status;

	for (go(PTRACE_CONT, signal); stopped(&signal, &status); go(PTRACE_CONT, signal == SIGTRAP ? 0 : signal))
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return NULL;
	snprintf(text, sizeof text, WIFEXITED(status) ? "exit status %d" : "killed by signal %d",
		 WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	return text;
}

int main(int argc, char **argv)
{
	bool striking = argc > 1 && strcmp(argv[1], "--signal") == 0;
	unsigned steps = UINT_MAX;
	int failures = 0;

	if (argc < 3 || (!striking && strcmp(argv[1], "--count") != 0))
		return 99;
	command = argv + 2;
	share();
	for (unsigned limit = striking ? 0 : UINT_MAX; failures < 5; limit += 1 + limit / 256 * 128) {
		const char *wrong;

		begin();
		steps = walk(limit);
		wrong = end(striking && section->inside ? SIGUSR1 : 0);
		if (wrong) {
			fprintf(stderr, "walk: after %u instructions: %s\n", steps, wrong);
			failures++;
		}
		if (steps < limit)
			break;
	}
	printf("%u\n", steps);
	return failures != 0;
}
