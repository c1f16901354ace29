/* One item of QTI 2 or 3: its structure into ours, its key by trying it (xml_derive.c). Whole, or refused. */
#include "assessment/import/xml.h"

#include <stdlib.h>
#include <string.h>

#define INTERACTIONS_MAX ITEM_SLOTS_MAX

struct qti {
	struct import *import;
	node *item, *body;
	node *interactions[INTERACTIONS_MAX];
	guint count;
	bool mixed;          /* of several types */
	GHashTable *marks;   /* node -> char *: what stands in the text at its place; owned */
	json_t *more;        /* the item's members; owned */
	char *why;           /* of a refusal; owned */
	struct text_notes notes;
};

static bool is_interaction(node *at)
{
	const char *name = at->type == XML_ELEMENT_NODE ? (const char *)at->name : "";
	return g_str_has_suffix(name, "Interaction") || g_str_has_suffix(name, "-interaction");
}

static void attribute(GString *html, node *at, const char *name)
{
	g_autofree char *value = xml_attribute(at, name, NULL), *safe = g_markup_escape_text(value ? value : "", -1);
	if (value) {
		g_string_append_printf(html, " %s=\"%s\"", name, safe);
	}
}

static bool is_told_elsewhere(node *at)
{
	return xml_is(at, "feedbackInline") || xml_is(at, "feedbackBlock") || xml_is(at, "modalFeedback") ||
	       xml_is(at, "rubricBlock") || xml_is(at, "gapText");
}

/* What is shown, as HTML; marked elements give their mark, `without` nothing. */
static void show(const struct qti *qti, node *top, node *without, GString *html)
{
	for (node *at = top->children; at; at = at->next) {
		const char *mark = g_hash_table_lookup(qti->marks, at);
		if (mark) {
			g_string_append(html, mark);
		} else if (at->type == XML_ELEMENT_NODE && at != without && !is_told_elsewhere(at)) {
			const char *name = xml_is(at, "prompt") ? "p" : (const char *)at->name;
			g_string_append_printf(html, "<%s", name);
			attribute(html, at, "src");
			attribute(html, at, "data");
			attribute(html, at, "alt");
			g_string_append_c(html, '>');
			if (strcmp(name, "img") != 0 && strcmp(name, "br") != 0) {
				show(qti, at, without, html);
				g_string_append_printf(html, "</%s>", name);
			}
		} else if ((at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) && at->content) {
			g_autofree char *escaped = g_markup_escape_text((const char *)at->content, -1);
			g_string_append(html, escaped);
		}
	}
}

static char *shown(const struct qti *qti, node *top, node *without)
{
	GString *html = g_string_new(NULL);
	show(qti, top, without, html);
	return g_string_free(html, FALSE);
}

static char *response_of(node *interaction)
{
	char *id = xml_attribute(interaction, "responseIdentifier", "response-identifier");
	return id ? id : g_strdup("RESPONSE");
}

static void add_option(json_t *list, const char *id, json_t *text)
{
	json_array_append_new(list, json_pack("{s:s, s:o}", "id", id, "text", text));
}

static const char *letter(guint i, char ret[8])
{
	g_snprintf(ret, 8, i < 26 ? "%c" : "o%u", i < 26 ? 'a' + i : i);
	return ret;
}

/* The elements of that name below `top` as options; their identifiers in the order met. */
static GPtrArray *options_of(struct qti *qti, node *top, const char *name, json_t *list)
{
	GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
	char id[8];
	for (node *at = top->children; at; at = xml_walk(at, top)) {
		if (xml_is(at, name) && ids->len <= ITEM_OPTIONS_MAX) {
			g_autofree char *html = shown(qti, at, NULL);
			json_t *text = strcmp(name, "simpleChoice") == 0 ? import_rich(qti->import, html, NULL, &qti->notes)
									  : import_listed(html, &qti->notes);
			char *own = xml_attribute(at, "identifier", NULL);
			add_option(list, letter(ids->len, id), text);
			g_ptr_array_add(ids, own ? own : g_strdup(""));
		}
	}
	if (ids->len > ITEM_OPTIONS_MAX) {
		qti->why = qti->why ? qti->why : g_strdup_printf("più di %u opzioni / options", ITEM_OPTIONS_MAX);
	}
	return ids;
}

