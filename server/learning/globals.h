/*
 * How the courses of one person leave values to each other. engine_globals() has all that one course knows, its
 * own and what it took over from others when it was opened; so only what a course changed since then goes to the
 * person's store, name by name, and courses that are open at once do not put back each other's values.
 * All bytes here are in the format of player/engine/record/snapshot.h, "Globals".
 */
#ifndef SERVER_LEARNING_GLOBALS_H
#define SERVER_LEARNING_GLOBALS_H

#include <glib.h>

#include "player/engine/engine.h"

/* Whether the course can leave anything or take over anything at all. */
bool globals_matter(const struct engine *engine);
/* What the course knows now; a new reference. */
GBytes *globals_known(const struct engine *engine);

/*
 * What differs in `after`; NULL: nothing. An objective that is known no longer stands in it with unknown values, so
 * that the other courses forget it too.
 */
GBytes *globals_changes(GBytes *before, GBytes *after);
/* `older` with what `newer` says in place of it. Either may be NULL; damaged ones count as empty. */
GBytes *globals_merge(GBytes *older, GBytes *newer);
/*
 * Of what is stored, that which will be news to this course when it is opened the next time; NULL: nothing. Opens it
 * on this engine: a session that was left open ends then, and what it says in the end is newer than what is stored.
 */
GBytes *globals_news(struct engine *engine, GBytes *stored);

#endif
