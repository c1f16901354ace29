#include "server/store/audit.h"

#include <string.h>

#include "server/limits.h"
#include "server/store/statement.h"

enum audit_statement {
	AUDIT_LAST,
	AUDIT_END,
	AUDIT_SEAL,
	AUDIT_ADD,
	AUDIT_LIST,
	AUDIT_COUNT,
	AUDIT_ALL,
	AUDIT_NTH,
	AUDIT_FORGET_PERSON,
	AUDIT_FORGET_ACCESS,
	AUDIT_STATEMENTS
};

static const char *const sql[AUDIT_STATEMENTS] = {
	[AUDIT_LAST] = "SELECT hash, digest IS NOT NULL FROM act ORDER BY id DESC LIMIT 1",
	[AUDIT_END] = "SELECT count, hash, seal FROM act_end",
	[AUDIT_SEAL] = "INSERT INTO act_end VALUES (1, ?1, ?2, ?3) ON CONFLICT(id) DO UPDATE SET count = ?1, hash = ?2, "
		       "seal = ?3",
	[AUDIT_ADD] = "INSERT INTO act(at, by, act, subject, detail, hash, salt, digest) VALUES (?, nullif(?, 0), ?, ?, ?, "
		      "?, ?, ?)",
	[AUDIT_LIST] = "SELECT a.id, a.at, coalesce(p.family_name || ' ' || p.given_name, ''), a.act, "
		       "a.subject, a.detail FROM act a LEFT JOIN person p ON p.id = a.by WHERE ?1 = '' OR "
		       "a.subject = ?1 ORDER BY a.id DESC LIMIT ?2 OFFSET ?3",
	[AUDIT_COUNT] = "SELECT count(*) FROM act WHERE ?1 = '' OR subject = ?1",
	[AUDIT_ALL] = "SELECT a.id, a.at, coalesce(a.by, 0), a.act, a.subject, a.detail, a.hash, a.digest, a.salt, "
		      "a.removed_by IS NOT NULL, r.act FROM act a LEFT JOIN act r ON r.id = a.removed_by AND r.id > a.id "
		      "ORDER BY a.id",
	[AUDIT_NTH] = "SELECT hash FROM act ORDER BY id LIMIT 1 OFFSET ?",
	[AUDIT_FORGET_PERSON] = "UPDATE act SET detail = '', salt = NULL, removed_by = ?1 WHERE id < ?1 AND "
				"subject IN ('person:' || ?2, 'access:' || ?2) AND digest IS NOT NULL AND removed_by IS NULL "
				"AND detail <> ''",
	[AUDIT_FORGET_ACCESS] = "UPDATE act SET detail = '', salt = NULL, removed_by = ?1 WHERE id < ?1 AND "
				"act = 'session.open' AND at < ?2 AND digest IS NOT NULL AND removed_by IS NULL AND detail <> ''",
};

const struct subject_statements audit_statements = {sql, AUDIT_STATEMENTS};

#define HASH 65 /* hex and a NUL */
#define BREAK "audit.break"

/* Which acts may take away details of others. */
static const char *const forgetting[] = {"person.anonymise", "retention.apply", NULL};

struct link {
	int64_t at, by;
	const char *act, *subject;
	const char *tail; /* what the detail is hashed as: its digest, or of an old act itself */
	bool old;
};

static void hash_texts(const char *const *parts, size_t count, char ret[HASH])
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	for (size_t i = 0; i < count; i++) {
		/* With its NUL: no two rows have the same bytes in other cells. */
		g_checksum_update(sum, (const guchar *)parts[i], (gssize)strlen(parts[i]) + 1);
	}
	g_strlcpy(ret, g_checksum_get_string(sum), HASH);
}

static void hash_link(const char *before, const struct link *link, char ret[HASH])
{
	g_autofree char *numbers = g_strdup_printf("%s%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT,
		link->old ? "" : "2|", before, link->at, link->by);
	const char *const parts[] = {numbers, link->act, link->subject, link->tail};
	hash_texts(parts, G_N_ELEMENTS(parts), ret);
}

