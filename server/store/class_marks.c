#include "server/store/class_marks.h"

#include <string.h>

#include "server/classes/presence.h"
#include "server/store/statement.h"

enum class_marks_statement {
	MARKS_OF,
	MARK_BY_ID,
	MARK_NEWEST,
	MARK_SAME,
	MARK_ADD,
	MARK_VOID,
	SESSIONS_NOW,
	SIGNED_TWICE,
	COMPLETIONS_REMOVE,
	HELD_PLACES,
	CLASS_MARKS_STATEMENTS,
};

#define NAME_OF(person) "coalesce((SELECT o.given_name || ' ' || o.family_name FROM person o WHERE o.id = " person "), '')"
#define MARK_COLUMNS                                                                                         \
	"m.id, m.session, m.person, m.way = 'in', m.at, m.how, m.why, m.recorded_at, m.recorded_by, "        \
	NAME_OF("m.recorded_by") ", coalesce(m.void_at, 0), " NAME_OF("m.void_by") ", m.void_why FROM class_mark m"

static const char *const sql[CLASS_MARKS_STATEMENTS] = {
	[MARKS_OF] = "SELECT " MARK_COLUMNS " WHERE m.session = ?1 AND (?2 = 0 OR m.person = ?2)"
		     " ORDER BY m.person, m.at, m.id",
	[MARK_BY_ID] = "SELECT " MARK_COLUMNS " WHERE m.id = ?",
	[MARK_NEWEST] = "SELECT " MARK_COLUMNS " WHERE m.session = ? AND m.person = ? AND m.void_at IS NULL"
			" ORDER BY m.at DESC, m.id DESC LIMIT 1",
	[MARK_SAME] = "SELECT 1 FROM class_mark WHERE session = ? AND person = ? AND way = ? AND at = ? AND void_at IS NULL",
	[MARK_ADD] = "INSERT INTO class_mark (session, person, way, at, how, why, recorded_at, recorded_by)"
		     " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	[MARK_VOID] = "UPDATE class_mark SET void_at = ?, void_by = ?, void_why = ? WHERE id = ? AND void_at IS NULL",
	[SESSIONS_NOW] = "SELECT n.id FROM class_enrolment s JOIN class_session n ON n.class_group = s.class_group"
			" JOIN class_group g ON g.id = n.class_group AND g.state = 'open'"
			" WHERE s.person = ?1 AND s.state = 'enrolled' AND n.begins_at <= ?2 AND n.ends_at >= ?3"
			" ORDER BY n.begins_at",
	/* A pair of sessions of the same event is told once. */
	[SIGNED_TWICE] = "SELECT DISTINCT m.person, n.id, o.id FROM class_group g JOIN class_session n ON n.class_group = g.id"
			 " JOIN class_session o ON o.id <> n.id AND o.begins_at < n.ends_at AND o.ends_at > n.begins_at"
			 " JOIN class_group h ON h.id = o.class_group AND (?2 <> 0 OR h.event <> ?1 OR n.id < o.id)"
			 " JOIN class_mark m ON m.session = n.id AND m.void_at IS NULL JOIN class_mark k ON k.session = o.id"
			 " AND k.person = m.person AND k.void_at IS NULL WHERE g.event = ?1 AND (?2 = 0 OR g.id = ?2)"
			 " ORDER BY m.person, n.begins_at",
	[COMPLETIONS_REMOVE] = "DELETE FROM completion WHERE event = ?1 AND level IS NULL AND person IN"
			       " (SELECT person FROM class_enrolment WHERE event = ?1 AND class_group = ?2)",
	[HELD_PLACES] = "SELECT v.name, v.town, n.day FROM class_session n LEFT JOIN venue v ON v.id = n.venue"
			" WHERE n.class_group = ? ORDER BY n.begins_at",
};

const struct subject_statements class_marks_statements = {sql, CLASS_MARKS_STATEMENTS};

static void read_mark(sqlite3_stmt *rows, struct class_mark *ret)
{
	*ret = (struct class_mark){
		.id = sqlite3_column_int64(rows, 0),
		.session = sqlite3_column_int64(rows, 1),
		.person = sqlite3_column_int64(rows, 2),
		.in = sqlite3_column_int64(rows, 3) != 0,
		.at = sqlite3_column_int64(rows, 4),
		.recorded_at = sqlite3_column_int64(rows, 7),
		.recorded_by = sqlite3_column_int64(rows, 8),
		.void_at = sqlite3_column_int64(rows, 10),
	};
	COLUMN_COPY(rows, 5, ret->how);
	COLUMN_COPY(rows, 6, ret->why);
	COLUMN_COPY(rows, 9, ret->by);
	COLUMN_COPY(rows, 11, ret->void_by);
	COLUMN_COPY(rows, 12, ret->void_why);
}

static bool one_mark(struct db *db, sqlite3_stmt *rows, struct class_mark *ret)
{
	if (!ask_row(db, rows)) {
		return false;
	}
	read_mark(rows, ret);
	ask_done(rows);
	return true;
}

GArray *class_marks(struct db *db, int64_t session, int64_t person)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct class_mark));
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_MARKS, MARKS_OF, "ii", session, person);
	while (ask_row(db, rows)) {
		struct class_mark mark;
		read_mark(rows, &mark);
		g_array_append_val(list, mark);
	}
	return list;
}

bool class_mark_by_id(struct db *db, int64_t id, struct class_mark *ret)
{
	return one_mark(db, ask(db, SUBJECT_CLASS_MARKS, MARK_BY_ID, "i", id), ret);
}

