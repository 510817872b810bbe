/* libc's own names, as they are in the binary.
 *
 * The first include of every file of the library.  A distributor's flags (large files, 64-bit time, fortify) make
 * libc's headers rename functions: our `open` would come out as `open64`, or not at all.  What a program was built with
 * is its own affair and reaches us as a name of its own (open64, __open_2 ...); the library itself is built without.
 */
#ifndef CLOEXEC_LIBC_H
#define CLOEXEC_LIBC_H

#include <config.h>

#undef _FILE_OFFSET_BITS
#undef _TIME_BITS
#undef _FORTIFY_SOURCE

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pty.h>
#include <sched.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

/* musl says `#define open64 open` and keeps the symbol open64: we need the symbol. */
#undef open64
#undef openat64
#undef creat64
#undef fopen64
#undef freopen64
#undef tmpfile64
#undef mkstemp64
#undef mkstemps64
#undef mkostemp64
#undef mkostemps64
#undef fcntl64
#undef lockf64

/* Symbols of glibc that its headers declare for its own inline functions only. */
int __open(const char *path, int flags, ...);
int __open64(const char *path, int flags, ...);
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int directory, const char *path, int flags);
int __openat64_2(int directory, const char *path, int flags);
FILE *_IO_fopen(const char *path, const char *mode);
FILE *_IO_fdopen(int fd, const char *mode);
FILE *_IO_popen(const char *command, const char *type);
int __dup2(int fd, int number);
int __fcntl(int fd, int command, ...);
int __fcntl_time64(int fd, int command, ...);
int __prctl_time64(int option, ...);
int __close(int fd);
pid_t __vfork(void);
int __clone(int (*run)(void *), void *stack, int flags, void *argument, ...);
int __pipe(int ends[2]);
int getpt(void);
FILE *_IO_file_open(FILE *stream, const char *path, int flags, int mode, int stream_flags, int is_32_bit);
FILE *_IO_file_fopen(FILE *stream, const char *path, const char *mode, int is_32_bit);
FILE *_IO_proc_open(FILE *stream, const char *command, const char *type);
FILE *__setmntent(const char *path, const char *mode);

/* The same bits, declared differently. */
#ifdef __GLIBC__
typedef int recvmmsg_flags;
typedef unsigned long ioctl_request;
#else
typedef unsigned recvmmsg_flags;
typedef int ioctl_request;
#endif
int __ioctl_time64(int fd, unsigned long request, ...);
ssize_t __recvmsg64(int fd, struct msghdr *message, int flags);
int __recvmmsg64(int fd, struct mmsghdr *messages, unsigned count, recvmmsg_flags flags, struct timespec *timeout);

/* Younger than some headers that we are built with. */
struct open_how;
int openat2(int directory, const char *path, const struct open_how *how, size_t size);
int close_range(unsigned first, unsigned last, int flags);
void closefrom(int first);
int execveat(int directory, const char *path, char *const arguments[], char *const environment[], int flags);
int pidfd_open(pid_t process, unsigned flags);
int pidfd_getfd(int process, int fd, unsigned flags);
int pidfd_spawn(int *child, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
		char *const arguments[], char *const environment[]);
int pidfd_spawnp(int *child, const char *file, const posix_spawn_file_actions_t *actions,
		 const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[]);
int fsopen(const char *kind, unsigned flags);
int fsmount(int fd, unsigned flags, unsigned attributes);
int fspick(int directory, const char *path, unsigned flags);
int open_tree(int directory, const char *path, unsigned flags);
#ifndef FSOPEN_CLOEXEC
#define FSOPEN_CLOEXEC 1U
#endif
#ifndef FSMOUNT_CLOEXEC
#define FSMOUNT_CLOEXEC 1U
#endif
#ifndef FSPICK_CLOEXEC
#define FSPICK_CLOEXEC 1U
#endif
#ifndef OPEN_TREE_CLOEXEC
#define OPEN_TREE_CLOEXEC O_CLOEXEC
#endif
#ifndef USERFAULTFD_IOC_NEW
#define USERFAULTFD_IOC_NEW _IO(0xAA, 0x00)
#endif

/* Walks of a file tree.  The structs are those of glibc; another libc's calls pass through untouched. */
#ifdef __GLIBC__
#include <fts.h>
#else
typedef struct fts FTS, FTS64;
typedef struct ftsent FTSENT, FTSENT64;
FTS *fts_open(char *const *paths, int options, int (*compare)(const FTSENT **, const FTSENT **));
FTSENT *fts_read(FTS *walk);
FTS64 *fts64_open(char *const *paths, int options, int (*compare)(const FTSENT64 **, const FTSENT64 **));
FTSENT64 *fts64_read(FTS64 *walk);
#endif
FTS64 *__fts64_open_time64(char *const *paths, int options, int (*compare)(const FTSENT64 **, const FTSENT64 **));
FTSENT64 *__fts64_read_time64(FTS64 *walk);

#include "rpc.h"

#ifndef __GLIBC__
int open64(const char *path, int flags, ...);
int openat64(int directory, const char *path, int flags, ...);
int creat64(const char *path, mode_t mode);
FILE *fopen64(const char *path, const char *mode);
FILE *freopen64(const char *path, const char *mode, FILE *stream);
FILE *tmpfile64(void);
int mkstemp64(char *template);
int mkstemps64(char *template, int suffix_length);
int mkostemp64(char *template, int flags);
int mkostemps64(char *template, int suffix_length, int flags);
int fcntl64(int fd, int command, ...);
int lockf64(int fd, int operation, off_t length);
int rresvport(int *port);
int rresvport_af(int *port, sa_family_t family);
int rcmd(char **host, unsigned short port, const char *user, const char *remote_user, const char *command, int *error);
int rcmd_af(char **host, unsigned short port, const char *user, const char *remote_user, const char *command,
	    int *error, sa_family_t family);
int rexec(char **host, int port, const char *user, const char *password, const char *command, int *error);
int rexec_af(char **host, int port, const char *user, const char *password, const char *command, int *error,
	     sa_family_t family);
#endif

#endif
