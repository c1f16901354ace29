/*
 * The terms of an attempt: what the server told the player page in launch.json of learner, mode, credit, seed and
 * the course's settings. The page repeats them in its journal, where they decide how the course is judged.
 */
#ifndef SERVER_LEARNING_TERMS_H
#define SERVER_LEARNING_TERMS_H

#include "player/engine/base.h"
#include "server/store/attempts.h"

/*
 * Whether each new session record (after attempt->last_sequence) says what the server said. Settings that were
 * changed since the attempt began are still good: a page that was open then, or work kept in a browser, knows no
 * others. False: `ret_member` names what differs, as launch.json does.
 */
bool terms_hold(struct db *db, const struct attempt *attempt, struct span records, const char **ret_member);

#endif
