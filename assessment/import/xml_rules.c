/*
 * Response processing of QTI, as far as it is plain: conditions, comparisons and sums over responses. Nothing loops
 * and nothing is fetched; what is not known here makes the item be refused by name.
 */
#include "assessment/import/xml_rules.h"

#include <string.h>

static void run(struct rules *rules, node *at);

/* The rules of the first branch whose condition holds. */
static void run_condition(struct rules *rules, node *condition)
{
	for (node *branch = rules_first(condition->children); branch; branch = rules_first(branch->next)) {
		node *at = rules_first(branch->children);
		if (!xml_is(branch, "responseElse")) {
			g_auto(GStrv) holds = at ? rules_evaluate(rules, at) : rules_unknown(rules, branch);
			if (!value_is_true(holds)) {
				continue;
			}
			at = rules_first(at->next);
		}
		for (; at && !rules->over; at = rules_first(at->next)) {
			run(rules, at);
		}
		return;
	}
}

static void run(struct rules *rules, node *at)
{
	if (++rules->depth > RULES_DEPTH_MAX || rules->why) {
		rules_unknown(rules, at);
	} else if (xml_is(at, "responseCondition")) {
		run_condition(rules, at);
	} else if (xml_is(at, "setOutcomeValue")) {
		g_autofree char *id = xml_attribute(at, "identifier", NULL);
		node *part = rules_first(at->children);
		g_hash_table_replace(rules->outcomes, g_strdup(id ? id : ""), part ? rules_evaluate(rules, part) : NULL);
	} else if (xml_is(at, "lookupOutcomeValue")) {
		g_autofree char *id = xml_attribute(at, "identifier", NULL);
		node *part = rules_first(at->children);
		g_auto(GStrv) value = part ? rules_evaluate(rules, part) : NULL;
		g_hash_table_replace(rules->outcomes, g_strdup(id ? id : ""), rules_look_up(rules, id, value));
	} else if (xml_is(at, "responseProcessingFragment")) {
		for (node *part = rules_first(at->children); part && !rules->over; part = rules_first(part->next)) {
			run(rules, part);
		}
	} else if (xml_is(at, "exitResponse")) {
		rules->over = true;
	} else {
		rules_unknown(rules, at);
	}
	rules->depth--;
}

/* Templates mark the variable of this name, and no other; where there is none, makers mean all they have. */
static bool is_marked(const struct rules *rules, const char *template, const char *id)
{
	bool usual = false;
	for (node *at = rules->item->children; template && at; at = at->next) {
		g_autofree char *other = xml_is(at, "responseDeclaration") ? xml_attribute(at, "identifier", NULL) : NULL;
		usual = usual || g_strcmp0(other, "RESPONSE") == 0;
	}
	return !template || strcmp(id, "RESPONSE") == 0 || !usual;
}

/* The templates everybody uses, by the end of their address; and none at all. */
static bool run_template(struct rules *rules, const char *template)
{
	const char *slash = template ? strrchr(template, '/') : NULL;
	const char *name = slash ? slash + 1 : template;
	const bool testvision = name && strcmp(name, "RPTEMPLATE_GF.xml") == 0; /* right or wrong */
	const bool maps = name && ((strstr(name, "map_response") && !strstr(name, "point")) || strcmp(name, "RPTEMPLATE_SCORE.xml") == 0);
	if (name && !maps && !testvision && !strstr(name, "match_correct") && !g_str_has_prefix(name, "CC2_match")) {
		rules->why = g_strdup(name);
		return false;
	}
	double score = 0;
	bool all = true, some = false, compared = false;
	for (node *at = rules->item->children; at; at = at->next) {
		g_autofree char *id = xml_is(at, "responseDeclaration") ? xml_attribute(at, "identifier", NULL) : NULL;
		if (!id || !is_marked(rules, name, id)) {
			continue;
		}
		some = true;
		g_auto(GStrv) correct = rules_correct(rules, id), given = rules_variable(rules, id);
		g_autofree char *cardinality = xml_attribute(at, "cardinality", NULL);
		if (maps || (!name && !correct)) {
			score += rules_map_response(rules, id);
		} else {
			all = all && value_same_lists(given, correct, g_strcmp0(cardinality, "ordered") == 0);
			compared = compared || correct;
		}
	}
	score = score == 0 && all && compared ? 1 : score;
	g_hash_table_replace(rules->outcomes, g_strdup("SCORE"), value_number(some ? score : 0));
	return some;
}

/* SCORE; or where no such outcome is known, what was set for each response (OPAL: SCORE_RESPONSE_1). */
static double total(GHashTable *outcomes)
{
	char **score = g_hash_table_lookup(outcomes, "SCORE");
	double sum = 0, part;
	if (score) {
		value_to_number(score[0], &sum);
		return sum;
	}
	GHashTableIter iter;
	gpointer name, value;
	g_hash_table_iter_init(&iter, outcomes);
	while (!g_hash_table_contains(outcomes, "SCORE") && g_hash_table_iter_next(&iter, &name, &value)) {
		if (value && g_str_has_prefix(name, "SCORE_") && value_to_number(((char **)value)[0], &part)) {
			sum += part;
		}
	}
	return sum;
}

bool qti_score(node *item, GHashTable *responses, double *ret, char **ret_why)
{
	struct rules rules = {.item = item, .responses = responses,
		.outcomes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev)};
	node *processing = xml_child(item, "responseProcessing");
	node *at = processing ? rules_first(processing->children) : NULL;
	g_autofree char *template = processing ? xml_attribute(processing, "template", "templateLocation") : NULL;
	bool whole = false, parts = false;
	g_hash_table_replace(rules.outcomes, g_strdup("SCORE"), value_number(0));
	for (node *each = item->children; each; each = each->next) {
		const bool outcome = xml_is(each, "outcomeDeclaration");
		g_autofree char *name = outcome || xml_is(each, "templateDeclaration") ? xml_attribute(each, "identifier", NULL) : NULL;
		node *value = name ? xml_child(each, "defaultValue") : NULL;
		whole = whole || g_strcmp0(name, "SCORE") == 0;
		parts = parts || (outcome && name && g_str_has_prefix(name, "SCORE_"));
		if (value) {
			g_hash_table_replace(rules.outcomes, g_strdup(name), rules_values_of(value));
		}
	}
	if (parts && !whole) {
		g_hash_table_remove(rules.outcomes, "SCORE");
	}
	if (at) {
		for (; at && !rules.over; at = rules_first(at->next)) {
			run(&rules, at);
		}
	} else {
		run_template(&rules, template);
	}
	*ret = total(rules.outcomes);
	g_hash_table_unref(rules.outcomes);
	*ret_why = rules.why;
	return rules.why == NULL;
}
