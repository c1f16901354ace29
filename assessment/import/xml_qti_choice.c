/* Items of QTI 2 or 3 with one list of options: to choose from, also in the text itself, or to put in order. */
#include "assessment/import/xml_qti.h"

#include <stdlib.h>
#include <string.h>

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

void qti_read_choice(struct qti *qti, node *at, bool hot)
{
	json_t *options = json_array(), *key = json_array();
	g_autoptr(GPtrArray) ids = qti_options_of(qti, at, hot ? "hottext" : "simpleChoice", options);
	g_autofree char *response = qti_response_of(at);
	g_autofree char *most = xml_attribute(at, "maxChoices", "max-choices");
	node *declared = qti_declaration(qti->item, response);
	g_autofree char *cardinality = declared ? xml_attribute(declared, "cardinality", NULL) : NULL;
	const bool many = g_strcmp0(cardinality, "multiple") == 0;
	guint32 right = 0;
	struct qti_marks marks = {0};
	char id[8];
	if (!qti->why && qti_derive_choice(qti->item, response, ids, many ? (most ? (guint)atoi(most) : 0) : 1, &right, &marks, &qti->why)) {
		for (guint i = 0; i < ids->len; i++) {
			if (right & (1u << i)) {
				json_array_append_new(key, json_string(qti_letter(i, id)));
			}
		}
	}
	if (hot) {
		guint i = 0;
		for (node *text = at->children; text; text = xml_walk(text, at)) {
			if (xml_is(text, "hottext")) {
				qti_mark(qti, text, qti_letter(i++, id));
			}
		}
	}
	const bool single = !many || g_strcmp0(most, "1") == 0;
	qti->whole_only = single && marks.partial;
	qti_set_type(qti, hot ? ITEM_HOT_TEXT : single ? ITEM_SINGLE : ITEM_MULTIPLE, single ? (struct qti_marks){0} : marks);
	json_object_set_new(qti->more, "options", options);
	json_object_set_new(qti->more, "key", key);
	json_object_set_new(qti->more, "shuffle", json_boolean(shuffles(at)));
}

void qti_read_order(struct qti *qti, node *at)
{
	json_t *options = json_array(), *key = json_array();
	g_autoptr(GPtrArray) ids = qti_options_of(qti, at, "simpleChoice", options);
	g_autofree char *response = qti_response_of(at);
	g_autoptr(GPtrArray) correct = qti_correct(qti->item, response);
	struct qti_marks marks = {0};
	char id[8];
	for (guint c = 0; c < correct->len; c++) {
		for (guint i = 0; i < ids->len; i++) {
			if (strcmp(g_ptr_array_index(correct, c), g_ptr_array_index(ids, i)) == 0) {
				json_array_append_new(key, json_string(qti_letter(i, id)));
			}
		}
	}
	if (!qti->why) {
		qti_derive_order(qti->item, response, correct, &marks, &qti->why);
	}
	qti_set_type(qti, ITEM_ORDER, marks);
	json_object_set_new(qti->more, "options", options);
	json_object_set_new(qti->more, "key", key);
	json_object_set_new(qti->more, "shuffle", json_true());
}
