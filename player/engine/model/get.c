/* The interpreter of the data model tables: GetValue. Rules that only one edition has stand apart. */
#include "player/engine/model/internal.h"
#include "player/engine/number.h"
#include "player/engine/text.h"

static struct span session_text(const struct engine *engine, uint32_t stored)
{
	return sco_value(engine, OWNER_ATTEMPT, stored);
}

static struct span print_real(struct engine *engine, double number)
{
	return number_print(number, 7, engine->answer);
}

static struct span entry_of(const struct engine *engine)
{
	const struct sco_state *sco = &engine->scos[engine->attempt.current];
	if (sco->resumed) {
		return SPAN("resume");
	}
	/* SCORM 1.2 has no attempts: a SCO that ended for good is entered with neither. */
	return is_12(engine) && sco->status != LESSON_NOT_ATTEMPTED ? SPAN("") : SPAN("ab-initio");
}

static struct span time_limit_text(enum time_limit_action action)
{
	switch (action) {
	case TIME_LIMIT_CONTINUE_NO_MESSAGE:
		return SPAN("continue,no message");
	case TIME_LIMIT_CONTINUE_MESSAGE:
		return SPAN("continue,message");
	case TIME_LIMIT_EXIT_NO_MESSAGE:
		return SPAN("exit,no message");
	case TIME_LIMIT_EXIT_MESSAGE:
		return SPAN("exit,message");
	}
	return SPAN("");
}

static struct span mode_text(enum session_mode mode)
{
	switch (mode) {
	case MODE_NORMAL:
		return SPAN("normal");
	case MODE_BROWSE:
		return SPAN("browse");
	case MODE_REVIEW:
		return SPAN("review");
	}
	return SPAN("");
}

static struct span print_time(struct engine *engine, int64_t cs)
{
	return is_12(engine) ? timespan_print(cs, engine->answer) : duration_print(cs, engine->answer);
}

/* The primary objective's passing score (RTE 4.2.18), when it has one. */
static bool passing_score(const struct engine *engine, uint32_t activity, double *ret)
{
	const struct activity *definition = &engine->course.activities[activity];
	for (uint32_t i = 0; i < definition->objective_count; i++) {
		const struct objective *objective =
			&engine->course.objectives[definition->first_objective + i];
		if (objective->primary) {
			*ret = objective->minimum_normalized_measure;
			return objective->satisfied_by_measure;
		}
	}
	return false;
}

/* RTE 4.2.4.1: the threshold overrides what the SCO says once there is a progress measure. */
enum completion_status sco_completion(const struct engine *engine, uint32_t activity)
{
	const struct activity *definition = &engine->course.activities[activity];
	double progress;
	if (!definition->completed_by_measure) {
		return completion_of_word(sco_value(engine, activity, E_COMPLETION_STATUS));
	}
	if (!sco_number(engine, activity, E_PROGRESS_MEASURE, &progress)) {
		return completion_of_word(sco_value(engine, activity, E_COMPLETION_STATUS));
	}
	return progress >= definition->min_progress_measure ? COMPLETION_COMPLETED : COMPLETION_INCOMPLETE;
}

enum success_status sco_success(const struct engine *engine, uint32_t activity)
{
	double least, score;
	if (!passing_score(engine, activity, &least)) {
		return success_of_word(sco_value(engine, activity, E_SUCCESS_STATUS));
	}
	if (!sco_number(engine, activity, E_SCORE_SCALED, &score)) {
		return SUCCESS_UNKNOWN;
	}
	return score >= least ? SUCCESS_PASSED : SUCCESS_FAILED;
}

static struct span request_valid(struct engine *engine, int64_t now, const struct element_place *place)
{
	static const enum navigation_request requests[] = {
		[E_NAV_VALID_CONTINUE] = NAVIGATION_CONTINUE,
		[E_NAV_VALID_PREVIOUS] = NAVIGATION_PREVIOUS,
		[E_NAV_VALID_CHOICE] = NAVIGATION_CHOICE,
		[E_NAV_VALID_JUMP] = NAVIGATION_JUMP,
		[E_NAV_VALID_EXIT] = NAVIGATION_EXIT,
		[E_NAV_VALID_EXIT_ALL] = NAVIGATION_EXIT_ALL,
		[E_NAV_VALID_ABANDON] = NAVIGATION_ABANDON,
		[E_NAV_VALID_ABANDON_ALL] = NAVIGATION_ABANDON_ALL,
		[E_NAV_VALID_SUSPEND_ALL] = NAVIGATION_SUSPEND_ALL,
	};
	uint32_t target = NO_INDEX;
	if (place->target.len > 0) {
		target = course_find(&engine->course, place->target);
		if (target == NO_INDEX) {
			return SPAN("false");
		}
	}
	return request_allowed(engine, now, requests[place->number], target) ? SPAN("true") : SPAN("false");
}

static uint16_t get_bucket(struct engine *engine, uint32_t n, struct span *ret)
{
	uint32_t bucket;
	if (!model_data_map(engine, n, &bucket)->read) {
		return ERROR_WRITE_ONLY;
	}
	/* An emptied store counts as never initialised: so ADL's suite has it. */
	return values_get(&engine->values, value_key_of(OWNER_BUCKETS + bucket, STORED_BUCKET, 0, 0), ret) &&
			       ret->len > 0
		       ? ERROR_NONE
		       : ERROR_NOT_SET;
}

