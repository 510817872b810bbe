/* Where traces go. */
#include "place.h"

#include "about.h"

#include <sys/stat.h>

int place_aside(int fd)
{
	int moved;

	if (fd < 0 || fd > STDERR_FILENO)
		return fd < 0 ? -1 : fd;
	moved = (int)raw(SYS_fcntl, fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	raw(SYS_close, fd);
	return moved < 0 ? -1 : moved;
}

static const char *reason_of(long error)
{
	switch (-error) {
	case ENOENT:
		return "there is no such directory here";
	case ENOTDIR:
	case ELOOP:
		return "not a directory, or a symbolic link to one";
	case EACCES:
		return "this user may not go there";
	default:
		return "can't be opened";
	}
}

int place_open(const char *directory, const char **reason)
{
	long opened = raw(SYS_openat, AT_FDCWD, directory, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct about about;
	int fd;

	if (opened < 0) {
		*reason = reason_of(opened);
		return -1;
	}
	fd = place_aside((int)opened);
	if (fd < 0 || !about_descriptor(&about, fd))
		*reason = "can't be looked at";
	else if (about.user != 0 && about.user != (unsigned)raw(SYS_geteuid))
		*reason = "it belongs to somebody else";
	else if ((about.mode & (S_IWGRP | S_IWOTH)) && !(about.mode & S_ISVTX))
		*reason = "others may write there and it is not sticky (chmod +t)";
	else
		return fd;
	if (fd >= 0)
		raw(SYS_close, fd);
	return -1;
}

void place_copy(char copy[PLACE_SIZE], const char *directory)
{
	size_t length = 0;

	for (; length < PLACE_SIZE - 1 && directory[length]; length++)
		copy[length] = directory[length];
	while (length > 1 && copy[length - 1] == '/')
		length--;
	copy[length] = '\0';
}

const char *place_judge(const char *directory)
{
	enum { SYS_FACCESSAT2 = 439, EFFECTIVE = 0x200 }; /* Linux 5.8 */
	const char *reason = NULL;
	char path[PLACE_SIZE];
	long denied;
	int fd;

	place_copy(path, directory);
	fd = place_open(path, &reason);
	if (fd < 0)
		return reason;
	denied = raw(SYS_FACCESSAT2, fd, ".", W_OK | X_OK, EFFECTIVE);
	if (denied == -ENOSYS || denied == -EPERM)
		denied = raw(SYS_faccessat, fd, ".", W_OK | X_OK);
	raw(SYS_close, fd);
	return denied ? denied == -EROFS ? "it is on a read-only file system" : "this user may not write there" : NULL;
}
