/* What a class is: settings, groups and who teaches in them. When and where they meet: class_sessions.c. */
#include "server/store/classes.h"

#include "server/problem.h"
#include "server/store/statement.h"

enum classes_statement {
	SETTING_GET,
	SETTING_PUT,
	GROUPS_OF_EVENT,
	GROUP_BY_ID,
	GROUP_BY_NAME,
	GROUPS_TAUGHT,
	GROUP_INSERT,
	GROUP_RENAME,
	GROUP_USED,
	GROUP_SESSIONS_DELETE,
	GROUP_STAFF_DELETE,
	GROUP_DELETE,
	GROUP_REPORT,
	GROUP_CLOSE,
	GROUP_REOPEN,
	STAFF_OF,
	STAFF_IS,
	STAFF_SET,
	STAFF_REMOVE,
	TEACHING,
	CLASSES_STATEMENTS,
};

#define PEOPLE_IN(state) "(SELECT count(*) FROM class_enrolment s WHERE s.class_group = g.id AND s.state = '" state "')"
#define OF_SESSIONS(what) "(SELECT " what " FROM class_session n WHERE n.class_group = g.id)"
#define GROUP_COLUMNS                                                                                        \
	"g.id, g.event, g.name, g.state = 'closed', coalesce(g.closed_at, 0), coalesce(g.closed_by, 0), "    \
	PEOPLE_IN("invited") ", " PEOPLE_IN("enrolled") ", "                                                 \
	"(SELECT count(*) FROM class_staff f WHERE f.class_group = g.id), "                                  \
	"(SELECT count(*) FROM class_staff f WHERE f.class_group = g.id AND f.role = 'T'), "                 \
	OF_SESSIONS("count(*)") ", " OF_SESSIONS("coalesce(sum(n.ends_at - n.begins_at), 0)") ", "           \
	OF_SESSIONS("coalesce(min(n.day), '')") ", " OF_SESSIONS("coalesce(max(n.day), '')") ", "            \
	OF_SESSIONS("coalesce(max(n.ends_at), 0)") ", "                                                      \
	"coalesce((SELECT min(v.seats) FROM class_session n JOIN venue v ON v.id = n.venue"                  \
	" WHERE n.class_group = g.id AND v.seats > 0), 0), "                                                 \
	"coalesce((SELECT v.town FROM class_session n JOIN venue v ON v.id = n.venue"                        \
	" WHERE n.class_group = g.id ORDER BY n.begins_at LIMIT 1), '') FROM class_group g"

static const char *const sql[CLASSES_STATEMENTS] = {
	[SETTING_GET] = "SELECT project, class_people, presence_percent, test FROM class_setting WHERE event = ?",
	[SETTING_PUT] = "INSERT OR REPLACE INTO class_setting (event, project, class_people, presence_percent, "
			"test, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0))",
	[GROUPS_OF_EVENT] = "SELECT " GROUP_COLUMNS " WHERE g.event = ? ORDER BY g.name COLLATE NOCASE, g.id",
	[GROUP_BY_ID] = "SELECT " GROUP_COLUMNS " WHERE g.id = ?",
	[GROUP_BY_NAME] = "SELECT " GROUP_COLUMNS " WHERE g.event = ? AND g.name = ?",
	[GROUPS_TAUGHT] = "SELECT " GROUP_COLUMNS " JOIN class_staff f ON f.class_group = g.id AND f.person = ?"
			  " ORDER BY g.id DESC",
	[GROUP_INSERT] = "INSERT INTO class_group (event, name, state, created_at, created_by)"
			 " VALUES (?, ?, 'open', ?, nullif(?, 0))",
	[GROUP_RENAME] = "UPDATE class_group SET name = ? WHERE id = ?",
	[GROUP_USED] = "SELECT 1 FROM class_step WHERE class_group = ?1 UNION ALL SELECT 1 FROM class_mark m"
		       " JOIN class_session n ON n.id = m.session WHERE n.class_group = ?1 LIMIT 1",
	[GROUP_SESSIONS_DELETE] = "DELETE FROM class_session WHERE class_group = ?",
	[GROUP_STAFF_DELETE] = "DELETE FROM class_staff WHERE class_group = ?",
	[GROUP_DELETE] = "DELETE FROM class_group WHERE id = ?",
	[GROUP_REPORT] = "SELECT report FROM class_group WHERE id = ?",
	[GROUP_CLOSE] = "UPDATE class_group SET state = 'closed', report = ?2, closed_at = ?3, closed_by = nullif(?4, 0)"
			" WHERE id = ?1 AND state = 'open'",
	[GROUP_REOPEN] = "UPDATE class_group SET state = 'open', closed_at = NULL, closed_by = NULL"
			 " WHERE id = ? AND state = 'closed'",
	[STAFF_OF] = "SELECT f.person, f.role, p.family_name, p.given_name FROM class_staff f"
		     " JOIN person p ON p.id = f.person WHERE f.class_group = ? ORDER BY p.family_name, p.given_name, p.id",
	[STAFF_IS] = "SELECT 1 FROM class_staff WHERE class_group = ? AND person = ?",
	[STAFF_SET] = "INSERT OR REPLACE INTO class_staff (class_group, person, role) VALUES (?, ?, ?)",
	[STAFF_REMOVE] = "DELETE FROM class_staff WHERE class_group = ? AND person = ?",
	[TEACHING] = "SELECT f.person, min(f.role), p.family_name, p.given_name, coalesce(sum(n.ends_at - n.begins_at), 0)"
		     " FROM class_group g JOIN class_staff f ON f.class_group = g.id JOIN person p ON p.id = f.person"
		     " LEFT JOIN class_session n ON n.class_group = g.id AND n.ends_at <= ?2 AND coalesce(n.teacher, f.person) = "
		     "f.person WHERE g.event = ?1 GROUP BY f.person ORDER BY p.family_name, p.given_name, p.id",
};

