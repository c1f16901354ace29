#include "server/demo/seed.h"

#include <string.h>

#include "server/demo/learn.h"
#include "server/demo/meet.h"
#include "server/demo/sit.h"
#include "server/ecm/event.h"
#include "server/learning/course_import.h"
#include "server/people/users_import.h"
#include "server/placement/banks.h"
#include "server/placement/prepared.h"
#include "server/store/adaptive.h"
#include "server/store/campaigns.h"
#include "server/problem.h"
#include "server/store/audit.h"
#include "server/store/ecm.h"
#include "server/store/path.h"
#include "server/store/people.h"
#include "server/store/provider.h"
#include "server/store/settings.h"

#define SEEDED "demo_seeded" /* the setting that says so */

static bool cannot_read(struct problem *ret, const char *path)
{
	problem_set(ret,
		&(struct problem_text){"DEMO_SOURCE", "I dati dimostrativi non si leggono.",
			"The demonstration data cannot be read.", "Ricompilare con ./fad build.",
			"Build again with ./fad build."},
		path);
	return false;
}

/* --- The path: titles and packages --- */

struct path_work {
	json_t *path;
	int64_t versions[LIMIT_MODULES][8]; /* by module and level, as in path.json */
};

static bool set_path(struct db *db, void *data)
{
	const struct path_work *work = data;
	struct module_row modules[LIMIT_MODULES] = {0};
	json_t *list = json_object_get(work->path, "modules"),
	       *levels = json_object_get(work->path, "levels");
	size_t i, k;
	json_t *each, *level;
	json_array_foreach (list, i, each) {
		modules[i].index = (int64_t)i + 1;
		modules[i].minutes_expected = json_integer_value(json_object_get(each, "minutes_expected"));
		PROBLEM_COPY(modules[i].title_it, json_string_value(json_object_get(each, "title_it")));
		PROBLEM_COPY(modules[i].title_en, json_string_value(json_object_get(each, "title_en")));
	}
	path_set_modules(db, modules, json_array_size(list));
	for (size_t module = 0; module < json_array_size(list); module++) {
		json_array_foreach (levels, k, level) {
			path_set_package(db, (int64_t)module + 1,
				json_string_value(json_object_get(level, "id")), work->versions[module][k]);
		}
	}
	audit_add(db, 0, "path.change", "path", "demo");
	return true;
}

static bool import_course(
	struct app *app, const char *sample, const char *file, int64_t *ret_version, struct problem *ret)
{
	g_autofree char *zip = g_build_filename(sample, file, NULL);
	struct course_import import = {.zip = zip, .file_name = file};
	enum import_result result = course_import(app, &import, ret);
	if (result == IMPORT_REFUSED && import.package->finding_count > 0) {
		*ret = import.package->findings[0];
	}
	*ret_version = import.version.id;
	package_destroy(import.package);
	return result == IMPORT_OK || (ret->code[0] == '\0' && cannot_read(ret, zip));
}

static bool seed_courses(struct app *app, const char *sample, json_t *path, struct problem *ret)
{
	struct path_work work = {.path = path};
	size_t i, k;
	json_t *module, *level;
	json_array_foreach (json_object_get(path, "modules"), i, module) {
		json_array_foreach (json_object_get(path, "levels"), k, level) {
			json_t *package = json_object_get(json_object_get(module, "packages"),
				json_string_value(json_object_get(level, "id")));
			const char *file = json_string_value(json_object_get(package, "file"));
			if (file == NULL || i >= LIMIT_MODULES || k >= G_N_ELEMENTS(work.versions[0])) {
				return cannot_read(ret, "path.json");
			}
			if (!import_course(app, sample, file, &work.versions[i][k], ret)) {
				return false;
			}
		}
	}
	return store_write(app->store, set_path, &work, ret);
}

/* Later versions of some courses: imported when people have worked with the first ones, and not published. */
static bool seed_revisions(struct app *app, const char *sample, json_t *path, struct problem *ret)
{
	size_t i;
	json_t *revision;
	json_array_foreach (json_object_get(path, "revisions"), i, revision) {
		int64_t version;
		const char *file = json_string_value(json_object_get(revision, "file"));
		if (file == NULL || !import_course(app, sample, file, &version, ret)) {
			return file == NULL ? cannot_read(ret, "path.json") : false;
		}
	}
	return true;
}