static void digest_of(const char *salt, const char *detail, char ret[HASH])
{
	const char *const parts[] = {salt, detail};
	hash_texts(parts, G_N_ELEMENTS(parts), ret);
}

static void seal_of(const unsigned char key[32], int64_t count, const char *hash, char ret[HASH])
{
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT "|%s", count, hash);
	g_autofree char *seal = g_compute_hmac_for_string(G_CHECKSUM_SHA256, key, 32, text, -1);
	g_strlcpy(ret, seal, HASH);
}

/* The chain's end as it is and as it was sealed. */
struct end {
	char last[HASH]; /* empty: no act */
	bool owed;       /* the last act was made when ends were sealed */
	int64_t count;   /* sealed; -1: never */
	char hash[HASH], seal[HASH];
};

static void end_read(struct db *db, struct end *ret)
{
	*ret = (struct end){.count = -1};
	sqlite3_stmt *rows = ask(db, SUBJECT_AUDIT, AUDIT_LAST, "");
	if (ask_row(db, rows)) {
		COLUMN_COPY(rows, 0, ret->last);
		ret->owed = sqlite3_column_int(rows, 1) != 0;
		ask_done(rows);
	}
	rows = ask(db, SUBJECT_AUDIT, AUDIT_END, "");
	if (ask_row(db, rows)) {
		ret->count = sqlite3_column_int64(rows, 0);
		COLUMN_COPY(rows, 1, ret->hash);
		COLUMN_COPY(rows, 2, ret->seal);
		ask_done(rows);
	}
}

static enum audit_fault end_fault(const struct end *end, const unsigned char key[32])
{
	char seal[HASH];
	if (end->count < 0) {
		return end->owed ? AUDIT_CUT : AUDIT_WHOLE;
	}
	seal_of(key, end->count, end->hash, seal);
	return strcmp(end->last, end->hash) != 0 ? AUDIT_CUT : strcmp(seal, end->seal) != 0 ? AUDIT_UNSEALED : AUDIT_WHOLE;
}

static int64_t count_acts(struct db *db)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_AUDIT, AUDIT_COUNT, "t", "");
	int64_t count = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	return count;
}

/* Adds one behind the end and moves the end; its id. With no key (a store opened by itself) nothing is sealed. */
static int64_t append(struct db *db, struct end *end, const struct link *link, const char *detail)
{
	char hash[HASH], digest[HASH], seal[HASH];
	g_autofree char *salt = g_uuid_string_random();
	struct link whole = *link;
	digest_of(salt, detail, digest);
	whole.tail = digest;
	hash_link(end->last, &whole, hash);
	tell(db, SUBJECT_AUDIT, AUDIT_ADD, "iitttttt", whole.at, whole.by, whole.act, whole.subject, detail, hash,
		salt, digest);
	int64_t id = db_inserted(db);
	g_strlcpy(end->last, hash, HASH);
	g_strlcpy(end->hash, hash, HASH);
	end->count++;
	if (db->has_key) {
		seal_of(db->key, end->count, hash, seal);
		tell(db, SUBJECT_AUDIT, AUDIT_SEAL, "itt", end->count, hash, seal);
	}
	return id;
}

static void note_break(struct db *db, struct end *end, enum audit_fault fault)
{
	g_autofree char *detail = g_strdup_printf("%s: %" G_GINT64_FORMAT ":%s",
		fault == AUDIT_CUT ? "end" : "seal", end->count, end->hash);
	end->count = count_acts(db);
	append(db, end, &(struct link){.at = store_now(), .act = BREAK, .subject = ""}, detail);
}

static int64_t add(struct db *db, int64_t by, const char *act, const char *subject, const char *detail)
{
	struct end end;
	end_read(db, &end);
	enum audit_fault fault = db->has_key ? end_fault(&end, db->key) : AUDIT_WHOLE;
	if (fault != AUDIT_WHOLE) {
		note_break(db, &end, fault);
	} else if (end.count < 0) {
		end.count = count_acts(db);
	}
	return append(db, &end,
		&(struct link){.at = store_now(), .by = by, .act = act, .subject = subject == NULL ? "" : subject},
		detail == NULL ? "" : detail);
}

