/*
 * How long what is kept, and by which law, as data: server/data/retention.json, or a retention.json of its own in the
 * data folder. Evidence of credits and of the programme is kept for five years or more, whatever a file says.
 */
#ifndef SERVER_PRIVACY_RULES_H
#define SERVER_PRIVACY_RULES_H

#include <jansson.h>

#include "player/engine/base.h"

enum retention_rule {
	RULE_EVIDENCE,
	RULE_PROGRAMME,
	RULE_PEOPLE,
	RULE_JOURNALS,
	RULE_LOG_INS,
	RULE_MESSAGES,
	RULE_DOWNLOADS,
	RETENTION_RULES,
};

#define RETENTION_EVIDENCE_MONTHS 60 /* the least for the first two */
#define RETENTION_MONTHS_MAX 1200
#define RETENTION_FILE_BYTES (64 * 1024)

struct retention_rules {
	json_t *json; /* owned: what the rules say in words */
	int months[RETENTION_RULES];
};

const char *retention_rule_id(enum retention_rule rule);
/* RETENTION_RULES for an unknown one. */
enum retention_rule retention_rule_by_id(const char *id);

/* False: RETENTION_FILE, with the place and what is wrong. */
bool retention_rules_read(const char *text, size_t len, struct retention_rules *ret, struct problem *ret_problem);
/* The data folder's own or the program's. */
bool retention_rules_load(const char *folder, struct retention_rules *ret, struct problem *ret_problem);
void retention_rules_finish(struct retention_rules *rules);

/* What a rule says, {id, months, from, name_it, name_en, law_it, law_en}; borrowed. */
const json_t *retention_rule_json(const struct retention_rules *rules, enum retention_rule rule);

/* The day so many months after a day, or before it; days are YYYY-MM-DD. */
void day_after_months(const char *day, int months, char ret[11]);

#endif
