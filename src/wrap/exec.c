/* The exec family: just before the program is replaced, what it hands on purpose loses the flag; if it is not replaced
 * after all, it gets it back.
 *
 * All of them come down to execve, execvpe, fexecve and execveat.  Nothing here allocates: these run in vfork children.
 */
#include "handoff.h"
#include "record.h"
#include "trace.h"
#include "wrap.h"

#include <stdarg.h>

/* `call` executes `file` or, where that is NULL, the descriptor `fd`; the program called it `name`. */
#define EXECUTE(name, file, fd, arguments, environment, call)             \
	({                                                                \
		struct handed handed;                                     \
		bool execute_traced;                                      \
		int execute_result;                                       \
                                                                          \
		handoff_begin(&handed, file, fd, arguments, environment); \
		execute_traced = trace_on;                                \
		if (execute_traced)                                       \
			record_exec(name, file, fd, &handed);             \
		execute_result = (call);                                  \
		if (execute_traced)                                       \
			record_failure(errno);                            \
		handoff_undo(&handed);                                    \
		execute_result;                                           \
	})

static int execute(enum record_call name, const char *path, char *const *arguments, char *const *environment)
{
	return EXECUTE(name, path, -1, arguments, environment, NEXT(execve)(path, arguments, environment));
}

static int execute_found(enum record_call name, const char *file, char *const *arguments, char *const *environment)
{
	return EXECUTE(name, file, -1, arguments, environment, NEXT(execvpe)(file, arguments, environment));
}

EXPORT int execve(const char *path, char *const arguments[], char *const environment[])
{
	return execute(RECORD_execve, path, arguments, environment);
}

EXPORT int execv(const char *path, char *const arguments[])
{
	return execute(RECORD_execv, path, arguments, environ);
}

EXPORT int execvp(const char *file, char *const arguments[])
{
	return execute_found(RECORD_execvp, file, arguments, environ);
}

EXPORT int execvpe(const char *file, char *const arguments[], char *const environment[])
{
	return execute_found(RECORD_execvpe, file, arguments, environment);
}

/* The arguments of execl and its kin as an array, on the stack like libc's own; `end` comes behind their NULL. */
#define GATHER(first, end, ...)                                            \
	do {                                                               \
		va_list gather_list;                                       \
		size_t gather_count = 1;                                   \
                                                                           \
		va_start(gather_list, first);                              \
		while (va_arg(gather_list, const char *))                  \
			gather_count++;                                    \
		va_end(gather_list);                                       \
		{                                                          \
			char *gathered[gather_count + 1];                  \
                                                                           \
			va_start(gather_list, first);                      \
			gathered[0] = (char *)(first);                     \
			for (size_t i = 1; i <= gather_count; i++)         \
				gathered[i] = va_arg(gather_list, char *); \
			end;                                               \
			va_end(gather_list);                               \
			return __VA_ARGS__;                                \
		}                                                          \
	} while (0)

EXPORT int execl(const char *path, const char *first, ...)
{
	GATHER(first, , execute(RECORD_execl, path, gathered, environ));
}

EXPORT int execlp(const char *file, const char *first, ...)
{
	GATHER(first, , execute_found(RECORD_execlp, file, gathered, environ));
}

EXPORT int execle(const char *path, const char *first, ...)
{
	char *const *environment;

	GATHER(first, environment = va_arg(gather_list, char *const *),
	       execute(RECORD_execle, path, gathered, environment));
}

EXPORT int fexecve(int fd, char *const arguments[], char *const environment[])
{
	return EXECUTE(RECORD_fexecve, NULL, fd, arguments, environment, NEXT(fexecve)(fd, arguments, environment));
}

EXPORT int execveat(int directory, const char *path, char *const arguments[], char *const environment[], int flags)
{
	return EXECUTE(RECORD_execveat, path, directory, arguments, environment,
		       NEXT(execveat)(directory, path, arguments, environment, flags));
}

/* A shell, executed inside libc: no more than the trace is told of it. */
EXPORT int system(const char *command)
{
	int result;

	if (!command || !trace_on)
		return NEXT(system)(command);
	record_exec(RECORD_system, "/bin/sh", -1, NULL);
	result = NEXT(system)(command);
	if (result == -1)
		record_failure(errno);
	return result;
}
