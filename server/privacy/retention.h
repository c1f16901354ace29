/* What is due by the rules of retention, and doing it after somebody said so. */
#ifndef SERVER_PRIVACY_RETENTION_H
#define SERVER_PRIVACY_RETENTION_H

#include "server/app.h"
#include "server/privacy/rules.h"

#define RETENTION_AT_ONCE 100 /* in one commit: learners' answers wait no longer than that */

/* Does the rule remove anything by itself? The others bound those that do. */
bool retention_applies(enum retention_rule rule);

/* How many people, attempts, messages … are due today. */
int64_t retention_due(struct app *app, const struct retention_rules *rules, enum retention_rule rule);

/* Removes them, with one act that tells how many. The number, -1 with a problem: what was done until then stays done. */
int64_t retention_apply(struct app *app, const struct retention_rules *rules, enum retention_rule rule, int64_t by,
	struct problem *ret_problem);

#endif