/* --- The placement test's item bank --- */

static bool seed_bank(struct app *app, const char *file, struct problem *ret)
{
	g_autofree char *json = NULL;
	gsize len;
	if (!g_file_get_contents(file, &json, &len, NULL)) {
		return cannot_read(ret, file);
	}
	struct faults faults;
	faults_init(&faults, 1);
	struct bank_row row;
	enum bank_import result = bank_import(app->store, json, len, 0, &row, &faults, ret);
	if (result == BANK_IMPORT_FAULTS) {
		*ret = g_array_index(faults.list, struct problem, 0);
	}
	faults_finish(&faults);
	return result == BANK_IMPORT_NEW || result == BANK_IMPORT_KNOWN;
}

/* --- The ECM event: one for all levels, running for a year --- */

static bool save_provider(struct db *db, void *data)
{
	const struct provider provider = {
		.name = "Ente formatore dimostrativo",
		.code = "999",
		.accreditation = "DEMO-999",
		.accreditor = "la Regione (dimostrazione)",
		.legal_name = "Beatrice Dimostrativa",
		.legal_quality = "Legale rappresentante",
		.place = "Firenze",
	};
	provider_save(db, &provider, 0);
	return true;
}

/* The programme ends with its event: what is to be expected is told for that day. */
static bool save_event(struct db *db, void *data)
{
	struct ecm_event *event = data;
	g_autoptr(GArray) events = ecm_events_all(db);
	settings_set(db, "programme_deadline", event->data_fine);
	return events->len > 0 || ecm_event_save(db, event, 0);
}

static bool seed_event(struct app *app, struct problem *ret)
{
	g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc(store_now() / 1000);
	g_autoptr(GDateTime) begin = g_date_time_add_days(now, -120);
	g_autoptr(GDateTime) end = g_date_time_add_days(now, 240);
	g_autofree char *from = g_date_time_format(begin, "%Y-%m-%d"),
			*to = g_date_time_format(end, "%Y-%m-%d");
	json_t *json = json_pack(
		"{s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:s, s:i, s:i, s:i, s:i, s:[]}",
		"title", "Il Fascicolo Sanitario Elettronico 2.0 nella pratica clinica (evento dimostrativo)",
		"cod_evento", "DEMO-1", "cod_edi", 1, "cod_org", "999", "cod_accr", "090",
		"data_ini", from, "data_fine", to, "crediti", "4.0", "ore", 4, "tipo_form", 1, "tipo_eve",
		"P", "cod_obi", 17, "num_part", 60000, "cod_tipologia_form", 10, "seconds_needed", 4 * 3600,
		"accredited");
	struct ecm_event event = {0};
	struct faults faults;
	faults_init(&faults, 1);
	bool good = ecm_event_read(&event, json, &faults);
	if (!good && faults.list->len > 0) {
		*ret = g_array_index(faults.list, struct problem, 0);
	}
	faults_finish(&faults);
	json_decref(json);
	return good && store_write(app->store, save_provider, NULL, ret) &&
	       store_write(app->store, save_event, &event, ret);
}

/* --- People --- */

static bool seed_people(struct app *app, const GArray *people, struct problem *ret)
{
	g_autofree char *csv = invented_csv(people);
	struct users_import import;
	bool good = users_import(app->store, csv, strlen(csv), 0, &import);
	if (!good) {
		*ret = import.fault;
	} else if (import.rejected > 0) {
		*ret = g_array_index(import.problems, struct problem, 0);
		good = false;
	}
	users_import_finish(&import);
	return good;
}

struct passwords {
	const GArray *people;
	char hash[SECRETS_PASSWORD];
};

