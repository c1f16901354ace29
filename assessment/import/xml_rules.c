/*
 * Response processing of QTI, as far as it is plain: conditions, comparisons and sums over responses. Nothing loops
 * and nothing is fetched; what is not known here makes the item be refused by name.
 */
#include "assessment/import/xml.h"

#include <math.h>
#include <string.h>

#define RULES_DEPTH_MAX 40u

struct rules {
	node *item;
	GHashTable *responses; /* id -> GStrv */
	GHashTable *outcomes;  /* id -> char ** */
	char *why;
	guint depth;
	bool over; /* exitResponse */
};

static GStrv evaluate(struct rules *rules, node *at);

static node *first(node *at)
{
	while (at && at->type != XML_ELEMENT_NODE) {
		at = at->next;
	}
	return at;
}

static node *declaration(struct rules *rules, const char *id)
{
	for (node *at = rules->item->children; at; at = at->next) {
		if (xml_is(at, "responseDeclaration")) {
			g_autofree char *name = xml_attribute(at, "identifier", NULL);
			if (g_strcmp0(name, id) == 0) {
				return at;
			}
		}
	}
	return NULL;
}

static GStrv unknown(struct rules *rules, node *at)
{
	if (!rules->why) {
		rules->why = g_strdup(at ? (const char *)at->name : "?");
	}
	return NULL;
}

static GStrv one(const char *text)
{
	char **list = g_new0(char *, 2);
	list[0] = g_strdup(text);
	return list;
}

static GStrv number(double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	return one(g_ascii_dtostr(text, sizeof(text), value));
}

static GStrv truth(bool value)
{
	return one(value ? "true" : "false");
}

static bool is_true(char **value)
{
	return value && value[0] && strcmp(value[0], "true") == 0;
}

static bool to_number(const char *text, double *ret)
{
	char *end;
	*ret = text ? g_ascii_strtod(text, &end) : 0;
	return text && end != text && *end == '\0';
}

/* Numbers as numbers, everything else to the letter; blanks between the halves of a pair do not count. */
static bool same(const char *a, const char *b)
{
	double x, y;
	if (strcmp(a, b) == 0) {
		return true;
	}
	return to_number(a, &x) && to_number(b, &y) && x == y;
}

static bool same_lists(char **a, char **b, bool ordered)
{
	if (!a || !b || g_strv_length(a) != g_strv_length(b)) {
		return false;
	}
	guint64 taken = 0;
	for (guint i = 0; a[i]; i++) {
		bool found = false;
		for (guint k = 0; b[k] && k < 64 && !found; k++) {
			if (!(taken & (1ull << k)) && (!ordered || i == k) && same(a[i], b[k])) {
				taken |= 1ull << k;
				found = true;
			}
		}
		if (!found) {
			return false;
		}
	}
	return true;
}

static GStrv correct_values(struct rules *rules, const char *id)
{
	node *declared = declaration(rules, id);
	node *correct = declared ? xml_child(declared, "correctResponse") : NULL;
	g_autoptr(GPtrArray) list = g_ptr_array_new();
	for (node *at = correct ? correct->children : NULL; at; at = at->next) {
		if (xml_is(at, "value")) {
			g_ptr_array_add(list, xml_text(at));
		}
	}
	if (list->len == 0) {
		return NULL;
	}
	g_ptr_array_add(list, NULL);
	return (GStrv)g_memdup2(list->pdata, list->len * sizeof(char *));
}

static double attribute_number(node *at, const char *name, const char *name3, double otherwise)
{
	g_autofree char *text = xml_attribute(at, name, name3);
	double value;
	return to_number(text, &value) ? value : otherwise;
}

/* Each value that was chosen counts once. */
static double map_response(struct rules *rules, const char *id)
{
	node *declared = declaration(rules, id), *mapping = declared ? xml_child(declared, "mapping") : NULL;
	char **response = g_hash_table_lookup(rules->responses, id);
	if (!mapping) {
		return 0;
	}
	const double otherwise = attribute_number(mapping, "defaultValue", "default-value", 0);
	double sum = 0;
	for (guint i = 0; response && response[i]; i++) {
		double worth = otherwise;
		for (node *at = mapping->children; at; at = at->next) {
			g_autofree char *key = xml_is(at, "mapEntry") ? xml_attribute(at, "mapKey", "map-key") : NULL;
			g_autofree char *exact = key ? xml_attribute(at, "caseSensitive", "case-sensitive") : NULL;
			const bool fits = key && (g_strcmp0(exact, "false") == 0 ? g_ascii_strcasecmp(key, response[i]) == 0
										: same(key, response[i]));
			worth = fits ? attribute_number(at, "mappedValue", "mapped-value", 0) : worth;
		}
		sum += worth;
	}
	sum = MIN(sum, attribute_number(mapping, "upperBound", "upper-bound", INFINITY));
	return MAX(sum, attribute_number(mapping, "lowerBound", "lower-bound", -INFINITY));
}

