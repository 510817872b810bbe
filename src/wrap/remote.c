/* The commands of 4.2BSD: a socket, and one for the errors of the remote command.  No way in: the flag comes after. */
#include "wrap.h"

/* What a call gave: `result`, and one more in `*error` where the program asked for it. */
static int settle_both(struct attempt attempt, int result, const int *error)
{
	if (result >= 0 && error)
		descriptor_settle(attempt, *error);
	return descriptor_settle(attempt, result);
}

EXPORT int rresvport(int *port)
{
	struct attempt attempt = descriptor_begin(CALL_rresvport, false);

	return settle_both(attempt, NEXT(rresvport)(port), NULL);
}

EXPORT int rresvport_af(int *port, sa_family_t family)
{
	struct attempt attempt = descriptor_begin(CALL_rresvport_af, false);

	return settle_both(attempt, NEXT(rresvport_af)(port, family), NULL);
}

EXPORT int rcmd(char **host, unsigned short port, const char *user, const char *remote_user, const char *command,
		int *error)
{
	struct attempt attempt = descriptor_begin(CALL_rcmd, false);

	return settle_both(attempt, NEXT(rcmd)(host, port, user, remote_user, command, error), error);
}

EXPORT int rcmd_af(char **host, unsigned short port, const char *user, const char *remote_user, const char *command,
		   int *error, sa_family_t family)
{
	struct attempt attempt = descriptor_begin(CALL_rcmd_af, false);

	return settle_both(attempt, NEXT(rcmd_af)(host, port, user, remote_user, command, error, family), error);
}

EXPORT int rexec(char **host, int port, const char *user, const char *password, const char *command, int *error)
{
	struct attempt attempt = descriptor_begin(CALL_rexec, false);

	return settle_both(attempt, NEXT(rexec)(host, port, user, password, command, error), error);
}

EXPORT int rexec_af(char **host, int port, const char *user, const char *password, const char *command, int *error,
		    sa_family_t family)
{
	struct attempt attempt = descriptor_begin(CALL_rexec_af, false);

	return settle_both(attempt, NEXT(rexec_af)(host, port, user, password, command, error, family), error);
}
