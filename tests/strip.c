/* strip [--log FILE] COMMAND ARGUMENT...: executes COMMAND on a kernel that ignores every close-on-exec flag without a
 * word, as Linux before 2.6.23 to 2.6.28 ignored flags that it did not know.
 *
 * No seccomp filter can do that: this one stops each system call that takes such a flag, and a tracer, which follows all
 * descendants, takes the flag out of its arguments and puts them back when it returns.  FILE gets a line for each flag
 * that was taken out, with the name of the system call, and "F_GETFD" for each time that somebody asked for a flag.
 * 77: this machine can't do it.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	UNABLE = 77,
	BROKEN = 99,
	PATIENCE = 100, /* seconds */
	MOST = 256,     /* of processes that are in such a system call at once */
};

/* The registers of a system call: its number and its arguments. */
#if defined __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
typedef struct user_regs_struct registers;
#define NUMBER(all)            ((long)(all).orig_rax)
#define ARGUMENT(all, n)       (*argument_at(&(all), n))
#define STACK(all)             ((all).rsp)
#define IS_RESULT(n)           false
typedef __typeof__(((registers *)NULL)->rdi) word;
static word *argument_at(registers *all, int n)
{
	word *const at[] = {&all->rdi, &all->rsi, &all->rdx, &all->r10, &all->r8, &all->r9};

	return at[n];
}
#elif defined __aarch64__
#define ARCHITECTURE AUDIT_ARCH_AARCH64
typedef struct user_regs_struct registers;
#define NUMBER(all)            ((long)(all).regs[8])
#define ARGUMENT(all, n)       ((all).regs[n])
#define STACK(all)             ((all).sp)
#define IS_RESULT(n)           ((n) == 0)
typedef __typeof__(((registers *)NULL)->sp) word;
#endif

#ifndef ARCHITECTURE
int main(void)
{
	fprintf(stderr, "strip: nobody has told how this machine passes arguments\n");
	return UNABLE;
}
#else

#ifndef SYS_open_tree_attr
#define SYS_open_tree_attr 467
#endif

/* The flags that are taken out.  fcntl and ioctl have theirs for some commands only, openat2 in a struct. */
static const struct flag {
	const char *name;
	long number;
	int argument;
	unsigned mask;
} flags[] = {
#define FLAG(name, argument, mask) {#name, SYS_##name, argument, (unsigned)(mask)},
#ifdef SYS_open
	FLAG(open, 1, O_CLOEXEC)
#endif
	FLAG(openat, 2, O_CLOEXEC)
	FLAG(open_by_handle_at, 2, O_CLOEXEC)
	FLAG(openat2, 2, O_CLOEXEC)
	FLAG(socket, 1, SOCK_CLOEXEC)
	FLAG(socketpair, 1, SOCK_CLOEXEC)
	FLAG(accept4, 3, SOCK_CLOEXEC)
	FLAG(recvmsg, 2, MSG_CMSG_CLOEXEC)
	FLAG(recvmmsg, 3, MSG_CMSG_CLOEXEC)
	FLAG(pipe2, 1, O_CLOEXEC)
	FLAG(dup3, 2, O_CLOEXEC)
	FLAG(fcntl, 1, 0)
	FLAG(ioctl, 2, O_CLOEXEC)
	FLAG(epoll_create1, 0, EPOLL_CLOEXEC)
	FLAG(eventfd2, 1, EFD_CLOEXEC)
	FLAG(signalfd4, 3, SFD_CLOEXEC)
	FLAG(timerfd_create, 1, TFD_CLOEXEC)
	FLAG(inotify_init1, 0, IN_CLOEXEC)
	FLAG(memfd_create, 1, MFD_CLOEXEC)
	FLAG(fanotify_init, 0, FAN_CLOEXEC)
	FLAG(fanotify_init, 1, O_CLOEXEC)
	FLAG(fsopen, 1, 1)
	FLAG(fsmount, 1, 1)
	FLAG(fspick, 2, 1)
	FLAG(open_tree, 2, O_CLOEXEC)
	FLAG(open_tree_attr, 2, O_CLOEXEC)
	FLAG(perf_event_open, 4, 1 << 3)
	FLAG(userfaultfd, 0, O_CLOEXEC)
#ifdef SYS_memfd_secret
	FLAG(memfd_secret, 0, O_CLOEXEC)
#endif
};
enum { FLAGS = sizeof flags / sizeof *flags };

