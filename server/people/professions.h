/*
 * The professions of a person, each with its disciplines: N:N as in the participants' report [ECM 1.1, 1.3].
 *
 * Written "1.58.59:5.78", as in the report's CSV [ECM 1.8]: profession and disciplines with '.', professions with ':'
 * (or a blank). The first one is the main profession. A profession that has one discipline only needs none written.
 */
#ifndef SERVER_PEOPLE_PROFESSIONS_H
#define SERVER_PEOPLE_PROFESSIONS_H

#include <jansson.h>

#include "server/store/people.h"

/* Setters of the table in fields.h; false: `ret` says why, and the person may be half set. */

/* One code: the main profession. Its disciplines go; other professions stay. Also the notation above, which is all. */
bool professions_set_main(struct person *person, const char *text, struct problem *ret);
/* The disciplines of the main profession, separated by blanks. */
bool professions_set_disciplines(struct person *person, const char *text, struct problem *ret);
/* All, in the notation above. Empty: nothing changes. */
bool professions_set_all(struct person *person, const char *text, struct problem *ret);

/* Each profession has a discipline; the only one of a profession is filled in. */
bool professions_complete(struct person *person, struct problem *ret);

/* "1.58.59:5.78"; empty without. Yours (g_free). */
char *professions_text(const struct person *person);

/* [{code, name, disciplines: [{code, name}]}], the main one first; a new reference. */
json_t *professions_json(const struct person *person);

#endif
