/* Values longer than the smallest permitted maximum, and collections with more members: kept whole, and counted for
 * whoever wants to tell. */
#include "player/engine/state.h"
#include "player/engine/text.h"

_Static_assert((uint32_t)E_MAX <= MODEL_ROWS && (uint32_t)E12_MAX <= MODEL_ROWS, "a place for every row");

static uint32_t element_of(value_key key)
{
	return (uint32_t)(key >> 32) & 0xff;
}

/* RTE 4.2.9.1, 4.2.9.2: of a response and its patterns the SPM is that of each part. */
#define PART_SPM 250u
#define LONG_PART_SPM 4000u

static bool has_parts(const struct engine *engine, uint32_t element)
{
	return !is_12(engine) && (element == E_LEARNER_RESPONSE || element == E_CORRECT_RESPONSE_PATTERN);
}

static enum interaction_type type_beside(const struct engine *engine, value_key key)
{
	struct span word = SPAN("");
	uint32_t n = (uint32_t)(key >> 16) & 0xffff;
	(void)values_get(
		&engine->values, value_key_of(value_key_owner(key), E_INTERACTION_TYPE, n, 0), &word);
	return interaction_type_of(word);
}

static uint32_t permitted(const struct engine *engine, value_key key)
{
	uint32_t element = element_of(key);
	if (element >= engine->index.model->count) {
		return 0;
	}
	if (has_parts(engine, element)) {
		enum interaction_type type = type_beside(engine, key);
		bool is_long = type == INTERACTION_LONG_FILL_IN || type == INTERACTION_OTHER;
		return is_long ? LONG_PART_SPM : PART_SPM;
	}
	/* RTE 2nd Edition 4.2.22; 64,000 came with the 3rd. */
	bool short_once =
		!is_12(engine) && engine->course.edition == SCORM_2004_2ND && element == E_SUSPEND_DATA;
	return short_once ? 4000 : engine->index.model->elements[element].spm;
}

static uint32_t characters(struct span text)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < text.len; i++) {
		count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
	}
	return count;
}

/* RTE 4.1.1.7: delimiters do not count, neither {lang=en} before a text nor [,] between parts. */
static struct span without_delimiters(struct span text)
{
	while (span_starts(text, SPAN("{"))) {
		uint32_t close = span_find(text, SPAN("}"));
		if (close == SPAN_NOT_FOUND ||
			span_find(span_first(text, close), SPAN("=")) == SPAN_NOT_FOUND) {
			break;
		}
		text = span_from(text, close + 1);
	}
	return text;
}

static bool is_delimiter(struct span text, uint32_t at)
{
	return text.len - at >= 3 && text.at[at] == '[' && text.at[at + 2] == ']' &&
	       (text.at[at + 1] == ',' || text.at[at + 1] == '.' || text.at[at + 1] == ':');
}

static uint32_t longest_part(struct span text)
{
	uint32_t longest = 0, start = 0;
	for (uint32_t i = 0; i <= text.len; i++) {
		if (i < text.len && !is_delimiter(text, i)) {
			continue;
		}
		uint32_t length = characters(without_delimiters((struct span){text.at + start, i - start}));
		longest = length > longest ? length : longest;
		start = i + 3;
		i += 2;
	}
	return longest;
}

static uint32_t length_of(const struct engine *engine, uint32_t element, struct span value)
{
	if (has_parts(engine, element)) {
		return longest_part(value);
	}
	bool localized = engine->index.model->elements[element].type == TYPE_LANGSTRING;
	return characters(localized ? without_delimiters(value) : value);
}

static void mark(struct engine *engine, uint32_t element, uint32_t length, uint32_t most)
{
	struct overlong_mark *marked = &engine->overlong[element];
	if (length > most && length > marked->length) {
		*marked = (struct overlong_mark){.length = length, .permitted = most};
	}
}

void overlong_note(struct engine *engine, value_key key, struct span value)
{
	uint32_t most = permitted(engine, key);
	if (most > 0 && value.len > most) {
		mark(engine, element_of(key), length_of(engine, element_of(key), value), most);
	}
}

void overlong_note_members(struct engine *engine, enum collection collection, uint32_t count)
{
	static const struct {
		uint32_t element, most;
	} spm[COLLECTION_MAX] = {
		[COLLECTION_OBJECTIVES] = {E_OBJECTIVES_COUNT, 100},
		[COLLECTION_INTERACTIONS] = {E_INTERACTIONS_COUNT, 250},
		[COLLECTION_INTERACTION_OBJECTIVES] = {E_INTERACTION_OBJECTIVES_COUNT, 10},
		[COLLECTION_CORRECT_RESPONSES] = {E_CORRECT_RESPONSES_COUNT, 10},
		[COLLECTION_COMMENTS] = {E_COMMENTS_COUNT, 250},
	};
	if (!is_12(engine) && collection < COLLECTION_MAX && spm[collection].most > 0) {
		mark(engine, spm[collection].element, count, spm[collection].most);
	}
}

void overlong_recount(struct engine *engine)
{
	memset(engine->overlong, 0, sizeof(engine->overlong));
	for (uint32_t i = 0; i < engine->values.count; i++) {
		value_key key = engine->values.entries[i].key;
		uint32_t element = element_of(key);
		struct span text;
		if (element >= STORED_COUNT_FIRST && element < STORED_COUNT_FIRST + COLLECTION_MAX) {
			overlong_note_members(engine, (enum collection)(element - STORED_COUNT_FIRST),
				values_number(&engine->values, key));
			continue;
		}
		if (element == STORED_BUCKET && !is_12(engine)) {
			key = value_key_of(value_key_owner(key), E_DATA_STORE, 0, 0);
		}
		if (values_get(&engine->values, engine->values.entries[i].key, &text)) {
			overlong_note(engine, key, text);
		}
	}
}

uint32_t engine_overlong(const struct engine *engine, struct overlong_element *rows, uint32_t room)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < MODEL_ROWS; i++) {
		if (engine->overlong[i].length == 0) {
			continue;
		}
		if (count < room) {
			rows[count] = (struct overlong_element){
				.element = engine->index.model->elements[i].path,
				.length = engine->overlong[i].length,
				.permitted = engine->overlong[i].permitted,
			};
		}
		count++;
	}
	return count;
}
