/* By which rules an event's credits were computed (025_ecm_rules.sql; server/ecm/rules.h). */
#ifndef SERVER_STORE_CREDIT_TERMS_H
#define SERVER_STORE_CREDIT_TERMS_H

#include "server/ecm/rules.h"
#include "server/store/store.h"

/* Empty when nothing was stored: then the rules in force on the event's first day hold. */
void credit_terms_load(struct db *db, int64_t event, struct credit_terms *ret);
/* In a work function. */
void credit_terms_save(struct db *db, int64_t event, const struct credit_terms *terms, int64_t by);

#endif
