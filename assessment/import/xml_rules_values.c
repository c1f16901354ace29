/* The values that response processing works with, and those that an item's declarations give. */
#include "assessment/import/xml_rules.h"

#include <math.h>
#include <string.h>

node *rules_declaration(struct rules *rules, const char *id)
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

GStrv value_text(const char *text)
{
	char **list = g_new0(char *, 2);
	list[0] = g_strdup(text);
	return list;
}

GStrv value_number(double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	return value_text(g_ascii_dtostr(text, sizeof(text), value));
}

GStrv value_truth(bool value)
{
	return value_text(value ? "true" : "false");
}

bool value_is_true(char **value)
{
	return value && value[0] && strcmp(value[0], "true") == 0;
}

bool value_to_number(const char *text, double *ret)
{
	char *end;
	*ret = text ? g_ascii_strtod(text, &end) : 0;
	return text && end != text && *end == '\0';
}

/* Numbers as numbers, everything else to the letter; blanks between the halves of a pair do not count. */
bool value_same(const char *a, const char *b)
{
	double x, y;
	if (strcmp(a, b) == 0) {
		return true;
	}
	return value_to_number(a, &x) && value_to_number(b, &y) && x == y;
}

static bool value_same_folded(const char *a, const char *b)
{
	g_autofree char *x = g_utf8_casefold(a, -1), *y = g_utf8_casefold(b, -1);
	return strcmp(x, y) == 0;
}

bool value_same_lists(char **a, char **b, bool ordered)
{
	if (!a || !b || g_strv_length(a) != g_strv_length(b)) {
		return false;
	}
	guint64 taken = 0;
	for (guint i = 0; a[i]; i++) {
		bool found = false;
		for (guint k = 0; b[k] && k < 64 && !found; k++) {
			if (!(taken & (1ull << k)) && (!ordered || i == k) && value_same(a[i], b[k])) {
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

GStrv rules_values_of(node *top)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new();
	for (node *at = top ? top->children : NULL; at; at = at->next) {
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

GStrv rules_correct(struct rules *rules, const char *id)
{
	node *declared = rules_declaration(rules, id);
	return rules_values_of(declared ? xml_child(declared, "correctResponse") : NULL);
}

static double attribute_number(node *at, const char *name, const char *name3, double otherwise)
{
	g_autofree char *text = xml_attribute(at, name, name3);
	double value;
	return value_to_number(text, &value) ? value : otherwise;
}

double rules_map_response(struct rules *rules, const char *id)
{
	node *declared = rules_declaration(rules, id), *mapping = declared ? xml_child(declared, "mapping") : NULL;
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
			const bool fits = key && (g_strcmp0(exact, "false") == 0 ? value_same_folded(key, response[i])
										: value_same(key, response[i]));
			worth = fits ? attribute_number(at, "mappedValue", "mapped-value", 0) : worth;
		}
		sum += worth;
	}
	sum = MIN(sum, attribute_number(mapping, "upperBound", "upper-bound", INFINITY));
	return MAX(sum, attribute_number(mapping, "lowerBound", "lower-bound", -INFINITY));
}

GStrv rules_variable(struct rules *rules, const char *id)
{
	char **value = g_hash_table_lookup(rules->responses, id);
	value = value ? value : g_hash_table_lookup(rules->outcomes, id);
	return value && value[0] ? g_strdupv(value) : NULL;
}

GStrv rules_look_up(struct rules *rules, const char *id, char **value)
{
	node *declared = rules->item->children;
	for (; declared; declared = declared->next) {
		g_autofree char *name = xml_is(declared, "outcomeDeclaration") ? xml_attribute(declared, "identifier", NULL) : NULL;
		if (name && g_strcmp0(name, id) == 0) {
			break;
		}
	}
	node *matches = declared ? xml_child(declared, "matchTable") : NULL;
	node *table = matches ? matches : declared ? xml_child(declared, "interpolationTable") : NULL;
	double source, at;
	if (!table || !value || !value_to_number(value[0], &source)) {
		return NULL;
	}
	for (node *entry = table->children; entry; entry = entry->next) {
		g_autofree char *from = matches ? NULL : entry->type == XML_ELEMENT_NODE ? xml_attribute(entry, "sourceBoundary", "source-boundary") : NULL;
		g_autofree char *exact = entry->type == XML_ELEMENT_NODE ? xml_attribute(entry, "sourceValue", "source-value") : NULL;
		const bool known = value_to_number(matches ? exact : from, &at);
		if (known && (matches ? at == source : source >= at)) {
			g_autofree char *target = xml_attribute(entry, "targetValue", "target-value");
			return target ? value_text(target) : NULL;
		}
	}
	g_autofree char *otherwise = xml_attribute(table, "defaultValue", "default-value");
	return otherwise ? value_text(otherwise) : NULL;
}
