/* A person's path: what holds of each module, over all attempts that count in it. */
#include <string.h>

#include "server/store/attempts.h"
#include "server/store/levels.h"
#include "server/store/versions.h"

int64_t attempt_effective_ms(const struct attempt *attempt)
{
	return attempt->session_ms > 0 ? MIN(attempt->session_ms, attempt->seen_ms) : attempt->seen_ms;
}

bool attempt_is_begun(const struct attempt *attempt)
{
	return attempt->completed_at != 0 || attempt->success != SUCCESS_UNKNOWN || attempt->has_best_score ||
	       (attempt->has_best_progress && attempt->best_progress > 0) ||
	       attempt->active_ms >= ATTEMPT_BEGUN_MS;
}

bool attempt_counts(const struct attempt *attempt, const char *level, int64_t course)
{
	return strcmp(attempt->level, level) == 0 || attempt->course == course;
}

static void add_up(struct module_state *state, const struct attempt *attempt)
{
	state->attempts++;
	state->begun = state->begun || attempt->last_sequence > 0;
	state->session_ms += attempt->session_ms;
	state->seen_ms += attempt->seen_ms;
	state->effective_ms += attempt_effective_ms(attempt);
	state->updated_at = MAX(state->updated_at, attempt->updated_at);
	if (attempt->completed_at != 0 &&
		(!state->completed || attempt->completed_at < state->completed_at)) {
		state->completed = true;
		state->completed_at = attempt->completed_at;
	}
	if (attempt->best_success == SUCCESS_PASSED || state->best_success == SUCCESS_UNKNOWN) {
		state->best_success = attempt->best_success;
	}
	if (attempt->has_best_score && (!state->has_best_score || attempt->best_score > state->best_score)) {
		state->has_best_score = true;
		state->best_score = attempt->best_score;
	}
}

/* Of several that were not replaced, the one begun at this level; of these the newest. */
static bool goes_before(const struct attempt *one, const struct module_state *state, const char *level)
{
	bool mine = strcmp(one->level, level) == 0;
	bool other = state->has_attempt && strcmp(state->attempt.level, level) == 0;
	return !state->has_attempt || mine > other || (mine == other && one->id > state->attempt.id);
}

static bool has_been_on(const GArray *attempts, const struct module_state *state)
{
	for (guint i = 0; i < attempts->len; i++) {
		const struct attempt *attempt = &g_array_index(attempts, struct attempt, i);
		if (attempt->module == state->module.index && attempt->version == state->package.version) {
			return true;
		}
	}
	return false;
}

static void find_news(struct db *db, struct module_state *state, const GArray *attempts)
{
	if (!state->has_attempt) {
		return;
	}
	for (guint i = 0; i < attempts->len; i++) {
		const struct attempt *old = &g_array_index(attempts, struct attempt, i);
		if (old->replaced_by == state->attempt.id) {
			state->news = VERSION_CHANGED;
			state->news_at = MAX(state->news_at, old->replaced_at);
		}
	}
	int64_t asked_at = attempt_gives_way(db, &state->attempt, state->completed, &state->package);
	if (asked_at != 0) {
		state->news = has_been_on(attempts, state) ? VERSION_WILL_RETURN : VERSION_WILL_CHANGE;
		state->news_at = asked_at;
	}
}

static void fill(struct db *db, struct module_state *state, const GArray *attempts, const char *level)
{
	if (level == NULL || !path_package(db, state->module.index, level, &state->package)) {
		return;
	}
	for (guint i = 0; i < attempts->len; i++) {
		const struct attempt *attempt = &g_array_index(attempts, struct attempt, i);
		if (attempt->module != state->module.index ||
			!attempt_counts(attempt, level, state->package.course)) {
			continue;
		}
		add_up(state, attempt);
		if (attempt->replaced_by == 0 && goes_before(attempt, state, level)) {
			state->attempt = *attempt;
			state->has_attempt = true;
		}
	}
	find_news(db, state, attempts);
	if (state->package.retired && !state->has_attempt) {
		state->package.version = 0;
	}
}

GArray *path_of_person_at(struct db *db, int64_t person, const char *level)
{
	g_autoptr(GArray) modules = level ? path_modules_of(db, level) : path_modules(db);
	g_autoptr(GArray) attempts = attempts_of_person(db, person);
	GArray *list = g_array_new(FALSE, TRUE, sizeof(struct module_state));
	for (guint i = 0; i < modules->len; i++) {
		struct module_state state = {.module = g_array_index(modules, struct module_row, i)};
		fill(db, &state, attempts, level);
		g_array_append_val(list, state);
	}
	return list;
}

bool path_module_in(const GArray *path, int64_t module, struct module_state *ret)
{
	for (guint i = 0; i < path->len; i++) {
		if (g_array_index(path, struct module_state, i).module.index == module) {
			*ret = g_array_index(path, struct module_state, i);
			return true;
		}
	}
	return false;
}

GArray *path_of_person(struct db *db, int64_t person)
{
	struct level_row level;
	return path_of_person_at(db, person, level_of_person(db, person, &level) ? level.id : NULL);
}
