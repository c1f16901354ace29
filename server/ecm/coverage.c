#include "server/ecm/coverage.h"

#include <string.h>

#include "server/problem.h"
#include "server/store/ecm.h"
#include "server/store/path.h"

/* What is looked at: the levels in use and all events that certify a path. */
struct ground {
	struct db *db;
	GArray *levels; /* struct level_row */
	GArray *events; /* struct ecm_event */
};

static void ground_init(struct ground *ground, struct db *db)
{
	*ground = (struct ground){.db = db, .levels = levels_list(db), .events = ecm_events_all(db)};
	for (guint i = ground->events->len; i > 0; i--) {
		if (ecm_event_in_class(&g_array_index(ground->events, struct ecm_event, i - 1))) {
			g_array_remove_index(ground->events, i - 1);
		}
	}
}

static void ground_finish(struct ground *ground)
{
	g_array_unref(ground->levels);
	g_array_unref(ground->events);
}

static bool meets(const struct ecm_event *event, const char *first, const char *last)
{
	return strcmp(event->data_ini, last) <= 0 && strcmp(event->data_fine, first) >= 0;
}

/* An event that names the level comes before one of all levels. */
static bool gives_way(const struct ground *ground, const struct ecm_event *event, const char *level)
{
	for (guint i = 0; event->level_count == 0 && i < ground->events->len; i++) {
		const struct ecm_event *other = &g_array_index(ground->events, struct ecm_event, i);
		if (other->id != event->id && ecm_event_names_level(other, level) &&
			meets(other, event->data_ini, event->data_fine)) {
			return true;
		}
	}
	return false;
}

static bool covers(const struct ground *ground, const struct ecm_event *event, const char *level)
{
	return event->level_count == 0 ? !gives_way(ground, event, level) : ecm_event_names_level(event, level);
}

static guint minutes_of(struct db *db, const char *level)
{
	g_autoptr(GArray) path = path_modules_of(db, level);
	return (guint)path_minutes(path);
}

/* Distance learning lasts as long as its contents, in whole hours, rounded down. */
static guint hours_of(struct db *db, const char *level)
{
	return minutes_of(db, level) / 60;
}

/* The texts name levels, whose names differ by language. */
static void tell(struct faults *warnings, const char *code, const char *where, const char *it, const char *en,
	const char *mend_it, const char *mend_en)
{
	struct problem problem;
	problem_set(&problem, &(struct problem_text){code, it, en, mend_it, mend_en}, where);
	problem.severity = SEVERITY_WARNING;
	PROBLEM_COPY(problem.clause, "ECM 4");
	faults_add_problem(warnings, &problem, where);
}

static void tell_hours(const struct ecm_event *event, guint hours, const char *it, const char *en, struct faults *warnings)
{
	g_autofree char *text_it = g_strdup_printf("I moduli del percorso (%s) durano %u %s, l’evento ne dichiara %u.", it,
		hours, hours == 1 ? "ora intera" : "ore intere", event->ore);
	g_autofree char *text_en = g_strdup_printf("The modules of the path (%s) last %u whole %s, the event says %u.", en,
		hours, hours == 1 ? "hour" : "hours", event->ore);
	tell(warnings, "EVENT_PATH_HOURS", "ore", text_it, text_en,
		"Le ore si arrotondano per difetto: correggi le ore o la durata dei moduli, o dai al livello un evento o "
		"un’edizione sua.",
		"Hours are rounded down: mend the hours or the length of the modules, or give the level an event or edition "
		"of its own.");
}

static void add_name(const struct level_row *level, GString *it, GString *en)
{
	g_string_append_printf(it, it->len ? ", %s" : "%s", level->name_it);
	g_string_append_printf(en, en->len ? ", %s" : "%s", level->name_en);
}

/* Levels of as many hours are told together. */
static void check_hours(const struct ground *ground, const struct ecm_event *event, struct faults *warnings)
{
	guint hours[LEVELS_MAX] = {0}, count = MIN(ground->levels->len, LEVELS_MAX);
	for (guint i = 0; i < count; i++) {
		const char *level = g_array_index(ground->levels, struct level_row, i).id;
		hours[i] = covers(ground, event, level) ? hours_of(ground->db, level) : event->ore;
	}
	for (guint i = 0; i < count; i++) {
		g_autoptr(GString) it = g_string_new(NULL);
		g_autoptr(GString) en = g_string_new(NULL);
		guint wrong = hours[i];
		for (guint k = i; wrong != event->ore && k < count; k++) {
			if (hours[k] == wrong) {
				add_name(&g_array_index(ground->levels, struct level_row, k), it, en);
				hours[k] = event->ore; /* told */
			}
		}
		if (it->len) {
			tell_hours(event, wrong, it->str, en->str, warnings);
		}
	}
}

