#include "server/ecm/completion.h"

#include "server/ecm/day.h"
#include "server/problem.h"
#include "server/store/attempts.h"
#include "server/store/audit.h"

#define SWEEP_AT_ONCE 200

/* What the rules look at. */
struct matter {
	int64_t person;
	bool placed;
	struct level_row level;
	bool has_event;
	struct ecm_event event; /* id 0 when no event covers the level */
	GArray *path;           /* struct module_state */
	int64_t seconds;        /* effective */
	int64_t last_activity;  /* ms; 0: none */
};

enum rule {
	RULE_PLACED,
	RULE_ASSIGNED,
	RULE_MODULES,
	RULE_TIME,
	RULE_MAX,
};

/* What one rule found: met when found >= wanted. */
struct finding {
	int64_t wanted;
	int64_t found;
};

static struct finding find_placed(const struct matter *matter)
{
	return (struct finding){1, matter->placed ? 1 : 0};
}

static struct finding find_assigned(const struct matter *matter)
{
	struct finding finding = {MAX(matter->path->len, 1), 0};
	for (guint i = 0; i < matter->path->len; i++) {
		finding.found += g_array_index(matter->path, struct module_state, i).package.version != 0;
	}
	return finding;
}

static struct finding find_modules(const struct matter *matter)
{
	struct finding finding = {MAX(matter->path->len, 1), 0};
	for (guint i = 0; i < matter->path->len; i++) {
		finding.found += g_array_index(matter->path, struct module_state, i).completed;
	}
	return finding;
}

static struct finding find_time(const struct matter *matter)
{
	return (struct finding){matter->event.seconds_needed, matter->seconds};
}

static const struct {
	const char *code;
	struct finding (*find)(const struct matter *);
	const char *it; /* $1 found, $2 wanted */
	const char *en;
	bool minutes; /* tell both in minutes */
} rules[RULE_MAX] = {
	[RULE_PLACED] = {"PLACEMENT_MISSING", find_placed,
		"Devi ancora svolgere il questionario di ingresso.",
		"You have yet to take the entry questionnaire.", false},
	[RULE_ASSIGNED] = {"MODULES_UNASSIGNED", find_assigned,
		"Alcuni moduli del percorso non sono ancora disponibili ($1 su $2 lo sono).",
		"Some modules of the path are not available yet ($1 of $2 are).", false},
	[RULE_MODULES] = {"MODULES_MISSING", find_modules, "Hai completato $1 moduli su $2.",
		"You have completed $1 of $2 modules.", false},
	[RULE_TIME] = {"TIME_MISSING", find_time,
		"Il tempo di studio registrato è di $1 minuti: ne servono $2.",
		"The study time on record is $1 minutes: $2 are needed.", true},
};

static void matter_init(struct matter *matter, struct db *db, int64_t person)
{
	*matter = (struct matter){.person = person};
	matter->placed = level_of_person(db, person, &matter->level);
	matter->path = path_of_person_at(db, person, matter->placed ? matter->level.id : NULL);
	int64_t ms = 0;
	for (guint i = 0; i < matter->path->len; i++) {
		const struct module_state *state = &g_array_index(matter->path, struct module_state, i);
		ms += state->effective_ms;
		matter->last_activity = MAX(matter->last_activity, state->updated_at);
	}
	matter->seconds = ms / 1000;
	char day[11];
	ecm_day(matter->last_activity ? matter->last_activity : store_now(), day);
	matter->has_event = matter->placed && ecm_event_of_person(db, person, matter->level.id, day, &matter->event);
}

static void matter_finish(struct matter *matter)
{
	g_array_unref(matter->path);
}

static bool met(const struct matter *matter, enum rule rule)
{
	struct finding finding = rules[rule].find(matter);
	return finding.found >= finding.wanted;
}

static bool all_met(const struct matter *matter)
{
	for (int rule = 0; rule < RULE_MAX; rule++) {
		if (!met(matter, (enum rule)rule)) {
			return false;
		}
	}
	return true;
}

static json_t *missing_json(const struct matter *matter)
{
	json_t *list = json_array();
	for (int rule = 0; rule < RULE_MAX; rule++) {
		struct finding finding = rules[rule].find(matter);
		if (finding.found >= finding.wanted || (rule == RULE_ASSIGNED && !matter->placed)) {
			continue;
		}
		/* Rounded so that "59 of 60" never reads "60 of 60". */
		int64_t found = rules[rule].minutes ? finding.found / 60 : finding.found;
		int64_t wanted = rules[rule].minutes ? (finding.wanted + 59) / 60 : finding.wanted;
		g_autofree char *one = g_strdup_printf("%" G_GINT64_FORMAT, found);
		g_autofree char *two = g_strdup_printf("%" G_GINT64_FORMAT, wanted);
		struct fault_text text = {.code = rules[rule].code,
			.severity = SEVERITY_HINT,
			.it = rules[rule].it,
			.en = rules[rule].en};
		struct problem problem;
		fault_set(&problem, &text, "", one, two);
		json_array_append_new(list, problem_json(&problem));
	}
	return list;
}

