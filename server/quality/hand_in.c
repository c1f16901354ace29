#include "server/quality/hand_in.h"

#include <string.h>

#include "server/ecm/completion.h"
#include "server/ecm/day.h"
#include "server/final/standing.h"
#include "server/people/secrets.h"
#include "server/problem.h"
#include "server/quality/form.h"
#include "server/quality/key.h"
#include "server/quality/limits.h"
#include "server/store/ecm.h"
#include "server/store/questionnaire.h"

static const struct problem_text no_event = {
	.code = "QUALITY_NO_EVENT",
	.it = "Nessun evento ECM copre per ora il tuo percorso: il questionario non è previsto.",
	.en = "No ECM event covers your path at present: there is no questionnaire.",
};

static const struct problem_text too_early = {
	.code = "QUALITY_TOO_EARLY",
	.it = "Il questionario si compila alla fine, dopo aver superato la prova finale.",
	.en = "The questionnaire comes at the end, after the final test was passed.",
	.mend_it = "La pagina da cui vieni dice che cosa manca.",
	.mend_en = "The page that you come from says what is missing.",
};

static const struct problem_text too_late = {
	.code = "QUALITY_EVENT_CLOSED",
	.it = "L’evento è concluso: il questionario non si può più compilare.",
	.en = "The event is over: the questionnaire can no longer be filled in.",
};

static bool lacks(const struct final_standing *standing, const char *code)
{
	for (guint i = 0; i < standing->missing->len; i++) {
		if (strcmp(g_array_index(standing->missing, struct problem, i).code, code) == 0) {
			return true;
		}
	}
	return false;
}

/*
 * The path is behind the person: passed, or nothing more to sit, or no test demanded and all modules done. A test in class is
 * entered later by somebody else: the questionnaire does not wait for that.
 */
static bool path_is_done(const struct final_standing *standing)
{
	bool studied = !lacks(standing, "MODULES_MISSING") && !lacks(standing, "TIME_MISSING") &&
		       !lacks(standing, "PRESENCE_MISSING");
	bool open = standing->has_attempt && !standing->newest.done;
	return standing->outcome.passed ||
	       (!open && studied && (!standing->rules.required || lacks(standing, "FINAL_NO_ATTEMPTS") ||
						   lacks(standing, "FINAL_IN_CLASS")));
}

void quality_right(struct db *db, int64_t person, int64_t event, int64_t now, struct quality_right *ret)
{
	*ret = (struct quality_right){0};
	char today[11];
	ecm_day(now, today);
	struct final_standing standing;
	final_standing(db, person, event, now, &standing);
	ret->has_event = standing.has_event;
	ret->event = standing.event;
	if (!standing.has_event) {
		problem_set(&ret->why_not, &no_event, "");
	} else {
		struct questionnaire_status status;
		questionnaire_status(db, person, standing.event.id, &status);
		ret->handed_in = status.handed_in;
		g_strlcpy(ret->day, status.day, sizeof(ret->day));
		if (!path_is_done(&standing)) {
			problem_set(&ret->why_not, &too_early, "");
		} else if (strcmp(today, standing.last_day) > 0) {
			problem_set(&ret->why_not, &too_late, "");
		} else {
			ret->may_hand_in = !ret->handed_in;
		}
	}
	final_standing_finish(&standing);
}

/* --- Sealing --- */

static bool seal(struct db *db, int64_t event, const unsigned char key[32], const char *sheet)
{
	size_t len = strlen(sheet);
	if (len >= QUALITY_SEALED_BYTES) {
		return false;
	}
	g_autofree char *plain = g_malloc0(QUALITY_SEALED_BYTES); /* all the same size: a length is a name */
	memcpy(plain, sheet, len);
	g_autofree unsigned char *sealed = g_malloc(QUALITY_SEALED_BYTES + SECRETS_SEAL);
	secrets_seal(key, plain, QUALITY_SEALED_BYTES, sealed);
	questionnaire_seal(
		db, event, (struct span){.at = (const char *)sealed, .len = QUALITY_SEALED_BYTES + SECRETS_SEAL});
	return true;
}

/* NULL: nobody can open it any more. */
static json_t *unseal(GBytes *bytes, const struct quality_keys *keys)
{
	gsize len;
	const unsigned char *sealed = g_bytes_get_data(bytes, &len);
	if (len != QUALITY_SEALED_BYTES + SECRETS_SEAL) {
		return NULL;
	}
	g_autofree unsigned char *plain = g_malloc0(QUALITY_SEALED_BYTES + 1);
	if (!secrets_open(keys->now, sealed, len, plain) &&
		!(keys->has_old && secrets_open(keys->old, sealed, len, plain))) {
		return NULL;
	}
	return json_loads((const char *)plain, 0, NULL);
}

