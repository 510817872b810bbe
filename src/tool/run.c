#include <config.h>

#include "run.h"

#include "report.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REFUSED = 125, CANNOT_EXECUTE = 126, NO_COMMAND = 127, SIGNALLED = 128 };

/* Where the traces go; outer is empty where that is the user's own directory. */
struct place_of_traces {
	char outer[PATH_MAX];
	char directory[PATH_MAX];
};

static bool refuse(const char *name, const char *what)
{
	fprintf(stderr, "cloexec-run: --report: %s: %s: %s\n", name, what, strerror(errno));
	return false;
}

/* A daemon of root's becomes other users, and they must be able to write too.  The directory is then open to everybody
 * who knows its name, which can't be guessed, and which only the environment of COMMAND's processes has: the one around
 * it can be gone through, but not listed.  Sticky: nobody removes the trace of another. */
static bool make_directory(struct place_of_traces *place)
{
	const char *temporary = getenv("TMPDIR");
	bool shared = geteuid() == 0;
	unsigned long long secret[2];
	char base[PATH_MAX];

	temporary = temporary && *temporary ? temporary : "/tmp";
	if (!realpath(temporary, base))
		return refuse(temporary, "TMPDIR");
	if (snprintf(place->outer, sizeof place->outer, "%s/cloexec-run.XXXXXX", base) >= PATH_MAX - 64) {
		errno = ENAMETOOLONG;
		return refuse(temporary, "TMPDIR");
	}
	if (!mkdtemp(place->outer))
		return refuse(place->outer, "can't be made");
	if (getrandom(secret, sizeof secret, 0) != (ssize_t)sizeof secret)
		return refuse("getrandom", "no name for a directory");
	snprintf(place->directory, sizeof place->directory, "%.*s/%016llx%016llx", PATH_MAX - 64, place->outer,
		 secret[0], secret[1]);
	if (mkdir(place->directory, 0700) < 0 || (shared && chmod(place->directory, 01733) < 0) ||
	    (shared && chmod(place->outer, 0711) < 0))
		return refuse(place->directory, "can't be made");
	return true;
}

/* What is in it is flat; what somebody else may have put there besides stays, and is named. */
static void remove_directory(const struct place_of_traces *place)
{
	int fd = open(place->directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *directory = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	while (directory && (entry = readdir(directory)))
		unlinkat(fd, entry->d_name, 0);
	if (directory)
		closedir(directory);
	if ((rmdir(place->directory) < 0 && errno != ENOENT) || rmdir(place->outer) < 0)
		fprintf(stderr, "cloexec-run: %s: can't be removed: %s\n", place->outer, strerror(errno));
}

static bool is_fault(int number)
{
	return number == SIGSEGV || number == SIGBUS || number == SIGFPE || number == SIGILL || number == SIGTRAP ||
	       number == SIGABRT || number == SIGSYS;
}

/* All signals but faults, and but those of job control, which the terminal sends to both of us. */
static void choose_signals(sigset_t *signals)
{
	sigemptyset(signals);
	for (int number = 1; number <= SIGRTMAX; number++)
		if (!is_fault(number) && number != SIGTSTP && number != SIGTTIN && number != SIGTTOU &&
		    number != SIGCONT)
			sigaddset(signals, number);
}

/* A command that has a process group of its own, a shell, was stopped: then our own shell must hear of it.  In our
 * group, the terminal has stopped us too. */
static void stop_too(pid_t child)
{
	pid_t group = getpgid(child);

	if (group == getpgrp())
		return;
	raise(SIGSTOP);
	kill(-group, SIGCONT);
}

/* Passes signals on until the child has ended. */
static int wait_for(pid_t child, const sigset_t *signals)
{
	for (;;) {
		siginfo_t information;
		int number = sigwaitinfo(signals, &information);
		int status;

		if (number == SIGCHLD) {
			while (waitpid(child, &status, WNOHANG | WUNTRACED) == child) {
				if (!WIFSTOPPED(status))
					return status;
				stop_too(child);
			}
		} else if (number > 0 && information.si_code != SI_KERNEL) {
			/* What the kernel sends, for the terminal, it sends to the child too. */
			kill(child, number);
		}
	}
}

__attribute__((noreturn)) static void become(const char *preload, const char *directory, char **command)
{
	char process[30];

	setenv("LD_PRELOAD", preload, 1);
	setenv("CLOEXEC_TRACE", directory, 1);
	/* cloexec-run means the process that becomes the command. */
	if (getenv("CLOEXEC_COVER_ONCE")) {
		snprintf(process, sizeof process, "%ld", (long)getpid());
		setenv("CLOEXEC_COVER_ONCE", process, 1);
	}
	execvp(command[0], command);
	fprintf(stderr, "cloexec-run: %s: %s\n", command[0], strerror(errno));
	_exit(errno == ENOENT ? NO_COMMAND : CANNOT_EXECUTE);
}

/* Runs it, and gives its status as waitpid does; -1: it can't be run.  From then on signals are blocked. */
static int run(const char *preload, const char *directory, char **command, sigset_t *before)
{
	struct sigaction usual = {.sa_handler = SIG_DFL};
	struct sigaction inherited;
	sigset_t signals;
	pid_t child;

	choose_signals(&signals);
	sigprocmask(SIG_BLOCK, &signals, before);
	/* Where SIGCHLD is ignored, nobody can wait for a child. */
	sigaction(SIGCHLD, &usual, &inherited);
	child = fork();
	if (child < 0)
		return -1;
	if (child == 0) {
		sigaction(SIGCHLD, &inherited, NULL);
		sigprocmask(SIG_SETMASK, before, NULL);
		become(preload, directory, command);
	}
	return wait_for(child, &signals);
}

int run_and_report(const char *preload, char **command)
{
	static struct report report;
	static struct place_of_traces place;
	const char *wanted = getenv("CLOEXEC_TRACE");
	sigset_t before;
	bool readable;
	int status;

	if (wanted && *wanted) {
		snprintf(place.directory, sizeof place.directory, "%s", wanted);
	} else if (!make_directory(&place)) {
		if (*place.outer)
			rmdir(place.outer);
		return REFUSED;
	}
	status = run(preload, place.directory, command, &before);
	if (status == -1)
		refuse(command[0], "can't be run");
	readable = status != -1 && report_make(&report, place.directory, true);
	if (*place.outer)
		remove_directory(&place);
	/* The report may be long; it can be interrupted.  Nobody need read it. */
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (readable) {
		setlocale(LC_CTYPE, "");
		setvbuf(stderr, NULL, _IOFBF, BUFSIZ);
		report_tables(&report, stderr, false);
		fflush(stderr);
	}
	if (status == -1)
		return REFUSED;
	return WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status) : WEXITSTATUS(status);
}
