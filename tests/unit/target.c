/* Addresses of sockets, as records have them. */
#include "libc.h"

#include "target.h"

#include "unit.h"

#include <arpa/inet.h>
#include <string.h>

static const struct {
	int family;
	int protocol;
	const char *address;
	uint16_t port;
	const char *text;
} internet[] = {
	{AF_INET, IPPROTO_TCP, "0.0.0.0", 80, "tcp:0.0.0.0:80"},
	{AF_INET, IPPROTO_TCP, "192.168.255.1", 65535, "tcp:192.168.255.1:65535"},
	{AF_INET, IPPROTO_UDP, "127.0.0.1", 53, "udp:127.0.0.1:53"},
	{AF_INET, 262, "127.0.0.1", 1, "tcp:127.0.0.1:1"},
	{AF_INET, IPPROTO_ICMP, "127.0.0.1", 0, "socket:[4711]"},
	{AF_INET6, IPPROTO_TCP, "::", 80, "tcp:[::]:80"},
	{AF_INET6, IPPROTO_TCP, "::1", 80, "tcp:[::1]:80"},
	{AF_INET6, IPPROTO_TCP, "1::", 80, "tcp:[1::]:80"},
	{AF_INET6, IPPROTO_TCP, "fe80::1:0:2", 80, "tcp:[fe80::1:0:2]:80"},
	{AF_INET6, IPPROTO_TCP, "1:0:0:2:0:0:0:3", 80, "tcp:[1:0:0:2::3]:80"},
	{AF_INET6, IPPROTO_TCP, "1:0:2:3:4:5:6:7", 80, "tcp:[1:0:2:3:4:5:6:7]:80"},
	{AF_INET6, IPPROTO_TCP, "2001:db8:ffff:10:a00:b:c:d", 80, "tcp:[2001:db8:ffff:10:a00:b:c:d]:80"},
	{AF_INET6, 132, "::ffff:1.2.3.4", 9, "sctp:[::ffff:102:304]:9"},
};

static void assert_address(const void *address, size_t length, int protocol, const char *expected)
{
	struct sockaddr_storage storage = {0};
	char room[256];
	struct line json = line_in(room, sizeof room - 1);

	memcpy(&storage, address, length);
	target_address(&json, &storage, length, protocol, 4711);
	*json.end = '\0';
	ck_assert_str_eq(room, expected);
}

START_TEST(of_the_internet)
{
	struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(internet[_i].port)};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(internet[_i].port)};

	if (internet[_i].family == AF_INET) {
		ck_assert_int_eq(inet_pton(AF_INET, internet[_i].address, &four.sin_addr), 1);
		assert_address(&four, sizeof four, internet[_i].protocol, internet[_i].text);
	} else {
		ck_assert_int_eq(inet_pton(AF_INET6, internet[_i].address, &six.sin6_addr), 1);
		assert_address(&six, sizeof six, internet[_i].protocol, internet[_i].text);
	}
}
END_TEST

START_TEST(local)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const size_t head = offsetof(struct sockaddr_un, sun_path);

	assert_address(&address, head, 0, "unix:[4711]");
	memcpy(address.sun_path, "/run/a \"b\"", 10);
	assert_address(&address, head + 11, 0, "unix:/run/a \\\"b\\\"");
	/* Not every path of this length has an end. */
	assert_address(&address, head + 6, 0, "unix:/run/a");
	memcpy(address.sun_path, "\0name\xff", 6);
	assert_address(&address, head + 6, 0, "unix:@name\\u00ff");
	memset(address.sun_path, 'x', sizeof address.sun_path);
	{
		char expected[128] = "unix:";

		memset(expected + 5, 'x', sizeof address.sun_path);
		assert_address(&address, sizeof address, 0, expected);
	}
}
END_TEST

START_TEST(others)
{
	struct sockaddr address = {.sa_family = AF_NETLINK};

	assert_address(&address, sizeof address, 0, "netlink:[4711]");
	address.sa_family = AF_PACKET;
	assert_address(&address, sizeof address, 0, "packet:[4711]");
	address.sa_family = AF_UNSPEC;
	assert_address(&address, sizeof address, 0, "socket:[4711]");
}
END_TEST

TCase *target_cases(void)
{
	TCase *cases = tcase_create("target");

	tcase_add_loop_test(cases, of_the_internet, 0, LENGTH(internet));
	tcase_add_test(cases, local);
	tcase_add_test(cases, others);
	return cases;
}
