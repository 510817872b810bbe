/* The same without our header: a plugin, say, that asks whether the program around it is covered.
 *
 *     cc lookup.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>

int main(void)
{
	int (*getdefault)(void) = NULL;

	*(void **)&getdefault = dlsym(RTLD_DEFAULT, "cloexec_getdefault");
	if (!getdefault)
		puts("the library is not here");
	else
		printf("new descriptors are close-on-exec: %d\n", getdefault());
	return 0;
}
