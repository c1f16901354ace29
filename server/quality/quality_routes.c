/* The quality questionnaire: filling it in, and for the provider its settings and sums. */
#include <string.h>

#include "server/app.h"
#include "server/ecm/completion.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/quality/form.h"
#include "server/quality/hand_in.h"
#include "server/quality/limits.h"
#include "server/quality/summary.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/ecm.h"
#include "server/store/questionnaire.h"

static const struct problem_text closed = {
	.code = "QUALITY_EXTRA_FIXED",
	.it = "Qualcuno ha già consegnato il questionario: le domande aggiuntive non si possono più cambiare.",
	.en = "Somebody has handed in already: the extra questions can no longer be changed.",
	.mend_it = "Usa le nuove domande per il prossimo evento.",
	.mend_en = "Use the new questions for the next event.",
};

static json_t *extra_of(struct db *db, int64_t event)
{
	struct questionnaire_settings settings;
	questionnaire_settings_load(db, event, &settings);
	json_t *extra = json_loads(settings.extra, 0, NULL);
	questionnaire_settings_finish(&settings);
	return extra ? extra : json_array();
}

static void get_mine(struct request *request, struct reply *reply)
{
	struct quality_right right;
	struct questionnaire_status status = {0};
	struct db *db = store_read(request->app->store);
	quality_right(db, request->who.person, request_query_number(request, "event", 1, INT64_MAX, 0), store_now(), &right);
	json_t *extra = right.has_event ? extra_of(db, right.event.id) : json_array();
	if (right.has_event) {
		questionnaire_status(db, request->who.person, right.event.id, &status);
	}
	store_read_done(request->app->store, db);
	bool blocked = !right.may_hand_in && !right.handed_in;
	reply_json(reply, 200,
		json_pack("{s:o, s:o, s:b, s:b, s:s, s:b, s:o, s:o, s:o}", "event",
			right.has_event ? json_integer(right.event.id) : json_null(), "event_title",
			right.has_event ? json_string(right.event.title) : json_null(), "required",
			(int)status.required, "handed_in", (int)right.handed_in, "day", right.day, "may_hand_in",
			(int)right.may_hand_in, "why_not", blocked ? problem_json(&right.why_not) : json_null(),
			"standard", quality_form_standard(), "extra", extra));
}

/* {choices, texts, version} of one form; NULL with faults. */
static json_t *read_part(json_t *questions, json_t *answers, const char *version, struct faults *faults)
{
	json_t *choices, *texts;
	if (!quality_form_answers(questions, answers, &choices, &texts, faults)) {
		return NULL;
	}
	return json_pack("{s:s, s:o, s:o}", "version", version, "choices", choices, "texts", texts);
}

static json_t *read_sheet(struct request *request, struct db *db, int64_t event, struct faults *faults)
{
	json_auto_t *standard = quality_form_standard();
	json_auto_t *extra = extra_of(db, event);
	json_t *one = read_part(json_object_get(standard, "questions"),
		json_object_get(request->json, "standard"),
		json_string_value(json_object_get(standard, "version")), faults);
	json_t *two = read_part(extra, json_object_get(request->json, "extra"), "1", faults);
	if (!one || !two) {
		json_decref(one);
		json_decref(two);
		return NULL;
	}
	return json_pack("{s:o, s:o}", "standard", one, "extra", two);
}

static void post_mine(struct request *request, struct reply *reply)
{
	struct quality_right right;
	struct faults faults;
	struct problem problem = {0};
	faults_init(&faults, 50);
	struct db *db = store_read(request->app->store);
	quality_right(db, request->who.person, request_query_number(request, "event", 1, INT64_MAX, 0), store_now(), &right);
	json_t *sheet = right.may_hand_in ? read_sheet(request, db, right.event.id, &faults) : NULL;
	store_read_done(request->app->store, db);
	if (right.handed_in) {
		get_mine(request, reply); /* again: nothing changes */
	} else if (!right.may_hand_in) {
		reply_problem(reply, 409, &right.why_not);
	} else if (!sheet) {
		reply_faults(reply, 422, &faults);
	} else if (quality_hand_in(request->app, request->who.person, right.event.id, sheet, &problem)) {
		get_mine(request, reply);
	} else if (strncmp(problem.code, "QUALITY_", 8) == 0) {
		reply_problem(reply, 409, &problem);
	} else {
		reply_store_fault(reply, &problem);
	}
	json_decref(sheet);
	faults_finish(&faults);
}

/* --- The provider --- */

static bool event_exists(struct request *request, struct reply *reply, struct db *db)
{
	struct ecm_event event;
	bool found = ecm_event_by_id(db, request->values[0].number, &event);
	if (!found) {
		reply_not_found(reply, "event");
	}
	return found;
}

static void get_summary(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	if (event_exists(request, reply, db)) {
		reply_json(reply, 200, quality_summary(db, request->values[0].number));
	}
	store_read_done(request->app->store, db);
}

