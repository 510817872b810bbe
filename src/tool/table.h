/* A table on a terminal: columns as wide as they must be, and no line wider than the terminal. */
#ifndef CLOEXEC_TABLE_H
#define CLOEXEC_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { TABLE_COLUMNS = 8 };

struct table {
	unsigned columns;
	struct table_column {
		const char *head;
		bool right;   /* numbers */
		bool shrinks; /* what its cells have in the middle can be left out */
	} column[TABLE_COLUMNS];

	/* Used by table.c alone. */
	struct table_cell {
		char *text[2]; /* the whole, and the short one for narrow terminals: visible */
		size_t width[2];
	} * cells;
	size_t count;
};

/* The next cell, row by row.  Both texts may be anybody's; `brief` is the same in fewer words, or NULL. */
void table_add(struct table *table, const char *whole, const char *brief);

/* Writes it, a head and the rows, none wider than `width`; 0: as wide as they like.  A column whose cells are all empty
 * is left out, and no line ends with blanks.  Gives up the cells. */
void table_write(struct table *table, FILE *file, size_t width);

/* How wide lines on this stream may be: what COLUMNS says, or the terminal; else, and where that is 0, 0. */
size_t table_width(FILE *file);

#endif
