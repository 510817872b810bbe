#include <config.h>

#include "elf.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <unistd.h>

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
enum { OUR_BYTE_ORDER = ELFDATA2LSB };
#else
enum { OUR_BYTE_ORDER = ELFDATA2MSB };
#endif

static bool read_at(int fd, void *to, size_t size, unsigned long offset)
{
	return offset <= LONG_MAX && pread(fd, to, size, (off_t)offset) == (ssize_t)size;
}

/* Finds PT_INTERP in a file of our own class. */
static enum elf_result read_interpreter(int fd, struct elf *elf)
{
	ElfW(Ehdr) header;
	ElfW(Phdr) segment;

	if (!read_at(fd, &header, sizeof header, 0) || header.e_phentsize != sizeof segment)
		return ELF_BROKEN;
	for (unsigned i = 0; i < header.e_phnum; i++) {
		if (!read_at(fd, &segment, sizeof segment, header.e_phoff + i * sizeof segment))
			return ELF_BROKEN;
		if (segment.p_type != PT_INTERP)
			continue;
		if (segment.p_filesz < 2 || segment.p_filesz > sizeof elf->interpreter ||
		    !read_at(fd, elf->interpreter, segment.p_filesz, segment.p_offset) ||
		    elf->interpreter[segment.p_filesz - 1] != '\0')
			return ELF_BROKEN;
		return ELF_READ;
	}
	return ELF_READ;
}

enum elf_result elf_read(int fd, struct elf *elf)
{
	/* Up to e_machine, all ELF files begin alike. */
	struct {
		unsigned char identity[EI_NIDENT];
		unsigned char type[2];
		unsigned char machine[2];
	} start;

	memset(elf, 0, sizeof *elf);
	if (!read_at(fd, &start, sizeof start.identity, 0) || memcmp(start.identity, ELFMAG, SELFMAG) != 0)
		return ELF_NOT_ELF;
	if (!read_at(fd, &start, sizeof start, 0))
		return ELF_BROKEN;
	elf->bits = start.identity[EI_CLASS] == ELFCLASS64 ? 64 : 32;
	elf->byte_order = start.identity[EI_DATA];
	elf->machine = (unsigned short)(elf->byte_order == ELFDATA2MSB ? start.machine[0] << 8 | start.machine[1]
								       : start.machine[1] << 8 | start.machine[0]);
	if (elf->byte_order != OUR_BYTE_ORDER || elf->bits != sizeof(ElfW(Addr)) * CHAR_BIT)
		return ELF_READ;
	return read_interpreter(fd, elf);
}

bool elf_self(struct elf *elf)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	bool found = fd >= 0 && elf_read(fd, elf) == ELF_READ;

	if (fd >= 0)
		close(fd);
	return found;
}
