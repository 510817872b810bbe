/* Terminals. */
#include "raw.h"
#include "wrap.h"

#include <string.h>

EXPORT int posix_openpt(int flags)
{
	return CREATE(posix_openpt, flags & O_CLOEXEC, NEXT(posix_openpt)(flags | O_CLOEXEC),
		      NEXT(posix_openpt)(flags));
}

/* No room for a flag: posix_openpt with the flags that getpt means has. */
EXPORT int getpt(void)
{
	return CREATE(getpt, false, NEXT(posix_openpt)(O_RDWR | O_CLOEXEC), NEXT(getpt)());
}

/* musl opens the slave with open, which always adds O_LARGEFILE. */
#ifdef __GLIBC__
#define SLAVE_FLAGS (O_RDWR | O_NOCTTY | O_CLOEXEC)
#else
#define SLAVE_FLAGS (O_RDWR | O_NOCTTY | O_CLOEXEC | O_LARGEFILE)
#endif

/* The two ends of a new terminal, both with the flag.  On devpts, which both libcs demand, that is all there is to it:
 * the kernel sets owner and mode.  False, and nothing is left: let libc try. */
static bool open_terminal(int ends[2])
{
	int unlocked = 0;
	int saved_errno = errno;

	ends[0] = NEXT(posix_openpt)(O_RDWR | O_CLOEXEC);
	errno = saved_errno;
	if (ends[0] < 0)
		return false;
	if (raw(SYS_ioctl, ends[0], TIOCSPTLCK, &unlocked) == 0) {
		ends[1] = (int)raw(SYS_ioctl, ends[0], TIOCGPTPEER, SLAVE_FLAGS);
		if (ends[1] >= 0)
			return true;
	}
	raw(SYS_close, ends[0]);
	return false;
}

/* Its name, as ptsname gives it. */
static void name_terminal(int master, char *name)
{
	static const char directory[] = "/dev/pts/";
	char digits[12];
	char *digit = digits + sizeof digits;
	unsigned number = 0;

	raw(SYS_ioctl, master, TIOCGPTN, &number);
	*--digit = '\0';
	do
		*--digit = (char)('0' + number % 10);
	while (number /= 10);
	memcpy(name, directory, sizeof directory - 1);
	memcpy(name + sizeof directory - 1, digit, (size_t)(digits + sizeof digits - digit));
}

/* What openpty and forkpty do with a new terminal before anybody uses it; like libc, without asking whether it worked:
 * errno alone tells. */
static void set_up_terminal(const int ends[2], char *name, const struct termios *settings, const struct winsize *size)
{
	long result = 0;

	if (name)
		name_terminal(ends[0], name);
	if (settings)
		NEXT(tcsetattr)(ends[1], TCSAFLUSH, settings);
	if (size)
		result = raw(SYS_ioctl, ends[1], TIOCSWINSZ, size);
	if (result < 0)
		errno = (int)-result;
}

EXPORT int openpty(int *master, int *slave, char *name, const struct termios *settings, const struct winsize *size)
{
	struct attempt attempt = descriptor_begin(CALL_openpty, false);
	int ends[2];
	int result = 0;

	if (IS_ATOMIC(attempt.way) && open_terminal(ends)) {
		set_up_terminal(ends, name, settings, size);
		*master = ends[0];
		*slave = ends[1];
	} else {
		attempt = descriptor_after(attempt);
		result = NEXT(openpty)(master, slave, name, settings, size);
	}
	if (result == 0) {
		descriptor_settle(attempt, *master);
		descriptor_settle(attempt, *slave);
	}
	return result;
}

/* glibc's forkpty in so many words; musl's tells the parent what fails in the child, so there it is left to make the
 * terminal. */
#ifdef __GLIBC__
#define FORKPTY_IS_KNOWN true
#else
#define FORKPTY_IS_KNOWN false
#endif

EXPORT int forkpty(int *master, char *name, const struct termios *settings, const struct winsize *size)
{
	struct attempt attempt = descriptor_begin(CALL_forkpty, false);
	int ends[2];
	int process;

	if (!FORKPTY_IS_KNOWN || !IS_ATOMIC(attempt.way) || !open_terminal(ends)) {
		process = NEXT(forkpty)(master, name, settings, size);
		if (process > 0)
			descriptor_settle(descriptor_after(attempt), *master);
		return process;
	}
	set_up_terminal(ends, name, settings, size);
	descriptor_settle(attempt, ends[0]);
	descriptor_settle(attempt, ends[1]);
	process = NEXT(fork)();
	if (process == 0) {
		raw(SYS_close, ends[0]);
		if (NEXT(login_tty)(ends[1]) < 0)
			raw(SYS_exit_group, 1);
		return 0;
	}
	raw(SYS_close, ends[1]);
	if (process < 0)
		raw(SYS_close, ends[0]);
	else
		*master = ends[0];
	return process;
}
