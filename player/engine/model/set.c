/* The interpreter of the data model tables: SetValue. Rules that only one edition has stand apart. */
#include "player/engine/limits.h"
#include "player/engine/model/internal.h"
#include "player/engine/number.h"
#include "player/engine/text.h"

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
static bool is_taken(const struct engine *engine, const struct element_place *place,
	enum interaction_type type, struct span value)
{
	const struct element *element = place->element;
	uint32_t current = engine->attempt.current;
	bool inner = element->inner != COLLECTION_NONE;
	uint32_t count = collection_count(
		engine, current, inner ? element->inner : element->outer, inner ? place->n : 0);
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
		if (values_get(&engine->values, model_stored_key(engine, place), &old) &&
			!span_equal(old, value)) {
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

static uint32_t collection_limit(enum collection collection)
{
	bool compared = collection == COLLECTION_OBJECTIVES ||
			collection == COLLECTION_INTERACTION_OBJECTIVES ||
			collection == COLLECTION_CORRECT_RESPONSES;
	return compared ? LIMIT_COMPARED_COLLECTION : LIMIT_COLLECTION;
}

/* Members are made one after the other: an index may be at most the count. */
static bool may_be_member(const struct engine *engine, enum collection collection, uint32_t n, uint32_t index)
{
	uint32_t count = collection_count(engine, engine->attempt.current, collection, n);
	return index < count || (index == count && index < collection_limit(collection));
}

static uint16_t check_indices(
	const struct engine *engine, const struct element_place *place, enum interaction_type type)
{
	const struct element *element = place->element;
	uint32_t current = engine->attempt.current;
	uint16_t refused = model_code(engine, ERROR_ARGUMENT, ERROR_SET);
	if (element->outer == COLLECTION_NONE) {
		return ERROR_NONE;
	}
	if (!may_be_member(engine, element->outer, 0, place->n)) {
		return refused;
	}
	/* adl.data's members come from the course */
	if (element->outer == COLLECTION_DATA) {
		return place->n < collection_count(engine, current, COLLECTION_DATA, 0) ? ERROR_NONE
											: refused;
	}
	if (element->inner == COLLECTION_NONE) {
		return ERROR_NONE;
	}
	if (!may_be_member(engine, element->inner, place->n, place->m)) {
		return refused;
	}
	return element->inner == COLLECTION_CORRECT_RESPONSES && place->m > 0 && has_one_pattern(type)
		       ? refused
		       : ERROR_NONE;
}

/* The requests of adl.nav.request that name a target: jump came with the 4th Edition. */
static struct span targeted_requests(const struct engine *engine)
{
	return engine->course.edition == SCORM_2004_4TH ? SPAN("choice|jump") : SPAN("choice");
}

static uint16_t check_type(const struct engine *engine, const struct element *element,
	enum interaction_type type, struct span value)
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
		return model_code(engine, ERROR_12_TYPE, ERROR_TYPE);
	case TYPE_OUT_OF_RANGE:
		return model_code(engine, ERROR_12_TYPE, ERROR_RANGE);
	}
	return ERROR_GENERAL;
}

static bool grow_collection(struct engine *engine, enum collection collection, uint32_t n, uint32_t index)
{
	uint32_t current = engine->attempt.current;
	if (collection == COLLECTION_NONE || index < collection_count(engine, current, collection, n)) {
		return true;
	}
	overlong_note_members(engine, collection, index + 1);
	return values_set_number(&engine->values, model_count_key(current, collection, n), index + 1);
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
	uint16_t full = model_code(engine, ERROR_GENERAL, ERROR_SET);
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
	value_key key = model_stored_key(engine, place);
	uint32_t extra = element->outer != COLLECTION_NONE ? EXTRA_VALUES : 0;
	if (element->source == SOURCE_BUCKET_STORE) {
		uint32_t bucket;
		if (!model_data_map(engine, place->n, &bucket)->write) {
			return ERROR_READ_ONLY;
		}
		key = value_key_of(OWNER_BUCKETS + bucket, STORED_BUCKET, 0, 0);
	}
	if (!values_set_content(&engine->values, key, value, extra)) {
		return full;
	}
	/* The room was made sure of above. */
	(void)grow_collection(engine,
		element->source == SOURCE_BUCKET_STORE ? COLLECTION_NONE : element->outer, 0, place->n);
	(void)grow_collection(engine, element->inner, place->n, place->m);
	(void)mark_touched(engine, place);
	overlong_note(engine, model_stored_key(engine, place), value);
	return ERROR_NONE;
}

uint16_t model_set(struct engine *engine, struct span path, struct span value)
{
	struct element_place place;
	enum path_verdict found = model_find(&engine->index, path, &place);
	if (found != PATH_FOUND) {
		return model_path_error(engine, found, path, true);
	}
	const struct element *element = place.element;
	if (element->access == ACCESS_KEYWORD) {
		return model_code(engine, ERROR_12_KEYWORD, ERROR_READ_ONLY);
	}
	if (element->access == ACCESS_READ_ONLY) {
		return model_code(engine, ERROR_12_READ_ONLY, ERROR_READ_ONLY);
	}
	enum interaction_type type = element->outer == COLLECTION_INTERACTIONS
					     ? type_of_interaction(engine, place.n)
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