/* --- Releasing --- */

static void shuffle(GPtrArray *list)
{
	for (guint i = list->len; i > 1; i--) {
		guint k = (guint)(secrets_number() % i);
		gpointer kept = list->pdata[i - 1];
		list->pdata[i - 1] = list->pdata[k];
		list->pdata[k] = kept;
	}
}

static void write_form(struct db *db, int64_t event, GPtrArray *sheets, const char *form)
{
	shuffle(sheets); /* anew for each form: their rows are not written in the same order */
	for (guint i = 0; i < sheets->len; i++) {
		json_t *part = json_object_get(g_ptr_array_index(sheets, i), form);
		json_t *choices = json_object_get(part, "choices");
		if (json_object_size(choices) > 0) {
			char *text = json_dumps(choices, JSON_COMPACT | JSON_SORT_KEYS);
			questionnaire_sheet_add(db, event, form,
				json_string_value(json_object_get(part, "version")), text);
			free(text);
		}
	}
	shuffle(sheets);
	for (guint i = 0; i < sheets->len; i++) {
		json_t *part = json_object_get(g_ptr_array_index(sheets, i), form);
		const char *question;
		json_t *text;
		json_object_foreach(json_object_get(part, "texts"), question, text)
		{
			questionnaire_comment_add(db, event, form, question, json_string_value(text));
		}
	}
}

static GPtrArray *open_all(struct db *db, int64_t event, const struct quality_keys *keys)
{
	g_autoptr(GPtrArray) sealed = questionnaire_sealed(db, event);
	GPtrArray *sheets = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
	for (guint i = 0; i < sealed->len; i++) {
		json_t *sheet = unseal(g_ptr_array_index(sealed, i), keys);
		if (sheet) {
			g_ptr_array_add(sheets, sheet);
		}
	}
	return sheets;
}

struct handing_in {
	struct app *app;
	int64_t person, event;
	const char *sheet;
	bool released;
};

static bool release_when_complete(struct db *db, struct handing_in *work, const struct quality_keys *keys)
{
	struct questionnaire_settings settings;
	questionnaire_settings_load(db, work->event, &settings);
	guint group = MAX(settings.smallest_group, QUALITY_GROUP_SMALLEST);
	questionnaire_settings_finish(&settings);
	struct questionnaire_counts counts;
	questionnaire_counts(db, work->event, &counts);
	if (counts.waiting < group) {
		return true;
	}
	g_autoptr(GPtrArray) sheets = open_all(db, work->event, keys);
	if (sheets->len < group) {
		return true; /* some were sealed before the machine was last started: those that open wait on */
	}
	write_form(db, work->event, sheets, "standard");
	write_form(db, work->event, sheets, "extra");
	questionnaire_unseal(db, work->event);
	work->released = quality_keys_turn(work->app->folder, work->event);
	return work->released;
}

static bool hand_in(struct db *db, void *data)
{
	struct handing_in *work = data;
	struct quality_right right;
	struct problem problem;
	struct ecm_event event;
	bool in_class = ecm_event_by_id(db, work->event, &event) && ecm_event_in_class(&event);
	quality_right(db, work->person, in_class ? work->event : 0, store_now(), &right);
	if (right.handed_in) {
		return true;
	}
	if (!right.may_hand_in || right.event.id != work->event) {
		return db_refuse(db, &right.why_not);
	}
	struct quality_keys keys;
	if (!quality_keys_load(work->app->folder, work->event, &keys, &problem)) {
		return db_refuse(db, &problem);
	}
	if (keys.is_new && !keys.has_old) {
		questionnaire_unseal(db, work->event); /* nobody can open what waited before a reboot */
	}
	char today[11];
	ecm_day(store_now(), today);
	questionnaire_mark(db, work->person, work->event, today);
	if (!seal(db, work->event, keys.now, work->sheet) || !release_when_complete(db, work, &keys)) {
		return false;
	}
	completion_review(db, work->person);
	return true;
}

bool quality_hand_in(struct app *app, int64_t person, int64_t event, json_t *sheet, struct problem *ret)
{
	char *text = json_dumps(sheet, JSON_COMPACT);
	struct handing_in work = {.app = app, .person = person, .event = event, .sheet = text};
	bool good = store_write(app->store, hand_in, &work, ret);
	free(text);
	if (good && work.released) {
		quality_keys_forget(app->folder, event);
	}
	return good;
}
