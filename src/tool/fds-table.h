/* What `cloexec fds` found, as a table for people. */
#ifndef CLOEXEC_FDS_TABLE_H
#define CLOEXEC_FDS_TABLE_H

#include "cover.h"
#include "descriptors.h"
#include "process.h"

struct table_layout {
	bool flag;      /* a column for the flag */
	size_t columns; /* how wide it may become; 0: as wide as it is */
};

/* As wide as the terminal that standard output is; anything else gets its lines whole. */
struct table_layout table_layout(bool flag);

void table_heading(const struct table_layout *layout);

/* One line for each descriptor, or one that has none. */
void table_process(const struct table_layout *layout, const struct process *process, const struct cover *cover,
		   const struct descriptors *found);

#endif