static void set_type(struct qti *qti, enum item_type type, bool partial)
{
	json_object_set_new(qti->more, "type", json_string(item_type_name(type)));
	if (partial) {
		json_object_set_new(qti->more, "partial", json_true());
	}
}

static void mark(struct qti *qti, node *at, const char *id)
{
	g_hash_table_insert(qti->marks, (void *)at, g_strdup_printf("[[%s]]", id));
}

static bool shuffles(node *interaction)
{
	g_autofree char *shuffle = xml_attribute(interaction, "shuffle", NULL);
	for (node *at = interaction->children; at; at = xml_walk(at, interaction)) {
		g_autofree char *fixed = at->type == XML_ELEMENT_NODE ? xml_attribute(at, "fixed", NULL) : NULL;
		if (g_strcmp0(fixed, "true") == 0) {
			return false;
		}
	}
	return g_strcmp0(shuffle, "true") == 0;
}

/* choiceInteraction and hottextInteraction. */
static void read_choice(struct qti *qti, node *at, bool hot)
{
	json_t *options = json_array(), *key = json_array();
	g_autoptr(GPtrArray) ids = options_of(qti, at, hot ? "hottext" : "simpleChoice", options);
	g_autofree char *response = response_of(at);
	g_autofree char *most = xml_attribute(at, "maxChoices", "max-choices");
	node *declared = qti_declaration(qti->item, response);
	g_autofree char *cardinality = declared ? xml_attribute(declared, "cardinality", NULL) : NULL;
	const bool many = g_strcmp0(cardinality, "multiple") == 0;
	guint32 right = 0;
	bool partial = false;
	char id[8];
	if (!qti->why && qti_derive_choice(qti->item, response, ids, many ? (most ? (guint)atoi(most) : 0) : 1, &right, &partial, &qti->why)) {
		for (guint i = 0; i < ids->len; i++) {
			if (right & (1u << i)) {
				json_array_append_new(key, json_string(letter(i, id)));
			}
		}
	}
	if (hot) {
		guint i = 0;
		for (node *text = at->children; text; text = xml_walk(text, at)) {
			if (xml_is(text, "hottext")) {
				mark(qti, text, letter(i++, id));
			}
		}
	}
	const bool single = !many || g_strcmp0(most, "1") == 0;
	set_type(qti, hot ? ITEM_HOT_TEXT : single ? ITEM_SINGLE : ITEM_MULTIPLE, partial && !single);
	json_object_set_new(qti->more, "options", options);
	json_object_set_new(qti->more, "key", key);
	json_object_set_new(qti->more, "shuffle", json_boolean(shuffles(at)));
}

static void read_order(struct qti *qti, node *at)
{
	json_t *options = json_array(), *key = json_array();
	g_autoptr(GPtrArray) ids = options_of(qti, at, "simpleChoice", options);
	g_autofree char *response = response_of(at);
	g_autoptr(GPtrArray) correct = qti_correct(qti->item, response);
	bool partial = false;
	char id[8];
	for (guint c = 0; c < correct->len; c++) {
		for (guint i = 0; i < ids->len; i++) {
			if (strcmp(g_ptr_array_index(correct, c), g_ptr_array_index(ids, i)) == 0) {
				json_array_append_new(key, json_string(letter(i, id)));
			}
		}
	}
	if (!qti->why) {
		qti_derive_order(qti->item, response, correct, &partial, &qti->why);
	}
	set_type(qti, ITEM_ORDER, partial);
	json_object_set_new(qti->more, "options", options);
	json_object_set_new(qti->more, "key", key);
	json_object_set_new(qti->more, "shuffle", json_true());
}

/* The key of pairs, when each slot has one. */
static json_t *pairs_json(const struct qti_slots *slots, const char *prefix)
{
	json_t *key = json_array();
	char id[8];
	for (guint s = 0; s < slots->count; s++) {
		for (guint i = 0; i < slots->list[s].options->len; i++) {
			if (slots->list[s].key & (1u << i)) {
				json_array_append_new(key, json_sprintf("%s%u %s", prefix, s + 1, letter(i, id)));
			}
		}
	}
	return key;
}

static void read_match(struct qti *qti, node *at)
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
	g_autoptr(GPtrArray) one = options_of(qti, left, "simpleAssociableChoice", sides[0]);
	g_autoptr(GPtrArray) other = options_of(qti, right, "simpleAssociableChoice", sides[1]);
	g_autofree char *response = response_of(at);
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
			set_type(qti, ITEM_MATCH, slots.partial);
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
	mark(qti, at, id);
	json_array_append_new(gaps, more);
}

