/* Rules as dated data: {rule_sets: [{id, valid_from, ...}]}, the oldest first (ecm_rules.json, staff_rules.json in server/data). */
#ifndef SERVER_ECM_DATED_RULES_H
#define SERVER_ECM_DATED_RULES_H

#include <glib.h>
#include <jansson.h>

/* Parses what the program embeds; the sets, for as long as it runs. */
json_t *dated_rules(const char *text);

/* The set in force on this day (YYYY-MM-DD); before the first: the first. */
json_t *dated_rules_on(json_t *sets, const char *day);
/* NULL: this program does not know it. */
json_t *dated_rules_by_id(json_t *sets, const char *id);

/* Members; "" and 0 when they are not there. */
const char *rule_text(json_t *rule, const char *name);
guint rule_number(json_t *rule, const char *name);

#endif
