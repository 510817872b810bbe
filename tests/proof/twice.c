/* vfork returns twice: to the child, which here writes over the stack below, and then to the parent.  Says "3 children". */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

__attribute__((noinline)) static void write_below(void)
{
	char below[512];

	memset(below, 'A', sizeof below);
	__asm__ volatile("" : : "r"(below) : "memory");
}

/* A child that ends with that status. */
static bool made(int status)
{
	int found = -1;
	pid_t child = vfork();

	if (child == 0) {
		write_below();
		_exit(status);
	}
	return child > 0 && waitpid(child, &found, 0) == child && WIFEXITED(found) && WEXITSTATUS(found) == status;
}

int main(void)
{
	printf("%d children\n", made(0) + made(1) + made(2));
	return 0;
}
