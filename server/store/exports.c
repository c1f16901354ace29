#include "server/store/exports.h"

#include "server/store/statement.h"

enum exports_statement {
	EXPORTS_ALL,
	EXPORT_BY_ID,
	EXPORT_NEWEST,
	EXPORT_NEWEST_SENT,
	EXPORT_INSERT,
	EXPORT_MARK_SENT,
	EXPORTS_STATEMENTS,
};

#define COLUMNS                                                                                              \
	"SELECT x.id, x.event, e.title, x.file_name, x.sha256, x.bytes, x.participants, x.created_at,"       \
	" coalesce(x.created_by, 0), coalesce(p.given_name || ' ' || p.family_name, ''), x.schema,"          \
	" coalesce(x.supersedes, 0), x.reason,"                                                              \
	" coalesce((SELECT min(n.id) FROM ecm_export n WHERE n.supersedes = x.id), 0), coalesce(s.day, ''),"  \
	" coalesce(s.protocol, ''), coalesce(s.note, ''), coalesce(s.marked_at, 0),"                         \
	" coalesce(q.given_name || ' ' || q.family_name, '')"                                                \
	" FROM ecm_export x JOIN ecm_event e ON e.id = x.event LEFT JOIN person p ON p.id = x.created_by"    \
	" LEFT JOIN ecm_export_sent s ON s.export = x.id LEFT JOIN person q ON q.id = s.marked_by"

static const char *const sql[EXPORTS_STATEMENTS] = {
	[EXPORTS_ALL] = COLUMNS " WHERE ?1 = 0 OR x.event = ?1 ORDER BY x.id DESC",
	[EXPORT_BY_ID] = COLUMNS " WHERE x.id = ?",
	[EXPORT_NEWEST] = COLUMNS " WHERE x.event = ? ORDER BY x.id DESC LIMIT 1",
	[EXPORT_NEWEST_SENT] = COLUMNS " WHERE x.event = ? AND s.export IS NOT NULL ORDER BY x.id DESC LIMIT 1",
	[EXPORT_INSERT] = "INSERT INTO ecm_export (event, event_data, file_name, sha256, bytes, participants, created_at,"
			  " created_by, schema, supersedes, reason)"
			  " VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, nullif(?, 0), ?)",
	[EXPORT_MARK_SENT] = "INSERT INTO ecm_export_sent (export, day, protocol, note, marked_at, marked_by)"
			     " VALUES (?, ?, ?, ?, ?, nullif(?, 0))",
};
#undef COLUMNS

const struct subject_statements exports_statements = {sql, EXPORTS_STATEMENTS};

static void read_export(sqlite3_stmt *rows, struct export_row *ret)
{
	*ret = (struct export_row){
		.id = sqlite3_column_int64(rows, 0),
		.event = sqlite3_column_int64(rows, 1),
		.bytes = sqlite3_column_int64(rows, 5),
		.participants = sqlite3_column_int64(rows, 6),
		.created_at = sqlite3_column_int64(rows, 7),
		.created_by = sqlite3_column_int64(rows, 8),
		.supersedes = sqlite3_column_int64(rows, 11),
		.superseded_by = sqlite3_column_int64(rows, 13),
		.sent_marked_at = sqlite3_column_int64(rows, 17),
	};
	COLUMN_COPY(rows, 2, ret->title);
	COLUMN_COPY(rows, 3, ret->file_name);
	COLUMN_COPY(rows, 4, ret->sha256);
	COLUMN_COPY(rows, 9, ret->by);
	COLUMN_COPY(rows, 10, ret->schema);
	COLUMN_COPY(rows, 12, ret->reason);
	COLUMN_COPY(rows, 14, ret->sent_day);
	COLUMN_COPY(rows, 15, ret->protocol);
	COLUMN_COPY(rows, 16, ret->note);
	COLUMN_COPY(rows, 18, ret->sent_by);
}

GArray *exports_all(struct db *db, int64_t event)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct export_row));
	sqlite3_stmt *rows = ask(db, SUBJECT_EXPORTS, EXPORTS_ALL, "i", event);
	while (ask_row(db, rows)) {
		struct export_row row;
		read_export(rows, &row);
		g_array_append_val(list, row);
	}
	return list;
}

static bool read_one(struct db *db, sqlite3_stmt *rows, struct export_row *ret)
{
	if (!ask_row(db, rows)) {
		return false;
	}
	read_export(rows, ret);
	ask_done(rows);
	return true;
}

bool export_by_id(struct db *db, int64_t id, struct export_row *ret)
{
	return read_one(db, ask(db, SUBJECT_EXPORTS, EXPORT_BY_ID, "i", id), ret);
}

bool export_newest(struct db *db, int64_t event, struct export_row *ret)
{
	return read_one(db, ask(db, SUBJECT_EXPORTS, EXPORT_NEWEST, "i", event), ret);
}

bool export_newest_sent(struct db *db, int64_t event, struct export_row *ret)
{
	return read_one(db, ask(db, SUBJECT_EXPORTS, EXPORT_NEWEST_SENT, "i", event), ret);
}

void export_insert(struct db *db, struct export_row *row, const char *event_data)
{
	tell(db, SUBJECT_EXPORTS, EXPORT_INSERT, "itttiiiitit", row->event, event_data, row->file_name, row->sha256,
		row->bytes, row->participants, row->created_at, row->created_by, row->schema, row->supersedes, row->reason);
	row->id = db_inserted(db);
}

void export_mark_sent(struct db *db, const struct export_row *row, int64_t by)
{
	tell(db, SUBJECT_EXPORTS, EXPORT_MARK_SENT, "itttii", row->id, row->sent_day, row->protocol, row->note,
		store_now(), by);
}
