/* When and where classes meet: venues and sessions. */
#include "server/store/classes.h"
#include "server/store/statement.h"

enum class_sessions_statement {
	VENUES_ALL,
	VENUE_BY_ID,
	VENUE_INSERT,
	VENUE_UPDATE,
	SESSIONS_OF,
	SESSION_BY_ID,
	SESSION_INSERT,
	SESSION_UPDATE,
	SESSION_DELETE,
	SESSION_CLASH,
	SESSIONS_SIGNED,
	SESSIONS_MEANWHILE,
	CLASS_SESSIONS_STATEMENTS,
};

#define SESSION_COLUMNS                                                                                      \
	"n.id, n.class_group, g.event, n.day, n.begins_at, n.ends_at, coalesce(n.venue, 0), "                \
	"coalesce(n.teacher, 0), coalesce(v.name, ''), coalesce(v.address, ''), coalesce(v.town, ''), "      \
	"coalesce(p.given_name || ' ' || p.family_name, ''), g.name FROM class_session n"                    \
	" JOIN class_group g ON g.id = n.class_group LEFT JOIN venue v ON v.id = n.venue"                    \
	" LEFT JOIN person p ON p.id = n.teacher"

static const char *const sql[CLASS_SESSIONS_STATEMENTS] = {
	[VENUES_ALL] = "SELECT id, name, address, town, seats FROM venue ORDER BY name COLLATE NOCASE, id",
	[VENUE_BY_ID] = "SELECT id, name, address, town, seats FROM venue WHERE id = ?",
	[VENUE_INSERT] = "INSERT INTO venue (name, address, town, seats, updated_at, updated_by)"
			 " VALUES (?, ?, ?, ?, ?, nullif(?, 0))",
	[VENUE_UPDATE] = "UPDATE venue SET name = ?, address = ?, town = ?, seats = ?, updated_at = ?, "
			 "updated_by = nullif(?, 0) WHERE id = ?",
	[SESSIONS_OF] = "SELECT " SESSION_COLUMNS " WHERE n.class_group = ? ORDER BY n.begins_at, n.id",
	[SESSION_BY_ID] = "SELECT " SESSION_COLUMNS " WHERE n.id = ?",
	[SESSION_INSERT] = "INSERT INTO class_session (day, begins_at, ends_at, venue, teacher, updated_at, updated_by, "
			   "class_group) VALUES (?, ?, ?, nullif(?, 0), nullif(?, 0), ?, nullif(?, 0), ?)",
	[SESSION_UPDATE] = "UPDATE class_session SET day = ?, begins_at = ?, ends_at = ?, venue = nullif(?, 0), "
			   "teacher = nullif(?, 0), updated_at = ?, updated_by = nullif(?, 0) WHERE id = ?",
	[SESSION_DELETE] = "DELETE FROM class_session WHERE id = ?1 AND NOT EXISTS"
			   " (SELECT 1 FROM class_mark WHERE session = ?1)",
	[SESSION_CLASH] = "SELECT " SESSION_COLUMNS " WHERE n.id <> ?1 AND n.begins_at < ?3 AND n.ends_at > ?2"
			  " AND (n.class_group = ?4 OR n.teacher = nullif(?5, 0)) ORDER BY n.begins_at LIMIT 1",
	[SESSIONS_SIGNED] = "SELECT " SESSION_COLUMNS " WHERE n.id <> ?2 AND n.begins_at < ?4 AND n.ends_at > ?3 AND n.id IN"
			    " (SELECT m.session FROM class_mark m WHERE m.person = ?1 AND m.void_at IS NULL) ORDER BY n.begins_at",
	[SESSIONS_MEANWHILE] =
		"SELECT " SESSION_COLUMNS " WHERE n.class_group <> ?2 AND EXISTS (SELECT 1 FROM class_session h WHERE"
		" h.class_group = ?2 AND h.begins_at < n.ends_at AND h.ends_at > n.begins_at) AND (n.teacher = ?1 OR"
		" n.class_group IN (SELECT s.class_group FROM class_enrolment s WHERE s.person = ?1"
		" AND s.state IN ('invited', 'enrolled'))) ORDER BY n.begins_at LIMIT ?3",
};

const struct subject_statements class_sessions_statements = {sql, CLASS_SESSIONS_STATEMENTS};

/* --- Venues --- */

static void read_venue(sqlite3_stmt *rows, struct venue *ret)
{
	*ret = (struct venue){
		.id = sqlite3_column_int64(rows, 0), .seats = (guint)sqlite3_column_int64(rows, 4)};
	COLUMN_COPY(rows, 1, ret->name);
	COLUMN_COPY(rows, 2, ret->address);
	COLUMN_COPY(rows, 3, ret->town);
}

