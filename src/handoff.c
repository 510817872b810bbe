/* The rules, and the flags. */
#include "handoff.h"

#include "descriptor.h"
#include "named.h"
#include "raw.h"
#include "readable.h"

static bool stopped;

void handoff_stop(void)
{
	stopped = true;
}

void handoff_start(void)
{
	named_start();
}

static bool is_on(enum policy_handoff least)
{
	return !stopped && descriptor_read_policy(false) != UNREAD && descriptor_policy()->handoff >= least;
}

/* A number that the new program gets, if the flag on it is ours. */
static void hand(struct handed *handed, int fd, enum handed_rule rule)
{
	if ((!marked(fd) || notes_dropped(fd)) && !notes_made(fd))
		return;
	if (handed->count == HANDED)
		return;
	for (unsigned i = 0; i < handed->count; i++)
		if (handed->number[i] == fd)
			return;
	handed->rule[handed->count] = (unsigned char)rule;
	handed->number[handed->count++] = (uint16_t)fd;
}

static void hand_named(void *handed, int fd)
{
	hand(handed, fd, HANDED_NAMED);
}

/* /proc/self/fd/N or /dev/fd/N, and what is below it. */
static void hand_executed(struct handed *handed, const char *file, int fd)
{
	int number;

	hand(handed, fd, HANDED_EXECUTED);
	if (named_is_address(file) && named_descriptor_in(file, &number, false))
		hand(handed, number, HANDED_EXECUTED);
}

/* What the kernel will refuse is not looked at. */
static bool is_readable(const char *file, char *const *arguments, char *const *environment)
{
	return (!named_is_address(file) || readable_string(file)) &&
	       (!named_is_address(arguments) || readable_list(arguments)) &&
	       (!named_is_address(environment) || readable_list(environment));
}

static void choose(struct handed *handed, const char *file, int fd, char *const *arguments, char *const *environment)
{
	if (!is_readable(file, arguments, environment))
		return;
	hand_executed(handed, file, fd);
	if (is_on(HANDOFF_ALL))
		named_find(file, arguments, environment, hand_named, handed);
	if (named_is_helper(file))
		/* Its own are the newest, and so among the highest. */
		for (int number = marks_last; number > STDERR_FILENO; number--)
			if (marked(number) && named_kind(number) == NAMED_PIPE)
				hand(handed, number, HANDED_HELPER);
}

/* What a vfork child put in place itself has no mark, those being its parent's: the note is all there is, and it is there
 * only where the flag is ours.  Elsewhere another thread may have closed it since, which the mark knows. */
static void hand_placed(struct handed *handed)
{
	struct program self = program_self();

	/* In a shell dup2 is how the script's redirections are made. */
	if (notes.placed_count > notes.placed_lent && !program_is_shell(&self))
		for (unsigned i = notes.placed_lent; i < notes.placed_count && handed->count < HANDED; i++)
			if (handed->borrowed || marked(notes.placed[i])) {
				handed->rule[handed->count] = HANDED_PLACED;
				handed->number[handed->count++] = notes.placed[i];
			}
	for (unsigned i = notes.locked_lent; i < notes.locked_count; i++)
		hand(handed, notes.locked[i], HANDED_LOCKED);
}

/* Sets or clears our flag on all of them that are still ours; in an audit none is. */
static void flag_handed(const struct handed *handed, bool on)
{
	if (!descriptor_policy()->audit)
		for (unsigned i = 0; i < handed->count; i++)
			if (handed->borrowed || marked(handed->number[i]))
				descriptor_set_flag(handed->number[i], on);
}

void handoff_begin(struct handed *handed, const char *file, int fd, char *const *arguments, char *const *environment)
{
	handed->count = 0;
	handed->borrowed = false;
	if (!is_on(HANDOFF_PLACED)) {
		handed->notes.filter = 0;
		return;
	}
	if (notes_exist()) {
		handed->borrowed = notes_claim();
		hand_placed(handed);
	}
	handed->notes.filter = 0;
	if (marks_last || notes_exist())
		choose(handed, file, fd, arguments, environment);
	flag_handed(handed, false);
	if (notes_exist()) {
		handed->notes = notes;
		notes_clear();
	}
}

void handoff_undo(const struct handed *handed)
{
	flag_handed(handed, true);
	if (handed->notes.filter)
		notes = handed->notes;
}

void handoff_choose_for_child(struct handed *handed, const char *file, char *const *arguments, char *const *environment)
{
	handed->count = 0;
	handed->borrowed = notes_exist() && notes_claim();
	if (is_on(HANDOFF_PLACED) && marks_last)
		choose(handed, file, -1, arguments, environment);
}
