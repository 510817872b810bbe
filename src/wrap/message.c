/* Descriptors that arrive in messages: MSG_CMSG_CLOEXEC, which the kernel echoes and which we take out again. */
#include "wrap.h"

#include <string.h>

/* Gives every descriptor in a received message its flag, and the message the flags that it would have had. */
static void settle_message(enum way way, struct msghdr *message)
{
	if (way == LEAVE)
		return;
	message->msg_flags &= ~MSG_CMSG_CLOEXEC;
	for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
		const unsigned char *data = CMSG_DATA(part);
		size_t count;

		if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS || part->cmsg_len < CMSG_LEN(0))
			continue;
		count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < count; i++) {
			int fd;

			memcpy(&fd, data + i * sizeof fd, sizeof fd);
			descriptor_settle(way, fd);
		}
	}
}

EXPORT ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	struct attempt attempt = descriptor_begin(CALL_recvmsg, flags & MSG_CMSG_CLOEXEC);
	ssize_t result = DESCRIPTOR_ATTEMPT(attempt, NEXT(recvmsg)(fd, message, flags | MSG_CMSG_CLOEXEC),
					    NEXT(recvmsg)(fd, message, flags));

	if (result >= 0)
		settle_message(attempt.way, message);
	return result;
}

EXPORT int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, recvmmsg_flags flags, struct timespec *timeout)
{
	struct attempt attempt = descriptor_begin(CALL_recvmmsg, flags & MSG_CMSG_CLOEXEC);
	int result = DESCRIPTOR_ATTEMPT(attempt, NEXT(recvmmsg)(fd, messages, count, flags | MSG_CMSG_CLOEXEC, timeout),
					NEXT(recvmmsg)(fd, messages, count, flags, timeout));

	for (int i = 0; i < result; i++)
		settle_message(attempt.way, &messages[i].msg_hdr);
	return result;
}
