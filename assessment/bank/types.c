/* Reads what the item types besides the plain choices have: prompts, gaps, sequences, places in the text. */
#include "assessment/bank/reader.h"

#include <math.h>
#include <string.h>

static guint option_place(const struct bank_option *options, guint count, const char *id)
{
	for (guint i = 0; i < count; i++) {
		if (options[i].id && strcmp(options[i].id, id) == 0) {
			return i;
		}
	}
	return count;
}

/* Does the text have [[id]] exactly once? */
static bool has_place(const char *text, const char *id)
{
	g_autofree char *mark = g_strdup_printf("[[%s]]", id);
	const char *at = strstr(text, mark);
	return at && !strstr(at + 1, mark);
}

static void read_answer(struct bank_reader *reader, json_t *object, struct bank_answer *ret)
{
	static const char *const known[] = {"text", "number", "tolerance", "score"};
	json_t *number = json_object_get(object, "number"), *score = json_object_get(object, "score");
	bank_hint_unknown(reader, object, known, G_N_ELEMENTS(known));
	*ret = (struct bank_answer){.text = "", .score = score ? json_number_value(score) : 1};
	if (number) {
		json_t *tolerance = json_object_get(object, "tolerance");
		char text[G_ASCII_DTOSTR_BUF_SIZE];
		ret->is_number = true;
		ret->number = json_number_value(number);
		ret->tolerance = json_number_value(tolerance);
		g_ascii_formatd(text, sizeof(text), "%.15g", ret->number);
		ret->text = g_string_chunk_insert(reader->bank->texts, text);
		if (!json_is_number(number) || (tolerance && !json_is_number(tolerance)) || ret->tolerance < 0) {
			bank_fault_at(reader, BANK_NUMBER, "number", ret->text, NULL);
		}
	} else {
		const char *text = bank_text(reader, object, "text", RESPONSE_TEXT_MAX, false);
		ret->text = text ? text : "";
	}
	if ((score && !json_is_number(score)) || !isfinite(ret->score) || ret->score < -1 || ret->score > 1) {
		bank_fault_at(reader, BANK_NUMBER, "score", "score", NULL);
	}
}

static void read_answers(struct bank_reader *reader, json_t *object, struct bank_slot *slot)
{
	json_t *list = bank_list(reader, object, "answers", ITEM_ANSWERS_MAX);
	struct bank_answer *answers = bank_block(reader, json_array_size(list), sizeof(*answers));
	bool full = false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *value = json_array_get(list, i);
		if (!json_is_object(value)) {
			bank_fault_at(reader, BANK_TYPE, "answers", "answers", "oggetti / objects");
			return;
		}
		read_answer(reader, value, &answers[i]);
		full = full || answers[i].score >= 1;
		slot->answer_count = (guint)i + 1;
	}
	slot->answers = answers;
	slot->case_matters = json_is_true(json_object_get(object, "case"));
	if (list && !full) {
		bank_fault_at(reader, BANK_NO_ANSWER, "answers", slot->id, NULL);
	}
}

static void read_slot(struct bank_reader *reader, json_t *object, struct bank_item *item, struct bank_slot *slot)
{
	static const char *const known[] = {"id", "text", "options", "answers", "case"};
	bank_hint_unknown(reader, object, known, G_N_ELEMENTS(known));
	const char *id = bank_id(reader, object);
	slot->id = id ? id : "";
	slot->text = "";
	if (item->type == ITEM_MATCH) {
		const char *text = bank_rich(reader, object, "text", BANK_TEXT_MAX);
		slot->text = text ? text : "";
	} else if (id && !has_place(item->stem, id) && (item->type != ITEM_TEXT_ENTRY || strstr(item->stem, "[["))) {
		bank_fault_at(reader, BANK_PLACE_MISSING, "stem", id, NULL);
	}
	if (item->type == ITEM_TEXT_ENTRY) {
		read_answers(reader, object, slot);
	} else if (item->type == ITEM_INLINE_CHOICE) {
		json_t *list = bank_list(reader, object, "options", ITEM_OPTIONS_MAX);
		slot->options = list ? bank_options(reader, list, BANK_SHOWS_WORDS, &slot->option_count) : NULL;
	}
}