void audit_add(struct db *db, int64_t by, const char *act, const char *subject, const char *detail)
{
	add(db, by, act, subject, detail);
}

void audit_about(struct db *db, int64_t by, const char *act, const char *kind, int64_t id, const char *detail)
{
	g_autofree char *subject = g_strdup_printf("%s:%" G_GINT64_FORMAT, kind, id);
	audit_add(db, by, act, subject, detail);
}

int64_t audit_forget_person(struct db *db, int64_t by, int64_t person, const char *act, const char *detail)
{
	g_autofree char *subject = g_strdup_printf("person:%" G_GINT64_FORMAT, person);
	return tell(db, SUBJECT_AUDIT, AUDIT_FORGET_PERSON, "ii", add(db, by, act, subject, detail), person);
}

int64_t audit_forget_access(struct db *db, int64_t by, int64_t before, const char *act, const char *detail)
{
	return tell(db, SUBJECT_AUDIT, AUDIT_FORGET_ACCESS, "ii", add(db, by, act, "retention", detail), before);
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

static const char *text_at(sqlite3_stmt *rows, int column)
{
	const char *text = (const char *)sqlite3_column_text(rows, column);
	return text ? text : "";
}

/* One row of the chain against the hash before it, which becomes this one's. */
static enum audit_fault row_fault(sqlite3_stmt *rows, char before[HASH])
{
	char hash[HASH], digest[HASH];
	const char *detail = text_at(rows, 5), *kept = text_at(rows, 7);
	bool old = *kept == '\0', removed = sqlite3_column_int(rows, 9) != 0;
	const struct link link = {.at = sqlite3_column_int64(rows, 1), .by = sqlite3_column_int64(rows, 2),
		.act = text_at(rows, 3), .subject = text_at(rows, 4), .tail = old ? detail : kept, .old = old};
	hash_link(before, &link, hash);
	digest_of(text_at(rows, 8), detail, digest);
	bool fits = strcmp(hash, text_at(rows, 6)) == 0 && (old || removed || strcmp(digest, kept) == 0);
	g_strlcpy(before, hash, HASH);
	if (!fits) {
		return AUDIT_ALTERED;
	}
	if (removed && (old || *detail != '\0' || !g_strv_contains(forgetting, text_at(rows, 10)))) {
		return AUDIT_UNEXPLAINED;
	}
	return strcmp(link.act, BREAK) == 0 ? AUDIT_BROKEN : AUDIT_WHOLE;
}

void audit_verify(struct db *db, const unsigned char key[32], struct audit_check *ret)
{
	*ret = (struct audit_check){0};
	struct end end;
	sqlite3_stmt *rows = ask(db, SUBJECT_AUDIT, AUDIT_ALL, "");
	while (ask_row(db, rows)) {
		enum audit_fault fault = row_fault(rows, ret->hash);
		ret->count++;
		if (fault != AUDIT_WHOLE) {
			ret->fault = fault;
			ret->act = sqlite3_column_int64(rows, 0);
			ask_done(rows);
			break;
		}
	}
	end_read(db, &end);
	ret->sealed_count = end.count;
	if (ret->fault == AUDIT_WHOLE) {
		ret->fault = end.count >= 0 && end.count != ret->count ? AUDIT_CUT : end_fault(&end, key);
	}
}

bool audit_had_end(struct db *db, int64_t count, const char *hash)
{
	char is[HASH] = "";
	sqlite3_stmt *rows = ask(db, SUBJECT_AUDIT, AUDIT_NTH, "i", count - 1);
	if (ask_row(db, rows)) {
		COLUMN_COPY(rows, 0, is);
		ask_done(rows);
	}
	return g_ascii_strcasecmp(is, hash) == 0;
}
