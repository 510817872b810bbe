/* The subcommands of `cloexec`.  Each takes its own arguments, argv[0] being its name, and gives the exit status. */
#ifndef CLOEXEC_TOOL_H
#define CLOEXEC_TOOL_H

/* cloexec check FILE...: 0 where all can be covered, 1 where some can't, 2 where one can't be judged. */
int check_main(int argc, char **argv);

/* cloexec fds [PID|NAME]...: 0 where an exec would pass on nothing, 1 where it would, 2 where one can't be looked at.
 */
int fds_main(int argc, char **argv);

/* cloexec check --launch=LIBRARY [--force] -- COMMAND, which is what cloexec-run asks before it starts COMMAND: is the
 * policy in the environment good, does LIBRARY load, can COMMAND be covered?  Prints the word for LD_PRELOAD
 * (`-`: better none, the library would keep COMMAND from starting) and
 * `shell`, `program` or `script`, with ` asan` where its AddressSanitizer minds who is loaded first; or one line on standard error, and gives 125, 126 or 127. */
int check_launch(const char *library, int force, const char *command);

/* cloexec report [OPTION] DIRECTORY: 0 where nothing was passed on that nobody asked for, 1 where something was, 2 where
 * something could not be read. */
int report_main(int argc, char **argv);

/* After getopt_long found one that it does not know, or that takes no value: one line on standard error, and 2. */
int refuse_option(char **argv);

#endif
