#include "server/store/item_media.h"

#include "server/store/placement_sql.h"

void item_media_add(struct db *db, const char *sha256, const char *type, struct span bytes, int64_t by)
{
	tell(db, SUBJECT_PLACEMENT, MEDIA_ADD, "ttbii", sha256, type, bytes, store_now(), by);
}

bool item_media_known(struct db *db, const char *sha256)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, MEDIA_KNOWN, "t", sha256);
	const bool known = ask_row(db, rows);
	ask_done(rows);
	return known;
}

GBytes *item_media_get(struct db *db, const char *sha256, char ret_type[32])
{
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, MEDIA_GET, "t", sha256);
	GBytes *bytes = NULL;
	if (ask_row(db, rows)) {
		g_strlcpy(ret_type, (const char *)sqlite3_column_text(rows, 0), 32);
		bytes = g_bytes_new(sqlite3_column_blob(rows, 1), (gsize)sqlite3_column_bytes(rows, 1));
	}
	ask_done(rows);
	return bytes;
}
