#include "server/learning/publish.h"

#include "server/limits.h"
#include "server/problem.h"
#include "server/store/audit.h"
#include "server/store/courses.h"
#include "server/store/levels.h"

static const struct problem_text not_there = {"NOT_FOUND", "Il modulo, il livello o la versione non esiste.",
	"The module, the level or the version does not exist.", NULL, NULL};
static const struct problem_text retired = {"RETIRED",
	"Questa versione, o il suo corso, è stata ritirata: non si può abbinare a un modulo.",
	"This version, or its course, was taken out of use: it cannot be put into a module.",
	"Riportarla in uso dalla pagina del corso, o sceglierne un'altra.",
	"Bring it back on the course's page, or choose another one."};

const struct problem_text publish_last_module = {"LAST_MODULE",
	"Il livello resterebbe senza moduli: un percorso ne ha almeno uno.",
	"The level would be left without modules: a path has at least one.",
	"Lascia il modulo, o aggiungine prima un altro a questo livello.",
	"Keep the module, or add another one to this level first."};

static bool module_exists(struct db *db, int64_t index)
{
	g_autoptr(GArray) modules = path_modules(db);
	for (guint i = 0; i < modules->len; i++) {
		if (g_array_index(modules, struct module_row, i).index == index) {
			return true;
		}
	}
	return false;
}

/* Would the level be left without any? */
static bool is_last_module(struct db *db, const struct publish_change *change)
{
	g_autoptr(GArray) modules = path_modules_of(db, change->level);
	return modules->len == 0 ||
	       (modules->len == 1 && g_array_index(modules, struct module_row, 0).index == change->module);
}

bool publish_check(struct db *db, const struct publish_change *change, struct problem *ret)
{
	struct level_row level;
	struct version_row version = {0};
	struct course_row course = {0};
	g_autofree char *where = g_strdup_printf("%" G_GINT64_FORMAT " %s", change->module, change->level);
	if (!module_exists(db, change->module) || !level_find(db, change->level, &level) ||
		(change->version != 0 && !version_find(db, change->version, &version))) {
		problem_set(ret, &not_there, where);
		return false;
	}
	if (change->version != 0 && course_row_find(db, version.course, &course) &&
		(version.retired_at != 0 || version.freed_at != 0 || course.retired_at != 0)) {
		problem_set(ret, &retired, where);
		return false;
	}
	if (change->absent && is_last_module(db, change)) {
		problem_set(ret, &publish_last_module, where);
		return false;
	}
	return true;
}

/* In the history of the course that comes, and of the one that goes when it is another. */
static void write_acts(struct db *db, const struct publish_change *change, enum publish_policy policy,
	int64_t previous, int64_t people, int64_t by)
{
	struct version_row now = {0}, before = {0};
	version_find(db, change->version, &now);
	version_find(db, previous, &before);
	g_autofree char *detail = g_strdup_printf(
		"{\"module\": %" G_GINT64_FORMAT ", \"level\": \"%s\", \"version\": %" G_GINT64_FORMAT
		", \"number\": %" G_GINT64_FORMAT ", \"previous\": %" G_GINT64_FORMAT
		", \"previous_number\": %" G_GINT64_FORMAT
		", \"policy\": \"%s\", \"people\": %" G_GINT64_FORMAT "}",
		change->module, change->level, now.id, now.number, before.id,
		before.course == now.course ? before.number : 0, publish_policy_name(policy), people);
	if (now.id != 0) {
		audit_about(db, by, "course.publish", "course", now.course, detail);
	}
	if (before.id != 0 && before.course != now.course) {
		audit_about(db, by, "course.withdraw", "course", before.course, detail);
	}
}

struct adoption {
	const struct publish_change *change;
	const int64_t *attempts;
	guint count;
};

static bool adopt(struct db *db, void *data)
{
	const struct adoption *adoption = data;
	publish_adopt(db, adoption->change, adoption->attempts, adoption->count);
	return true;
}

bool publish_prepare(struct store *store, struct publish_change *change, struct problem *ret)
{
	struct problem refused;
	struct db *db = store_read(store);
	g_autoptr(GArray) attempts =
		publish_check(db, change, &refused) ? publish_adoptable(db, change) : g_array_new(FALSE, FALSE, 8);
	store_read_done(store, db);
	bool good = true;
	for (guint from = 0; good && from < attempts->len; from += LIMIT_PUBLISH_PIECE) {
		struct adoption adoption = {change, &g_array_index(attempts, int64_t, from),
			MIN(attempts->len - from, (guint)LIMIT_PUBLISH_PIECE)};
		good = store_write(store, adopt, &adoption, ret);
	}
	return good;
}

/* Whether the module is part of the level's path. */
static void change_part(struct db *db, const struct publish_change *change, int64_t by)
{
	if (path_has(db, change->module, change->level) == change->absent) {
		path_set_part(db, change->module, change->level, !change->absent);
		g_autofree char *detail = g_strdup_printf("{\"module\": %" G_GINT64_FORMAT ", \"level\": \"%s\", \"part\": %s}",
			change->module, change->level, change->absent ? "false" : "true");
		audit_add(db, by, "path.part", "path", detail);
	}
}

bool publish_checked(struct db *db, const struct publish_change *change, enum publish_policy policy,
	int64_t people, int64_t by)
{
	struct problem problem;
	struct package_row before = {0};
	path_package(db, change->module, change->level, &before);
	/* What is there may be said again, also when it was retired meanwhile. */
	if (before.version == change->version && before.version != 0 && policy == PUBLISH_NEVER) {
		return true;
	}
	if (!publish_check(db, change, &problem)) {
		return db_refuse(db, &problem);
	}
	change_part(db, change, by);
	if (before.version == 0 && change->version == 0) {
		return true;
	}
	policy = change->version == 0 ? PUBLISH_NEVER : policy;
	people = policy == PUBLISH_NEVER ? 0 : people;
	publish(db, change, policy, people, by);
	write_acts(db, change, policy, before.version, people, by);
	return true;
}
