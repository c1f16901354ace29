/*
 * QTI 1.2 items (questestinterop), as Blackboard writes them and others alike. What an item is follows from its
 * responses, not from the name it gives itself; the name only tells what is refused.
 */
#include "assessment/import/xml.h"

#include <stdlib.h>
#include <string.h>

#define RESPONSES_MAX ITEM_SLOTS_MAX

struct qti12 {
	node *item, *presentation, *processing;
	node *responses[RESPONSES_MAX]; /* response_lid, response_str, response_num, in the order met */
	guint count;                    /* of all, kept or not */
	json_t *more;
	const char *why; /* of a refusal */
	struct import *import;
	struct text_notes notes;
};

/* --- Texts --- */

static bool is_response(node *at)
{
	return xml_is(at, "response_lid") || xml_is(at, "response_str") || xml_is(at, "response_num") ||
	       xml_is(at, "response_grp") || xml_is(at, "response_xy");
}

static bool has_class(node *at, const char *name)
{
	g_autofree char *class = at->type == XML_ELEMENT_NODE ? xml_attribute(at, "class", NULL) : NULL;
	return g_strcmp0(class, name) == 0;
}

/* The materials below `top` as HTML, without those of responses and of what is to be matched. */
static char *material(struct qti12 *qti, node *top)
{
	GString *html = g_string_new(NULL);
	for (node *at = top->children; at;) {
		const bool skip = is_response(at) || xml_is(at, "render_choice") || has_class(at, "RIGHT_MATCH_BLOCK") ||
				  has_class(at, "RESPONSE_BLOCK");
		if (xml_is(at, "mattext") || xml_is(at, "mat_formattedtext")) {
			g_autofree char *type = xml_attribute(at, "type", NULL), *texttype = xml_attribute(at, "texttype", NULL);
			g_autofree char *text = xml_text(at), *escaped = g_markup_escape_text(text, -1);
			const bool is_html = g_strcmp0(type, "HTML") == 0 || g_strcmp0(texttype, "text/html") == 0;
			g_string_append_printf(html, *text ? "<p>%s</p>" : "%s", is_html ? text : escaped);
		} else if (xml_is(at, "matimage") || xml_is(at, "mataudio") || xml_is(at, "matvideo") || xml_is(at, "matapplication")) {
			g_autofree char *uri = xml_attribute(at, "uri", NULL), *label = xml_attribute(at, "label", NULL);
			g_autofree char *safe = g_markup_escape_text(uri ? uri : "", -1), *alt = g_markup_escape_text(label ? label : "", -1);
			g_string_append_printf(html, "<img src=\"%s\" alt=\"%s\"/>", safe, alt);
		}
		at = skip ? xml_after(at, top) : xml_walk(at, top);
	}
	return g_string_free(html, FALSE);
}

static json_t *rich(struct qti12 *qti, const char *html)
{
	return import_rich(qti->import, html, NULL, &qti->notes);
}

static void add_option(json_t *list, const char *prefix, json_t *text)
{
	json_array_append_new(list, json_pack("{s:o, s:o}", "id",
					    json_sprintf("%s%u", prefix, (guint)json_array_size(list) + 1), "text", text));
}

/* --- What is right --- */

/* What an answer that meets this condition is worth: 1 the whole. */
static double worth(node *condition)
{
	g_autofree char *title = xml_attribute(condition, "title", NULL);
	node *set = xml_child(condition, "setvar"), *shown = xml_child(condition, "displayfeedback");
	g_autofree char *value = xml_text(set);
	g_autofree char *link = shown ? xml_attribute(shown, "linkrefid", NULL) : NULL;
	node *outcomes = xml_child(condition->parent, "outcomes"), *variable = xml_child(outcomes, "decvar");
	g_autofree char *most = variable ? xml_attribute(variable, "maxvalue", NULL) : NULL;
	if (g_strcmp0(title, "correct") == 0 || strcmp(value, "SCORE.max") == 0) {
		return 1;
	}
	if (g_strcmp0(title, "incorrect") == 0) {
		return 0;
	}
	if (!set) {
		return g_strcmp0(link, "correct") == 0;
	}
	const double whole = most && g_ascii_strtod(most, NULL) > 0 ? g_ascii_strtod(most, NULL) : 100;
	return CLAMP(g_ascii_strtod(value, NULL) / whole, 0, 1);
}

