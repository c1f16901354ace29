#include "server/demo/study.h"

#include "server/ecm/completion.h"
#include "server/learning/replay.h"
#include "server/people/secrets.h"
#include "server/problem.h"
#include "server/store/attempts.h"
#include "server/store/courses.h"

/* A sitting while it is being played. */
struct sitting {
	struct engine *engine;
	const struct study *study;
	int64_t now, step; /* milliseconds for each screen */
	json_t *questions;
	guint screens;
};

static struct span span_of(const char *text)
{
	return (struct span){text, (uint32_t)strlen(text)};
}

static void set(struct sitting *sitting, const char *element, const char *value)
{
	engine_api(sitting->engine, sitting->now, API_SET_VALUE, span_of(element), span_of(value));
}

static void commit(struct sitting *sitting)
{
	int64_t hundredths = (sitting->now - sitting->study->from) / 10;
	char time[32];
	g_snprintf(time, sizeof(time), "%04d:%02d:%02d.%02d", (int)(hundredths / 360000),
		(int)(hundredths / 6000 % 60), (int)(hundredths / 100 % 60), (int)(hundredths % 100));
	set(sitting, "cmi.core.session_time", time);
	engine_api(sitting->engine, sitting->now, API_COMMIT, SPAN(""), SPAN(""));
}

/* The state of course.js; `answers` may be NULL. */
static void remember(struct sitting *sitting, guint seen, json_t *answers, int best)
{
	g_autofree char *bits = g_strnfill(sitting->screens, '0');
	memset(bits, '1', seen);
	json_t *state = json_pack("{s:i, s:s, s:O, s:b, s:o, s:i}", "v", 1, "seen", bits, "answers", answers,
		"checked", best >= 0, "best", best >= 0 ? json_integer(best) : json_null(), "tries",
		best >= 0);
	char *text = json_dumps(state, JSON_COMPACT);
	set(sitting, "cmi.suspend_data", text);
	free(text);
	json_decref(state);
}

static void show_screen(struct sitting *sitting, guint number, json_t *answers, int best)
{
	json_t *screens = json_object_get(sitting->study->package, "screens");
	sitting->now += sitting->step;
	engine_presence(sitting->engine, sitting->now, (uint32_t)sitting->step);
	remember(sitting, number + 1, answers, best);
	set(sitting, "cmi.core.lesson_location", json_string_value(json_array_get(screens, number)));
}

/* "ac" as SCORM 1.2 writes a choice response: "a,c". */
static char *response(const char *letters)
{
	GString *text = g_string_new(NULL);
	for (const char *at = letters; *at != '\0'; at++) {
		g_string_append_printf(text, "%s%c", at == letters ? "" : ",", *at);
	}
	return g_string_free(text, FALSE);
}

static void report(struct sitting *sitting, size_t n, const char *id, const char *key, const char *answer)
{
	g_autofree char *right = response(key), *given = response(answer);
	const char *const values[][2] = {{"id", id}, {"type", "choice"},
		{"correct_responses.0.pattern", right}, {"weighting", "1"}, {"student_response", given},
		{"result", strcmp(key, answer) == 0 ? "correct" : "wrong"}};
	for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
		char element[64];
		g_snprintf(element, sizeof(element), "cmi.interactions.%zu.%s", n, values[i][0]);
		set(sitting, element, values[i][1]);
	}
}

/* Answers the self-check with at most `wrong` mistakes; gives the percentage. */
static int check(struct sitting *sitting, size_t wrong, json_t *ret_answers)
{
	size_t i, count = json_array_size(sitting->questions), right = 0;
	json_t *question;
	json_array_foreach (sitting->questions, i, question) {
		const char *id = json_string_value(json_object_get(question, "id"));
		const char *key = json_string_value(json_object_get(question, "key"));
		const char *answer = i < wrong ? (key[0] == 'a' ? "b" : "a") : key;
		json_object_set_new(ret_answers, id, json_string(answer));
		right += strcmp(answer, key) == 0;
		report(sitting, i, id, key, answer);
	}
	return (int)((100 * right + count / 2) / count);
}

/* Everything that the course says, from opening it to leaving it. */
static void play(struct sitting *sitting, GRand *random)
{
	const struct study *study = sitting->study;
	json_t *answers = json_object();
	int best = -1;
	engine_api(sitting->engine, sitting->now, API_INITIALIZE, SPAN(""), SPAN(""));
	set(sitting, "cmi.core.lesson_status", "incomplete");
	guint read = study->finish ? sitting->screens - 1
				   : 1 + (guint)g_rand_int_range(random, 1, (gint32)sitting->screens - 3);
	for (guint i = 0; i < read; i++) {
		if (study->finish && i == read - 1) {
			best = check(sitting, g_rand_double(random) < study->ability ? 0 : 1, answers);
			char score[8];
			g_snprintf(score, sizeof(score), "%d", best);
			set(sitting, "cmi.core.score.min", "0");
			set(sitting, "cmi.core.score.max", "100");
			set(sitting, "cmi.core.score.raw", score);
		}
		show_screen(sitting, i, answers, best);
		commit(sitting);
	}
	if (study->finish) {
		show_screen(sitting, sitting->screens - 1, answers, best);
		set(sitting, "cmi.core.lesson_status", "passed");
	}
	set(sitting, "cmi.core.exit", "suspend");
	commit(sitting);
	engine_api(sitting->engine, sitting->now, API_TERMINATE, SPAN(""), SPAN(""));
	struct navigation_outcome outcome;
	engine_navigate(sitting->engine, sitting->now, NAVIGATION_SUSPEND_ALL, NO_INDEX, &outcome);
	json_decref(answers);
}

