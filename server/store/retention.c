#include "server/store/retention.h"

#include <glib.h>

#include "server/store/statement.h"

#define OLD_ATTEMPTS                                                                                         \
	"FROM attempt a JOIN attempt_state s ON s.attempt = a.id WHERE a.updated_at < ?1 AND EXISTS (SELECT 1 FROM "    \
	"journal j WHERE j.attempt = a.id AND j.last <= s.sequence) AND NOT EXISTS (SELECT 1 FROM completion c JOIN "   \
	"ecm_event e ON e.id = c.event WHERE c.person = a.person AND e.data_fine >= ?2)"
#define OLD_SESSIONS "FROM session WHERE expires_at < ?1"
#define OLD_ACCESS                                                                                           \
	"FROM act WHERE act = 'session.open' AND at < ?1 AND digest IS NOT NULL AND removed_by IS NULL AND detail <> ''"
#define OLD_MESSAGES "FROM mail_message WHERE changed_at < ?1 AND address <> '' AND state NOT IN ('queued', 'sending')"

#define REMOVE(kind) (KEPT_KINDS + (kind))

static const char *const sql[2 * KEPT_KINDS] = {
	[KEPT_JOURNALS] = "SELECT count(*) " OLD_ATTEMPTS,
	[KEPT_SESSIONS] = "SELECT count(*) " OLD_SESSIONS,
	[KEPT_ACCESS_ACTS] = "SELECT count(*) " OLD_ACCESS,
	[KEPT_MESSAGES] = "SELECT count(*) " OLD_MESSAGES,
	[REMOVE(KEPT_JOURNALS)] = "DELETE FROM journal WHERE attempt IN (SELECT a.id " OLD_ATTEMPTS " LIMIT ?3) AND last <= "
				  "(SELECT sequence FROM attempt_state s WHERE s.attempt = journal.attempt)",
	[REMOVE(KEPT_SESSIONS)] = "DELETE FROM session WHERE token_hash IN (SELECT token_hash " OLD_SESSIONS " LIMIT ?2)",
	[REMOVE(KEPT_ACCESS_ACTS)] = "SELECT 1", /* audit_forget_access() */
	[REMOVE(KEPT_MESSAGES)] = "UPDATE mail_message SET address = '', reply = '' WHERE id IN (SELECT id " OLD_MESSAGES
				  " LIMIT ?2)",
};

const struct subject_statements retention_statements = {sql, 2 * KEPT_KINDS};

int64_t retention_count(struct db *db, enum kept kind, int64_t before, const char *day)
{
	sqlite3_stmt *rows = kind == KEPT_JOURNALS ? ask(db, SUBJECT_RETENTION, kind, "it", before, day)
						   : ask(db, SUBJECT_RETENTION, kind, "i", before);
	int64_t count = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	return count;
}

int64_t retention_remove(struct db *db, enum kept kind, int64_t before, const char *day, int64_t most)
{
	if (kind == KEPT_ACCESS_ACTS) {
		return 0;
	}
	return kind == KEPT_JOURNALS ? tell(db, SUBJECT_RETENTION, REMOVE(kind), "iti", before, day, most)
				     : tell(db, SUBJECT_RETENTION, REMOVE(kind), "ii", before, most);
}
