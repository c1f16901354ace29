/* What is right in an item of QTI 1.2: the conditions of its response processing, and what each is worth. */
#include "assessment/import/xml_qti12.h"

#include <string.h>

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

void qti12_each_right(const struct qti12 *qti, const char *response, void (*call)(node *compared, double score, void *data),
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
