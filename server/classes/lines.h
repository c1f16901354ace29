/*
 * A CSV that somebody hands in for a class: its lines go into the store one by one. Good ones come in, each other one is
 * told with its number and the codice fiscale that it is about.
 */
#ifndef SERVER_CLASSES_LINES_H
#define SERVER_CLASSES_LINES_H

#include "assessment/faults.h"
#include "server/http/request.h"
#include "server/people/csv_read.h"
#include "server/store/people.h"

#define CLASS_COLUMNS_MAX 6

struct class_lines {
	const char *columns[CLASS_COLUMNS_MAX]; /* their names; the first is codice_fiscale */
	/* Are those there that are needed (-1: absent)? False: `ret` says which are. */
	bool (*complete)(const int at[CLASS_COLUMNS_MAX], struct problem *ret);
	/* In a work function. False: `ret` says why the line does not come in. */
	bool (*take)(struct db *db, struct class_lines *lines, const struct csv_row *row, struct problem *ret);
	void *data; /* theirs */
	int64_t by;
	/* The rest is filled while it goes on. */
	struct csv_table table;
	int at[CLASS_COLUMNS_MAX];
	int64_t taken, rejected;
	struct faults faults;
};

/* Takes the body of the request: {taken, rejected, problems}, a new reference; NULL: a refusal was answered. */
json_t *class_lines_take(struct request *request, struct reply *reply, struct class_lines *lines);

/* For `take`: a field, "" when absent; whom the line is about; something told although the line comes in. */
const char *class_line_text(const struct class_lines *lines, const struct csv_row *row, int column);
bool class_line_person(struct db *db, const struct class_lines *lines, const struct csv_row *row, struct person *ret,
	struct problem *ret_problem);
void class_line_tell(struct class_lines *lines, const struct csv_row *row, const struct problem *problem);

#endif
