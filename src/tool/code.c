#include <config.h>

#include "code.h"

#include <dlfcn.h>
#include <elf.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>

/* What old headers, or another libc's, do not have. */
#ifndef RTLD_DEEPBIND
#define RTLD_DEEPBIND 8
#endif
#ifndef EM_AARCH64
#define EM_AARCH64 183
#endif
#ifndef EM_RISCV
#define EM_RISCV 243
#endif

/* Calls that make descriptors, by their numbers here. */
static const struct {
	unsigned number;
	const char *name;
} creators[] = {
#ifdef SYS_open
	{SYS_open, "open"},
#endif
#ifdef SYS_creat
	{SYS_creat, "creat"},
#endif
#ifdef SYS_pipe
	{SYS_pipe, "pipe"},
#endif
#ifdef SYS_dup2
	{SYS_dup2, "dup2"},
#endif
#ifdef SYS_accept
	{SYS_accept, "accept"},
#endif
#ifdef SYS_socket
	{SYS_socket, "socket"},
#endif
#ifdef SYS_socketpair
	{SYS_socketpair, "socketpair"},
#endif
#ifdef SYS_accept4
	{SYS_accept4, "accept4"},
#endif
#ifdef SYS_epoll_create
	{SYS_epoll_create, "epoll_create"},
#endif
#ifdef SYS_eventfd
	{SYS_eventfd, "eventfd"},
#endif
#ifdef SYS_signalfd
	{SYS_signalfd, "signalfd"},
#endif
#ifdef SYS_inotify_init
	{SYS_inotify_init, "inotify_init"},
#endif
#ifdef SYS_openat2
	{SYS_openat2, "openat2"},
#endif
#ifdef SYS_io_uring_setup
	{SYS_io_uring_setup, "io_uring_setup"},
#endif
#ifdef SYS_memfd_create
	{SYS_memfd_create, "memfd_create"},
#endif
	{SYS_openat, "openat"},
	{SYS_dup, "dup"},
	{SYS_dup3, "dup3"},
	{SYS_pipe2, "pipe2"},
	{SYS_epoll_create1, "epoll_create1"},
	{SYS_eventfd2, "eventfd2"},
	{SYS_signalfd4, "signalfd4"},
	{SYS_timerfd_create, "timerfd_create"},
	{SYS_inotify_init1, "inotify_init1"},
};

static const char *creator(uint32_t number)
{
	for (size_t i = 0; i < sizeof creators / sizeof *creators; i++)
		if (creators[i].number == number)
			return creators[i].name;
	return NULL;
}

static uint32_t word(const unsigned char *bytes)
{
	return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* How far before the call its number is put into the register. */
enum { X86_REACH = 24, FIXED_REACH = 8 * 4 };

/* x86: `mov $number,%eax` is B8 and four bytes; with a prefix 41 to 4F it is another register or a longer constant, but
 * for 48 C7 C0.  The bytes of `syscall` (0F 05) and `int $0x80` (CD 80) come up within other instructions too: without
 * the number close by they count for nothing. */
static const char *x86_call(const unsigned char *code, size_t at)
{
	size_t first = at > X86_REACH ? at - X86_REACH : 1;

	/* A distance of 0x50f or so in a long jump. */
	if (code[at + 2] == 0 && code[at + 3] == 0)
		return NULL;
	for (size_t i = at; i-- > first;) {
		if (i + 5 > at)
			continue;
		if (code[i] == 0xb8 && (code[i - 1] & 0xf0) != 0x40)
			return creator(word(code + i + 1));
		if (code[i] == 0xc0 && code[i - 1] == 0xc7 && i >= 2 && code[i - 2] == 0x48)
			return creator(word(code + i + 1));
	}
	return NULL;
}

static const char *fixed_call(unsigned machine, const unsigned char *code, size_t at)
{
	size_t first = at > FIXED_REACH ? at - FIXED_REACH : 0;

	for (size_t i = at; i > first;) {
		uint32_t instruction = word(code + (i -= 4));

		/* mov x8,#number; li a7,number */
		if (machine == EM_AARCH64 && (instruction & 0xffe0001f) == 0xd2800008)
			return creator(instruction >> 5 & 0xffff);
		if (machine == EM_AARCH64 && (instruction & 0xffe0001f) == 0x52800008)
			return creator(instruction >> 5 & 0xffff);
		if (machine == EM_RISCV && (instruction & 0xfffff) == 0x00893)
			return creator(instruction >> 20);
	}
	return NULL;
}

bool code_is_known(unsigned machine)
{
	return machine == EM_X86_64 || machine == EM_386 || machine == EM_AARCH64 || machine == EM_RISCV;
}

const char *code_direct_call(unsigned machine, const unsigned char *code, size_t size, size_t *at)
{
	bool x86 = machine == EM_X86_64 || machine == EM_386;
	const char *name = NULL;

	for (*at = 0; !name && code_is_known(machine) && *at + 4 <= size; *at += x86 ? 1 : 4) {
		const unsigned char *bytes = code + *at;

		if (machine == EM_X86_64 ? bytes[0] == 0x0f && bytes[1] == 0x05
					 : x86 && bytes[0] == 0xcd && bytes[1] == 0x80)
			name = x86_call(code, *at);
		else if (machine == EM_AARCH64 ? word(bytes) == 0xd4000001
					       : machine == EM_RISCV && word(bytes) == 0x00000073)
			name = fixed_call(machine, code, *at);
		if (name)
			return name;
	}
	return NULL;
}

/* Where a four-byte distance at the end of an instruction leads: it counts from the next one. */
static unsigned long long target(const unsigned char *code, size_t at, unsigned long long address)
{
	return address + at + 4 + (unsigned long long)(int32_t)word(code + at);
}

/* Is the last constant put into %esi, the second argument, one for dlopen, and with that flag? */
static bool asks_for_deep_binding(const unsigned char *code, size_t at)
{
	enum { REACH = 64 };
	size_t first = at > REACH ? at - REACH : 1;

	for (size_t i = at; i-- > first;)
		if (i + 5 <= at && code[i] == 0xbe && (code[i - 1] & 0xf0) != 0x40) {
			uint32_t flags = word(code + i + 1);

			return (flags & RTLD_DEEPBIND) && (flags & (RTLD_LAZY | RTLD_NOW)) && flags < 0x2000;
		}
	return false;
}

/* The entry of the procedure linkage table that jumps through `slot`; 0: none here. */
static unsigned long long find_entry(const unsigned char *code, size_t size, unsigned long long address,
				     unsigned long long slot)
{
	for (size_t at = 0; at + 6 <= size; at++)
		if (code[at] == 0xff && code[at + 1] == 0x25 && target(code, at + 2, address) == slot)
			return address + at;
	return 0;
}

bool code_binds_deeply(unsigned machine, const unsigned char *code, size_t size, unsigned long long address,
		       unsigned long long slot, unsigned long long *entry)
{
	if (machine != EM_X86_64)
		return false;
	if (*entry == 0)
		*entry = find_entry(code, size, address, slot);
	for (size_t at = 0; at + 6 <= size; at++) {
		/* call *slot(%rip); call entry, or a tail call, where endbr64 and bnd may come before the jump. */
		if ((code[at] == 0xff && code[at + 1] == 0x15 && target(code, at + 2, address) == slot) ||
		    ((code[at] == 0xe8 || code[at] == 0xe9) && *entry && *entry - target(code, at + 1, address) <= 5)) {
			if (asks_for_deep_binding(code, at))
				return true;
		}
	}
	return false;
}
