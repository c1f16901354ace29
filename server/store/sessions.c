#include "server/store/sessions.h"

#include "server/limits.h"
#include "server/store/people.h"
#include "server/store/statement.h"

enum sessions_statement {
	SESSIONS_FIND,
	SESSIONS_OPEN,
	SESSIONS_SEEN,
	SESSIONS_CLOSE,
	SESSIONS_CLOSE_ALL,
	SESSIONS_TRIM,
	SESSIONS_EXPIRE,
	SESSIONS_STATEMENTS
};

static const char *const sql[SESSIONS_STATEMENTS] = {
	[SESSIONS_FIND] = "SELECT s.person, s.seen_at, p.must_change_password, (SELECT group_concat(role) "
			  "FROM person_role WHERE person = p.id) FROM session s JOIN person p ON p.id = "
			  "s.person WHERE s.token_hash = ? AND s.expires_at > ? AND s.seen_at > ? AND "
			  "p.active = 1",
	[SESSIONS_OPEN] = "INSERT INTO session(token_hash, person, created_at, seen_at, expires_at, address, "
			  "agent) VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)",
	[SESSIONS_SEEN] = "UPDATE session SET seen_at = ?2 WHERE token_hash = ?1 AND seen_at < ?2",
	[SESSIONS_CLOSE] = "DELETE FROM session WHERE token_hash = ?",
	[SESSIONS_CLOSE_ALL] = "DELETE FROM session WHERE person = ?1 AND token_hash <> coalesce(?2, '')",
	[SESSIONS_TRIM] = "DELETE FROM session WHERE token_hash IN (SELECT token_hash FROM session WHERE "
			  "person = ? ORDER BY created_at DESC LIMIT -1 OFFSET ?)",
	[SESSIONS_EXPIRE] = "DELETE FROM session WHERE person = ?1 AND (expires_at <= ?2 OR seen_at <= ?3)",
};

const struct subject_statements sessions_statements = {sql, SESSIONS_STATEMENTS};

static unsigned roles_of(const char *names)
{
	unsigned roles = 0;
	g_auto(GStrv) list = g_strsplit(names == NULL ? "" : names, ",", -1);
	for (char **name = list; *name != NULL; name++) {
		roles |= role_by_name(*name);
	}
	return roles;
}

bool sessions_find(
	struct db *db, const char *token_hash, int64_t now, struct identity *ret, int64_t *ret_seen_at)
{
	int64_t idle = now - LIMIT_SESSION_IDLE_SECONDS * 1000LL;
	sqlite3_stmt *rows = ask(db, SUBJECT_SESSIONS, SESSIONS_FIND, "tii", token_hash, now, idle);
	if (!ask_row(db, rows)) {
		return false;
	}
	*ret = (struct identity){
		.person = sqlite3_column_int64(rows, 0),
		.roles = roles_of((const char *)sqlite3_column_text(rows, 3)),
		.must_change_password = sqlite3_column_int(rows, 2) != 0,
	};
	g_strlcpy(ret->session, token_hash, sizeof(ret->session));
	*ret_seen_at = sqlite3_column_int64(rows, 1);
	ask_done(rows);
	return true;
}

void sessions_open(
	struct db *db, const char *token_hash, int64_t person, const char *address, const char *agent)
{
	int64_t now = store_now();
	tell(db, SUBJECT_SESSIONS, SESSIONS_EXPIRE, "iii", person, now,
		now - LIMIT_SESSION_IDLE_SECONDS * 1000LL);
	tell(db, SUBJECT_SESSIONS, SESSIONS_TRIM, "ii", person, (int64_t)LIMIT_SESSIONS_EACH - 1);
	tell(db, SUBJECT_SESSIONS, SESSIONS_OPEN, "tiiitt", token_hash, person, now,
		now + LIMIT_SESSION_SECONDS * 1000LL, address, agent);
}

void sessions_seen(struct db *db, const char *token_hash, int64_t now)
{
	tell(db, SUBJECT_SESSIONS, SESSIONS_SEEN, "ti", token_hash, now);
}

void sessions_close(struct db *db, const char *token_hash)
{
	tell(db, SUBJECT_SESSIONS, SESSIONS_CLOSE, "t", token_hash);
}

void sessions_close_all(struct db *db, int64_t person, const char *but_token_hash)
{
	tell(db, SUBJECT_SESSIONS, SESSIONS_CLOSE_ALL, "it", person, but_token_hash);
}
