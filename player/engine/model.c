/* The interpreter of the data model tables: GetValue and SetValue. Rules that only one edition has stand apart. */
#include "player/engine/limits.h"
#include "player/engine/number.h"
#include "player/engine/state.h"
#include "player/engine/text.h"

/* An error code for each edition. */
static uint16_t code(const struct engine *engine, uint16_t code_12, uint16_t code_2004)
{
	return is_12(engine) ? code_12 : code_2004;
}

/* What a row's `inner` collection counts within: its outer member. */
static value_key count_key(uint32_t owner, enum collection collection, uint32_t n)
{
	return value_key_of(owner, STORED_COUNT_FIRST + collection, n, 0);
}

uint32_t collection_count(const struct engine *engine, uint32_t activity, enum collection collection, uint32_t n)
{
	switch (collection) {
	case COLLECTION_NONE:
	case COLLECTION_MAX:
	case COLLECTION_LMS_COMMENTS: /* ours has none */
		return 0;
	case COLLECTION_DATA:
		return engine->course.activities[activity].shared_data_count;
	case COLLECTION_OBJECTIVES:
	case COLLECTION_INTERACTIONS:
	case COLLECTION_INTERACTION_OBJECTIVES:
	case COLLECTION_CORRECT_RESPONSES:
	case COLLECTION_COMMENTS:
		break;
	}
	uint32_t count = values_number(&engine->values, count_key(activity, collection, n));
	return count < LIMIT_COLLECTION ? count : LIMIT_COLLECTION;
}

static value_key stored_key(const struct engine *engine, const struct element_place *place)
{
	return value_key_of(engine->attempt.current, place->number, place->n, place->m);
}

struct span sco_value(const struct engine *engine, uint32_t activity, uint32_t element)
{
	struct span value = SPAN("");
	(void)values_get(&engine->values, value_key_of(activity, element, 0, 0), &value);
	return value;
}

bool sco_number(const struct engine *engine, uint32_t activity, uint32_t element, double *ret)
{
	struct span value;
	return values_get(&engine->values, value_key_of(activity, element, 0, 0), &value) && number_parse(value, ret);
}

/* --- GetValue --- */

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
		const struct objective *objective = &engine->course.objectives[definition->first_objective + i];
		if (objective->primary) {
			*ret = objective->minimum_normalized_measure;
			return objective->satisfied_by_measure;
		}
	}
	return false;
}

