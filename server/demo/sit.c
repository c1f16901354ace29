#include "server/demo/sit.h"

#include <string.h>
#include "server/demo/invent.h"
#include "server/ecm/completion.h"
#include "server/ecm/day.h"
#include "server/ecm/eligibility.h"
#include "server/final/sitting.h"
#include "server/final/standing.h"
#include "server/placement/banks.h"
#include "server/quality/form.h"
#include "server/problem.h"
#include "server/store/attempts.h"
#include "server/store/ecm.h"
#include "server/store/people.h"
#include "server/store/questionnaire.h"

#define SEED 20260103
#define HOUR INT64_C(3600000)

struct learner {
	int64_t person;
	int64_t at; /* of the last module */
	double ability;
};

/* --- Rules --- */

struct ruling {
	int64_t bank;
	int64_t event; /* found */
};

static bool set_rules(struct db *db, void *data)
{
	struct ruling *ruling = data;
	g_autoptr(GArray) events = ecm_events_all(db);
	for (guint i = 0; i < events->len; i++) {
		const struct ecm_event *event = &g_array_index(events, struct ecm_event, i);
		struct final_rules rules;
		final_rules_load(db, event, &rules);
		rules.bank = ruling->bank;
		final_rules_save(db, event->id, &rules, 0);
		ruling->event = event->id;
	}
	return true;
}

static bool import_bank(struct app *app, const char *file, int64_t *ret_bank, struct problem *ret)
{
	g_autofree char *json = NULL;
	gsize len;
	struct faults faults;
	struct bank_row row = {0};
	faults_init(&faults, 1);
	bool good = g_file_get_contents(file, &json, &len, NULL) &&
		    bank_import(app->store, json, len, 0, &row, &faults, ret) <= BANK_IMPORT_KNOWN;
	if (faults.list->len > 0) {
		*ret = g_array_index(faults.list, struct problem, 0);
	}
	faults_finish(&faults);
	*ret_bank = row.id;
	return good;
}

/* --- Who has done all modules, in the order of time --- */

static int by_time(const void *one, const void *other)
{
	const struct learner *a = one, *b = other;
	return a->at < b->at ? -1 : a->at > b->at;
}

static GArray *find_learners(struct db *db, const GArray *people)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct learner));
	for (guint i = 0; i < people->len; i++) {
		const struct invented *invented = &g_array_index(people, struct invented, i);
		struct person person;
		if (invented->fate != FATE_DONE ||
			!people_by_codice_fiscale(db, invented->codice_fiscale, &person)) {
			continue;
		}
		struct learner learner = {.person = person.id, .ability = invented->ability};
		g_autoptr(GArray) attempts = attempts_of_person(db, person.id);
		for (guint k = 0; k < attempts->len; k++) {
			learner.at = MAX(learner.at, g_array_index(attempts, struct attempt, k).updated_at);
		}
		g_array_append_val(list, learner);
	}
	g_array_sort(list, by_time);
	return list;
}

/* --- The test --- */

struct answering {
	int64_t attempt;
	guint count;
	guint chosen[EXAM_QUESTIONS_MAX];
};

static bool answer_all(struct db *db, void *data)
{
	const struct answering *answering = data;
	for (guint i = 0; i < answering->count; i++) {
		final_answer_set(db, answering->attempt, i, answering->chosen[i], 0);
	}
	return true;
}

static bool sit(struct app *app, GRand *random, const struct learner *learner, struct problem *ret)
{
	struct final_standing standing;
	store_pretend_now(learner->at + HOUR);
	struct db *db = store_read(app->store);
	final_standing(db, learner->person, 0, store_now(), &standing);
	bool may = standing.may_start;
	final_standing_finish(&standing);
	store_read_done(app->store, db);
	if (!may || !final_start(app->store, learner->person, 0, ret)) {
		return !may;
	}
	struct final_attempt attempt;
	db = store_read(app->store);
	bool good = final_newest(db, learner->person, 0, &attempt);
	store_read_done(app->store, db);
	struct exam *exam = good ? exam_read(attempt.exam) : NULL;
	if (exam) {
		struct answering answering = {.attempt = attempt.id, .count = exam->question_count};
		for (guint i = 0; i < exam->question_count; i++) {
			/* After the course most people know; some questions are harder than others. */
			bool knows = g_rand_double(random) < 0.72 + 0.25 * learner->ability - 0.012 * (double)strlen(exam->questions[i].stem) / 10;
			answering.chosen[i] = knows ? exam->questions[i].right
						    : (guint)g_rand_int_range(random, 1, EXAM_OPTIONS + 1);
		}
		store_pretend_now(learner->at + HOUR + HOUR / 4);
		good = store_write(app->store, answer_all, &answering, ret) &&
		       final_hand_in(app->store, &attempt, exam, ret);
	}
	exam_destroy(exam);
	final_attempt_finish(&attempt);
	return good;
}