static void get_csv(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	if (event_exists(request, reply, db)) {
		json_auto_t *summary = quality_summary(db, request->values[0].number);
		char *csv = quality_summary_csv(summary);
		g_autoptr(GBytes) bytes = g_bytes_new_take(csv, strlen(csv));
		reply_header(reply, "Content-Disposition", "attachment; filename=\"qualita-percepita.csv\"");
		reply_bytes(reply, 200, "text/csv; charset=utf-8", bytes);
	}
	store_read_done(request->app->store, db);
}

struct saving {
	int64_t event, by;
	struct questionnaire_settings settings;
	bool extra_changed;
};

static bool save_settings(struct db *db, void *data)
{
	struct saving *saving = data;
	struct questionnaire_counts counts;
	questionnaire_counts(db, saving->event, &counts);
	if (saving->extra_changed && counts.handed_in > 0) {
		struct problem problem;
		problem_set(&problem, &closed, "extra");
		return db_refuse(db, &problem);
	}
	questionnaire_settings_save(db, saving->event, &saving->settings, saving->by);
	g_autofree char *detail =
		g_strdup_printf("required %d, smallest group %u, extra %s", saving->settings.required,
			saving->settings.smallest_group, saving->settings.extra);
	audit_about(db, saving->by, "quality.settings", "ecm_event", saving->event, detail);
	return true;
}

/* False: a fault was told. */
static bool read_settings(json_t *json, struct saving *saving, struct faults *faults)
{
	static const struct fault_text group_text = {"QUALITY_GROUP", SEVERITY_ERROR, NULL,
		"Il gruppo più piccolo è un numero intero da $1 a $2.",
		"The smallest group is a whole number from $1 to $2.", NULL, NULL};
	json_t *required = json_object_get(json, "required"), *extra = json_object_get(json, "extra");
	json_t *group = json_object_get(json, "smallest_group");
	if (json_is_boolean(required)) {
		saving->settings.required = json_is_true(required);
	}
	if (group) {
		json_int_t size = json_integer_value(group);
		if (size < QUALITY_GROUP_SMALLEST || size > QUALITY_GROUP_LARGEST) {
			faults_add(faults, &group_text, "smallest_group", G_STRINGIFY(5), G_STRINGIFY(1000));
			return false;
		}
		saving->settings.smallest_group = (guint)size;
	}
	if (extra) {
		json_auto_t *form = quality_form_extra(extra, faults);
		if (!form) {
			return false;
		}
		char *text = json_dumps(form, JSON_COMPACT);
		saving->extra_changed = strcmp(text, saving->settings.extra) != 0;
		g_free(saving->settings.extra);
		saving->settings.extra = g_strdup(text);
		free(text);
	}
	return true;
}

static void put_settings(struct request *request, struct reply *reply)
{
	struct saving saving = {.event = request->values[0].number, .by = request->who.person};
	struct problem problem = {0};
	struct faults faults;
	struct db *db = store_read(request->app->store);
	bool found = event_exists(request, reply, db);
	questionnaire_settings_load(db, saving.event, &saving.settings);
	store_read_done(request->app->store, db);
	faults_init(&faults, 50);
	if (found && !read_settings(request->json, &saving, &faults)) {
		reply_faults(reply, 422, &faults);
	} else if (found && store_write(request->app->store, save_settings, &saving, &problem)) {
		completion_sweep(request->app->store, saving.event);
		get_summary(request, reply);
	} else if (found && strcmp(problem.code, closed.code) == 0) {
		reply_problem(reply, 409, &problem);
	} else if (found) {
		reply_store_fault(reply, &problem);
	}
	questionnaire_settings_finish(&saving.settings);
	faults_finish(&faults);
}

const struct route quality_routes[] = {
	{.id = "quality.mine",
		.method = HTTP_GET,
		.pattern = "/api/me/quality",
		.roles = ROLE_OPERATOR,
		.handler = get_mine,
		.summary = "The quality questionnaire to fill in, and whether I handed it in"},
	{.id = "quality.hand_in",
		.method = HTTP_POST,
		.pattern = "/api/me/quality",
		.roles = ROLE_OPERATOR,
		.body = BODY_JSON,
		.handler = post_mine,
		.summary = "Hands the questionnaire in, anonymously; doing it again changes nothing"},
	{.id = "quality.summary",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/quality",
		.roles = ROLE_PROVIDER,
		.handler = get_summary,
		.summary = "What the questionnaires say together, from the smallest group on"},
	{.id = "quality.settings",
		.method = HTTP_PUT,
		.pattern = "/api/ecm/events/{event:id}/quality",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = put_settings,
		.summary = "Whether it is a condition of credits, the smallest group, the extra questions"},
	{.id = "quality.csv",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/quality.csv",
		.roles = ROLE_PROVIDER,
		.handler = get_csv,
		.summary = "The sums as CSV"},
	ROUTE_END,
};
