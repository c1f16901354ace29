#include "server/learning/launch_json.h"

#include "server/app.h"
#include "server/people/secrets.h"
#include "server/settings.h"
#include "server/store/attempts.h"
#include "server/store/courses.h"
#include "server/store/path.h"
#include "server/store/people.h"

static json_t *module_json(struct db *db, int64_t index, const char *language)
{
	g_autoptr(GArray) modules = path_modules(db);
	for (guint i = 0; i < modules->len; i++) {
		const struct module_row *module = &g_array_index(modules, struct module_row, i);
		if (module->index == index) {
			bool english = g_strcmp0(language, "en") == 0;
			return json_pack("{s:I, s:s}", "index", (json_int_t)index, "title",
				english ? module->title_en : module->title_it);
		}
	}
	return json_null();
}

static json_t *learner_json(const struct person *person)
{
	g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, person->id);
	g_autofree char *name = g_strdup_printf("%s, %s", person->family_name, person->given_name);
	return json_pack("{s:s, s:s, s:s}", "id", id, "name", name, "language", person->language);
}

/* Attempts that gave way in this module, and whether the last did so for the one that is opened here the
 * first time. */
static json_t *earlier_json(struct db *db, const struct attempt *attempt, bool *ret_updated)
{
	json_t *list = json_array();
	*ret_updated = false;
	g_autoptr(GArray) attempts = attempts_of_person(db, attempt->person);
	for (guint i = 0; attempt->id != 0 && i < attempts->len; i++) {
		const struct attempt *each = &g_array_index(attempts, struct attempt, i);
		if (each->module == attempt->module && each->replaced_by != 0) {
			json_array_append_new(list, json_integer(each->id));
			*ret_updated = *ret_updated ||
				       (each->replaced_by == attempt->id && attempt->last_sequence == 0);
		}
	}
	return list;
}

/* What the browser keeps of an attempt is sealed under its key: other courses share the content origin. */
static json_t *keys_json(struct request *request, const struct launch *launch, const json_t *earlier)
{
	json_t *keys = json_object();
	for (size_t i = 0; launch->attempt != 0 && !launch->inspects && i <= json_array_size(earlier); i++) {
		int64_t attempt = i == 0 ? launch->attempt : json_integer_value(json_array_get(earlier, i - 1));
		char name[24], text[40], key[SECRETS_TOKEN];
		g_snprintf(name, sizeof(name), "%" G_GINT64_FORMAT, attempt);
		g_snprintf(text, sizeof(text), "browser %s", name);
		secrets_keyed(request->app->key, text, key);
		json_object_set_new(keys, name, json_string(key));
	}
	return keys;
}

/* Where "back" leads: yours (g_free). */
static char *back_address(struct request *request, const struct launch *launch, int64_t learner)
{
	const char *origin = http_origin(request->app->http, ORIGIN_APPLICATION);
	if (launch->inspects) {
		return g_strdup_printf("%s/persone/%" G_GINT64_FORMAT, origin, learner);
	}
	return g_strdup_printf("%s/%s", origin, launch->attempt == 0 ? "corsi" : "");
}

json_t *launch_json(struct request *request, struct db *db, const struct launch *launch)
{
	struct person person = {0}, viewer = {0};
	struct version_row version = {0};
	struct course_row course = {.settings.status_rule = "all"};
	struct attempt attempt = {.seed = "1"};
	bool preview = launch->attempt == 0;
	version_find(db, launch->version, &version);
	course_row_find(db, version.course, &course);
	if (!preview) {
		attempt_find(db, launch->attempt, &attempt);
	}
	people_by_id(db, preview ? launch->person : attempt.person, &person);
	people_by_id(db, launch->person, &viewer);
	g_autofree char *back = back_address(request, launch, attempt.person);
	json_t *json = json_pack(
		"{s:I, s:{s:s, s:s, s:I}, s:o, s:s, s:b, s:b, s:s, s:s, s:s, s:I, s:I, s:s, s:s, "
		"s:o, s:I, s:b}",
		"attempt", (json_int_t)attempt.id, "course", "title", version.title, "edition",
		version.edition, "version", (json_int_t)version.id, "learner", learner_json(&person), "mode",
		"normal", "credit", (int)!preview, "mastery_override", (int)course.settings.mastery_override,
		"status_rule", course.settings.status_rule, "seed", attempt.seed, "image", "course.img",
		"snapshot_sequence", (json_int_t)attempt.last_sequence, "lease", (json_int_t)attempt.lease,
		"back_url", back, "lang", viewer.language, "module",
		preview ? json_null() : module_json(db, attempt.module, person.language), "heartbeat_seconds",
		(json_int_t)settings_number(db, "heartbeat_seconds"), "preview", (int)preview);
	bool updated;
	json_object_set_new(json, "earlier", earlier_json(db, &attempt, &updated));
	json_object_set_new(json, "keys", keys_json(request, launch, json_object_get(json, "earlier")));
	json_object_set_new(json, "updated", json_boolean(updated));
	json_object_set_new(json, "inspect", json_boolean(launch->inspects));
	return json;
}