static void read_gap_match(struct qti *qti, node *at)
{
	json_t *options = json_array(), *gaps = json_array();
	g_autoptr(GPtrArray) ids = options_of(qti, at, "gapText", options);
	g_autofree char *response = response_of(at);
	struct qti_slots slots = {.item = qti->item, .pairing = QTI_OPTION_FIRST};
	for (node *gap = at->children; gap; gap = xml_walk(gap, at)) {
		if (xml_is(gap, "gapImg")) {
			qti->notes.refused = qti->notes.refused ? qti->notes.refused : g_strdup("gapImg");
		} else if (xml_is(gap, "gap") && slots.count < ITEM_SLOTS_MAX) {
			char *id = xml_attribute(gap, "identifier", NULL);
			slots.list[slots.count++] =
				(struct qti_slot){.response = g_strdup(response), .id = id ? id : g_strdup(""), .options = ids};
			add_gap(qti, gaps, gap, json_object());
		}
	}
	if (!qti->why && qti_derive_slots(&slots, &qti->why)) {
		json_object_set_new(qti->more, "key", pairs_json(&slots, "g"));
	}
	set_type(qti, ITEM_GAP_MATCH, slots.partial);
	json_object_set_new(qti->more, "options", options);
	json_object_set_new(qti->more, "gaps", gaps);
	qti_slots_finish(&slots);
}

static void read_inline_choices(struct qti *qti)
{
	json_t *gaps = json_array();
	g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	struct qti_slots slots = {.item = qti->item, .pairing = QTI_OWN};
	for (guint i = 0; i < qti->count; i++) {
		json_t *gap = json_object(), *options = json_array();
		GPtrArray *ids = options_of(qti, qti->interactions[i], "inlineChoice", options);
		g_ptr_array_add(lists, ids);
		json_object_set_new(gap, "options", options);
		slots.list[slots.count++] =
			(struct qti_slot){.response = response_of(qti->interactions[i]), .id = g_strdup(""), .options = ids};
		add_gap(qti, gaps, qti->interactions[i], gap);
	}
	if (!qti->why && qti_derive_slots(&slots, &qti->why)) {
		json_object_set_new(qti->more, "key", pairs_json(&slots, "g"));
	}
	set_type(qti, ITEM_INLINE_CHOICE, slots.partial);
	json_object_set_new(qti->more, "gaps", gaps);
	qti_slots_finish(&slots);
}

static json_t *answers_json(const struct qti_slot *slot)
{
	json_t *answers = json_array();
	for (guint i = 0; slot->answers && i < slot->answers->len; i++) {
		json_array_append_new(answers, json_pack("{s:s, s:f}", "text", (char *)g_ptr_array_index(slot->answers, i),
						       "score", g_array_index(slot->scores, double, i)));
	}
	if (json_array_size(answers) == 0 && slot->is_number) {
		json_array_append_new(answers, json_pack("{s:f, s:f}", "number", slot->number, "tolerance", slot->tolerance));
	}
	return answers;
}