/* Opens the course as the player page does. */
static bool open_course(struct sitting *sitting, const char *seed)
{
	const struct person *person = sitting->study->person;
	g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, person->id);
	g_autofree char *name = g_strdup_printf("%s, %s", person->family_name, person->given_name);
	struct session_params session = {.learner_id = span_of(id),
		.learner_name = span_of(name),
		.language = SPAN("it"),
		.mode = MODE_NORMAL,
		.credit = true,
		.seed = g_ascii_strtoull(seed, NULL, 10)};
	struct navigation_outcome outcome = {0};
	return engine_begin_session(sitting->engine, sitting->now, &session) == ENGINE_OK &&
	       engine_navigate(sitting->engine, sitting->now, NAVIGATION_START, NO_INDEX, &outcome) ==
		       ENGINE_OK &&
	       outcome.accepted;
}

struct played {
	struct attempt attempt;
	struct engine_summary summary;
	GBytes *records, *snapshot;
	int64_t from, until;
};

static void played_destroy(void *data)
{
	struct played *played = data;
	g_bytes_unref(played->records);
	g_bytes_unref(played->snapshot);
	g_free(played);
}

GPtrArray *demo_played_list(void)
{
	return g_ptr_array_new_with_free_func(played_destroy);
}

/* What the journal's route does with an increment. */
static bool keep_one(struct db *db, struct played *played)
{
	store_pretend_now(played->until);
	attempt_add(db, &played->attempt);
	int64_t lease = attempt_take_lease(db, played->attempt.id);
	struct attempt before;
	if (!attempt_find(db, played->attempt.id, &before)) {
		return false;
	}
	struct increment increment = {
		.before = &before,
		.after = &played->summary,
		.records = bytes_span(played->records),
		.snapshot = bytes_span(played->snapshot),
		.lease = lease,
		.seen_from = played->from,
	};
	if (attempt_store(db, &increment) != INCREMENT_STORED) {
		return false;
	}
	completion_review(db, played->attempt.person);
	return true;
}

static bool keep_all(struct db *db, void *data)
{
	GPtrArray *list = data;
	for (guint i = 0; i < list->len; i++) {
		if (!keep_one(db, list->pdata[i])) {
			return false;
		}
	}
	return true;
}

bool demo_keep(struct app *app, GPtrArray *played, struct problem *ret)
{
	bool good = played->len == 0 || store_write(app->store, keep_all, played, ret);
	g_ptr_array_set_size(played, 0);
	return good;
}

static bool find_course(struct app *app, const struct study *study, struct attempt *ret, GBytes **ret_image)
{
	struct package_row package;
	struct version_row version;
	struct organization_row organization;
	struct db *db = store_read(app->store);
	bool found = path_package(db, study->module, study->level, &package) &&
		     version_find(db, package.version, &version) &&
		     organization_find(db, version.id, version.default_organization, &organization);
	store_read_done(app->store, db);
	if (!found) {
		return false;
	}
	*ret = (struct attempt){.person = study->person->id,
		.module = study->module,
		.course = version.course,
		.version = version.id,
		.organization = version.default_organization};
	PROBLEM_COPY(ret->level, study->level);
	*ret_image = image_load(app, version.sha256, organization.image);
	return *ret_image != NULL;
}

/* Takes from the engine what is to be stored. */
static struct played *take(
	const struct replay *replay, const struct attempt *attempt, const struct study *study)
{
	struct played *played = g_new0(struct played, 1);
	struct span records = engine_journal(replay->engine);
	played->attempt = *attempt;
	played->records = g_bytes_new(records.at, records.len);
	played->snapshot = replay_snapshot(replay);
	played->from = study->from;
	played->until = study->until;
	engine_summarise(replay->engine, &played->summary);
	return played;
}

struct played *demo_play(struct app *app, GRand *random, const struct study *study, struct problem *ret)
{
	static const struct problem_text broken = {"DEMO_COURSE", "Il corso dimostrativo non si apre.",
		"The sample course does not open.", "Ricompilare con ./fad build.",
		"Build again with ./fad build."};
	struct attempt attempt;
	g_autoptr(GBytes) image = NULL;
	g_autoptr(GBytes) nothing = g_bytes_new(NULL, 0);
	struct replay replay;
	struct attempt_state fresh = {.tail = nothing};
	if (!find_course(app, study, &attempt, &image) || replay_init(&replay, image, &fresh) != ENGINE_OK) {
		problem_set(ret, &broken, study->level);
		return NULL;
	}
	g_snprintf(attempt.seed, sizeof(attempt.seed), "%u", g_rand_int(random));
	struct sitting sitting = {
		.engine = replay.engine,
		.study = study,
		.now = study->from,
		.questions = json_object_get(study->package, "questions"),
		.screens = (guint)json_array_size(json_object_get(study->package, "screens")),
	};
	sitting.step = (study->until - study->from) / sitting.screens;
	struct played *played = NULL;
	if (open_course(&sitting, attempt.seed)) {
		play(&sitting, random);
		played = take(&replay, &attempt, study);
	} else {
		problem_set(ret, &broken, study->level);
	}
	replay_finish(&replay);
	return played;
}
