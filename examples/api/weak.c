/* A program that runs with and without the library: weak symbols are NULL where nobody has them.
 *
 *     cc -fPIE -pie weak.c       (code that is not position-independent would settle on NULL when it is linked)
 */
#define CLOEXEC_WEAK
#include <cloexec.h>
#include <fcntl.h>
#include <stdio.h>

int main(void)
{
	int before = cloexec_getdefault ? cloexec_getdefault() : 0;
	int fd;

	/* What is made from here on goes to a child, whoever makes it. */
	if (cloexec_setdefault)
		cloexec_setdefault(0);
	fd = open("/dev/null", O_RDWR);
	if (cloexec_setdefault)
		cloexec_setdefault(before);

	printf("default %d, then 0: flag %d\n", before, fcntl(fd, F_GETFD));
	printf("default again: flag %d\n", fcntl(open("/dev/null", O_RDWR), F_GETFD));
	return 0;
}