static void read_slots(struct bank_reader *reader, json_t *object, struct bank_item *item)
{
	const char *outer = reader->element, *field = item->type == ITEM_MATCH ? "prompts" : "gaps";
	json_t *list = json_object_get(object, field);
	if (json_array_size(list) < 1 || json_array_size(list) > ITEM_SLOTS_MAX) {
		bank_fault_limit(reader, BANK_SLOT_COUNT, field, field, ITEM_SLOTS_MAX);
		return;
	}
	struct bank_slot *slots = bank_block(reader, json_array_size(list), sizeof(*slots));
	item->slots = slots;
	for (size_t i = 0; i < json_array_size(list); i++) {
		g_autofree char *element = g_strdup_printf("%s, %s[%zu]", outer, field, i + 1);
		reader->element = element;
		item->slot_count = (guint)i + 1;
		slots[i].id = "";
		if (json_is_object(json_array_get(list, i))) {
			read_slot(reader, json_array_get(list, i), item, &slots[i]);
		} else {
			bank_fault_at(reader, BANK_TYPE, NULL, field, "oggetti / objects");
		}
		for (size_t k = 0; k < i; k++) {
			if (*slots[i].id && strcmp(slots[i].id, slots[k].id) == 0) {
				bank_fault_at(reader, BANK_DUPLICATE_ID, "id", slots[i].id, NULL);
			}
		}
		reader->element = outer;
	}
}

/* Key of pairs "slot option". */
static void read_pairs(struct bank_reader *reader, json_t *object, struct bank_item *item)
{
	json_t *list = json_object_get(object, "key");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *pair = json_string_value(json_array_get(list, i));
		const char *space = pair ? strchr(pair, ' ') : NULL;
		bool found = false;
		for (guint s = 0; space && s < item->slot_count; s++) {
			struct bank_slot *slot = (struct bank_slot *)&item->slots[s];
			const bool own = item->type == ITEM_INLINE_CHOICE;
			const guint count = own ? slot->option_count : item->option_count;
			const guint place = option_place(own ? slot->options : item->options, count, space + 1);
			if (strlen(slot->id) == (size_t)(space - pair) && g_str_has_prefix(pair, slot->id) && place < count) {
				slot->key |= 1u << place;
				found = true;
			}
		}
		if (!found) {
			bank_fault_at(reader, BANK_PAIR, "key", pair ? pair : "?", NULL);
		}
	}
	for (guint s = 0; s < item->slot_count; s++) {
		if (item->slots[s].key == 0) {
			bank_fault_at(reader, BANK_PAIR_MISSING, "key", item->slots[s].id, NULL);
		}
	}
}

static void read_sequence(struct bank_reader *reader, json_t *object, struct bank_item *item)
{
	json_t *list = json_object_get(object, "key");
	guint8 *sequence = bank_block(reader, item->option_count, sizeof(*sequence));
	guint32 seen = 0;
	for (size_t i = 0; i < json_array_size(list) && i < item->option_count; i++) {
		const char *id = json_string_value(json_array_get(list, i));
		const guint place = id ? option_place(item->options, item->option_count, id) : item->option_count;
		seen |= place < item->option_count ? 1u << place : 0;
		sequence[i] = (guint8)place;
	}
	item->sequence = sequence;
	if (json_array_size(list) != item->option_count || (guint)__builtin_popcount(seen) != item->option_count) {
		bank_fault_at(reader, BANK_SEQUENCE, "key", NULL, NULL);
	}
}

