/* What comes with received messages: shared by the calls and the system calls that receive. */
#ifndef CLOEXEC_MESSAGE_H
#define CLOEXEC_MESSAGE_H

#include "descriptor.h"

/* Gives every descriptor in a received message its flag, and the message the msg_flags that it would have had: the kernel
 * echoes MSG_CMSG_CLOEXEC there. */
void message_settle(struct attempt attempt, struct msghdr *message);

#endif
