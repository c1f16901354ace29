/* The demonstration fills an empty installation, twice is once, and what it made is what a user would see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "server/demo/invent.h"
#include "server/demo/seed.h"
#include "server/ecm/export.h"
#include "server/people/secrets.h"
#include "server/store/attempts.h"
#include "server/store/courses.h"
#include "server/store/levels.h"
#include "server/store/path.h"
#include "server/store/people.h"
#include "server/store/placement.h"

struct fixture {
	char *folder, *sample, *bank;
	struct app *app;
};

static int setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	fixture->folder = g_dir_make_tmp("fad-demo-XXXXXX", NULL);
	fixture->sample = g_build_filename(g_getenv("FAD_BUILD"), "sample", NULL);
	fixture->bank = g_build_filename(fixture->sample, "fse-bank.json", NULL);
	struct problem problem;
	fixture->app = app_open(fixture->folder, &problem);
	*state = fixture;
	return fixture->app == NULL;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;
	app_close(fixture->app);
	const char *const command[] = {"rm", "-rf", fixture->folder, NULL};
	g_spawn_sync(NULL, (char **)(void *)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
		NULL);
	g_free(fixture->folder);
	g_free(fixture->sample);
	g_free(fixture->bank);
	g_free(fixture);
	return 0;
}

static enum demo_result seed(struct fixture *fixture)
{
	struct problem problem = {0};
	struct demo_sources sources = {.sample = fixture->sample, .bank = fixture->bank};
	enum demo_result result = demo_seed(fixture->app, &sources, &problem);
	if (result == DEMO_FAILED) {
		print_error("%s %s: %s\n", problem.code, problem.where, problem.it);
	}
	return result;
}

static void sources_that_are_missing_are_told(void **state)
{
	struct fixture *fixture = *state;
	struct demo_sources sources = {.sample = fixture->folder, .bank = fixture->bank};
	struct problem problem;
	assert_int_equal(demo_seed(fixture->app, &sources, &problem), DEMO_FAILED);
	assert_string_equal(problem.code, "DEMO_SOURCE");
}

static void seeds_once(void **state)
{
	assert_int_equal(seed(*state), DEMO_SEEDED);
	assert_int_equal(seed(*state), DEMO_ALREADY);
}

static void the_path_is_whole(void **state)
{
	struct fixture *fixture = *state;
	struct db *db = store_read(fixture->app->store);
	g_autoptr(GArray) modules = path_modules(db);
	g_autoptr(GArray) packages = path_packages(db);
	g_autoptr(GArray) banks = banks_all(db);
	assert_int_equal(modules->len, 8);
	assert_int_equal(packages->len, 24);
	assert_int_equal(banks->len, 2); /* the placement's, and the final test's */
	assert_true(g_array_index(banks, struct bank_row, 1).active);
	store_read_done(fixture->app->store, db);
}

static void log_ins_work(void **state)
{
	static const struct {
		const char *login;
		unsigned role;
		bool placed;
	} expected[] = {
		{"operatore", ROLE_OPERATOR, false},
		{"operatrice", ROLE_OPERATOR, true},
		{"progettista", ROLE_DESIGNER, false},
		{"provider", ROLE_PROVIDER, false},
		{"coordinatore", ROLE_COORDINATOR, false},
		{"admin", ROLE_ADMINISTRATOR, false},
	};
	struct fixture *fixture = *state;
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
		struct person person;
		struct level_row level;
		struct db *db = store_read(fixture->app->store);
		assert_true(people_by_login(db, expected[i].login, &person));
		assert_int_equal(level_of_person(db, person.id, &level), expected[i].placed);
		store_read_done(fixture->app->store, db);
		assert_int_equal(person.roles, expected[i].role);
		assert_false(person.must_change_password);
		assert_true(secrets_password_is(person.password_hash, DEMO_PASSWORD));
	}
}

/* What the invented people were said to have done is what the store has of them. */
static void everybody_did_what_was_planned(void **state)
{
	struct fixture *fixture = *state;
	g_autoptr(GArray) people = invent_people(DEMO_PEOPLE);
	struct db *db = store_read(fixture->app->store);
	unsigned done = 0, studying = 0;
	for (guint i = 0; i < people->len; i++) {
		const struct invented *invented = &g_array_index(people, struct invented, i);
		struct person person;
		struct level_row level;
		assert_true(people_by_codice_fiscale(db, invented->codice_fiscale, &person));
		assert_int_equal(level_of_person(db, person.id, &level), invented->fate != FATE_AWAY);
		g_autoptr(GArray) path = path_of_person(db, person.id);
		unsigned completed = 0;
		for (guint k = 0; k < path->len; k++) {
			const struct module_state *module = &g_array_index(path, struct module_state, k);
			completed += module->completed;
			if (module->has_attempt && module->completed) {
				assert_int_equal(module->attempt.best_success, SUCCESS_PASSED);
				assert_true(module->attempt.seen_ms >= 30 * 60000);
				assert_true(module->attempt.completed_at < store_now());
			}
		}
		assert_int_equal(completed, invented->fate == FATE_DONE       ? 8
					    : invented->fate == FATE_STUDYING ? invented->modules
									      : 0);
		done += invented->fate == FATE_DONE;
		studying += invented->fate == FATE_STUDYING;
	}
	store_read_done(fixture->app->store, db);
	assert_true(done >= 30 && studying >= 30);
}

/* Whoever did all modules is a completion of the one event; those with an ECM profession stand in its report. */
static void the_event_can_be_reported(void **state)
{
	struct fixture *fixture = *state;
	g_autoptr(GArray) people = invent_people(DEMO_PEOPLE);
	int64_t with = 0, without = 0;
	for (guint i = 0; i < people->len; i++) {
		const struct invented *invented = &g_array_index(people, struct invented, i);
		with += invented->fate == FATE_DONE && invented->profession != 0;
		without += invented->fate == FATE_DONE && invented->profession == 0;
	}
	struct db *db = store_read(fixture->app->store);
	g_autoptr(GArray) events = ecm_events_all(db);
	store_read_done(fixture->app->store, db);
	assert_int_equal(events->len, 3); /* of the path, the trainers in class, coaching in the field */
	assert_int_equal(g_array_index(events, struct ecm_event, 0).tipo_form, ECM_FORM_FAD);
	struct export_check check;
	struct faults faults;
	faults_init(&faults, 10);
	assert_int_equal(export_check(fixture->app, g_array_index(events, struct ecm_event, 0).id,
				 &check, &faults),
		EXPORT_DONE);
	assert_int_equal(faults.errors, 0);
	faults_finish(&faults);
	/* Some of those who did the path have yet to pass the test or to hand in the questionnaire. */
	assert_true(check.participants > 20 && check.participants < with);
	assert_int_equal(check.without_profession, without);
	assert_true(without > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sources_that_are_missing_are_told),
		cmocka_unit_test(seeds_once),
		cmocka_unit_test(the_path_is_whole),
		cmocka_unit_test(log_ins_work),
		cmocka_unit_test(everybody_did_what_was_planned),
		cmocka_unit_test(the_event_can_be_reported),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
