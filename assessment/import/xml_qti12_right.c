/* What is right in an item of QTI 1.2: the conditions of its response processing, and what each is worth. */
#include "assessment/import/xml_qti12.h"

#include <string.h>

static double set_value(node *condition)
{
	g_autofree char *value = xml_text(xml_child(condition, "setvar"));
	return g_ascii_strtod(value, NULL);
}

/* Brightspace counts what is wrong too. */
static bool counts_wrong(node *condition)
{
	node *set = xml_child(condition, "setvar");
	g_autofree char *name = set ? xml_attribute(set, "varname", NULL) : NULL;
	return g_strcmp0(name, "D2L_Incorrect") == 0;
}

bool qti12_adds(node *condition)
{
	node *set = xml_child(condition, "setvar");
	g_autofree char *action = set ? xml_attribute(set, "action", NULL) : NULL;
	return action && g_ascii_strcasecmp(action, "Add") == 0;
}

/* The whole mark: what is declared, unless no answer can reach it. 100 when neither is said. */
static double whole_mark(node *processing)
{
	node *variable = xml_child(xml_child(processing, "outcomes"), "decvar");
	g_autofree char *most = variable ? xml_attribute(variable, "maxvalue", NULL) : NULL;
	double declared = most ? g_ascii_strtod(most, NULL) : 0, set = 0, added = 0;
	for (node *at = processing->children; at; at = at->next) {
		const double value = xml_is(at, "respcondition") && xml_child(at, "setvar") && !counts_wrong(at) ? MAX(set_value(at), 0) : 0;
		set = qti12_adds(at) ? set : MAX(set, value);
		added += qti12_adds(at) ? value : 0;
	}
	const double reached = MAX(set, added);
	return reached > 0 && (declared <= 0 || reached < declared) ? reached : declared > 0 ? declared : 100;
}

/* What an answer that meets this condition is worth: 1 the whole. */
static double worth(node *condition)
{
	g_autofree char *title = xml_attribute(condition, "title", NULL);
	node *set = xml_child(condition, "setvar"), *shown = xml_child(condition, "displayfeedback");
	g_autofree char *value = xml_text(set);
	g_autofree char *link = shown ? xml_attribute(shown, "linkrefid", NULL) : NULL;
	if (g_strcmp0(title, "correct") == 0 || strcmp(value, "SCORE.max") == 0) {
		return 1;
	}
	if (g_strcmp0(title, "incorrect") == 0 || counts_wrong(condition)) {
		return 0;
	}
	if (!set) {
		return g_strcmp0(link, "correct") == 0;
	}
	return CLAMP(set_value(condition) / whole_mark(condition->parent), 0, 1);
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

void qti12_each_right(const struct qti12 *qti, const char *response, qti12_right *call, void *data)
{
	for (node *at = qti->processing ? qti->processing->children : NULL; at; at = at->next) {
		const double score = xml_is(at, "respcondition") ? worth(at) : 0;
		node *top = score > 0 ? xml_child(at, "conditionvar") : NULL;
		for (node *var = top ? top->children : NULL; var; var = xml_walk(var, top)) {
			g_autofree char *of = var->type == XML_ELEMENT_NODE ? xml_attribute(var, "respident", NULL) : NULL;
			if (g_strcmp0(of, response) == 0 && !below_not(var, top)) {
				call(var, at, score, data);
			}
		}
	}
}
