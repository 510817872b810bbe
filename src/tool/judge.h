/* Can the library cover this program, for this caller? */
#ifndef CLOEXEC_JUDGE_H
#define CLOEXEC_JUDGE_H

#include <limits.h>
#include <stdbool.h>

enum verdict {
	COVERABLE,
	NOT_COVERABLE,  /* it would run, unprotected */
	NOT_EXECUTABLE, /* it is there, but can't be executed */
	NOT_FOUND,
};

struct judgement {
	enum verdict verdict;
	bool script;               /* what runs is the interpreter that its first line names */
	bool other_libc;           /* what runs is built for another C library: ours would keep it from starting */
	const char *word;          /* why not, for programs; NULL where COVERABLE */
	char reason[2 * PATH_MAX]; /* the same for people, in a few words; empty where COVERABLE */
	char program[PATH_MAX];    /* the file that runs, as far as it was found */
	char library[PATH_MAX];    /* what covers it, where that is a library for another architecture; else empty */
};

/* Judges the file at `path` as an exec by this process, with its user, groups and capabilities, would find it. */
void judge(const char *path, struct judgement *judgement);

/* Finds what an exec of `name` would find: `name` itself where it has a slash, else the first executable file of PATH.
 * Gives COVERABLE for "found, in `path`", NOT_EXECUTABLE with a file in `path` that can't be executed, or NOT_FOUND. */
enum verdict find_command(const char *name, char path[PATH_MAX]);

#endif
