/* A closer look at a program: what it does that goes round the library, though it can be covered. */
#ifndef CLOEXEC_LOOK_H
#define CLOEXEC_LOOK_H

/* Calls `tell` for each thing seen in the file at `path`: one word for programs, and a few for people.  Only this file
 * is looked at, none of the libraries that it needs or loads. */
void look_at_program(const char *path, void (*tell)(void *data, const char *word, const char *text), void *data);

#endif
