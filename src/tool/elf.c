#include <config.h>

#include "elf.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool elf_read_at(int fd, void *to, size_t size, unsigned long long offset)
{
	return offset <= LLONG_MAX && pread(fd, to, size, (off_t)offset) == (ssize_t)size;
}

static unsigned long long number(const struct elf *elf, const unsigned char *bytes, size_t size)
{
	unsigned long long value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | bytes[elf->byte_order == ELFDATA2MSB ? i : size - 1 - i];
	return value;
}

/* A member of one of the structures of <elf.h>, which are alike for both classes but for sizes and order. */
#define MEMBER(elf, bytes, class, type, member) \
	number(elf, (bytes) + offsetof(Elf##class##_##type, member), sizeof(((Elf##class##_##type *)0)->member))
#define FIELD(elf, bytes, type, member) \
	((elf)->bits == 64 ? MEMBER(elf, bytes, 64, type, member) : MEMBER(elf, bytes, 32, type, member))
#define SIZE(elf, type) ((elf)->bits == 64 ? sizeof(Elf64_##type) : sizeof(Elf32_##type))

static enum elf_result read_interpreter(int fd, struct elf *elf, const unsigned char *header)
{
	unsigned char segment[sizeof(Elf64_Phdr)];
	unsigned long long place = FIELD(elf, header, Ehdr, e_phoff);
	unsigned long long count = FIELD(elf, header, Ehdr, e_phnum);
	unsigned long long size;

	if (FIELD(elf, header, Ehdr, e_phentsize) != SIZE(elf, Phdr))
		return ELF_BROKEN;
	for (; count > 0; count--, place += SIZE(elf, Phdr)) {
		if (!elf_read_at(fd, segment, SIZE(elf, Phdr), place))
			return ELF_BROKEN;
		if (FIELD(elf, segment, Phdr, p_type) != PT_INTERP)
			continue;
		size = FIELD(elf, segment, Phdr, p_filesz);
		if (size < 2 || size > sizeof elf->interpreter ||
		    !elf_read_at(fd, elf->interpreter, size, FIELD(elf, segment, Phdr, p_offset)) ||
		    elf->interpreter[size - 1] != '\0')
			return ELF_BROKEN;
		return ELF_READ;
	}
	return ELF_READ;
}

enum elf_result elf_read(int fd, struct elf *elf)
{
	unsigned char header[sizeof(Elf64_Ehdr)];

	memset(elf, 0, sizeof *elf);
	if (!elf_read_at(fd, header, EI_NIDENT, 0) || memcmp(header, ELFMAG, SELFMAG) != 0)
		return ELF_NOT_ELF;
	elf->bits = header[EI_CLASS] == ELFCLASS64 ? 64 : 32;
	elf->byte_order = header[EI_DATA];
	if (!elf_read_at(fd, header, SIZE(elf, Ehdr), 0))
		return ELF_BROKEN;
	elf->machine = (unsigned short)FIELD(elf, header, Ehdr, e_machine);
	return read_interpreter(fd, elf, header);
}

bool elf_self(struct elf *elf)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	bool found = fd >= 0 && elf_read(fd, elf) == ELF_READ;

	if (fd >= 0)
		close(fd);
	return found;
}

bool elf_same_machine(const struct elf *one, const struct elf *other)
{
	return one->machine == other->machine && one->bits == other->bits && one->byte_order == other->byte_order;
}

/* `size` bytes of the file and a zero; no more is allocated than the file has, nor than a program would have: a file with
 * holes has any size at all. */
static void *read_part(int fd, unsigned long long size, unsigned long long offset)
{
	const unsigned long long most = 1ULL << 30;
	struct stat file;
	char *part;

	if (fstat(fd, &file) < 0 || size > most || size > (unsigned long long)file.st_size ||
	    offset > (unsigned long long)file.st_size || !(part = malloc(size + 1)))
		return NULL;
	if (!elf_read_at(fd, part, size, offset)) {
		free(part);
		return NULL;
	}
	part[size] = '\0';
	return part;
}

static void read_section(const struct elf *elf, const unsigned char *bytes, struct elf_section *section)
{
	section->type = (unsigned)FIELD(elf, bytes, Shdr, sh_type);
	section->link = (unsigned)FIELD(elf, bytes, Shdr, sh_link);
	section->flags = FIELD(elf, bytes, Shdr, sh_flags);
	section->address = FIELD(elf, bytes, Shdr, sh_addr);
	section->offset = FIELD(elf, bytes, Shdr, sh_offset);
	section->size = FIELD(elf, bytes, Shdr, sh_size);
}

bool elf_sections_read(struct elf_sections *sections, int fd, const struct elf *elf)
{
	unsigned char header[sizeof(Elf64_Ehdr)];
	unsigned char *table = NULL;
	size_t count;
	size_t names;

	*sections = (struct elf_sections){.fd = fd, .elf = elf};
	if (!elf_read_at(fd, header, SIZE(elf, Ehdr), 0))
		return false;
	count = FIELD(elf, header, Ehdr, e_shnum);
	names = FIELD(elf, header, Ehdr, e_shstrndx);
	if (count == 0 || names >= count || FIELD(elf, header, Ehdr, e_shentsize) != SIZE(elf, Shdr) ||
	    !(table = read_part(fd, count * SIZE(elf, Shdr), FIELD(elf, header, Ehdr, e_shoff))) ||
	    !(sections->list = calloc(count, sizeof *sections->list))) {
		free(table);
		return false;
	}
	sections->count = count;
	for (size_t i = 0; i < count; i++)
		read_section(elf, table + i * SIZE(elf, Shdr), &sections->list[i]);
	sections->names = (char *)elf_contents(sections, &sections->list[names]);
	for (size_t i = 0; i < count; i++) {
		unsigned long long name = FIELD(elf, table + i * SIZE(elf, Shdr), Shdr, sh_name);

		sections->list[i].name =
			sections->names && name < sections->list[names].size ? sections->names + name : "";
	}
	free(table);
	return true;
}

void elf_sections_free(struct elf_sections *sections)
{
	free(sections->list);
	free(sections->names);
}

const struct elf_section *elf_section_named(const struct elf_sections *sections, const char *name)
{
	for (size_t i = 0; i < sections->count; i++)
		if (strcmp(sections->list[i].name, name) == 0)
			return &sections->list[i];
	return NULL;
}

const struct elf_section *elf_section_of_type(const struct elf_sections *sections, unsigned type)
{
	for (size_t i = 0; i < sections->count; i++)
		if (sections->list[i].type == type)
			return &sections->list[i];
	return NULL;
}

unsigned char *elf_contents(const struct elf_sections *sections, const struct elf_section *section)
{
	return section->type == SHT_NOBITS ? NULL : read_part(sections->fd, section->size, section->offset);
}

bool elf_is_go(const struct elf_sections *sections)
{
	return elf_section_named(sections, ".go.buildinfo") || elf_section_named(sections, ".note.go.buildid");
}

/* The strings that the section refers to. */
static char *linked_strings(const struct elf_sections *sections, const struct elf_section *section, size_t *size)
{
	if (section->link >= sections->count)
		return NULL;
	*size = sections->list[section->link].size;
	return (char *)elf_contents(sections, &sections->list[section->link]);
}

void elf_needed(const struct elf_sections *sections, void (*tell)(void *data, const char *library), void *data)
{
	const struct elf *elf = sections->elf;
	const struct elf_section *dynamic = elf_section_of_type(sections, SHT_DYNAMIC);
	unsigned char *entries = dynamic ? elf_contents(sections, dynamic) : NULL;
	size_t size = 0;
	char *strings = entries ? linked_strings(sections, dynamic, &size) : NULL;

	for (size_t at = 0; strings && at + SIZE(elf, Dyn) <= dynamic->size; at += SIZE(elf, Dyn)) {
		unsigned long long name = FIELD(elf, entries + at, Dyn, d_un);

		if (FIELD(elf, entries + at, Dyn, d_tag) == DT_NEEDED && name < size)
			tell(data, strings + name);
	}
	free(strings);
	free(entries);
}

unsigned long long elf_slot(const struct elf_sections *sections, size_t index)
{
	const struct elf *elf = sections->elf;
	unsigned long long slot = 0;

	for (size_t i = 0; i < sections->count && slot == 0; i++) {
		const struct elf_section *section = &sections->list[i];
		unsigned char *table = section->type == SHT_RELA ? elf_contents(sections, section) : NULL;

		for (size_t at = 0; table && at + SIZE(elf, Rela) <= section->size; at += SIZE(elf, Rela)) {
			unsigned long long about = FIELD(elf, table + at, Rela, r_info);

			if ((elf->bits == 64 ? about >> 32 : about >> 8) != index)
				continue;
			slot = FIELD(elf, table + at, Rela, r_offset);
			break;
		}
		free(table);
	}
	return slot;
}

void elf_imports(const struct elf_sections *sections, void (*tell)(void *data, const char *symbol, size_t index),
		 void *data)
{
	const struct elf *elf = sections->elf;
	const struct elf_section *symbols = elf_section_of_type(sections, SHT_DYNSYM);
	unsigned char *table = symbols ? elf_contents(sections, symbols) : NULL;
	size_t size = 0;
	char *strings = table ? linked_strings(sections, symbols, &size) : NULL;

	for (size_t i = 1; strings && (i + 1) * SIZE(elf, Sym) <= symbols->size; i++) {
		const unsigned char *symbol = table + i * SIZE(elf, Sym);
		unsigned long long name = FIELD(elf, symbol, Sym, st_name);

		if (FIELD(elf, symbol, Sym, st_shndx) == SHN_UNDEF && name < size)
			tell(data, strings + name, i);
	}
	free(strings);
	free(table);
}