enum completion_status sco_completion(const struct engine *engine, uint32_t activity)
{
	const struct activity *definition = &engine->course.activities[activity];
	double progress;
	if (!definition->completed_by_measure) {
		return completion_of_word(sco_value(engine, activity, E_COMPLETION_STATUS));
	}
	if (!sco_number(engine, activity, E_PROGRESS_MEASURE, &progress)) {
		return COMPLETION_UNKNOWN;
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

/* Shared data (RTE 4.3.1): the map says which bucket, and what the activity may do with it. */
static const struct shared_data_map *data_map(const struct engine *engine, uint32_t n, uint32_t *ret_bucket)
{
	uint32_t map = engine->course.activities[engine->attempt.current].first_shared_data + n;
	*ret_bucket = engine->layout.bucket[map];
	return &engine->course.shared_data[map];
}

static uint16_t get_bucket(struct engine *engine, uint32_t n, struct span *ret)
{
	uint32_t bucket;
	if (!data_map(engine, n, &bucket)->read) {
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
	return has ? ERROR_NONE : code(engine, ERROR_NONE, ERROR_NOT_SET);
}

static uint16_t get_from_source(struct engine *engine, int64_t now, const struct element_place *place,
	struct span *ret)
{
	const struct element *element = place->element;
	uint32_t current = engine->attempt.current;
	const struct activity *activity = &engine->course.activities[current];
	double number;
	uint32_t unused;
	switch (element->source) {
	case SOURCE_STORE:
		if (values_get(&engine->values, stored_key(engine, place), ret)) {
			return ERROR_NONE;
		}
		*ret = element->has_default ? element->text : SPAN("");
		return optional(engine, element->has_default);
	case SOURCE_CONSTANT:
		*ret = element->text.at ? element->text : SPAN("");
		return ERROR_NONE;
	case SOURCE_COUNT:
		*ret = number_print_integer(collection_count(engine, current, element->inner, place->n),
			engine->answer);
		return ERROR_NONE;
	case SOURCE_LEARNER_ID:
		*ret = session_text(engine, STORED_LEARNER_ID);
		return ERROR_NONE;
	case SOURCE_LEARNER_NAME:
		*ret = session_text(engine, STORED_LEARNER_NAME);
		return ERROR_NONE;
	case SOURCE_LANGUAGE:
		if (!values_get(&engine->values, stored_key(engine, place), ret)) {
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
		*ret = data_map(engine, place->n, &unused)->target;
		return ERROR_NONE;
	case SOURCE_BUCKET_STORE:
		return get_bucket(engine, place->n, ret);
	}
	return ERROR_GENERAL;
}

static uint16_t path_error(const struct engine *engine, enum path_verdict verdict, struct span path, bool set)
{
	if (path.len == 0) {
		return code(engine, ERROR_ARGUMENT, set ? ERROR_SET : ERROR_GET);
	}
	switch (verdict) {
	case PATH_NO_CHILDREN:
		return code(engine, ERROR_12_NO_CHILDREN, set ? ERROR_UNDEFINED : ERROR_GET);
	case PATH_NO_COUNT:
		return code(engine, ERROR_12_NO_COUNT, set ? ERROR_UNDEFINED : ERROR_GET);
	case PATH_NO_VERSION:
		return code(engine, ERROR_12_NOT_IMPLEMENTED, set ? ERROR_UNDEFINED : ERROR_GET);
	case PATH_CATEGORY:
		return code(engine, ERROR_12_NOT_IMPLEMENTED, ERROR_UNDEFINED);
	case PATH_UNKNOWN:
	case PATH_FOUND:
		break;
	}
	if (is_12(engine)) {
		return span_starts(path, SPAN("cmi.")) ? ERROR_12_NOT_IMPLEMENTED : ERROR_ARGUMENT;
	}
	return ERROR_UNDEFINED;
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
		return path_error(engine, found, path, false);
	}
	if (!member_exists(engine, &place)) {
		return code(engine, ERROR_ARGUMENT, ERROR_GET);
	}
	if (place.element->access == ACCESS_WRITE_ONLY) {
		return code(engine, ERROR_12_WRITE_ONLY, ERROR_WRITE_ONLY);
	}
	uint16_t error = get_from_source(engine, now, &place, ret);
	if (error != ERROR_NONE) {
		*ret = SPAN("");
	}
	return error;
}

/* --- SetValue --- */

static bool stored_has(const struct engine *engine, uint32_t element, uint32_t n)
{
	return values_has(&engine->values, value_key_of(engine->attempt.current, element, n, 0));
}

static uint32_t id_row(const struct element *element)
{
	return element->outer == COLLECTION_OBJECTIVES ? E_OBJECTIVE_ID : E_INTERACTION_ID;
}

static bool depends_on_nothing(const struct engine *engine, const struct element_place *place)
{
	switch (place->element->needs) {
	case NEEDS_NOTHING:
		return true;
	case NEEDS_ID:
		return stored_has(engine, id_row(place->element), place->n);
	case NEEDS_TYPE:
		return stored_has(engine, E_INTERACTION_ID, place->n) &&
		       stored_has(engine, E_INTERACTION_TYPE, place->n);
	}
	return false;
}

static enum interaction_type type_of_interaction(const struct engine *engine, uint32_t n)
{
	struct span word = SPAN("");
	uint32_t row = is_12(engine) ? (uint32_t)E12_INTERACTION_TYPE : (uint32_t)E_INTERACTION_TYPE;
	(void)values_get(&engine->values, value_key_of(engine->attempt.current, row, n, 0), &word);
	return interaction_type_of(word);
}

/* RTE 4.2.9.1: some types have one correct response at most. */
static bool has_one_pattern(enum interaction_type type)
{
	return type == INTERACTION_TRUE_FALSE || type == INTERACTION_LIKERT || type == INTERACTION_NUMERIC;
}

/* Is another member of the same collection the same? */
static bool is_taken(const struct engine *engine, const struct element_place *place, enum interaction_type type,
	struct span value)
{
	const struct element *element = place->element;
	uint32_t current = engine->attempt.current;
	bool inner = element->inner != COLLECTION_NONE;
	uint32_t count = collection_count(engine, current, inner ? element->inner : element->outer,
		inner ? place->n : 0);
	for (uint32_t i = 0; i < count; i++) {
		struct span other;
		value_key key = inner ? value_key_of(current, place->number, place->n, i)
				      : value_key_of(current, place->number, i, 0);
		if (i != (inner ? place->m : place->n) && values_get(&engine->values, key, &other) &&
		    pattern_equals(type, other, value)) {
			return true;
		}
	}
	return false;
}

static uint16_t check_unique(const struct engine *engine, const struct element_place *place,
	enum interaction_type type, struct span value)
{
	struct span old;
	switch (place->element->unique) {
	case UNIQUE_NOT:
		return ERROR_NONE;
	case UNIQUE_ONCE:
		if (values_get(&engine->values, stored_key(engine, place), &old) && !span_equal(old, value)) {
			return ERROR_SET;
		}
		return is_taken(engine, place, INTERACTION_UNKNOWN, value) ? ERROR_SET : ERROR_NONE;
	case UNIQUE_MEMBER:
		return is_taken(engine, place, INTERACTION_UNKNOWN, value) ? ERROR_SET : ERROR_NONE;
	case UNIQUE_PATTERN:
		if (type != INTERACTION_CHOICE && type != INTERACTION_SEQUENCING) {
			return ERROR_NONE;
		}
		return is_taken(engine, place, type, value) ? ERROR_SET : ERROR_NONE;
	}
	return ERROR_NONE;
}

/* Members are made one after the other: an index may be at most the count. */
static uint16_t check_indices(const struct engine *engine, const struct element_place *place,
	enum interaction_type type)
{
	const struct element *element = place->element;
	uint32_t current = engine->attempt.current;
	uint16_t refused = code(engine, ERROR_ARGUMENT, ERROR_SET);
	if (element->outer == COLLECTION_NONE) {
		return ERROR_NONE;
	}
	if (place->n > collection_count(engine, current, element->outer, 0) || place->n >= LIMIT_COLLECTION) {
		return refused;
	}
	/* adl.data's members come from the course */
	if (element->outer == COLLECTION_DATA) {
		return place->n < collection_count(engine, current, COLLECTION_DATA, 0) ? ERROR_NONE : refused;
	}
	if (element->inner == COLLECTION_NONE) {
		return ERROR_NONE;
	}
	if (place->m > collection_count(engine, current, element->inner, place->n) ||
	    place->m >= LIMIT_COLLECTION) {
		return refused;
	}
	return element->inner == COLLECTION_CORRECT_RESPONSES && place->m > 0 && has_one_pattern(type) ? refused
												       : ERROR_NONE;
}

/* The requests of adl.nav.request that name a target: jump came with the 4th Edition. */
static struct span targeted_requests(const struct engine *engine)
{
	return engine->course.edition == SCORM_2004_4TH ? SPAN("choice|jump") : SPAN("choice");
}

static uint16_t check_type(const struct engine *engine, const struct element *element, enum interaction_type type,
	struct span value)
{
	const struct type_rule rule = {
		.type = element->type,
		.low = element->low,
		.high = element->high,
		.vocabulary = element->type == TYPE_NAVIGATION ? targeted_requests(engine) : element->words,
		.interaction = type,
	};
	switch (type_check(&rule, value)) {
	case TYPE_FITS:
		return ERROR_NONE;
	case TYPE_MISMATCH:
		return code(engine, ERROR_12_TYPE, ERROR_TYPE);
	case TYPE_OUT_OF_RANGE:
		return code(engine, ERROR_12_TYPE, ERROR_RANGE);
	}
	return ERROR_GENERAL;
}

static bool grow_collection(struct engine *engine, enum collection collection, uint32_t n, uint32_t index)
{
	uint32_t current = engine->attempt.current;
	return collection == COLLECTION_NONE || index < collection_count(engine, current, collection, n) ||
	       values_set_number(&engine->values, count_key(current, collection, n), index + 1);
}

/* Which objectives the SCO itself spoke of: only their statuses count when it ends. */
static bool mark_touched(struct engine *engine, const struct element_place *place)
{
	uint32_t mark = place->number == E_OBJECTIVE_SUCCESS_STATUS      ? REPORTED_SUCCESS
			: place->number == E_OBJECTIVE_COMPLETION_STATUS ? REPORTED_COMPLETION
									 : 0;
	if (mark == 0 || is_12(engine)) {
		return true;
	}
	value_key key = value_key_of(engine->attempt.current, STORED_TOUCHED, place->n, 0);
	return values_set_number(&engine->values, key, values_number(&engine->values, key) | mark);
}

/* What a SetValue in a collection takes of the store beside its value: two counts and a mark. */
#define EXTRA_VALUES 3u

static uint16_t store(struct engine *engine, const struct element_place *place, struct span value)
{
	const struct element *element = place->element;
	uint16_t full = code(engine, ERROR_GENERAL, ERROR_SET);
	if (value.len > LIMIT_VALUE_BYTES) {
		return full;
	}
	if (element->source == SOURCE_LESSON_STATUS) {
		for (uint32_t i = LESSON_INCOMPLETE; i <= LESSON_BROWSED; i++) {
			if (span_equal(lesson_words[i], value)) {
				current_sco(engine)->status = (enum lesson_status)i;
			}
		}
		current_sco(engine)->status_set = true;
		return ERROR_NONE;
	}
	value_key key = stored_key(engine, place);
	uint32_t extra = element->outer != COLLECTION_NONE ? EXTRA_VALUES : 0;
	if (element->source == SOURCE_BUCKET_STORE) {
		uint32_t bucket;
		if (!data_map(engine, place->n, &bucket)->write) {
			return ERROR_READ_ONLY;
		}
		key = value_key_of(OWNER_BUCKETS + bucket, STORED_BUCKET, 0, 0);
	}
	if (!values_set_content(&engine->values, key, value, extra)) {
		return full;
	}
	/* The room was made sure of above. */
	(void)grow_collection(engine, element->source == SOURCE_BUCKET_STORE ? COLLECTION_NONE : element->outer, 0,
		place->n);
	(void)grow_collection(engine, element->inner, place->n, place->m);
	(void)mark_touched(engine, place);
	return ERROR_NONE;
}

uint16_t model_set(struct engine *engine, struct span path, struct span value)
{
	struct element_place place;
	enum path_verdict found = model_find(&engine->index, path, &place);
	if (found != PATH_FOUND) {
		return path_error(engine, found, path, true);
	}
	const struct element *element = place.element;
	if (element->access == ACCESS_KEYWORD) {
		return code(engine, ERROR_12_KEYWORD, ERROR_READ_ONLY);
	}
	if (element->access == ACCESS_READ_ONLY) {
		return code(engine, ERROR_12_READ_ONLY, ERROR_READ_ONLY);
	}
	enum interaction_type type = element->outer == COLLECTION_INTERACTIONS ? type_of_interaction(engine, place.n)
									       : INTERACTION_UNKNOWN;
	uint16_t error = check_indices(engine, &place, type);
	if (error == ERROR_NONE && !depends_on_nothing(engine, &place)) {
		error = ERROR_DEPENDENCY;
	}
	if (error == ERROR_NONE) {
		error = check_type(engine, element, type, value);
	}
	if (error == ERROR_NONE) {
		error = check_unique(engine, &place, type, value);
	}
	return error == ERROR_NONE ? store(engine, &place, value) : error;
}
