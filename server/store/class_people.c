#include "server/store/class_people.h"

#include <string.h>

#include "server/limits.h"
#include "server/store/ecm_sql.h"

enum class_people_statement {
	SEAT_OF,
	SEATS_OF_GROUP,
	SEATS_OF_PERSON,
	EVENT_PEOPLE,
	SEAT_PUT,
	STEP_ADD,
	STEPS_OF,
	CANDIDATES_COUNT,
	CANDIDATES,
	CHOICE_ADD,
	CHOICES_OF,
	CHOICE_COUNTS,
	CHOSEN,
	CLASS_PEOPLE_STATEMENTS,
};

#define NAME_OF(person) "coalesce((SELECT o.given_name || ' ' || o.family_name FROM person o WHERE o.id = " person "), '')"
#define SEAT_COLUMNS                                                                                         \
	"s.event, s.person, s.class_group, s.state, s.changed_at, p.family_name, p.given_name, "             \
	"coalesce(p.codice_fiscale, ''), coalesce(p.company, ''), coalesce(p.profession, 0), "               \
	"coalesce((SELECT t.why FROM class_step t WHERE t.event = s.event AND t.person = s.person"           \
	" ORDER BY t.id DESC LIMIT 1), '') FROM class_enrolment s JOIN person p ON p.id = s.person"
/* The newest verdict on a person p; ?1 is the event. */
#define NEWEST_CHOICE "(SELECT max(n.id) FROM class_choice n WHERE n.event = ?1 AND n.person = p.id)"
#define SCORE                                                                                                \
	"coalesce((SELECT CAST(round(100.0 * l.score / l.maximum) AS INTEGER) FROM placement l"              \
	" WHERE l.person = p.id AND l.state = 'done' AND l.maximum > 0 ORDER BY l.number DESC LIMIT 1), -1)"
#define FINISHED                                                                                             \
	" FROM person p JOIN person_role r ON r.person = p.id AND r.role = 'operator'"                       \
	" JOIN (SELECT person, min(day) AS day FROM completion WHERE level IS NOT NULL GROUP BY person) c"   \
	" ON c.person = p.id LEFT JOIN class_choice h ON h.id = " NEWEST_CHOICE                              \
	" WHERE p.active = 1 AND (?2 = '' OR p.family_name || ' ' || p.given_name LIKE ?2 ESCAPE '\\'"       \
	" OR p.codice_fiscale LIKE ?2 ESCAPE '\\') AND (?3 = '' OR p.company = ?3)"                          \
	" AND (?4 = '' OR " LEVEL_OF_P " = ?4) AND (?5 = '' OR coalesce(h.verdict, 'open') = ?5)"            \
	" AND (?6 = 0 OR p.profession = ?6) AND (?7 = '' OR c.day >= ?7) AND (?8 = '' OR c.day <= ?8)"       \
	" AND (?9 = 0 OR " SCORE " >= ?9)"

static const char *const sql[CLASS_PEOPLE_STATEMENTS] = {
	[SEAT_OF] = "SELECT " SEAT_COLUMNS " WHERE s.event = ? AND s.person = ?",
	[SEATS_OF_GROUP] = "SELECT " SEAT_COLUMNS " WHERE s.class_group = ? ORDER BY p.family_name, p.given_name, p.id",
	[SEATS_OF_PERSON] = "SELECT " SEAT_COLUMNS " WHERE s.person = ? ORDER BY s.changed_at DESC",
	[EVENT_PEOPLE] = "SELECT count(*) FROM class_enrolment WHERE event = ? AND state IN ('invited', 'enrolled')",
	[SEAT_PUT] = "INSERT OR REPLACE INTO class_enrolment (event, person, class_group, state, changed_at)"
		     " VALUES (?, ?, ?, ?, ?)",
	[STEP_ADD] = "INSERT INTO class_step (event, person, class_group, state, why, at, by)"
		     " VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0))",
	[STEPS_OF] = "SELECT t.state, g.name, t.why, t.at, " NAME_OF("t.by") " FROM class_step t"
		     " JOIN class_group g ON g.id = t.class_group WHERE t.event = ? AND t.person = ? ORDER BY t.id DESC",
	[CANDIDATES_COUNT] = "SELECT count(*)" FINISHED,
	[CANDIDATES] =
		"SELECT p.id, p.family_name, p.given_name, coalesce(p.codice_fiscale, ''), coalesce(p.company, ''), "
		"coalesce(p.profession, 0), coalesce(" LEVEL_OF_P ", ''), c.day, " SCORE ", coalesce(h.verdict, 'open'), "
		"coalesce(h.why, ''), " NAME_OF("h.by") ", coalesce(h.at, 0), coalesce((SELECT s.state FROM class_enrolment s"
		" WHERE s.event = ?1 AND s.person = p.id), '')" FINISHED
		" ORDER BY p.family_name, p.given_name, p.id LIMIT ?10 OFFSET ?11",
	[CHOICE_ADD] = "INSERT INTO class_choice (event, person, verdict, why, at, by) VALUES (?, ?, ?, ?, ?, nullif(?, 0))",
	[CHOICES_OF] = "SELECT verdict, why, at, " NAME_OF("h.by") " FROM class_choice h"
		       " WHERE event = ? AND person = ? ORDER BY id DESC",
	[CHOICE_COUNTS] = "SELECT verdict, count(*) FROM class_choice h WHERE event = ?1 AND id = (SELECT max(n.id)"
			  " FROM class_choice n WHERE n.event = ?1 AND n.person = h.person) GROUP BY verdict",
	[CHOSEN] = "SELECT p.id FROM person p WHERE p.active = 1 AND (SELECT h.verdict FROM class_choice h"
		   " WHERE h.id = " NEWEST_CHOICE ") = 'chosen' AND NOT EXISTS (SELECT 1 FROM class_enrolment s"
		   " WHERE s.event = ?1 AND s.person = p.id) ORDER BY p.family_name, p.given_name, p.id",
};