/* An optional number of the course: not initialised when it has none (1.2: empty). */
static uint16_t optional(const struct engine *engine, bool has)
{
	return has ? ERROR_NONE : model_code(engine, ERROR_NONE, ERROR_NOT_SET);
}

static uint16_t get_from_source(
	struct engine *engine, int64_t now, const struct element_place *place, struct span *ret)
{
	const struct element *element = place->element;
	uint32_t current = engine->attempt.current;
	const struct activity *activity = &engine->course.activities[current];
	double number;
	uint32_t unused;
	switch (element->source) {
	case SOURCE_STORE:
		if (values_get(&engine->values, model_stored_key(engine, place), ret)) {
			return ERROR_NONE;
		}
		*ret = element->has_default ? element->text : SPAN("");
		return optional(engine, element->has_default);
	case SOURCE_CONSTANT:
		*ret = element->text.at ? element->text : SPAN("");
		return ERROR_NONE;
	case SOURCE_COUNT:
		*ret = number_print_integer(
			collection_count(engine, current, element->inner, place->n), engine->answer);
		return ERROR_NONE;
	case SOURCE_LEARNER_ID:
		*ret = session_text(engine, STORED_LEARNER_ID);
		return ERROR_NONE;
	case SOURCE_LEARNER_NAME:
		*ret = session_text(engine, STORED_LEARNER_NAME);
		return ERROR_NONE;
	case SOURCE_LANGUAGE:
		if (!values_get(&engine->values, model_stored_key(engine, place), ret)) {
			*ret = session_text(engine, STORED_LANGUAGE);
		}
		return ERROR_NONE;
	case SOURCE_CREDIT:
		*ret = engine->attempt.credit ? SPAN("credit") : SPAN("no-credit");
		return ERROR_NONE;
	case SOURCE_MODE:
		*ret = mode_text(engine->attempt.mode);
		return ERROR_NONE;
	case SOURCE_ENTRY:
		*ret = entry_of(engine);
		return ERROR_NONE;
	case SOURCE_LAUNCH_DATA:
		*ret = activity->data_from_lms;
		return optional(engine, activity->data_from_lms.len > 0);
	case SOURCE_TOTAL_TIME:
		*ret = print_time(engine, current_sco(engine)->total_cs);
		return ERROR_NONE;
	case SOURCE_MAX_TIME:
		*ret = activity->has_max_time ? print_time(engine, activity->max_time_cs) : SPAN("");
		return optional(engine, activity->has_max_time);
	case SOURCE_TIME_LIMIT_ACTION:
		*ret = time_limit_text(activity->time_limit_action);
		return ERROR_NONE;
	case SOURCE_MASTERY_SCORE:
		*ret = activity->has_mastery_score ? print_real(engine, activity->mastery_score) : SPAN("");
		return ERROR_NONE;
	case SOURCE_LESSON_STATUS:
		*ret = lesson_words[current_sco(engine)->status];
		return ERROR_NONE;
	case SOURCE_COMPLETION:
		*ret = completion_words[sco_completion(engine, current)];
		return ERROR_NONE;
	case SOURCE_SUCCESS:
		*ret = success_words[sco_success(engine, current)];
		return ERROR_NONE;
	case SOURCE_COMPLETION_THRESHOLD:
		*ret = print_real(engine, activity->min_progress_measure);
		return optional(engine, activity->completed_by_measure);
	case SOURCE_PASSING_SCORE:
		if (!passing_score(engine, current, &number)) {
			return ERROR_NOT_SET;
		}
		*ret = print_real(engine, number);
		return ERROR_NONE;
	case SOURCE_REQUEST_VALID:
	case SOURCE_REQUEST_VALID_TARGET:
		*ret = request_valid(engine, now, place);
		return ERROR_NONE;
	case SOURCE_BUCKET_ID:
		*ret = model_data_map(engine, place->n, &unused)->target;
		return ERROR_NONE;
	case SOURCE_BUCKET_STORE:
		return get_bucket(engine, place->n, ret);
	}
	return ERROR_GENERAL;
}

/* Does the member that the indices name exist? */
static bool member_exists(const struct engine *engine, const struct element_place *place)
{
	const struct element *element = place->element;
	uint32_t current = engine->attempt.current;
	if (element->outer != COLLECTION_NONE &&
		place->n >= collection_count(engine, current, element->outer, 0)) {
		return false;
	}
	return element->inner == COLLECTION_NONE || element->source == SOURCE_COUNT ||
	       place->m < collection_count(engine, current, element->inner, place->n);
}

uint16_t model_get(struct engine *engine, int64_t now, struct span path, struct span *ret)
{
	struct element_place place;
	*ret = SPAN("");
	enum path_verdict found = model_find(&engine->index, path, &place);
	if (found != PATH_FOUND) {
		return model_path_error(engine, found, path, false);
	}
	if (!member_exists(engine, &place)) {
		return model_code(engine, ERROR_ARGUMENT, ERROR_GET);
	}
	if (place.element->access == ACCESS_WRITE_ONLY) {
		return model_code(engine, ERROR_12_WRITE_ONLY, ERROR_WRITE_ONLY);
	}
	uint16_t error = get_from_source(engine, now, &place, ret);
	if (error != ERROR_NONE) {
		*ret = SPAN("");
	}
	return error;
}
