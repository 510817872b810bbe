/* The constructor: the only place that may write to the environment, and to descriptor 2. */
#include "descriptor.h"
#include "next.h"
#include "raw.h"

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

	for (char **entry = environ; *entry; entry++)
		if (strncmp(*entry, prefix, sizeof prefix - 1) != 0)
			*keep++ = *entry;
	*keep = NULL;
}

/* Adds `text` to the line, with what could end it or play with a terminal made visible. */
static char *append(char *end, const char *limit, const char *text)
{
	for (; *text && end < limit; text++)
		*end++ = (unsigned char)*text < ' ' || *text == 0x7f ? '?' : *text;
	return end;
}

static void complain(const char *variable, const char *option, const char *value, const char *reason)
{
	char line[512];
	const char *limit = line + sizeof line - 1;
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

/* Standard error is where a person may read it; a socket there is a protocol's, or a journal's. */
static bool stderr_is_for_people(void)
{
	struct stat about;
	int saved = errno;
	bool socket = fstat(STDERR_FILENO, &about) < 0 || S_ISSOCK(about.st_mode);

	errno = saved;
	return !socket;
}

/* The first process of a tree says what is wrong with the policy; its children keep quiet. */
static void warn(void)
{
	struct program self = program_self();
	struct policy policy;

	if (secure_getenv(warned))
		return;
	if (stderr_is_for_people())
		policy_read(&policy, secure_getenv, &self, complain);
	setenv(warned, "1", 1);
}

__attribute__((constructor)) static void start(void)
{
	descriptor_read_policy();
	next_start();
	if (getauxval(AT_SECURE))
		clean_environment();
	else if (descriptor_policy()->bad)
		warn();
}
