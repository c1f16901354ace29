#include "server/store/audit.h"

#include <string.h>

#include "server/limits.h"
#include "server/store/statement.h"

enum audit_statement { AUDIT_LAST, AUDIT_ADD, AUDIT_LIST, AUDIT_COUNT, AUDIT_ALL, AUDIT_STATEMENTS };

static const char *const sql[AUDIT_STATEMENTS] = {
	[AUDIT_LAST] = "SELECT hash FROM act ORDER BY id DESC LIMIT 1",
	[AUDIT_ADD] = "INSERT INTO act(at, by, act, subject, detail, hash) VALUES (?, nullif(?, 0), ?, ?, ?, "
		      "?)",
	[AUDIT_LIST] = "SELECT a.id, a.at, coalesce(p.family_name || ' ' || p.given_name, ''), a.act, "
		       "a.subject, a.detail FROM act a LEFT JOIN person p ON p.id = a.by WHERE ?1 = '' OR "
		       "a.subject = ?1 ORDER BY a.id DESC LIMIT ?2 OFFSET ?3",
	[AUDIT_COUNT] = "SELECT count(*) FROM act WHERE ?1 = '' OR subject = ?1",
	[AUDIT_ALL] = "SELECT id, at, coalesce(by, 0), act, subject, detail, hash FROM act ORDER BY id",
};

const struct subject_statements audit_statements = {sql, AUDIT_STATEMENTS};

struct link {
	int64_t at, by;
	const char *act, *subject, *detail;
};

static void hash_link(const char *before, const struct link *link, char ret[65])
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree char *numbers =
		g_strdup_printf("%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT, before, link->at, link->by);
	const char *parts[] = {numbers, link->act, link->subject, link->detail};
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		/* With its NUL: no two rows have the same bytes in other cells. */
		g_checksum_update(sum, (const guchar *)parts[i], (gssize)strlen(parts[i]) + 1);
	}
	g_strlcpy(ret, g_checksum_get_string(sum), 65);
}

void audit_add(struct db *db, int64_t by, const char *act, const char *subject, const char *detail)
{
	char before[65] = "", hash[65];
	sqlite3_stmt *rows = ask(db, SUBJECT_AUDIT, AUDIT_LAST, "");
	if (ask_row(db, rows)) {
		COLUMN_COPY(rows, 0, before);
		ask_done(rows);
	}
	const struct link link = {
		store_now(), by, act, subject == NULL ? "" : subject, detail == NULL ? "" : detail};
	hash_link(before, &link, hash);
	tell(db, SUBJECT_AUDIT, AUDIT_ADD, "iitttt", link.at, link.by, link.act, link.subject, link.detail,
		hash);
}

void audit_about(struct db *db, int64_t by, const char *act, const char *kind, int64_t id, const char *detail)
{
	g_autofree char *subject = g_strdup_printf("%s:%" G_GINT64_FORMAT, kind, id);
	audit_add(db, by, act, subject, detail);
}

static void act_clear(void *data)
{
	g_free(((struct act *)data)->detail);
}

GArray *audit_list(struct db *db, const char *subject, int64_t page, int64_t *ret_total)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_AUDIT, AUDIT_COUNT, "t", subject);
	*ret_total = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	GArray *acts = g_array_new(FALSE, FALSE, sizeof(struct act));
	g_array_set_clear_func(acts, act_clear);
	rows = ask(db, SUBJECT_AUDIT, AUDIT_LIST, "tii", subject, (int64_t)LIMIT_PAGE_ROWS,
		(page - 1) * LIMIT_PAGE_ROWS);
	while (ask_row(db, rows)) {
		struct act act = {.id = sqlite3_column_int64(rows, 0), .at = sqlite3_column_int64(rows, 1)};
		COLUMN_COPY(rows, 2, act.by);
		COLUMN_COPY(rows, 3, act.act);
		COLUMN_COPY(rows, 4, act.subject);
		act.detail = column_duplicate(rows, 5);
		g_array_append_val(acts, act);
	}
	return acts;
}

int64_t audit_verify(struct db *db)
{
	char before[65] = "", hash[65];
	sqlite3_stmt *rows = ask(db, SUBJECT_AUDIT, AUDIT_ALL, "");
	while (ask_row(db, rows)) {
		const struct link link = {sqlite3_column_int64(rows, 1), sqlite3_column_int64(rows, 2),
			(const char *)sqlite3_column_text(rows, 3),
			(const char *)sqlite3_column_text(rows, 4),
			(const char *)sqlite3_column_text(rows, 5)};
		hash_link(before, &link, hash);
		if (strcmp(hash, (const char *)sqlite3_column_text(rows, 6)) != 0) {
			int64_t broken = sqlite3_column_int64(rows, 0);
			ask_done(rows);
			return broken;
		}
		memcpy(before, hash, sizeof(before));
	}
	return 0;
}

void audit_end_of(struct db *db, struct audit_end *ret)
{
	*ret = (struct audit_end){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_AUDIT, AUDIT_LAST, "");
	if (ask_row(db, rows)) {
		COLUMN_COPY(rows, 0, ret->hash);
		ask_done(rows);
	}
	rows = ask(db, SUBJECT_AUDIT, AUDIT_COUNT, "t", "");
	if (ask_row(db, rows)) {
		ret->count = sqlite3_column_int64(rows, 0);
		ask_done(rows);
	}
}
