#include "assessment/form/more.h"

static json_t *mask_json(guint32 mask)
{
	json_t *list = json_array();
	for (guint i = 0; i < 32; i++) {
		if (mask & (1u << i)) {
			json_array_append_new(list, json_integer((json_int_t)i + 1));
		}
	}
	return list;
}

static json_t *answers_json(const struct bank_slot *slot)
{
	json_t *list = json_array();
	for (guint i = 0; i < slot->answer_count; i++) {
		const struct bank_answer *answer = &slot->answers[i];
		json_t *one = json_pack("{s:s, s:f}", "text", answer->text, "score", answer->score);
		if (answer->is_number) {
			json_object_set_new(one, "number", json_real(answer->number));
			json_object_set_new(one, "tolerance", json_real(answer->tolerance));
		}
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *slot_json(const struct bank_slot *slot)
{
	json_t *options = json_array();
	for (guint i = 0; i < slot->option_count; i++) {
		json_array_append_new(
			options, json_pack("{s:s, s:s}", "id", slot->options[i].id, "text", slot->options[i].text));
	}
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:b}", "id", slot->id, "text", slot->text, "options", options, "key",
		mask_json(slot->key), "answers", answers_json(slot), "case", (int)slot->case_matters);
}

void form_write_more(const struct form_item *item, json_t *json)
{
	if (item->partial) {
		json_object_set_new(json, "partial", json_true());
	}
	if (item->slot_count) {
		json_t *slots = json_array();
		for (guint i = 0; i < item->slot_count; i++) {
			json_array_append_new(slots, slot_json(&item->slots[i]));
		}
		json_object_set_new(json, "slots", slots);
	}
	if (item->sequence) {
		json_t *sequence = json_array();
		for (guint i = 0; i < item->option_count; i++) {
			json_array_append_new(sequence, json_integer((json_int_t)item->sequence[i] + 1));
		}
		json_object_set_new(json, "sequence", sequence);
	}
	if (item->media_count) {
		json_t *media = json_array();
		for (guint i = 0; i < item->media_count; i++) {
			json_array_append_new(media, json_pack("{s:s, s:s, s:s}", "sha256", item->media[i].sha256,
							     "type", item->media[i].type, "alt", item->media[i].alt));
		}
		json_object_set_new(json, "media", media);
	}
}

static const char *text_of(struct form *form, json_t *object, const char *field)
{
	const char *text = json_string_value(json_object_get(object, field));
	return form_text(form, text ? text : "");
}

static const struct bank_answer *read_answers(struct form *form, json_t *list, guint *ret_count)
{
	const guint count = (guint)MIN(json_array_size(list), ITEM_ANSWERS_MAX);
	struct bank_answer *answers = form_block(form, count, sizeof(*answers));
	for (guint i = 0; i < count; i++) {
		json_t *one = json_array_get(list, i), *number = json_object_get(one, "number");
		answers[i] = (struct bank_answer){.text = text_of(form, one, "text"),
			.is_number = number != NULL,
			.number = json_number_value(number),
			.tolerance = json_number_value(json_object_get(one, "tolerance")),
			.score = json_number_value(json_object_get(one, "score"))};
	}
	*ret_count = count;
	return answers;
}

static bool read_slot(struct form *form, const struct form_item *item, struct bank_slot *slot, json_t *json)
{
	json_t *list = json_object_get(json, "options"), *key = json_object_get(json, "key");
	const size_t count = json_array_size(list);
	if (count > ITEM_OPTIONS_MAX) {
		return false;
	}
	struct bank_option *options = form_block(form, count, sizeof(*options));
	for (size_t i = 0; i < count; i++) {
		json_t *option = json_array_get(list, i);
		options[i] = (struct bank_option){text_of(form, option, "id"), text_of(form, option, "text")};
	}
	*slot = (struct bank_slot){.id = text_of(form, json, "id"), .text = text_of(form, json, "text"),
		.option_count = (guint)count, .options = options,
		.case_matters = json_is_true(json_object_get(json, "case"))};
	const json_int_t places = (json_int_t)(item->type == ITEM_INLINE_CHOICE ? count : item->option_count);
	for (size_t i = 0; i < json_array_size(key); i++) {
		const json_int_t place = json_integer_value(json_array_get(key, i));
		if (place < 1 || place > places) {
			return false;
		}
		slot->key |= 1u << (place - 1);
	}
	slot->answers = read_answers(form, json_object_get(json, "answers"), &slot->answer_count);
	return item->type == ITEM_TEXT_ENTRY ? slot->answer_count > 0 : slot->key != 0;
}

