/* The tables of the dashboard as files have them: which columns, and where the JSON of GET /api/progress holds them. */
#ifndef SERVER_ECM_PROGRESS_TABLES_H
#define SERVER_ECM_PROGRESS_TABLES_H

#include <glib.h>
#include <jansson.h>

struct progress_column {
	const char *title;
	const char *field, *otherwise; /* members of the row; the second where the first is missing */
};

struct progress_table {
	const char *name;   /* "Aziende" */
	const char *id;     /* "company" */
	const char *member; /* of the JSON */
	struct progress_column columns[8]; /* ends with a NULL title */
};

const struct progress_table *progress_tables(size_t *ret_count);

/* Borrowed from the row; NULL or null: nothing is known. */
const json_t *progress_cell(const json_t *row, const struct progress_column *column);

/* One table as CSV (csv.h), from the same JSON. NULL: no table has this id. Yours. */
GBytes *progress_csv(const json_t *progress, const char *id);

#endif
