/* list [REPORT]: what did I get?  Writes a line "got NUMBER TARGET" for every descriptor that is open here, but for the
 * one that it writes to: 1, or REPORT, a number that comes alone.  It makes none itself but the directory that it
 * reads. */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	bool is_told = argc == 2 && strspn(argv[1], "0123456789") == strlen(argv[1]);
	int report = is_told ? atoi(argv[1]) : STDOUT_FILENO;
	DIR *directory = opendir("/proc/self/fd");
	const struct dirent *entry;

	if (!directory)
		return 1;
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
