/*
 * Handing a questionnaire in: the mark that somebody did, and the sealed sheet; when a group is complete its
 * sheets are released (server/store/questionnaire.h says why so).
 */
#ifndef SERVER_QUALITY_HAND_IN_H
#define SERVER_QUALITY_HAND_IN_H

#include <jansson.h>

#include "server/app.h"
#include "server/store/final_test.h"

/* May the person hand in now? When not, `ret` says why. */
struct quality_right {
	bool has_event;
	struct ecm_event event;
	bool handed_in;
	char day[11];
	bool may_hand_in;
	struct problem why_not;
};
/* `event`: one in class in which the person is enrolled; 0: that of the path. */
void quality_right(struct db *db, int64_t person, int64_t event, int64_t now, struct quality_right *ret);

/*
 * `sheet`: {standard: {choices, texts}, extra: {choices, texts}}, checked. Once only; again changes nothing.
 * False: `ret` says why.
 */
bool quality_hand_in(struct app *app, int64_t person, int64_t event, json_t *sheet, struct problem *ret);

#endif
