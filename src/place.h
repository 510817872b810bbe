/* The directory that traces are written to, judged: by the launcher before anything runs, by the library whenever it
 * writes.
 *
 * Nobody but root and we may decide what is in there: a record must not become somebody's weapon, nor his data ours.
 */
#ifndef CLOEXEC_PLACE_H
#define CLOEXEC_PLACE_H

/* Opens `directory`, as place_copy() gives it, and gives a descriptor for use with openat; or -1, and in `*reason` why
 * not in a few words.  It is not below 3.  Raw system calls alone: async-signal-safe, errno untouched. */
int place_open(const char *directory, const char **reason);

/* The same, and whether this process may make a file there; then it is closed again.  Gives the reason, or NULL. */
const char *place_judge(const char *directory);

/* Copies the path without slashes at its end, behind which a symbolic link would be followed.  What is longer is cut;
 * the policy refuses it before. */
enum { PLACE_SIZE = 1024 };
void place_copy(char copy[PLACE_SIZE], const char *directory);

/* Moves a descriptor that landed on 0-2, which other programs expect to be something else.  Gives the new number, or
 * -1: it is closed. */
int place_aside(int fd);

#endif
