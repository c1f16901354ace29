/*
 * Everything that the engine knows at this moment, for people who look into a course: designers in a preview, and
 * whoever answers "I finished, and it says in progress". It asks only; nothing in the state changes.
 *
 * Format, in the terms of bytes.h, for the player page's inspect.js (no format of storage):
 *   current activity + 1 (0 = none), phase (enum sco_phase), last error, session open, suspended activity + 1,
 *   pending request
 *   count of activities; each:
 *     flags (1 active, 2 suspended, 4 available, 8 resumed, 16 launched), attempt count, position among siblings,
 *     experienced time and that of the attempt and total time (hundredths of a second), lesson status (1.2, enum)
 *     what is demanded: flags (1 mastery score, 2 completion threshold, 4 passing measure), a double for each
 *     the attempt's results by that: values
 *     count of objectives, the first being the primary one; each: identifier, values
 *   count of global objectives; each: name, values
 *   count of run-time data of the current activity; each: element, value (write-only elements too)
 * Values of an objective: success, completion, flags (1 measure, 2 raw, 4 min, 8 max, 16 progress), a double for each
 * flag that is set.
 */
#ifndef PLAYER_ENGINE_INSPECT_H
#define PLAYER_ENGINE_INSPECT_H

#include "player/engine/engine.h"

/* Gives the size, which may exceed `room` (then nothing useful was written). */
size_t engine_inspect(struct engine *engine, int64_t now, void *buffer, size_t room);

#endif
