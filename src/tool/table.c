#include <config.h>

#include "table.h"

#include "memory.h"
#include "visible.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <wchar.h>

enum { GAP = 2, NARROWEST = 4, DEFAULT_WIDTH = 80 };

static char *make_visible(const char *text, size_t *width)
{
	size_t size = 4 * strlen(text) + 1;
	char *shown = memory_more(NULL, 0, size);

	*width = visible(shown, size, text);
	return shown;
}

void table_add(struct table *table, const char *whole, const char *brief)
{
	struct table_cell *cell;

	table->cells = memory_more(table->cells, table->count, sizeof *table->cells);
	cell = &table->cells[table->count++];
	cell->text[0] = make_visible(whole, &cell->width[0]);
	cell->text[1] = make_visible(brief ? brief : whole, &cell->width[1]);
}

/* Which text each column shows, and in how many columns of the terminal. */
struct layout {
	int form[TABLE_COLUMNS];
	size_t width[TABLE_COLUMNS];
};

static size_t width_of(const struct table *table, unsigned column, int form)
{
	size_t width = 0;

	for (size_t i = column; i < table->count; i += table->columns)
		if (table->cells[i].width[form] > width)
			width = table->cells[i].width[form];
	if (width && width < strlen(table->column[column].head))
		width = strlen(table->column[column].head);
	return width;
}

static size_t total_width(const struct table *table, const struct layout *layout)
{
	size_t total = 0;

	for (unsigned i = 0; i < table->columns; i++)
		if (layout->width[i])
			total += layout->width[i] + GAP;
	return total ? total - GAP : 0;
}

/* Takes one from the widest that can give. */
static bool shrink(const struct table *table, struct layout *layout)
{
	unsigned widest = table->columns;

	for (unsigned i = 0; i < table->columns; i++)
		if (table->column[i].shrinks && layout->width[i] > NARROWEST &&
		    (widest == table->columns || layout->width[i] > layout->width[widest]))
			widest = i;
	if (widest == table->columns)
		return false;
	layout->width[widest]--;
	return true;
}

static void lay_out(const struct table *table, struct layout *layout, size_t width)
{
	*layout = (struct layout){0};
	for (unsigned i = 0; i < table->columns; i++)
		layout->width[i] = width_of(table, i, 0);
	/* The widest first: what can be said in fewer words. */
	while (width && total_width(table, layout) > width) {
		unsigned widest = table->columns;

		for (unsigned i = 0; i < table->columns; i++)
			if (!layout->form[i] && width_of(table, i, 1) < layout->width[i] &&
			    (widest == table->columns || layout->width[i] > layout->width[widest]))
				widest = i;
		if (widest == table->columns)
			break;
		layout->form[widest] = 1;
		layout->width[widest] = width_of(table, widest, 1);
	}
	while (width && total_width(table, layout) > width && shrink(table, layout))
		;
}

/* A line on its way; blanks are held back until something follows them. */
struct line {
	FILE *file;
	size_t blanks;
};

static void write_blanks(struct line *line)
{
	for (; line->blanks > 0; line->blanks--)
		putc(' ', line->file);
}

/* Writes a text that is too wide: its beginning, a mark, and its end, which of a path is what matters. */
static void write_cut(FILE *file, const char *text, size_t width)
{
	bool has_ellipsis = wcwidth(L'\u2026') == 1;
	size_t end_width = width * 2 / 3;
	const char *end = visible_end(text, end_width);
	size_t left = width - 1 - end_width;
	const char *beginning_end = text;

	/* A character may be two columns wide: what is cut at the beginning is plain or left out. */
	while (left > 0 && beginning_end < end && (unsigned char)*beginning_end < 0x80) {
		beginning_end++;
		left--;
	}
	fwrite(text, 1, (size_t)(beginning_end - text), file);
	fputs(has_ellipsis ? "\u2026" : "~", file);
	fputs(end, file);
}

static void write_cell(struct line *line, const char *text, size_t text_width, size_t width, bool right)
{
	size_t blanks = text_width < width ? width - text_width : 0;

	if (right)
		line->blanks += blanks;
	if (*text)
		write_blanks(line);
	if (text_width > width)
		write_cut(line->file, text, width);
	else
		fputs(text, line->file);
	line->blanks += (right ? 0 : blanks) + GAP;
}

void table_write(struct table *table, FILE *file, size_t width)
{
	struct line line = {.file = file};
	struct layout layout;

	lay_out(table, &layout, width);
	for (unsigned i = 0; i < table->columns; i++)
		if (layout.width[i])
			write_cell(&line, table->column[i].head, strlen(table->column[i].head), layout.width[i],
				   table->column[i].right);
	for (size_t i = 0; i < table->count; i++) {
		unsigned column = (unsigned)(i % table->columns); // NOLINT(clang-analyzer-core.DivideZero): a table has columns
		struct table_cell *cell = &table->cells[i];
		int form = layout.form[column];

		if (column == 0) {
			putc('\n', file);
			line.blanks = 0;
		}
		if (layout.width[column])
			write_cell(&line, cell->text[form], cell->width[form], layout.width[column],
				   table->column[column].right);
		free(cell->text[0]);
		free(cell->text[1]);
	}
	putc('\n', file);
	free(table->cells);
	table->cells = NULL;
	table->count = 0;
}

size_t table_width(FILE *file)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	char *end;
	unsigned long width;

	if (columns && *columns) {
		width = strtoul(columns, &end, 10);
		if (!*end && width < 10000)
			return width;
	}
	if (ioctl(fileno(file), TIOCGWINSZ, &size) < 0)
		return 0;
	return size.ws_col ? size.ws_col : DEFAULT_WIDTH;
}
