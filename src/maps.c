/* /proc/self/maps: "start-end permissions offset device inode      path". */
#include "libc.h"

#include "maps.h"
#include "raw.h"

enum { START, END, PERMISSIONS, OFFSET, DEVICE, INODE, BLANKS, NAME, REST };

static bool is_wanted(const struct maps *maps, uintptr_t start, uintptr_t end)
{
	for (unsigned i = 0; i < maps->addresses; i++)
		if (maps->address[i] >= start && maps->address[i] < end)
			return true;
	return false;
}

/* A line has come to its path. */
static void begin_name(struct maps *maps, struct maps_line *line)
{
	line->field = REST;
	if (maps->objects == MAPS_OBJECTS || maps->names_used + MAPS_NAME > MAPS_NAMES ||
	    !is_wanted(maps, line->start, line->end))
		return;
	line->object = &maps->object[maps->objects];
	*line->object = (struct object){line->start, line->end, line->offset, maps->names + maps->names_used};
	line->length = 0;
	line->field = NAME;
}

static void end_line(struct maps *maps, struct maps_line *line)
{
	if (line->field == NAME) {
		maps->names[maps->names_used + line->length] = '\0';
		maps->names_used += line->length + 1;
		maps->objects++;
	}
	*line = (struct maps_line){0};
}

static unsigned digit(char character)
{
	return (unsigned)(character <= '9' ? character - '0' : character - 'a' + 10);
}

void maps_read(struct maps *maps, struct maps_line *line, const char *piece, size_t length)
{
	for (; length--; piece++) {
		if (*piece == '\n') {
			end_line(maps, line);
			continue;
		}
		/* Only files begin with a slash: the heap, a stack and the like have a name in brackets. */
		if (line->field == BLANKS && *piece != ' ') {
			line->field = REST;
			if (*piece == '/')
				begin_name(maps, line);
		}
		if (line->field == NAME) {
			if (line->length < MAPS_NAME - 1)
				maps->names[maps->names_used + line->length++] = *piece;
		} else if (line->field < BLANKS && (*piece == ' ' || *piece == '-') &&
			   (*piece == ' ') == (line->field != START)) {
			line->field++;
		} else if (line->field == START) {
			line->start = line->start << 4 | digit(*piece);
		} else if (line->field == END) {
			line->end = line->end << 4 | digit(*piece);
		} else if (line->field == OFFSET) {
			line->offset = line->offset << 4 | digit(*piece);
		}
	}
}

void maps_find(struct maps *maps, int fd, char *room, size_t size)
{
	struct maps_line line = {0};
	long length;

	while ((length = raw(SYS_read, fd, room, size)) > 0)
		maps_read(maps, &line, room, (size_t)length);
}

const struct object *maps_object(const struct maps *maps, const void *address)
{
	uintptr_t wanted = (uintptr_t)address;

	for (unsigned i = 0; i < maps->objects; i++)
		if (wanted >= maps->object[i].start && wanted < maps->object[i].end)
			return &maps->object[i];
	return NULL;
}
