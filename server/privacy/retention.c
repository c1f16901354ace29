#include "server/privacy/retention.h"

#include <glib/gstdio.h>

#include "server/ecm/day.h"
#include "server/privacy/anonymise.h"
#include "server/settings.h"
#include "server/store/audit.h"
#include "server/store/personal.h"
#include "server/store/retention.h"

#define PEOPLE_ASKED 500 /* at once */

/* Of rules that the store counts and removes by: the kinds, KEPT_KINDS for none. */
static const enum kept kinds[RETENTION_RULES][2] = {
	[RULE_EVIDENCE] = {KEPT_KINDS, KEPT_KINDS},
	[RULE_PROGRAMME] = {KEPT_KINDS, KEPT_KINDS},
	[RULE_PEOPLE] = {KEPT_KINDS, KEPT_KINDS},
	[RULE_JOURNALS] = {KEPT_JOURNALS, KEPT_KINDS},
	[RULE_LOG_INS] = {KEPT_SESSIONS, KEPT_ACCESS_ACTS},
	[RULE_MESSAGES] = {KEPT_MESSAGES, KEPT_KINDS},
	[RULE_DOWNLOADS] = {KEPT_KINDS, KEPT_KINDS},
};

bool retention_applies(enum retention_rule rule)
{
	return rule != RULE_EVIDENCE && rule != RULE_PROGRAMME;
}

/* One run of a rule: what is older than this is due. */
struct run {
	struct app *app;
	const struct retention_rules *rules;
	enum retention_rule rule;
	int64_t before;   /* ms */
	char day[11];     /* that `before` is on */
	char evidence[11]; /* events that ended before have no evidence to keep */
	char deadline[SETTING_BYTES];
	int64_t by, removed;
	int64_t person; /* anonymised last, or asked about */
};

static void run_init(struct run *run, struct app *app, const struct retention_rules *rules, enum retention_rule rule)
{
	char today[11];
	*run = (struct run){.app = app, .rules = rules, .rule = rule};
	ecm_day(store_now(), today);
	day_after_months(today, -rules->months[rule], run->day);
	day_after_months(today, -rules->months[RULE_EVIDENCE], run->evidence);
	g_autofree char *text = g_strdup_printf("%sT00:00:00Z", run->day);
	g_autoptr(GDateTime) at = g_date_time_new_from_iso8601(text, NULL);
	run->before = g_date_time_to_unix(at) * 1000;
	struct db *db = store_read(app->store);
	settings_value(db, "programme_deadline", run->deadline);
	store_read_done(app->store, db);
}

/* --- People --- */

static bool person_due(struct db *db, const struct run *run, int64_t person)
{
	struct personal_duty duty;
	struct problem problem;
	char from[11];
	return personal_duty(db, person, &duty) && duty.updated_at < run->before &&
	       anonymise_may(db, run->rules, run->deadline, person, from, &problem) == ANONYMISE_POSSIBLE;
}

/* Those after `person`, which moves on; at most `most`. int64_t each. */
static GArray *people_due(struct db *db, struct run *run, guint most)
{
	GArray *due = g_array_new(FALSE, FALSE, sizeof(int64_t));
	for (bool more = true; more && due->len < most;) {
		g_autoptr(GArray) left = personal_left(db, run->person, PEOPLE_ASKED);
		for (guint i = 0; i < left->len && due->len < most; i++) {
			run->person = g_array_index(left, int64_t, i);
			if (person_due(db, run, run->person)) {
				g_array_append_val(due, run->person);
			}
		}
		more = left->len == PEOPLE_ASKED;
	}
	return due;
}

static bool people_work(struct db *db, void *data)
{
	struct run *run = data;
	struct problem problem;
	g_autoptr(GArray) due = people_due(db, run, RETENTION_AT_ONCE);
	for (guint i = 0; i < due->len; i++) {
		run->removed += anonymise(db, run->rules, run->deadline, g_array_index(due, int64_t, i), run->by,
					"retention.json: people", &problem) == ANONYMISE_POSSIBLE;
	}
	return due->len > 0;
}

/* --- Files --- */

/* Zips of certificates in exports/ older than the rule says; removes them when asked to. */
static int64_t downloads(const struct run *run, bool remove)
{
	int64_t count = 0;
	g_autoptr(GDir) dir = g_dir_open(run->app->exports, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;) {
		g_autofree char *path = g_build_filename(run->app->exports, name, NULL);
		GStatBuf about;
		bool zip = g_str_has_prefix(name, "certificates-") && g_str_has_suffix(name, ".zip");
		if (zip && g_stat(path, &about) == 0 && (int64_t)about.st_mtime * 1000 < run->before) {
			count += !remove || g_unlink(path) == 0;
		}
	}
	return count;
}

/* --- Rows --- */

static bool rows_work(struct db *db, void *data)
{
	struct run *run = data;
	int64_t removed = 0;
	for (size_t i = 0; i < 2 && kinds[run->rule][i] != KEPT_KINDS; i++) {
		int64_t gone = retention_remove(db, kinds[run->rule][i], run->before, run->evidence, RETENTION_AT_ONCE);
		removed += gone > 0 ? gone : 0;
	}
	return removed > 0;
}

int64_t retention_due(struct app *app, const struct retention_rules *rules, enum retention_rule rule)
{
	struct run run;
	int64_t count = 0;
	run_init(&run, app, rules, rule);
	if (rule == RULE_DOWNLOADS) {
		return downloads(&run, false);
	}
	struct db *db = store_read(app->store);
	for (size_t i = 0; i < 2 && kinds[rule][i] != KEPT_KINDS; i++) {
		count += retention_count(db, kinds[rule][i], run.before, run.evidence);
	}
	if (rule == RULE_PEOPLE) {
		g_autoptr(GArray) due = people_due(db, &run, G_MAXUINT);
		count = due->len;
	}
	store_read_done(app->store, db);
	return count;
}

static bool told_work(struct db *db, void *data)
{
	struct run *run = data;
	g_autofree char *detail = g_strdup_printf("%s: %" G_GINT64_FORMAT " (< %s)", retention_rule_id(run->rule),
		run->removed, run->day);
	if (run->rule == RULE_LOG_INS) {
		audit_forget_access(db, run->by, run->before, "retention.apply", detail);
	} else {
		audit_add(db, run->by, "retention.apply", "retention", detail);
	}
	return true;
}

int64_t retention_apply(struct app *app, const struct retention_rules *rules, enum retention_rule rule, int64_t by,
	struct problem *ret_problem)
{
	struct run run;
	*ret_problem = (struct problem){0};
	int64_t due = retention_due(app, rules, rule);
	run_init(&run, app, rules, rule);
	run.by = by;
	if (rule == RULE_PEOPLE) {
		while (store_write(app->store, people_work, &run, ret_problem)) {
		}
	} else {
		while (kinds[rule][0] != KEPT_KINDS && store_write(app->store, rows_work, &run, ret_problem)) {
		}
		run.removed = rule == RULE_DOWNLOADS ? downloads(&run, true) : due;
	}
	if (ret_problem->code[0] == '\0') {
		store_write(app->store, told_work, &run, ret_problem);
	}
	return ret_problem->code[0] == '\0' ? run.removed : -1;
}
