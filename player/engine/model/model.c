/* What GetValue and SetValue share: where an element of the run-time data is stored, and what a wrong
 * path means. */
#include "player/engine/limits.h"
#include "player/engine/model/internal.h"
#include "player/engine/number.h"
#include "player/engine/text.h"

/* An error code for each edition. */
uint16_t model_code(const struct engine *engine, uint16_t code_12, uint16_t code_2004)
{
	return is_12(engine) ? code_12 : code_2004;
}

/* What a row's `inner` collection counts within: its outer member. */
value_key model_count_key(uint32_t owner, enum collection collection, uint32_t n)
{
	return value_key_of(owner, STORED_COUNT_FIRST + collection, n, 0);
}

uint32_t collection_count(
	const struct engine *engine, uint32_t activity, enum collection collection, uint32_t n)
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
	uint32_t count = values_number(&engine->values, model_count_key(activity, collection, n));
	return count < LIMIT_COLLECTION ? count : LIMIT_COLLECTION;
}

value_key model_stored_key(const struct engine *engine, const struct element_place *place)
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
	return values_get(&engine->values, value_key_of(activity, element, 0, 0), &value) &&
	       number_parse(value, ret);
}

/* Shared data (RTE 4.3.1): the map says which bucket, and what the activity may do with it. */
const struct shared_data_map *model_data_map(const struct engine *engine, uint32_t n, uint32_t *ret_bucket)
{
	uint32_t map = engine->course.activities[engine->attempt.current].first_shared_data + n;
	*ret_bucket = engine->layout.bucket[map];
	return &engine->course.shared_data[map];
}

uint16_t model_path_error(const struct engine *engine, enum path_verdict verdict, struct span path, bool set)
{
	if (path.len == 0) {
		return model_code(engine, ERROR_ARGUMENT, set ? ERROR_SET : ERROR_GET);
	}
	switch (verdict) {
	case PATH_NO_CHILDREN:
		return model_code(engine, ERROR_12_NO_CHILDREN, set ? ERROR_UNDEFINED : ERROR_GET);
	case PATH_NO_COUNT:
		return model_code(engine, ERROR_12_NO_COUNT, set ? ERROR_UNDEFINED : ERROR_GET);
	case PATH_NO_VERSION:
		return model_code(engine, ERROR_12_NOT_IMPLEMENTED, set ? ERROR_UNDEFINED : ERROR_GET);
	case PATH_CATEGORY:
		return model_code(engine, ERROR_12_NOT_IMPLEMENTED, ERROR_UNDEFINED);
	case PATH_UNKNOWN:
	case PATH_FOUND:
		break;
	}
	if (is_12(engine)) {
		return span_starts(path, SPAN("cmi.")) ? ERROR_12_NOT_IMPLEMENTED : ERROR_ARGUMENT;
	}
	return ERROR_UNDEFINED;
}