static FILE *record;

static void give_up(int status, const char *what)
{
	fprintf(stderr, "strip: %s: %s\n", what, strerror(errno));
	exit(status);
}

/* The two requests of ioctl that make a descriptor. */
static bool is_request(unsigned command)
{
	return command == TIOCGPTPEER || command == _IO(0xAA, 0); /* USERFAULTFD_IOC_NEW */
}

static void must(long result, const char *what)
{
	if (result < 0 && errno != ESRCH) /* who was killed meanwhile is waited for */
		give_up(BROKEN, what);
}

static bool get_registers(pid_t process, registers *all)
{
	struct iovec where = {all, sizeof *all};
	long result = ptrace(PTRACE_GETREGSET, process, NT_PRSTATUS, &where);

	must(result, "registers");
	return result >= 0;
}

static void set_registers(pid_t process, registers *all)
{
	must(ptrace(PTRACE_SETREGSET, process, NT_PRSTATUS, &(struct iovec){all, sizeof *all}), "registers");
}

/* The struct of openat2 is the program's own and may not change: without the flag it goes to where the program has
 * nothing, below its stack. */
static bool strip_struct(pid_t process, registers *all)
{
	uint64_t how[8];
	size_t size = ARGUMENT(*all, 3);
	struct iovec here = {how, size}, there = {(void *)(uintptr_t)ARGUMENT(*all, 2), size};

	if (size < sizeof *how || size > sizeof how ||
	    process_vm_readv(process, &here, 1, &there, 1, 0) != (ssize_t)size || !(how[0] & O_CLOEXEC))
		return false;
	how[0] &= ~(uint64_t)O_CLOEXEC;
	there.iov_base = (void *)(uintptr_t)((STACK(*all) - 1024) & ~15ULL);
	must(process_vm_writev(process, &here, 1, &there, 1, 0), "openat2");
	ARGUMENT(*all, 2) = (uintptr_t)there.iov_base;
	return true;
}

static bool strip_flag(pid_t process, registers *all, const struct flag *flag)
{
	word *argument = &ARGUMENT(*all, flag->argument);

	if (flag->number == SYS_openat2)
		return strip_struct(process, all);
	if (flag->number == SYS_fcntl) {
		if (record && (int)*argument == F_GETFD)
			fputs("F_GETFD\n", record);
		if ((int)*argument != F_DUPFD_CLOEXEC)
			return false;
		*argument = F_DUPFD;
		return true;
	}
	if (!(*argument & flag->mask) || (flag->number == SYS_ioctl && !is_request((unsigned)ARGUMENT(*all, 1))))
		return false;
	*argument &= ~(word)flag->mask;
	return true;
}

/* What stands in the registers of those that are in a system call without their flag. */
static struct {
	pid_t process;
	registers all;
} changed[MOST];

static int find_changed(pid_t process)
{
	for (int i = 0; i < MOST; i++)
		if (changed[i].process == process)
			return i;
	return -1;
}

/* A system call begins.  Gives back how the process goes on: to its end, if there is something to be put back there. */
static int begin(pid_t process)
{
	registers all, before;
	bool is_stripped = false;
	int place;

	if (!get_registers(process, &all))
		return PTRACE_CONT;
	before = all;
	for (int i = 0; i < FLAGS; i++)
		if (flags[i].number == NUMBER(all) && strip_flag(process, &all, &flags[i])) {
			is_stripped = true;
			if (record)
				fprintf(record, "%s\n", flags[i].name);
		}
	if (!is_stripped)
		return PTRACE_CONT;
	set_registers(process, &all);
	place = find_changed(0);
	if (place < 0)
		give_up(BROKEN, "too many processes");
	changed[place].process = process;
	changed[place].all = before;
	return PTRACE_SYSCALL;
}

