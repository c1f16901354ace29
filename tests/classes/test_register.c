/* The register with a clock of its own: scans in and out, twice in a row, outside the hours; codes that grow old. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib/gstdio.h>
#include <string.h>

#include "server/classes/code.h"
#include "server/classes/register.h"
#include "server/classes/seat.h"
#include "server/ecm/day.h"
#include "server/store/ecm.h"
#include "server/store/people.h"

#define MINUTE 60000LL

struct school {
	char *folder, *path;
	struct store *store;
	int64_t person, session, nine; /* nine o'clock */
	int64_t other;                 /* a session of another event, from eleven to one */
};

static int64_t add_person(struct db *db, const char *login)
{
	struct person person = {.roles = ROLE_OPERATOR, .active = true, .language = "it"};
	g_strlcpy(person.login, login, sizeof(person.login));
	g_strlcpy(person.given_name, "Maria", sizeof(person.given_name));
	g_strlcpy(person.family_name, "Rossi", sizeof(person.family_name));
	people_save(db, &person);
	return person.id;
}

/* An event with one class of one session, four hours from nine and `later` minutes, in which the person sits. */
static int64_t add_class(struct db *db, const struct school *school, const char *code, int later)
{
	struct problem problem = {0};
	struct ecm_event event = {.title = "Aula", .cod_edi = 1, .cod_accr = "090", .data_ini = "2026-02-01",
		.data_fine = "2026-02-28", .credits_tenths = 40, .ore = 4, .tipo_form = ECM_FORM_RES, .tipo_eve = 'P', .cod_obi = 17,
		.num_part = 25, .cod_tipologia_form = 1};
	g_strlcpy(event.cod_evento, code, sizeof(event.cod_evento));
	ecm_event_save(db, &event, 0);
	struct class_group group = {.event = event.id, .name = "A"};
	class_group_save(db, &group, 0);
	struct class_session session = {.group = group.id, .day = "2026-02-03"};
	session.begins_at = school->nine + later * MINUTE;
	session.ends_at = session.begins_at + 240 * MINUTE;
	class_session_save(db, &session, 0);
	class_staff_set(db, group.id, add_person(db, code), 'D');
	return class_seat_give(db, group.id, school->person, CLASS_ENROLLED, "", 0, &problem) ? session.id : 0;
}

static bool furnish(struct db *db, void *data)
{
	struct school *school = data;
	ecm_moment("2026-02-03", "09:00", &school->nine);
	school->person = add_person(db, "anna");
	school->session = add_class(db, school, "R1", 0);
	school->other = add_class(db, school, "R2", 120);
	return school->session && school->other;
}

static int set_up(void **state)
{
	struct school *school = g_new0(struct school, 1);
	struct problem problem = {0};
	school->folder = g_dir_make_tmp("fad-register-XXXXXX", NULL);
	school->path = g_build_filename(school->folder, "fad.db", NULL);
	school->store = store_open(school->path, &problem);
	*state = school;
	return school->store && store_write(school->store, furnish, school, &problem) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct school *school = *state;
	static const char *const endings[] = {"", "-wal", "-shm"};
	store_pretend_now(0);
	store_close(school->store);
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *path = g_strconcat(school->path, endings[i], NULL);
		g_unlink(path);
	}
	g_rmdir(school->folder);
	g_free(school->folder);
	g_free(school->path);
	g_free(school);
	return 0;
}

struct scan {
	const struct school *school;
	int64_t session;
	struct class_mark mark;
	bool again;
	struct problem problem;
};

static bool scan_work(struct db *db, void *data)
{
	struct scan *scan = data;
	return register_scan(db, scan->session, scan->school->person, "code", scan->school->person, &scan->mark,
		&scan->again, &scan->problem);
}

/* "in", "out", "again" or the code of the fault. */
static const char *scan_in(struct school *school, int64_t session, int minutes, struct scan *scan)
{
	struct problem problem = {0};
	*scan = (struct scan){.school = school, .session = session};
	store_pretend_now(school->nine + minutes * MINUTE);
	bool good = store_write(school->store, scan_work, scan, &problem);
	return !good ? scan->problem.code : scan->again ? "again" : scan->mark.in ? "in" : "out";
}

