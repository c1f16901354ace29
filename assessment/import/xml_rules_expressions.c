/* Expressions of response processing: names, what takes any number of parts, and what takes two. */
#include "assessment/import/xml_rules.h"

#include <math.h>
#include <string.h>

node *rules_first(node *at)
{
	while (at && at->type != XML_ELEMENT_NODE) {
		at = at->next;
	}
	return at;
}

GStrv rules_unknown(struct rules *rules, node *at)
{
	if (!rules->why) {
		rules->why = g_strdup(at ? (const char *)at->name : "?");
	}
	return NULL;
}

static GStrv by_name(struct rules *rules, node *at)
{
	g_autofree char *id = xml_attribute(at, "identifier", NULL);
	if (xml_is(at, "variable")) {
		return rules_variable(rules, id ? id : "");
	}
	if (xml_is(at, "correct")) {
		return rules_correct(rules, id ? id : "");
	}
	if (xml_is(at, "mapResponse")) {
		return value_number(rules_map_response(rules, id ? id : ""));
	}
	if (xml_is(at, "baseValue")) {
		g_autofree char *text = xml_text(at);
		return value_text(text);
	}
	return NULL;
}

/* and, or, sum, product, multiple, ordered: over any number of parts. */
static GStrv over_all(struct rules *rules, node *at)
{
	const bool all = xml_is(at, "and"), any = xml_is(at, "or"), product = xml_is(at, "product");
	const bool collects = xml_is(at, "multiple") || xml_is(at, "ordered");
	g_autoptr(GPtrArray) list = g_ptr_array_new();
	double total = product ? 1 : 0;
	bool ret = all, null = false;
	for (node *part = rules_first(at->children); part; part = rules_first(part->next)) {
		g_auto(GStrv) value = rules_evaluate(rules, part);
		ret = all ? ret && value_is_true(value) : ret || value_is_true(value);
		null = null || !value;
		for (guint i = 0; value && value[i]; i++) {
			double each = 0;
			value_to_number(value[i], &each);
			total = product ? total * each : total + each;
			if (collects) {
				g_ptr_array_add(list, g_strdup(value[i]));
			}
		}
	}
	if (collects) {
		g_ptr_array_add(list, NULL);
		return list->len > 1 ? (GStrv)g_memdup2(list->pdata, list->len * sizeof(char *)) : NULL;
	}
	return all || any ? value_truth(ret) : null ? NULL : value_number(total);
}

/* Do so many of the parts hold? */
static GStrv some_hold(struct rules *rules, node *at)
{
	g_autofree char *least = xml_attribute(at, "min", NULL), *most = xml_attribute(at, "max", NULL);
	double min = 0, max = 0;
	if (!value_to_number(least, &min) || !value_to_number(most, &max)) {
		return rules_unknown(rules, at);
	}
	guint count = 0;
	for (node *part = rules_first(at->children); part; part = rules_first(part->next)) {
		g_auto(GStrv) value = rules_evaluate(rules, part);
		count += value_is_true(value);
	}
	return value_truth(count >= min && count <= max);
}

/* max, min: over all values of all parts. */
static GStrv extreme(struct rules *rules, node *at)
{
	const double sign = xml_is(at, "max") ? 1 : -1;
	double best = -INFINITY;
	for (node *part = rules_first(at->children); part; part = rules_first(part->next)) {
		g_auto(GStrv) value = rules_evaluate(rules, part);
		double each;
		for (guint i = 0; value && value[i]; i++) {
			best = value_to_number(value[i], &each) ? MAX(best, sign * each) : best;
		}
		if (!value) {
			return NULL;
		}
	}
	return isfinite(best) ? value_number(sign * best) : NULL;
}

/* The n-th of a list. */
static GStrv pick(struct rules *rules, node *at)
{
	g_autofree char *place = xml_attribute(at, "n", NULL);
	node *part = rules_first(at->children);
	g_auto(GStrv) value = part ? rules_evaluate(rules, part) : rules_unknown(rules, at);
	guint64 n = 0;
	if (!place || !g_ascii_string_to_unsigned(place, 10, 1, G_MAXUINT, &n, NULL)) {
		return rules_unknown(rules, at);
	}
	return value && n <= g_strv_length(value) ? value_text(value[n - 1]) : NULL;
}

static bool is_equal(node *at, double a, double b)
{
	g_autofree char *mode = xml_attribute(at, "toleranceMode", "tolerance-mode");
	g_autofree char *text = xml_attribute(at, "tolerance", NULL);
	g_auto(GStrv) parts = g_strsplit(text && *text ? text : "0", " ", 2);
	double below = 0, above = 0;
	value_to_number(parts[0], &below);
	if (!parts[1] || !value_to_number(parts[1], &above)) {
		above = below;
	}
	const bool relative = g_strcmp0(mode, "relative") == 0;
	below = relative ? fabs(a) * below / 100 : below;
	above = relative ? fabs(a) * above / 100 : above;
	return g_strcmp0(mode, "absolute") == 0 || relative ? b >= a - below - 1e-12 && b <= a + above + 1e-12 : a == b;
}