const struct subject_statements classes_statements = {sql, CLASSES_STATEMENTS};

/* --- Settings --- */

static const char *const tests[CLASS_TESTS] = {
	[CLASS_TEST_ONLINE] = "online",
	[CLASS_TEST_QUESTIONNAIRE] = "questionnaire",
	[CLASS_TEST_WRITTEN] = "written",
	[CLASS_TEST_ORAL] = "oral",
	[CLASS_TEST_PRACTICAL] = "practical",
	[CLASS_TEST_REPORT] = "report",
};

const char *class_test_name(enum class_test test)
{
	return tests[test];
}

bool class_test_parse(const char *name, enum class_test *ret)
{
	for (int i = 0; i < CLASS_TESTS; i++) {
		if (g_strcmp0(tests[i], name) == 0) {
			*ret = (enum class_test)i;
			return true;
		}
	}
	return false;
}

void class_setting_load(struct db *db, int64_t event, struct class_setting *ret)
{
	*ret = (struct class_setting){.class_people = 25, .presence_percent = 90};
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASSES, SETTING_GET, "i", event);
	if (ask_row(db, rows)) {
		COLUMN_COPY(rows, 0, ret->project);
		ret->class_people = (guint)sqlite3_column_int64(rows, 1);
		ret->presence_percent = (guint)sqlite3_column_int64(rows, 2);
		class_test_parse((const char *)sqlite3_column_text(rows, 3), &ret->test);
		ask_done(rows);
	}
}

void class_setting_save(struct db *db, int64_t event, const struct class_setting *setting, int64_t by)
{
	tell(db, SUBJECT_CLASSES, SETTING_PUT, "itiitii", event, setting->project, (int64_t)setting->class_people,
		(int64_t)setting->presence_percent, class_test_name(setting->test), store_now(), by);
}

/* --- Groups --- */

static void read_group(sqlite3_stmt *rows, struct class_group *ret)
{
	*ret = (struct class_group){
		.id = sqlite3_column_int64(rows, 0),
		.event = sqlite3_column_int64(rows, 1),
		.closed = sqlite3_column_int64(rows, 3) != 0,
		.closed_at = sqlite3_column_int64(rows, 4),
		.closed_by = sqlite3_column_int64(rows, 5),
		.invited = (guint)sqlite3_column_int64(rows, 6),
		.enrolled = (guint)sqlite3_column_int64(rows, 7),
		.staff = (guint)sqlite3_column_int64(rows, 8),
		.tutors = (guint)sqlite3_column_int64(rows, 9),
		.sessions = (guint)sqlite3_column_int64(rows, 10),
		.planned_ms = sqlite3_column_int64(rows, 11),
		.ends_at = sqlite3_column_int64(rows, 14),
		.seats = (guint)sqlite3_column_int64(rows, 15),
	};
	COLUMN_COPY(rows, 2, ret->name);
	COLUMN_COPY(rows, 12, ret->first_day);
	COLUMN_COPY(rows, 13, ret->last_day);
	COLUMN_COPY(rows, 16, ret->town);
}

static GArray *read_groups(struct db *db, sqlite3_stmt *rows)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct class_group));
	while (ask_row(db, rows)) {
		struct class_group group;
		read_group(rows, &group);
		g_array_append_val(list, group);
	}
	return list;
}

static bool one_group(struct db *db, sqlite3_stmt *rows, struct class_group *ret)
{
	if (!ask_row(db, rows)) {
		return false;
	}
	read_group(rows, ret);
	ask_done(rows);
	return true;
}

