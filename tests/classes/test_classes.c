/* The arithmetic of events in class: presence, limits, days. Each rule of ECM 3 by its name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "server/classes/place.h"
#include "server/classes/presence.h"
#include "server/ecm/day.h"
#include "server/store/store.h"

#define MINUTE 60000LL
#define HOUR (60 * MINUTE)

/* --- Presence: a session from 9 to 13; marks as "+540" came, "-780" went, minutes of the day --- */

static const struct presence_row {
	const char *name;
	int marks[8]; /* positive: came; negative: went; 0: end */
	int now;      /* minutes of the day */
	int minutes;
	bool inside;
} presence_rows[] = {
	{"nobody came", {0}, 1000, 0, false},
	{"came and went", {540, -780}, 1000, 240, false},
	{"early and late count inside the hours only", {500, -800}, 1000, 240, false},
	{"came late", {600, -780}, 1000, 180, false},
	{"went and came again", {540, -600, 630, -780}, 1000, 210, false},
	{"came twice: the first counts", {540, 600, -780}, 1000, 240, false},
	{"went twice: the first counts", {540, -600, -700}, 1000, 60, false},
	{"went without having come", {-600}, 1000, 0, false},
	{"is there, the session lasts", {540}, 600, 60, true},
	{"has not gone, the session is over: counts nothing", {540}, 1000, 0, true},
	{"an earlier stay counts, the one without an end does not", {540, -600, 660}, 1000, 60, true},
	{"came after the end", {790, -795}, 1000, 0, false},
};

static void test_presence(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(presence_rows); i++) {
		const struct presence_row *row = &presence_rows[i];
		struct presence_mark marks[8];
		struct presence presence;
		guint count = 0;
		while (count < 8 && row->marks[count]) {
			int at = row->marks[count];
			marks[count++] = (struct presence_mark){at > 0, ABS(at) * MINUTE};
		}
		presence_count(marks, count, 540 * MINUTE, 780 * MINUTE, row->now * MINUTE, &presence);
		if (presence.ms != row->minutes * MINUTE || presence.inside != row->inside) {
			fail_msg("%s: %d minutes, %s", row->name, (int)(presence.ms / MINUTE), presence.inside ? "inside" : "outside");
		}
	}
}

/* --- Two sessions at once: the first from 9 to 13, the second from 11 to 15 --- */

static const struct overlap_row {
	const char *name;
	int first[6], second[6]; /* marks as above */
	int from, to;            /* minutes of the day; 0: nowhere in both */
} overlap_rows[] = {
	{"one after the other", {540, -660}, {660, -900}, 0, 0},
	{"an hour in both", {540, -720}, {660, -900}, 660, 720},
	{"in the second at last, within the first", {540, -780}, {700, -720}, 700, 720},
	{"out of one while in the other", {540, -660, 720, -780}, {660, -720}, 0, 0},
	{"a stay outside the session's hours counts nowhere", {540, -660}, {600, -670, 700, -900}, 0, 0},
	{"no exit: until the session ends", {540}, {700, -900}, 700, 780},
	{"no exit, and the other begins after the end", {540}, {780, -900}, 0, 0},
	{"only an exit is no stay", {-780}, {660, -900}, 0, 0},
};

static guint read_stays(const int *minutes, int begins, int ends, struct presence_stay *ret)
{
	struct presence_mark marks[6];
	guint count = 0;
	while (count < 6 && minutes[count]) {
		int at = minutes[count];
		marks[count++] = (struct presence_mark){at > 0, ABS(at) * MINUTE};
	}
	return presence_stays(marks, count, begins * MINUTE, ends * MINUTE, ret);
}

static void test_overlap(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(overlap_rows); i++) {
		const struct overlap_row *row = &overlap_rows[i];
		struct presence_stay first[6], second[6];
		guint first_count = read_stays(row->first, 540, 780, first), second_count = read_stays(row->second, 660, 900, second);
		int64_t from = 0, to = 0;
		bool both = presence_overlap(first, first_count, second, second_count, &from, &to);
		if (both != (row->to > 0) || from != row->from * MINUTE || to != row->to * MINUTE) {
			fail_msg("%s: %d to %d", row->name, (int)(from / MINUTE), (int)(to / MINUTE));
		}
	}
}

