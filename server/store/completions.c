/* Completions and the reports that were made. */
#include "server/store/ecm.h"

#include "server/store/ecm_sql.h"

void completion_row_finish(struct completion_row *row)
{
	g_free(row->evidence);
	row->evidence = NULL;
}

static void read_completion(sqlite3_stmt *rows, struct completion_row *ret)
{
	*ret = (struct completion_row){
		.person = sqlite3_column_int64(rows, 0),
		.event = sqlite3_column_int64(rows, 1),
		.completed_at = sqlite3_column_int64(rows, 3),
		.seconds = sqlite3_column_int64(rows, 5),
		.evidence = column_duplicate(rows, 6),
	};
	COLUMN_COPY(rows, 2, ret->level);
	COLUMN_COPY(rows, 4, ret->day);
}

static bool one_completion(struct db *db, sqlite3_stmt *rows, struct completion_row *ret)
{
	if (!ask_row(db, rows)) {
		return false;
	}
	read_completion(rows, ret);
	ask_done(rows);
	return true;
}

bool completion_of(struct db *db, int64_t person, int64_t event, struct completion_row *ret)
{
	return one_completion(db, ask(db, SUBJECT_ECM, COMPLETION_OF, "ii", person, event), ret);
}

bool completion_of_level(struct db *db, int64_t person, const char *level, struct completion_row *ret)
{
	return one_completion(db, ask(db, SUBJECT_ECM, COMPLETION_OF_LEVEL, "it", person, level), ret);
}

bool completion_settled(struct db *db, int64_t person, const char *level, int64_t event)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_ECM, COMPLETION_SETTLED, "iti", person, level, event);
	bool settled = ask_row(db, rows);
	ask_done(rows);
	return settled;
}

GArray *completions_of(struct db *db, int64_t person)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct completion_row));
	g_array_set_clear_func(list, (GDestroyNotify)completion_row_finish);
	sqlite3_stmt *rows = ask(db, SUBJECT_ECM, COMPLETIONS_OF, "i", person);
	while (ask_row(db, rows)) {
		struct completion_row row;
		read_completion(rows, &row);
		g_array_append_val(list, row);
	}
	return list;
}

void completion_insert(struct db *db, const struct completion_row *row)
{
	tell(db, SUBJECT_ECM, COMPLETION_INSERT, "iitititi", row->person, row->event, row->level,
		row->completed_at, row->day, row->seconds, row->evidence, store_now());
}

static GArray *read_people(struct db *db, sqlite3_stmt *rows)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(int64_t));
	while (ask_row(db, rows)) {
		int64_t person = sqlite3_column_int64(rows, 0);
		g_array_append_val(list, person);
	}
	return list;
}

GArray *completion_candidates(struct db *db, int64_t event, int64_t after, int64_t limit)
{
	return read_people(db, ask(db, SUBJECT_ECM, COMPLETION_CANDIDATES, "iii", event, after, limit));
}

GArray *completion_candidates_at(struct db *db, const char *level, int64_t after, int64_t limit)
{
	return read_people(db, ask(db, SUBJECT_ECM, COMPLETION_CANDIDATES_AT, "tii", level, after, limit));
}

int64_t completions_of_other_levels(struct db *db, int64_t event)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_ECM, COMPLETIONS_OTHER, "i", event);
	int64_t count = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	return count;
}
