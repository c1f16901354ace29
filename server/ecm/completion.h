/*
 * Completion is ours: a course's "completed" is a claim, credits rest on rules of the path, each with its
 * evidence.
 *
 *   1. the person is placed: there is a level, hence a path;
 *   2. every module of the path has a package, and every one was completed;
 *   3. effective time, by both clocks (what the courses reported as session time and what the server saw, the
 *      smaller of the two for each module), is at least what the event demands.
 *
 * The result is stored when it is reached, with the day of the last activity that it rests on, and is never
 * taken back.
 */
#ifndef SERVER_ECM_COMPLETION_H
#define SERVER_ECM_COMPLETION_H

#include <jansson.h>
#include "server/store/ecm.h"

/*
 * The member "completion" of GET /api/me/path: {complete, at, missing: [{code, it, en, ...}]}; and the
 * seconds that the event demands. A new reference.
 */
json_t *completion_json(struct db *db, int64_t person, int64_t *ret_seconds_needed);

/*
 * In a work function, after anything that may have completed a path (an increment of the journal, a new
 * level): judges the person and stores the completion when it is reached. True when it is new.
 */
bool completion_review(struct db *db, int64_t person);

/*
 * After an event was made or changed: reviews everybody who might have completed the path by its rules, a few
 * hundred at a time. Gives how many completions are new.
 */
int64_t completion_sweep(struct store *store, int64_t event);
/* The same after a level's path lost a module: of those at that level who completed as many modules as it has now. */
int64_t completion_sweep_level(struct store *store, const char *level);

#endif
