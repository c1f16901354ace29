/*
 * placement: microseconds to choose the next item from a bank of 10,000 and to take an answer in; then 3,000
 * people in an adaptive placement at once, each answer on disk before it is acknowledged. Takes a data folder
 * that does not exist yet.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "assessment/random.h"
#include "server/app.h"
#include "server/ecm/codice_fiscale.h"
#include "server/placement/banks.h"
#include "server/placement/sequential.h"
#include "server/placement/start.h"
#include "server/store/people.h"

#define BANK_ITEMS 10000u
#define PEOPLE 3000u
#define THREADS 64u

static const char policy_text[] =
	"{\"format\":\"fad-adaptive-1\",\"cuts\":[-0.5,0.7],\"exposure\":{\"maximum\":0.25},"
	"\"stop\":{\"minimum\":4,\"maximum\":20,\"mean\":13,\"rules\":[{\"rule\":\"gain\"}]},\"pilots\":0}";

static char *made_bank(guint items)
{
	GString *text = g_string_new("{\"format\":\"fad-bank-1\",\"name\":\"Misura\",\"version\":\"1\",\"language\":\"it\","
				     "\"areas\":[{\"id\":\"a\",\"name_it\":\"A\",\"name_en\":\"A\"}],\"items\":[");
	struct random random;
	random_init(&random, 3);
	for (guint i = 0; i < items; i++) {
		const double a = 0.7 + random_below(&random, 801) / 1000.0, b = -2.5 + random_below(&random, 5001) / 1000.0;
		g_string_append_printf(text,
			"%s{\"id\":\"Q%u\",\"area\":\"a\",\"difficulty\":%u,\"type\":\"single\",\"stem\":\"Domanda %u\","
			"\"options\":[{\"id\":\"a\",\"text\":\"uno\"},{\"id\":\"b\",\"text\":\"due\"}],\"key\":[\"a\"],"
			"\"parameters\":{\"model\":\"2pl\",\"a\":%.3f,\"b\":%.3f}}",
			i ? "," : "", i, 1 + i % 5, i, a, b);
	}
	g_string_append(text, "]}");
	return g_string_free(text, FALSE);
}

static void measure_choice(const char *bank, const struct adaptive *policy)
{
	struct faults faults;
	faults_init(&faults, 1);
	struct pool *pool = pool_read(bank, strlen(bank), &faults);
	struct plan *plan = plan_make(pool, policy,
		(struct plan_settings){.rounds = 2, .persons = 200, .threads = 2, .seed = 1});
	gint64 choosing = 0, scoring = 0;
	guint choices = 0;
	for (guint64 person = 1; person <= 200; person++) {
		struct session session;
		session_init(&session, pool, policy, plan, person, NULL, 0);
		for (;;) {
			enum stop_rule why;
			const gint64 before = g_get_monotonic_time();
			const guint item = session_next(&session, &why);
			choosing += g_get_monotonic_time() - before;
			choices++;
			if (item == SESSION_NO_ITEM) {
				break;
			}
			const gint64 between = g_get_monotonic_time();
			session_answer(&session, item, (guint)(person + session.count) % 2);
			scoring += g_get_monotonic_time() - between;
		}
		session_finish(&session);
	}
	printf("%-60s %10.1f µs\n", "next item of 10,000", (double)choosing / choices);
	printf("%-60s %10.1f µs\n", "an answer taken in (posterior, levels, theta, SE)", (double)scoring / choices);
	plan_destroy(plan);
	pool_destroy(pool);
	faults_finish(&faults);
}

static bool fill(struct db *db, void *data)
{
	(void)data;
	for (guint i = 0; i < PEOPLE; i++) {
		struct person person = {.active = true, .language = "it", .roles = ROLE_OPERATOR};
		char first15[] = "AAAAAA80A01H501";
		for (guint k = 6, number = i; k-- > 0; number /= 26) {
			first15[k] = (char)('A' + number % 26);
		}
		g_snprintf(person.login, sizeof(person.login), "p%u", i);
		g_strlcpy(person.given_name, "Maria", sizeof(person.given_name));
		g_strlcpy(person.family_name, "Rossi", sizeof(person.family_name));
		if (!codice_fiscale_complete(first15, person.codice_fiscale) || !people_save(db, &person)) {
			return false;
		}
	}
	adaptive_policy_add(db, policy_text, 0);
	return true;
}

struct crowd {
	struct app *app;
	gint next;     /* person to take */
	gint answers;
	gint wrong;    /* something was refused */
	gint slowest;  /* µs, of one answer */
};