/* [ECM 3] presence of at least 90 %: managers' four sessions of four hours are 16 hours, 14 h 24' of them. */
static void test_enough(void **state)
{
	assert_true(presence_enough(864 * MINUTE, 16 * HOUR, 90));
	assert_false(presence_enough(863 * MINUTE, 16 * HOUR, 90));
	assert_true(presence_enough(432 * MINUTE, 8 * HOUR, 90));
	assert_false(presence_enough(0, 0, 90));
}

/* --- Limits --- */

static const struct place_row {
	const char *name;
	guint type, people, tutors, teachers, class_people, seats, event_people, accredited;
	const char *code; /* NULL: it fits */
} place_rows[] = {
	{"[ECM 3] FSC individual training: one tutor for five", 6, 5, 1, 1, 25, 0, 5, 3800, NULL},
	{"[ECM 3] FSC individual training: six are too many for one tutor", 6, 6, 1, 1, 25, 0, 6, 3800, "CLASS_TUTOR_LIMIT"},
	{"[ECM 3] FSC individual training: two tutors take ten", 6, 10, 2, 2, 25, 0, 10, 3800, NULL},
	{"[ECM 3] FSC individual training: nobody without a tutor", 6, 1, 0, 1, 25, 0, 1, 3800, "CLASS_TUTOR_LIMIT"},
	{"[ECM 3] FSC improvement group: 25 people", 7, 25, 1, 1, 5, 0, 25, 100, NULL},
	{"[ECM 3] FSC improvement group: 26 are too many", 7, 26, 1, 1, 5, 0, 26, 100, "CLASS_PEOPLE_LIMIT"},
	{"[ECM 3] RES course in classes of 25", 1, 25, 0, 1, 25, 0, 25, 115, NULL},
	{"[ECM 3] RES course in classes of 25: not 26", 1, 26, 0, 1, 25, 0, 26, 115, "CLASS_FULL"},
	{"[ECM 3] RES course of 200 people at most", 1, 201, 0, 1, 300, 0, 201, 300, "CLASS_PEOPLE_LIMIT"},
	{"[ECM 3] RES interactive: one teacher for 25", 5, 26, 0, 1, 50, 0, 26, 50, "CLASS_TEACHER_LIMIT"},
	{"[ECM 3] RES interactive: two teachers for 50", 5, 50, 0, 2, 50, 0, 50, 50, NULL},
	{"[ECM 3] RES interactive: 50 at most", 5, 51, 0, 3, 60, 0, 51, 60, "CLASS_PEOPLE_LIMIT"},
	{"[ECM 3] RES congress: as many as the room and the event take", 2, 300, 0, 1, 1000, 400, 300, 300, NULL},
	{"[ECM 1.2] no more than accredited", 1, 10, 0, 1, 25, 0, 116, 115, "CLASS_EVENT_FULL"},
	{"the room", 1, 21, 0, 1, 25, 20, 21, 115, "CLASS_SEATS"},
};

static void rules_for(guint type, struct class_rules *ret)
{
	struct ecm_event event = {.cod_tipologia_form = type, .data_ini = "2026-01-12"};
	struct credit_terms terms = {0};
	rules_of_class(&event, &terms, ret);
}

static void test_places(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(place_rows); i++) {
		const struct place_row *row = &place_rows[i];
		struct problem problem = {0};
		struct class_shape shape = {.form = row->type > 5 ? ECM_FORM_FSC : ECM_FORM_RES, .people = row->people,
			.class_people = row->class_people, .tutors = row->tutors, .teachers = row->teachers, .seats = row->seats,
			.event_people = row->event_people, .accredited = row->accredited};
		rules_for(row->type, &shape.rules);
		bool fits = class_place_check(&shape, &problem);
		if (fits != (row->code == NULL) || strcmp(problem.code, row->code ? row->code : "") != 0) {
			fail_msg("%s: %s", row->name, problem.code);
		}
	}
}

