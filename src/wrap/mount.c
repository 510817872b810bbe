/* File systems and mounts as descriptors: each call has a flag of its own. */
#include "wrap.h"

EXPORT int fsopen(const char *kind, unsigned flags)
{
	return CREATE(fsopen, flags & FSOPEN_CLOEXEC, NEXT(fsopen)(kind, flags | FSOPEN_CLOEXEC),
		      NEXT(fsopen)(kind, flags));
}

EXPORT int fsmount(int fd, unsigned flags, unsigned attributes)
{
	return CREATE(fsmount, flags & FSMOUNT_CLOEXEC, NEXT(fsmount)(fd, flags | FSMOUNT_CLOEXEC, attributes),
		      NEXT(fsmount)(fd, flags, attributes));
}

EXPORT int fspick(int directory, const char *path, unsigned flags)
{
	return CREATE(fspick, flags & FSPICK_CLOEXEC, NEXT(fspick)(directory, path, flags | FSPICK_CLOEXEC),
		      NEXT(fspick)(directory, path, flags));
}

EXPORT int open_tree(int directory, const char *path, unsigned flags)
{
	return CREATE(open_tree, flags & OPEN_TREE_CLOEXEC,
		      NEXT(open_tree)(directory, path, flags | OPEN_TREE_CLOEXEC),
		      NEXT(open_tree)(directory, path, flags));
}
