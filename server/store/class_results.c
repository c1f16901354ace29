#include "server/store/class_results.h"

#include "server/ecm/day.h"
#include "server/store/statement.h"

enum class_results_statement {
	RESULTS_OF,
	RESULT_BY_ID,
	RESULT_SAME,
	RESULT_ADD,
	RESULT_VOID,
	TESTED,
	CLASS_RESULTS_STATEMENTS,
};

#define NAME_OF(person) "coalesce((SELECT o.given_name || ' ' || o.family_name FROM person o WHERE o.id = " person "), '')"
#define RESULT_COLUMNS                                                                                       \
	"r.id, r.event, r.person, r.test, r.held_at, r.score, r.maximum, r.needed, r.passed, r.how, r.note, " \
	"r.recorded_at, r.recorded_by, " NAME_OF("r.recorded_by") ", coalesce(r.void_at, 0), "               \
	NAME_OF("r.void_by") ", r.void_why FROM class_result r"
/* The best of what somebody enrolled (s) has done: 1 passed, 0 not, NULL nothing. */
#define BEST                                                                                                 \
	"(SELECT max(b.passed) FROM (SELECT f.passed FROM final_attempt f WHERE f.event = s.event"           \
	" AND f.person = s.person AND f.state = 'done' UNION ALL SELECT r.passed FROM class_result r"        \
	" WHERE r.event = s.event AND r.person = s.person AND r.void_at IS NULL) b)"

static const char *const sql[CLASS_RESULTS_STATEMENTS] = {
	[RESULTS_OF] = "SELECT " RESULT_COLUMNS " WHERE r.event = ? AND r.person = ? ORDER BY r.id DESC",
	[RESULT_BY_ID] = "SELECT " RESULT_COLUMNS " WHERE r.id = ?",
	[RESULT_SAME] = "SELECT 1 FROM class_result WHERE event = ? AND person = ? AND test = ? AND held_at = ?"
			" AND score = ? AND maximum = ? AND passed = ? AND void_at IS NULL",
	[RESULT_ADD] = "INSERT INTO class_result (event, person, test, held_at, score, maximum, passed, needed, how, note,"
		       " recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[RESULT_VOID] = "UPDATE class_result SET void_at = ?, void_by = ?, void_why = ? WHERE id = ? AND void_at IS NULL",
	[TESTED] = "SELECT count(*), coalesce(sum(t.best = 1), 0), coalesce(sum(t.best = 0), 0) FROM (SELECT " BEST
		   " AS best FROM class_enrolment s WHERE s.class_group = ? AND s.state = 'enrolled') t",
};

const struct subject_statements class_results_statements = {sql, CLASS_RESULTS_STATEMENTS};

static void read_result(sqlite3_stmt *rows, struct class_result *ret)
{
	*ret = (struct class_result){
		.id = sqlite3_column_int64(rows, 0),
		.event = sqlite3_column_int64(rows, 1),
		.person = sqlite3_column_int64(rows, 2),
		.score = (guint)sqlite3_column_int64(rows, 5),
		.maximum = (guint)sqlite3_column_int64(rows, 6),
		.needed = (guint)sqlite3_column_int64(rows, 7),
		.passed = sqlite3_column_int64(rows, 8) != 0,
		.recorded_at = sqlite3_column_int64(rows, 11),
		.recorded_by = sqlite3_column_int64(rows, 12),
		.void_at = sqlite3_column_int64(rows, 14),
	};
	class_test_parse((const char *)sqlite3_column_text(rows, 3), &ret->test);
	ecm_day(sqlite3_column_int64(rows, 4), ret->day);
	COLUMN_COPY(rows, 9, ret->how);
	COLUMN_COPY(rows, 10, ret->note);
	COLUMN_COPY(rows, 13, ret->by);
	COLUMN_COPY(rows, 15, ret->void_by);
	COLUMN_COPY(rows, 16, ret->void_why);
}

GArray *class_results(struct db *db, int64_t event, int64_t person)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct class_result));
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_RESULTS, RESULTS_OF, "ii", event, person);
	while (ask_row(db, rows)) {
		struct class_result result;
		read_result(rows, &result);
		g_array_append_val(list, result);
	}
	return list;
}

bool class_result_by_id(struct db *db, int64_t id, struct class_result *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_RESULTS, RESULT_BY_ID, "i", id);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_result(rows, ret);
	ask_done(rows);
	return true;
}

static int64_t noon(const struct class_result *result)
{
	int64_t at = 0;
	ecm_moment(result->day, "12:00", &at);
	return at;
}

#define WHAT                                                                                                 \
	result->event, result->person, class_test_name(result->test), noon(result), (int64_t)result->score,  \
		(int64_t)result->maximum, (int64_t)result->passed

bool class_result_known(struct db *db, const struct class_result *result)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_RESULTS, RESULT_SAME, "iitiiii", WHAT);
	bool same = ask_row(db, rows);
	ask_done(rows);
	return same;
}

void class_result_add(struct db *db, struct class_result *result)
{
	result->recorded_at = store_now();
	tell(db, SUBJECT_CLASS_RESULTS, RESULT_ADD, "iitiiiiittii", WHAT, (int64_t)result->needed, result->how, result->note,
		result->recorded_at, result->recorded_by);
	result->id = db_inserted(db);
}

#undef WHAT

bool class_result_void(struct db *db, int64_t id, const char *why, int64_t by)
{
	return tell(db, SUBJECT_CLASS_RESULTS, RESULT_VOID, "iiti", store_now(), by, why, id) > 0;
}

void class_tested(struct db *db, int64_t group, struct class_tested *ret)
{
	*ret = (struct class_tested){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_RESULTS, TESTED, "i", group);
	if (ask_row(db, rows)) {
		ret->passed = (guint)sqlite3_column_int64(rows, 1);
		ret->failed = (guint)sqlite3_column_int64(rows, 2);
		ret->waiting = (guint)sqlite3_column_int64(rows, 0) - ret->passed - ret->failed;
		ask_done(rows);
	}
}
