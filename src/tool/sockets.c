#include <config.h>

#include "sockets.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The kernel's tables, and in which column, from 0, the inode is.  unix comes last: the names in it are others' words,
 * and one with a line end in it must not pass for another's entry. */
static const struct table {
	const char *file;
	const char *protocol;
	int inode_column;
} tables[] = {
	{"net/tcp", "tcp", 9},    {"net/tcp6", "tcp", 9},      {"net/udp", "udp", 9},
	{"net/udp6", "udp", 9},   {"net/udplite", "udp", 9},   {"net/udplite6", "udp", 9},
	{"net/raw", "raw", 9},    {"net/raw6", "raw", 9},      {"net/icmp", "icmp", 9},
	{"net/icmp6", "icmp", 9}, {"net/packet", "packet", 8}, {"net/netlink", "netlink", 9},
	{"net/unix", "unix", 6},
};

/* One socket: its line in one of the tables, which stays as it was read until it is asked for. */
struct entry {
	unsigned long inode; /* 0: free */
	const struct table *table;
	const char *line;
	bool doubtful; /* two lines claim to be it */
};

struct network {
	struct network *next;
	char namespace[64];
	struct entry *entries; /* a hash with open addressing; `size` is a power of two */
	size_t size;
	size_t used;
};

static struct network *networks;

static struct entry *find(const struct network *network, unsigned long inode)
{
	size_t place = (size_t)inode * 0x9e3779b1U;

	while (network->entries[place & (network->size - 1)].inode != 0 &&
	       network->entries[place & (network->size - 1)].inode != inode)
		place++;
	return &network->entries[place & (network->size - 1)];
}

static bool grow(struct network *network)
{
	struct network larger = {.size = network->size ? network->size * 2 : 1024};

	larger.entries = calloc(larger.size, sizeof *larger.entries);
	if (!larger.entries)
		return false;
	for (size_t i = 0; i < network->size; i++)
		if (network->entries[i].inode)
			*find(&larger, network->entries[i].inode) = network->entries[i];
	free(network->entries);
	network->entries = larger.entries;
	network->size = larger.size;
	return true;
}

static const char *column(const char *line, int number)
{
	for (line += strspn(line, " "); number > 0; number--) {
		line += strcspn(line, " ");
		line += strspn(line, " ");
	}
	return line;
}

static void add(struct network *network, const struct table *table, const char *line)
{
	unsigned long inode = strtoul(column(line, table->inode_column), NULL, 10);
	struct entry *entry;

	if (inode == 0 || (network->used * 2 >= network->size && !grow(network)))
		return;
	entry = find(network, inode);
	if (entry->inode) {
		entry->doubtful |= entry->table == table && strcmp(entry->line, line) != 0;
		return;
	}
	*entry = (struct entry){.inode = inode, .table = table, .line = line};
	network->used++;
}

/* The text of the tables stays in memory: the entries point into it. */
static void read_table(struct network *network, const struct table *table, const struct process *process)
{
	size_t size;
	char *line = read_whole(process->directory, table->file, &size);
	char *end;
	bool heading = true;

	for (; line && (end = strchr(line, '\n')); line = end + 1, heading = false) {
		*end = '\0';
		if (!heading)
			add(network, table, line);
	}
}

static struct network *network_of(const struct process *process)
{
	char namespace[64];
	struct network *network;

	if (!read_link(process->directory, "ns/net", namespace, sizeof namespace))
		return NULL;
	for (network = networks; network; network = network->next)
		if (strcmp(network->namespace, namespace) == 0)
			return network;
	network = calloc(1, sizeof *network);
	if (!network || !grow(network)) {
		free(network);
		return NULL;
	}
	memcpy(network->namespace, namespace, sizeof namespace);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		read_table(network, &tables[i], process);
	network->next = networks;
	networks = network;
	return network;
}

/* `0100007F:0050`, or with 32 digits: words in the machine's byte order, of a number in the network's. */
static bool read_address(const char *from, char *address, size_t size, unsigned *port)
{
	uint32_t word[4];
	char text[INET6_ADDRSTRLEN];

	if (sscanf(from, "%8x%8x%8x%8x:%x", &word[0], &word[1], &word[2], &word[3], port) == 5)
		snprintf(address, size, "[%s]", inet_ntop(AF_INET6, word, text, sizeof text));
	else if (sscanf(from, "%8x:%x", &word[0], port) == 2)
		snprintf(address, size, "%s", inet_ntop(AF_INET, word, text, sizeof text));
	else
		return false;
	return true;
}

/* An Internet socket: where it is bound, and who is at the other end. */
static bool describe_internet(const struct entry *entry, char *text, size_t size)
{
	enum { STATE_LISTEN = 10 }; /* include/net/tcp_states.h */
	char local[INET6_ADDRSTRLEN + 2];
	char remote[INET6_ADDRSTRLEN + 2];
	unsigned local_port;
	unsigned remote_port;

	if (!read_address(column(entry->line, 1), local, sizeof local, &local_port) ||
	    !read_address(column(entry->line, 2), remote, sizeof remote, &remote_port)) {
		snprintf(text, size, "%s:[%lu]", entry->table->protocol, entry->inode);
		return false;
	}
	if (remote_port)
		snprintf(text, size, "%s:%s:%u->%s:%u", entry->table->protocol, local, local_port, remote, remote_port);
	else
		snprintf(text, size, "%s:%s:%u", entry->table->protocol, local, local_port);
	return strcmp(entry->table->protocol, "tcp") == 0 && strtoul(column(entry->line, 3), NULL, 16) == STATE_LISTEN;
}

static bool describe_local(const struct entry *entry, char *text, size_t size)
{
	enum { ACCEPTS = 0x10000 }; /* __SO_ACCEPTCON, include/linux/net.h */
	const char *path = strchr(column(entry->line, entry->table->inode_column), ' ');

	if (path && !entry->doubtful)
		snprintf(text, size, "unix:%s", path + 1);
	else
		snprintf(text, size, "unix:[%lu]", entry->inode);
	return strtoul(column(entry->line, 3), NULL, 16) & ACCEPTS;
}

bool socket_describe(const struct process *process, unsigned long inode, char *text, size_t size)
{
	const struct network *network = network_of(process);
	const struct entry *entry = network ? find(network, inode) : NULL;

	if (!entry || !entry->inode) {
		snprintf(text, size, "socket:[%lu]", inode);
		return false;
	}
	if (strcmp(entry->table->protocol, "unix") == 0)
		return describe_local(entry, text, size);
	if (entry->table->inode_column == 9 && strcmp(entry->table->protocol, "netlink") != 0)
		return describe_internet(entry, text, size);
	snprintf(text, size, "%s:[%lu]", entry->table->protocol, inode);
	return false;
}
