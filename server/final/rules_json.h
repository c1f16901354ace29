/* The rules of a final test as the provider sees and sets them. */
#ifndef SERVER_FINAL_RULES_JSON_H
#define SERVER_FINAL_RULES_JSON_H

#include <jansson.h>

#include "assessment/faults.h"
#include "server/store/final_test.h"

/* With the numbers that follow from the event's credits; a new reference. */
json_t *final_rules_json(const struct ecm_event *event, const struct final_rules *rules);

/* Sets what `json` names, over what `rules` holds. Tells every fault; then `rules` is not to be used. */
bool final_rules_read(struct final_rules *rules, json_t *json, struct faults *faults);

/* Questions that must be new at each attempt; 0 with the same set. */
guint final_fresh_wanted(const struct final_rules *rules, guint questions);

#endif
