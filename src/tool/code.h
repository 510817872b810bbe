/* A look at machine code.  It is a look and no proof: no instruction is followed, and what a register holds is only
 * known where a constant is put into it close by. */
#ifndef CLOEXEC_CODE_H
#define CLOEXEC_CODE_H

#include <stdbool.h>
#include <stddef.h>

/* The first system call that makes a descriptor and that `code` (`size` bytes, for the ELF machine `machine`) seems to
 * make by an instruction of its own: the number is put into the register for it a few instructions before.  `*at`
 * becomes the offset of the instruction.  NULL: none is seen.  Known: x86-64, i386, aarch64, riscv64, little-endian;
 * for the machine that this was compiled for, whose numbers it has. */
const char *code_direct_call(unsigned machine, const unsigned char *code, size_t size, size_t *at);

/* Can code_direct_call see anything there? */
bool code_is_known(unsigned machine);

/* Does `code`, which will be at `address`, seem to call dlopen, whose address will be at `slot`, with RTLD_DEEPBIND in
 * a constant?  `*entry`, 0 at first, becomes the address of the stub that jumps through the slot: where there are
 * several sections, that of the stubs comes first.  Known: x86-64; elsewhere false. */
bool code_binds_deeply(unsigned machine, const unsigned char *code, size_t size, unsigned long long address,
		       unsigned long long slot, unsigned long long *entry);

#endif
