#include "server/final/standing.h"

#include <string.h>

#include "assessment/faults.h"
#include "server/classes/result.h"
#include "server/ecm/day.h"
#include "server/problem.h"
#include "server/store/attempts.h"
#include "server/store/class_marks.h"
#include "server/store/ecm.h"
#include "server/store/levels.h"

enum lack {
	LACK_LEVEL,
	LACK_EVENT,
	LACK_RUNNING,
	LACK_QUESTIONS,
	LACK_MODULES,
	LACK_TIME,
	LACK_ATTEMPTS,
	LACK_AGAIN_ANY,
	LACK_AGAIN,
	LACK_PRESENCE,
	LACK_CLASS_OVER,
	LACK_IN_CLASS,
};

static const struct fault_text texts[] = {
	[LACK_LEVEL] = {"PLACEMENT_MISSING", SEVERITY_HINT, NULL,
		"Devi ancora svolgere il questionario di ingresso.",
		"You have yet to take the entry questionnaire.", NULL, NULL},
	[LACK_EVENT] = {"FINAL_NO_EVENT", SEVERITY_HINT, NULL,
		"Nessun evento ECM copre per ora il tuo percorso: la prova finale non è prevista.",
		"No ECM event covers your path at present: there is no final test.", NULL, NULL},
	[LACK_RUNNING] = {"FINAL_EVENT_CLOSED", SEVERITY_HINT, NULL,
		"La prova si svolge dal $1 al $2, nel periodo dell’evento ECM.",
		"The test is taken from $1 to $2, while the ECM event runs.", NULL, NULL},
	[LACK_QUESTIONS] = {"FINAL_NOT_READY", SEVERITY_HINT, NULL,
		"La prova finale non è ancora disponibile.", "The final test is not available yet.",
		"La pubblica il provider.", "The provider publishes it."},
	[LACK_MODULES] = {"MODULES_MISSING", SEVERITY_HINT, NULL, "Hai completato $1 moduli su $2.",
		"You have completed $1 of $2 modules.", NULL, NULL},
	[LACK_TIME] = {"TIME_MISSING", SEVERITY_HINT, NULL,
		"Il tempo di studio registrato è di $1 minuti: ne servono $2.",
		"The study time on record is $1 minutes: $2 are needed.", NULL, NULL},
	[LACK_ATTEMPTS] = {"FINAL_NO_ATTEMPTS", SEVERITY_HINT, "ECM 3",
		"Hai usato i $1 tentativi permessi: per questo evento la prova non si può ripetere.",
		"You have used the $1 attempts allowed: for this event the test cannot be taken again.", NULL,
		NULL},
	[LACK_AGAIN_ANY] = {"FINAL_CONTENTS_AGAIN", SEVERITY_HINT, "ECM 3",
		"Prima di ritentare ripassa almeno un modulo, per almeno $1 secondi.",
		"Before the next attempt go through at least one module again, for at least $1 seconds.",
		NULL, NULL},
	[LACK_AGAIN] = {"FINAL_CONTENTS_AGAIN", SEVERITY_HINT, "ECM 3",
		"Prima di ritentare ripassa «$1»: ancora $2 secondi.",
		"Before the next attempt go through «$1» again: $2 more seconds.", NULL, NULL},
	[LACK_PRESENCE] = {"PRESENCE_MISSING", SEVERITY_HINT, "ECM 3",
		"La tua presenza registrata è di $1 minuti: ne servono $2.",
		"Your attendance on record is $1 minutes: $2 are needed.", NULL, NULL},
	[LACK_CLASS_OVER] = {"FINAL_CLASS_OVER", SEVERITY_HINT, "ECM 3",
		"La prova si svolge entro $2 giorni dall’ultimo incontro: il termine era il $1.",
		"The test is taken within $2 days of the last session: the last day was $1.", NULL, NULL},
	[LACK_IN_CLASS] = {"FINAL_IN_CLASS", SEVERITY_HINT, "ECM 3",
		"La verifica di questo evento si svolge in aula ($1), non qui: l’esito lo inserisce chi tiene la classe o il provider.",
		"The test of this event is taken in class ($1), not here: who leads the class or the provider enters the result.",
		NULL, NULL},
};

static void lack(struct final_standing *standing, enum lack which, const char *where, const char *one,
	const char *two)
{
	struct problem problem;
	fault_set(&problem, &texts[which], where, one, two);
	g_array_append_val(standing->missing, problem);
}

