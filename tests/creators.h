/* What the makers of descriptors (makers.c, makers-network.c) and the program around them (creators.c) share. */
#ifndef CREATORS_H
#define CREATORS_H

#include "bare.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
	FIRST = 3,     /* of those that are not standard */
	LOW = 29,      /* no result lands here: what wants a number below 32 has it */
	REPORT = 400,  /* stays open across exec, whatever is tested */
	ASIDE = 500,   /* and up: what a call needs, out of its way */
	END = 520,
};

/* Tells why a call can't be tried, and ends the program. */
void fail(const char *what);

/* Tells that this machine, or this libc, has no such thing. */
void absent(void);

/* The flag, if it is to be asked for; and what to say before a call that has no room to ask. */
int ask(int flag);
void asked_nothing(void);

/* The mode that asks for the flag, if it is to be asked for. */
const char *mode(const char *plain, const char *flagged);

/* Reports what a call gave: one descriptor, two, or a stream.  -1 or NULL ends the program. */
void one(int fd);
void two(int result, const int *fds);
void stream(FILE *file);

/* Moves a helper out of the way. */
int aside(int fd);

/* Puts a copy at that number, with the flag or without.  False: it can't. */
bool put(int fd, int number, bool flag);

/* A descriptor without the flag, a number that is free and is the lowest, a descriptor out of the way. */
int plain_file(void);
int vacant(void);
int source(void);

/* Forks a helper: 0 in the child, which leaves with bare(SYS_exit_group). */
int helper(void);

/* One call of the table: its maker, and its address, NULL where this libc has none. */
struct maker {
	const char *name;
	void (*make)(void);
	void (*address)(void);
};
extern const struct maker makers[];
extern const size_t maker_count;

/* Those of makers-network.c. */
#define NETWORK_CALLS(CALL)                                                                         \
	CALL(rresvport)                                                                             \
	CALL(rresvport_af)                                                                          \
	CALL(rcmd)                                                                                  \
	CALL(rcmd_af)                                                                               \
	CALL(rexec)                                                                                 \
	CALL(rexec_af)                                                                              \
	CALL(clnt_create)                                                                           \
	CALL(clnttcp_create)                                                                        \
	CALL(clntudp_create)                                                                        \
	CALL(clntudp_bufcreate)                                                                     \
	CALL(clntunix_create)                                                                       \
	CALL(svctcp_create)                                                                         \
	CALL(svcudp_create)                                                                         \
	CALL(svcudp_bufcreate)                                                                      \
	CALL(svcunix_create)                                                                        \
	CALL(registerrpc)                                                                           \
	CALL(svc_run)                                                                               \
	CALL(svc_getreq)                                                                            \
	CALL(svc_getreqset)                                                                         \
	CALL(svc_getreq_poll)                                                                       \
	CALL(svc_getreq_common)
#define DECLARE(name) void make_##name(void);
NETWORK_CALLS(DECLARE)
#undef DECLARE

#endif
