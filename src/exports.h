/* The version script of both libraries, made of calls.def by the preprocessor.
 *
 * Anonymous on purpose: a named version node would stop the loader from matching a program's open@GLIBC_2.2.5 to ours.
 * A call that this libc does not have is not exported, so nobody finds in us what the system lacks.
 */
#include <config.h>

#define EXPORT_0(name)
#define EXPORT_1(name) name;
#define EXPORT_IF_(present, name) EXPORT_##present(name)
#define EXPORT_IF(present, name) EXPORT_IF_(present, name)
#define CALL(name, family, facility, next) EXPORT_IF(LIBC_HAS_##name, name)
#define NOTE(name, next) EXPORT_IF(LIBC_HAS_##name, name)

{
global:
#include "calls.def"
	cloexec_get;
	cloexec_set;
	cloexec_getdefault;
	cloexec_setdefault;
	libcloexec_first;
local:
	*;
};
