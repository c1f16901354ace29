/*
 * /play/TOKEN/ of a launch that looks into an attempt: its journal, what of it was refused, and what the platform
 * makes of it. The token is the only right it needs, and lasts as long as the role that it was given for.
 */
#include "server/app.h"
#include "server/ecm/completion.h"
#include "server/learning/launch.h"
#include "server/limits.h"
#include "server/routes.h"
#include "server/store/attempts.h"

/* False: answered; also when the launch plays. */
static bool launch_that_looks(struct request *request, struct reply *reply, struct launch *ret)
{
	if (!launch_to_look(request, reply, ret)) {
		return false;
	}
	if (!ret->inspects) {
		reply_not_found(reply, "journal");
	}
	return ret->inspects;
}

static void play_records(struct request *request, struct reply *reply)
{
	struct launch launch;
	if (!launch_that_looks(request, reply, &launch)) {
		return;
	}
	int64_t after = request_query_number(request, "after", 0, INT64_MAX, 0);
	struct db *db = store_read(request->app->store);
	g_autoptr(GBytes) records = attempt_records(db, launch.attempt, after, LIMIT_INSPECTED_BYTES);
	store_read_done(request->app->store, db);
	reply_bytes(reply, 200, "application/octet-stream", records);
}

static json_t *time_json(int64_t ms)
{
	return ms == 0 ? json_null() : json_integer(ms);
}

static json_t *refused_json(struct db *db, int64_t attempt)
{
	json_t *list = json_array();
	g_autoptr(GPtrArray) rows = attempt_refused(db, attempt);
	for (guint i = 0; i < rows->len; i++) {
		const struct refused_records *row = g_ptr_array_index(rows, i);
		gsize size;
		const guchar *at = g_bytes_get_data(row->records, &size);
		g_autofree char *records = g_base64_encode(at, size);
		json_array_append_new(list, json_pack("{s:I, s:s, s:s}", "at", (json_int_t)row->received_at,
						    "code", row->code, "records", records));
	}
	return list;
}

static json_t *attempt_json(const struct attempt *attempt)
{
	return json_pack("{s:o, s:I, s:I, s:I, s:I, s:b}", "completed_at", time_json(attempt->completed_at),
		"last_sequence", (json_int_t)attempt->last_sequence, "seconds_by_course",
		(json_int_t)(attempt->session_ms / 1000), "seconds_by_server",
		(json_int_t)(attempt->seen_ms / 1000), "seconds_effective",
		(json_int_t)(attempt_effective_ms(attempt) / 1000), "replaced",
		(int)(attempt->replaced_by != 0));
}

/* The module at the level that the person has now, which may rest on other attempts. */
static json_t *module_json(struct db *db, const struct attempt *attempt)
{
	struct module_state state;
	g_autoptr(GArray) path = path_of_person(db, attempt->person);
	if (!path_module_in(path, attempt->module, &state)) {
		return json_null();
	}
	return json_pack("{s:I, s:b, s:o, s:I}", "index", (json_int_t)state.module.index, "completed",
		(int)state.completed, "completed_at", time_json(state.completed_at), "attempts",
		(json_int_t)state.attempts);
}

static void play_standing(struct request *request, struct reply *reply)
{
	struct launch launch;
	if (!launch_that_looks(request, reply, &launch)) {
		return;
	}
	struct attempt attempt = {0};
	int64_t needed = 0;
	struct db *db = store_read(request->app->store);
	attempt_find(db, launch.attempt, &attempt);
	json_t *json = json_pack("{s:o, s:o, s:o, s:o}", "attempt", attempt_json(&attempt), "module",
		module_json(db, &attempt), "path", completion_json(db, attempt.person, &needed), "refused",
		refused_json(db, attempt.id));
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json);
}

const struct route look_routes[] = {
	{.id = "play.records",
		.method = HTTP_GET,
		.origin = ORIGIN_CONTENT,
		.pattern = "/play/{token:token}/records",
		.roles = ROLE_LAUNCH,
		.handler = play_records,
		.summary =
			"The attempt's journal after a record (query after, default 0), as far as one answer "
			"holds it, for a launch that looks at it"},
	{.id = "play.standing",
		.method = HTTP_GET,
		.origin = ORIGIN_CONTENT,
		.pattern = "/play/{token:token}/standing",
		.roles = ROLE_LAUNCH,
		.handler = play_standing,
		.summary = "What was refused of the journal, and what the platform makes of the attempt"},
	ROUTE_END,
};
