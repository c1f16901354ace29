#include "server/placement/bank_parameters.h"

#include <string.h>

#include "assessment/placement/parameters.h"
#include "server/ecm/day.h"

static char *provenance(const char *csv, size_t len, const char *name)
{
	char day[11];
	ecm_day(store_now(), day);
	g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)csv, len);
	g_autofree char *base = g_path_get_basename(name);
	return g_strdup_printf("%.120s, %s, SHA-256 %.12s", base, day, sum);
}

enum bank_import bank_parameters_import(struct store *store, int64_t bank, const char *csv, size_t len, const char *name,
	int64_t by, struct bank_row *ret, guint *ret_count, struct faults *faults, struct problem *ret_problem)
{
	struct db *db = store_read(store);
	g_autofree char *body = bank_body(db, bank, NULL);
	store_read_done(store, db);
	struct parameter_sheet sheet;
	const bool good = parameters_read(csv, len, faults, &sheet);
	g_autofree char *from = provenance(csv, len, name);
	g_autofree char *fresh = body && good ? parameters_apply(body, &sheet, from, faults, ret_count) : NULL;
	parameters_finish(&sheet);
	return fresh ? bank_import(store, fresh, strlen(fresh), by, ret, faults, ret_problem) : BANK_IMPORT_FAULTS;
}
