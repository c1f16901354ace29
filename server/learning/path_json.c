#include "server/learning/path_json.h"

#include "server/ecm/completion.h"
#include "server/placement/rules.h"
#include "server/settings.h"
#include "server/store/attempts.h"
#include "server/store/levels.h"

bool path_is_locked(const GArray *path, bool forced, int64_t module)
{
	for (guint i = 0; forced && i < path->len; i++) {
		const struct module_state *state = &g_array_index(path, struct module_state, i);
		if (state->module.index >= module) {
			break;
		}
		if (state->package.version != 0 && !state->completed) {
			return true;
		}
	}
	return false;
}

static const char *status_of(const struct module_state *state)
{
	if (state->completed) {
		return "completed";
	}
	if (state->package.version == 0) {
		return "unassigned";
	}
	return state->begun ? "in_progress" : "not_started";
}

static const char *success_of(const struct module_state *state)
{
	switch (state->best_success) {
	case SUCCESS_PASSED:
		return "passed";
	case SUCCESS_FAILED:
		return "failed";
	case SUCCESS_UNKNOWN:
		break;
	}
	return "unknown";
}

static json_t *score_of(const struct module_state *state)
{
	double score = state->best_score * 100;
	return state->has_best_score ? json_real(CLAMP(score, 0, 100)) : json_null();
}

/* 0..1: what the course says, else the share of its parts that are done. */
static json_t *progress_of(const struct module_state *state)
{
	const struct attempt *attempt = &state->attempt;
	if (state->completed) {
		return json_real(1);
	}
	if (attempt->has_best_progress) {
		return json_real(attempt->best_progress);
	}
	if (attempt->activities > 1) {
		return json_real((double)attempt->activities_completed / (double)attempt->activities);
	}
	return json_null();
}

/* A new version of the course: taken over already, or the next time the module is opened. */
static json_t *news_of(const struct module_state *state)
{
	char at[32];
	store_time_text(state->news_at, at);
	switch (state->news) {
	case VERSION_WILL_CHANGE:
		return json_pack("{s:s, s:s}", "state", "waiting", "at", at);
	case VERSION_WILL_RETURN:
		return json_pack("{s:s, s:s}", "state", "returning", "at", at);
	case VERSION_CHANGED:
		return json_pack("{s:s, s:s}", "state", "done", "at", at);
	case VERSION_SAME:
		break;
	}
	return json_null();
}

static json_t *module_json(const struct module_state *state, bool locked)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:b, s:s, s:o, s:o, s:I, s:I, s:o}", "index",
		(json_int_t)state->module.index, "title_it", state->module.title_it, "title_en",
		state->module.title_en, "status", status_of(state), "locked", (int)locked, "success",
		success_of(state), "score", score_of(state), "progress", progress_of(state), "seconds",
		(json_int_t)(state->seen_ms / 1000), "minutes_expected",
		(json_int_t)state->module.minutes_expected, "update", news_of(state));
}

static json_t *level_json(bool placed, const struct level_row *level)
{
	return placed ? json_pack("{s:s, s:s, s:s}", "id", level->id, "name_it", level->name_it, "name_en",
				level->name_en)
		      : json_null();
}

json_t *path_json(struct db *db, int64_t person)
{
	struct level_row level;
	bool placed = level_of_person(db, person, &level);
	bool forced = settings_is(db, "order", "forced");
	g_autoptr(GArray) path = path_of_person_at(db, person, placed ? level.id : NULL);
	json_t *modules = json_array();
	json_t *next = NULL;
	int64_t total = 0, needed = 0;
	for (guint i = 0; i < path->len; i++) {
		const struct module_state *state = &g_array_index(path, struct module_state, i);
		bool locked = path_is_locked(path, forced, state->module.index);
		json_array_append_new(modules, module_json(state, locked));
		total += state->seen_ms / 1000;
		if (next == NULL && state->package.version != 0 && !state->completed && !locked) {
			next = json_integer(state->module.index);
		}
	}
	json_t *completion = completion_json(db, person, &needed);
	return json_pack("{s:o, s:o, s:s, s:o, s:o, s:I, s:I, s:o}", "level", level_json(placed, &level),
		"placement", placement_right_json(db, person), "order", forced ? "forced" : "free", "modules",
		modules, "next", next == NULL ? json_null() : next, "seconds_total", (json_int_t)total,
		"seconds_needed", (json_int_t)needed, "completion", completion);
}
