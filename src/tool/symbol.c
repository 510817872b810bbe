/* Which function is at an offset of an ELF file. */
#include <config.h>

#include "elf.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

/* The one of that index of a table of segments or symbols, made a 64-bit one where it is not. */
static bool read_segment(int fd, const struct elf *elf, unsigned long long table, unsigned index, Elf64_Phdr *segment)
{
	Elf32_Phdr small;

	if (elf->bits == 64)
		return elf_read_at(fd, segment, sizeof *segment, table + index * sizeof *segment);
	if (!elf_read_at(fd, &small, sizeof small, table + index * sizeof small))
		return false;
	*segment = (Elf64_Phdr){.p_type = small.p_type,
				.p_offset = small.p_offset,
				.p_vaddr = small.p_vaddr,
				.p_filesz = small.p_filesz};
	return true;
}

static Elf64_Sym symbol_at(const struct elf *elf, const unsigned char *table, size_t index)
{
	Elf64_Sym symbol;
	Elf32_Sym small;

	if (elf->bits == 64) {
		memcpy(&symbol, table + index * sizeof symbol, sizeof symbol);
		return symbol;
	}
	memcpy(&small, table + index * sizeof small, sizeof small);
	return (Elf64_Sym){.st_name = small.st_name,
			   .st_info = small.st_info,
			   .st_shndx = small.st_shndx,
			   .st_value = small.st_value,
			   .st_size = small.st_size};
}

static bool is_around(const Elf64_Sym *symbol, unsigned long long address)
{
	unsigned type = ELF64_ST_TYPE(symbol->st_info);

	return (type == STT_FUNC || type == STT_GNU_IFUNC) && symbol->st_shndx != SHN_UNDEF &&
	       symbol->st_value <= address && address - symbol->st_value < symbol->st_size;
}

static void read_name(const struct elf_sections *sections, const struct elf_section *table, unsigned long long name,
		      char function[ELF_NAME])
{
	const struct elf_section *names = table->link < sections->count ? &sections->list[table->link] : NULL;
	unsigned long long rest = names && name < names->size ? names->size - name : 0;
	size_t length = rest < ELF_NAME - 1 ? (size_t)rest : ELF_NAME - 1;

	if (length && !elf_read_at(sections->fd, function, length, names->offset + name))
		length = 0;
	function[length] = '\0';
}

/* Looks through a symbol table for the function around `address`. */
static bool find_in(const struct elf_sections *sections, const struct elf_section *table, unsigned long long address,
		    char function[ELF_NAME])
{
	size_t size = sections->elf->bits == 64 ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym);
	unsigned char *symbols = elf_contents(sections, table);

	for (size_t i = 0; symbols && i < table->size / size; i++) {
		Elf64_Sym symbol = symbol_at(sections->elf, symbols, i);

		if (!is_around(&symbol, address))
			continue;
		read_name(sections, table, symbol.st_name, function);
		break;
	}
	free(symbols);
	return *function != '\0';
}

static void find_function(int fd, const struct elf *elf, unsigned long long address, char function[ELF_NAME])
{
	/* The whole table first, where it was not stripped; it has the names of static functions. */
	static const unsigned types[] = {SHT_SYMTAB, SHT_DYNSYM};
	struct elf_sections sections;
	bool found = !elf_sections_read(&sections, fd, elf);

	for (size_t type = 0; type < 2 && !found; type++) {
		const struct elf_section *table = elf_section_of_type(&sections, types[type]);

		found = table && find_in(&sections, table, address, function);
	}
	elf_sections_free(&sections);
}

/* Where the table of segments is, and how many it has. */
static bool find_segments(int fd, const struct elf *elf, unsigned long long *table, unsigned *count)
{
	Elf64_Ehdr header;
	Elf32_Ehdr small;

	if (elf->bits == 64) {
		if (!elf_read_at(fd, &header, sizeof header, 0) || header.e_phentsize != sizeof(Elf64_Phdr))
			return false;
		*table = header.e_phoff;
		*count = header.e_phnum;
		return true;
	}
	if (!elf_read_at(fd, &small, sizeof small, 0) || small.e_phentsize != sizeof(Elf32_Phdr))
		return false;
	*table = small.e_phoff;
	*count = small.e_phnum;
	return true;
}

bool elf_find(int fd, unsigned long long offset, unsigned long long *address, char function[ELF_NAME])
{
	static struct elf elf;
	static struct elf self;
	unsigned long long table;
	unsigned count;
	Elf64_Phdr segment;

	*function = '\0';
	if (elf_read(fd, &elf) != ELF_READ || !elf_self(&self) || elf.byte_order != self.byte_order ||
	    !find_segments(fd, &elf, &table, &count))
		return false;
	for (unsigned i = 0; i < count && read_segment(fd, &elf, table, i, &segment); i++) {
		if (segment.p_type != PT_LOAD || offset < segment.p_offset ||
		    offset - segment.p_offset >= segment.p_filesz)
			continue;
		*address = offset - segment.p_offset + segment.p_vaddr;
		/* What follows a call may be the next function already. */
		find_function(fd, &elf, *address - 1, function);
		return true;
	}
	return false;
}
