/* Which event of the path a person counts in. */
#include <string.h>

#include "server/store/ecm.h"
#include "server/store/ecm_sql.h"
#include "server/store/final_test.h"

/* The event of the newest completion of a path. */
static bool completed_event(struct db *db, int64_t person, struct ecm_event *ret, char ret_level[LEVEL_ID_BYTES])
{
	sqlite3_stmt *rows = ask(db, SUBJECT_ECM, COMPLETION_NEWEST, "i", person);
	if (!ask_row(db, rows)) {
		return false;
	}
	int64_t event = sqlite3_column_int64(rows, 0);
	g_strlcpy(ret_level, (const char *)sqlite3_column_text(rows, 1), LEVEL_ID_BYTES);
	ask_done(rows);
	return ecm_event_by_id(db, event, ret);
}

static bool tested_event(struct db *db, int64_t person, struct ecm_event *ret)
{
	struct final_attempt newest = {0};
	bool tied = final_newest(db, person, 0, &newest) && (!newest.done || newest.passed) &&
		    ecm_event_by_id(db, newest.event, ret);
	final_attempt_finish(&newest);
	return tied;
}

enum event_tie ecm_event_of_person(
	struct db *db, int64_t person, const char *level, const char *day, struct ecm_event *ret)
{
	struct ecm_event own, other;
	char completed[LEVEL_ID_BYTES];
	bool has_own = level && ecm_event_for(db, level, day, &own);
	enum event_tie tie = has_own ? EVENT_TIE_LEVEL : EVENT_TIE_NONE;
	/* One that was over when the level's own began holds nobody back. */
	if (completed_event(db, person, &other, completed) &&
		(!has_own || strcmp(completed, level) == 0 || strcmp(other.data_fine, own.data_ini) >= 0)) {
		tie = EVENT_TIE_COMPLETED;
	} else if (tested_event(db, person, &other) && (!has_own || strcmp(other.data_fine, own.data_ini) >= 0)) {
		tie = EVENT_TIE_FINAL;
	}
	if (tie != EVENT_TIE_NONE) {
		*ret = tie == EVENT_TIE_LEVEL ? own : other;
	}
	return tie;
}
