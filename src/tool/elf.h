/* As much of an ELF file, of whatever class and byte order, as tells whether a preload library gets into it. */
#ifndef CLOEXEC_ELF_H
#define CLOEXEC_ELF_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

struct elf {
	unsigned char bits;         /* 32 or 64 */
	unsigned char byte_order;   /* ELFDATA2LSB or ELFDATA2MSB */
	unsigned short machine;     /* EM_X86_64 ... */
	char interpreter[PATH_MAX]; /* the loader (PT_INTERP); empty: static */
};

enum elf_result { ELF_READ, ELF_NOT_ELF, ELF_BROKEN };

/* Reads the file open at `fd`, from its beginning, wherever its offset is.  ELF_BROKEN: it says that it is ELF, but
 * what it says next does not fit into it. */
enum elf_result elf_read(int fd, struct elf *elf);

/* Reads `size` bytes at `offset`: all of them, or it gives false. */
bool elf_read_at(int fd, void *to, size_t size, unsigned long long offset);

/* What this program itself is: the library was built beside it.  False without /proc. */
bool elf_self(struct elf *elf);

/* Is it for the same machine, class and byte order? */
bool elf_same_machine(const struct elf *one, const struct elf *other);

/* One section. */
struct elf_section {
	const char *name;
	unsigned type;
	unsigned link;
	unsigned long long flags;
	unsigned long long address;
	unsigned long long offset;
	unsigned long long size;
};

/* All of them.  A file may have none, and still be a good program. */
struct elf_sections {
	int fd;
	const struct elf *elf;
	size_t count;
	struct elf_section *list;
	char *names;
};

/* Reads the section headers of the file that `elf_read` read, and allocates: elf_sections_free it, in either case.
 * False: there are none, or they are damaged. */
bool elf_sections_read(struct elf_sections *sections, int fd, const struct elf *elf);
void elf_sections_free(struct elf_sections *sections);

const struct elf_section *elf_section_named(const struct elf_sections *sections, const char *name);
const struct elf_section *elf_section_of_type(const struct elf_sections *sections, unsigned type);

/* What is in a section, with a zero behind it; free it.  NULL: it is not in the file, or does not fit into memory. */
unsigned char *elf_contents(const struct elf_sections *sections, const struct elf_section *section);

/* Is it written in Go?  The Go toolchain leaves a section that says so. */
bool elf_is_go(const struct elf_sections *sections);

/* Calls `tell` for each library that the file needs by itself (DT_NEEDED). */
void elf_needed(const struct elf_sections *sections, void (*tell)(void *data, const char *library), void *data);

/* Calls `tell` for each function or variable that it imports, with its index in the table of symbols. */
void elf_imports(const struct elf_sections *sections, void (*tell)(void *data, const char *symbol, size_t index),
		 void *data);

/* The address at which the loader puts that of the symbol; 0: nowhere, or the machine's relocations have no addend. */
unsigned long long elf_slot(const struct elf_sections *sections, size_t index);

#endif
