/* What the parts of the program `probe` share. */
#ifndef PROBE_H
#define PROBE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>

struct call {
	const char *name, *leaves;
	void (*make)(void);
};
extern const struct call calls[], network_calls[];

/* Says why a call could not be made here. */
void skip(const char *why);

/* What is open now; for a call that never returns. */
void report(void);

/* Moves a helper out of the way. */
int aside(int fd);

/* /dev/null at the lowest number, and out of the way; a socket out of the way; the lowest number that is free. */
int raw_file(void);
int source(void);
int raw_socket(int domain, int type, int protocol);
int vacant(void);

/* Tables are lists of CALL(name, leaves, statement). */
#define DEFINE(name, leaves, ...) \
	static void make_##name(void) \
	{ \
		__VA_ARGS__; \
	}
#define ENTRY(name, leaves, ...) {#name, #leaves, make_##name},

#endif
