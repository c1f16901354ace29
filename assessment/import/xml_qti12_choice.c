/* Items of QTI 1.2 whose options are given: one or more to choose, an order, or what is matched with what. */
#include "assessment/import/xml_qti12.h"

#include <string.h>

static json_t *rich(struct qti12 *qti, const char *html)
{
	return import_rich(qti->import, html, NULL, &qti->notes);
}

static void add_option(json_t *list, const char *prefix, json_t *text)
{
	json_array_append_new(list, json_pack("{s:o, s:o}", "id",
					    json_sprintf("%s%u", prefix, (guint)json_array_size(list) + 1), "text", text));
}

/* The identifiers of a response's labels. */
static GPtrArray *labels(node *response)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
	for (node *at = response->children; at; at = xml_walk(at, response)) {
		if (xml_is(at, "response_label")) {
			g_ptr_array_add(list, qti12_ident(at));
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
	g_autofree char *id = qti12_ident(response);
	qti12_each_right(qti, id, choose, &chosen);
	return chosen;
}

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
			g_autofree char *html = qti12_material(qti, at);
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

void qti12_read_choice(struct qti12 *qti, struct import *import, const struct draft *draft)
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

node *qti12_right_block(const struct qti12 *qti)
{
	for (node *at = qti->presentation->children; at; at = xml_walk(at, qti->presentation)) {
		if (qti12_has_class(at, "RIGHT_MATCH_BLOCK")) {
			return at;
		}
	}
	return NULL;
}

/* What prompts are matched with stands once, after them all, or again in the labels of each. */
static json_t *match_options(struct qti12 *qti)
{
	node *block = qti12_right_block(qti);
	if (!block) {
		return label_options(qti, qti->responses[0], true);
	}
	json_t *options = json_array();
	for (node *at = block->children; at; at = at->next) {
		if (xml_is(at, "flow")) {
			g_autofree char *html = qti12_material(qti, at);
			add_option(options, "o", import_listed(html, &qti->notes));
		}
	}
	return options;
}

void qti12_read_match(struct qti12 *qti)
{
	json_t *prompts = json_array(), *key = json_array();
	for (guint i = 0; i < qti->count; i++) {
		node *response = qti->responses[i];
		g_autoptr(GPtrArray) ids = labels(response);
		g_autoptr(GArray) right = right_places(qti, response, ids).places;
		g_autofree char *own = qti12_material(qti, response), *around = *own ? NULL : qti12_material(qti, response->parent);
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
