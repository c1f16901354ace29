#include "server/placement/bank_reply.h"

#include "server/app.h"
#include "server/store/people.h"

static void by_name(struct db *db, int64_t person, char *ret, size_t size)
{
	struct person who;
	ret[0] = '\0';
	if (person && people_by_id(db, person, &who)) {
		g_snprintf(ret, (gulong)size, "%s %s", who.given_name, who.family_name);
	}
}

json_t *bank_json(struct db *db, const struct bank_row *row)
{
	char at[32], by[220];
	store_time_text(row->imported_at, at);
	by_name(db, row->imported_by, by, sizeof(by));
	return json_pack("{s:I, s:s, s:s, s:I, s:b, s:s, s:s, s:s}", "id", (json_int_t)row->id, "name",
		row->name, "version", row->version, "items", (json_int_t)row->items, "active",
		(int)row->active, "imported_at", at, "imported_by", by, "sha256", row->sha256);
}

static json_t *imported_json(struct request *request, const struct bank_row *row, const struct faults *faults)
{
	struct db *db = store_read(request->app->store);
	json_t *bank = bank_json(db, row);
	store_read_done(request->app->store, db);
	return json_pack("{s:o, s:o}", "bank", bank, "findings", problems_json(faults->list));
}

void bank_import_reply(struct request *request, struct reply *reply, enum bank_import result, const struct bank_row *row,
	const struct faults *faults, const struct problem *problem)
{
	switch (result) {
	case BANK_IMPORT_NEW:
	case BANK_IMPORT_KNOWN:
		reply_json(reply, 201, imported_json(request, row, faults));
		break;
	case BANK_IMPORT_FAULTS:
		reply_faults(reply, 422, faults);
		break;
	case BANK_IMPORT_FAILED:
		reply_store_fault(reply, problem);
		break;
	}
}
