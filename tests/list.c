/* list [REPORT]: what did I get?  Writes a line "got NUMBER TARGET" for every descriptor that is open here, but for the
 * one that it writes to: 1, or REPORT, a number that comes alone.  It makes none itself but the directory that it
 * reads.  Without /proc it looks at all numbers below END, and knows no target. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { END = 1024 };

int main(int argc, char **argv)
{
	bool is_told = argc == 2 && strspn(argv[1], "0123456789") == strlen(argv[1]);
	int report = is_told ? atoi(argv[1]) : STDOUT_FILENO;
	DIR *directory = opendir("/proc/self/fd");
	const struct dirent *entry;

	if (!directory) {
		for (int fd = 0; fd < END; fd++)
			if (fd != report && fcntl(fd, F_GETFD) >= 0)
				dprintf(report, "got %d ?\n", fd);
		return 0;
	}
	while ((entry = readdir(directory))) {
		char target[256];
		ssize_t length;
		int number = atoi(entry->d_name);

		if (entry->d_name[0] == '.' || number == dirfd(directory) || number == report)
			continue;
		length = readlinkat(dirfd(directory), entry->d_name, target, sizeof target);
		dprintf(report, "got %d %.*s\n", number, (int)length, target);
	}
	return 0;
}
