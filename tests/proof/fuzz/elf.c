/* The reader of ELF files, and of the first line of scripts, and the look at machine code, behind
 * `cloexec check` and the launcher. */
/* Links: src/tool/elf.c src/tool/judge.c src/tool/look.c src/tool/code.c src/tool/library.c */
#include "fuzz.h"

#include "tool/elf.h"
#include "tool/judge.h"
#include "tool/look.h"

#include <sys/mman.h>
#include <unistd.h>

static void seen(void *data, const char *word, const char *text)
{
	(void)data;
	HOLDS(*word && *text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	static char path[64];
	struct elf elf;
	struct judgement *judgement = malloc(sizeof *judgement);

	if (fd < 0) {
		fd = memfd_create("elf", 0);
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	}
	HOLDS(judgement && ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
	if (elf_read(fd, &elf) == ELF_READ) {
		HOLDS(elf.bits == 32 || elf.bits == 64);
		HOLDS(memchr(elf.interpreter, '\0', sizeof elf.interpreter));
	}
	judge(path, judgement);
	HOLDS(memchr(judgement->reason, '\0', sizeof judgement->reason));
	HOLDS(judgement->verdict == COVERABLE || judgement->reason[0]);
	look_at_program(path, seen, NULL);
	free(judgement);
	return 0;
}
