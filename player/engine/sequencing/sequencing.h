/*
 * Sequencing and navigation, SCORM 2004 SN 4th Edition: one call runs the whole loop of OP.1 for one
 * navigation request on a tracking state. Pure: state in, state out; time comes in, nothing fails.
 *
 * A running SCO must have reported (tracking_report()) before. On a refused request the state is as the
 * processes leave it, which for the learner means: unchanged.
 */
#ifndef PLAYER_ENGINE_SEQUENCING_H
#define PLAYER_ENGINE_SEQUENCING_H

#include "player/engine/engine.h"
#include "player/engine/tracking/tracking.h"

enum exception_code {
	EXCEPTION_NONE,
#define EXCEPTION(name, code, text) EXCEPTION_##name,
#include "player/engine/sequencing/exceptions.def"
#undef EXCEPTION
	EXCEPTION_MAX,
};

struct span exception_code_name(enum exception_code code); /* "SB.2.9-3"; empty for none */

/* The overall sequencing process (OP.1) for one request. `target` counts for choice and jump. */
void sequencing_process(struct tracking *tracking, int64_t now, enum navigation_request request,
	uint32_t target, struct navigation_outcome *ret);

/* Would sequencing_process() accept it now? Runs it on a copy in `scratch` (tracking_size() bytes, aligned to
 * 16). */
bool sequencing_allows(const struct tracking *tracking, void *scratch, int64_t now,
	enum navigation_request request, uint32_t target);

/* Bytes of scratch, aligned to 16, for sequencing_table_of_contents(). */
size_t sequencing_contents_scratch(const struct tracking_layout *layout);
/* Fills at most `room` rows in the order shown; returns how many there are. */
uint32_t sequencing_table_of_contents(const struct tracking *tracking, void *scratch, int64_t now,
	struct activity_view *rows, uint32_t room);

#endif