static void end(pid_t process)
{
	int place = find_changed(process);
	registers all;

	if (place < 0)
		return;
	changed[place].process = 0;
	if (!get_registers(process, &all))
		return;
	for (int n = 0; n < 6; n++)
		if (!IS_RESULT(n))
			ARGUMENT(all, n) = ARGUMENT(changed[place].all, n);
	set_registers(process, &all);
}

/* A traced process has stopped: what for decides how it goes on, and with which signal. */
static void proceed(pid_t process, int status)
{
	int signal = WSTOPSIG(status), event = status >> 16, how = PTRACE_CONT;

	if (signal == (SIGTRAP | 0x80)) {
		end(process);
		signal = 0;
	} else if (event == PTRACE_EVENT_STOP) {
		if (signal != SIGTRAP)
			how = PTRACE_LISTEN;
		signal = 0;
	} else if (event) {
		if (event == PTRACE_EVENT_SECCOMP)
			how = begin(process);
		signal = 0;
	}
	/* A signal may come between a beginning and its end. */
	if (how == PTRACE_CONT && find_changed(process) >= 0)
		how = PTRACE_SYSCALL;
	must(ptrace(how, process, 0, (long)signal), "continue");
}

/* Follows all until the first one has ended; what is left then is killed with us. */
static int follow(pid_t first)
{
	int status;

	for (;;) {
		pid_t process = waitpid(-1, &status, __WALL);
		int place;

		if (process < 0)
			give_up(BROKEN, "wait");
		if (WIFSTOPPED(status)) {
			proceed(process, status);
			continue;
		}
		place = find_changed(process);
		if (place >= 0)
			changed[place].process = 0;
		if (process == first)
			return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	}
}

/* Has those system calls stopped, in this process and all that come of it. */
static void install_filter(void)
{
	struct sock_filter filter[2 * FLAGS + 8], *at = filter;

#define ADD(...) *at++ = (struct sock_filter)__VA_ARGS__
	ADD(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)));
	ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
	ADD(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
	ADD(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
	for (int i = 0; i < FLAGS; i++) {
		ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)flags[i].number, 0, 1));
		ADD(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE));
	}
	ADD(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &(struct sock_fprog){(unsigned short)(at - filter), filter}) < 0)
		give_up(UNABLE, "seccomp");
}

static void become(char **command, const int gate[2])
{
	char seized;

	close(gate[1]);
	if (read(gate[0], &seized, 1) != 1)
		_exit(UNABLE);
	close(gate[0]);
	install_filter();
	execvp(command[0], command);
	give_up(BROKEN, command[0]);
}

int main(int argc, char **argv)
{
	const long options = PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
	                     PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC;
	pid_t first;
	int gate[2];

	if (argc > 2 && strcmp(argv[1], "--log") == 0) {
		record = fopen(argv[2], "ae");
		if (!record)
			give_up(BROKEN, argv[2]);
		argv += 2;
		argc -= 2;
	}
	if (argc < 2)
		return BROKEN;
	if (pipe(gate) < 0)
		give_up(BROKEN, "pipe");
	first = fork();
	if (first == 0)
		become(argv + 1, gate);
	close(gate[0]);
	if (first < 0 || ptrace(PTRACE_SEIZE, first, 0, options) < 0)
		give_up(UNABLE, "ptrace");
	signal(SIGPIPE, SIG_IGN);
	if (write(gate[1], "", 1) != 1)
		give_up(BROKEN, "gate");
	close(gate[1]);
	alarm(PATIENCE);
	return follow(first);
}
#endif
