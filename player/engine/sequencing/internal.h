/*
 * The processes of SN 4th Edition, chapter 4 and appendix C, one function each, and what passes between them.
 * Private to the sequencing_*.c and rollup*.c files.
 *
 * Those that only identify an activity (SB.2.*, DB.1.1, UP.1, UP.2, UP.5) take a const state and change
 * nothing; whatever ends, begins or rolls up is in TB.*, DB.2, UP.3, UP.4, SR.* and RB.*.
 *
 * Where the book is silent or open, ADL's own run-time environment is followed: its conformance test is what
 * authors test against. Each such place says so, and so does the one where we do not (SB.2.7).
 */
#ifndef PLAYER_ENGINE_SEQUENCING_INTERNAL_H
#define PLAYER_ENGINE_SEQUENCING_INTERNAL_H

#include "player/engine/sequencing/sequencing.h"
#include "player/engine/tracking/values.h"

enum termination_request {
	TERMINATION_NONE,
	TERMINATION_EXIT,
	TERMINATION_EXIT_ALL,
	TERMINATION_SUSPEND_ALL,
	TERMINATION_ABANDON,
	TERMINATION_ABANDON_ALL,
};

enum sequencing_request {
	SEQUENCING_NONE,
	SEQUENCING_START,
	SEQUENCING_RESUME_ALL,
	SEQUENCING_CONTINUE,
	SEQUENCING_PREVIOUS,
	SEQUENCING_CHOICE,
	SEQUENCING_JUMP,
	SEQUENCING_RETRY,
	SEQUENCING_EXIT,
};

enum direction {
	DIRECTION_NONE,
	DIRECTION_FORWARD,
	DIRECTION_BACKWARD,
};

/* What NB.2.1 makes of a navigation request; `exception` 0: it is valid. */
struct navigation_result {
	enum termination_request termination;
	enum sequencing_request sequencing;
	enum exception_code exception;
};

/* What TB.2.3 comes to. */
struct termination_result {
	enum sequencing_request sequencing; /* overrides the pending one, unless NONE */
	bool root_exited;                   /* the whole tree has ended by itself */
	enum exception_code exception;
};

/* Where a traversal came to, or the activity that a sequencing request identified for delivery. */
struct traversal {
	uint32_t activity; /* NO_INDEX: none */
	enum direction direction;
	bool end_session;
	enum exception_code exception;
};

/* --- navigation.c --- */
struct navigation_result navigation_request_process(
	const struct tracking *tracking, enum navigation_request request, uint32_t target); /* NB.2.1 */
uint32_t common_ancestor(const struct tracking *tracking, uint32_t from, uint32_t to);

/* --- termination.c --- */
struct termination_result termination_request_process(
	struct tracking *tracking, enum termination_request request);           /* TB.2.3 */
void terminate_descendent_attempts(struct tracking *tracking, uint32_t target); /* UP.3 */
void end_attempt(struct tracking *tracking, uint32_t activity);                 /* UP.4 */

/* --- flow.c --- */
struct traversal flow_tree_traversal(const struct tracking *tracking, uint32_t activity,
	enum direction direction, enum direction previous, bool consider_children, bool control); /* SB.2.1 */
struct traversal flow_subprocess(const struct tracking *tracking, uint32_t activity, enum direction direction,
	bool consider_children); /* SB.2.3 */

/* --- choice.c --- */
struct traversal choice_request_process(const struct tracking *tracking, uint32_t target); /* SB.2.9 */
struct forward_reach forward_reach_of(const struct tracking *tracking); /* from the current activity */

/* --- requests.c --- */
struct traversal sequencing_request_process(
	const struct tracking *tracking, enum sequencing_request request, uint32_t target); /* SB.2.12 */

/* --- delivery.c --- */
enum exception_code delivery_request_process(const struct tracking *tracking, uint32_t activity); /* DB.1.1 */
void content_delivery(struct tracking *tracking, uint32_t activity);                              /* DB.2 */

/* --- rules.c --- */
bool limit_conditions_violated(const struct tracking *tracking, uint32_t activity); /* UP.1 */
/* UP.2: the first rule of that kind and of one of the `actions` (bits 1 << enum rule_action) that holds. */
bool sequencing_rules_check(const struct tracking *tracking, uint32_t activity, enum rule_kind kind,
	uint32_t actions, enum rule_action *ret);
bool precondition_holds(const struct tracking *tracking, uint32_t activity, enum rule_action action);
bool activity_disabled(const struct tracking *tracking, uint32_t activity); /* UP.5 */

enum truth {
	TRUTH_UNKNOWN,
	TRUTH_FALSE,
	TRUTH_TRUE,
};
/* UP.2.1 and RB.1.4.1: some conditions on one activity; `fresh` in rollup (tracking/values.h). */
enum truth conditions_hold(const struct tracking *tracking, uint32_t activity, uint32_t first, uint32_t count,
	enum condition_combination combination, bool fresh);

/* --- selection.c --- */
void prepare_clusters(struct tracking *tracking); /* SR.1 and SR.2 where they have not run yet */
void select_children(struct tracking *tracking, uint32_t cluster);    /* SR.1 */
void randomize_children(struct tracking *tracking, uint32_t cluster); /* SR.2 */

/* --- rollup.c --- */
void overall_rollup(struct tracking *tracking, uint32_t activity); /* RB.1.5 */

/* --- rollup_rules.c --- */
bool rollup_action_set(
	const struct tracking *tracking, uint32_t cluster, enum rollup_action action); /* RB.1.4 */

/* --- sequencing.c --- */
/* Would the processes that only look find something to deliver, before the current activity ends? */
enum exception_code request_stands(
	const struct tracking *tracking, enum navigation_request request, uint32_t target);
void begin_session(struct tracking *tracking); /* before its first request */
/* The termination that a request brings, if any; returns the sequencing request that is left to do. */
enum sequencing_request leave_for(struct tracking *tracking, const struct navigation_result *navigation,
	enum exception_code *exception);
/* SB.2.12 and DB.1.1: what is to be delivered, or (NO_INDEX) whether the session ends. Changes nothing. */
enum exception_code identify_activity(const struct tracking *tracking, enum sequencing_request request,
	uint32_t target, struct traversal *ret);

static inline uint32_t parent_of(const struct tracking *tracking, uint32_t activity)
{
	return activity_of(tracking, activity)->parent;
}

static inline bool is_cluster(const struct tracking *tracking, uint32_t activity)
{
	return tracking->layout->child_count[activity] > 0;
}

static inline struct traversal no_traversal(enum exception_code exception)
{
	return (struct traversal){.activity = NO_INDEX, .exception = exception};
}

static inline struct traversal traversal_to(uint32_t activity, enum direction direction)
{
	return (struct traversal){.activity = activity, .direction = direction};
}

#endif
