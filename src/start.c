/* The constructor: the only place that may write to the environment, and to descriptor 2. */
#include "descriptor.h"
#include "next.h"
#include "raw.h"

#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>

static const char prefix[] = "CLOEXEC_";
static const char warned[] = "CLOEXEC_WARNED";

/* A program that is set-user-ID, and all that it executes after it has become that user for good, must not believe what
 * the caller wrote. */
static void clean_environment(void)
{
	char **keep = environ;

	if (!environ)
		return;
	for (char **entry = environ; *entry; entry++)
		if (strncmp(*entry, prefix, sizeof prefix - 1) != 0)
			*keep++ = *entry;
	*keep = NULL;
}

/* Adds `text` to the line, as far as there is room. */
static char *append(char *end, char *limit, const char *text)
{
	for (; *text && end < limit; text++)
		*end++ = policy_visible(*text);
	return end;
}

static void complain(const char *variable, const char *option, const char *value, const char *reason)
{
	char line[512];
	char *limit = line + sizeof line - 1;
	char *end = line;

	(void)option;
	end = append(end, limit, "libcloexec: ");
	end = append(end, limit, variable);
	end = append(end, limit, ": '");
	end = append(end, limit - 128, value); /* the reason must be read, whatever the value */
	end = append(end, limit, "': ");
	end = append(end, limit, reason);
	end = append(end, limit, "; ignored");
	*end++ = '\n';
	raw(SYS_write, STDERR_FILENO, line, end - line);
}

/* Calls `speak` so that what becomes of its words does not become of the program: a reader who is gone, a terminal that
 * stops who writes from the background, a file that may not grow.  Raw system calls with the kernel's own signal set:
 * each name asked of libc costs every start of every program. */
static void unharmed(void (*speak)(void))
{
	const uint64_t signals = 1U << (SIGPIPE - 1) | 1U << (SIGTTOU - 1) | 1U << (SIGXFSZ - 1);
	const long at_once[4] = {0};
	struct pollfd standard_error = {.fd = STDERR_FILENO, .events = POLLOUT};
	uint64_t before;
	uint64_t pending = 0;
	uint64_t ours;

	/* Nor may it wait for somebody to read. */
	if (raw(SYS_ppoll, &standard_error, 1, at_once, NULL, sizeof signals) != 1 || standard_error.revents != POLLOUT)
		return;
	raw(SYS_rt_sigpending, &pending, sizeof pending);
	raw(SYS_rt_sigprocmask, SIG_BLOCK, &signals, &before, sizeof signals);
	speak();
	ours = signals & ~pending;
	while (raw(SYS_rt_sigtimedwait, &ours, NULL, at_once, sizeof ours) > 0)
		;
	raw(SYS_rt_sigprocmask, SIG_SETMASK, &before, NULL, sizeof before);
}

/* Standard error is where a person may read it; a socket there is a protocol's, or a journal's. */
static bool stderr_is_for_people(void)
{
	struct stat about;

	return fstat(STDERR_FILENO, &about) == 0 && !S_ISSOCK(about.st_mode);
}

static void complain_of_each(void)
{
	struct program self = program_self();
	struct policy policy;

	policy_read(&policy, secure_getenv, &self, complain);
}

/* The first process of a tree says what is wrong with the policy; its children keep quiet. */
static void warn(void)
{
	if (secure_getenv(warned))
		return;
	if (stderr_is_for_people())
		unharmed(complain_of_each);
	setenv(warned, "1", 1);
}

__attribute__((constructor)) static void start(void)
{
	int saved_errno = errno;

	descriptor_read_policy(true);
	next_start();
	if (getauxval(AT_SECURE))
		clean_environment();
	else if (descriptor_policy()->bad)
		warn();
	errno = saved_errno;
}
