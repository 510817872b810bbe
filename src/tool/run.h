/* cloexec-run --report: a command with a report at its end. */
#ifndef CLOEXEC_RUN_H
#define CLOEXEC_RUN_H

/* cloexec report --run=PRELOAD -- COMMAND [ARG]..., which is what cloexec-run becomes: runs COMMAND as a child with that
 * LD_PRELOAD and with CLOEXEC_TRACE, passes signals on to it, prints the report on standard error and gives its status,
 * 128 and more for signals.  A shell script can't: what it runs in the foreground it can't send signals to, and what it
 * runs in the background has no terminal and ignores SIGINT. */
int run_and_report(const char *preload, char **command);

#endif