static bool is_ordered(struct rules *rules, node *part)
{
	g_autofree char *id = xml_attribute(part, "identifier", NULL);
	node *declared = id ? rules_declaration(rules, id) : NULL;
	g_autofree char *cardinality = declared ? xml_attribute(declared, "cardinality", NULL) : NULL;
	return xml_is(part, "ordered") || g_strcmp0(cardinality, "ordered") == 0;
}

static bool contains_all(char **whole, char **some)
{
	for (guint i = 0; some && some[i]; i++) {
		bool found = false;
		for (guint k = 0; whole && whole[k]; k++) {
			found = found || value_same(whole[k], some[i]);
		}
		if (!found) {
			return false;
		}
	}
	return whole && some;
}

static bool strings_match(node *at, char **a, char **b, bool within)
{
	g_autofree char *exact = xml_attribute(at, "caseSensitive", "case-sensitive");
	g_autofree char *substring = xml_attribute(at, "substring", NULL);
	g_autofree char *x = g_strcmp0(exact, "false") == 0 ? g_utf8_casefold(a[0], -1) : g_strdup(a[0]);
	g_autofree char *y = g_strcmp0(exact, "false") == 0 ? g_utf8_casefold(b[0], -1) : g_strdup(b[0]);
	return within || g_strcmp0(substring, "true") == 0 ? strstr(x, y) != NULL : strcmp(x, y) == 0;
}

/* What takes two parts. A missing one makes the whole missing, which counts as false. */
static GStrv over_two(struct rules *rules, node *at)
{
	node *left = rules_first(at->children), *right = left ? rules_first(left->next) : NULL;
	if (!right || rules_first(right->next)) {
		return rules_unknown(rules, at);
	}
	g_auto(GStrv) a = rules_evaluate(rules, left), b = rules_evaluate(rules, right);
	double x = 0, y = 0;
	if (!a || !b) {
		return NULL;
	}
	const bool numbers = value_to_number(a[0], &x) && value_to_number(b[0], &y);
	if (xml_is(at, "match")) {
		return value_truth(value_same_lists(a, b, is_ordered(rules, left) || is_ordered(rules, right)));
	}
	if (xml_is(at, "stringMatch")) {
		return value_truth(strings_match(at, a, b, false));
	}
	if (xml_is(at, "substring")) {
		return value_truth(strings_match(at, b, a, true));
	}
	if (xml_is(at, "member")) {
		return value_truth(contains_all(b, a));
	}
	if (xml_is(at, "contains")) {
		return value_truth(contains_all(a, b));
	}
	if (!numbers) {
		return xml_is(at, "equal") ? value_truth(value_same(a[0], b[0])) : NULL; /* of texts, as some have it */
	}
	return xml_is(at, "equal")      ? value_truth(is_equal(at, x, y))
	       : xml_is(at, "gt")       ? value_truth(x > y)
	       : xml_is(at, "gte")      ? value_truth(x >= y)
	       : xml_is(at, "lt")       ? value_truth(x < y)
	       : xml_is(at, "lte")      ? value_truth(x <= y)
	       : xml_is(at, "subtract") ? value_number(x - y)
	       : y != 0                 ? value_number(x / y)
					: NULL;
}

static bool is_one_of(node *at, const char *const *names)
{
	for (guint i = 0; names[i]; i++) {
		if (xml_is(at, names[i])) {
			return true;
		}
	}
	return false;
}

GStrv rules_evaluate(struct rules *rules, node *at)
{
	static const char *const named[] = {"variable", "correct", "mapResponse", "baseValue", "null", NULL};
	static const char *const many[] = {"and", "or", "sum", "product", "multiple", "ordered", NULL};
	static const char *const two[] = {"match", "equal", "stringMatch", "member", "contains", "gt", "gte", "lt", "lte",
		"subtract", "divide", "substring", NULL};
	GStrv ret = NULL;
	if (++rules->depth > RULES_DEPTH_MAX || rules->why) {
		rules_unknown(rules, at);
	} else if (is_one_of(at, named)) {
		ret = by_name(rules, at);
	} else if (is_one_of(at, many)) {
		ret = over_all(rules, at);
	} else if (is_one_of(at, two)) {
		ret = over_two(rules, at);
	} else if (xml_is(at, "anyN")) {
		ret = some_hold(rules, at);
	} else if (xml_is(at, "max") || xml_is(at, "min")) {
		ret = extreme(rules, at);
	} else if (xml_is(at, "index")) {
		ret = pick(rules, at);
	} else if (xml_is(at, "not") || xml_is(at, "isNull") || xml_is(at, "containerSize")) {
		node *part = rules_first(at->children);
		g_auto(GStrv) value = part ? rules_evaluate(rules, part) : rules_unknown(rules, at);
		ret = xml_is(at, "isNull") ? value_truth(!value || !value[0] || !*value[0])
		      : xml_is(at, "not")  ? value ? value_truth(!value_is_true(value)) : NULL
					   : value_number(value ? g_strv_length(value) : 0);
	} else {
		rules_unknown(rules, at);
	}
	rules->depth--;
	return ret;
}
