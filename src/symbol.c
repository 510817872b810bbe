/* Hash tables of loaded objects. */
#include "symbol.h"

#include <string.h>
#include <sys/auxv.h>

typedef void (*function)(void);

/* The loader has already turned some of these addresses into absolute ones; which, depends on libc and machine. */
static const void *absolute(const struct dl_phdr_info *object, ElfW(Addr) address)
{
	if (address < object->dlpi_addr)
		address += object->dlpi_addr;
	return (const void *)address; // NOLINT(performance-no-int-to-ptr)
}

bool symbols_of(const struct dl_phdr_info *object, struct symbols *symbols)
{
	const ElfW(Dyn) *entry = NULL;

	for (int i = 0; i < object->dlpi_phnum; i++)
		if (object->dlpi_phdr[i].p_type == PT_DYNAMIC)
			entry = (const void *)(object->dlpi_addr + object->dlpi_phdr[i].p_vaddr);
	*symbols = (struct symbols){.base = object->dlpi_addr};
	for (; entry && entry->d_tag != DT_NULL; entry++)
		switch (entry->d_tag) {
		case DT_SYMTAB:
			symbols->table = absolute(object, entry->d_un.d_ptr);
			break;
		case DT_STRTAB:
			symbols->names = absolute(object, entry->d_un.d_ptr);
			break;
		case DT_VERSYM:
			symbols->versions = absolute(object, entry->d_un.d_ptr);
			break;
		case DT_GNU_HASH:
			symbols->gnu_table = absolute(object, entry->d_un.d_ptr);
			break;
		case DT_HASH:
			symbols->sysv_table = absolute(object, entry->d_un.d_ptr);
			break;
		default:
			break;
		}
	return symbols->table && symbols->names && (symbols->gnu_table || symbols->sysv_table);
}

bool symbols_contain(const struct dl_phdr_info *object, const void *address)
{
	for (int i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &object->dlpi_phdr[i];

		if (segment->p_type == PT_LOAD &&
		    (ElfW(Addr))address - object->dlpi_addr - segment->p_vaddr < segment->p_memsz)
			return true;
	}
	return false;
}

uint32_t symbol_hash(const char *name)
{
	uint32_t hash = 5381;

	for (; *name; name++)
		hash = hash * 33 + (unsigned char)*name;
	return hash;
}

static uint32_t sysv_hash(const char *name)
{
	uint32_t hash = 0;

	for (; *name; name++) {
		hash = (hash << 4) + (unsigned char)*name;
		hash ^= hash >> 24 & 0xf0;
	}
	return hash & 0x0fffffff;
}

static bool same(const char *name, const char *other)
{
	while (*name && *name == *other)
		name++, other++;
	return *name == *other;
}

/* The best definition seen so far. */
struct candidate {
	const ElfW(Sym) *symbol;
	unsigned version; /* its index; DEFAULT above all that are hidden */
};
enum { HIDDEN_VERSION = 0x8000, DEFAULT = 0x8000 };

static void consider(const struct symbols *symbols, uint32_t index, const char *name, struct candidate *best)
{
	const ElfW(Sym) *symbol = &symbols->table[index];
	unsigned type = ELF64_ST_TYPE(symbol->st_info);
	unsigned version = DEFAULT;

	if (symbol->st_shndx == SHN_UNDEF || (type != STT_FUNC && type != STT_GNU_IFUNC && type != STT_NOTYPE) ||
	    !same(symbols->names + symbol->st_name, name))
		return;
	if (symbols->versions && (symbols->versions[index] & HIDDEN_VERSION))
		version = symbols->versions[index] & ~HIDDEN_VERSION;
	if (!best->symbol || version > best->version)
		*best = (struct candidate){symbol, version};
}

static void consider_gnu(const struct symbols *symbols, const char *name, uint32_t hash, struct candidate *best)
{
	enum { BITS = 8 * sizeof(ElfW(Addr)) };
	const uint32_t *table = symbols->gnu_table;
	uint32_t buckets = table[0], first = table[1], words = table[2], shift = table[3];
	const ElfW(Addr) *filter = (const void *)(table + 4);
	const uint32_t *bucket = (const void *)(filter + words);
	const uint32_t *chain = bucket + buckets;
	ElfW(Addr) word = filter[hash / BITS & (words - 1)];

	if (!(word >> hash % BITS & word >> (hash >> shift) % BITS & 1) || !buckets)
		return;
	for (uint32_t index = bucket[hash % buckets]; index >= first; index++) {
		if ((chain[index - first] | 1) == (hash | 1))
			consider(symbols, index, name, best);
		if (chain[index - first] & 1)
			break;
	}
}

static void consider_sysv(const struct symbols *symbols, const char *name, struct candidate *best)
{
	const uint32_t *table = symbols->sysv_table;
	const uint32_t *bucket = table + 2;
	const uint32_t *chain = bucket + table[0];

	if (table[0])
		for (uint32_t index = bucket[sysv_hash(name) % table[0]]; index; index = chain[index])
			consider(symbols, index, name, best);
}

function symbol_find(const struct symbols *symbols, const char *name, uint32_t hash)
{
	struct candidate best = {NULL, 0};
	function found = NULL;
	ElfW(Addr) address;

	if (symbols->gnu_table)
		consider_gnu(symbols, name, hash, &best);
	else
		consider_sysv(symbols, name, &best);
	if (!best.symbol)
		return NULL;
	address = symbols->base + best.symbol->st_value;
	memcpy(&found, &address, sizeof found);
	/* A function that chooses the function: libraries that interpose may have such. */
	if (ELF64_ST_TYPE(best.symbol->st_info) == STT_GNU_IFUNC)
		found = ((function(*)(unsigned long))found)(getauxval(AT_HWCAP));
	return found;
}
