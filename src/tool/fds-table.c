#include <config.h>

#include "fds-table.h"

#include "visible.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct table_layout table_layout(bool flag)
{
	struct table_layout layout = {.flag = flag};
	const char *columns = getenv("COLUMNS");
	struct winsize window;

	if (!isatty(STDOUT_FILENO))
		return layout;
	if (columns && atoi(columns) > 0)
		layout.columns = (size_t)atoi(columns);
	else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0)
		layout.columns = window.ws_col;
	return layout;
}

/* What a line begins with, up to the target. */
struct line {
	char text[512];
	size_t columns;
};

static void add_text(struct line *line, const char *text, size_t width)
{
	size_t used = strlen(line->text);
	size_t columns = visible(line->text + used, sizeof line->text - used, text);

	line->columns += columns;
	for (used = strlen(line->text); columns <= width && used + 1 < sizeof line->text; columns++, line->columns++)
		line->text[used++] = ' ';
	line->text[used] = '\0';
}

static void add_number(struct line *line, const char *text, int width)
{
	int used = (int)strlen(line->text);

	used = snprintf(line->text + used, sizeof line->text - (size_t)used, "%*s ", width, text);
	line->columns += (size_t)used;
}

enum { PID_WIDTH = 7, PROGRAM_WIDTH = 15, COVERED_WIDTH = 7, NUMBER_WIDTH = 5, WORD_WIDTH = 9, FLAG_WIDTH = 7 };

static struct line begin_line(const char *pid, const char *program, const char *covered)
{
	struct line line = {.columns = 0};

	add_number(&line, pid, PID_WIDTH);
	add_text(&line, program, PROGRAM_WIDTH);
	add_text(&line, covered, COVERED_WIDTH);
	return line;
}

/* The end of a path tells more than its beginning. */
static void end_line(const struct table_layout *layout, struct line *line, const char *target)
{
	static const char dots[] = "...";
	char text[4 * PATH_MAX];
	const char *rest = text;
	size_t columns = visible(text, sizeof text, target);

	if (layout->columns && line->columns + columns > layout->columns) {
		size_t room =
			layout->columns > line->columns + sizeof dots ? layout->columns - line->columns : sizeof dots;

		rest = visible_end(text, room - (sizeof dots - 1));
	}
	printf("%s%s%s\n", line->text, rest == text ? "" : dots, rest);
}

void table_heading(const struct table_layout *layout)
{
	struct line line = begin_line("PID", "PROGRAM", "COVERED");

	add_number(&line, "FD", NUMBER_WIDTH);
	add_text(&line, "KIND", WORD_WIDTH);
	if (layout->flag)
		add_text(&line, "FLAG", FLAG_WIDTH);
	add_text(&line, "FROM", WORD_WIDTH);
	end_line(layout, &line, "TARGET");
}

static const char *cover_word(const struct cover *cover)
{
	switch (cover->state) {
	case COVER_ON:
		return cover->replaced ? "old" : "yes";
	case COVER_OFF:
		return "off";
	case COVER_NONE:
		return "no";
	default:
		return "-";
	}
}

void table_process(const struct table_layout *layout, const struct process *process, const struct cover *cover,
		   const struct descriptors *found)
{
	char pid[16];
	char number[16];
	struct line start;

	snprintf(pid, sizeof pid, "%d", process->pid);
	start = begin_line(pid, process->name, cover_word(cover));
	for (size_t i = 0; i < found->count; i++) {
		const struct descriptor *descriptor = &found->list[i];
		struct line line = start;

		snprintf(number, sizeof number, "%d", descriptor->fd);
		add_number(&line, number, NUMBER_WIDTH);
		add_text(&line, kind_words[descriptor->kind], WORD_WIDTH);
		if (layout->flag)
			add_text(&line, descriptor->passed ? "-" : "cloexec", FLAG_WIDTH);
		add_text(&line, origin_word(descriptor->origin) ? origin_word(descriptor->origin) : "-", WORD_WIDTH);
		end_line(layout, &line, descriptor->target);
	}
	if (found->count == 0) {
		add_number(&start, "-", NUMBER_WIDTH);
		add_text(&start, "-", WORD_WIDTH);
		if (layout->flag)
			add_text(&start, "-", FLAG_WIDTH);
		add_text(&start, "-", WORD_WIDTH);
		end_line(layout, &start, "-");
	}
}