static void read_text_entries(struct qti *qti)
{
	json_t *gaps = json_array();
	struct qti_slots slots = {.item = qti->item, .pairing = QTI_OWN};
	for (guint i = 0; i < qti->count; i++) {
		char *response = response_of(qti->interactions[i]);
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
	set_type(qti, ITEM_TEXT_ENTRY, slots.partial);
	json_object_set_new(qti->more, "gaps", gaps);
	qti_slots_finish(&slots);
}

/* False when no type of ours can hold it. */
static bool read_interactions(struct qti *qti)
{
	node *at = qti->interactions[0];
	if (xml_is(at, "inlineChoiceInteraction")) {
		read_inline_choices(qti);
	} else if (xml_is(at, "textEntryInteraction")) {
		read_text_entries(qti);
	} else if (xml_is(at, "choiceInteraction") || xml_is(at, "hottextInteraction")) {
		read_choice(qti, at, xml_is(at, "hottextInteraction"));
	} else if (xml_is(at, "orderInteraction")) {
		read_order(qti, at);
	} else if (xml_is(at, "matchInteraction")) {
		read_match(qti, at);
	} else if (xml_is(at, "gapMatchInteraction")) {
		read_gap_match(qti, at);
	} else if (xml_is(at, "extendedTextInteraction")) {
		set_type(qti, ITEM_EXTENDED_TEXT, false);
		json_object_set_new(qti->more, "state", json_string("draft"));
	} else {
		return false;
	}
	return true;
}

static void find(struct qti *qti)
{
	for (node *at = qti->item->children; at; at = xml_walk(at, qti->item)) {
		if (is_interaction(at)) {
			qti->mixed = qti->mixed || (qti->count && strcmp((const char *)at->name,
									 (const char *)qti->interactions[0]->name) != 0);
			if (qti->count < INTERACTIONS_MAX) {
				qti->interactions[qti->count] = at;
			}
			qti->count++;
		} else if (xml_is(at, "itemBody")) {
			qti->body = at;
		}
	}
}

static bool may_be_several(node *at)
{
	return xml_is(at, "inlineChoiceInteraction") || xml_is(at, "textEntryInteraction");
}

static void add(struct qti *qti, struct draft *draft)
{
	node *at = qti->interactions[0];
	const char *type = json_string_value(json_object_get(qti->more, "type"));
	const bool in_text = g_strcmp0(type, "gap_match") == 0 || g_strcmp0(type, "hot_text") == 0 || may_be_several(at);
	node *prompt = xml_child(at, "prompt");
	g_autofree char *around = shown(qti, qti->body, in_text ? NULL : at);
	g_autofree char *asked = prompt && !in_text ? shown(qti, prompt, NULL) : g_strdup("");
	char *html = g_strdup_printf("%s<p>%s</p>", around, asked);
	bool media = false, script = false;
	g_autofree char *words = import_plain(html, &media, &script);
	if (!*words && !media) {
		g_autofree char *title = xml_attribute(qti->item, "title", NULL);
		g_free(html);
		html = g_markup_escape_text(title ? title : "", -1);
	}
	g_autofree char *area = xml_attribute(qti->body, "data-area", NULL);
	g_autofree char *difficulty = xml_attribute(qti->body, "data-difficulty", NULL);
	if (area && *area) {
		import_area(qti->import, area);
	}
	draft->difficulty = difficulty ? (guint)CLAMP(atoi(difficulty), 0, (int)ITEM_DIFFICULTY_MAX) : 0;
	draft->stem = html;
	draft->html = true;
	draft->more = qti->more;
	if (import_heed(qti->import, draft, &qti->notes, qti->more)) {
		import_add(qti->import, draft);
	}
	g_free(html);
}

void import_qti_item(struct import *import, node *item)
{
	struct qti qti = {.import = import, .item = item, .more = json_object(),
		.marks = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free)};
	g_autofree char *id = xml_attribute(item, "identifier", NULL);
	struct draft draft = {.name = id ? id : "?", .line = xml_line(item)};
	find(&qti);
	if (!qti.body || !qti.count) {
		import_refuse(import, IMPORT_FAULT_TYPE, draft.line, draft.name, qti.body ? "senza interazione" : "itemBody");
	} else if (qti.count > 1 && (qti.mixed || !may_be_several(qti.interactions[0]) || qti.count > INTERACTIONS_MAX)) {
		g_autofree char *number = g_strdup_printf("%u × interaction", qti.count);
		import_refuse(import, IMPORT_FAULT_COMPOSITE, xml_line(qti.interactions[1]), draft.name, number);
	} else if (!read_interactions(&qti)) {
		import_refuse(import, IMPORT_FAULT_TYPE, xml_line(qti.interactions[0]), draft.name,
			(const char *)qti.interactions[0]->name);
	} else if (qti.why) {
		node *rules = xml_child(item, "responseProcessing");
		import_refuse(import, IMPORT_FAULT_RULES, rules ? xml_line(rules) : draft.line, draft.name, qti.why);
	} else if (json_array_size(json_object_get(qti.more, "key")) == 0 && json_object_get(qti.more, "options")) {
		import_refuse(import, IMPORT_FAULT_KEY, draft.line, draft.name, NULL);
	} else {
		add(&qti, &draft);
	}
	json_decref(qti.more);
	g_hash_table_unref(qti.marks);
	g_free(qti.why);
	g_free(qti.notes.refused);
}
