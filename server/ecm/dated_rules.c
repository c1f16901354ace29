#include "server/ecm/dated_rules.h"

#include <string.h>

json_t *dated_rules(const char *text)
{
	json_error_t error;
	json_t *json = json_loads(text, 0, &error);
	json_t *sets = json_incref(json_object_get(json, "rule_sets"));
	json_decref(json);
	g_assert(json_array_size(sets) > 0);
	return sets;
}

const char *rule_text(json_t *rule, const char *name)
{
	const char *text = json_string_value(json_object_get(rule, name));
	return text ? text : "";
}

guint rule_number(json_t *rule, const char *name)
{
	return (guint)json_integer_value(json_object_get(rule, name));
}

json_t *dated_rules_on(json_t *sets, const char *day)
{
	size_t i;
	json_t *set, *found = json_array_get(sets, 0);
	json_array_foreach(sets, i, set)
	{
		found = strcmp(rule_text(set, "valid_from"), day) <= 0 ? set : found;
	}
	return found;
}

json_t *dated_rules_by_id(json_t *sets, const char *id)
{
	size_t i;
	json_t *set;
	json_array_foreach(sets, i, set)
	{
		if (strcmp(rule_text(set, "id"), id) == 0) {
			return set;
		}
	}
	return NULL;
}
