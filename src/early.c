/* Bare system calls, for the time before the next definitions can be known. */
#include "early.h"

#include "next.h"
#include "raw.h"
#include "variadic.h"

#include <signal.h>
#include <sys/resource.h>

/* A raw result as libc gives it: -1 and errno, or the value. */
static long result(long raw_result)
{
	if (raw_result >= 0 || raw_result < -4095)
		return raw_result;
	errno = (int)-raw_result;
	return -1;
}

/* The next definition, from now on, or what is done without it. */
#define IS_FOUND(name) \
	(next_find(NEXT_ROW_##name), __atomic_load_n(&next.name, __ATOMIC_RELAXED) != early_##name)
#define NEXT_OR(name, otherwise, ...) (IS_FOUND(name) ? NEXT(name)(__VA_ARGS__) : (otherwise))

/* What no system call does: looked up now, in the constructor of another library.  Nobody calls these from inside the
 * loader. */
#define LOOKED_UP(name, otherwise, ...) (next_start(), NEXT_OR(name, otherwise, __VA_ARGS__))

int early_openat(int directory, const char *path, int flags, ...)
{
	mode_t mode = OPEN_MODE(flags);

	return NEXT_OR(openat, (int)result(raw(SYS_openat, directory, path, flags, mode)), directory, path, flags,
		       mode);
}

int early_open(const char *path, int flags, ...)
{
	mode_t mode = OPEN_MODE(flags);

	return NEXT_OR(open, (int)result(raw(SYS_openat, AT_FDCWD, path, flags, mode)), path, flags, mode);
}

int early_creat(const char *path, mode_t mode)
{
	return NEXT_OR(creat, early_open(path, O_WRONLY | O_CREAT | O_TRUNC, mode), path, mode);
}

int early_creat64(const char *path, mode_t mode)
{
	return NEXT_OR(creat64, early_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_LARGEFILE, mode), path, mode);
}

/* i386 has a system call for each of these since Linux 4.3; since ever, and for glibc still, one for all. */
#ifdef SYS_socketcall
enum {
	SOCKETCALL_socket = 1,
	SOCKETCALL_accept = 5,
	SOCKETCALL_socketpair = 8,
	SOCKETCALL_recvmsg = 17,
	SOCKETCALL_accept4 = 18
};
#define RAW_SOCKET(name, a, b, c, d) \
	raw(SYS_socketcall, SOCKETCALL_##name, ((long[]){(long)(a), (long)(b), (long)(c), (long)(d)}))
#else
#define RAW_SOCKET(name, a, b, c, d) raw(SYS_##name, a, b, c, d)
#endif

int early_socket(int domain, int type, int protocol)
{
	return NEXT_OR(socket, (int)result(RAW_SOCKET(socket, domain, type, protocol, 0)), domain, type, protocol);
}

int early_socketpair(int domain, int type, int protocol, int pair[2])
{
	return NEXT_OR(socketpair, (int)result(RAW_SOCKET(socketpair, domain, type, protocol, pair)), domain, type,
		       protocol, pair);
}

int early_accept(int fd, struct sockaddr *address, socklen_t *length)
{
#if defined SYS_accept || defined SYS_socketcall
	return NEXT_OR(accept, (int)result(RAW_SOCKET(accept, fd, address, length, 0)), fd, address, length);
#else
	return NEXT_OR(accept, early_accept4(fd, address, length, 0), fd, address, length);
#endif
}

int early_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
	return NEXT_OR(accept4, (int)result(RAW_SOCKET(accept4, fd, address, length, flags)), fd, address, length,
		       flags);
}

ssize_t early_recvmsg(int fd, struct msghdr *message, int flags)
{
	return NEXT_OR(recvmsg, result(RAW_SOCKET(recvmsg, fd, message, flags, 0)), fd, message, flags);
}

int early_dup(int fd)
{
	return NEXT_OR(dup, (int)result(raw(SYS_dup, fd)), fd);
}

/* Not every machine has it, and dup3 would refuse the same number. */
static int bare_dup2(int fd, int number)
{
#ifdef SYS_dup2
	return (int)result(raw(SYS_dup2, fd, number));
#else
	if (fd == number)
		return early_fcntl(fd, F_GETFD) < 0 ? -1 : number;
	return early_dup3(fd, number, 0);
#endif
}

int early_dup2(int fd, int number)
{
	return NEXT_OR(dup2, bare_dup2(fd, number), fd, number);
}

int early_dup3(int fd, int number, int flags)
{
	return NEXT_OR(dup3, (int)result(raw(SYS_dup3, fd, number, flags)), fd, number, flags);
}

#ifdef SYS_fcntl64
#define RAW_FCNTL SYS_fcntl64
#else
#define RAW_FCNTL SYS_fcntl
#endif

int early_fcntl(int fd, int command, ...)
{
	long argument = FCNTL_ARGUMENT(command);

	return NEXT_OR(fcntl, (int)result(raw(RAW_FCNTL, fd, command, argument)), fd, command, argument);
}

int early_fcntl64(int fd, int command, ...)
{
	long argument = FCNTL_ARGUMENT(command);

	return NEXT_OR(fcntl64, early_fcntl(fd, command, argument), fd, command, argument);
}

int early_pipe(int ends[2])
{
	return NEXT_OR(pipe, early_pipe2(ends, 0), ends);
}

int early_pipe2(int ends[2], int flags)
{
	return NEXT_OR(pipe2, (int)result(raw(SYS_pipe2, ends, flags)), ends, flags);
}

int early_close(int fd)
{
	return NEXT_OR(close, (int)result(raw(SYS_close, fd)), fd);
}

int early_close_range(unsigned first, unsigned last, int flags)
{
	return NEXT_OR(close_range, (int)result(raw(SYS_close_range, first, last, flags)), first, last, flags);
}

/* Serves for good where libc is older than this call: it must not fail in silence on a kernel that is older too. */
void early_closefrom(int first)
{
	enum { MOST = 1 << 20 };
	struct {
		uint64_t now, most;
	} limit = {0, 0};
	int end;

	if (IS_FOUND(closefrom)) {
		NEXT(closefrom)(first);
		return;
	}
	if (first < 0)
		first = 0;
	if (raw(SYS_close_range, first, ~0U, 0) == 0)
		return;
	raw(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, &limit);
	/* A number made before the limit was lowered may be above it; where there is none the kernel has one all the
	 * same. */
	end = limit.most < MOST ? (int)limit.most : MOST;
	for (int fd = first; fd < end; fd++)
		raw(SYS_close, fd);
}

int early_prctl(int option, ...)
{
	long argument[4];
	va_list arguments;

	va_start(arguments, option);
	for (int i = 0; i < 4; i++)
		argument[i] = va_arg(arguments, long);
	va_end(arguments);
	return NEXT_OR(prctl, (int)result(raw(SYS_prctl, option, argument[0], argument[1], argument[2], argument[3])),
		       option, argument[0], argument[1], argument[2], argument[3]);
}

int early_flock(int fd, int operation)
{
	return NEXT_OR(flock, (int)result(raw(SYS_flock, fd, operation)), fd, operation);
}

int early_lockf(int fd, int operation, off_t length)
{
	return LOOKED_UP(lockf, (int)result(-ENOSYS), fd, operation, length);
}

int early_lockf64(int fd, int operation, off64_t length)
{
	return LOOKED_UP(lockf64, (int)result(-ENOSYS), fd, operation, length);
}

/* A copy of the memory does whatever a loan of it does. */
JUMPS pid_t early_vfork(void)
{
	if (IS_FOUND(vfork))
		JUMP NEXT(vfork)();
	return (pid_t)result(raw(SYS_clone, SIGCHLD));
}

int early_clone(int (*run)(void *), void *stack, int flags, void *argument, ...)
{
	va_list arguments;
	void *parent, *local, *child;

	va_start(arguments, argument);
	parent = va_arg(arguments, void *);
	local = va_arg(arguments, void *);
	child = va_arg(arguments, void *);
	va_end(arguments);
	return LOOKED_UP(clone, (int)result(-ENOSYS), run, stack, flags, argument, parent, local, child);
}

int early_execve(const char *path, char *const arguments[], char *const environment[])
{
	return NEXT_OR(execve, (int)result(raw(SYS_execve, path, arguments, environment)), path, arguments,
		       environment);
}

int early_execvpe(const char *file, char *const arguments[], char *const environment[])
{
	return LOOKED_UP(execvpe, early_execve(file, arguments, environment), file, arguments, environment);
}

int early_fexecve(int fd, char *const arguments[], char *const environment[])
{
	return NEXT_OR(fexecve, early_execveat(fd, "", arguments, environment, AT_EMPTY_PATH), fd, arguments,
		       environment);
}

int early_execveat(int directory, const char *path, char *const arguments[], char *const environment[], int flags)
{
	return NEXT_OR(execveat, (int)result(raw(SYS_execveat, directory, path, arguments, environment, flags)),
		       directory, path, arguments, environment, flags);
}

int early_posix_spawn(pid_t *process, const char *path, const posix_spawn_file_actions_t *actions,
		      const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[])
{
	return LOOKED_UP(posix_spawn, ENOSYS, process, path, actions, attributes, arguments, environment);
}

int early_posix_spawnp(pid_t *process, const char *file, const posix_spawn_file_actions_t *actions,
		       const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[])
{
	return LOOKED_UP(posix_spawnp, ENOSYS, process, file, actions, attributes, arguments, environment);
}

int early_ioctl(int fd, ioctl_request request, ...)
{
	long argument = VARIADIC(request, long);

	return NEXT_OR(ioctl, (int)result(raw(SYS_ioctl, fd, (unsigned)request, argument)), fd, request, argument);
}

long early_syscall(long number, ...)
{
	long argument[6];
	va_list arguments;

	va_start(arguments, number);
	for (int i = 0; i < 6; i++)
		argument[i] = va_arg(arguments, long);
	va_end(arguments);
	return NEXT_OR(
		syscall,
		result(raw(number, argument[0], argument[1], argument[2], argument[3], argument[4], argument[5])),
		number, argument[0], argument[1], argument[2], argument[3], argument[4], argument[5]);
}
