#include "server/final/sitting.h"

#include <string.h>

#include "server/ecm/completion.h"
#include "server/final/standing.h"
#include "server/people/secrets.h"
#include "server/problem.h"
#include "server/store/attempts.h"
#include "server/store/audit.h"
#include "server/store/placement.h"

static const struct problem_text unusable = {
	.code = "FINAL_BANK_UNUSABLE",
	.it = "Le domande della prova finale non sono utilizzabili.",
	.en = "The questions of the final test cannot be used.",
	.mend_it = "Avvisa il provider: la banca scelta non basta più.",
	.mend_en = "Tell the provider: the bank chosen is no longer enough.",
};

struct starting {
	int64_t person;
	int64_t in_class; /* the event asked for; 0: that of the path */
	int64_t event;
	int64_t number; /* of the attempt drawn; another tab may have used it */
	struct final_attempt attempt;
};

static GPtrArray *earlier_exams(const GArray *history)
{
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)exam_destroy);
	for (guint i = 0; i < history->len; i++) {
		struct exam *exam = exam_read(g_array_index(history, struct final_attempt, i).exam);
		if (exam) {
			g_ptr_array_add(list, exam);
		}
	}
	return list;
}

/* The same set again, unless the rules want a new one or the number of questions has changed. */
static struct exam *draw(struct db *db, const struct final_standing *standing, const GPtrArray *before)
{
	const struct exam *newest = before->len ? g_ptr_array_index(before, 0) : NULL;
	if (newest && !standing->rules.new_set && newest->question_count == standing->questions) {
		return exam_again(newest, secrets_number());
	}
	struct faults faults;
	faults_init(&faults, 1);
	g_autofree char *body = bank_body(db, standing->rules.bank, NULL);
	struct bank *bank = body ? bank_read(body, strlen(body), &faults) : NULL;
	struct exam *exam = NULL;
	if (bank && exam_bank_check(bank, standing->questions, 0, &faults)) {
		exam = exam_draw(bank, standing->questions, secrets_number(), before);
	}
	bank_destroy(bank);
	faults_finish(&faults);
	return exam;
}

static bool prepare(struct db *db, const struct final_standing *standing, struct starting *starting)
{
	g_autoptr(GArray) history = final_history(db, starting->person, standing->event.id);
	g_autoptr(GPtrArray) before = earlier_exams(history);
	struct exam *exam = draw(db, standing, before);
	if (!exam) {
		return false;
	}
	starting->event = standing->event.id;
	starting->attempt = (struct final_attempt){
		.person = starting->person,
		.event = standing->event.id,
		.number = (int64_t)standing->outcome.attempts + 1,
		.bank = standing->rules.bank,
		.questions = exam->question_count,
		.needed = final_needed(&standing->rules, exam->question_count),
		.exam = exam_write(exam),
	};
	exam_destroy(exam);
	return true;
}

static void set_first_lack(const struct final_standing *standing, struct problem *ret)
{
	if (standing->missing->len > 0) {
		*ret = g_array_index(standing->missing, struct problem, 0);
		ret->severity = SEVERITY_ERROR;
	} else {
		static const struct problem_text passed = {
			.code = "FINAL_PASSED",
			.it = "Hai già superato la prova finale.",
			.en = "You have already passed the final test.",
			.mend_it = "Torna alla pagina del percorso.",
			.mend_en = "Go back to the page of your path.",
		};
		problem_set(ret, &passed, "");
	}
}

static bool insert(struct db *db, void *data)
{
	struct starting *starting = data;
	struct final_standing standing;
	final_standing(db, starting->person, starting->in_class, store_now(), &standing);
	bool open = standing.has_attempt && !standing.newest.done;
	bool good = open || (standing.may_start && standing.event.id == starting->event &&
				    (int64_t)standing.outcome.attempts + 1 == starting->attempt.number);
	if (good && !open) {
		starting->attempt.started_at = store_now();
		final_insert(db, &starting->attempt);
		g_autofree char *detail =
			g_strdup_printf("event %" G_GINT64_FORMAT ", attempt %" G_GINT64_FORMAT,
				starting->event, starting->attempt.number);
		audit_about(db, starting->person, "final.start", "final", starting->attempt.id, detail);
	} else if (!good) {
		struct problem problem;
		set_first_lack(&standing, &problem);
		db_refuse(db, &problem);
	}
	final_standing_finish(&standing);
	return good;
}

bool final_start(struct store *store, int64_t person, int64_t event, struct problem *ret)
{
	struct starting starting = {.person = person, .in_class = event};
	struct final_standing standing;
	struct db *db = store_read(store);
	final_standing(db, person, event, store_now(), &standing);
	bool open = standing.has_attempt && !standing.newest.done;
	bool good = open;
	if (!open && !standing.may_start) {
		set_first_lack(&standing, ret);
	} else if (!open) {
		good = prepare(db, &standing, &starting);
		if (!good) {
			problem_set(ret, &unusable, "");
		}
	}
	final_standing_finish(&standing);
	store_read_done(store, db);
	if (good && !open) {
		good = store_write(store, insert, &starting, ret);
	}
	final_attempt_finish(&starting.attempt);
	return good;
}

struct handing_in {
	const struct final_attempt *attempt;
	const struct exam *exam;
};

static void mark_modules(struct db *db, const struct final_attempt *attempt)
{
	g_autoptr(GArray) path = path_of_person(db, attempt->person);
	for (guint i = 0; i < path->len; i++) {
		const struct module_state *state = &g_array_index(path, struct module_state, i);
		final_mark_put(db, attempt->id, state->module.index, state->attempt.seen_ms);
	}
}

/* On the writer's thread no answer can come in between: what is marked is what stays. */
static bool close_attempt(struct db *db, void *data)
{
	const struct handing_in *handing_in = data;
	struct final_attempt attempt = *handing_in->attempt;
	g_autoptr(GArray) answers = final_answers(db, attempt.id);
	guint chosen[EXAM_QUESTIONS_MAX] = {0};
	for (guint i = 0; i < MIN(answers->len, EXAM_QUESTIONS_MAX); i++) {
		chosen[i] = g_array_index(answers, struct final_answer, i).chosen;
	}
	attempt.score = exam_score(handing_in->exam, chosen);
	attempt.passed = attempt.score >= attempt.needed;
	attempt.done_at = store_now();
	if (!final_close(db, &attempt)) {
		return true; /* closed already: the first result stays */
	}
	g_autofree char *detail = g_strdup_printf(
		"%u/%u, %s", attempt.score, attempt.questions, attempt.passed ? "passed" : "failed");
	audit_about(db, attempt.person, "final.submit", "final", attempt.id, detail);
	if (attempt.passed) {
		completion_review(db, attempt.person);
	} else {
		mark_modules(db, &attempt);
	}
	return true;
}

bool final_hand_in(
	struct store *store, const struct final_attempt *attempt, const struct exam *exam, struct problem *ret)
{
	struct handing_in handing_in = {.attempt = attempt, .exam = exam};
	return store_write(store, close_attempt, &handing_in, ret);
}
