/*
 * Standard setting as the designers see it: what the panel's ratings come to, round by round, and the adoption of
 * the cuts into the placement's policy.
 */
#ifndef SERVER_CALIBRATION_STANDARD_H
#define SERVER_CALIBRATION_STANDARD_H

#include <jansson.h>

#include "assessment/faults.h"
#include "server/store/standards.h"

struct app;

#define STANDARD_CSV_BYTES (4 * 1024 * 1024)
#define STANDARD_JUDGES_MAX 100 /* of a session: with the items they make a table */
#define STANDARD_ROUNDS_MAX 20

/*
 * Reads ratings: a CSV (; or ,) with the header giro;giudice;livello;quesito;valutazione (round;judge;level;item;
 * rating also does). The decimal mark is a point or a comma; a rating above 1 is a percentage. `levels`: ids that
 * have a cut, `items`: ids of the bank, `before`: what the session has, as standard_ratings() gives it. A GArray of
 * struct standard_rating, or NULL with every fault by its line.
 */
GArray *standard_csv(const char *text, size_t len, GHashTable *levels, GHashTable *items, const GArray *before,
	struct faults *faults);

/*
 * [{round, judges, items, monotone, cuts: [{level, judges: [{judge, cut}], cut, sd, se, share, theta, theta_se} or
 * {level, missing: {judge, item}}], rudner, lee}], the last two where the cuts allow them; a new reference. `session`
 * with its bank's JSON and its ratings.
 */
json_t *standard_rounds(
	const struct standard_session *session, const char *bank, const GArray *levels, const GArray *ratings);

/*
 * The cuts of `round`, one of standard_rounds() that is monotone, become the placement's; `by`: the person who adopts.
 * False: faults of the policy, or else the store, see `ret`.
 */
bool standard_adopt(struct app *app, int64_t session, json_t *round, int64_t by, struct faults *faults, struct problem *ret);

#endif
