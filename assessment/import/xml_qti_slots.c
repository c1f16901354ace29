/* Items of QTI 2 or 3 with places to fill: prompts to match, gaps in the text to fill from a list or in one's own words. */
#include "assessment/import/xml_qti.h"

/* The key of pairs, when each slot has one. */
static json_t *pairs_json(const struct qti_slots *slots, const char *prefix)
{
	json_t *key = json_array();
	char id[8];
	for (guint s = 0; s < slots->count; s++) {
		for (guint i = 0; i < slots->list[s].options->len; i++) {
			if (slots->list[s].key & (1u << i)) {
				json_array_append_new(key, json_sprintf("%s%u %s", prefix, s + 1, qti_letter(i, id)));
			}
		}
	}
	return key;
}

void qti_read_match(struct qti *qti, node *at)
{
	node *left = xml_child(at, "simpleMatchSet"), *right = left ? left->next : NULL;
	while (right && !xml_is(right, "simpleMatchSet")) {
		right = right->next;
	}
	if (!left || !right) {
		qti->why = g_strdup("simpleMatchSet");
		return;
	}
	json_t *sides[2] = {json_array(), json_array()};
	g_autoptr(GPtrArray) one = qti_options_of(qti, left, "simpleAssociableChoice", sides[0]);
	g_autoptr(GPtrArray) other = qti_options_of(qti, right, "simpleAssociableChoice", sides[1]);
	g_autofree char *response = qti_response_of(at);
	bool good = false;
	for (guint turned = 0; turned < 2 && !good && one->len <= ITEM_SLOTS_MAX && other->len <= ITEM_SLOTS_MAX; turned++) {
		const GPtrArray *prompts = turned ? other : one;
		struct qti_slots slots = {.item = qti->item, .count = prompts->len,
			.pairing = turned ? QTI_OPTION_FIRST : QTI_SLOT_FIRST};
		for (guint s = 0; s < slots.count; s++) {
			slots.list[s] = (struct qti_slot){.response = g_strdup(response),
				.id = g_strdup(g_ptr_array_index(prompts, s)), .options = turned ? one : other};
		}
		g_clear_pointer(&qti->why, g_free);
		good = qti_derive_slots(&slots, &qti->why);
		if (good) {
			char id[8];
			for (guint s = 0; s < slots.count; s++) {
				g_snprintf(id, sizeof(id), "p%u", s + 1);
				json_object_set_new(json_array_get(sides[turned], s), "id", json_string(id));
			}
			qti_set_type(qti, ITEM_MATCH, slots.marks);
			json_object_set(qti->more, "prompts", sides[turned]);
			json_object_set(qti->more, "options", sides[!turned]);
			json_object_set_new(qti->more, "key", pairs_json(&slots, "p"));
			json_object_set_new(qti->more, "shuffle", json_true());
		}
		qti_slots_finish(&slots);
	}
	json_decref(sides[0]);
	json_decref(sides[1]);
}

static void add_gap(struct qti *qti, json_t *gaps, node *at, json_t *more)
{
	char id[8];
	g_snprintf(id, sizeof(id), "g%u", (guint)json_array_size(gaps) + 1);
	json_object_set_new(more, "id", json_string(id));
	qti_mark(qti, at, id);
	json_array_append_new(gaps, more);
}

void qti_read_gap_match(struct qti *qti, node *at)
{
	json_t *options = json_array(), *gaps = json_array();
	g_autoptr(GPtrArray) ids = qti_options_of(qti, at, "gapText", options);
	g_autofree char *response = qti_response_of(at);
	struct qti_slots slots = {.item = qti->item, .pairing = QTI_OPTION_FIRST};
	for (node *gap = at->children; gap; gap = xml_walk(gap, at)) {
		if (xml_is(gap, "gap") && slots.count < ITEM_SLOTS_MAX) {
			char *id = xml_attribute(gap, "identifier", NULL);
			slots.list[slots.count++] =
				(struct qti_slot){.response = g_strdup(response), .id = id ? id : g_strdup(""), .options = ids};
			add_gap(qti, gaps, gap, json_object());
		}
	}
	if (!qti->why && qti_derive_slots(&slots, &qti->why)) {
		json_object_set_new(qti->more, "key", pairs_json(&slots, "g"));
	}
	qti_set_type(qti, ITEM_GAP_MATCH, slots.marks);
	json_object_set_new(qti->more, "options", options);
	json_object_set_new(qti->more, "gaps", gaps);
	qti_slots_finish(&slots);
}

void qti_read_inline_choices(struct qti *qti)
{
	json_t *gaps = json_array();
	g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	struct qti_slots slots = {.item = qti->item, .pairing = QTI_OWN};
	for (guint i = 0; i < qti->count; i++) {
		json_t *gap = json_object(), *options = json_array();
		GPtrArray *ids = qti_options_of(qti, qti->interactions[i], "inlineChoice", options);
		g_ptr_array_add(lists, ids);
		json_object_set_new(gap, "options", options);
		slots.list[slots.count++] =
			(struct qti_slot){.response = qti_response_of(qti->interactions[i]), .id = g_strdup(""), .options = ids};
		add_gap(qti, gaps, qti->interactions[i], gap);
	}
	if (!qti->why && qti_derive_slots(&slots, &qti->why)) {
		json_object_set_new(qti->more, "key", pairs_json(&slots, "g"));
	}
	qti_set_type(qti, ITEM_INLINE_CHOICE, slots.marks);
	json_object_set_new(qti->more, "gaps", gaps);
	qti_slots_finish(&slots);
}

static json_t *answers_json(const struct qti_slot *slot)
{
	json_t *answers = json_array();
	if (slot->is_number) {
		json_array_append_new(answers, json_pack("{s:f, s:f}", "number", slot->number, "tolerance", slot->tolerance));
	}
	for (guint i = 0; slot->answers && i < slot->answers->len; i++) {
		const char *text = g_ptr_array_index(slot->answers, i);
		json_t *value = slot->is_number ? json_real(g_ascii_strtod(text, NULL)) : json_string(text);
		json_array_append_new(answers, json_pack("{s:o, s:f}", slot->is_number ? "number" : "text", value, "score",
						       g_array_index(slot->scores, double, i)));
	}
	return answers;
}

void qti_read_text_entries(struct qti *qti)
{
	json_t *gaps = json_array();
	struct qti_slots slots = {.item = qti->item, .pairing = QTI_OWN};
	for (guint i = 0; i < qti->count; i++) {
		char *response = qti_response_of(qti->interactions[i]);
		node *declared = qti_declaration(qti->item, response);
		g_autofree char *base = declared ? xml_attribute(declared, "baseType", "base-type") : NULL;
		slots.list[slots.count++] = (struct qti_slot){.response = response, .id = g_strdup(""),
			.is_number = g_strcmp0(base, "float") == 0 || g_strcmp0(base, "integer") == 0};
		add_gap(qti, gaps, qti->interactions[i], json_object());
	}
	if (qti_derive_texts(&slots, &qti->why)) {
		for (guint i = 0; i < slots.count; i++) {
			json_t *gap = json_array_get(gaps, i);
			json_object_set_new(gap, "answers", answers_json(&slots.list[i]));
			json_object_set_new(gap, "case", json_boolean(slots.list[i].case_matters));
		}
	}
	qti_set_type(qti, ITEM_TEXT_ENTRY, slots.marks);
	json_object_set_new(qti->more, "gaps", gaps);
	qti_slots_finish(&slots);
}
