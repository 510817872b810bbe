/* several LIST: what one process does that has one copy of the library, or several.  It turns the library's switch if
 * it has it, and says which of the descriptors that it places, locks or just opens its children were given; LIST is
 * tests/list. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *list;

static int make(void)
{
	return open("/dev/null", O_RDONLY);
}

static void say_flag(const char *when)
{
	printf("%s: flag %d\n", when, fcntl(make(), F_GETFD));
}

static void show(const char *what, pid_t child)
{
	int status;

	printf("%s: %d\n", what, waitpid(child, &status, 0) == child ? status : -1);
}

/* Executes the list with its report on standard output; only what was handed on is in it. */
static void execute(void)
{
	execl(list, list, (char *)NULL);
	_exit(99);
}

int main(int argc, char **argv)
{
	void (*set_default)(int) = NULL;
	void *found = dlsym(RTLD_DEFAULT, "cloexec_setdefault");
	int fd = make();
	pid_t child;

	if (argc < 2)
		return 99;
	list = argv[1];
	memcpy(&set_default, &found, sizeof found);
	setvbuf(stdout, NULL, _IONBF, 0);
	say_flag("at first");
	child = fork();
	if (child == 0) {
		dup2(fd, 40);
		execute();
	}
	show("placed on 40 after fork", child);
	child = vfork();
	if (child == 0) {
		dup2(fd, 41);
		execl(list, list, (char *)NULL);
		_exit(99);
	}
	show("placed on 41 after vfork", child);
	child = fork();
	if (child == 0) {
		flock(fd, LOCK_EX);
		execute();
	}
	show("locked", child);
	if (set_default) {
		set_default(0);
		say_flag("switched off");
		set_default(1);
		say_flag("switched on");
	}
	return 0;
}
