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

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

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

/* Symbols of glibc that its headers declare for its own inline functions only. */
int __open(const char *path, int flags, ...);
int __open64(const char *path, int flags, ...);
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int directory, const char *path, int flags);
int __openat64_2(int directory, const char *path, int flags);
FILE *_IO_fopen(const char *path, const char *mode);
FILE *_IO_popen(const char *command, const char *type);
int __dup2(int fd, int number);
int __fcntl(int fd, int command, ...);
int __pipe(int ends[2]);
int getpt(void);

/* The flags of recvmmsg: the same bits, declared differently. */
#ifdef __GLIBC__
typedef int recvmmsg_flags;
#else
typedef unsigned recvmmsg_flags;
#endif

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
#endif

#endif