static void lack_numbers(struct final_standing *standing, enum lack which, int64_t one, int64_t two)
{
	g_autofree char *first = g_strdup_printf("%" G_GINT64_FORMAT, one);
	g_autofree char *second = g_strdup_printf("%" G_GINT64_FORMAT, two);
	lack(standing, which, "", first, second);
}

/* All modules completed, and for long enough, as completion counts it (server/ecm/completion.h)? */
static void judge_path(struct final_standing *standing, const GArray *path)
{
	int64_t completed = 0, ms = 0;
	for (guint i = 0; i < path->len; i++) {
		const struct module_state *state = &g_array_index(path, struct module_state, i);
		completed += state->completed;
		ms += state->effective_ms;
	}
	if (completed < MAX((int64_t)path->len, 1)) {
		lack_numbers(standing, LACK_MODULES, completed, path->len);
	}
	if (ms / 1000 < standing->event.seconds_needed) {
		lack_numbers(standing, LACK_TIME, ms / 60000, (standing->event.seconds_needed + 59) / 60);
	}
}

/* An attempt that was begun later, on another version or at another level, owes nothing to what was noted of the one before. */
static int64_t seen_since(struct db *db, const struct final_attempt *failed, const struct module_state *state)
{
	bool later = state->attempt.created_at > failed->done_at;
	return state->attempt.seen_ms - (later ? 0 : final_mark_of(db, failed->id, state->module.index));
}

/* Were the contents gone through again since the failed attempt? */
static void judge_again(struct db *db, struct final_standing *standing, const GArray *path)
{
	int64_t wanted = (int64_t)standing->rules.again_seconds * 1000;
	guint again = 0;
	for (guint i = 0; i < path->len; i++) {
		const struct module_state *state = &g_array_index(path, struct module_state, i);
		int64_t seen = seen_since(db, &standing->newest, state);
		bool enough = seen > 0 && seen >= wanted;
		again += enough;
		if (standing->rules.contents_again == FINAL_AGAIN_ALL && !enough) {
			g_autofree char *where = g_strdup_printf("module %d", (int)state->module.index);
			g_autofree char *left = g_strdup_printf("%" G_GINT64_FORMAT, MAX((wanted - seen + 999) / 1000, 1));
			lack(standing, LACK_AGAIN, where, state->module.title_it, left);
			struct problem *told = &g_array_index(
				standing->missing, struct problem, standing->missing->len - 1);
			g_snprintf(told->en, sizeof(told->en),
				"Before the next attempt go through \"%s\" again: %s more seconds.",
				state->module.title_en, left);
		}
	}
	if (standing->rules.contents_again == FINAL_AGAIN_ANY && again == 0) {
		lack_numbers(standing, LACK_AGAIN_ANY, standing->rules.again_seconds, 0);
	}
}

static void judge(struct db *db, int64_t person, const char *today, const struct level_row *level,
	struct final_standing *standing)
{
	const struct final_rules *rules = &standing->rules;
	if (strcmp(today, standing->event.data_ini) < 0 || strcmp(today, standing->event.data_fine) > 0) {
		lack(standing, LACK_RUNNING, "", standing->event.data_ini, standing->event.data_fine);
	}
	if (rules->bank == 0) {
		lack(standing, LACK_QUESTIONS, "", NULL, NULL);
	}
	g_autoptr(GArray) path = path_of_person_at(db, person, level->id);
	struct completion_row completed = {0};
	if (!completion_of(db, person, standing->event.id, &completed)) { /* never taken back, whatever the level now */
		judge_path(standing, path);
	}
	completion_row_finish(&completed);
	if (rules->attempts_max > 0 && standing->outcome.attempts >= rules->attempts_max) {
		lack_numbers(standing, LACK_ATTEMPTS, rules->attempts_max, 0);
	} else if (standing->has_attempt && rules->contents_again != FINAL_AGAIN_NONE) {
		judge_again(db, standing, path);
	}
}

static void lack_in_class(struct final_standing *standing, enum class_test test)
{
	lack(standing, LACK_IN_CLASS, "", class_test_it(test), NULL);
	struct problem *told = &g_array_index(standing->missing, struct problem, standing->missing->len - 1);
	struct problem english;
	fault_set(&english, &texts[LACK_IN_CLASS], "", class_test_en(test), NULL);
	PROBLEM_COPY(told->en, english.en);
}