static bool read_sequence(struct form *form, struct form_item *item, json_t *list)
{
	guint8 *sequence = form_block(form, item->option_count, sizeof(*sequence));
	item->sequence = sequence;
	bool good = json_array_size(list) == item->option_count && item->option_count > 0;
	for (guint i = 0; good && i < item->option_count; i++) {
		const json_int_t place = json_integer_value(json_array_get(list, i));
		good = place >= 1 && place <= (json_int_t)item->option_count;
		sequence[i] = (guint8)(place - 1);
	}
	return good;
}

bool form_read_more(struct form *form, struct form_item *item, json_t *json)
{
	json_t *slots = json_object_get(json, "slots"), *media = json_object_get(json, "media");
	item->partial = json_is_true(json_object_get(json, "partial"));
	bool good = json_array_size(slots) <= ITEM_SLOTS_MAX;
	struct bank_slot *own = form_block(form, good ? json_array_size(slots) : 0, sizeof(*own));
	for (guint i = 0; good && i < json_array_size(slots); i++) {
		good = read_slot(form, item, &own[i], json_array_get(slots, i));
		item->slot_count = i + 1;
	}
	item->slots = own;
	if (good && item->type == ITEM_ORDER) {
		good = read_sequence(form, item, json_object_get(json, "sequence"));
	}
	item->media_count = (guint)MIN(json_array_size(media), ITEM_MEDIA_MAX);
	struct bank_media *shown = form_block(form, item->media_count, sizeof(*shown));
	for (guint i = 0; i < item->media_count; i++) {
		json_t *one = json_array_get(media, i);
		shown[i] = (struct bank_media){
			text_of(form, one, "sha256"), text_of(form, one, "type"), text_of(form, one, "alt")};
	}
	item->media = shown;
	const bool wants_slots = item_type_is_pairs(item->type) || item->type == ITEM_TEXT_ENTRY;
	return good && (!wants_slots || item->slot_count > 0);
}

static void freeze_answers(struct form *form, struct bank_slot *slot)
{
	struct bank_answer *answers = form_block(form, slot->answer_count, sizeof(*answers));
	for (guint i = 0; i < slot->answer_count; i++) {
		answers[i] = slot->answers[i];
		answers[i].text = form_text(form, answers[i].text);
	}
	slot->answers = answers;
}

/* The slot's own options in an order of their own, or its key by the order of the item's. */
static void freeze_slot(struct form *form, struct bank_slot *to, const struct bank_slot *from,
	const struct bank_item *item, const guint *item_order, struct random *random)
{
	guint own[ITEM_OPTIONS_MAX];
	for (guint i = 0; i < from->option_count; i++) {
		own[i] = i;
	}
	if (item->shuffle) {
		random_shuffle(random, own, from->option_count);
	}
	*to = *from;
	to->id = form_text(form, from->id);
	to->text = form_text(form, from->text);
	struct bank_option *options = form_block(form, from->option_count, sizeof(*options));
	for (guint i = 0; i < from->option_count; i++) {
		const struct bank_option *option = &from->options[own[i]];
		options[i] = (struct bank_option){form_text(form, option->id), form_text(form, option->text)};
	}
	to->options = options;
	const bool has_own = item->type == ITEM_INLINE_CHOICE;
	to->key = 0;
	for (guint i = 0; i < (has_own ? from->option_count : item->option_count); i++) {
		to->key |= from->key & (1u << (has_own ? own : item_order)[i]) ? 1u << i : 0;
	}
	freeze_answers(form, to);
}

void form_freeze_more(struct form *form, struct form_item *to, const struct bank_item *from, const guint *order,
	struct random *random)
{
	struct bank_slot *slots = form_block(form, from->slot_count, sizeof(*slots));
	for (guint i = 0; i < from->slot_count; i++) {
		freeze_slot(form, &slots[i], &from->slots[i], from, order, random);
	}
	to->slots = slots;
	to->slot_count = from->slot_count;
	to->partial = from->partial;
	if (from->sequence) {
		guint8 *sequence = form_block(form, from->option_count, sizeof(*sequence));
		for (guint i = 0; i < from->option_count; i++) {
			for (guint k = 0; k < from->option_count; k++) {
				sequence[i] = from->sequence[i] == order[k] ? (guint8)k : sequence[i];
			}
		}
		to->sequence = sequence;
	}
	struct bank_media *media = form_block(form, from->media_count, sizeof(*media));
	for (guint i = 0; i < from->media_count; i++) {
		media[i] = (struct bank_media){form_text(form, from->media[i].sha256),
			form_text(form, from->media[i].type), form_text(form, from->media[i].alt)};
	}
	to->media = media;
	to->media_count = from->media_count;
}
