/* Calls of the program `probe` that need no network. */
#include "probe.h"
#include <aio.h>
#include <dirent.h>
#include <dlfcn.h>
#include <fmtmsg.h>
#include <fts.h>
#include <ftw.h>
#include <glob.h>
#include <grp.h>
#include <iconv.h>
#include <libintl.h>
#include <linux/io_uring.h>
#include <linux/bpf.h>
#include <linux/kvm.h>
#include <linux/nsfs.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <linux/filter.h>
#include <linux/userfaultfd.h>
#include <locale.h>
#include <mntent.h>
#include <mqueue.h>
#include <nl_types.h>
#include <paths.h>
#include <pthread.h>
#include <pty.h>
#include <pwd.h>
#include <sched.h>
#include <semaphore.h>
#include <shadow.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <syslog.h>
#include <time.h>
#include <utmp.h>
#include <utmpx.h>
#include <wchar.h>
#include <wordexp.h>
#ifdef __GLIBC__
#include <execinfo.h>
#include <fstab.h>
#include <gshadow.h>
#include <sys/sysinfo.h>
#endif

/* The numbers that this architecture, or its headers, may not have. */
#ifndef SYS_open
#define SYS_open (-1)
#define SYS_creat (-1)
#define SYS_dup2 (-1)
#define SYS_pipe (-1)
#define SYS_epoll_create (-1)
#define SYS_eventfd (-1)
#define SYS_signalfd (-1)
#define SYS_inotify_init (-1)
#endif
#ifndef SYS_memfd_secret
#define SYS_memfd_secret (-1)
#endif
#ifndef SYS_open_tree_attr
#define SYS_open_tree_attr 467
#endif
#ifndef USERFAULTFD_IOC_NEW
#define USERFAULTFD_IOC_NEW _IO(0xAA, 0x00)
#endif
#ifndef KVM_GET_STATS_FD
#define KVM_GET_STATS_FD _IO(KVMIO, 0xce)
#endif

/* Symbols that headers keep for themselves, and those of a newer libc. */
#pragma weak fsopen
#pragma weak fsmount
#pragma weak fspick
#pragma weak open_tree
#pragma weak pidfd_open
#pragma weak pidfd_getfd
#pragma weak pidfd_spawn
#pragma weak openat2
int fsopen(const char *type, unsigned int flags);
int fsmount(int fd, unsigned int flags, unsigned int attributes);
int fspick(int fd, const char *path, unsigned int flags);
int open_tree(int fd, const char *path, unsigned int flags);
int pidfd_open(pid_t pid, unsigned int flags);
int pidfd_getfd(int fd, int number, unsigned int flags);
int pidfd_spawn(int *fd, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
                char *const argv[], char *const environment[]);
struct open_how;
int openat2(int fd, const char *path, const struct open_how *how, size_t size);
#define WITH(function, ...) \
	do { \
		if (function) \
			(void)(__VA_ARGS__); \
		else \
			skip("libc has no such call"); \
	} while (0)


static const char file[] = "/dev/null";
static const uint64_t how_to_open[3] = {O_RDWR, 0, 0};
static int ends[2];

static char *name_of(const char *pattern)
{
	static char name[64];

	return strcpy(name, pattern);
}

static FILE *raw_stream(void)
{
	return fdopen(raw_file(), "r");
}

static void handle_at(bool by_number)
{
	struct {
		struct file_handle head;
		char room[128];
	} handle = {.head.handle_bytes = 128};
	int mount, directory = aside((int)syscall(SYS_openat, AT_FDCWD, "/usr", O_RDONLY | O_DIRECTORY));

	if (name_to_handle_at(AT_FDCWD, "/usr/bin", &handle.head, &mount, 0) < 0)
		return;
	if (by_number)
		syscall(SYS_open_by_handle_at, directory, &handle.head, O_RDONLY);
	else
		open_by_handle_at(directory, &handle.head, O_RDONLY);
}

static int raw_context(void)
{
	int context = aside((int)syscall(SYS_fsopen, "tmpfs", 0));

	syscall(SYS_fsconfig, context, 6 /* FSCONFIG_CMD_CREATE */, NULL, NULL, 0);
	return context;
}