/* On the platform: not too long ago, with questions, and not too often. */
static void judge_online(const char *today, struct final_standing *standing)
{
	const struct final_rules *rules = &standing->rules;
	if (strcmp(today, standing->last_day) > 0) {
		g_autofree char *days = g_strdup_printf("%u", rules->days_after);
		lack(standing, LACK_CLASS_OVER, "", standing->last_day, days);
	}
	if (rules->bank == 0) {
		lack(standing, LACK_QUESTIONS, "", NULL, NULL);
	}
	if (rules->attempts_max > 0 && standing->outcome.attempts >= rules->attempts_max) {
		lack_numbers(standing, LACK_ATTEMPTS, rules->attempts_max, 0);
	}
}

/* There for long enough? [ECM 3: 90 % of the hours; an on-line test within three days.] */
static void judge_class(struct db *db, int64_t person, int64_t now, const char *today, struct final_standing *standing)
{
	struct class_seat seat;
	struct class_setting setting;
	struct class_presence presence;
	class_seat_of(db, standing->event.id, person, &seat);
	class_setting_load(db, standing->event.id, &setting);
	class_presence(db, standing->event.id, seat.group, person, now, &presence);
	if (presence.ends_at > 0) {
		char last[11];
		ecm_day(presence.ends_at, last);
		ecm_day_add(last, (int)standing->rules.days_after, standing->last_day);
	}
	if (!presence.enough) {
		int64_t wanted = presence.planned_ms * setting.presence_percent / 100;
		lack_numbers(standing, LACK_PRESENCE, presence.present_ms / 60000, (wanted + 59999) / 60000);
	}
	class_presence_finish(&presence);
	if (setting.test == CLASS_TEST_ONLINE) {
		judge_online(today, standing);
	} else {
		lack_in_class(standing, setting.test);
	}
}

static bool may_disclose(const struct final_standing *standing, const char *today)
{
	bool over = strcmp(today, standing->event.data_fine) > 0;
	bool used_up = standing->rules.attempts_max > 0 &&
		       standing->outcome.attempts >= standing->rules.attempts_max;
	switch (standing->rules.disclose) {
	case FINAL_DISCLOSE_EVENT_END:
		return over;
	case FINAL_DISCLOSE_PASSED:
		return over || standing->outcome.passed || used_up;
	}
	return false;
}

/* Which event's test it is: the one in class that was asked for, or that of the path. Tells what is missing. */
static bool find(struct db *db, int64_t person, int64_t event, const char *today, struct level_row *level,
	struct final_standing *ret)
{
	struct class_seat seat;
	if (event) {
		ret->has_event = class_seat_of(db, event, person, &seat) && seat.state == CLASS_ENROLLED &&
				 ecm_event_by_id(db, event, &ret->event);
	} else if (level_of_person(db, person, level)) {
		ret->has_event = ecm_event_of_person(db, person, level->id, today, &ret->event) != EVENT_TIE_NONE;
	} else {
		lack(ret, LACK_LEVEL, "", NULL, NULL);
		return false;
	}
	if (!ret->has_event) {
		lack(ret, LACK_EVENT, "", NULL, NULL);
	}
	return ret->has_event;
}

void final_standing(struct db *db, int64_t person, int64_t event, int64_t now, struct final_standing *ret)
{
	*ret = (struct final_standing){.missing = g_array_new(FALSE, FALSE, sizeof(struct problem))};
	struct level_row level = {0};
	char today[11];
	ecm_day(now, today);
	if (!find(db, person, event, today, &level, ret)) {
		return;
	}
	g_strlcpy(ret->last_day, ret->event.data_fine, sizeof(ret->last_day));
	final_rules_load(db, &ret->event, &ret->rules);
	ret->questions = final_questions(&ret->rules, ret->event.credits_tenths);
	ret->needed = final_needed(&ret->rules, ret->questions);
	ret->has_attempt = final_newest(db, person, ret->event.id, &ret->newest);
	final_outcome(db, person, &ret->event, &ret->outcome);
	bool open = ret->has_attempt && !ret->newest.done;
	if (event) {
		judge_class(db, person, now, today, ret);
		g_array_set_size(ret->missing, open || ret->outcome.passed ? 0 : ret->missing->len);
	} else if (!open && !ret->outcome.passed) {
		judge(db, person, today, &level, ret);
	}
	ret->may_start = !open && !ret->outcome.passed && ret->missing->len == 0;
	ret->disclosed = ret->has_attempt && !open && may_disclose(ret, today);
}

void final_standing_finish(struct final_standing *standing)
{
	final_attempt_finish(&standing->newest);
	g_array_unref(standing->missing);
}

json_t *final_missing_json(const struct final_standing *standing)
{
	return problems_json(standing->missing);
}
