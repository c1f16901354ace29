/*
 * The credits that an event is worth: computed from its hours, type of training, people and theme by dated rules
 * [ECM 3] (server/data/ecm_rules.json, embedded). Each event keeps the rule set that it was computed by.
 *
 * What the accrediting body granted is what counts: a difference is a warning, and the provider says why.
 */
#ifndef SERVER_ECM_RULES_H
#define SERVER_ECM_RULES_H

#include <jansson.h>

#include "assessment/faults.h"
#include "server/ecm/event.h"

#define CREDIT_RULE_SET_BYTES 33
#define CREDIT_REASON_BYTES 501
#define CREDIT_TERMS_MAX 4

/* What the computation needs beyond the event's own fields. */
struct credit_terms {
	char rule_set[CREDIT_RULE_SET_BYTES]; /* empty: the one in force on the event's first day */
	bool theme;                           /* on a national or regional theme of special interest */
	char reason[CREDIT_REASON_BYTES];     /* why the credits differ; empty: none given */
	guint class_people;                   /* of one class at most, which its size stands for; 0: the event's own */
};

/* One addend: tenths of a credit for each hour. */
struct credit_term {
	guint per_hour;
	const char *it, *en; /* constant */
};

struct credit_sum {
	char rule_set[CREDIT_RULE_SET_BYTES];
	char valid_from[11];
	char source[128];
	bool known; /* false: no rule gives credits for this type of training */
	guint term_count;
	struct credit_term terms[CREDIT_TERMS_MAX];
	guint hours;
	guint max_tenths;
	guint tenths; /* the sum, at most max_tenths */
};

/* The id of the set in force on this day (YYYY-MM-DD); before the first: the first. */
const char *rules_in_force(const char *day);

/*
 * Computes; warnings tell what the type of training demands and the event does not keep (people, hours), and credits
 * that differ without a reason. False: `terms` names a rule set that this program does not know.
 */
bool rules_compute(const struct ecm_event *event, const struct credit_terms *terms, struct credit_sum *ret,
	struct faults *warnings);

/* What one class of an event must keep [ECM 3]; 0: the rules say nothing. */
struct class_rules {
	guint people_max;         /* participants */
	guint people_per_tutor;   /* individual training in the field */
	guint people_per_teacher; /* interactive courses */
	guint hours_min, hours_multiple;
};

/* By the rule set of the terms, or the one in force on the event's first day. */
void rules_of_class(const struct ecm_event *event, const struct credit_terms *terms, struct class_rules *ret);

/* {rule_set, valid_from, source, credits: "5.2" or null, hours, maximum, terms: [{per_hour: "1.0", it, en}]} */
json_t *credit_sum_json(const struct credit_sum *sum);

#endif
