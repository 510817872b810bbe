/* Descriptors that arrive in messages: MSG_CMSG_CLOEXEC, which the kernel echoes and which we take out again. */
#include "message.h"
#include "wrap.h"

#include <string.h>

void message_settle(struct attempt attempt, struct msghdr *message)
{
	if (attempt.way != LEAVE)
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
			descriptor_settle(attempt, fd);
		}
	}
}

#define RECVMSG(name)                                                                                                \
	EXPORT ssize_t name(int fd, struct msghdr *message, int flags)                                               \
	{                                                                                                            \
		struct attempt attempt = descriptor_begin(CALL_##name, flags & MSG_CMSG_CLOEXEC);                    \
		ssize_t result = DESCRIPTOR_ATTEMPT(attempt, NEXT(name)(fd, message, flags | MSG_CMSG_CLOEXEC),      \
						    NEXT(name)(fd, message, flags));                                 \
                                                                                                                     \
		if (result >= 0)                                                                                     \
			message_settle(attempt, message);                                                            \
		else                                                                                                 \
			descriptor_correct_copy(&attempt, -1, fd);                                                     \
		return result;                                                                                       \
	}

RECVMSG(recvmsg)
RECVMSG(__recvmsg64)

#define RECVMMSG(name)                                                                                               \
	EXPORT int name(int fd, struct mmsghdr *messages, unsigned count, recvmmsg_flags flags,                      \
			struct timespec *timeout)                                                                    \
	{                                                                                                            \
		struct attempt attempt = descriptor_begin(CALL_##name, flags & MSG_CMSG_CLOEXEC);                    \
		int result = DESCRIPTOR_ATTEMPT(attempt,                                                             \
						NEXT(name)(fd, messages, count, flags | MSG_CMSG_CLOEXEC, timeout),  \
						NEXT(name)(fd, messages, count, flags, timeout));                    \
                                                                                                                     \
		for (int i = 0; i < result; i++)                                                                     \
			message_settle(attempt, &messages[i].msg_hdr);                                               \
		return result;                                                                                       \
	}

RECVMMSG(recvmmsg)
RECVMMSG(__recvmmsg64)