/* An event waits to be read: the descriptor of its file comes with it. */
static void read_event(void)
{
	struct fanotify_event_metadata event[8];
	int group = aside(fanotify_init(FAN_CLASS_NOTIF, O_RDONLY));

	syscall(SYS_close, aside((int)syscall(SYS_openat, AT_FDCWD, "watched", O_CREAT | O_RDWR, 0600)));
	if (fanotify_mark(group, FAN_MARK_ADD, FAN_OPEN, AT_FDCWD, "watched") < 0)
		return;
	aside((int)syscall(SYS_openat, AT_FDCWD, "watched", O_RDONLY));
	if (read(group, event, sizeof event) < 0)
		return;
}

static void *sleeper(void *unused)
{
	for (;;)
		sleep(60);
	return unused;
}

static pthread_t other_thread(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, sleeper, NULL);
	return thread;
}

static void notified(union sigval value)
{
	(void)value;
}

static void notify(void)
{
	struct sigevent event = {.sigev_notify = SIGEV_THREAD, .sigev_notify_function = notified};
	mqd_t queue = aside((int)syscall(SYS_mq_open, "probe-notify", O_RDWR | O_CREAT, 0600, NULL));

	mq_notify(queue, &event);
	mq_unlink("/probe-notify");
}

static int visit(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)path, (void)status, (void)type, (void)place;
	return 0;
}

static int visit_old(const char *path, const struct stat *status, int type)
{
	(void)path, (void)status, (void)type;
	return 0;
}

static char *const paths[] = {(char *)(uintptr_t)"/usr/share/zoneinfo/Europe", NULL};
static char *const no_arguments[] = {(char *)(uintptr_t)"true", NULL};

static FTS *tree(void)
{
	FTS *walk = fts_open(paths, FTS_PHYSICAL, NULL);

	/* Its own descriptor is another call's matter. */
	walk->fts_rfd = aside(walk->fts_rfd);
	return walk;
}

static void read_tree(void)
{
	FTS *walk = tree();

	/* Into the directory and one further; the number of the starting point is left as it was. */
	fts_read(walk);
	fts_read(walk);
	fts_read(walk);
}

static void spawn(bool searched)
{
	posix_spawn_file_actions_t actions;
	pid_t child;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 9, file, O_RDONLY, 0);
	(searched ? posix_spawnp : posix_spawn)(&child, searched ? "true" : "/bin/true", &actions, NULL, no_arguments, environ);
}

static void with_pidfd(bool new)
{
	int fd = -1;
	uint64_t arguments[11] = {CLONE_PIDFD, (uintptr_t)&fd, 0, 0, SIGCHLD};
	long child = new ? syscall(SYS_clone3, arguments, 64)
	                 : syscall(SYS_clone, CLONE_PIDFD | SIGCHLD, NULL, &fd, NULL, NULL);

	if (child == 0)
		syscall(SYS_exit_group, 0);
}

static int at_once(void *unused)
{
	(void)unused;
	syscall(SYS_exit_group, 0);
	return 0;
}

static void cloned(void)
{
	static char stack[65536] __attribute__((aligned(16)));
	int fd;

	clone(at_once, stack + sizeof stack, CLONE_PIDFD | SIGCHLD, NULL, &fd);
}

static void terminal(void)
{
	int slave, master;

	openpty(&master, &slave, NULL, NULL, NULL);
}

static void in_terminal(void)
{
	int master;

	if (forkpty(&master, NULL, NULL, NULL) == 0)
		_exit(0);
}

static int raw_terminal(void)
{
	int unlock = 0, master = aside((int)syscall(SYS_openat, AT_FDCWD, "/dev/ptmx", O_RDWR | O_NOCTTY));

	syscall(SYS_ioctl, master, TIOCSPTLCK, &unlock);
	return master;
}

static int raw_slave(void)
{
	return aside((int)syscall(SYS_ioctl, raw_terminal(), TIOCGPTPEER, O_RDWR | O_NOCTTY));
}

static int device(const char *path)
{
	int fd = aside((int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR));

	if (fd < 0)
		skip("no such device");
	return fd;
}

/* A /dev with nothing in it but a log. */
static void own_log(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = _PATH_LOG};

	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("tmpfs", "/dev", "tmpfs", 0, NULL) < 0)
		skip("no /dev of our own");
	else
		bind(raw_socket(AF_UNIX, SOCK_DGRAM, 0), (struct sockaddr *)&address, sizeof address);
}