void bank_read_typed(struct bank_reader *reader, json_t *object, struct bank_item *item)
{
	const enum item_type type = item->type;
	if (type == ITEM_EXTENDED_TEXT) {
		if (item->state != POOL_DRAFT) {
			bank_fault_at(reader, BANK_DRAFT_ONLY, "state", NULL, NULL);
		}
		return;
	}
	if (type == ITEM_MATCH || type == ITEM_ORDER || type == ITEM_GAP_MATCH) {
		json_t *list = bank_list(reader, object, "options", ITEM_OPTIONS_MAX);
		item->options = list ? bank_options(reader, list, BANK_SHOWS_ALL, &item->option_count) : NULL;
	}
	if (type == ITEM_ORDER) {
		read_sequence(reader, object, item);
		return;
	}
	read_slots(reader, object, item);
	if (item_type_is_pairs(type)) {
		read_pairs(reader, object, item);
	}
}

/* The options of a hot text stand in the stem. */
void bank_check_hot_text(struct bank_reader *reader, const struct bank_item *item)
{
	for (guint i = 0; item->type == ITEM_HOT_TEXT && i < item->option_count; i++) {
		const char *id = item->options[i].id;
		if (id && !has_place(item->stem, id)) {
			bank_fault_at(reader, BANK_PLACE_MISSING, "stem", id, NULL);
		}
	}
}

bool bank_media_type(const char *type)
{
	static const char *const types[] = {"image/png", "image/jpeg", "image/gif", "image/webp", "audio/mpeg", "audio/ogg",
		"audio/wav", "audio/mp4"};
	for (size_t i = 0; type && i < G_N_ELEMENTS(types); i++) {
		if (strcmp(types[i], type) == 0) {
			return true;
		}
	}
	return false;
}

static void read_media(struct bank_reader *reader, json_t *object, struct bank_item *item)
{
	json_t *list = json_object_get(object, "media");
	if (!list) {
		return;
	}
	if (!json_is_array(list) || json_array_size(list) > ITEM_MEDIA_MAX) {
		bank_fault_limit(reader, BANK_TOO_MANY, "media", "media", ITEM_MEDIA_MAX);
		return;
	}
	struct bank_media *media = bank_block(reader, json_array_size(list), sizeof(*media));
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *one = json_array_get(list, i);
		const char *sum = json_string_value(json_object_get(one, "sha256"));
		const char *type = json_string_value(json_object_get(one, "type"));
		if (!sum || strlen(sum) != 64 || strspn(sum, "0123456789abcdef") != 64 || !bank_media_type(type)) {
			bank_fault_at(reader, BANK_MEDIA, "media", sum ? sum : "?", NULL);
			return;
		}
		const char *alt = bank_text(reader, one, "alt", BANK_TEXT_MAX, true);
		if ((!alt || !*alt) && item->state != POOL_DRAFT) {
			bank_fault_at(reader, BANK_MEDIA_ALT, "media", NULL, NULL);
		}
		media[i] = (struct bank_media){g_string_chunk_insert(reader->bank->texts, sum),
			g_string_chunk_insert_const(reader->bank->texts, type), alt ? alt : ""};
		item->media_count = (guint)i + 1;
	}
	item->media = media;
}

void bank_read_more(struct bank_reader *reader, json_t *object, struct bank_item *item)
{
	const char *state = json_string_value(json_object_get(object, "state"));
	item->state = json_is_object(json_object_get(object, "parameters")) ? POOL_CALIBRATED : POOL_PILOT;
	bool known = !json_object_get(object, "state");
	for (guint i = 0; state && i < POOL_STATE_MAX; i++) {
		if (strcmp(state, pool_state_name((enum pool_state)i)) == 0) {
			item->state = (enum pool_state)i;
			known = true;
		}
	}
	if (!known) {
		bank_fault_at(reader, BANK_STATE, "state", state ? state : "?", NULL);
	}
	const char *competence = bank_text(reader, object, "competence", BANK_NAME_MAX, true);
	const char *level = bank_text(reader, object, "level", BANK_NAME_MAX, true);
	item->competence = competence ? competence : "";
	item->level = level ? level : "";
	item->partial = json_is_true(json_object_get(object, "partial"));
	read_media(reader, object, item);
}
