/*
 * A person's fields by name: one table for the CSV and for the API, each with its rule.
 */
#ifndef SERVER_PEOPLE_FIELDS_H
#define SERVER_PEOPLE_FIELDS_H

#include "server/problem.h"
#include "server/store/people.h"

struct person_field {
	const char *csv;  /* column name */
	const char *json; /* member name */
	/* Checks and sets; false: `ret` says what is wrong (where and line are the caller's). */
	bool (*set)(struct person *person, const char *text, struct problem *ret);
	bool required;
};

/* Ends with csv == NULL. Order matters: the profession stands before its disciplines, and the list of all after both. */
extern const struct person_field person_fields[];

/* Fills `ret` and quotes the value, when there is one; gives false. */
bool person_field_fault(struct problem *ret, const struct problem_text *text, const char *value);

/* What only holds between fields: disciplines without profession, … Fills in what follows by itself. */
bool person_complete(struct person *person, struct problem *ret);

#endif
