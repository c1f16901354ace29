/* Item banks as imported. */
#include "server/store/placement_sql.h"

static void read_bank(sqlite3_stmt *rows, struct bank_row *ret)
{
	*ret = (struct bank_row){
		.id = sqlite3_column_int64(rows, 0),
		.items = sqlite3_column_int64(rows, 3),
		.active = sqlite3_column_int64(rows, 5) != 0,
		.imported_at = sqlite3_column_int64(rows, 6),
		.imported_by = sqlite3_column_int64(rows, 7),
	};
	COLUMN_COPY(rows, 1, ret->name);
	COLUMN_COPY(rows, 2, ret->version);
	COLUMN_COPY(rows, 4, ret->sha256);
}

GArray *banks_all(struct db *db)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct bank_row));
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, BANKS_ALL, "");
	while (ask_row(db, rows)) {
		struct bank_row row;
		read_bank(rows, &row);
		g_array_append_val(list, row);
	}
	return list;
}

bool bank_by_sha256(struct db *db, const char *sha256, struct bank_row *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, BANK_BY_SHA256, "t", sha256);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_bank(rows, ret);
	ask_done(rows);
	return true;
}

void bank_insert(struct db *db, struct bank_row *row, const char *body)
{
	tell(db, SUBJECT_PLACEMENT, BANK_INSERT, "ttittii", row->name, row->version, row->items, row->sha256,
		body, row->imported_at, row->imported_by);
	row->id = db_inserted(db);
}

bool bank_activate(struct db *db, int64_t id)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, BANK_EXISTS, "i", id);
	if (!ask_row(db, rows)) {
		return false;
	}
	ask_done(rows);
	tell(db, SUBJECT_PLACEMENT, BANK_DEACTIVATE, "");
	return tell(db, SUBJECT_PLACEMENT, BANK_ACTIVATE, "i", id) == 1;
}

int64_t bank_active(struct db *db)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, BANK_ACTIVE, "");
	int64_t id = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	return id;
}

char *bank_body(struct db *db, int64_t id, int64_t *ret_id)
{
	sqlite3_stmt *rows = id ? ask(db, SUBJECT_PLACEMENT, BANK_BODY, "i", id)
				: ask(db, SUBJECT_PLACEMENT, BANK_ACTIVE_BODY, "");
	if (!ask_row(db, rows)) {
		return NULL;
	}
	char *body = column_duplicate(rows, 0);
	if (ret_id) {
		*ret_id = sqlite3_column_int64(rows, 1);
	}
	ask_done(rows);
	return body;
}
