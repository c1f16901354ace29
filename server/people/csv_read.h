/*
 * Reads comma separated values as people's tables come: UTF-8 with or without a byte order mark, ';' or ','
 * (decided by the header line), LF or CRLF, fields in double quotes with "" inside and line breaks.
 * A file in another encoding is refused by name, with the line.
 */
#ifndef SERVER_PEOPLE_CSV_READ_H
#define SERVER_PEOPLE_CSV_READ_H

#include <glib.h>

#include "player/engine/base.h"

struct csv_row {
	uint32_t line;     /* 1-based, where it begins */
	GPtrArray *fields; /* char *, trimmed */
};

struct csv_table {
	GPtrArray *rows; /* struct csv_row *; the header is the first */
};

/* CSV_ENCODING, CSV_QUOTE, CSV_TOO_LARGE or CSV_EMPTY; then `ret` is untouched. Empty lines are left out. */
bool csv_table_init(struct csv_table *ret, const char *bytes, size_t size, struct problem *ret_problem);
void csv_table_finish(struct csv_table *table);

/* The column of the header with this name (letter case ignored), -1 when absent. */
int csv_column(const struct csv_table *table, const char *name);
/* "" when the row is shorter or the column is -1. */
const char *csv_text(const struct csv_row *row, int column);

#endif
