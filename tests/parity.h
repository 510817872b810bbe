/* What the groups of parity share: how a call is made and told about, and what they need besides. */
#ifndef PARITY_H
#define PARITY_H

#include "bare.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <time.h>

enum {
	REPORT = 400,
	LEFT_ALONE = 4242, /* what errno was before each call */
};

/* Tells about a call that has just returned.  Gives back its result, and errno as it was. */
long say(const char *call, long result, bool descriptor);
FILE *say_stream(const char *call, FILE *stream);

#define FD(call) say(#call, (errno = LEFT_ALONE, (call)), true)
#define VALUE(call) say(#call, (errno = LEFT_ALONE, (call)), false)
#define STREAM(call) say_stream(#call, (errno = LEFT_ALONE, (call)))
#define PAIR(call, pair)                                                     \
	do {                                                                 \
		(pair)[0] = (pair)[1] = 77;                                  \
		VALUE(call);                                                 \
		VALUE((pair)[0]), VALUE((pair)[1]);                          \
		if ((pair)[0] != 77)                                         \
			FD((pair)[0]), FD((pair)[1]);                        \
	} while (0)


/* Closes everything but 0-2 and the report. */
void sweep(void);

/* How many are open above 2, the report apart. */
int open_count(void);

/* A plain copy at exactly this number, a plain descriptor there, one that is moved there. */
void put(long fd, int number);
int plain_at(int number);
int move_to(int number, long fd);

void must(long result);
void limit_descriptors(rlim_t limit);

long mode_of(const char *path);
long size_of(const char *path);
void fill(const char *path);

/* A page that can be read but not written. */
void *read_only(void);

/* Hides NULL and other nonsense from the compiler. */
void *nowhere(uintptr_t address);

/* Modes of fopen, good and bad. */
extern const char *const modes[];
extern const size_t mode_count;

/* Groups; each list ends with a name that is NULL. */
struct group {
	const char *name;
	void (*run)(void);
};
#define GROUP(name) {#name, name}
extern const struct group file_groups[], socket_groups[], event_groups[], system_groups[], number_groups[];

/* The same lines for calls of one kind: those of libc, and system calls by number. */
#define LINES(name, lines, ...)                                              \
	static void name(void)                                               \
	{                                                                    \
		lines(__VA_ARGS__);                                          \
	}
void open_lines(int (*open_it)(const char *, int, ...));
void openat_lines(int (*openat_it)(int, const char *, int, ...));
void creat_lines(int (*creat_it)(const char *, mode_t));
void socket_lines(int (*socket_it)(int, int, int), int (*socketpair_it)(int, int, int, int *));
typedef int accept_function(int, struct sockaddr *, socklen_t *, int);
void accept_lines(accept_function *accept_it, int flags);
void accept4_lines(accept_function *accept_it);
#ifdef __GLIBC__
typedef int recvmmsg_flags;
#else
typedef unsigned recvmmsg_flags;
#endif
typedef ssize_t recvmsg_function(int, struct msghdr *, int);
typedef int recvmmsg_function(int, struct mmsghdr *, unsigned, recvmmsg_flags, struct timespec *);
void message_lines(recvmsg_function *recvmsg_it);
void recvmmsg_lines(recvmmsg_function *recvmmsg_it);
void packet_lines(recvmsg_function *recvmsg_it, recvmmsg_function *recvmmsg_it);
void copy_lines(int (*dup_it)(int), int (*dup2_it)(int, int), int (*dup3_it)(int, int, int));
void fcntl_lines(int (*fcntl_it)(int, int, ...));
void pipe_lines(int (*pipe_it)(int *));
void pipe2_lines(int (*pipe2_it)(int *, int));
struct event_calls {
	int (*epoll_create)(int);
	int (*epoll_create1)(int);
	int (*eventfd)(unsigned, int);
	int (*signalfd)(int, const sigset_t *, int);
	int (*timerfd_create)(clockid_t, int);
	int (*inotify_init)(void);
	int (*inotify_init1)(int);
	int (*memfd_create)(const char *, unsigned);
};
void event_lines(const struct event_calls *calls);
void fanotify_lines(int (*fanotify_it)(unsigned, unsigned));
struct file_handle;
void handle_lines(int (*open_it)(int, struct file_handle *, int));
struct open_how;
void openat2_lines(int (*openat2_it)(int, const char *, const struct open_how *, size_t));
struct mount_calls {
	int (*fsopen)(const char *, unsigned);
	int (*fsmount)(int, unsigned, unsigned);
	int (*fspick)(int, const char *, unsigned);
	int (*open_tree)(int, const char *, unsigned);
};
void mount_lines(const struct mount_calls *calls);
void ioctl_lines(int (*ioctl_it)(int, unsigned long, ...));

#endif