static const char *scan_at(struct school *school, int minutes, struct scan *scan)
{
	return scan_in(school, school->session, minutes, scan);
}

/* Who signs in elsewhere without having signed out is told where they are; having signed out, they may. */
static void test_two_places(void **state)
{
	struct school *school = *state;
	struct scan scan;
	assert_string_equal(scan_at(school, 0, &scan), "in");
	assert_string_equal(scan_in(school, school->other, 100, &scan), "CLASS_TWO_PLACES"); /* early, it would count from eleven */
	assert_string_equal(scan_in(school, school->other, 125, &scan), "CLASS_TWO_PLACES");
	assert_non_null(strstr(scan.problem.it, "Maria Rossi risulterebbe in due posti, alle 11:05: «A» (Aula, 03/02/2026 11:00–15:00) e «A» "
						"(Aula, 03/02/2026 09:00–13:00)."));
	assert_string_equal(scan_at(school, 130, &scan), "out");
	assert_string_equal(scan_in(school, school->other, 130, &scan), "in");
	assert_string_equal(scan_at(school, 140, &scan), "CLASS_TWO_PLACES");
	assert_string_equal(scan_in(school, school->other, 200, &scan), "out");
	assert_string_equal(scan_at(school, 200, &scan), "in");
}

/* [ECM 3] presence by signature in and out. */
static void test_scans(void **state)
{
	static const struct {
		int minutes;
		const char *what;
	} rows[] = {{-61, "CLASS_NOT_NOW"}, {-60, "in"}, {-59, "again"}, {120, "out"}, {130, "in"}, {240, "out"}, {241, "again"},
		{301, "CLASS_NOT_NOW"}};
	struct scan scan;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		assert_string_equal(scan_at(*state, rows[i].minutes, &scan), rows[i].what);
	}
	struct school *school = *state;
	struct class_presence presence;
	struct db *db = store_read(school->store);
	struct class_session session;
	class_session_by_id(db, school->session, &session);
	class_presence(db, session.event, session.group, school->person, store_now(), &presence);
	assert_int_equal(presence.present_ms, 230 * MINUTE); /* ten minutes outside */
	assert_int_equal(presence.percent, 95);
	assert_true(presence.enough);
	class_presence_finish(&presence);
	store_read_done(school->store, db);
}

/* The code shown in class changes each minute; the newest three are taken. */
static void test_code(void **state)
{
	struct app app = {.key = {1, 2, 3}}, other = {.key = {3, 2, 1}};
	char code[CLASS_CODE_BYTES], next[CLASS_CODE_BYTES];
	int64_t now = 600 * MINUTE;
	class_code(&app, 7, now, code);
	class_code(&app, 7, now + MINUTE, next);
	assert_int_equal(strlen(code), 6);
	assert_string_not_equal(code, next);
	assert_true(class_code_is(&app, 7, now + 2 * MINUTE, code));
	assert_false(class_code_is(&app, 7, now + 3 * MINUTE, code));
	assert_false(class_code_is(&app, 7, now - MINUTE, code));
	assert_false(class_code_is(&app, 8, now, code));
	assert_false(class_code_is(&other, 7, now, code));
	assert_false(class_code_is(&app, 7, now, ""));
	assert_false(class_code_is(&app, 7, now, "12345678901234567890"));
}

static void test_badge(void **state)
{
	struct app app = {.key = {1, 2, 3}}, other = {.key = {3, 2, 1}};
	char badge[CLASS_BADGE_BYTES];
	int64_t event = 0, person = 0;
	class_badge(&app, 12, 345, badge);
	assert_true(class_badge_read(&app, badge, &event, &person));
	assert_int_equal(event, 12);
	assert_int_equal(person, 345);
	assert_false(class_badge_read(&other, badge, &event, &person));
	g_autofree char *else_where = g_strconcat("13", badge + 2, NULL), *longer = g_strconcat(badge, "B", NULL);
	assert_false(class_badge_read(&app, else_where, &event, &person));
	assert_false(class_badge_read(&app, longer, &event, &person));
	assert_false(class_badge_read(&app, "", &event, &person));
	assert_false(class_badge_read(&app, "12E345P", &event, &person));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_scans, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_two_places, set_up, tear_down),
		cmocka_unit_test(test_code), cmocka_unit_test(test_badge)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
