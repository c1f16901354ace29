/* Parameters between a bank's JSON and a sheet. */
#include "assessment/placement/parameters.h"

#include <jansson.h>
#include <string.h>

#include "assessment/placement/parameters_faults.h"

static const char *const model_name[] = {
	[IRT_RASCH] = "rasch", [IRT_2PL] = "2pl", [IRT_3PL] = "3pl", [IRT_GPCM] = "gpcm"};

static json_t *parameters_json(const struct irt_item *irt, const char *provenance)
{
	json_t *json = json_pack("{s:s}", "model", model_name[irt->model]);
	if (irt->model != IRT_RASCH) {
		json_object_set_new(json, "a", json_real(irt->a));
	}
	if (irt->model == IRT_GPCM) {
		json_t *steps = json_array();
		for (uint32_t k = 0; k + 1 < irt->categories; k++) {
			json_array_append_new(steps, json_real(irt->steps[k]));
		}
		json_object_set_new(json, "steps", steps);
	} else {
		json_object_set_new(json, "b", json_real(irt->b));
	}
	if (irt->model == IRT_3PL) {
		json_object_set_new(json, "c", json_real(irt->c));
	}
	json_object_set_new(json, "provenance", json_string(provenance));
	return json;
}

static bool stays(const char *state)
{
	return state && (strcmp(state, "draft") == 0 || strcmp(state, "retired") == 0);
}

static GHashTable *items_by_id(json_t *bank)
{
	GHashTable *items = g_hash_table_new(g_str_hash, g_str_equal);
	size_t i;
	json_t *item;
	json_array_foreach(json_object_get(bank, "items"), i, item)
	{
		const char *id = json_string_value(json_object_get(item, "id"));
		if (id) {
			g_hash_table_insert(items, (void *)id, item);
		}
	}
	return items;
}

static void apply_row(json_t *item, const struct parameter_row *row, const char *provenance)
{
	json_object_set_new(item, "parameters", parameters_json(&row->irt, provenance));
	if (row->has_state) {
		json_object_set_new(item, "state", json_string(pool_state_name(row->state)));
	} else if (!stays(json_string_value(json_object_get(item, "state")))) {
		json_object_set_new(item, "state", json_string(pool_state_name(POOL_CALIBRATED)));
	}
}

char *parameters_apply(const char *bank, const struct parameter_sheet *sheet, const char *provenance, struct faults *faults,
	guint *ret_count)
{
	json_auto_t *json = json_loads(bank, 0, NULL);
	g_autoptr(GHashTable) items = items_by_id(json);
	guint count = 0;
	for (guint i = 0; i < sheet->rows->len; i++) {
		const struct parameter_row *row = &g_array_index(sheet->rows, struct parameter_row, i);
		json_t *item = g_hash_table_lookup(items, row->id);
		if (item) {
			apply_row(item, row, provenance);
			count++;
		} else {
			faults_add_line(faults, &parameters_faults[PARAMETERS_UNKNOWN_ITEM], row->line, row->id, row->id, NULL);
		}
	}
	if (!count) {
		faults_add(faults, &parameters_faults[PARAMETERS_NOTHING], "", NULL, NULL);
		return NULL;
	}
	/* The version is told apart by what it holds. */
	const char *version = json_string_value(json_object_get(json, "version"));
	json_auto_t *all = json_object();
	json_object_set(all, "items", json_object_get(json, "items"));
	char *text = json_dumps(all, JSON_COMPACT | JSON_REAL_PRECISION(17));
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
	free(text);
	g_autofree char *fresh = g_strdup_printf("%.180s+par-%.8s", version ? version : "", sum);
	json_object_set_new(json, "version", json_string(fresh));
	text = json_dumps(json, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	char *own = g_strdup(text);
	free(text);
	*ret_count = count;
	return own;
}

static void number(GString *csv, json_t *value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	if (json_is_number(value)) {
		g_string_append(csv, g_ascii_formatd(text, sizeof(text), "%.15g", json_number_value(value)));
	}
}

static const char *text_of(json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

char *parameters_csv(const char *bank)
{
	json_auto_t *json = json_loads(bank, 0, NULL);
	if (!json_is_array(json_object_get(json, "items"))) {
		return NULL;
	}
	GString *csv = g_string_new("id;area;model;difficulty;discrimination;guessing;steps;state\n");
	size_t i, k;
	json_t *item, *step;
	json_array_foreach(json_object_get(json, "items"), i, item)
	{
		json_t *parameters = json_object_get(item, "parameters");
		g_string_append_printf(csv, "%s;%s;%s;", text_of(item, "id"), text_of(item, "area"), text_of(parameters, "model"));
		number(csv, json_object_get(parameters, "b"));
		g_string_append_c(csv, ';');
		number(csv, json_object_get(parameters, "a"));
		g_string_append_c(csv, ';');
		number(csv, json_object_get(parameters, "c"));
		g_string_append_c(csv, ';');
		json_array_foreach(json_object_get(parameters, "steps"), k, step)
		{
			g_string_append(csv, k ? " " : "");
			number(csv, step);
		}
		g_string_append_printf(csv, ";%s\n", text_of(item, "state"));
	}
	return g_string_free(csv, FALSE);
}
