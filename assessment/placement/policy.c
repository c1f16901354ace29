#include "assessment/placement/policy.h"

#include <string.h>

enum policy_fault {
	POLICY_SHAPE,
	POLICY_NUMBER,
};

static const struct fault_text texts[] = {
	[POLICY_SHAPE] = {"POLICY_SHAPE", SEVERITY_ERROR, NULL,
		"Il campo «$1» manca o non ha la forma giusta.",
		"The field \"$1\" is missing or has the wrong shape.", "Correggi il valore.",
		"Mend the value."},
	[POLICY_NUMBER] = {"POLICY_NUMBER", SEVERITY_ERROR, NULL, "Il campo «$1» deve essere un intero $2.",
		"The field \"$1\" must be a whole number, $2.", "Correggi il valore.", "Mend the value."},
};

static guint number_of(json_t *json, const char *field, guint least, guint most, struct faults *faults)
{
	json_t *value = json_object_get(json, field);
	json_int_t number = json_integer_value(value);
	if (!json_is_integer(value) || number < (json_int_t)least || number > (json_int_t)most) {
		g_autofree char *range = g_strdup_printf("%u..%u", least, most);
		faults_add(faults, &texts[POLICY_NUMBER], field, field, range);
		return least;
	}
	return (guint)number;
}

static const char *text_of(struct policy *policy, json_t *json, const char *field)
{
	const char *text = json_string_value(json_object_get(json, field));
	g_autofree char *trimmed = g_strstrip(g_strndup(text ? text : "", BANK_NAME_MAX));
	g_autofree char *valid = g_utf8_make_valid(trimmed, -1); /* the cut may have split a character */
	return g_string_chunk_insert(policy->texts, valid);
}

static void read_levels(struct policy *policy, json_t *list, struct faults *faults)
{
	if (!json_is_array(list)) {
		faults_add(faults, &texts[POLICY_SHAPE], "levels", "levels", NULL);
		return;
	}
	struct level levels[LEVELS_MAX + 1] = {0};
	guint count = (guint)MIN(json_array_size(list), LEVELS_MAX + 1);
	for (guint i = 0; i < count; i++) {
		json_t *json = json_array_get(list, i);
		json_t *cut = json_object_get(json, "cut");
		levels[i].id = text_of(policy, json, "id");
		levels[i].name_it = text_of(policy, json, "name_it");
		levels[i].name_en = text_of(policy, json, "name_en");
		levels[i].cut = json_is_number(cut) ? json_number_value(cut) : -1;
	}
	if (levels_check(levels, count, faults)) {
		memcpy(policy->levels, levels, sizeof(policy->levels));
		policy->level_count = count;
	}
}

bool policy_init_json(struct policy *policy, json_t *json, struct faults *faults)
{
	guint before = faults->errors;
	*policy = (struct policy){.texts = g_string_chunk_new(512)};
	policy->items_per_area = number_of(json, "items_per_area", 1, ITEMS_PER_AREA_MAX, faults);
	policy->retakes = number_of(json, "retakes", 0, POLICY_RETAKES_MAX, faults);
	policy->retake_after_days = number_of(json, "retake_after_days", 0, POLICY_DAYS_MAX, faults);
	read_levels(policy, json_object_get(json, "levels"), faults);
	if (faults->errors != before) {
		policy_finish(policy);
		return false;
	}
	return true;
}

void policy_init_default(struct policy *policy)
{
	*policy = (struct policy){
		.items_per_area = 3,
		.retakes = 1,
		.retake_after_days = 30,
		.level_count = 3,
		.levels = {{"base", "Base", "Basic", 0}, {"intermedio", "Intermedio", "Intermediate", 0.5},
			{"avanzato", "Avanzato", "Advanced", 0.8}},
		.texts = g_string_chunk_new(16),
	};
}

json_t *policy_json(const struct policy *policy)
{
	json_t *levels = json_array();
	for (guint i = 0; i < policy->level_count; i++) {
		const struct level *level = &policy->levels[i];
		json_array_append_new(
			levels, json_pack("{s:s, s:s, s:s, s:f}", "id", level->id, "name_it", level->name_it,
					"name_en", level->name_en, "cut", level->cut));
	}
	return json_pack("{s:i, s:i, s:i, s:o}", "items_per_area", (int)policy->items_per_area, "retakes",
		(int)policy->retakes, "retake_after_days", (int)policy->retake_after_days, "levels", levels);
}

void policy_finish(struct policy *policy)
{
	if (policy->texts) {
		g_string_chunk_free(policy->texts);
	}
	policy->texts = NULL;
	policy->level_count = 0;
}
