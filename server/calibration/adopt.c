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
