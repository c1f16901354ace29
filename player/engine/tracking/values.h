/*
 * Reading and writing objectives through their maps (SN 3.10, 4.2.1): the one place that knows what is local
 * and what is global. Used by the report, rollup and the rules; not by the run-time environment.
 *
 * `fresh` asks for values of the present attempt only (rollup): what a child keeps from before its parent's
 * new attempt is unknown then.
 */
#ifndef PLAYER_ENGINE_TRACKING_VALUES_H
#define PLAYER_ENGINE_TRACKING_VALUES_H

#include "player/engine/tracking/tracking.h"

uint32_t primary_slot(const struct tracking *tracking, uint32_t activity);
/* The slot of a rule's referenced objective: the primary one for an empty name, NO_INDEX for an unknown
 * one. */
uint32_t named_slot(const struct tracking *tracking, uint32_t activity, struct span name);
const struct activity *activity_of(const struct tracking *tracking, uint32_t activity);
bool slot_satisfied_by_measure(const struct tracking *tracking, uint32_t slot);

enum success_status slot_success(const struct tracking *tracking, uint32_t slot, bool fresh);
bool slot_measure(const struct tracking *tracking, uint32_t slot, bool fresh, double *ret);
enum completion_status slot_completion(const struct tracking *tracking, uint32_t slot, bool fresh);
bool slot_progress(const struct tracking *tracking, uint32_t slot, bool fresh, double *ret);

/* Whether progress decides completion here. From the 4th Edition on; before it the threshold was the run-time
 * environment's alone (RTE 4.2.4.1): what it made of it is reported. */
bool activity_completed_by_measure(const struct tracking *tracking, uint32_t activity);
/* By completion threshold where the activity has one. UNKNOWN, INCOMPLETE or COMPLETED. */
enum completion_status activity_completion(const struct tracking *tracking, uint32_t activity, bool fresh);

/* Success of an objective as rules may use it: by measure only when the activity has ended, or SN 3.7
 * measureSatisfactionIfActive. */
enum success_status activity_success(
	const struct tracking *tracking, uint32_t activity, uint32_t slot, bool fresh);

/* Setting one member, with its write maps. SUCCESS_UNKNOWN clears. An objective satisfied by measure takes
 * its status from slot_set_measure() alone. */
void slot_set_success(struct tracking *tracking, uint32_t slot, enum success_status success);
void slot_set_measure(struct tracking *tracking, uint32_t slot, double measure);
/* What reading a measure brings where the objective is satisfied by measure: its status, written on as well. */
void slot_follow_measure(struct tracking *tracking, uint32_t slot, double measure);
void slot_clear_measure(struct tracking *tracking, uint32_t slot);
void slot_set_completion(struct tracking *tracking, uint32_t slot, enum completion_status completion);
void slot_clear_completion(struct tracking *tracking, uint32_t slot);
void slot_set_progress(struct tracking *tracking, uint32_t slot, double progress);
void slot_clear_progress(struct tracking *tracking, uint32_t slot);
void slot_set_scores(struct tracking *tracking, uint32_t slot, const struct objective_values *values);

/* Completion of an activity as a whole: refused where a threshold decides; and its progress, which may
 * decide. */
void activity_set_completion(struct tracking *tracking, uint32_t activity, enum completion_status completion);
void activity_set_progress(struct tracking *tracking, uint32_t activity, double progress);

/* UP.4: the ended attempt's measure decides the status of a primary objective that is satisfied by
 * measure. */
void activity_settle_measure(struct tracking *tracking, uint32_t activity);

#endif
