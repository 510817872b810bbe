/* The calls marked `early`, as bare system calls: what NEXT() gives until our constructor has run.
 *
 * A malloc that opens files, or another library's constructor, may call before anything here is ready, even from inside
 * the loader.  Each takes and gives what the call of its name does, errno included; none is a cancellation point, which
 * matters to nobody before main.
 */
#ifndef CLOEXEC_EARLY_H
#define CLOEXEC_EARLY_H

#include "libc.h"

int early_open(const char *path, int flags, ...);
int early_openat(int directory, const char *path, int flags, ...);
int early_creat(const char *path, mode_t mode);
int early_creat64(const char *path, mode_t mode);
int early_socket(int domain, int type, int protocol);
int early_socketpair(int domain, int type, int protocol, int pair[2]);
int early_accept(int fd, struct sockaddr *address, socklen_t *length);
int early_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags);
ssize_t early_recvmsg(int fd, struct msghdr *message, int flags);
int early_dup(int fd);
int early_dup2(int fd, int number);
int early_dup3(int fd, int number, int flags);
int early_fcntl(int fd, int command, ...);
int early_fcntl64(int fd, int command, ...);
int early_pipe(int ends[2]);
int early_pipe2(int ends[2], int flags);
int early_ioctl(int fd, ioctl_request request, ...);
long early_syscall(long number, ...);

#endif
