#include "server/store/standards.h"

#include "server/store/placement.h"
#include "server/store/statement.h"

enum standard_statement {
	STANDARD_ALL,
	STANDARD_FIND,
	STANDARD_ADD,
	STANDARD_ADOPT,
	STANDARD_RATINGS,
	STANDARD_RATING_PUT,
	CALIBRATION_ALL,
	CALIBRATION_FIND,
	CALIBRATION_ADD,
	CALIBRATION_ADOPT,
	SCORED,
	STANDARD_STATEMENTS,
};

#define SESSION                                                                                              \
	"SELECT id, name, method = 'bookmark', bank, rp, panel, created_at, coalesce(created_by, 0), "       \
	"coalesce(adopted_at, 0) FROM standard_session "
#define CALIBRATION                                                                                          \
	"SELECT id, bank, model, method, source, persons, made_at, coalesce(made_by, 0), coalesce(adopted, " \
	"0), report FROM calibration "

static const char *const sql[STANDARD_STATEMENTS] = {
	[STANDARD_ALL] = SESSION "ORDER BY id DESC",
	[STANDARD_FIND] = SESSION "WHERE id = ?",
	[STANDARD_ADD] = "INSERT INTO standard_session (name, method, bank, rp, panel, created_at, "
			 "created_by) VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0))",
	[STANDARD_ADOPT] = "UPDATE standard_session SET adopted_at = ?, adopted_by = nullif(?, 0) WHERE id = ?",
	[STANDARD_RATINGS] = "SELECT round, judge, level, item, rating FROM standard_rating WHERE session = ? "
			     "ORDER BY round, level, judge, item",
	[STANDARD_RATING_PUT] = "INSERT OR REPLACE INTO standard_rating (session, round, judge, level, item, "
				"rating) VALUES (?, ?, ?, ?, ?, ?)",
	[CALIBRATION_ALL] = CALIBRATION "ORDER BY id DESC",
	[CALIBRATION_FIND] = CALIBRATION "WHERE id = ?",
	[CALIBRATION_ADD] = "INSERT INTO calibration (bank, model, method, source, persons, report, made_at, "
			    "made_by) VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0))",
	[CALIBRATION_ADOPT] = "UPDATE calibration SET adopted = ? WHERE id = ?",
	[SCORED] = "SELECT id, person, form FROM placement p WHERE bank = ?1 AND state = 'done' AND number = "
		   "(SELECT min(number) FROM placement q WHERE q.person = p.person AND q.bank = ?1 AND "
		   "q.state = 'done')",
};

#undef SESSION
#undef CALIBRATION

const struct subject_statements standards_statements = {sql, STANDARD_STATEMENTS};

static void read_session(sqlite3_stmt *rows, struct standard_session *ret)
{
	*ret = (struct standard_session){
		.id = sqlite3_column_int64(rows, 0),
		.bookmark = sqlite3_column_int64(rows, 2) != 0,
		.bank = sqlite3_column_int64(rows, 3),
		.rp = sqlite3_column_double(rows, 4),
		.created_at = sqlite3_column_int64(rows, 6),
		.created_by = sqlite3_column_int64(rows, 7),
		.adopted_at = sqlite3_column_int64(rows, 8),
	};
	COLUMN_COPY(rows, 1, ret->name);
	COLUMN_COPY(rows, 5, ret->panel);
}

GArray *standard_sessions(struct db *db)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct standard_session));
	sqlite3_stmt *rows = ask(db, SUBJECT_STANDARDS, STANDARD_ALL, "");
	while (ask_row(db, rows)) {
		struct standard_session session;
		read_session(rows, &session);
		g_array_append_val(list, session);
	}
	return list;
}

bool standard_session_find(struct db *db, int64_t id, struct standard_session *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_STANDARDS, STANDARD_FIND, "i", id);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_session(rows, ret);
	ask_done(rows);
	return true;
}

void standard_session_add(struct db *db, struct standard_session *session)
{
	tell(db, SUBJECT_STANDARDS, STANDARD_ADD, "ttidtii", session->name,
		session->bookmark ? "bookmark" : "angoff", session->bank, session->rp, session->panel,
		store_now(), session->created_by);
	session->id = db_inserted(db);
}

void standard_session_adopt(struct db *db, int64_t id, int64_t by)
{
	tell(db, SUBJECT_STANDARDS, STANDARD_ADOPT, "iii", store_now(), by, id);
}

GArray *standard_ratings(struct db *db, int64_t session)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct standard_rating));
	sqlite3_stmt *rows = ask(db, SUBJECT_STANDARDS, STANDARD_RATINGS, "i", session);
	while (ask_row(db, rows)) {
		struct standard_rating rating = {
			.round = sqlite3_column_int64(rows, 0), .rating = sqlite3_column_double(rows, 4)};
		COLUMN_COPY(rows, 1, rating.judge);
		COLUMN_COPY(rows, 2, rating.level);
		COLUMN_COPY(rows, 3, rating.item);
		g_array_append_val(list, rating);
	}
	return list;
}

void standard_rating_put(struct db *db, int64_t session, const struct standard_rating *rating)
{
	tell(db, SUBJECT_STANDARDS, STANDARD_RATING_PUT, "iitttd", session, rating->round, rating->judge,
		rating->level, rating->item, rating->rating);
}

static void read_calibration(sqlite3_stmt *rows, struct calibration_row *ret)
{
	*ret = (struct calibration_row){
		.id = sqlite3_column_int64(rows, 0),
		.bank = sqlite3_column_int64(rows, 1),
		.persons = sqlite3_column_int64(rows, 5),
		.made_at = sqlite3_column_int64(rows, 6),
		.made_by = sqlite3_column_int64(rows, 7),
		.adopted = sqlite3_column_int64(rows, 8),
	};
	COLUMN_COPY(rows, 2, ret->model);
	COLUMN_COPY(rows, 3, ret->method);
	COLUMN_COPY(rows, 4, ret->source);
}

GArray *calibrations_all(struct db *db)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct calibration_row));
	sqlite3_stmt *rows = ask(db, SUBJECT_STANDARDS, CALIBRATION_ALL, "");
	while (ask_row(db, rows)) {
		struct calibration_row row;
		read_calibration(rows, &row);
		g_array_append_val(list, row);
	}
	return list;
}

char *calibration_report(struct db *db, int64_t id, struct calibration_row *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_STANDARDS, CALIBRATION_FIND, "i", id);
	if (!ask_row(db, rows)) {
		return NULL;
	}
	read_calibration(rows, ret);
	char *report = column_duplicate(rows, 9);
	ask_done(rows);
	return report;
}

void calibration_add(struct db *db, struct calibration_row *row, const char *report)
{
	row->made_at = store_now();
	tell(db, SUBJECT_STANDARDS, CALIBRATION_ADD, "itttitii", row->bank, row->model, row->method,
		row->source, row->persons, report, row->made_at, row->made_by);
	row->id = db_inserted(db);
}

void calibration_adopt(struct db *db, int64_t id, int64_t bank)
{
	tell(db, SUBJECT_STANDARDS, CALIBRATION_ADOPT, "ii", bank, id);
}

void placements_scored(struct db *db, int64_t bank, scored_visitor visit, void *data)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_STANDARDS, SCORED, "i", bank);
	while (ask_row(db, rows)) {
		g_autoptr(GArray) answers = placement_answers(db, sqlite3_column_int64(rows, 0));
		visit(sqlite3_column_int64(rows, 1), (const char *)sqlite3_column_text(rows, 2), answers, data);
	}
}
