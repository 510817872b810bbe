#include <config.h>

#include "neighbour.h"

#include "elf.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* gcc's, and clang's with -shared-libasan. */
static void look_for_asan(void *found, const char *library)
{
	if (strncmp(library, "libasan.so", 10) == 0 || strncmp(library, "libclang_rt.asan", 16) == 0)
		*(bool *)found = true;
}

bool wants_asan_first(const char *path)
{
	struct elf_sections sections;
	struct elf elf;
	bool found = false;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return false;
	if (elf_read(fd, &elf) == ELF_READ) {
		if (elf_sections_read(&sections, fd, &elf))
			elf_needed(&sections, look_for_asan, &found);
		elf_sections_free(&sections);
	}
	close(fd);
	return found;
}

bool puts_itself_in_front(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	return strcmp(name, "torsocks") == 0 || strcmp(name, "torify") == 0;
}
