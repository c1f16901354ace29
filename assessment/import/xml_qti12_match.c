/* Items of QTI 1.2 that match prompts with options: one response for each prompt. */
#include "assessment/import/xml_qti12.h"

static void add_option(json_t *list, const char *prefix, json_t *text)
{
	json_array_append_new(list, json_pack("{s:o, s:o}", "id",
					    json_sprintf("%s%u", prefix, (guint)json_array_size(list) + 1), "text", text));
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

/* Blackboard's: once, after all prompts. */
static json_t *block_options(struct qti12 *qti, node *block)
{
	json_t *options = json_array();
	for (node *at = block->children; at; at = at->next) {
		if (xml_is(at, "flow")) {
			g_autofree char *html = qti12_material(qti, at);
			add_option(options, "o", import_rich(qti->import, html, NULL, &qti->notes));
		}
	}
	return options;
}

/* Each response has its own list, which may be shorter or in another order: where its label stands among all, by text. */
static guint shared_place(json_t *options, json_t *own, guint label)
{
	json_t *text = json_object_get(json_array_get(own, label), "text");
	guint i = 0;
	while (i < json_array_size(options) && !json_equal(json_object_get(json_array_get(options, i), "text"), text)) {
		i++;
	}
	if (text && i == json_array_size(options)) {
		add_option(options, "o", json_incref(text));
	}
	return i;
}

void qti12_read_match(struct qti12 *qti)
{
	node *block = qti12_right_block(qti);
	json_t *prompts = json_array(), *key = json_array(), *options = block ? block_options(qti, block) : json_array();
	for (guint i = 0; i < qti->count; i++) {
		node *response = qti->responses[i];
		bool ignored;
		g_autoptr(GPtrArray) ids = qti12_labels(response);
		g_autoptr(GArray) right = qti12_right_places(qti, response, ids, &ignored);
		g_autofree char *own = qti12_material(qti, response), *around = *own ? NULL : qti12_material(qti, response->parent);
		add_option(prompts, "p", import_rich(qti->import, *own ? own : around, NULL, &qti->notes));
		json_auto_t *labels = block ? NULL : qti12_label_options(qti, response, false);
		for (guint k = 0; k < json_array_size(labels); k++) {
			shared_place(options, labels, k);
		}
		if (right->len == 1) {
			const guint label = g_array_index(right, guint, 0);
			json_array_append_new(key, json_sprintf("p%u o%u", i + 1, (block ? label : shared_place(options, labels, label)) + 1));
		} else if (right->len > 1) {
			qti->why = "più risposte per una voce / several answers for one entry";
		}
	}
	json_object_set_new(qti->more, "type", json_string(item_type_name(ITEM_MATCH)));
	json_object_set_new(qti->more, "partial", json_true());
	json_object_set_new(qti->more, "prompts", prompts);
	json_object_set_new(qti->more, "options", options);
	json_object_set_new(qti->more, "key", key);
}