static bool below_not(node *at, node *top)
{
	for (; at != top; at = at->parent) {
		if (xml_is(at, "not")) {
			return true;
		}
	}
	return false;
}

/* Calls for every comparison with this response that must hold, in the order met. */
static void each_right(const struct qti12 *qti, const char *response, void (*call)(node *compared, double score, void *data),
	void *data)
{
	for (node *at = qti->processing ? qti->processing->children : NULL; at; at = at->next) {
		const double score = xml_is(at, "respcondition") ? worth(at) : 0;
		node *top = score > 0 ? xml_child(at, "conditionvar") : NULL;
		for (node *var = top ? top->children : NULL; var; var = xml_walk(var, top)) {
			g_autofree char *of = var->type == XML_ELEMENT_NODE ? xml_attribute(var, "respident", NULL) : NULL;
			if (g_strcmp0(of, response) == 0 && !below_not(var, top)) {
				call(var, score, data);
			}
		}
	}
}

static char *ident(node *at)
{
	char *id = xml_attribute(at, "ident", NULL);
	return id ? id : g_strdup("");
}

/* The identifiers of a response's labels. */
static GPtrArray *labels(node *response)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
	for (node *at = response->children; at; at = xml_walk(at, response)) {
		if (xml_is(at, "response_label")) {
			g_ptr_array_add(list, ident(at));
		}
	}
	return list;
}

struct chosen {
	const GPtrArray *labels;
	GArray *places; /* guint, those worth most, in the order met */
	double most;
	bool partial; /* something else is worth less */
};

static void choose(node *compared, double score, void *data)
{
	struct chosen *chosen = data;
	g_autofree char *id = xml_text(compared);
	if (score > chosen->most) {
		chosen->partial = chosen->partial || chosen->places->len;
		chosen->most = score;
		g_array_set_size(chosen->places, 0);
	}
	for (guint i = 0; i < chosen->labels->len && score >= chosen->most; i++) {
		if (strcmp(g_ptr_array_index(chosen->labels, i), id) == 0) {
			g_array_append_val(chosen->places, i);
		}
	}
	chosen->partial = chosen->partial || score < chosen->most;
}

/* `places` is yours. */
static struct chosen right_places(const struct qti12 *qti, node *response, const GPtrArray *labels)
{
	struct chosen chosen = {.labels = labels, .places = g_array_new(FALSE, FALSE, sizeof(guint))};
	g_autofree char *id = ident(response);
	each_right(qti, id, choose, &chosen);
	return chosen;
}

/* --- Items of each kind --- */

/* Blackboard's either/or names its two options by a word of its own. */
static const char *either_or(const char *text)
{
	static const char *const words[][2] = {{"yes_no.true", "Sì"}, {"yes_no.false", "No"}, {"agree_disagree.true", "D'accordo"},
		{"agree_disagree.false", "In disaccordo"}, {"right_wrong.true", "Giusto"}, {"right_wrong.false", "Sbagliato"},
		{"true_false.true", "Vero"}, {"true_false.false", "Falso"}};
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (strcmp(text, words[i][0]) == 0) {
			return words[i][1];
		}
	}
	return text;
}

static json_t *label_options(struct qti12 *qti, node *response, bool listed)
{
	json_t *options = json_array();
	for (node *at = response->children; at; at = xml_walk(at, response)) {
		if (xml_is(at, "response_label")) {
			g_autofree char *html = material(qti, at);
			json_t *text = listed ? import_listed(html, &qti->notes) : rich(qti, html);
			const char *said = json_string_value(text), *full = said ? either_or(said) : NULL;
			add_option(options, "o", full == said ? json_incref(text) : json_string(full));
			json_decref(text);
		}
	}
	return options;
}

