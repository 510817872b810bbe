/* Other preload libraries, as far as our place among them is not simply the first. */
#ifndef CLOEXEC_NEIGHBOUR_H
#define CLOEXEC_NEIGHBOUR_H

#include <stdbool.h>

/* Is the program in the file at `path` linked with a shared runtime of AddressSanitizer?  That ends the program where
 * another library was loaded before it, unless ASAN_OPTIONS has verify_asan_link_order=0.  Opens and reads the file. */
bool wants_asan_first(const char *path);

/* Is the command at `path` a launcher whose library has to stand behind ours?  Such a library looks for libc itself: in
 * front of ours, where its launcher puts it, it goes round ours. */
bool puts_itself_in_front(const char *path);

#endif