/* Those who are no longer what the demonstration made them keep their password. */
static bool set_passwords(struct db *db, void *data)
{
	const struct passwords *passwords = data;
	for (guint i = 0; i < passwords->people->len; i++) {
		const struct invented *invented = &g_array_index(passwords->people, struct invented, i);
		struct person person;
		if (invented->is_log_in && people_by_login(db, invented->login, &person) &&
			person.password_hash[0] == '\0') {
			people_set_password(db, person.id, passwords->hash, false);
		}
	}
	return true;
}

static bool seed_passwords(struct app *app, const GArray *people, struct problem *ret)
{
	struct passwords passwords = {.people = people};
	return secrets_password_hash(DEMO_PASSWORD, passwords.hash) &&
	       store_write(app->store, set_passwords, &passwords, ret);
}

/* --- The adaptive placement: from now on; who was invented took the one that is the same for everybody --- */

static bool add_policy(struct db *db, void *data)
{
	const char *body = data;
	adaptive_policy_add(db, body, 0);
	return true;
}

static bool seed_adaptive(struct app *app, const char *file, struct problem *ret)
{
	json_t *json = json_load_file(file, 0, NULL);
	struct adaptive policy;
	struct faults faults;
	faults_init(&faults, 1);
	bool good = adaptive_read(&policy, json, &faults);
	json_decref(json);
	faults_finish(&faults);
	if (!good) {
		return cannot_read(ret, file);
	}
	json = adaptive_json(&policy);
	char *body = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(17));
	json_decref(json);
	good = store_write(app->store, add_policy, body, ret) &&
	       prepared_make_plan(app->store, app->prepared, PLAN_QUICK, ret);
	free(body);
	return good;
}

/* A reminder that waits for somebody to look at it: nothing is sent, there is no relay. */
static bool save_campaign(struct db *db, void *data)
{
	g_autoptr(GArray) templates = mail_templates(db);
	struct campaign campaign = {
		.name = (char *)"Promemoria: percorsi fermi", .idle_days = 14, .few = 1, .repeat_days = 7, .rounds_max = 4};
	for (guint i = 0; i < templates->len; i++) {
		const struct mail_template *each = &g_array_index(templates, struct mail_template, i);
		if (strcmp(each->kind, "idle") == 0) {
			campaign.text.id = each->id;
		}
	}
	return campaign_save(db, &campaign, 0);
}

/* --- All of it --- */

static bool mark(struct db *db, void *data)
{
	settings_set(db, SEEDED, "1");
	return true;
}

static bool seed_all(struct app *app, const struct demo_sources *sources, struct problem *ret)
{
	g_autofree char *file = g_build_filename(sources->sample, "path.json", NULL);
	json_t *path = json_load_file(file, 0, NULL);
	if (path == NULL) {
		return cannot_read(ret, file);
	}
	g_autoptr(GArray) people = invent_people(DEMO_PEOPLE);
	g_autofree char *folder = g_path_get_dirname(sources->bank);
	g_autofree char *final = g_build_filename(folder, "fse-final.json", NULL);
	g_autofree char *adaptive = g_build_filename(folder, "fse-adaptive.json", NULL);
	bool good = seed_courses(app, sources->sample, path, ret) && seed_bank(app, sources->bank, ret) &&
		    seed_event(app, ret) && seed_people(app, people, ret) &&
		    seed_passwords(app, people, ret) && demo_learn(app, people, path, ret) &&
		    demo_sit(app, people, final, ret) && demo_meet(app, people, ret) && seed_revisions(app, sources->sample, path, ret) &&
		    seed_adaptive(app, adaptive, ret) &&
		    store_write(app->store, save_campaign, NULL, ret) && store_write(app->store, mark, NULL, ret);
	json_decref(path);
	return good;
}

enum demo_result demo_seed(struct app *app, const struct demo_sources *sources, struct problem *ret)
{
	char seeded[8];
	*ret = (struct problem){0};
	struct db *db = store_read(app->store);
	bool already = settings_get(db, SEEDED, seeded, sizeof(seeded));
	store_read_done(app->store, db);
	if (already) {
		return DEMO_ALREADY;
	}
	return seed_all(app, sources, ret) ? DEMO_SEEDED : DEMO_FAILED;
}