static bool is_true_false(const GPtrArray *labels)
{
	return labels->len == 2 && g_ascii_strcasecmp(labels->pdata[0], "true") == 0 &&
	       g_ascii_strcasecmp(labels->pdata[1], "false") == 0;
}

static void read_choice(struct qti12 *qti, struct import *import, const struct draft *draft)
{
	node *response = qti->responses[0], *render = xml_child(response, "render_choice");
	g_autofree char *cardinality = xml_attribute(response, "rcardinality", NULL);
	g_autofree char *shuffle = render ? xml_attribute(render, "shuffle", NULL) : NULL;
	g_autoptr(GPtrArray) ids = labels(response);
	struct chosen chosen = right_places(qti, response, ids);
	g_autoptr(GArray) right = chosen.places;
	json_t *key = json_array();
	const bool many = g_strcmp0(cardinality, "Multiple") == 0, ordered = g_strcmp0(cardinality, "Ordered") == 0;
	const bool true_false = is_true_false(ids) && !many && !ordered;
	const enum item_type type = ordered ? ITEM_ORDER : many ? ITEM_MULTIPLE : true_false ? ITEM_TRUE_FALSE : ITEM_SINGLE;
	for (guint i = 0; i < right->len; i++) {
		const guint place = g_array_index(right, guint, i);
		json_array_append_new(key, true_false ? json_string(place ? "false" : "true") : json_sprintf("o%u", place + 1));
	}
	json_object_set_new(qti->more, "type", json_string(item_type_name(type)));
	json_object_set_new(qti->more, "key", key);
	if (!true_false) {
		json_object_set_new(qti->more, "options", label_options(qti, response, false));
		json_object_set_new(qti->more, "shuffle", json_boolean(ordered || !shuffle || g_ascii_strcasecmp(shuffle, "no") != 0));
	}
	if (right->len && chosen.most < 1) {
		qti->why = "SCORE < 1";
	} else if (chosen.partial) {
		import_note(import, IMPORT_FAULT_PARTIAL, draft->line, draft->name, draft->name, NULL);
	}
}

static node *right_block(const struct qti12 *qti)
{
	for (node *at = qti->presentation->children; at; at = xml_walk(at, qti->presentation)) {
		if (has_class(at, "RIGHT_MATCH_BLOCK")) {
			return at;
		}
	}
	return NULL;
}

/* What prompts are matched with stands once, after them all, or again in the labels of each. */
static json_t *match_options(struct qti12 *qti)
{
	node *block = right_block(qti);
	if (!block) {
		return label_options(qti, qti->responses[0], true);
	}
	json_t *options = json_array();
	for (node *at = block->children; at; at = at->next) {
		if (xml_is(at, "flow")) {
			g_autofree char *html = material(qti, at);
			add_option(options, "o", import_listed(html, &qti->notes));
		}
	}
	return options;
}

static void read_match(struct qti12 *qti)
{
	json_t *prompts = json_array(), *key = json_array();
	for (guint i = 0; i < qti->count; i++) {
		node *response = qti->responses[i];
		g_autoptr(GPtrArray) ids = labels(response);
		g_autoptr(GArray) right = right_places(qti, response, ids).places;
		g_autofree char *own = material(qti, response), *around = *own ? NULL : material(qti, response->parent);
		add_option(prompts, "p", rich(qti, *own ? own : around));
		if (right->len == 1) {
			json_array_append_new(key, json_sprintf("p%u o%u", i + 1, g_array_index(right, guint, 0) + 1));
		}
	}
	json_object_set_new(qti->more, "type", json_string(item_type_name(ITEM_MATCH)));
	json_object_set_new(qti->more, "partial", json_true());
	json_object_set_new(qti->more, "prompts", prompts);
	json_object_set_new(qti->more, "options", match_options(qti));
	json_object_set_new(qti->more, "key", key);
}

struct written {
	struct qti12 *qti;
	json_t *answers;
	double low, high;
	bool is_number, has_low, has_high, exact;
};

