/* The look at machine code, for every machine that it knows: instructions as an assembler writes them. */
#include "tool/code.h"

#include "unit.h"

#include <elf.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>

#ifndef EM_RISCV
#define EM_RISCV 243
#endif

/* Four bytes, least significant first. */
static void put(unsigned char *code, uint32_t word)
{
	for (int i = 0; i < 4; i++)
		code[i] = (unsigned char)(word >> 8 * i);
}

static const char *call_in(unsigned machine, const unsigned char *code, size_t size)
{
	size_t at;

	return code_direct_call(machine, code, size, &at);
}

START_TEST(sees_x86)
{
	/* nop; mov $number,%eax; mov %rsp,%rsi; syscall or int $0x80; ret; nop */
	unsigned char code[] = {0x90, 0xb8, 0, 0, 0, 0, 0x48, 0x89, 0xe6, 0x0f, 0x05, 0xc3, 0x90, 0x90};

	put(code + 2, SYS_openat);
	ck_assert_str_eq(call_in(EM_X86_64, code, sizeof code), "openat");
	ck_assert_ptr_null(call_in(EM_386, code, sizeof code));
	ck_assert_ptr_null(call_in(EM_X86_64, code, 10));
	put(code + 2, SYS_getpid);
	ck_assert_ptr_null(call_in(EM_X86_64, code, sizeof code));
	put(code + 2, SYS_openat);
	code[9] = 0xcd;
	code[10] = 0x80;
	ck_assert_str_eq(call_in(EM_386, code, sizeof code), "openat");
	ck_assert_ptr_null(call_in(EM_X86_64, code, sizeof code));
	/* mov $number,%r8d: another register. */
	code[0] = 0x41;
	ck_assert_ptr_null(call_in(EM_386, code, sizeof code));
}
END_TEST

START_TEST(sees_x86_with_a_long_constant)
{
	/* mov $number,%rax */
	unsigned char code[] = {0x90, 0x48, 0xc7, 0xc0, 0, 0, 0, 0, 0x0f, 0x05, 0xc3, 0x90, 0x90};

	put(code + 4, SYS_dup3);
	ck_assert_str_eq(call_in(EM_X86_64, code, sizeof code), "dup3");
}
END_TEST

START_TEST(overlooks_a_long_jump)
{
	/* mov $number,%eax; je .+0x50f+6 */
	unsigned char code[] = {0x90, 0xb8, 0, 0, 0, 0, 0x0f, 0x84, 0x0f, 0x05, 0x00, 0x00, 0x90, 0x90};

	put(code + 2, SYS_openat);
	ck_assert_ptr_null(call_in(EM_X86_64, code, sizeof code));
}
END_TEST

START_TEST(sees_machines_of_fixed_width)
{
	unsigned char code[12];

	/* nop; mov x8,#number; svc #0 */
	put(code, 0xd503201f);
	put(code + 4, 0xd2800008 | SYS_openat << 5);
	put(code + 8, 0xd4000001);
	ck_assert_str_eq(call_in(EM_AARCH64, code, sizeof code), "openat");
	put(code + 4, 0x52800008 | SYS_openat << 5); /* mov w8 */
	ck_assert_str_eq(call_in(EM_AARCH64, code, sizeof code), "openat");
	put(code + 4, 0xd2800009 | SYS_openat << 5); /* mov x9 */
	ck_assert_ptr_null(call_in(EM_AARCH64, code, sizeof code));
	/* nop; li a7,number; ecall */
	put(code, 0x00000013);
	put(code + 4, 0x00000893 | (uint32_t)SYS_openat << 20);
	put(code + 8, 0x00000073);
	ck_assert_str_eq(call_in(EM_RISCV, code, sizeof code), "openat");
	put(code + 4, 0x00000813 | (uint32_t)SYS_openat << 20); /* li s0 */
	ck_assert_ptr_null(call_in(EM_RISCV, code, sizeof code));
}
END_TEST

START_TEST(knows_its_machines)
{
	unsigned char code[64] = {0};

	ck_assert(code_is_known(EM_X86_64));
	ck_assert(!code_is_known(EM_SPARC));
	ck_assert_ptr_null(call_in(EM_SPARC, code, sizeof code));
	for (size_t size = 0; size < 8; size++)
		ck_assert_ptr_null(call_in(EM_X86_64, code, size));
}
END_TEST

TCase *code_cases(void)
{
	TCase *cases = tcase_create("code");

	tcase_add_test(cases, sees_x86);
	tcase_add_test(cases, sees_x86_with_a_long_constant);
	tcase_add_test(cases, overlooks_a_long_jump);
	tcase_add_test(cases, sees_machines_of_fixed_width);
	tcase_add_test(cases, knows_its_machines);
	return cases;
}
