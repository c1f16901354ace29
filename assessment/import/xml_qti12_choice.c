/* Items of QTI 1.2 whose options are given: one or more to choose, or an order. */
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

GPtrArray *qti12_labels(node *response)
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
	bool many;    /* several may be chosen */
	bool partial; /* something else is worth less */
};

/* Of a set that is worth less than another nothing is taken, but what adds up is right together. */
static void choose(node *compared, node *condition, double score, void *data)
{
	struct chosen *chosen = data;
	g_autofree char *id = xml_text(compared);
	const bool joins = chosen->many && qti12_adds(condition);
	chosen->partial = chosen->partial || joins;
	if (score > chosen->most && !joins) {
		chosen->partial = chosen->partial || chosen->places->len;
		chosen->most = score;
		g_array_set_size(chosen->places, 0);
	}
	for (guint i = 0; i < chosen->labels->len && (joins || score >= chosen->most); i++) {
		if (strcmp(g_ptr_array_index(chosen->labels, i), id) == 0) {
			g_array_append_val(chosen->places, i);
		}
	}
	chosen->partial = chosen->partial || score < chosen->most;
}

GArray *qti12_right_places(const struct qti12 *qti, node *response, const GPtrArray *labels, bool *ret_partial)
{
	g_autofree char *cardinality = xml_attribute(response, "rcardinality", NULL), *id = qti12_ident(response);
	struct chosen chosen = {.labels = labels, .places = g_array_new(FALSE, FALSE, sizeof(guint)),
		.many = g_strcmp0(cardinality, "Multiple") == 0};
	qti12_each_right(qti, id, choose, &chosen);
	*ret_partial = chosen.partial;
	return chosen.places;
}

static void take_position(node *compared, node *condition, double score, void *data)
{
	g_autofree char *place = xml_text(compared);
	*(guint *)data = (guint)g_ascii_strtoull(place, NULL, 10);
}

void qti12_read_positions(struct qti12 *qti)
{
	g_autoptr(GPtrArray) ids = qti12_labels(qti->responses[0]);
	json_t *key = json_array();
	for (guint place = 1; place <= ids->len; place++) {
		for (guint i = 0; i < ids->len; i++) {
			guint right = 0;
			qti12_each_right(qti, g_ptr_array_index(ids, i), take_position, &right);
			if (right == place) {
				json_array_append_new(key, json_sprintf("o%u", i + 1));
			}
		}
	}
	json_object_set_new(qti->more, "type", json_string(item_type_name(ITEM_ORDER)));
	json_object_set_new(qti->more, "options", qti12_label_options(qti, qti->responses[0], false));
	json_object_set_new(qti->more, "key", key);
	json_object_set_new(qti->more, "shuffle", json_true());
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

json_t *qti12_label_options(struct qti12 *qti, node *response, bool listed)
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
	bool partial;
	g_autoptr(GPtrArray) ids = qti12_labels(response);
	g_autoptr(GArray) right = qti12_right_places(qti, response, ids, &partial);
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
		json_object_set_new(qti->more, "options", qti12_label_options(qti, response, false));
		json_object_set_new(qti->more, "shuffle", json_boolean(ordered || !shuffle || g_ascii_strcasecmp(shuffle, "no") != 0));
	}
	if (partial) {
		import_note(import, IMPORT_FAULT_PARTIAL, draft->line, draft->name, draft->name, NULL);
	}
}
