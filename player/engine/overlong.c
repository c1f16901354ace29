/* Values longer than the smallest permitted maximum: kept whole, and counted for whoever wants to tell. */
#include "player/engine/state.h"
#include "player/engine/text.h"

_Static_assert((uint32_t)E_MAX <= MODEL_ROWS && (uint32_t)E12_MAX <= MODEL_ROWS, "a place for every row");

static uint32_t permitted(const struct engine *engine, uint32_t element)
{
	if (element >= engine->index.model->count) {
		return 0;
	}
	/* RTE 2nd Edition 4.2.22; 64,000 came with the 3rd. */
	bool short_once = engine->course.edition == SCORM_2004_2ND && element == E_SUSPEND_DATA;
	return short_once ? 4000 : engine->index.model->elements[element].spm;
}

static bool is_localized(const struct engine *engine, uint32_t element)
{
	return engine->index.model->elements[element].type == TYPE_LANGSTRING;
}

static uint32_t characters(struct span text)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < text.len; i++) {
		count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
	}
	return count;
}

void overlong_note(struct engine *engine, uint32_t element, struct span value)
{
	uint32_t most = permitted(engine, element);
	if (most == 0 || value.len <= most) {
		return;
	}
	/* RTE 4.1.1.7: the language's delimiter does not count. */
	if (is_localized(engine, element) && span_starts(value, SPAN("{lang="))) {
		value = span_from(value, span_find(value, SPAN("}")) + 1);
	}
	uint32_t length = characters(value);
	if (length > most && length > engine->overlong[element]) {
		engine->overlong[element] = length;
	}
}

void overlong_recount(struct engine *engine)
{
	memset(engine->overlong, 0, sizeof(engine->overlong));
	for (uint32_t i = 0; i < engine->values.count; i++) {
		const struct value *entry = &engine->values.entries[i];
		uint32_t element = (uint32_t)(entry->key >> 32) & 0xff;
		if (element == STORED_BUCKET && !is_12(engine)) {
			element = E_DATA_STORE;
		}
		uint32_t most = permitted(engine, element);
		struct span text;
		if (most > 0 && entry->length > most && values_get(&engine->values, entry->key, &text)) {
			overlong_note(engine, element, text);
		}
	}
}

uint32_t engine_overlong(const struct engine *engine, struct overlong_element *rows, uint32_t room)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < MODEL_ROWS; i++) {
		if (engine->overlong[i] == 0) {
			continue;
		}
		if (count < room) {
			rows[count] = (struct overlong_element){
				.element = engine->index.model->elements[i].path,
				.length = engine->overlong[i],
				.permitted = permitted(engine, i),
			};
		}
		count++;
	}
	return count;
}
