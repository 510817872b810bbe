/* The calls marked `early`: what NEXT() gives until the next definition of each is known.  Once our constructor has run, the
 * first call finds that and goes on there; before, or where there is none, it is a bare system call.
 *
 * A malloc that opens files, or another library's constructor, may call before anything here is ready, even from inside
 * the loader.  Each takes and gives what the call of its name does, errno included; none is a cancellation point, which
 * matters to nobody before main.  What no single system call does (a lock by lockf, a search along PATH, a clone with a stack,
 * posix_spawn) looks for the next definitions by itself.
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
int early_close(int fd);
int early_close_range(unsigned first, unsigned last, int flags);
void early_closefrom(int first);
int early_prctl(int option, ...);
int early_flock(int fd, int operation);
int early_lockf(int fd, int operation, off_t length);
int early_lockf64(int fd, int operation, off64_t length);
pid_t early_vfork(void);
int early_clone(int (*run)(void *), void *stack, int flags, void *argument, ...);
int early_execve(const char *path, char *const arguments[], char *const environment[]);
int early_execvpe(const char *file, char *const arguments[], char *const environment[]);
int early_fexecve(int fd, char *const arguments[], char *const environment[]);
int early_execveat(int directory, const char *path, char *const arguments[], char *const environment[], int flags);
int early_posix_spawn(pid_t *process, const char *path, const posix_spawn_file_actions_t *actions,
		      const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[]);
int early_posix_spawnp(pid_t *process, const char *file, const posix_spawn_file_actions_t *actions,
		       const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[]);
int early_ioctl(int fd, ioctl_request request, ...);
long early_syscall(long number, ...);

#endif