/* Nobody studies for longer than the contents last without being held up. */
static void check_time(const struct ground *ground, const struct ecm_event *event, struct faults *warnings)
{
	g_autoptr(GString) it = g_string_new(NULL);
	g_autoptr(GString) en = g_string_new(NULL);
	for (guint i = 0; i < ground->levels->len; i++) {
		const struct level_row *level = &g_array_index(ground->levels, struct level_row, i);
		if (covers(ground, event, level->id) && event->seconds_needed > minutes_of(ground->db, level->id) * 60) {
			add_name(level, it, en);
		}
	}
	if (it->len) {
		guint minutes = event->seconds_needed / 60;
		g_autofree char *text_it = g_strdup_printf(
			"Il tempo di studio richiesto, %u minuti, supera la durata dei moduli del percorso (%s).", minutes, it->str);
		g_autofree char *text_en = g_strdup_printf(
			"The study time asked for, %u minutes, is longer than the modules of the path (%s).", minutes, en->str);
		tell(warnings, "EVENT_TIME_LONG", "minutes_needed", text_it, text_en,
			"Riduci i minuti richiesti: altrimenti chi finisce i moduli non completa il percorso.",
			"Ask for fewer minutes: else who finishes the modules does not complete the path.");
	}
}

/* Two that cover a level on the same day leave it to which is newer. */
static void check_overlap(const struct ground *ground, const struct ecm_event *event, struct faults *warnings)
{
	for (guint i = 0; i < ground->events->len; i++) {
		const struct ecm_event *other = &g_array_index(ground->events, struct ecm_event, i);
		bool both = event->level_count == 0 && other->level_count == 0;
		for (guint k = 0; k < event->level_count; k++) {
			both = both || ecm_event_names_level(other, event->levels[k]);
		}
		if (other->id == event->id || !both || !meets(other, event->data_ini, event->data_fine)) {
			continue;
		}
		g_autofree char *it = g_strdup_printf(
			"Negli stessi giorni anche «%s» copre questo livello: chi completa il percorso avrà i crediti di uno solo, il più recente.",
			other->title);
		g_autofree char *en = g_strdup_printf(
			"On the same days \"%s\" covers this level too: who completes the path gets the credits of one only, the newest.",
			other->title);
		tell(warnings, "EVENT_OVERLAP", "levels", it, en,
			"Dai a ogni livello il suo evento o la sua edizione, o separa i periodi.",
			"Give each level an event or edition of its own, or part the periods.");
	}
}

static void check_completions(const struct ground *ground, const struct ecm_event *event, struct faults *warnings)
{
	int64_t others = completions_of_other_levels(ground->db, event->id);
	if (others > 0) {
		g_autofree char *it = g_strdup_printf(
			"Persone che hanno completato in questo evento il percorso di un livello che l’evento non copre: %" G_GINT64_FORMAT ".",
			others);
		g_autofree char *en = g_strdup_printf(
			"People who completed within this event the path of a level that it does not cover: %" G_GINT64_FORMAT ".", others);
		tell(warnings, "EVENT_OTHER_LEVELS", "levels", it, en,
			"Restano in questo evento: controlla che ore e crediti valgano anche per loro, o rimetti il livello.",
			"They stay in this event: see that hours and credits hold for them too, or put the level back.");
	}
}

static void check_gaps(const struct ground *ground, const char *first, const char *last, struct faults *warnings)
{
	for (guint i = 0; i < ground->levels->len; i++) {
		const struct level_row *level = &g_array_index(ground->levels, struct level_row, i);
		guint running = 0, covering = 0;
		for (guint k = 0; k < ground->events->len; k++) {
			const struct ecm_event *event = &g_array_index(ground->events, struct ecm_event, k);
			bool now = meets(event, first, last);
			running += now;
			covering += now && (event->level_count == 0 || ecm_event_names_level(event, level->id));
		}
		if (running > 0 && covering == 0) {
			g_autofree char *it = g_strdup_printf(
				"Il livello «%s» non ha un evento: chi ne completa il percorso non ottiene crediti.", level->name_it);
			g_autofree char *en = g_strdup_printf(
				"The level \"%s\" has no event: who completes its path gets no credits.", level->name_en);
			tell(warnings, "LEVEL_WITHOUT_EVENT", level->id, it, en,
				"Aggiungi il livello a un evento, o crea un evento o un’edizione per questo livello.",
				"Add the level to an event, or create an event or edition for this level.");
		}
	}
}

void coverage_check(struct db *db, const struct ecm_event *event, struct faults *warnings)
{
	struct ground ground;
	if (ecm_event_in_class(event)) {
		return;
	}
	ground_init(&ground, db);
	if (event->tipo_form == ECM_FORM_FAD) {
		check_hours(&ground, event, warnings);
	}
	check_time(&ground, event, warnings);
	if (*event->data_fine) {
		check_overlap(&ground, event, warnings);
	}
	if (event->id != 0) {
		check_completions(&ground, event, warnings);
	}
	ground_finish(&ground);
}

void coverage_gaps(struct db *db, const char *first, const char *last, struct faults *warnings)
{
	struct ground ground;
	ground_init(&ground, db);
	check_gaps(&ground, first, last, warnings);
	ground_finish(&ground);
}

guint coverage_hours(struct db *db, const struct ecm_event *event)
{
	struct ground ground;
	guint hours = 0;
	bool same = true;
	ground_init(&ground, db);
	for (guint i = 0; i < ground.levels->len; i++) {
		const char *level = g_array_index(ground.levels, struct level_row, i).id;
		if (covers(&ground, event, level)) {
			guint its = hours_of(db, level);
			same = same && (hours == 0 || hours == its);
			hours = its;
		}
	}
	ground_finish(&ground);
	return same ? hours : 0;
}
