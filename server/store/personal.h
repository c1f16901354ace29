/* Everything about one person, wherever it is stored: shown to them, or made to go (personal.def). */
#ifndef SERVER_STORE_PERSONAL_H
#define SERVER_STORE_PERSONAL_H

#include <glib.h>
#include <jansson.h>

#include "server/store/store.h"

struct personal_section {
	const char *name;  /* "questionari" */
	const char *title; /* "Questionari di collocazione" */
};

/* `ret_count` of them, in the order of personal_rows(). */
const struct personal_section *personal_sections(size_t *ret_count);

/* The rows of one section, a list of objects. Columns told as ":journal" come as base64 under "NAME:journal". */
json_t *personal_rows(struct db *db, size_t section, int64_t person);

/* Inside a work function: all that tells who the person was goes, what statistics count stays. */
void personal_forget(struct db *db, int64_t person);

/* What holds a person's data back from going. */
struct personal_duty {
	char event_end[11];  /* last day of the last event they have evidence in; empty: none */
	char completed[11];  /* first day they completed a path; empty: never */
	char unreported[251]; /* title of an event whose credits have not been reported yet; empty: none */
	int64_t updated_at;  /* when the person's data last changed, ms */
	bool anonymised;
	bool active;
};

/* False: no such person. */
bool personal_duty(struct db *db, int64_t person, struct personal_duty *ret);
/* Operators, and nothing else, who may no longer log in and are not anonymous yet: from an id on, at most `most`;
 * int64_t each. */
GArray *personal_left(struct db *db, int64_t after, int64_t most);

#endif