static void take_answer(node *compared, double score, void *data)
{
	struct written *written = data;
	g_autofree char *text = xml_text(compared), *exact = xml_attribute(compared, "case", NULL);
	char *end;
	const double number = g_ascii_strtod(text, &end);
	if (xml_is(compared, "varequal")) {
		json_array_append_new(written->answers, json_pack("{s:s, s:f}", "text", text, "score", score));
		written->exact = written->exact || (exact && g_ascii_strcasecmp(exact, "yes") == 0);
	} else if (written->is_number && end != text && (xml_is(compared, "vargte") || xml_is(compared, "vargt"))) {
		written->low = number;
		written->has_low = true;
	} else if (written->is_number && end != text && (xml_is(compared, "varlte") || xml_is(compared, "varlt"))) {
		written->high = number;
		written->has_high = true;
	} else {
		written->qti->why = (const char *)compared->name;
	}
}

/* A range, or a number alone. */
static json_t *number_answer(const struct written *written)
{
	json_t *first = json_array_get(written->answers, 0);
	const char *text = first ? json_string_value(json_object_get(first, "text")) : "";
	char *end;
	const double number = g_ascii_strtod(text, &end);
	if (written->has_low && written->has_high && written->low <= written->high) {
		return json_pack("[{s:f, s:f}]", "number", (written->low + written->high) / 2, "tolerance",
			(written->high - written->low) / 2);
	}
	return end != text && !*end ? json_pack("[{s:f}]", "number", number) : json_array();
}

static json_t *gap_json(struct qti12 *qti, node *response, guint place)
{
	g_autofree char *id = ident(response);
	struct written written = {.qti = qti, .answers = json_array(), .is_number = xml_is(response, "response_num")};
	each_right(qti, id, take_answer, &written);
	json_t *answers = written.is_number ? number_answer(&written) : json_incref(written.answers);
	json_decref(written.answers);
	for (size_t i = 0; i < json_array_size(answers); i++) {
		json_t *score = json_object_get(json_array_get(answers, i), "score");
		if (score && json_number_value(score) < 1) {
			json_object_set_new(qti->more, "partial", json_true());
		}
	}
	return json_pack("{s:o, s:o, s:b}", "id", json_sprintf("g%u", place + 1), "answers", answers, "case", (int)written.exact);
}

/* One gap after the text, or one where the text has [name of its variable]. */
static void read_written(struct qti12 *qti, char **stem)
{
	json_t *gaps = json_array();
	for (guint i = 0; i < qti->count; i++) {
		g_autofree char *id = ident(qti->responses[i]), *mark = g_strdup_printf("[%s]", id);
		g_auto(GStrv) parts = g_strsplit(*stem, mark, 2);
		json_array_append_new(gaps, gap_json(qti, qti->responses[i], i));
		if (qti->count > 1 && !parts[1]) {
			qti->why = "[…]";
		} else if (parts[1]) {
			g_autofree char *place = g_strdup_printf("[[g%u]]", i + 1);
			g_free(*stem);
			*stem = g_strjoinv(place, parts);
		}
	}
	json_object_set_new(qti->more, "type", json_string(item_type_name(ITEM_TEXT_ENTRY)));
	json_object_set_new(qti->more, "gaps", gaps);
}

/* --- One item --- */

/* The first text below `top` of an element of that name. */
static char *named(node *top, const char *name)
{
	for (node *at = top ? top->children : NULL; at; at = xml_walk(at, top)) {
		if (xml_is(at, name)) {
			return xml_text(at);
		}
	}
	return NULL;
}

/* "Essay" of Blackboard, "essay_question" of Canvas; NULL when it says nothing. */
static char *kind(node *item)
{
	char *name = named(xml_child(item, "itemmetadata"), "bbmd_questiontype");
	node *meta = xml_child(item, "itemmetadata");
	for (node *at = meta ? meta->children : NULL; at && !name; at = xml_walk(at, meta)) {
		g_autofree char *label = xml_is(at, "qtimetadatafield") ? named(at, "fieldlabel") : NULL;
		name = g_strcmp0(label, "question_type") == 0 ? named(at, "fieldentry") : NULL;
	}
	return name;
}

