/* What a descriptor is, for a record: "kind":"listening","target":"tcp:127.0.0.1:80" */
#ifndef CLOEXEC_TARGET_H
#define CLOEXEC_TARGET_H

#include "about.h"
#include "line.h"

/* Most bytes of a name in a record, and of all the names that are read to get there. */
enum { TARGET_MOST = 255, TARGET_ROOM = 512 };

/* Writes both.  `about` is what statx says of it; `room` is for its use.  Raw system calls alone. */
void target_write(struct line *json, int fd, const struct about *about, char room[TARGET_ROOM]);

/* The name of a symbolic link below /proc, as far as there is room; the empty text where there is none. */
void target_link(const char *path, char *room, size_t size);

/* The address of a socket: "tcp:[::1]:80", "unix:@name"; `inode` stands for one without.  Logic. */
void target_address(struct line *json, const struct sockaddr_storage *address, size_t length, int protocol,
		    unsigned long long inode);

#endif