static void write_utmp(bool extended)
{
	struct utmpx entry = {.ut_type = USER_PROCESS, .ut_id = "pr", .ut_user = "probe", .ut_line = "pts/9"};
	struct utmp old;

	close(aside(creat("utmp", 0600)));
	utmpname("utmp");
	memcpy(&old, &entry, sizeof old < sizeof entry ? sizeof old : sizeof entry);
	if (extended) {
		setutxent();
		pututxline(&entry);
	} else {
		setutent();
		pututline(&old);
	}
}

static void read_utmp(void)
{
	close(aside(creat("utmp", 0600)));
	utmpname("utmp");
}

static void monitored(void)
{
	struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	struct sock_fprog program = {1, &allow};

	syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static void load_program(void)
{
	struct bpf_insn code[2] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K}, {.code = BPF_JMP | BPF_EXIT}};
	union bpf_attr load;

	memset(&load, 0, sizeof load);
	load.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	load.insn_cnt = 2;
	load.insns = (uintptr_t)code;
	load.license = (uintptr_t)"GPL";
	syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof load);
}

static void make_map(void)
{
	union bpf_attr map;

	memset(&map, 0, sizeof map);
	map.map_type = BPF_MAP_TYPE_ARRAY;
	map.key_size = map.value_size = 4;
	map.max_entries = 1;
	syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof map);
}

static void measure(void)
{
	struct perf_event_attr attributes = {.type = PERF_TYPE_SOFTWARE, .size = sizeof attributes,
	                                     .config = PERF_COUNT_SW_CPU_CLOCK};

	syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
}

static void ring(void)
{
	struct io_uring_params parameters = {0};

	syscall(SYS_io_uring_setup, 1, &parameters);
}

static void rule_set(void)
{
	uint64_t handled[2] = {1, 0};

	syscall(SYS_landlock_create_ruleset, handled, 8, 0);
}

static void read_later(void)
{
	static char byte;
	static struct aiocb block = {.aio_buf = &byte, .aio_nbytes = 1};
	const struct aiocb *const list[] = {&block};

	block.aio_fildes = source();
	aio_read(&block);
	aio_suspend(list, 1, NULL);
}

static void expand(const char *words, int flags)
{
	wordexp_t found;

	wordexp(words, &found, flags);
}

static void match(const char *pattern)
{
	glob_t found;

	glob(pattern, GLOB_TILDE, NULL, &found);
}

static void scan(void)
{
	struct dirent **found;

	scandir("/usr", &found, NULL, alphasort);
}

static void examine(void)
{
	pthread_attr_t attributes;

	pthread_getattr_np(pthread_self(), &attributes);
}

#ifdef __GLIBC__
int __open(const char *path, int flags, ...);
int __open64(const char *path, int flags, ...);
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int directory, const char *path, int flags);
int __openat64_2(int directory, const char *path, int flags);
int __dup2(int fd, int number);
int __fcntl(int fd, int command, ...);
int __pipe(int fds[2]);
FILE *__setmntent(const char *path, const char *mode);
mqd_t __mq_open_2(const char *name, int flags);
FILE *_IO_fopen(const char *path, const char *mode);
FILE *_IO_fdopen(int fd, const char *mode);
FILE *_IO_popen(const char *command, const char *type);
FILE *_IO_file_open(FILE *stream, const char *path, int flags, int mode, int kind, int large);
FILE *_IO_file_fopen(FILE *stream, const char *path, const char *mode, int large);
FILE *_IO_proc_open(FILE *stream, const char *command, const char *mode);
int _IO_file_close_it(FILE *stream);
int _IO_proc_close(FILE *stream);

/* A stream that has no file. */
static FILE *closed_stream(void)
{
	FILE *stream = raw_stream();

	_IO_file_close_it(stream);
	return stream;
}

static FILE *closed_process(void)
{
	FILE *stream = popen(":", "r");

	_IO_proc_close(stream);
	stream->_fileno = -1;
	return stream;
}

static void read_tree64(void)
{
	FTS64 *walk = fts64_open(paths, FTS_PHYSICAL, NULL);

	walk->fts_rfd = aside(walk->fts_rfd);
	for (int i = 0; i < 3; i++)
		fts64_read(walk);
}

static void rename_thread(bool read_only)
{
	char name[32];
	pthread_t thread = other_thread();

	if (read_only)
		pthread_getname_np(thread, name, sizeof name);
	else
		pthread_setname_np(thread, "probe");
}

static void trace_back(void)
{
	void *frames[8];

	backtrace(frames, 8);
}
#endif

