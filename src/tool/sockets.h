/* Which address a socket has. */
#ifndef CLOEXEC_SOCKETS_H
#define CLOEXEC_SOCKETS_H

#include "process.h"

/* Describes the socket `inode` of that process: `tcp:ADDRESS:PORT`, `unix:PATH` and so on, `socket:[inode]` where
 * nothing is known of it.  True: it listens.  The tables in /proc/PID/net are read once for each network namespace, and
 * kept. */
bool socket_describe(const struct process *process, unsigned long inode, char *text, size_t size);

#endif
