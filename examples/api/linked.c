/* A program that needs the library: everything that it opens is close-on-exec, but for what it means to pass on.
 *
 *     cc linked.c $(pkg-config --cflags --libs libcloexec)
 */
#include <cloexec.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	int secret = open("/etc/passwd", O_RDONLY); /* no O_CLOEXEC anywhere: it is covered */
	int log = open("/dev/null", O_WRONLY);
	char *const child[] = {"ls", "-l", "/proc/self/fd", NULL};

	printf("secret is closed: %d\n", cloexec_get(secret));
	if (cloexec_set(log, 0) < 0) /* the child is to have this one */
		perror("cloexec_set");
	printf("the child finds %d\n", log);
	fflush(stdout);
	execvp(child[0], child);
	perror(child[0]);
	return 1;
}