#define CALLS \
	CALL(open, plain, open(file, O_RDWR)) \
	CALL(open_path, plain, open(file, O_PATH)) \
	CALL(open_directory, plain, open("/", O_RDONLY | O_DIRECTORY)) \
	CALL(open_create, plain, open("created", O_RDWR | O_CREAT, 0600)) \
	CALL(open_temporary, plain, open("/tmp", O_RDWR | O_TMPFILE, 0600)) \
	CALL(open_fifo, plain, mkfifo("fifo", 0600); open("fifo", O_RDWR)) \
	CALL(open_terminal, plain, open("/dev/ptmx", O_RDWR | O_NOCTTY)) \
	CALL(open_process, plain, open("/proc/self/status", O_RDONLY)) \
	CALL(open64, plain, open64(file, O_RDWR)) \
	CALL(openat, plain, openat(AT_FDCWD, file, O_RDWR)) \
	CALL(openat_relative, plain, openat(aside(open("/dev", O_RDONLY)), "null", O_RDWR)) \
	CALL(openat64, plain, openat64(AT_FDCWD, file, O_RDWR)) \
	CALL(openat2, plain, WITH(openat2, openat2(AT_FDCWD, file, (const void *)how_to_open, sizeof how_to_open))) \
	CALL(creat, plain, creat("created", 0600)) \
	CALL(creat64, plain, creat64("created", 0600)) \
	CALL(open_by_handle_at, plain, handle_at(false)) \
	CALL(fopen, plain, fopen(file, "r")) \
	CALL(fopen_create, plain, fopen("created", "w+")) \
	CALL(fopen_long, plain, fopen(file, "rbbbbb+")) \
	CALL(fopen_wide, plain, fopen(file, "r,ccs=UTF-8")) \
	CALL(fopen64, plain, fopen64(file, "r")) \
	CALL(freopen, plain, freopen(file, "r", raw_stream())) \
	CALL(freopen64, plain, freopen64(file, "r", raw_stream())) \
	CALL(freopen_same, plain, freopen(NULL, "r", raw_stream())) \
	CALL(freopen_standard, nothing, freopen(file, "w", stdout)) \
	CALL(fdopen, nothing, fdopen(source(), "r")) \
	CALL(fmemopen, nothing, fmemopen(NULL, 10, "w+")) \
	CALL(open_memstream, nothing, static char *text; static size_t size; open_memstream(&text, &size)) \
	CALL(tmpfile, plain, tmpfile()) \
	CALL(tmpfile64, plain, tmpfile64()) \
	CALL(popen_read, plain, popen(":", "r")) \
	CALL(popen_write, plain, popen(":", "w")) \
	CALL(mkstemp, plain, mkstemp(name_of("XXXXXX"))) \
	CALL(mkstemp64, plain, mkstemp64(name_of("XXXXXX"))) \
	CALL(mkstemps, plain, mkstemps(name_of("XXXXXX.x"), 2)) \
	CALL(mkstemps64, plain, mkstemps64(name_of("XXXXXX.x"), 2)) \
	CALL(mkostemp, plain, mkostemp(name_of("XXXXXX"), O_APPEND)) \
	CALL(mkostemp64, plain, mkostemp64(name_of("XXXXXX"), O_APPEND)) \
	CALL(mkostemps, plain, mkostemps(name_of("XXXXXX.x"), 2, O_APPEND)) \
	CALL(mkostemps64, plain, mkostemps64(name_of("XXXXXX.x"), 2, O_APPEND)) \
	CALL(mkdtemp, nothing, mkdtemp(name_of("XXXXXX"))) \
	CALL(dup, plain, dup(source())) \
	CALL(dup2, plain, dup2(source(), vacant())) \
	CALL(dup2_high, plain, dup2(source(), 300)) \
	CALL(dup2_over, plain, dup2(source(), raw_file())) \
	CALL(dup2_same, nothing, int same = source(); dup2(same, same)) \
	CALL(dup2_standard, nothing, dup2(source(), 1)) \
	CALL(dup3, plain, dup3(source(), vacant(), 0)) \
	CALL(fcntl, plain, fcntl(source(), F_DUPFD, 0)) \
	CALL(fcntl_minimum, plain, fcntl(source(), F_DUPFD, 250)) \
	CALL(pipe, plain, pipe(ends)) \
	CALL(pipe2, plain, pipe2(ends, 0)) \
	CALL(pipe2_nonblocking, plain, pipe2(ends, O_NONBLOCK)) \
	CALL(epoll_create, plain, epoll_create(1)) \
	CALL(epoll_create1, plain, epoll_create1(0)) \
	CALL(eventfd, plain, eventfd(0, 0)) \
	CALL(eventfd_semaphore, plain, eventfd(0, EFD_SEMAPHORE | EFD_NONBLOCK)) \
	CALL(signalfd, plain, sigset_t none; sigemptyset(&none); signalfd(-1, &none, 0)) \
	CALL(timerfd_create, plain, timerfd_create(CLOCK_MONOTONIC, 0)) \
	CALL(inotify_init, plain, inotify_init()) \
	CALL(inotify_init1, plain, inotify_init1(IN_NONBLOCK)) \
	CALL(fanotify_init, plain, fanotify_init(FAN_CLASS_NOTIF, O_RDONLY)) \
	CALL(fanotify_read, plain, read_event()) \
	CALL(memfd_create, plain, memfd_create("probe", 0)) \
	CALL(memfd_create_sealable, plain, memfd_create("probe", MFD_ALLOW_SEALING)) \
	CALL(fsopen, plain, WITH(fsopen, fsopen("tmpfs", 0))) \
	CALL(fsmount, plain, WITH(fsmount, fsmount(raw_context(), 0, 0))) \
	CALL(fspick, plain, WITH(fspick, fspick(AT_FDCWD, "/", 0))) \
	CALL(open_tree, plain, WITH(open_tree, open_tree(AT_FDCWD, "/", 0))) \
	CALL(open_tree_clone, plain, WITH(open_tree, open_tree(AT_FDCWD, "/", 1))) \
	CALL(pidfd_open, flagged, WITH(pidfd_open, pidfd_open(getpid(), 0))) \
	CALL(pidfd_getfd, flagged, WITH(pidfd_getfd, pidfd_getfd(aside(pidfd_open(getpid(), 0)), source(), 0))) \
	CALL(pidfd_spawn, flagged, int fd; WITH(pidfd_spawn, pidfd_spawn(&fd, "/bin/true", NULL, NULL, no_arguments, environ))) \
	CALL(clone, flagged, cloned()) \
	CALL(posix_openpt, plain, posix_openpt(O_RDWR | O_NOCTTY)) \
	CALL(openpty, plain, terminal()) \
	CALL(forkpty, plain, in_terminal()) \
	CALL(login_tty, nothing, login_tty(raw_slave())) \
	CALL(daemon, nothing, daemon(1, 0)) \
	CALL(daemon_with_output, nothing, daemon(0, 1)) \
	CALL(ioctl_peer, plain, ioctl(raw_terminal(), TIOCGPTPEER, O_RDWR | O_NOCTTY)) \
	CALL(ioctl_userfaultfd, plain, ioctl(device("/dev/userfaultfd"), USERFAULTFD_IOC_NEW, 0)) \
	CALL(ioctl_user_namespace, flagged, ioctl(aside(open("/proc/self/ns/net", O_RDONLY)), NS_GET_USERNS)) \
	CALL(ioctl_kvm, flagged, ioctl(device("/dev/kvm"), KVM_CREATE_VM, 0)) \
	CALL(ioctl_kvm_statistics, flagged, ioctl(aside(ioctl(device("/dev/kvm"), KVM_CREATE_VM, 0)), KVM_GET_STATS_FD)) \
	CALL(setmntent, flagged, setmntent("/etc/fstab", "r")) \
	CALL(fts_open, plain, fts_open(paths, FTS_PHYSICAL, NULL)) \
	CALL(fts_read, nothing, read_tree()) \
	CALL(fts_children, nothing, FTS *walk = tree(); fts_read(walk); fts_children(walk, 0)) \
	CALL(fts_close, nothing, FTS *walk = fts_open(paths, FTS_PHYSICAL, NULL); fts_close(walk)) \
	CALL(pututline, plain, write_utmp(false)) \
	CALL(pututxline, plain, write_utmp(true)) \
	CALL(getutent, flagged, read_utmp(); getutent()) \
	CALL(getutxent, flagged, read_utmp(); getutxent()) \
	CALL(setutent, flagged, read_utmp(); setutent()) \
	CALL(getutid, flagged, read_utmp(); struct utmp entry = {.ut_type = BOOT_TIME}; getutid(&entry)) \
	CALL(getutline, flagged, read_utmp(); struct utmp entry = {.ut_line = "pts/9"}; getutline(&entry)) \
	CALL(updwtmp, nothing, close(aside(creat("wtmp", 0600))); struct utmp entry = {0}; updwtmp("wtmp", &entry)) \
	CALL(opendir, flagged, opendir("/")) \
	CALL(fdopendir, flagged, fdopendir((int)syscall(SYS_openat, AT_FDCWD, "/", O_RDONLY))) \
	CALL(shm_open, flagged, shm_open("/probe", O_RDWR | O_CREAT, 0600); shm_unlink("/probe")) \
	CALL(mq_open, flagged, mq_open("/probe", O_RDWR | O_CREAT, 0600, NULL); mq_unlink("/probe")) \
	CALL(mq_notify, flagged, notify()) \
	CALL(sem_open, nothing, sem_open("/probe", O_CREAT, 0600, 1); sem_unlink("/probe")) \
	CALL(openlog, flagged, own_log(); openlog("probe", LOG_NDELAY, LOG_USER)) \
	CALL(syslog, flagged, own_log(); syslog(LOG_DEBUG, "%s", "probe")) \
	CALL(lckpwdf, flagged, lckpwdf()) \
	CALL(setpwent, flagged, setpwent()) \
	CALL(getpwent, flagged, getpwent()) \
	CALL(getpwnam, nothing, getpwnam("root")) \
	CALL(getpwuid, nothing, getpwuid(0)) \
	CALL(getgrent, flagged, getgrent()) \
	CALL(getgrnam, nothing, getgrnam("root")) \
	CALL(getgrouplist, nothing, gid_t groups[9]; int count = 9; getgrouplist("root", 0, groups, &count)) \
	CALL(initgroups, nothing, initgroups("root", 0)) \
	CALL(getspent, flagged, getspent()) \
	CALL(getspnam, nothing, getspnam("root")) \
	CALL(getusershell, nothing, getusershell()) \
	CALL(fmtmsg, nothing, fmtmsg(MM_CONSOLE, "probe:probe", MM_INFO, "", "", "")) \
	CALL(catopen, nothing, catopen("/etc/fstab", 0)) \
	CALL(iconv_open, nothing, iconv_open("UTF-16", "LATIN1")) \
	CALL(setlocale, nothing, setlocale(LC_ALL, "C.UTF-8")) \
	CALL(newlocale, nothing, newlocale(LC_ALL_MASK, "C.UTF-8", NULL)) \
	CALL(mbrtowc, nothing, wchar_t wide; setlocale(LC_ALL, "C.UTF-8"); mbtowc(&wide, "\303\244", 2)) \
	CALL(gettext, nothing, setlocale(LC_ALL, "C.UTF-8"); setenv("LANGUAGE", "de", 1); gettext("probe")) \
	CALL(strerror, nothing, strerror(ENOENT)) \
	CALL(perror, nothing, errno = ENOENT; perror("probe")) \
	CALL(psignal, nothing, psignal(SIGHUP, "probe")) \
	CALL(localtime, nothing, time_t now = time(NULL); setenv("TZ", "Europe/Berlin", 1); localtime(&now)) \
	CALL(getdate, nothing, getdate("1 January 2000")) \
	CALL(getlogin, nothing, getlogin()) \
	CALL(ttyname, nothing, ttyname(raw_slave())) \
	CALL(getcwd, nothing, free(getcwd(NULL, 0))) \
	CALL(realpath, nothing, free(realpath("/proc/self/exe", NULL))) \
	CALL(pathconf, nothing, pathconf("/", _PC_LINK_MAX)) \
	CALL(sysconf, nothing, sysconf(_SC_NPROCESSORS_CONF)) \
	CALL(gethostid, nothing, gethostid()) \
	CALL(pthread_create, nothing, other_thread()) \
	CALL(pthread_getattr_np, nothing, examine()) \
	CALL(pthread_cancel, nothing, pthread_t thread = other_thread(); pthread_cancel(thread); pthread_join(thread, NULL)) \
	CALL(aio_read, nothing, read_later()) \
	CALL(timer_create, nothing, timer_t timer; timer_create(CLOCK_MONOTONIC, NULL, &timer)) \
	CALL(wordexp, nothing, expand("a*", WRDE_NOCMD)) \
	CALL(wordexp_command, nothing, expand("$(echo a)", 0)) \
	CALL(wordexp_home, nothing, expand("~", WRDE_NOCMD)) \
	CALL(glob, nothing, match("/usr/*")) \
	CALL(glob_home, nothing, match("~/*")) \
	CALL(ftw, nothing, ftw("/usr/share/zoneinfo/Europe", visit_old, 5)) \
	CALL(nftw, nothing, nftw("/usr/share/zoneinfo/Europe", visit, 5, FTW_CHDIR)) \
	CALL(scandir, nothing, scan()) \
	CALL(dlopen, nothing, dlopen("libresolv.so.2", RTLD_NOW)) \
	CALL(posix_spawn, nothing, spawn(false)) \
	CALL(posix_spawnp, nothing, spawn(true)) \
	CALL(system, nothing, system(":")) \
	CALL(fork, nothing, if (fork() == 0) _exit(0)) \
	CALL(mmap, nothing, mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, source(), 0)) \
	CALL(close, nothing, close(raw_file())) \
	CALL(syscall_open, plain, syscall(SYS_open, file, O_RDWR)) \
	CALL(syscall_creat, plain, syscall(SYS_creat, "created", 0600)) \
	CALL(syscall_openat, plain, syscall(SYS_openat, AT_FDCWD, file, O_RDWR)) \
	CALL(syscall_openat2, plain, syscall(SYS_openat2, AT_FDCWD, file, how_to_open, sizeof how_to_open)) \
	CALL(syscall_open_by_handle_at, plain, handle_at(true)) \
	CALL(syscall_dup, plain, syscall(SYS_dup, source())) \
	CALL(syscall_dup2, plain, syscall(SYS_dup2, source(), vacant())) \
	CALL(syscall_dup2_standard, nothing, syscall(SYS_dup2, source(), 1)) \
	CALL(syscall_dup3, plain, syscall(SYS_dup3, source(), vacant(), 0)) \
	CALL(syscall_dup3_standard, nothing, syscall(SYS_dup3, source(), 1, 0)) \
	CALL(syscall_fcntl, plain, syscall(SYS_fcntl, source(), F_DUPFD, 0)) \
	CALL(syscall_pipe, plain, syscall(SYS_pipe, ends)) \
	CALL(syscall_pipe2, plain, syscall(SYS_pipe2, ends, 0)) \
	CALL(syscall_epoll_create, plain, syscall(SYS_epoll_create, 1)) \
	CALL(syscall_epoll_create1, plain, syscall(SYS_epoll_create1, 0)) \
	CALL(syscall_eventfd, plain, syscall(SYS_eventfd, 0)) \
	CALL(syscall_eventfd2, plain, syscall(SYS_eventfd2, 0, 0)) \
	CALL(syscall_signalfd, plain, uint64_t none = 0; syscall(SYS_signalfd, -1, &none, 8)) \
	CALL(syscall_signalfd4, plain, uint64_t none = 0; syscall(SYS_signalfd4, -1, &none, 8, 0)) \
	CALL(syscall_timerfd_create, plain, syscall(SYS_timerfd_create, CLOCK_MONOTONIC, 0)) \
	CALL(syscall_inotify_init, plain, syscall(SYS_inotify_init)) \
	CALL(syscall_inotify_init1, plain, syscall(SYS_inotify_init1, 0)) \
	CALL(syscall_fanotify_init, plain, syscall(SYS_fanotify_init, FAN_CLASS_NOTIF, O_RDONLY)) \
	CALL(syscall_memfd_create, plain, syscall(SYS_memfd_create, "probe", 0)) \
	CALL(syscall_memfd_secret, plain, syscall(SYS_memfd_secret, 0)) \
	CALL(syscall_userfaultfd, plain, syscall(SYS_userfaultfd, 0)) \
	CALL(syscall_perf_event_open, plain, measure()) \
	CALL(syscall_fsopen, plain, syscall(SYS_fsopen, "tmpfs", 0)) \
	CALL(syscall_fsmount, plain, syscall(SYS_fsmount, raw_context(), 0, 0)) \
	CALL(syscall_fspick, plain, syscall(SYS_fspick, AT_FDCWD, "/", 0)) \
	CALL(syscall_open_tree, plain, syscall(SYS_open_tree, AT_FDCWD, "/", 0)) \
	CALL(syscall_open_tree_attr, plain, syscall(SYS_open_tree_attr, AT_FDCWD, "/", 0, NULL, 0)) \
	CALL(syscall_ioctl_peer, plain, syscall(SYS_ioctl, raw_terminal(), TIOCGPTPEER, O_RDWR | O_NOCTTY)) \
	CALL(syscall_mq_open, flagged, syscall(SYS_mq_open, "probe", O_RDWR | O_CREAT, 0600, NULL); mq_unlink("/probe")) \
	CALL(syscall_pidfd_open, flagged, syscall(SYS_pidfd_open, getpid(), 0)) \
	CALL(syscall_pidfd_getfd, flagged, int self = aside((int)syscall(SYS_pidfd_open, getpid(), 0)); \
	     syscall(SYS_pidfd_getfd, self, source(), 0)) \
	CALL(syscall_clone, flagged, with_pidfd(false)) \
	CALL(syscall_clone3, flagged, with_pidfd(true)) \
	CALL(syscall_io_uring_setup, flagged, ring()) \
	CALL(syscall_bpf_map, flagged, make_map()) \
	CALL(syscall_bpf_program, flagged, load_program()) \
	CALL(syscall_landlock_create_ruleset, flagged, rule_set()) \
	CALL(syscall_seccomp, flagged, monitored())

