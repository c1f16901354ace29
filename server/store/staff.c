#include "server/store/staff.h"

#include "server/store/statement.h"

enum staff_statement {
	STAFF_OF_EVENT,
	STAFF_ONE,
	STAFF_EVENTS_OF,
	STAFF_PUT,
	STAFF_REMOVE,
	STAFF_STATEMENTS,
};

#define COLUMNS                                                                                              \
	"s.person, s.role, s.duty, s.amount, s.credits_tenths, s.day, s.recruited, s.sponsor, s.rule_set, s.reason"

static const char *const sql[STAFF_STATEMENTS] = {
	[STAFF_OF_EVENT] = "SELECT " COLUMNS ", p.family_name, p.given_name, coalesce(p.codice_fiscale, ''),"
			   " EXISTS (SELECT 1 FROM completion c WHERE c.event = s.event AND c.person = s.person)"
			   " FROM event_staff s JOIN person p ON p.id = s.person WHERE s.event = ?"
			   " ORDER BY p.family_name, p.given_name, p.id",
	[STAFF_ONE] = "SELECT " COLUMNS " FROM event_staff s WHERE s.event = ? AND s.person = ?",
	[STAFF_EVENTS_OF] = "SELECT event FROM event_staff WHERE person = ? ORDER BY event DESC",
	[STAFF_PUT] = "INSERT OR REPLACE INTO event_staff (event, person, role, duty, amount, credits_tenths, day,"
		      " recruited, sponsor, rule_set, reason, updated_at, updated_by)"
		      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))",
	[STAFF_REMOVE] = "DELETE FROM event_staff WHERE event = ? AND person = ?",
};
#undef COLUMNS

const struct subject_statements staff_statements = {sql, STAFF_STATEMENTS};

static void read_member(sqlite3_stmt *rows, struct staff_member *ret)
{
	*ret = (struct staff_member){
		.person = sqlite3_column_int64(rows, 0),
		.role = ((const char *)sqlite3_column_text(rows, 1))[0],
		.amount = (guint)sqlite3_column_int(rows, 3),
		.credits_tenths = (guint)sqlite3_column_int(rows, 4),
		.recruited = sqlite3_column_int(rows, 6) != 0,
	};
	COLUMN_COPY(rows, 2, ret->duty);
	COLUMN_COPY(rows, 5, ret->day);
	COLUMN_COPY(rows, 7, ret->sponsor);
	COLUMN_COPY(rows, 8, ret->rule_set);
	COLUMN_COPY(rows, 9, ret->reason);
}

GArray *staff_of_event(struct db *db, int64_t event)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct staff_row));
	sqlite3_stmt *rows = ask(db, SUBJECT_STAFF, STAFF_OF_EVENT, "i", event);
	while (ask_row(db, rows)) {
		struct staff_row row;
		read_member(rows, &row.member);
		COLUMN_COPY(rows, 10, row.family_name);
		COLUMN_COPY(rows, 11, row.given_name);
		COLUMN_COPY(rows, 12, row.codice_fiscale);
		row.participant = sqlite3_column_int(rows, 13) != 0;
		g_array_append_val(list, row);
	}
	return list;
}

bool staff_one(struct db *db, int64_t event, int64_t person, struct staff_member *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_STAFF, STAFF_ONE, "ii", event, person);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_member(rows, ret);
	ask_done(rows);
	return true;
}

GArray *staff_events_of(struct db *db, int64_t person)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(int64_t));
	sqlite3_stmt *rows = ask(db, SUBJECT_STAFF, STAFF_EVENTS_OF, "i", person);
	while (ask_row(db, rows)) {
		int64_t event = sqlite3_column_int64(rows, 0);
		g_array_append_val(list, event);
	}
	return list;
}

void staff_save(struct db *db, int64_t event, const struct staff_member *member, int64_t by)
{
	const char role[2] = {member->role, '\0'};
	tell(db, SUBJECT_STAFF, STAFF_PUT, "iittiititttii", event, member->person, role, member->duty,
		(int64_t)member->amount, (int64_t)member->credits_tenths, member->day, (int64_t)member->recruited,
		member->sponsor, member->rule_set, member->reason, store_now(), by);
}

bool staff_remove(struct db *db, int64_t event, int64_t person)
{
	return tell(db, SUBJECT_STAFF, STAFF_REMOVE, "ii", event, person) > 0;
}
