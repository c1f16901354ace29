#include "server/calibration/adopt.h"

#include <string.h>

#include "server/ecm/day.h"
#include "server/store/audit.h"
#include "server/store/placement.h"

struct keeping {
	struct calibration_row *row;
	char *report;
};

static bool keep(struct db *db, void *data)
{
	struct keeping *keeping = data;
	calibration_add(db, keeping->row, keeping->report);
	g_autofree char *detail = g_strdup_printf("bank %" G_GINT64_FORMAT ", %s %s, %" G_GINT64_FORMAT " persons", keeping->row->bank,
		keeping->row->model, keeping->row->method, keeping->row->persons);
	audit_about(db, keeping->row->made_by, "calibration.run", "calibration", keeping->row->id, detail);
	return true;
}

bool calibration_keep(struct store *store, struct calibration_row *row, json_t *report, struct problem *ret)
{
	g_strlcpy(row->model, json_string_value(json_object_get(report, "model")), sizeof(row->model));
	g_strlcpy(row->method, json_string_value(json_object_get(report, "method")), sizeof(row->method));
	row->persons = json_integer_value(json_object_get(report, "persons"));
	struct keeping keeping = {row, json_dumps(report, JSON_COMPACT)};
	bool good = store_write(store, keep, &keeping, ret);
	free(keeping.report);
	return good;
}

/* The bank with the report's parameters on its own scale and where they come from, as a new version. NULL when the
 * bank is not JSON. Yours (g_free). */
static char *calibrated_bank(const char *bank, json_t *report, const char *day, int64_t number)
{
	json_auto_t *json = json_loads(bank, 0, NULL);
	json_t *item, *found;
	size_t i, k;
	if (!json) {
		return NULL;
	}
	const char *model = json_string_value(json_object_get(report, "model"));
	g_autofree char *from = g_strdup_printf("calibrazione %d, %s, %s %s, %d persone", (int)number, day, model,
		json_string_value(json_object_get(report, "method")), (int)json_integer_value(json_object_get(report, "persons")));
	json_array_foreach(json_object_get(json, "items"), i, item)
	{
		json_array_foreach(json_object_get(report, "items"), k, found)
		{
			if (!json_equal(json_object_get(item, "id"), json_object_get(found, "item"))) {
				continue;
			}
			json_t *linked = json_object_get(found, "linked");
			json_t *parameters = json_pack("{s:s, s:O, s:s}", "model", model, "b", json_object_get(linked, "b"), "provenance", from);
			if (strcmp(model, "rasch") != 0) {
				json_object_set(parameters, "a", json_object_get(linked, "a"));
			}
			if (strcmp(model, "3pl") == 0) {
				json_object_set(parameters, "c", json_object_get(found, "c"));
			}
			json_object_set_new(item, "parameters", parameters);
			json_object_set_new(item, "state", json_string("calibrated"));
		}
	}
	g_autofree char *version = g_strdup_printf("%s+cal%d", json_string_value(json_object_get(json, "version")), (int)number);
	json_object_set_new(json, "version", json_string(version));
	char *dumped = json_dumps(json, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
	char *text = g_strdup(dumped);
	free(dumped);
	return text;
}

struct noting {
	int64_t calibration, bank, by;
};

static bool note(struct db *db, void *data)
{
	const struct noting *noting = data;
	calibration_adopt(db, noting->calibration, noting->bank);
	g_autofree char *detail = g_strdup_printf("bank %" G_GINT64_FORMAT, noting->bank);
	audit_about(db, noting->by, "calibration.adopt", "calibration", noting->calibration, detail);
	return true;
}

bool calibration_make_bank(
	struct store *store, int64_t id, int64_t by, int64_t *ret_bank, struct faults *faults, struct problem *ret)
{
	struct calibration_row row;
	struct db *db = store_read(store);
	g_autofree char *report = calibration_report(db, id, &row);
	g_autofree char *body = report ? bank_body(db, row.bank, NULL) : NULL;
	store_read_done(store, db);
	json_auto_t *json = report ? json_loads(report, 0, NULL) : NULL;
	char day[11];
	ecm_day(store_now(), day);
	g_autofree char *fresh = json && body ? calibrated_bank(body, json, day, id) : NULL;
	struct bank_row bank;
	if (!fresh || bank_import(store, fresh, strlen(fresh), by, &bank, faults, ret) > BANK_IMPORT_KNOWN) {
		return false;
	}
	struct noting noting = {id, bank.id, by};
	*ret_bank = bank.id;
	return store_write(store, note, &noting, ret);
}