static const struct hours_row {
	const char *name;
	guint type, ore;
	int minutes;
	guint teachers;
	guint exits;
	bool over;
	const char *code;
} hours_rows[] = {
	{"trainers: 8 hours", 1, 8, 480, 1, 0, true, NULL},
	{"[ECM 3] whole hours: 7 h 59' are 7", 1, 8, 479, 1, 0, true, "CLASS_HOURS_SHORT"},
	{"managers: four sessions of four hours", 1, 16, 960, 1, 0, true, NULL},
	{"[ECM 3] FSC improvement group: at least 8 hours", 7, 5, 300, 1, 0, true, "CLASS_HOURS_LEAST"},
	{"FSC individual training of 5 hours", 6, 5, 300, 1, 0, true, NULL},
	{"[ECM 3] FSC audit: hours by twos", 9, 3, 180, 1, 0, true, "CLASS_HOURS_MULTIPLE"},
	{"[ECM 3] FSC audit of two hours", 9, 2, 120, 1, 0, true, NULL},
	{"nobody taught", 1, 8, 480, 0, 0, true, "CLASS_NO_TEACHER"},
	{"[ECM 3] presence in and out: an exit is missing", 1, 8, 480, 1, 2, true, "CLASS_EXITS_MISSING"},
	{"not over", 1, 8, 480, 1, 0, false, "CLASS_RUNNING"},
};

static void test_hours(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(hours_rows); i++) {
		const struct hours_row *row = &hours_rows[i];
		struct problem problem = {0};
		struct class_hours hours = {.ore = row->ore, .planned_ms = row->minutes * MINUTE, .teachers = row->teachers,
			.exits_missing = row->exits, .ends_at = 1000, .now = row->over ? 1000 : 999};
		rules_for(row->type, &hours.rules);
		bool fits = class_hours_check(&hours, &problem);
		if (fits != (row->code == NULL) || strcmp(problem.code, row->code ? row->code : "") != 0) {
			fail_msg("%s: %s", row->name, problem.code);
		}
	}
}

/* --- Days --- */

static void test_moments(void **state)
{
	static const struct {
		const char *day, *clock, *utc;
	} rows[] = {
		{"2026-02-03", "09:30", "2026-02-03T08:30:00Z"},
		{"2026-07-03", "09:30", "2026-07-03T07:30:00Z"},
		{"2026-03-29", "01:59", "2026-03-29T00:59:00Z"}, /* summer time begins at 2 */
		{"2026-03-29", "03:00", "2026-03-29T01:00:00Z"},
		{"2026-10-25", "03:00", "2026-10-25T02:00:00Z"}, /* and ends at 3 */
		{"2026-12-31", "23:59", "2026-12-31T22:59:00Z"},
		{"2026-02-30", "09:30", NULL},
		{"2026-02-03", "24:00", NULL},
		{"2026-02-03", "9:30", NULL},
		{"2026-2-3", "09:30", NULL},
		{"", "", NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		int64_t at = 0;
		char text[32], day[11], clock[6];
		assert_int_equal(ecm_moment(rows[i].day, rows[i].clock, &at), rows[i].utc != NULL);
		if (rows[i].utc) {
			store_time_text(at, text);
			ecm_day(at, day);
			ecm_clock(at, clock);
			assert_string_equal(text, rows[i].utc);
			assert_string_equal(day, rows[i].day);
			assert_string_equal(clock, rows[i].clock);
		}
	}
}

/* [ECM 1.6] data_acq lies inside the event: what follows within three days counts on its last day [ECM 3]. */
static void test_earned(void **state)
{
	const struct ecm_event event = {.data_ini = "2026-02-01", .data_fine = "2026-02-27"};
	static const struct {
		const char *day, *earned;
		guint after;
	} rows[] = {
		{"2026-02-10", "2026-02-10", 3},
		{"2026-02-27", "2026-02-27", 3},
		{"2026-03-02", "2026-02-27", 3},
		{"2026-03-03", "2026-03-03", 3}, /* too late: outside, and told so */
		{"2026-02-28", "2026-02-28", 0}, /* distance learning */
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		char day[11];
		g_strlcpy(day, rows[i].day, sizeof(day));
		ecm_event_earned(&event, rows[i].after, day);
		assert_string_equal(day, rows[i].earned);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_presence), cmocka_unit_test(test_overlap), cmocka_unit_test(test_enough), cmocka_unit_test(test_places),
		cmocka_unit_test(test_hours), cmocka_unit_test(test_moments), cmocka_unit_test(test_earned)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