/* --- The questionnaire: released sheets, as after whole groups --- */

struct evaluating {
	GRand *random;
	const GArray *learners;
	int64_t event;
};

static const char *const comments[] = {
	"I riferimenti a un prodotto commerciale nel modulo sulla telemedicina sembravano pubblicità.",
	"In una schermata si citava un solo fornitore di firma digitale.",
	"L’esempio dell’applicazione di messaggi nominava una marca.",
};

static void add_sheet(struct db *db, const struct evaluating *work)
{
	json_t *answers = json_object();
	for (int question = 1; question <= 5; question++) {
		int middle = question == 5 ? 1 : question == 4 ? 3 : 4;
		int option = middle + g_rand_int_range(work->random, -1, 2);
		option = CLAMP(option, 1, 5);
		char id[2] = {(char)('0' + question), 0}, value[2] = {(char)('0' + option), 0};
		json_object_set_new(answers, id, json_string(value));
	}
	char *text = json_dumps(answers, JSON_COMPACT | JSON_SORT_KEYS);
	questionnaire_sheet_add(db, work->event, "standard", "fad-1", text);
	free(text);
	json_decref(answers);
}

static bool evaluate(struct db *db, void *data)
{
	const struct evaluating *work = data;
	guint handed_in = 0;
	for (guint i = 0; i < work->learners->len; i++) {
		const struct learner *learner = &g_array_index(work->learners, struct learner, i);
		struct ecm_event event;
		struct final_outcome outcome = {0};
		if (ecm_event_by_id(db, work->event, &event)) {
			final_outcome(db, learner->person, &event, &outcome);
		}
		/* One in twelve has yet to do it. */
		if (!outcome.passed || g_rand_int_range(work->random, 0, 12) == 0) {
			continue;
		}
		char day[11];
		store_pretend_now(outcome.passed_at + HOUR / 12);
		ecm_day(store_now(), day);
		if (questionnaire_mark(db, learner->person, work->event, day)) {
			add_sheet(db, work);
			completion_review(db, learner->person);
			handed_in++;
		}
	}
	for (guint i = 0; handed_in >= QUESTIONNAIRE_GROUP_DEFAULT && i < G_N_ELEMENTS(comments); i++) {
		questionnaire_comment_add(db, work->event, "standard", "5-esempi", comments[i]);
	}
	return true;
}

/* --- The declaration: almost everybody who passed --- */

static bool declare_all(struct db *db, void *data)
{
	const struct evaluating *work = data;
	struct ecm_event event;
	if (!ecm_event_by_id(db, work->event, &event)) {
		return true;
	}
	for (guint i = 0; i < work->learners->len; i++) {
		const struct learner *learner = &g_array_index(work->learners, struct learner, i);
		struct final_outcome outcome;
		final_outcome(db, learner->person, &event, &outcome);
		if (!outcome.passed || i % 19 == 7) {
			continue;
		}
		struct declaration declaration = {.works_here = true, .recruited = i % 23 == 5, .text = DECLARATION_VERSION};
		if (declaration.recruited) {
			PROBLEM_COPY(declaration.sponsor, "Azienda Dimostrativa S.p.A.");
		}
		char day[11];
		store_pretend_now(outcome.passed_at + HOUR / 6);
		ecm_day(store_now(), day);
		declaration_add(db, learner->person, event.id, &declaration, day, declaration_text_it);
	}
	return true;
}

bool demo_sit(struct app *app, const GArray *people, const char *bank, struct problem *ret)
{
	struct ruling ruling = {0};
	if (!import_bank(app, bank, &ruling.bank, ret) ||
		!store_write(app->store, set_rules, &ruling, ret)) {
		return false;
	}
	g_autoptr(GRand) random = g_rand_new_with_seed(SEED);
	struct db *db = store_read(app->store);
	g_autoptr(GArray) learners = find_learners(db, people);
	store_read_done(app->store, db);
	bool good = true;
	for (guint i = 0; good && i < learners->len; i++) {
		good = sit(app, random, &g_array_index(learners, struct learner, i), ret);
	}
	struct evaluating evaluating = {random, learners, ruling.event};
	good = good && store_write(app->store, evaluate, &evaluating, ret) &&
	       store_write(app->store, declare_all, &evaluating, ret);
	store_pretend_now(0);
	return good;
}