/* Those that look like others by their responses. */
static bool is_refused_kind(const char *kind)
{
	static const char *const refused[] = {"Essay", "Short Response", "File Upload", "File Response", "Hot Spot", "Calculated",
		"Jumbled Sentence", "Opinion Scale", "Quiz Bowl", "essay_question", "file_upload_question", "calculated_question",
		"text_only_question"};
	for (size_t i = 0; kind && i < G_N_ELEMENTS(refused); i++) {
		if (strcmp(kind, refused[i]) == 0) {
			return true;
		}
	}
	return false;
}

static void find(struct qti12 *qti)
{
	for (node *at = qti->presentation ? qti->presentation->children : NULL; at; at = xml_walk(at, qti->presentation)) {
		if (is_response(at) && qti->count++ < RESPONSES_MAX) {
			qti->responses[qti->count - 1] = at;
		}
	}
}

static bool all_are(const struct qti12 *qti, const char *one, const char *other)
{
	for (guint i = 0; i < qti->count; i++) {
		if (!xml_is(qti->responses[i], one) && !xml_is(qti->responses[i], other)) {
			return false;
		}
	}
	return qti->count > 0;
}

/* False when no type of ours can hold it. */
static bool read_responses(struct qti12 *qti, struct import *import, const struct draft *draft, char **stem)
{
	if (qti->count > RESPONSES_MAX) {
		return false;
	}
	if (all_are(qti, "response_lid", "response_lid") && (qti->count > 1 || right_block(qti))) {
		read_match(qti);
	} else if (all_are(qti, "response_lid", "response_lid")) {
		read_choice(qti, import, draft);
	} else if (all_are(qti, "response_str", "response_num")) {
		read_written(qti, stem);
	} else {
		return false;
	}
	return true;
}

static bool has_key(const json_t *more)
{
	json_t *key = json_object_get(more, "key"), *gap;
	size_t i;
	json_array_foreach(json_object_get(more, "gaps"), i, gap)
	{
		if (json_array_size(json_object_get(gap, "answers")) == 0) {
			return false;
		}
	}
	return !key || json_array_size(key) > 0;
}

static void read_item(struct import *import, node *item)
{
	struct qti12 qti = {.item = item, .import = import, .presentation = xml_child(item, "presentation"),
		.processing = xml_child(item, "resprocessing"), .more = json_object()};
	g_autofree char *id = xml_attribute(item, "ident", NULL), *title = xml_attribute(item, "title", NULL);
	g_autofree char *object = named(xml_child(item, "itemmetadata"), "bbmd_asi_object_id"), *kind_name = kind(item);
	struct draft draft = {.name = id ? id : object ? object : title ? title : "?", .line = xml_line(item), .html = true};
	find(&qti);
	char *stem = qti.presentation ? material(&qti, qti.presentation) : g_strdup("");
	if (is_refused_kind(kind_name) || !read_responses(&qti, import, &draft, &stem)) {
		import_refuse(import, IMPORT_FAULT_TYPE, draft.line, draft.name, kind_name ? kind_name : "presentation");
	} else if (qti.why) {
		node *rules = qti.processing;
		import_refuse(import, IMPORT_FAULT_RULES, rules ? xml_line(rules) : draft.line, draft.name, qti.why);
	} else if (!has_key(qti.more)) {
		import_refuse(import, IMPORT_FAULT_KEY, draft.line, draft.name, NULL);
	} else if (import_heed(import, &draft, &qti.notes, qti.more)) {
		draft.stem = stem;
		draft.more = qti.more;
		import_add(import, &draft);
	}
	g_free(qti.notes.refused);
	g_free(stem);
	json_decref(qti.more);
}

void import_qti12(struct import *import, node *root)
{
	for (node *at = root->children; at; at = xml_walk(at, root)) {
		if (xml_is(at, "assessment") || xml_is(at, "objectbank")) {
			g_autofree char *title = xml_attribute(at, "title", NULL);
			import_area(import, title ? title : "");
		} else if (xml_is(at, "item")) {
			read_item(import, at);
		}
	}
}
