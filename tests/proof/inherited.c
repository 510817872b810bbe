/* inherited [-q] [NUMBER[?]]...: was I given just these descriptors above 2?  NUMBER? may be there or not.
 *
 * Static, so that nobody can be preloaded into it, and without /proc.  The exit status is how many are too many or
 * missing, at most 100; without -q it names them on stderr. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { END = 1024 };

int main(int argc, char **argv)
{
	int quiet = argc > 1 && strcmp(argv[1], "-q") == 0;
	char wanted[END] = {0};
	int wrong = 0;

	for (int i = 1 + quiet; i < argc; i++) {
		int number = atoi(argv[i]);

		if (number > 2 && number < END)
			wanted[number] = strchr(argv[i], '?') ? '?' : '!';
	}
	for (int fd = 3; fd < END; fd++) {
		int got = fcntl(fd, F_GETFD) >= 0;

		if (wanted[fd] == '?' || got == (wanted[fd] != 0))
			continue;
		wrong++;
		if (!quiet)
			dprintf(STDERR_FILENO, "inherited: %s %d\n", got ? "got" : "not given", fd);
	}
	return wrong < 100 ? wrong : 100;
}