static GStrv variable(struct rules *rules, const char *id)
{
	char **value = g_hash_table_lookup(rules->responses, id);
	value = value ? value : g_hash_table_lookup(rules->outcomes, id);
	return value && value[0] ? g_strdupv(value) : NULL;
}

static GStrv by_name(struct rules *rules, node *at)
{
	g_autofree char *id = xml_attribute(at, "identifier", NULL);
	if (xml_is(at, "variable")) {
		return variable(rules, id ? id : "");
	}
	if (xml_is(at, "correct")) {
		return correct_values(rules, id ? id : "");
	}
	if (xml_is(at, "mapResponse")) {
		return number(map_response(rules, id ? id : ""));
	}
	if (xml_is(at, "baseValue")) {
		g_autofree char *text = xml_text(at);
		return one(text);
	}
	return NULL;
}

/* and, or, sum, product, min, max, multiple, ordered: over any number of parts. */
static GStrv over_all(struct rules *rules, node *at)
{
	const bool all = xml_is(at, "and"), any = xml_is(at, "or"), product = xml_is(at, "product");
	const bool collects = xml_is(at, "multiple") || xml_is(at, "ordered");
	g_autoptr(GPtrArray) list = g_ptr_array_new();
	double total = product ? 1 : 0;
	bool ret = all, null = false;
	for (node *part = first(at->children); part; part = first(part->next)) {
		g_auto(GStrv) value = evaluate(rules, part);
		ret = all ? ret && is_true(value) : ret || is_true(value);
		null = null || !value;
		for (guint i = 0; value && value[i]; i++) {
			double each = 0;
			to_number(value[i], &each);
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
	return all || any ? truth(ret) : null ? NULL : number(total);
}

static bool is_equal(node *at, double a, double b)
{
	g_autofree char *mode = xml_attribute(at, "toleranceMode", "tolerance-mode");
	g_autofree char *text = xml_attribute(at, "tolerance", NULL);
	g_auto(GStrv) parts = g_strsplit(text ? text : "0", " ", 2);
	double below = 0, above = 0;
	to_number(parts[0], &below);
	if (!parts[1] || !to_number(parts[1], &above)) {
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
	node *declared = id ? declaration(rules, id) : NULL;
	g_autofree char *cardinality = declared ? xml_attribute(declared, "cardinality", NULL) : NULL;
	return xml_is(part, "ordered") || g_strcmp0(cardinality, "ordered") == 0;
}

static bool contains_all(char **whole, char **some)
{
	for (guint i = 0; some && some[i]; i++) {
		bool found = false;
		for (guint k = 0; whole && whole[k]; k++) {
			found = found || same(whole[k], some[i]);
		}
		if (!found) {
			return false;
		}
	}
	return whole && some;
}

static bool strings_match(node *at, char **a, char **b)
{
	g_autofree char *exact = xml_attribute(at, "caseSensitive", "case-sensitive");
	g_autofree char *substring = xml_attribute(at, "substring", NULL);
	g_autofree char *x = g_strcmp0(exact, "false") == 0 ? g_utf8_casefold(a[0], -1) : g_strdup(a[0]);
	g_autofree char *y = g_strcmp0(exact, "false") == 0 ? g_utf8_casefold(b[0], -1) : g_strdup(b[0]);
	return g_strcmp0(substring, "true") == 0 ? strstr(x, y) != NULL : strcmp(x, y) == 0;
}

/* What takes two parts. A missing one makes the whole missing, which counts as false. */
static GStrv over_two(struct rules *rules, node *at)
{
	node *left = first(at->children), *right = left ? first(left->next) : NULL;
	if (!right || first(right->next)) {
		return unknown(rules, at);
	}
	g_auto(GStrv) a = evaluate(rules, left), b = evaluate(rules, right);
	double x = 0, y = 0;
	if (!a || !b) {
		return NULL;
	}
	const bool numbers = to_number(a[0], &x) && to_number(b[0], &y);
	if (xml_is(at, "match")) {
		return truth(same_lists(a, b, is_ordered(rules, left) || is_ordered(rules, right)));
	}
	if (xml_is(at, "stringMatch")) {
		return truth(strings_match(at, a, b));
	}
	if (xml_is(at, "member")) {
		return truth(contains_all(b, a));
	}
	if (xml_is(at, "contains")) {
		return truth(contains_all(a, b));
	}
	if (!numbers) {
		return NULL;
	}
	return xml_is(at, "equal")      ? truth(is_equal(at, x, y))
	       : xml_is(at, "gt")       ? truth(x > y)
	       : xml_is(at, "gte")      ? truth(x >= y)
	       : xml_is(at, "lt")       ? truth(x < y)
	       : xml_is(at, "lte")      ? truth(x <= y)
	       : xml_is(at, "subtract") ? number(x - y)
	       : y != 0                 ? number(x / y)
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

static GStrv evaluate(struct rules *rules, node *at)
{
	static const char *const named[] = {"variable", "correct", "mapResponse", "baseValue", "null", NULL};
	static const char *const many[] = {"and", "or", "sum", "product", "multiple", "ordered", NULL};
	static const char *const two[] = {"match", "equal", "stringMatch", "member", "contains", "gt", "gte", "lt", "lte",
		"subtract", "divide", NULL};
	GStrv ret = NULL;
	if (++rules->depth > RULES_DEPTH_MAX || rules->why) {
		unknown(rules, at);
	} else if (is_one_of(at, named)) {
		ret = by_name(rules, at);
	} else if (is_one_of(at, many)) {
		ret = over_all(rules, at);
	} else if (is_one_of(at, two)) {
		ret = over_two(rules, at);
	} else if (xml_is(at, "not") || xml_is(at, "isNull") || xml_is(at, "containerSize")) {
		node *part = first(at->children);
		g_auto(GStrv) value = part ? evaluate(rules, part) : unknown(rules, at);
		ret = xml_is(at, "isNull") ? truth(!value || !value[0] || !*value[0])
		      : xml_is(at, "not")  ? value ? truth(!is_true(value)) : NULL
					   : number(value ? g_strv_length(value) : 0);
	} else {
		unknown(rules, at);
	}
	rules->depth--;
	return ret;
}

static void run(struct rules *rules, node *at);

/* The rules of the first branch whose condition holds. */
static void run_condition(struct rules *rules, node *condition)
{
	for (node *branch = first(condition->children); branch; branch = first(branch->next)) {
		node *at = first(branch->children);
		if (!xml_is(branch, "responseElse")) {
			g_auto(GStrv) holds = at ? evaluate(rules, at) : unknown(rules, branch);
			if (!is_true(holds)) {
				continue;
			}
			at = first(at->next);
		}
		for (; at && !rules->over; at = first(at->next)) {
			run(rules, at);
		}
		return;
	}
}

static void run(struct rules *rules, node *at)
{
	if (++rules->depth > RULES_DEPTH_MAX || rules->why) {
		unknown(rules, at);
	} else if (xml_is(at, "responseCondition")) {
		run_condition(rules, at);
	} else if (xml_is(at, "setOutcomeValue")) {
		g_autofree char *id = xml_attribute(at, "identifier", NULL);
		node *part = first(at->children);
		g_hash_table_replace(rules->outcomes, g_strdup(id ? id : ""), part ? evaluate(rules, part) : NULL);
	} else if (xml_is(at, "exitResponse")) {
		rules->over = true;
	} else {
		unknown(rules, at);
	}
	rules->depth--;
}

/* The templates everybody uses, by the end of their address; and none at all. */
static bool run_template(struct rules *rules, const char *template)
{
	const char *slash = template ? strrchr(template, '/') : NULL;
	const char *name = slash ? slash + 1 : template;
	const bool maps = name && (strstr(name, "map_response") != NULL) && !strstr(name, "point");
	if (name && !maps && !strstr(name, "match_correct") && !g_str_has_prefix(name, "CC2_match")) {
		rules->why = g_strdup(name);
		return false;
	}
	double score = 0;
	bool all = true, some = false;
	for (node *at = rules->item->children; at; at = at->next) {
		g_autofree char *id = xml_is(at, "responseDeclaration") ? xml_attribute(at, "identifier", NULL) : NULL;
		if (!id || (name && strcmp(id, "RESPONSE") != 0)) {
			continue;
		}
		some = true;
		g_auto(GStrv) correct = correct_values(rules, id), given = variable(rules, id);
		g_autofree char *cardinality = xml_attribute(at, "cardinality", NULL);
		if (maps || (!name && !correct)) {
			score += map_response(rules, id);
		} else {
			all = all && same_lists(given, correct, g_strcmp0(cardinality, "ordered") == 0);
		}
	}
	score = score == 0 && all && !maps ? 1 : score;
	g_hash_table_replace(rules->outcomes, g_strdup("SCORE"), number(some ? score : 0));
	return some;
}

bool qti_score(node *item, GHashTable *responses, double *ret, char **ret_why)
{
	struct rules rules = {.item = item, .responses = responses,
		.outcomes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev)};
	node *processing = xml_child(item, "responseProcessing");
	node *at = processing ? first(processing->children) : NULL;
	g_autofree char *template = processing ? xml_attribute(processing, "template", NULL) : NULL;
	g_hash_table_replace(rules.outcomes, g_strdup("SCORE"), number(0));
	for (node *each = item->children; each; each = each->next) {
		node *value = xml_is(each, "outcomeDeclaration") ? xml_child(each, "defaultValue") : NULL;
		g_autofree char *name = value ? xml_attribute(each, "identifier", NULL) : NULL;
		if (name) {
			g_autofree char *text = xml_text(value);
			g_hash_table_replace(rules.outcomes, g_strdup(name), one(text));
		}
	}
	if (at) {
		for (; at && !rules.over; at = first(at->next)) {
			run(&rules, at);
		}
	} else {
		run_template(&rules, template);
	}
	char **score = g_hash_table_lookup(rules.outcomes, "SCORE");
	*ret = 0;
	if (score) {
		to_number(score[0], ret);
	}
	g_hash_table_unref(rules.outcomes);
	*ret_why = rules.why;
	return rules.why == NULL;
}
