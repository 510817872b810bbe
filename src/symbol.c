/* Hash tables and versions of loaded objects. */
#include "symbol.h"

#include "text.h"

#include <string.h>
#include <sys/auxv.h>

typedef void (*function)(void);

/* The loader has already turned some of these addresses into absolute ones; which, depends on libc and machine. */
static const void *absolute(ElfW(Addr) base, ElfW(Addr) address)
{
	if (address < base)
		address += base;
	return (const void *)address; // NOLINT(performance-no-int-to-ptr)
}

struct image symbols_image(const struct dl_phdr_info *object)
{
	struct image image = {.base = object->dlpi_addr};

	for (int i = 0; i < object->dlpi_phnum; i++)
		if (object->dlpi_phdr[i].p_type == PT_DYNAMIC)
			image.dynamic = (const void *)(object->dlpi_addr + object->dlpi_phdr[i].p_vaddr);
	return image;
}

bool symbols_read(struct image image, struct symbols *symbols)
{
	*symbols = (struct symbols){.base = image.base};
	for (const ElfW(Dyn) *entry = image.dynamic; entry && entry->d_tag != DT_NULL; entry++)
		switch (entry->d_tag) {
		case DT_SYMTAB:
			symbols->table = absolute(image.base, entry->d_un.d_ptr);
			break;
		case DT_STRTAB:
			symbols->names = absolute(image.base, entry->d_un.d_ptr);
			break;
		case DT_VERSYM:
			symbols->versions = absolute(image.base, entry->d_un.d_ptr);
			break;
		case DT_VERDEF:
			symbols->defined = absolute(image.base, entry->d_un.d_ptr);
			break;
		case DT_VERNEED:
			symbols->needed = absolute(image.base, entry->d_un.d_ptr);
			break;
		case DT_GNU_HASH:
			symbols->gnu_table = absolute(image.base, entry->d_un.d_ptr);
			break;
		case DT_HASH:
			symbols->sysv_table = absolute(image.base, entry->d_un.d_ptr);
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

enum { HIDDEN_VERSION = 0x8000 };

static bool same(const char *name, const char *other)
{
	while (*name && *name == *other)
		name++, other++;
	return *name == *other;
}

static const void *behind(const void *record, size_t bytes)
{
	return (const char *)record + bytes;
}

/* The name of a symbol's version, be it one that the object defines or one that it refers to; "" where it has none. */
static const char *version_of(const struct symbols *symbols, uint32_t index)
{
	unsigned version = symbols->versions ? symbols->versions[index] & ~HIDDEN_VERSION : VER_NDX_GLOBAL;

	if (version <= VER_NDX_GLOBAL)
		return "";
	for (const ElfW(Verdef) *record = symbols->defined; record; record = behind(record, record->vd_next)) {
		if (record->vd_ndx == version)
			return symbols->names + ((const ElfW(Verdaux) *)behind(record, record->vd_aux))->vda_name;
		if (!record->vd_next)
			break;
	}
	for (const ElfW(Verneed) *file = symbols->needed; file; file = behind(file, file->vn_next)) {
		const ElfW(Vernaux) *record = behind(file, file->vn_aux);

		for (unsigned i = 0; i < file->vn_cnt; i++, record = behind(record, record->vna_next))
			if (record->vna_other == version)
				return symbols->names + record->vna_name;
		if (!file->vn_next)
			break;
	}
	return "";
}

/* The best definition seen so far. */
struct candidate {
	const char *wanted; /* how its version's name begins, or NULL */
	const ElfW(Sym) *symbol;
	unsigned version; /* its index; DEFAULT above all that are hidden */
};
enum { DEFAULT = 0x8000 };

static void consider(const struct symbols *symbols, uint32_t index, const char *name, struct candidate *best)
{
	const ElfW(Sym) *symbol = &symbols->table[index];
	unsigned type = ELF64_ST_TYPE(symbol->st_info);
	unsigned version = DEFAULT;

	if (symbol->st_shndx == SHN_UNDEF || (type != STT_FUNC && type != STT_GNU_IFUNC && type != STT_NOTYPE) ||
	    !same(symbols->names + symbol->st_name, name) ||
	    (best->wanted && !text_begins(version_of(symbols, index), best->wanted)))
		return;
	if (symbols->versions && (symbols->versions[index] & HIDDEN_VERSION))
		version = symbols->versions[index] & ~HIDDEN_VERSION;
	if (!best->symbol || version > best->version)
		best->symbol = symbol, best->version = version;
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

function symbol_find(const struct symbols *symbols, const char *name, uint32_t hash, const char *version)
{
	struct candidate best = {.wanted = version};
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

/* Whom a call is meant for. */
struct reference {
	const void *caller;
	const char *name;
	uint32_t hash;
	const char *version; /* that the caller's object refers to it by, or NULL */
	bool known;          /* it needs no search */
	function found;
};

/* The index of the symbol of that name in a table of relocations, with an addend or without; 0: none needs it. */
static uint32_t needed_index(const struct symbols *symbols, const char *name, const void *relocations, size_t bytes,
			     size_t size)
{
	for (const ElfW(Rel) *entry = relocations; entry && bytes >= size; entry = behind(entry, size), bytes -= size) {
		uint32_t index = (uint32_t)(entry->r_info >> (sizeof entry->r_info == 8 ? 32 : 8));

		if (index && same(symbols->names + symbols->table[index].st_name, name))
			return index;
	}
	return 0;
}

/* How an object refers to a name: where it wants its address.  No table of symbols says how long it is, and one that
 * nothing can be looked up in does not say where the others begin. */
static uint32_t reference_index(struct image image, const struct symbols *symbols, const char *name)
{
	const void *plain = NULL, *added = NULL, *calls = NULL;
	size_t plain_bytes = 0, added_bytes = 0, calls_bytes = 0;
	size_t calls_size = sizeof(ElfW(Rel));
	uint32_t index;

	for (const ElfW(Dyn) *entry = image.dynamic; entry->d_tag != DT_NULL; entry++)
		switch (entry->d_tag) {
		case DT_REL:
			plain = absolute(image.base, entry->d_un.d_ptr);
			break;
		case DT_RELSZ:
			plain_bytes = entry->d_un.d_val;
			break;
		case DT_RELA:
			added = absolute(image.base, entry->d_un.d_ptr);
			break;
		case DT_RELASZ:
			added_bytes = entry->d_un.d_val;
			break;
		case DT_JMPREL:
			calls = absolute(image.base, entry->d_un.d_ptr);
			break;
		case DT_PLTRELSZ:
			calls_bytes = entry->d_un.d_val;
			break;
		case DT_PLTREL:
			if (entry->d_un.d_val == DT_RELA)
				calls_size = sizeof(ElfW(Rela));
			break;
		default:
			break;
		}
	index = needed_index(symbols, name, calls, calls_bytes, calls_size);
	if (!index)
		index = needed_index(symbols, name, added, added_bytes, sizeof(ElfW(Rela)));
	return index ? index : needed_index(symbols, name, plain, plain_bytes, sizeof(ElfW(Rel)));
}

/* A library that calls its own means its own; one that has no versions interposes, as we do, and means the next.  libc
 * itself only calls what somebody gave it: a thread's function. */
static int read_caller(struct dl_phdr_info *object, size_t size, void *data)
{
	struct reference *reference = data;
	struct symbols symbols;
	struct image image = symbols_image(object);
	uint32_t index;
	function own;

	(void)size;
	if (!symbols_contain(object, reference->caller))
		return 0;
	if (!symbols_read(image, &symbols))
		return 1;
	index = reference_index(image, &symbols, reference->name);
	if (index && symbols.table[index].st_shndx == SHN_UNDEF)
		reference->version = version_of(&symbols, index);
	own = symbol_find(&symbols, reference->name, reference->hash, VERSION_OF_LIBC)
		      ? NULL
		      : symbol_find(&symbols, reference->name, reference->hash, NULL);
	if (symbols.defined)
		reference->found = own;
	reference->known = own || (reference->version && text_begins(reference->version, VERSION_OF_LIBC));
	return 1;
}

static int find_other(struct dl_phdr_info *object, size_t size, void *data)
{
	struct reference *reference = data;
	struct symbols symbols;

	(void)size;
	if (symbols_read(symbols_image(object), &symbols) && symbols.defined &&
	    !symbol_find(&symbols, reference->name, reference->hash, VERSION_OF_LIBC))
		reference->found = symbol_find(&symbols, reference->name, reference->hash, reference->version);
	return reference->found != NULL;
}

static int find_version(struct dl_phdr_info *object, size_t size, void *data)
{
	struct reference *reference = data;
	struct symbols symbols;
	function found;

	(void)size;
	if (!symbols_read(symbols_image(object), &symbols) || !symbols.defined)
		return 0;
	found = symbol_find(&symbols, reference->name, reference->hash, reference->version);
	if (found && found != symbol_find(&symbols, reference->name, reference->hash, NULL))
		reference->found = found;
	return found != NULL;
}

function symbol_as_linked(const void *caller, const char *name)
{
	struct reference reference = {.caller = caller, .name = name, .hash = symbol_hash(name)};

	dl_iterate_phdr(read_caller, &reference);
	reference.found = NULL;
	if (reference.version && *reference.version)
		dl_iterate_phdr(find_version, &reference);
	return reference.found;
}

function symbol_of_caller(const void *caller, const char *name)
{
	struct reference reference = {.caller = caller, .name = name, .hash = symbol_hash(name)};

	dl_iterate_phdr(read_caller, &reference);
	if (!reference.known)
		dl_iterate_phdr(find_other, &reference);
	return reference.found;
}
