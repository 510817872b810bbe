#include <config.h>

#include "look.h"

#include "code.h"
#include "elf.h"

#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct look {
	void (*tell)(void *data, const char *word, const char *text);
	void *data;
	const struct elf_sections *sections;
	bool uring;
	unsigned long long dlopen_slot;
};

static void tell_of_uring(struct look *look)
{
	if (!look->uring)
		look->tell(look->data, "io_uring",
			   "it uses io_uring, whose opens and accepts the library does not see");
	look->uring = true;
}

static void judge_needed(void *data, const char *library)
{
	if (strncmp(library, "liburing", 8) == 0)
		tell_of_uring(data);
}

static void judge_import(void *data, const char *symbol, size_t index)
{
	struct look *look = data;

	if (strcmp(symbol, "clearenv") == 0)
		look->tell(look->data, "clearenv",
			   "it can clear its environment: what it executes then starts without LD_PRELOAD");
	else if (strcmp(symbol, "dlmopen") == 0)
		look->tell(look->data, "dlmopen", "what it loads with dlmopen is not covered");
	else if (strcmp(symbol, "dlopen") == 0)
		look->dlopen_slot = elf_slot(look->sections, index);
	else if (strncmp(symbol, "io_uring_", 9) == 0)
		tell_of_uring(look);
}

static void look_at_code(struct look *look)
{
	const struct elf_sections *sections = look->sections;
	unsigned long long entry = 0;
	bool deep = false;
	bool direct = false;
	bool unread = false;

	for (size_t i = 0; i < sections->count; i++) {
		const struct elf_section *section = &sections->list[i];
		unsigned char *code;
		const char *call;
		char text[160];
		size_t at;

		if (!(section->flags & SHF_EXECINSTR) || section->type == SHT_NOBITS || !section->size)
			continue;
		code = elf_contents(sections, section);
		if (!code) {
			unread = true;
			continue;
		}
		if (!direct && (call = code_direct_call(sections->elf->machine, code, section->size, &at))) {
			snprintf(text, sizeof text,
				 "it seems to make system calls without libc, which the library does not see (%s at "
				 "%#llx)",
				 call, section->address + at);
			look->tell(look->data, "direct", text);
			direct = true;
		}
		if (!deep && look->dlopen_slot &&
		    code_binds_deeply(sections->elf->machine, code, section->size, section->address, look->dlopen_slot,
				      &entry)) {
			look->tell(look->data, "deepbind",
				   "it seems to load with RTLD_DEEPBIND: what it loads so goes round the library");
			deep = true;
		}
		free(code);
	}
	if (unread)
		look->tell(look->data, "sections", "some of its code can't be read, or is too large, so no look was taken there");
}

void look_at_program(const char *path, void (*tell)(void *data, const char *word, const char *text), void *data)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct elf elf;
	struct elf_sections sections;
	struct look look = {.tell = tell, .data = data, .sections = &sections};

	if (fd < 0)
		return;
	if (elf_read(fd, &elf) == ELF_READ) {
		if (!elf_sections_read(&sections, fd, &elf)) {
			tell(data, "sections", "it has no section headers, so no closer look was possible");
		} else if (elf_is_go(&sections)) {
			tell(data, "go",
			     "it is written in Go, which makes its system calls without libc: only its C "
			     "code is covered");
		} else {
			elf_needed(&sections, judge_needed, &look);
			elf_imports(&sections, judge_import, &look);
			look_at_code(&look);
		}
		elf_sections_free(&sections);
	}
	close(fd);
}
