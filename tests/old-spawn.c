/* old-spawn FILE: spawns it, in both ways, as a program does that was linked before glibc 2.15, where there was a libc
 * then; says what came of it.  A program of its own: who refers to a name by two versions, of that nobody can tell
 * which.
 */
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>

#if defined __GLIBC__ && defined __x86_64__ && !defined __ILP32__
#define FIRST "GLIBC_2.2.5"
#elif defined __GLIBC__ && defined __i386__
#define FIRST "GLIBC_2.2"
#endif
#ifdef FIRST
__asm__(".symver posix_spawn, posix_spawn@" FIRST);
__asm__(".symver posix_spawnp, posix_spawnp@" FIRST);
#endif

extern char **environ;

static void tell(const char *name, __typeof__(posix_spawn) *spawn, char **command)
{
	pid_t child;
	int status = -1;
	int result = spawn(&child, command[0], NULL, NULL, command, environ);

	if (result == 0)
		waitpid(child, &status, 0);
	printf("%s: %d, status %d\n", name, result, status);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	tell("posix_spawn", posix_spawn, argv + 1);
	tell("posix_spawnp", posix_spawnp, argv + 1);
	return 0;
}
