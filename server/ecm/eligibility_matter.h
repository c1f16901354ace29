/* Judging one person and one event, condition by condition. Included by eligibility.c, eligibility_data.c and
 * eligibility_done.c only. */
#ifndef SERVER_ECM_ELIGIBILITY_MATTER_H
#define SERVER_ECM_ELIGIBILITY_MATTER_H

#include "server/ecm/eligibility.h"
#include "server/store/people.h"

/* What is looked at: one person and one event. */
struct matter {
	struct db *db;
	const struct ecm_event *event;
	struct person person;
	struct declaration declaration;
	bool declared;
	struct participant participant; /* as the report would have it */
	struct faults faults;           /* of the person's own data */
};

/* Notes what was found of a condition. */
struct credit_check *eligibility_found(struct eligibility *list, enum credit_condition condition, bool fulfilled,
	const char *it, const char *en);
/* Who does what about it. */
void eligibility_mend(struct credit_check *check, const char *it, const char *en);

/* Where something is done: on the page of the path, or on that of events in class. */
const char *eligibility_page(const struct matter *matter, const char *path, const char *in_class);

/* Identity, profession; whether the report takes the declaration's sponsor. */
void eligibility_judge_data(struct matter *matter, struct eligibility *list);
/* The declaration, and where the person works. After eligibility_judge_data(). */
void eligibility_judge_declaration(struct matter *matter, struct eligibility *list);

/* Path or presence; final test; quality questionnaire. */
void eligibility_judge_path(struct matter *matter, struct eligibility *list);
void eligibility_judge_final(struct matter *matter, struct eligibility *list);
void eligibility_judge_quality(struct matter *matter, struct eligibility *list);

#endif