GArray *class_groups(struct db *db, int64_t event)
{
	return read_groups(db, ask(db, SUBJECT_CLASSES, GROUPS_OF_EVENT, "i", event));
}

GArray *class_groups_taught(struct db *db, int64_t person)
{
	return read_groups(db, ask(db, SUBJECT_CLASSES, GROUPS_TAUGHT, "i", person));
}

bool class_group_by_id(struct db *db, int64_t id, struct class_group *ret)
{
	return one_group(db, ask(db, SUBJECT_CLASSES, GROUP_BY_ID, "i", id), ret);
}

bool class_group_by_name(struct db *db, int64_t event, const char *name, struct class_group *ret)
{
	return one_group(db, ask(db, SUBJECT_CLASSES, GROUP_BY_NAME, "it", event, name), ret);
}

static const struct problem_text group_twice = {
	.code = "CLASS_GROUP_TWICE",
	.it = "In questo evento c’è già un gruppo con questo nome.",
	.en = "This event has a group of this name already.",
	.mend_it = "Scegli un altro nome.",
	.mend_en = "Choose another name.",
};

bool class_group_save(struct db *db, struct class_group *group, int64_t by)
{
	struct class_group other;
	if (class_group_by_name(db, group->event, group->name, &other) && other.id != group->id) {
		struct problem problem;
		problem_set(&problem, &group_twice, "name");
		return db_refuse(db, &problem);
	}
	if (group->id) {
		tell(db, SUBJECT_CLASSES, GROUP_RENAME, "ti", group->name, group->id);
	} else {
		tell(db, SUBJECT_CLASSES, GROUP_INSERT, "itii", group->event, group->name, store_now(), by);
		group->id = db_inserted(db);
	}
	return true;
}

bool class_group_delete(struct db *db, int64_t id)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASSES, GROUP_USED, "i", id);
	bool used = ask_row(db, rows);
	ask_done(rows);
	if (!used) {
		tell(db, SUBJECT_CLASSES, GROUP_SESSIONS_DELETE, "i", id);
		tell(db, SUBJECT_CLASSES, GROUP_STAFF_DELETE, "i", id);
		tell(db, SUBJECT_CLASSES, GROUP_DELETE, "i", id);
	}
	return !used;
}

char *class_group_report(struct db *db, int64_t id)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASSES, GROUP_REPORT, "i", id);
	char *text = ask_row(db, rows) ? column_duplicate(rows, 0) : g_strdup("");
	ask_done(rows);
	return text;
}

bool class_group_close(struct db *db, int64_t id, const char *report, int64_t by)
{
	return tell(db, SUBJECT_CLASSES, GROUP_CLOSE, "itii", id, report, store_now(), by) > 0;
}

bool class_group_reopen(struct db *db, int64_t id)
{
	return tell(db, SUBJECT_CLASSES, GROUP_REOPEN, "i", id) > 0;
}

/* --- Who teaches --- */

static void read_teacher(sqlite3_stmt *rows, struct class_teacher *ret)
{
	*ret = (struct class_teacher){
		.person = sqlite3_column_int64(rows, 0), .role = ((const char *)sqlite3_column_text(rows, 1))[0]};
	COLUMN_COPY(rows, 2, ret->family_name);
	COLUMN_COPY(rows, 3, ret->given_name);
}

GArray *class_teaching(struct db *db, int64_t event, int64_t now)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct class_teaching));
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASSES, TEACHING, "ii", event, now);
	while (ask_row(db, rows)) {
		struct class_teaching teaching = {.ms = sqlite3_column_int64(rows, 4)};
		read_teacher(rows, &teaching.teacher);
		g_array_append_val(list, teaching);
	}
	return list;
}

GArray *class_staff(struct db *db, int64_t group)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct class_teacher));
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASSES, STAFF_OF, "i", group);
	while (ask_row(db, rows)) {
		struct class_teacher teacher;
		read_teacher(rows, &teacher);
		g_array_append_val(list, teacher);
	}
	return list;
}

bool class_teaches(struct db *db, int64_t group, int64_t person)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASSES, STAFF_IS, "ii", group, person);
	bool is = ask_row(db, rows);
	ask_done(rows);
	return is;
}

void class_staff_set(struct db *db, int64_t group, int64_t person, char role)
{
	const char text[2] = {role, 0};
	tell(db, SUBJECT_CLASSES, STAFF_SET, "iit", group, person, text);
}

void class_staff_remove(struct db *db, int64_t group, int64_t person)
{
	tell(db, SUBJECT_CLASSES, STAFF_REMOVE, "ii", group, person);
}
