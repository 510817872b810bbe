/* As much of an ELF file as tells whether a preload library gets into it. */
#ifndef CLOEXEC_ELF_H
#define CLOEXEC_ELF_H

#include <limits.h>
#include <stdbool.h>

struct elf {
	unsigned char bits;         /* 32 or 64 */
	unsigned char byte_order;   /* ELFDATA2LSB or ELFDATA2MSB */
	unsigned short machine;     /* EM_X86_64 ... */
	char interpreter[PATH_MAX]; /* the loader (PT_INTERP), of a file of our own class; empty: static */
};

enum elf_result { ELF_READ, ELF_NOT_ELF, ELF_BROKEN };

/* Reads the file open at `fd`, from its beginning, wherever its offset is.  ELF_BROKEN: it says that it is ELF, but
 * what it says next does not fit into it. */
enum elf_result elf_read(int fd, struct elf *elf);

/* What this program itself is: the library was built beside it.  False without /proc. */
bool elf_self(struct elf *elf);

#endif