GArray *venues_all(struct db *db)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct venue));
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_SESSIONS, VENUES_ALL, "");
	while (ask_row(db, rows)) {
		struct venue venue;
		read_venue(rows, &venue);
		g_array_append_val(list, venue);
	}
	return list;
}

bool venue_by_id(struct db *db, int64_t id, struct venue *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_SESSIONS, VENUE_BY_ID, "i", id);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_venue(rows, ret);
	ask_done(rows);
	return true;
}

void venue_save(struct db *db, struct venue *venue, int64_t by)
{
	if (venue->id) {
		tell(db, SUBJECT_CLASS_SESSIONS, VENUE_UPDATE, "tttiiii", venue->name, venue->address, venue->town,
			(int64_t)venue->seats, store_now(), by, venue->id);
	} else {
		tell(db, SUBJECT_CLASS_SESSIONS, VENUE_INSERT, "tttiii", venue->name, venue->address, venue->town,
			(int64_t)venue->seats, store_now(), by);
		venue->id = db_inserted(db);
	}
}

/* --- Sessions --- */

static void read_session(sqlite3_stmt *rows, struct class_session *ret)
{
	*ret = (struct class_session){
		.id = sqlite3_column_int64(rows, 0),
		.group = sqlite3_column_int64(rows, 1),
		.event = sqlite3_column_int64(rows, 2),
		.begins_at = sqlite3_column_int64(rows, 4),
		.ends_at = sqlite3_column_int64(rows, 5),
		.venue = sqlite3_column_int64(rows, 6),
		.teacher = sqlite3_column_int64(rows, 7),
	};
	COLUMN_COPY(rows, 3, ret->day);
	COLUMN_COPY(rows, 8, ret->venue_name);
	COLUMN_COPY(rows, 9, ret->address);
	COLUMN_COPY(rows, 10, ret->town);
	COLUMN_COPY(rows, 11, ret->teacher_name);
	COLUMN_COPY(rows, 12, ret->group_name);
}

static GArray *read_sessions(struct db *db, sqlite3_stmt *rows)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct class_session));
	while (ask_row(db, rows)) {
		struct class_session session;
		read_session(rows, &session);
		g_array_append_val(list, session);
	}
	return list;
}

GArray *class_sessions(struct db *db, int64_t group)
{
	return read_sessions(db, ask(db, SUBJECT_CLASS_SESSIONS, SESSIONS_OF, "i", group));
}

GArray *class_sessions_signed(struct db *db, int64_t person, const struct class_session *session)
{
	return read_sessions(db, ask(db, SUBJECT_CLASS_SESSIONS, SESSIONS_SIGNED, "iiii", person, session->id, session->begins_at,
					 session->ends_at));
}

GArray *class_sessions_meanwhile(struct db *db, int64_t person, int64_t group, int64_t most)
{
	return read_sessions(db, ask(db, SUBJECT_CLASS_SESSIONS, SESSIONS_MEANWHILE, "iii", person, group, most));
}

static bool one_session(struct db *db, sqlite3_stmt *rows, struct class_session *ret)
{
	if (!ask_row(db, rows)) {
		return false;
	}
	read_session(rows, ret);
	ask_done(rows);
	return true;
}

bool class_session_by_id(struct db *db, int64_t id, struct class_session *ret)
{
	return one_session(db, ask(db, SUBJECT_CLASS_SESSIONS, SESSION_BY_ID, "i", id), ret);
}

void class_session_save(struct db *db, struct class_session *session, int64_t by)
{
	bool fresh = session->id == 0;
	tell(db, SUBJECT_CLASS_SESSIONS, fresh ? SESSION_INSERT : SESSION_UPDATE, "tiiiiiii", session->day,
		session->begins_at, session->ends_at, session->venue, session->teacher, store_now(), by,
		fresh ? session->group : session->id);
	session->id = fresh ? db_inserted(db) : session->id;
}

bool class_session_delete(struct db *db, int64_t id)
{
	return tell(db, SUBJECT_CLASS_SESSIONS, SESSION_DELETE, "i", id) > 0;
}

bool class_session_clash(struct db *db, const struct class_session *session, struct class_session *ret)
{
	return one_session(db,
		ask(db, SUBJECT_CLASS_SESSIONS, SESSION_CLASH, "iiiii", session->id, session->begins_at, session->ends_at,
			session->group, session->teacher),
		ret);
}
