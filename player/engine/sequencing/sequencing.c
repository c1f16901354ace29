/* The overall sequencing process OP.1, its dry run, and the exceptions' names. */
#include "player/engine/sequencing/internal.h"

#include "player/engine/text.h"

struct span exception_code_name(enum exception_code code)
{
	static const struct span names[] = {
		[EXCEPTION_NONE] = {"", 0},
#define EXCEPTION(name, code, text) [EXCEPTION_##name] = {code, sizeof(code) - 1},
#include "player/engine/sequencing/exceptions.def"
#undef EXCEPTION
	};
	return code < EXCEPTION_MAX ? names[code] : names[EXCEPTION_NONE];
}

/* Objectives that a package keeps for itself live for one attempt on it (SN 3.10,
 * objectivesGlobalToSystem). */
static void forget_scoped_objectives(struct tracking *tracking)
{
	if (!tracking->layout->course->objectives_global_to_system) {
		memset(tracking->globals, 0, tracking->layout->globals * sizeof(struct objective_values));
	}
}

static bool ancestors_disabled(const struct tracking *tracking, uint32_t target)
{
	for (uint32_t at = parent_of(tracking, target); at != NO_INDEX; at = parent_of(tracking, at)) {
		if (activity_disabled(tracking, at)) {
			return true;
		}
	}
	return false;
}

/* A request that would find nothing from where the learner stands is refused before the current activity is
 * ended for it: Previous, choice and jump; Continue always ends it. */
enum exception_code request_stands(
	const struct tracking *tracking, enum navigation_request request, uint32_t target)
{
	struct navigation_result navigation = navigation_request_process(tracking, request, target);
	if (navigation.exception != EXCEPTION_NONE || tracking->global->current == NO_INDEX) {
		return navigation.exception;
	}
	struct traversal found;
	switch (request) {
	case NAVIGATION_PREVIOUS:
		found = sequencing_request_process(tracking, SEQUENCING_PREVIOUS, NO_INDEX);
		return found.activity == NO_INDEX ? found.exception
						  : delivery_request_process(tracking, found.activity);
	case NAVIGATION_CHOICE:
		if (ancestors_disabled(tracking, target)) {
			return EXCEPTION_DB_1_1_3;
		}
		return choice_request_process(tracking, target).exception;
	case NAVIGATION_JUMP:
		if (is_cluster(tracking, target)) {
			return EXCEPTION_DB_1_1_1;
		}
		return activity_disabled(tracking, target) ? EXCEPTION_DB_1_1_3 : EXCEPTION_NONE;
	case NAVIGATION_NONE:
	case NAVIGATION_START:
	case NAVIGATION_RESUME_ALL:
	case NAVIGATION_CONTINUE:
	case NAVIGATION_EXIT:
	case NAVIGATION_EXIT_ALL:
	case NAVIGATION_ABANDON:
	case NAVIGATION_ABANDON_ALL:
	case NAVIGATION_SUSPEND_ALL:
		break;
	}
	return EXCEPTION_NONE;
}

void begin_session(struct tracking *tracking)
{
	prepare_clusters(tracking);
	if (!tracking->activities[0].suspended) {
		forget_scoped_objectives(tracking);
	}
}

static void end_session(struct tracking *tracking)
{
	if (tracking->global->current != NO_INDEX) {
		terminate_descendent_attempts(tracking, 0);
		if (tracking->activities[0].active) {
			end_attempt(tracking, 0);
		}
	}
	tracking->global->current = NO_INDEX;
}

/* Where Continue comes to the end of the tree, the session ends: that is its success. */
enum exception_code identify_activity(const struct tracking *tracking, enum sequencing_request request,
	uint32_t target, struct traversal *ret)
{
	*ret = sequencing_request_process(tracking, request, target);
	if (ret->activity != NO_INDEX) {
		return delivery_request_process(tracking, ret->activity);
	}
	bool walked_off = request == SEQUENCING_CONTINUE && ret->exception == EXCEPTION_SB_2_1_1;
	return walked_off ? EXCEPTION_NONE : ret->exception;
}

static void sequence_and_deliver(struct tracking *tracking, enum sequencing_request request, uint32_t target,
	struct navigation_outcome *ret)
{
	struct traversal found;
	enum exception_code exception = identify_activity(tracking, request, target, &found);
	ret->exception = (uint16_t)exception;
	ret->accepted = exception == EXCEPTION_NONE;
	if (found.activity == NO_INDEX) {
		ret->session_ended = found.end_session;
		if (found.end_session) {
			end_session(tracking);
		}
	} else if (ret->accepted) {
		content_delivery(tracking, found.activity);
		ret->delivered = found.activity;
	}
}

enum sequencing_request leave_for(
	struct tracking *tracking, const struct navigation_result *navigation, enum exception_code *exception)
{
	*exception = EXCEPTION_NONE;
	if (navigation->termination == TERMINATION_NONE) {
		return navigation->sequencing;
	}
	struct termination_result ended = termination_request_process(tracking, navigation->termination);
	*exception = ended.exception;
	if (ended.sequencing == SEQUENCING_RETRY && tracking->global->current == 0) {
		forget_scoped_objectives(tracking);
	}
	if (ended.sequencing != SEQUENCING_NONE) {
		return ended.sequencing;
	}
	/* The book ends the session when the root has exited; ADL still lets a choice or jump begin it
	 * anew. */
	bool begins_anew =
		navigation->sequencing == SEQUENCING_CHOICE || navigation->sequencing == SEQUENCING_JUMP;
	return ended.root_exited && !begins_anew ? SEQUENCING_EXIT : navigation->sequencing;
}

/* Overall Sequencing Process [OP.1], for one request */
void sequencing_process(struct tracking *tracking, int64_t now, enum navigation_request request,
	uint32_t target, struct navigation_outcome *ret)
{
	*ret = (struct navigation_outcome){.delivered = NO_INDEX};
	tracking->global->now = now;
	enum exception_code exception = request_stands(tracking, request, target);
	if (exception != EXCEPTION_NONE) {
		ret->exception = (uint16_t)exception;
		return;
	}
	if (tracking->global->current == NO_INDEX) {
		begin_session(tracking);
	}
	struct navigation_result navigation = navigation_request_process(tracking, request, target);
	enum sequencing_request sequencing = leave_for(tracking, &navigation, &exception);
	ret->exception = (uint16_t)exception;
	if (exception == EXCEPTION_NONE) {
		sequence_and_deliver(tracking, sequencing, target, ret);
	}
}

bool sequencing_allows(const struct tracking *tracking, void *scratch, int64_t now,
	enum navigation_request request, uint32_t target)
{
	if (request_stands(tracking, request, target) != EXCEPTION_NONE) {
		return false;
	}
	struct tracking copy;
	struct navigation_outcome outcome;
	tracking_copy(&copy, scratch, tracking);
	sequencing_process(&copy, now, request, target, &outcome);
	return outcome.accepted;
}