#ifdef __GLIBC__
#define CALLS_OF_GLIBC \
	CALL(__open, plain, __open(file, O_RDWR)) \
	CALL(__open64, plain, __open64(file, O_RDWR)) \
	CALL(__open_2, plain, __open_2(file, O_RDWR)) \
	CALL(__open64_2, plain, __open64_2(file, O_RDWR)) \
	CALL(__openat_2, plain, __openat_2(AT_FDCWD, file, O_RDWR)) \
	CALL(__openat64_2, plain, __openat64_2(AT_FDCWD, file, O_RDWR)) \
	CALL(_IO_fopen, plain, _IO_fopen(file, "r")) \
	CALL(_IO_fdopen, nothing, _IO_fdopen(source(), "r")) \
	CALL(_IO_popen, plain, _IO_popen(":", "r")) \
	CALL(_IO_file_open, plain, _IO_file_open(closed_stream(), file, O_RDONLY, 0, 0, 0)) \
	CALL(_IO_file_fopen, plain, _IO_file_fopen(closed_stream(), file, "r", 1)) \
	CALL(_IO_proc_open, plain, _IO_proc_open(closed_process(), ":", "r")) \
	CALL(__dup2, plain, __dup2(source(), vacant())) \
	CALL(fcntl64, plain, fcntl64(source(), F_DUPFD, 0)) \
	CALL(__fcntl, plain, __fcntl(source(), F_DUPFD, 0)) \
	CALL(__pipe, plain, __pipe(ends)) \
	CALL(getpt, plain, getpt()) \
	CALL(__setmntent, flagged, __setmntent("/etc/fstab", "r")) \
	CALL(__mq_open_2, flagged, close(aside(mq_open("/probe", O_RDWR | O_CREAT, 0600, NULL))); \
	     __mq_open_2("/probe", O_RDWR); mq_unlink("/probe")) \
	CALL(fts64_open, plain, fts64_open(paths, FTS_PHYSICAL, NULL)) \
	CALL(fts64_read, nothing, read_tree64()) \
	CALL(getsgent, flagged, getsgent()) \
	CALL(setfsent, flagged, setfsent()) \
	CALL(getfsfile, flagged, getfsfile("/")) \
	CALL(fopencookie, nothing, fopencookie(NULL, "r", (cookie_io_functions_t){0})) \
	CALL(get_nprocs, nothing, get_nprocs()) \
	CALL(getloadavg, nothing, double load; getloadavg(&load, 1)) \
	CALL(pthread_setname_np, nothing, rename_thread(false)) \
	CALL(pthread_getname_np, nothing, rename_thread(true)) \
	CALL(dlmopen, nothing, dlmopen(LM_ID_NEWLM, "libresolv.so.2", RTLD_NOW)) \
	CALL(backtrace, nothing, trace_back()) \
	CALL(closefrom, nothing, closefrom(600))
#else
#define CALLS_OF_GLIBC
#endif

#define CALL DEFINE
CALLS
CALLS_OF_GLIBC
#undef CALL

#define CALL ENTRY
const struct call calls[] = {CALLS CALLS_OF_GLIBC{NULL, NULL, NULL}};
