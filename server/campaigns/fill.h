/*
 * The texts of messages: words with placeholders in braces, {nome}. One table says which there are; a template is
 * checked against it when saved. Plain text: nothing in a value can become markup or a header.
 */
#ifndef SERVER_CAMPAIGNS_FILL_H
#define SERVER_CAMPAIGNS_FILL_H

#include <glib.h>

#include "server/problem.h"

enum fill_value {
	FILL_GIVEN_NAME,
	FILL_FAMILY_NAME,
	FILL_LOGIN,
	FILL_LEVEL,
	FILL_MODULES_DONE,
	FILL_MODULES_TOTAL,
	FILL_MODULES_MISSING,
	FILL_DAYS,
	FILL_DEADLINE,
	FILL_ADDRESS,
	FILL_PROGRAMME,
	FILL_PROVIDER,
	FILL_SUPPORT,
	FILL_EVENT,
	FILL_SESSIONS,
	FILL_VALUES,
};

struct fill_name {
	const char *name;
	const char *it, *en; /* what stands there */
};
extern const struct fill_name fill_names[FILL_VALUES];

/* False: `ret` names the placeholder that does not exist, with its line. `where`: the member's name. */
bool fill_check(const char *text, const char *where, struct problem *ret);
/* `values` indexed by enum fill_value, none NULL; control characters in them become blanks. Yours. */
char *fill(const char *text, const char *const *values);

#endif
