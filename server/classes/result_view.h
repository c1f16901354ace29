/* Tests of learning of an event in class as pages show them. */
#ifndef SERVER_CLASSES_RESULT_VIEW_H
#define SERVER_CLASSES_RESULT_VIEW_H

#include <jansson.h>

#include "server/ecm/event.h"
#include "server/store/class_results.h"

/* All new references. */

/* What the event asks for: {where, demanded, share_percent, questions, attempts_max}; where: online, questionnaire, oral … */
json_t *class_test_json(struct db *db, const struct ecm_event *event);
/* The enrolled of a group: {passed, failed, waiting} */
json_t *class_tested_json(struct db *db, int64_t group);
/*
 * One person's results, voided ones too, the newest first: [{id, test, day, score, maximum, needed, passed, how, note, by,
 * recorded_at, void_at, void_by, void_why}]; score null: judged without points.
 */
json_t *class_results_json(struct db *db, int64_t event, int64_t person);
/* Where somebody stands: {demanded, passed, attempts, test, day, score, maximum, needed}; score null: no points. */
json_t *class_outcome_json(struct db *db, int64_t person, const struct ecm_event *event);

#endif