struct choice {
	int64_t placement;
	guint position;
};

static bool choose_first(struct db *db, void *data)
{
	const struct choice *choice = data;
	return placement_answer_set(db, choice->placement, choice->position, "[\"1\"]", 0);
}

static bool answer(struct crowd *crowd, struct prepared *prepared, int64_t person, int64_t placement, guint position)
{
	struct problem problem = {0};
	struct choice choice = {placement, position};
	struct advancing advancing = {.person = person, .placement = placement, .position = position, .revision = 1, .prepared = prepared};
	const gint64 before = g_get_monotonic_time();
	const bool good = store_write(crowd->app->store, choose_first, &choice, &problem) &&
			  store_write(crowd->app->store, sequential_advance, &advancing, &problem) &&
			  advancing.ret == ADVANCE_DONE;
	const gint took = (gint)(g_get_monotonic_time() - before);
	gint slowest = g_atomic_int_get(&crowd->slowest);
	while (took > slowest && !g_atomic_int_compare_and_exchange(&crowd->slowest, slowest, took)) {
		slowest = g_atomic_int_get(&crowd->slowest);
	}
	g_atomic_int_inc(&crowd->answers);
	return good;
}

/* One of the threads: each takes a person in turn through the whole placement. */
static gpointer take(gpointer data)
{
	struct crowd *crowd = data;
	struct db *db = store_read(crowd->app->store);
	struct prepared *prepared = prepared_get(crowd->app->prepared, db, 0, 0);
	store_read_done(crowd->app->store, db);
	gint person;
	while ((person = g_atomic_int_add(&crowd->next, 1)) <= (gint)PEOPLE) {
		struct problem problem = {0};
		bool good = prepared && placement_start(crowd->app->store, crowd->app->prepared, person, &problem);
		for (guint position = 0; good; position++) {
			struct placement placement = {0};
			db = store_read(crowd->app->store);
			good = placement_newest(db, person, &placement);
			store_read_done(crowd->app->store, db);
			const bool open = placement.state == PLACEMENT_OPEN;
			placement_finish(&placement);
			if (!open) {
				break;
			}
			good = good && answer(crowd, prepared, person, placement.id, position);
		}
		if (!good) {
			g_atomic_int_inc(&crowd->wrong);
		}
	}
	prepared_release(prepared);
	return NULL;
}

static bool measure_crowd(struct app *app)
{
	struct problem problem = {0};
	struct faults faults;
	faults_init(&faults, 5);
	g_autofree char *bank = made_bank(400);
	struct bank_row row;
	bool good = store_write(app->store, fill, NULL, &problem) &&
		    bank_import(app->store, bank, strlen(bank), 0, &row, &faults, &problem) == BANK_IMPORT_NEW;
	struct crowd crowd = {.app = app, .next = 1};
	const gint64 before = g_get_monotonic_time();
	GThread *threads[THREADS];
	for (guint i = 0; good && i < THREADS; i++) {
		threads[i] = g_thread_new("person", take, &crowd);
	}
	for (guint i = 0; good && i < THREADS; i++) {
		g_thread_join(threads[i]);
	}
	const double seconds = (double)(g_get_monotonic_time() - before) / G_USEC_PER_SEC;
	printf("%-60s %10.1f s\n", "3,000 whole placements, 64 at any moment", seconds);
	printf("%-60s %10.0f\n", "answers confirmed a second, each on disk", crowd.answers / seconds);
	printf("%-60s %10.1f ms\n", "the slowest answer, saved and confirmed", crowd.slowest / 1000.0);
	printf("%-60s %10d\n", "refused", crowd.wrong);
	faults_finish(&faults);
	return good && crowd.wrong == 0;
}

int main(int argc, char **argv)
{
	struct problem problem = {0};
	struct app *app = argc == 2 ? app_open(argv[1], &problem) : NULL;
	if (!app) {
		fprintf(stderr, "placement: %s\n", argc == 2 ? problem.en : "usage: placement DATA_FOLDER");
		return 1;
	}
	struct adaptive policy;
	struct faults faults;
	faults_init(&faults, 1);
	json_t *json = json_loads(policy_text, 0, NULL);
	bool good = adaptive_read(&policy, json, &faults);
	json_decref(json);
	faults_finish(&faults);
	g_autofree char *bank = made_bank(BANK_ITEMS);
	if (good) {
		measure_choice(bank, &policy);
		good = measure_crowd(app);
	}
	app_close(app);
	return good ? 0 : 1;
}
