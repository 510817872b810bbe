/* /proc/self/maps, read in pieces. */
#include "maps.h"

#include "unit.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#if UINTPTR_MAX > UINT32_MAX /* else such addresses can't be */
static const char text[] =
	"55d0a0000000-55d0a0001000 r--p 00000000 fe:01 1234                       /usr/sbin/a daemon\n"
	"55d0a0001000-55d0a0005000 r-xp 00001000 fe:01 1234                       /usr/sbin/a daemon\n"
	"55d0a1000000-55d0a1021000 rw-p 00000000 00:00 0                          [heap]\n"
	"7f0000000000-7f0000100000 rwxp 00000000 00:00 0 \n"
	"7f0000200000-7f0000300000 r-xp 1fffff000 fe:01 99                        /lib/libfoo.so.1 (deleted)\n"
	"7f0000300000-7f0000301000 r--p 00000000 fe:01 99                         /lib/libfoo.so.1 (deleted)\n"
	"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]\n";

static const struct object *object_of(const struct maps *maps, uintptr_t address)
{
	return maps_object(maps, (const void *)address); // NOLINT(performance-no-int-to-ptr)
}

/* However the text comes in pieces, the result is the same. */
START_TEST(pieces)
{
	static struct maps maps;
	struct maps_line line = {0};
	const struct object *object;
	size_t step = (size_t)_i;

	maps.address[maps.addresses++] = 0x55d0a0001000;
	maps.address[maps.addresses++] = 0x55d0a0004fff;
	maps.address[maps.addresses++] = 0x55d0a1000010; /* the heap, */
	maps.address[maps.addresses++] = 0x7f0000000010; /* code that was made while running, */
	maps.address[maps.addresses++] = 0xffffffffff600010; /* and the kernel's are no objects */
	maps.address[maps.addresses++] = 0x7f0000200abc;
	for (size_t at = 0; at < sizeof text - 1; at += step)
		maps_read(&maps, &line, text + at, sizeof text - 1 - at < step ? sizeof text - 1 - at : step);
	ck_assert_uint_eq(maps.objects, 2);
	object = object_of(&maps, 0x55d0a0004fff);
	ck_assert_ptr_nonnull(object);
	ck_assert_str_eq(object->name, "/usr/sbin/a daemon");
	ck_assert_uint_eq(object->start, 0x55d0a0001000);
	ck_assert_uint_eq(object->offset, 0x1000);
	object = object_of(&maps, 0x7f0000200abc);
	ck_assert_ptr_nonnull(object);
	ck_assert_str_eq(object->name, "/lib/libfoo.so.1 (deleted)");
	ck_assert_uint_eq(object->offset, 0x1fffff000);
	ck_assert_ptr_null(object_of(&maps, 0x55d0a1000010));
	ck_assert_ptr_null(object_of(&maps, 0x7f0000000010));
	ck_assert_ptr_null(object_of(&maps, 0xffffffffff600010));
	ck_assert_ptr_null(object_of(&maps, 0x7f0000300000));
}
END_TEST

#endif

/* More objects than there is room for, and longer names: what fits is right. */
START_TEST(too_much)
{
	static struct maps maps;
	struct maps_line line = {0};

	for (unsigned i = 0; i < MAPS_ADDRESSES + 5; i++)
		maps_ask(&maps, (const void *)(uintptr_t)(0x1000 + i * 0x1000)); // NOLINT(performance-no-int-to-ptr)
	maps_ask(&maps, NULL);
	ck_assert_uint_eq(maps.addresses, MAPS_ADDRESSES);
	for (unsigned i = 0; i < MAPS_ADDRESSES; i++) {
		char entry[600];
		int head = snprintf(entry, sizeof entry, "%x-%x r-xp 00000000 fe:01 1    /", 0x1000 + i * 0x1000,
				    0x2000 + i * 0x1000);

		memset(entry + head, 'x', 400);
		entry[head + 400] = '\n';
		maps_read(&maps, &line, entry, (size_t)head + 401);
	}
	ck_assert_uint_gt(maps.objects, 5);
	ck_assert_uint_le(maps.objects, MAPS_OBJECTS);
	for (unsigned i = 0; i < maps.objects; i++) {
		ck_assert_uint_eq(maps.object[i].start, 0x1000 + i * 0x1000);
		ck_assert_uint_eq(strlen(maps.object[i].name), MAPS_NAME - 1);
	}
}
END_TEST

TCase *maps_cases(void)
{
	TCase *cases = tcase_create("maps");

#if UINTPTR_MAX > UINT32_MAX
	tcase_add_loop_test(cases, pieces, 1, (int)sizeof text);
#endif
	tcase_add_test(cases, too_much);
	return cases;
}