const struct subject_statements class_people_statements = {sql, CLASS_PEOPLE_STATEMENTS};

static const char *const states[CLASS_STATES] = {
	[CLASS_INVITED] = "invited",
	[CLASS_ENROLLED] = "enrolled",
	[CLASS_DECLINED] = "declined",
	[CLASS_WITHDRAWN] = "withdrawn",
};

const char *class_state_name(enum class_state state)
{
	return states[state];
}

bool class_state_parse(const char *name, enum class_state *ret)
{
	for (int i = 0; i < CLASS_STATES; i++) {
		if (g_strcmp0(states[i], name) == 0) {
			*ret = (enum class_state)i;
			return true;
		}
	}
	return false;
}

/* --- Places --- */

static void read_seat(sqlite3_stmt *rows, struct class_seat *ret)
{
	*ret = (struct class_seat){
		.event = sqlite3_column_int64(rows, 0),
		.person = sqlite3_column_int64(rows, 1),
		.group = sqlite3_column_int64(rows, 2),
		.changed_at = sqlite3_column_int64(rows, 4),
		.profession = sqlite3_column_int64(rows, 9),
	};
	class_state_parse((const char *)sqlite3_column_text(rows, 3), &ret->state);
	COLUMN_COPY(rows, 5, ret->family_name);
	COLUMN_COPY(rows, 6, ret->given_name);
	COLUMN_COPY(rows, 7, ret->codice_fiscale);
	COLUMN_COPY(rows, 8, ret->company);
	COLUMN_COPY(rows, 10, ret->why);
}

static GArray *read_seats(struct db *db, sqlite3_stmt *rows)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct class_seat));
	while (ask_row(db, rows)) {
		struct class_seat seat;
		read_seat(rows, &seat);
		g_array_append_val(list, seat);
	}
	return list;
}

bool class_seat_of(struct db *db, int64_t event, int64_t person, struct class_seat *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_PEOPLE, SEAT_OF, "ii", event, person);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_seat(rows, ret);
	ask_done(rows);
	return true;
}

GArray *class_seats(struct db *db, int64_t group)
{
	return read_seats(db, ask(db, SUBJECT_CLASS_PEOPLE, SEATS_OF_GROUP, "i", group));
}

GArray *class_seats_of_person(struct db *db, int64_t person)
{
	return read_seats(db, ask(db, SUBJECT_CLASS_PEOPLE, SEATS_OF_PERSON, "i", person));
}

guint class_event_people(struct db *db, int64_t event)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_PEOPLE, EVENT_PEOPLE, "i", event);
	guint count = ask_row(db, rows) ? (guint)sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	return count;
}

void class_seat_set(struct db *db, int64_t event, int64_t person, int64_t group, enum class_state state,
	const char *why, int64_t by)
{
	int64_t now = store_now();
	tell(db, SUBJECT_CLASS_PEOPLE, SEAT_PUT, "iiiti", event, person, group, states[state], now);
	tell(db, SUBJECT_CLASS_PEOPLE, STEP_ADD, "iiittii", event, person, group, states[state], why, now, by);
}

