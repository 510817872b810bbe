/* What a unit of systemd says that is in the library's way. */
#ifndef CLOEXEC_UNIT_H
#define CLOEXEC_UNIT_H

/* Asks systemctl for the settings with which `name` will be started next, and calls `tell` for each thing in them that
 * keeps the library out, or that the library would make fail: one word for programs, and a line for people.  Gives how
 * many there were, 0 for a unit that is covered; or -1 where the unit can't be asked for, having said why on standard
 * error. Rests on systemctl(1) of systemd 231 or later. */
int unit_check(const char *name, void (*tell)(void *data, const char *word, const char *text), void *data);

#endif
