/* A daemon as careless as they come, and its client.
 *
 *   exampled PATH         listens on the local socket PATH, or on the one that systemd hands over, and says that it is
 *                         ready; to each client it sends what a program was given that it executes
 *   exampled --ask PATH   is a client: prints what comes
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_un address_of(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	return address;
}

static int ask(const char *path)
{
	struct sockaddr_un address = address_of(path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	char text[4096];
	ssize_t size;

	if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0)
		err(1, "%s", path);
	while ((size = read(fd, text, sizeof text)) > 0)
		if (write(STDOUT_FILENO, text, (size_t)size) != size)
			return 1;
	return size < 0;
}

/* As sd_listen_fds(3) does, which marks what it is given. */
static int activated(void)
{
	const char *count = getenv("LISTEN_FDS");
	const char *process = getenv("LISTEN_PID");

	if (!count || !process || strcmp(count, "1") != 0 || atoi(process) != getpid())
		return -1;
	fcntl(3, F_SETFD, FD_CLOEXEC);
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_PID");
	return 3;
}

static int listen_on(const char *path)
{
	struct sockaddr_un address = address_of(path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	unlink(path);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 5) < 0)
		err(1, "%s", path);
	return fd;
}

/* As sd_notify(3) does. */
static void say_ready(void)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un address;
	int fd;

	if (!path)
		return;
	address = address_of(path);
	if (address.sun_path[0] == '@')
		address.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	if (sendto(fd, "READY=1", 7, 0, (struct sockaddr *)&address,
		   (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path))) != 7)
		err(1, "NOTIFY_SOCKET");
	close(fd);
}

int main(int argc, char **argv)
{
	int listener;
	int ends[2];

	if (argc == 3 && strcmp(argv[1], "--ask") == 0)
		return ask(argv[2]);
	if (argc != 2)
		errx(2, "give a path");
	listener = activated();
	if (listener < 0)
		listener = listen_on(argv[1]);
	if (open("/etc/passwd", O_RDONLY) < 0 || pipe(ends) < 0)
		err(1, "open or pipe");
	say_ready();
	for (;;) {
		int client = accept(listener, NULL, NULL);

		if (client < 0)
			err(1, "accept");
		if (fork() == 0) {
			dup2(client, STDOUT_FILENO);
			execl("/usr/bin/list", "list", (char *)NULL);
			_exit(127);
		}
		close(client);
		wait(NULL);
	}
}