GArray *class_steps(struct db *db, int64_t event, int64_t person)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct class_step));
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_PEOPLE, STEPS_OF, "ii", event, person);
	while (ask_row(db, rows)) {
		struct class_step step = {.at = sqlite3_column_int64(rows, 3)};
		class_state_parse((const char *)sqlite3_column_text(rows, 0), &step.state);
		COLUMN_COPY(rows, 1, step.group);
		COLUMN_COPY(rows, 2, step.why);
		COLUMN_COPY(rows, 4, step.by);
		g_array_append_val(list, step);
	}
	return list;
}

/* --- The choice --- */

static void read_candidate(sqlite3_stmt *rows, struct candidate *ret)
{
	*ret = (struct candidate){
		.person = sqlite3_column_int64(rows, 0),
		.profession = sqlite3_column_int64(rows, 5),
		.score = sqlite3_column_int64(rows, 8),
		.at = sqlite3_column_int64(rows, 12),
	};
	COLUMN_COPY(rows, 1, ret->family_name);
	COLUMN_COPY(rows, 2, ret->given_name);
	COLUMN_COPY(rows, 3, ret->codice_fiscale);
	COLUMN_COPY(rows, 4, ret->company);
	COLUMN_COPY(rows, 6, ret->level);
	COLUMN_COPY(rows, 7, ret->completed);
	COLUMN_COPY(rows, 9, ret->verdict);
	COLUMN_COPY(rows, 10, ret->why);
	COLUMN_COPY(rows, 11, ret->by);
	COLUMN_COPY(rows, 13, ret->seat);
}

GArray *class_candidates(struct db *db, int64_t event, const struct candidate_filter *filter, int64_t page,
	int64_t *ret_total)
{
	g_autoptr(GString) like = g_string_new(*filter->search ? "%" : "");
	for (const char *at = filter->search; *at; at++) {
		g_string_append_printf(like, strchr("%_\\", *at) ? "\\%c" : "%c", *at);
	}
	g_string_append(like, *filter->search ? "%" : "");
#define FILTER                                                                                               \
	event, like->str, filter->company, filter->level, filter->verdict, filter->profession, filter->from, \
		filter->to, filter->score_least
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_PEOPLE, CANDIDATES_COUNT, "ittttitti", FILTER);
	*ret_total = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct candidate));
	rows = ask(db, SUBJECT_CLASS_PEOPLE, CANDIDATES, "ittttittiii", FILTER, (int64_t)LIMIT_PAGE_ROWS,
		(page - 1) * LIMIT_PAGE_ROWS);
#undef FILTER
	while (ask_row(db, rows)) {
		struct candidate candidate;
		read_candidate(rows, &candidate);
		g_array_append_val(list, candidate);
	}
	return list;
}

bool class_verdict_known(const char *verdict)
{
	static const char *const verdicts[] = {"shortlisted", "chosen", "declined", "open", NULL};
	return g_strv_contains(verdicts, verdict);
}

void class_choice_add(struct db *db, int64_t event, int64_t person, const char *verdict, const char *why, int64_t by)
{
	tell(db, SUBJECT_CLASS_PEOPLE, CHOICE_ADD, "iittii", event, person, verdict, why, store_now(), by);
}

GArray *class_choices(struct db *db, int64_t event, int64_t person)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct class_choice));
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_PEOPLE, CHOICES_OF, "ii", event, person);
	while (ask_row(db, rows)) {
		struct class_choice choice = {.at = sqlite3_column_int64(rows, 2)};
		COLUMN_COPY(rows, 0, choice.verdict);
		COLUMN_COPY(rows, 1, choice.why);
		COLUMN_COPY(rows, 3, choice.by);
		g_array_append_val(list, choice);
	}
	return list;
}

void class_choice_counts(struct db *db, int64_t event, struct choice_counts *ret)
{
	*ret = (struct choice_counts){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_PEOPLE, CHOICE_COUNTS, "i", event);
	while (ask_row(db, rows)) {
		const char *verdict = (const char *)sqlite3_column_text(rows, 0);
		int64_t count = sqlite3_column_int64(rows, 1);
		ret->shortlisted += strcmp(verdict, "shortlisted") == 0 ? count : 0;
		ret->chosen += strcmp(verdict, "chosen") == 0 ? count : 0;
		ret->declined += strcmp(verdict, "declined") == 0 ? count : 0;
	}
}

GArray *class_chosen(struct db *db, int64_t event)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(int64_t));
	sqlite3_stmt *rows = ask(db, SUBJECT_CLASS_PEOPLE, CHOSEN, "i", event);
	while (ask_row(db, rows)) {
		int64_t person = sqlite3_column_int64(rows, 0);
		g_array_append_val(list, person);
	}
	return list;
}
