/* The comparison that PEP 433 makes: what an open and close costs without the flag, and with each way to set it. */
#include <config.h>

#include "measure.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { ROUNDS = 501, BATCH = 1000 };

/* Each is a function of its own, so that nobody pays for a choice. */
#define BATCH_OF(name, flags, afterwards)                                \
	static void name(void)                                           \
	{                                                                \
		for (int i = 0; i < BATCH; i++) {                        \
			int fd = open("/dev/null", O_RDONLY | (flags));  \
                                                                         \
			if (fd < 0 || (afterwards) < 0 || close(fd) < 0) \
				measure_failed("/dev/null");             \
		}                                                        \
	}

BATCH_OF(nothing, 0, 0)
BATCH_OF(atomic, O_CLOEXEC, 0)
BATCH_OF(by_ioctl, 0, ioctl(fd, FIOCLEX))
BATCH_OF(by_fcntl, 0, fcntl(fd, F_SETFD, FD_CLOEXEC))
BATCH_OF(by_fcntl_twice, 0, fcntl(fd, F_SETFD, fcntl(fd, F_GETFD) | FD_CLOEXEC))

static const struct row {
	const char *name;
	void (*batch)(void);
} rows[] = {
	{"no flag", nothing},
	{"O_CLOEXEC", atomic},
	{"ioctl FIOCLEX", by_ioctl},
	{"fcntl F_SETFD", by_fcntl},
	{"fcntl F_GETFD, F_SETFD", by_fcntl_twice},
};
enum { ROWS = sizeof rows / sizeof *rows };

static double turn(const void *context, size_t row)
{
	double start = measure_clock();

	(void)context;
	rows[row].batch();
	return (measure_clock() - start) / BATCH;
}

int main(void)
{
	double medians[ROWS];

	measure_on_one_processor();
	measure_rounds(ROUNDS, ROWS, turn, NULL, medians);
	printf("%-24s %8s %8s\n", "open + close", "ns", "ratio");
	for (size_t row = 0; row < ROWS; row++)
		printf("%-24s %8.0f %8.3f\n", rows[row].name, medians[row], medians[row] / medians[0]);
	return 0;
}