json_t *completion_json(struct db *db, int64_t person, int64_t *ret_seconds_needed)
{
	struct matter matter;
	struct completion_row row;
	matter_init(&matter, db, person);
	bool complete = matter.placed && completion_of_level(db, person, matter.level.id, &row);
	char at[32] = "";
	if (complete) {
		store_time_text(row.completed_at, at);
		completion_row_finish(&row);
	}
	*ret_seconds_needed = matter.event.seconds_needed;
	json_t *json = json_pack("{s:b, s:o, s:o}", "complete", (int)complete, "at",
		complete ? json_string(at) : json_null(), "missing", missing_json(&matter));
	matter_finish(&matter);
	return json;
}

/* Every attempt that the module rests on: its course may have changed version under way. */
static json_t *attempts_evidence(
	struct db *db, const struct matter *matter, const struct module_state *state)
{
	json_t *list = json_array();
	g_autoptr(GArray) attempts = attempts_of_person(db, matter->person);
	for (guint i = 0; i < attempts->len; i++) {
		const struct attempt *attempt = &g_array_index(attempts, struct attempt, i);
		if (attempt->module == state->module.index &&
			attempt_counts(attempt, matter->level.id, state->package.course)) {
			char at[32];
			store_time_text(attempt->completed_at, at);
			json_array_append_new(list,
				json_pack("{s:I, s:I, s:s, s:I}", "attempt", (json_int_t)attempt->id, "version",
					(json_int_t)attempt->version, "completed_at", at, "seconds_effective",
					(json_int_t)(attempt_effective_ms(attempt) / 1000)));
		}
	}
	return list;
}

static json_t *module_evidence(
	struct db *db, const struct matter *matter, const struct module_state *state)
{
	char at[32];
	store_time_text(state->completed_at, at);
	return json_pack("{s:I, s:s, s:I, s:I, s:s, s:I, s:I, s:I, s:o}", "module",
		(json_int_t)state->module.index, "title", state->module.title_it, "attempt",
		(json_int_t)state->attempt.id, "version", (json_int_t)state->attempt.version, "completed_at", at,
		"seconds_by_course", (json_int_t)(state->session_ms / 1000), "seconds_by_server",
		(json_int_t)(state->seen_ms / 1000), "seconds_effective",
		(json_int_t)(state->effective_ms / 1000), "attempts", attempts_evidence(db, matter, state));
}

static char *evidence_text(struct db *db, const struct matter *matter)
{
	json_t *found = json_array();
	json_t *modules = json_array();
	for (int rule = 0; rule < RULE_MAX; rule++) {
		struct finding finding = rules[rule].find(matter);
		json_array_append_new(
			found, json_pack("{s:s, s:I, s:I}", "rule", rules[rule].code, "wanted",
				       (json_int_t)finding.wanted, "found", (json_int_t)finding.found));
	}
	for (guint i = 0; i < matter->path->len; i++) {
		json_array_append_new(
			modules, module_evidence(db, matter,
					 &g_array_index(matter->path, struct module_state, i)));
	}
	json_t *json = json_pack("{s:s, s:s, s:o, s:o}", "level", matter->level.id, "event",
		matter->has_event ? matter->event.cod_evento : "", "rules", found, "modules", modules);
	char *text = json_dumps(json, JSON_COMPACT);
	char *copy = g_strdup(text);
	free(text);
	json_decref(json);
	return copy;
}

bool completion_review(struct db *db, int64_t person)
{
	struct matter matter;
	matter_init(&matter, db, person);
	bool fresh = all_met(&matter) && !completion_settled(db, person, matter.level.id, matter.event.id);
	if (fresh) {
		struct completion_row row = {
			.person = person,
			.event = matter.event.id,
			.completed_at = matter.last_activity,
			.seconds = matter.seconds,
			.evidence = evidence_text(db, &matter),
		};
		g_strlcpy(row.level, matter.level.id, sizeof(row.level));
		ecm_day(row.completed_at, row.day);
		completion_insert(db, &row);
		audit_about(db, 0, "path.complete", "person", person, row.evidence);
		completion_row_finish(&row);
	}
	matter_finish(&matter);
	return fresh;
}

struct sweep {
	int64_t event;
	const char *level; /* NULL: by the event */
	int64_t after; /* the last person looked at */
	bool more;
	int64_t fresh;
};

static bool sweep_some(struct db *db, void *data)
{
	struct sweep *sweep = data;
	g_autoptr(GArray) people = sweep->level
					   ? completion_candidates_at(db, sweep->level, sweep->after, SWEEP_AT_ONCE)
					   : completion_candidates(db, sweep->event, sweep->after, SWEEP_AT_ONCE);
	for (guint i = 0; i < people->len; i++) {
		sweep->after = g_array_index(people, int64_t, i);
		sweep->fresh += completion_review(db, sweep->after);
	}
	sweep->more = people->len == SWEEP_AT_ONCE;
	return true;
}

static int64_t sweep(struct store *store, struct sweep sweep)
{
	struct problem problem;
	while (sweep.more) {
		if (!store_write(store, sweep_some, &sweep, &problem)) {
			break;
		}
	}
	return sweep.fresh;
}

int64_t completion_sweep(struct store *store, int64_t event)
{
	return sweep(store, (struct sweep){.event = event, .more = true});
}

int64_t completion_sweep_level(struct store *store, const char *level)
{
	return sweep(store, (struct sweep){.level = level, .more = true});
}
