/*
 * The life of one attempt at the final test: begun, handed in. Both are decided on the writer's thread, so
 * two tabs that begin or submit at once get one attempt and one result.
 */
#ifndef SERVER_FINAL_SITTING_H
#define SERVER_FINAL_SITTING_H

#include "assessment/form/exam.h"
#include "server/store/final_test.h"

/*
 * Begins an attempt, or leaves the open one as it is. `event` as in final_standing(). False: `ret` says what is missing
 * first.
 */
bool final_start(struct store *store, int64_t person, int64_t event, struct problem *ret);

/*
 * Marks and closes the open attempt; one that is closed already keeps its result. A failed attempt notes how
 * much of each module had been seen. False: the store failed.
 */
bool final_hand_in(
	struct store *store, const struct final_attempt *attempt, const struct exam *exam, struct problem *ret);

#endif