bool class_mark_newest(struct db *db, int64_t session, int64_t person, struct class_mark *ret)
{
	return one_mark(db, ask(db, SUBJECT_CLASS_MARKS, MARK_NEWEST, "ii", session, person), ret);
}

bool class_mark_add(struct db *db, struct class_mark *mark)
{
	const char *way = mark->in ? "in" : "out";
	sqlite3_stmt *rows =
		ask(db, SUBJECT_CLASS_MARKS, MARK_SAME, "iiti", mark->session, mark->person, way, mark->at);
	bool same = ask_row(db, rows);
	ask_done(rows);
	if (!same) {
		mark->recorded_at = store_now();
		tell(db, SUBJECT_CLASS_MARKS, MARK_ADD, "iitittii", mark->session, mark->person, way, mark->at,
			mark->how, mark->why, mark->recorded_at, mark->recorded_by);
		mark->id = db_inserted(db);
	}
	return !same;
}

bool class_mark_void(struct db *db, int64_t id, const char *why, int64_t by)
{
	return tell(db, SUBJECT_CLASS_MARKS, MARK_VOID, "iiti", store_now(), by, why, id) > 0;
}

/* --- Presence --- */

static void attend(struct db *db, int64_t person, int64_t now, struct class_attended *ret)
{
	g_autoptr(GArray) marks = class_marks(db, ret->session.id, person);
	g_autofree struct presence_mark *valid = g_new0(struct presence_mark, marks->len + 1);
	guint count = 0;
	struct presence presence;
	for (guint i = 0; i < marks->len; i++) {
		const struct class_mark *mark = &g_array_index(marks, struct class_mark, i);
		if (mark->void_at == 0) {
			valid[count++] = (struct presence_mark){mark->in, mark->at};
			ret->came_at = mark->in && ret->came_at == 0 ? mark->at : ret->came_at;
			ret->went_at = mark->in ? ret->went_at : mark->at;
		}
	}
	presence_count(valid, count, ret->session.begins_at, ret->session.ends_at, now, &presence);
	ret->ms = presence.ms;
	ret->inside = presence.inside;
	ret->lacks_exit = presence.inside && now >= ret->session.ends_at;
}

void class_presence(struct db *db, int64_t event, int64_t group, int64_t person, int64_t now, struct class_presence *ret)
{
	struct class_setting setting;
	class_setting_load(db, event, &setting);
	*ret = (struct class_presence){.sessions = g_array_new(FALSE, FALSE, sizeof(struct class_attended))};
	g_autoptr(GArray) sessions = class_sessions(db, group);
	for (guint i = 0; i < sessions->len; i++) {
		struct class_attended attended = {.session = g_array_index(sessions, struct class_session, i)};
		attend(db, person, now, &attended);
		ret->present_ms += attended.ms;
		ret->planned_ms += attended.session.ends_at - attended.session.begins_at;
		ret->lacks_exit |= attended.lacks_exit;
		ret->ends_at = MAX(ret->ends_at, attended.session.ends_at);
		if (attended.ms > 0) {
			g_strlcpy(ret->last_day, attended.session.day, sizeof(ret->last_day));
		}
		g_array_append_val(ret->sessions, attended);
	}
	ret->percent = ret->planned_ms > 0 ? (guint)(ret->present_ms * 100 / ret->planned_ms) : 0;
	ret->enough = presence_enough(ret->present_ms, ret->planned_ms, setting.presence_percent);
}

void class_presence_finish(struct class_presence *presence)
{
	g_array_unref(presence->sessions);
}

GArray *class_sessions_now(struct db *db, int64_t person, int64_t now, int64_t before, int64_t after)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct class_session));
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_MARKS, SESSIONS_NOW, "iii", person, now + before, now - after);
	while (ask_row(db, rows)) {
		struct class_session session;
		if (class_session_by_id(db, sqlite3_column_int64(rows, 0), &session)) {
			g_array_append_val(list, session);
		}
	}
	return list;
}

GArray *class_signed_twice(struct db *db, int64_t event, int64_t group)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct class_signed_twice));
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_MARKS, SIGNED_TWICE, "ii", event, group);
	while (ask_row(db, rows)) {
		struct class_signed_twice row = {
			sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1), sqlite3_column_int64(rows, 2)};
		g_array_append_val(list, row);
	}
	return list;
}

void class_completions_remove(struct db *db, int64_t event, int64_t group)
{
	tell(db, SUBJECT_CLASS_MARKS, COMPLETIONS_REMOVE, "ii", event, group);
}

bool class_held(struct db *db, int64_t event, int64_t person, struct class_held *ret)
{
	struct class_seat seat;
	struct class_group group;
	*ret = (struct class_held){0};
	if (!class_seat_of(db, event, person, &seat) || !class_group_by_id(db, seat.group, &group)) {
		return false;
	}
	g_autoptr(GString) places = g_string_new(NULL);
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_MARKS, HELD_PLACES, "i", group.id);
	while (ask_row(db, rows)) {
		const char *name = (const char *)sqlite3_column_text(rows, 0), *town = (const char *)sqlite3_column_text(rows, 1);
		g_autofree char *place = name ? g_strdup_printf("%s (%s)", town, name) : NULL;
		if (place && !strstr(places->str, place)) {
			g_string_append_printf(places, places->len ? ", %s" : "%s", place);
		}
	}
	g_strlcpy(ret->from, group.first_day, sizeof(ret->from));
	g_strlcpy(ret->to, group.last_day, sizeof(ret->to));
	g_strlcpy(ret->places, places->str, sizeof(ret->places));
	g_strlcpy(ret->group, group.name, sizeof(ret->group));
	return true;
}
