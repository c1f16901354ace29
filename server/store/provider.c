#include "server/store/provider.h"

#include "server/store/statement.h"

enum provider_statement {
	PROVIDER_GET,
	PROVIDER_PUT,
	PROVIDER_LOGO_GET,
	PROVIDER_LOGO_PUT,
	PROVIDER_STATEMENTS,
};

static const char *const sql[PROVIDER_STATEMENTS] = {
	[PROVIDER_GET] =
		"SELECT name, code, accreditation, accredited_until, accreditor, legal_name, legal_quality, "
		"place, organiser, partner, logo IS NOT NULL FROM provider",
	[PROVIDER_PUT] =
		"UPDATE provider SET name = ?, code = ?, accreditation = ?, accredited_until = ?, "
		"accreditor = ?, legal_name = ?, legal_quality = ?, place = ?, organiser = ?, partner = ?, "
		"updated_at = ?, updated_by = nullif(?, 0)",
	[PROVIDER_LOGO_GET] = "SELECT logo FROM provider WHERE logo IS NOT NULL",
	[PROVIDER_LOGO_PUT] =
		"UPDATE provider SET logo = CASE WHEN length(?1) > 0 THEN ?1 END, updated_at = ?2, "
		"updated_by = nullif(?3, 0)",
};

const struct subject_statements provider_statements = {sql, PROVIDER_STATEMENTS};

void provider_load(struct db *db, struct provider *ret)
{
	*ret = (struct provider){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_PROVIDER, PROVIDER_GET, "");
	if (!ask_row(db, rows)) {
		return;
	}
	COLUMN_COPY(rows, 0, ret->name);
	COLUMN_COPY(rows, 1, ret->code);
	COLUMN_COPY(rows, 2, ret->accreditation);
	COLUMN_COPY(rows, 3, ret->accredited_until);
	COLUMN_COPY(rows, 4, ret->accreditor);
	COLUMN_COPY(rows, 5, ret->legal_name);
	COLUMN_COPY(rows, 6, ret->legal_quality);
	COLUMN_COPY(rows, 7, ret->place);
	COLUMN_COPY(rows, 8, ret->organiser);
	COLUMN_COPY(rows, 9, ret->partner);
	ret->has_logo = sqlite3_column_int(rows, 10) != 0;
	ask_done(rows);
}

void provider_save(struct db *db, const struct provider *provider, int64_t by)
{
	tell(db, SUBJECT_PROVIDER, PROVIDER_PUT, "ttttttttttii", provider->name, provider->code,
		provider->accreditation, provider->accredited_until, provider->accreditor,
		provider->legal_name, provider->legal_quality, provider->place, provider->organiser,
		provider->partner, store_now(), by);
}

GBytes *provider_logo(struct db *db)
{
	GBytes *logo = NULL;
	sqlite3_stmt *rows = ask(db, SUBJECT_PROVIDER, PROVIDER_LOGO_GET, "");
	if (ask_row(db, rows)) {
		logo = g_bytes_new(sqlite3_column_blob(rows, 0), (gsize)sqlite3_column_bytes(rows, 0));
		ask_done(rows);
	}
	return logo;
}

void provider_logo_save(struct db *db, GBytes *logo, int64_t by)
{
	gsize len = 0;
	const char *bytes = logo ? g_bytes_get_data(logo, &len) : "";
	tell(db, SUBJECT_PROVIDER, PROVIDER_LOGO_PUT, "bii", (struct span){bytes, (uint32_t)len}, store_now(),
		by);
}
