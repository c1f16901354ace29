/* /api/ecm/events/{event}/final: the provider sets the test up and looks at what came of it. */
#include <string.h>

#include "assessment/form/exam.h"
#include "server/app.h"
#include "server/final/rules_json.h"
#include "server/final/statistics.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/ecm.h"
#include "server/store/placement.h"

static const struct problem_text no_bank = {
	.code = "BANK_UNKNOWN",
	.it = "La banca scelta non esiste.",
	.en = "There is no such bank.",
	.mend_it = "Scegli una banca dalla lista.",
	.mend_en = "Choose a bank from the list.",
};

static bool load(struct request *request, struct reply *reply, struct ecm_event *event,
	struct final_rules *rules)
{
	struct db *db = store_read(request->app->store);
	bool found = ecm_event_by_id(db, request->values[0].number, event);
	if (found) {
		final_rules_load(db, event, rules);
	}
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "event");
	}
	return found;
}

static json_t *banks_json(struct db *db)
{
	g_autoptr(GArray) rows = banks_all(db);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		const struct bank_row *row = &g_array_index(rows, struct bank_row, i);
		json_array_append_new(list, json_pack("{s:I, s:s, s:s, s:I}", "id", (json_int_t)row->id, "name",
						    row->name, "version", row->version, "items",
						    (json_int_t)row->items));
	}
	return list;
}

static void get_rules(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct final_rules rules;
	if (!load(request, reply, &event, &rules)) {
		return;
	}
	struct db *db = store_read(request->app->store);
	json_t *banks = banks_json(db);
	store_read_done(request->app->store, db);
	reply_json(reply, 200,
		json_pack("{s:o, s:o, s:o}", "event", ecm_event_json(&event), "rules",
			final_rules_json(&event, &rules), "banks", banks));
}

/* The bank is checked when it is chosen: who sits the test must not be the first to find it short. */
static bool bank_fits(struct request *request, struct reply *reply, const struct ecm_event *event,
	const struct final_rules *rules)
{
	if (rules->bank == 0) {
		return true;
	}
	struct db *db = store_read(request->app->store);
	g_autofree char *body = bank_body(db, rules->bank, NULL);
	store_read_done(request->app->store, db);
	if (!body) {
		reply_fault(reply, 422, &no_bank, "bank");
		return false;
	}
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	struct bank *bank = bank_read(body, strlen(body), &faults);
	guint questions = final_questions(rules, event->credits_tenths);
	bool fits = bank && exam_bank_check(bank, questions, final_fresh_wanted(rules, questions), &faults);
	if (!fits) {
		reply_faults(reply, 422, &faults);
	}
	bank_destroy(bank);
	faults_finish(&faults);
	return fits;
}

struct saving {
	const struct ecm_event *event;
	const struct final_rules *rules;
	int64_t by;
};

static bool save_rules(struct db *db, void *data)
{
	const struct saving *saving = data;
	final_rules_save(db, saving->event->id, saving->rules, saving->by);
	json_t *json = final_rules_json(saving->event, saving->rules);
	char *detail = json_dumps(json, JSON_COMPACT);
	audit_about(db, saving->by, "final.rules", "ecm_event", saving->event->id, detail);
	free(detail);
	json_decref(json);
	return true;
}

static void put_rules(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct final_rules rules;
	struct faults faults;
	if (!load(request, reply, &event, &rules)) {
		return;
	}
	faults_init(&faults, 50);
	struct saving saving = {&event, &rules, request->who.person};
	struct problem problem = {0};
	if (!final_rules_read(&rules, request->json, &faults)) {
		reply_faults(reply, 422, &faults);
	} else if (bank_fits(request, reply, &event, &rules)) {
		if (store_write(request->app->store, save_rules, &saving, &problem)) {
			get_rules(request, reply);
		} else {
			reply_store_fault(reply, &problem);
		}
	}
	faults_finish(&faults);
}

static void get_statistics(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct final_rules rules;
	if (load(request, reply, &event, &rules)) {
		struct db *db = store_read(request->app->store);
		json_t *json = final_statistics(db, event.id);
		store_read_done(request->app->store, db);
		reply_json(reply, 200, json);
	}
}

/* Questions in the order shown, options in the order shown, what was chosen and what is right. */
static json_t *sheet_json(const struct exam *exam, const GArray *answers)
{
	json_t *list = json_array();
	for (guint q = 0; q < MIN(exam->question_count, answers->len); q++) {
		const struct exam_question *question = &exam->questions[q];
		guint chosen = g_array_index(answers, struct final_answer, q).chosen;
		json_t *options = json_array();
		for (guint i = 0; i < EXAM_OPTIONS; i++) {
			json_array_append_new(options, json_pack("{s:s, s:o}", "id", question->options[i].id,
							       "text", rich_json(question->options[i].text)));
		}
		json_array_append_new(list,
			json_pack("{s:s, s:o, s:o, s:s, s:o, s:b}", "id", question->id, "stem", rich_json(question->stem),
				"options", options, "right", question->options[question->right - 1].id,
				"chosen", chosen ? json_string(question->options[chosen - 1].id) : json_null(),
				"is_right", (int)(chosen == question->right)));
	}
	return list;
}

static json_t *attempt_json(struct db *db, const struct final_attempt *attempt)
{
	char started[32], done[32];
	store_time_text(attempt->started_at, started);
	store_time_text(attempt->done_at, done);
	g_autoptr(GArray) answers = final_answers(db, attempt->id);
	struct exam *exam = exam_read(attempt->exam);
	json_t *json = json_pack("{s:I, s:I, s:s, s:s, s:b, s:i, s:i, s:i, s:b, s:o}", "id",
		(json_int_t)attempt->id, "number", (json_int_t)attempt->number, "started_at", started,
		"done_at", done, "done", (int)attempt->done, "score", (int)attempt->score, "questions",
		(int)attempt->questions, "needed", (int)attempt->needed, "passed", (int)attempt->passed,
		"sheet", exam && attempt->done ? sheet_json(exam, answers) : json_null());
	exam_destroy(exam);
	return json;
}

static void get_attempts(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct final_rules rules;
	if (!load(request, reply, &event, &rules)) {
		return;
	}
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) history = final_history(db, request->values[1].number, event.id);
	json_t *list = json_array();
	for (guint i = 0; i < history->len; i++) {
		json_array_append_new(
			list, attempt_json(db, &g_array_index(history, struct final_attempt, i)));
	}
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json_pack("{s:o}", "attempts", list));
}

const struct route final_provider_routes[] = {
	{.id = "final.rules",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/final",
		.roles = ROLE_PROVIDER,
		.handler = get_rules,
		.summary = "The final test's rules, and the banks to choose from"},
	{.id = "final.rules.change",
		.method = HTTP_PUT,
		.pattern = "/api/ecm/events/{event:id}/final",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = put_rules,
		.summary = "Changes the rules that the body names; the bank is checked"},
	{.id = "final.statistics",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/final/statistics",
		.roles = ROLE_PROVIDER,
		.handler = get_statistics,
		.summary = "How the test and each of its questions did"},
	{.id = "final.attempts",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/final/people/{person:id}",
		.roles = ROLE_PROVIDER,
		.handler = get_attempts,
		.summary = "A person's attempts with both orders as they were drawn"},
	ROUTE_END,
};
