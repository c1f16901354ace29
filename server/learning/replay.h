/*
 * The server's own engine on an attempt: opened on the course image, brought to where the data base is.
 */
#ifndef SERVER_LEARNING_REPLAY_H
#define SERVER_LEARNING_REPLAY_H

#include <glib.h>

#include "player/engine/engine.h"
#include "server/app.h"
#include "server/store/attempts.h"

struct replay {
	struct engine *engine;
	GBytes *image;
	void *memory;
};

/* The course image of a version's organization; NULL when it is not on disk. */
GBytes *image_load(const struct app *app, const char *sha256, const char *image);

/* Opens on the image and the state; false: `ret` needs no finish, the result says why. */
enum engine_result replay_init(struct replay *replay, GBytes *image, const struct attempt_state *state);
void replay_finish(struct replay *replay);

/*
 * Replays what came in; `ret_left` becomes what the course itself changed for the person's other courses (globals.h; a
 * new reference, NULL: nothing), also when the result is a fault: not what it took over from them.
 */
enum engine_result replay_records(const struct replay *replay, struct span records, GBytes **ret_left);

/* The whole state as bytes; a new reference. */
GBytes *replay_snapshot(const struct replay *replay);

/* "BAD_RECORD", "DISAGREES", …: stands in the player API. */
const char *engine_result_code(enum engine_result result);

struct span bytes_span(GBytes *bytes); /* borrowed; NULL gives an empty one */

#endif
