/* probe [--close N,...] [CALL]...: makes each call (or those named) in a process of its own and says what stays open.
 *
 * A program that knows nothing of any preload library, and looks at everything that may leave a descriptor behind, also
 * at what libc or the kernel flags by itself.  A line for each call: its name, what libc 2.36 leaves when nobody is
 * preloaded (plain, flagged or nothing), then NUMBER=plain or NUMBER=flagged for each open descriptor, and a reason
 * where the call failed.  With --close these of 0-2 are closed before, so that results land there.
 *
 * What a call needs besides it gets by system calls and moves out of the way, to ASIDE and up.
 */
#include "probe.h"
#include <sys/prctl.h>
#include <sys/wait.h>

enum {
	REPORT = 400, /* the standard output, and the first number that is not looked at */
	ASIDE = 500,
	PATIENCE = 20, /* seconds for one call */
};

static const struct call *current;
static const char *reason;

void skip(const char *why)
{
	reason = why;
}

int aside(int fd)
{
	int moved = (int)syscall(SYS_fcntl, fd, F_DUPFD, ASIDE);

	if (fd >= 0)
		syscall(SYS_close, fd);
	return moved;
}

int raw_file(void)
{
	return (int)syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR);
}

int source(void)
{
	return aside(raw_file());
}

int raw_socket(int domain, int type, int protocol)
{
	return aside((int)syscall(SYS_socket, domain, type, protocol));
}

int vacant(void)
{
	int fd = raw_file();

	syscall(SYS_close, fd);
	return fd;
}

/* What is open now; called in signal handlers as well. */
void report(void)
{
	int error = errno;
	int open = 0;
	char line[4096];
	size_t used = (size_t)snprintf(line, sizeof line, "%s %s", current->name, current->leaves);

	for (int fd = 0; fd < REPORT && used < sizeof line - 64; fd++) {
		long flags = syscall(SYS_fcntl, fd, F_GETFD);

		if (flags < 0)
			continue;
		open += fd > 2;
		used += (size_t)snprintf(line + used, sizeof line - used, " %d=%s", fd,
		                         flags & FD_CLOEXEC ? "flagged" : "plain");
	}
	if (reason || (!open && error && strcmp(current->leaves, "nothing") != 0))
		used += (size_t)snprintf(line + used, sizeof line - used, " SKIP %s", reason ? reason : strerror(error));
	line[used++] = '\n';
	syscall(SYS_write, REPORT, line, used);
}

static void too_long(int number)
{
	(void)number;
	reason = "did not return";
	report();
	_exit(0);
}

static void probe(const struct call *call, const char *closed)
{
	pid_t child, ended;
	int status;

	current = call;
	child = fork();
	if (child) {
		/* Grandchildren too: daemon goes on in one. */
		while ((ended = wait(&status)) > 0 || errno == EINTR)
			if (ended == child && WIFSIGNALED(status))
				dprintf(REPORT, "%s %s SKIP killed by signal %d\n", call->name, call->leaves, WTERMSIG(status));
		return;
	}
	signal(SIGALRM, too_long);
	signal(SIGPIPE, SIG_IGN);
	alarm(PATIENCE);
	for (; *closed; closed++)
		if (*closed >= '0' && *closed <= '2')
			syscall(SYS_close, *closed - '0');
	errno = 0;
	call->make();
	report();
	_exit(0);
}

static bool wanted(const char *name, char **names)
{
	if (!*names)
		return true;
	for (; *names; names++)
		if (!strcmp(name, *names))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	const char *closed = "";
	const struct call *const tables[] = {calls, network_calls, NULL};

	if (argc > 2 && !strcmp(argv[1], "--close")) {
		closed = argv[2];
		argv += 2;
	}
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	syscall(SYS_dup3, 1, REPORT, O_CLOEXEC);
	for (int fd = 3; fd < REPORT; fd++)
		syscall(SYS_close, fd);
	for (int t = 0; tables[t]; t++)
		for (const struct call *call = tables[t]; call->name; call++)
			if (wanted(call->name, argv + 1))
				probe(call, closed);
	return 0;
}
