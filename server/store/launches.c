#include "server/store/launches.h"

#include "server/limits.h"
#include "server/store/statement.h"

enum launches_statement {
	LAUNCHES_FIND,
	LAUNCHES_OLDEST,
	LAUNCHES_ADD,
	LAUNCHES_EXPIRE,
	LAUNCHES_FORMER,
	LAUNCHES_FORMERS,
	LAUNCHES_FORMER_ADD,
	LAUNCHES_STATEMENTS
};

/* Who learns, looks into a journal, or previews is asked for the role again each time: it may have been taken away. */
#define ROLE_STILL_HELD                                                                                      \
	"EXISTS (SELECT 1 FROM person_role r WHERE r.person = l.person AND CASE WHEN l.inspects THEN r.role "  \
	"IN ('provider', 'administrator') WHEN l.attempt IS NULL THEN r.role = 'designer' ELSE r.role = "     \
	"'operator' END)"

static const char *const sql[LAUNCHES_STATEMENTS] = {
	[LAUNCHES_FIND] = "SELECT l.session, l.person, coalesce(l.attempt, 0), l.version, l.organization, "
			  "coalesce((SELECT min(created_at) FROM launch e WHERE e.attempt = l.attempt AND "
			  "e.inspects = 0 AND e.expires_at > ?2), l.created_at), v.sha256, l.inspects FROM "
			  "launch l JOIN session s ON "
			  "s.token_hash = l.session JOIN person p ON p.id = l.person JOIN course_version v "
			  "ON v.id = l.version WHERE l.token_hash = ?1 AND l.expires_at > ?2 AND "
			  "s.expires_at > ?2 AND s.seen_at > ?3 AND p.active = 1 AND " ROLE_STILL_HELD,
	[LAUNCHES_OLDEST] = "SELECT coalesce(min(created_at), 0) FROM launch WHERE attempt = ? AND "
			    "inspects = 0 AND expires_at > ?",
	[LAUNCHES_ADD] = "INSERT INTO launch(token_hash, session, person, attempt, version, organization, "
			 "created_at, expires_at, inspects) VALUES (?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?)",
	[LAUNCHES_FORMER] = "SELECT launch FROM launch_former WHERE token_hash = ?",
	[LAUNCHES_FORMERS] = "SELECT count(*) FROM launch_former WHERE launch = ?",
	[LAUNCHES_FORMER_ADD] = "INSERT OR REPLACE INTO launch_former(token_hash, launch) VALUES (?, ?)",
	[LAUNCHES_EXPIRE] = "DELETE FROM launch WHERE person = ? AND expires_at <= ?",
};

const struct subject_statements launches_statements = {sql, LAUNCHES_STATEMENTS};

bool launch_find(struct db *db, const char *token_hash, int64_t now, struct launch *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_LAUNCHES, LAUNCHES_FIND, "tii", token_hash, now,
		now - LIMIT_SESSION_IDLE_SECONDS * 1000LL);
	if (!ask_row(db, rows)) {
		return false;
	}
	*ret = (struct launch){
		.person = sqlite3_column_int64(rows, 1),
		.attempt = sqlite3_column_int64(rows, 2),
		.version = sqlite3_column_int64(rows, 3),
		.organization = sqlite3_column_int64(rows, 4),
		.created_at = sqlite3_column_int64(rows, 5),
	};
	COLUMN_COPY(rows, 0, ret->session);
	COLUMN_COPY(rows, 6, ret->sha256);
	ret->inspects = sqlite3_column_int(rows, 7) != 0;
	sqlite3_snprintf(sizeof(ret->token_hash), ret->token_hash, "%s", token_hash);
	ask_done(rows);
	return true;
}

int64_t launch_oldest(struct db *db, int64_t attempt, int64_t now)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_LAUNCHES, LAUNCHES_OLDEST, "ii", attempt, now);
	int64_t oldest = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	return oldest;
}

void launch_add(struct db *db, const struct launch *launch, int64_t now)
{
	tell(db, SUBJECT_LAUNCHES, LAUNCHES_EXPIRE, "ii", launch->person, now);
	tell(db, SUBJECT_LAUNCHES, LAUNCHES_ADD, "ttiiiiiii", launch->token_hash, launch->session,
		launch->person, launch->attempt, launch->version, launch->organization, now,
		now + LIMIT_LAUNCH_SECONDS * 1000LL, (int64_t)launch->inspects);
}

bool launch_of_former(struct db *db, const char *token_hash, char ret_hash[65])
{
	sqlite3_stmt *rows = ask(db, SUBJECT_LAUNCHES, LAUNCHES_FORMER, "t", token_hash);
	if (!ask_row(db, rows)) {
		return false;
	}
	sqlite3_snprintf(65, ret_hash, "%s", (const char *)sqlite3_column_text(rows, 0));
	ask_done(rows);
	return true;
}

bool launch_add_former(struct db *db, const struct launch *launch, const char *token_hash)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_LAUNCHES, LAUNCHES_FORMERS, "t", launch->token_hash);
	int64_t count = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	if (count >= LIMIT_FORMER_TOKENS) {
		return false;
	}
	tell(db, SUBJECT_LAUNCHES, LAUNCHES_FORMER_ADD, "tt", token_hash, launch->token_hash);
	return true;
}
