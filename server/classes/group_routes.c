/* /api/classes: the provider's side of an event in class — settings and groups. */
#include "server/classes/limits.h"
#include "server/classes/result_view.h"
#include "server/classes/view.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/credit_terms.h"

static json_t *rules_json(struct db *db, const struct ecm_event *event)
{
	struct credit_terms terms;
	struct class_rules rules;
	credit_terms_load(db, event->id, &terms);
	rules_of_class(event, &terms, &rules);
	return json_pack("{s:i, s:i, s:i, s:i}", "people_max", (int)rules.people_max, "people_per_tutor",
		(int)rules.people_per_tutor, "people_per_teacher", (int)rules.people_per_teacher, "hours_min",
		(int)rules.hours_min);
}

static json_t *credits_json(struct db *db, const struct ecm_event *event)
{
	struct credit_terms terms;
	struct credit_sum sum;
	struct faults warnings;
	faults_init(&warnings, 20);
	credit_terms_load(db, event->id, &terms);
	rules_compute(event, &terms, &sum, &warnings);
	faults_finish(&warnings);
	return credit_sum_json(&sum);
}

/* The groups of an event, each with who teaches and how many have passed the test. */
static json_t *groups_json(struct db *db, int64_t event)
{
	json_t *list = json_array();
	g_autoptr(GArray) groups = class_groups(db, event);
	for (guint i = 0; i < groups->len; i++) {
		const struct class_group *group = &g_array_index(groups, struct class_group, i);
		json_t *json = class_group_json(group);
		json_object_set_new(json, "staff", class_staff_json(db, group->id));
		json_object_set_new(json, "tested", class_tested_json(db, group->id));
		json_array_append_new(list, json);
	}
	return list;
}

static void get_event(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct class_setting setting;
	struct db *db = store_read(request->app->store);
	if (class_event_open(request, reply, db, request->values[0].number, &event)) {
		class_setting_load(db, event.id, &setting);
		reply_json(reply, 200,
			json_pack("{s:o, s:s, s:i, s:i, s:i, s:o, s:o, s:o, s:o}", "event", class_event_json(&event), "project",
				setting.project, "class_people", (int)setting.class_people, "presence_percent",
				(int)setting.presence_percent, "people", (int)class_event_people(db, event.id), "rules",
				rules_json(db, &event), "computed", credits_json(db, &event), "test", class_test_json(db, &event), "groups",
				groups_json(db, event.id)));
	}
	store_read_done(request->app->store, db);
}

/* --- Settings --- */

struct setting_work {
	int64_t event, by;
	struct class_setting setting;
};

static const struct problem_text fuller = {"CLASS_FULLER", "Una classe ha già più persone di così.",
	"A class has more people than that already.", "Sposta qualcuno in un’altra classe, o lascia il numero di prima.",
	"Move somebody to another class, or leave the number as it was."};

static bool save_setting(struct db *db, void *data)
{
	const struct setting_work *work = data;
	struct ecm_event event;
	g_autoptr(GArray) groups = class_groups(db, work->event);
	ecm_event_by_id(db, work->event, &event);
	for (guint i = 0; event.tipo_form == ECM_FORM_RES && i < groups->len; i++) {
		const struct class_group *group = &g_array_index(groups, struct class_group, i);
		if (group->invited + group->enrolled > work->setting.class_people) {
			struct problem problem;
			problem_set(&problem, &fuller, "class_people");
			return db_refuse(db, &problem);
		}
	}
	class_setting_save(db, work->event, &work->setting, work->by);
	g_autofree char *detail = g_strdup_printf("project \"%s\", classes of %u, presence %u %%, test %s", work->setting.project,
		work->setting.class_people, work->setting.presence_percent, class_test_name(work->setting.test));
	audit_about(db, work->by, "class.setting", "ecm_event", work->event, detail);
	return true;
}

static const struct problem_text bad_setting = {"CLASS_SETTING",
	"Progetto, numero di persone (1–1000), presenza (1–100 %) o tipo di verifica non sono validi.",
	"Project, number of people (1–1000), presence (1–100 %) or kind of test are not valid.", "Correggi il valore.",
	"Mend the value."};

/* Which of them is wrong; NULL: none. */
static const char *read_setting(json_t *json, const char *project, int people, int percent, struct class_setting *ret)
{
	static const char *const projects[] = {"", "affiancamento", "formatori", "dirigenti", NULL};
	const char *test = json_string_value(json_object_get(json, "test"));
	if (!g_strv_contains(projects, project)) {
		return "project";
	}
	if (people < 1 || people > 1000) {
		return "class_people";
	}
	if (percent < 1 || percent > 100) {
		return "presence_percent";
	}
	if (test && !class_test_parse(test, &ret->test)) {
		return "test";
	}
	ret->class_people = (guint)people;
	ret->presence_percent = (guint)percent;
	g_strlcpy(ret->project, project, sizeof(ret->project));
	return NULL;
}

static void put_setting(struct request *request, struct reply *reply)
{
	const char *project;
	int people, percent;
	struct ecm_event event;
	struct setting_work work = {.by = request->who.person};
	struct db *db = store_read(request->app->store);
	bool found = class_event_open(request, reply, db, request->values[0].number, &event);
	if (found) {
		class_setting_load(db, event.id, &work.setting);
	}
	store_read_done(request->app->store, db);
	if (!found || !request_unpack(request, reply, "{s:s, s:i, s:i}", "project", &project, "class_people", &people,
			      "presence_percent", &percent)) {
		return;
	}
	work.event = event.id;
	const char *wrong = read_setting(request->json, project, people, percent, &work.setting);
	if (wrong) {
		reply_fault(reply, 422, &bad_setting, wrong);
	} else if (class_write(request, reply, save_setting, &work)) {
		get_event(request, reply);
	}
}

/* --- Groups --- */

struct group_work {
	struct class_group group;
	int64_t by;
};

static const struct problem_text many_groups = {"CLASS_GROUPS_MANY", "L’evento ha già troppi gruppi.",
	"The event has too many groups already.", "Crea un’altra edizione.", "Create another edition."};

static bool save_group(struct db *db, void *data)
{
	struct group_work *work = data;
	bool fresh = work->group.id == 0;
	g_autoptr(GArray) groups = class_groups(db, work->group.event);
	if (fresh && groups->len >= CLASS_GROUPS_MAX) {
		struct problem problem;
		problem_set(&problem, &many_groups, "name");
		return db_refuse(db, &problem);
	}
	if (!class_group_save(db, &work->group, work->by)) {
		return false;
	}
	audit_about(db, work->by, fresh ? "class.create" : "class.rename", "class", work->group.id, work->group.name);
	return true;
}

static const struct problem_text no_name = {"CLASS_NAME", "Il gruppo ha bisogno di un nome.", "The group needs a name.",
	"Scrivi per esempio «Classe A».", "Write \"Class A\", for example."};

static bool read_name(struct request *request, struct reply *reply, struct class_group *group)
{
	if (!class_text(request, reply, "name", 100, group->name, sizeof(group->name))) {
		return false;
	}
	if (!*group->name) {
		reply_fault(reply, 422, &no_name, "name");
	}
	return *group->name != '\0';
}

static void create_group(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct group_work work = {.by = request->who.person};
	struct db *db = store_read(request->app->store);
	bool found = class_event_open(request, reply, db, request->values[0].number, &event);
	store_read_done(request->app->store, db);
	work.group.event = event.id;
	if (!found || !read_name(request, reply, &work.group)) {
		return;
	}
	if (class_write(request, reply, save_group, &work)) {
		reply_json(reply, 201, class_group_json(&work.group));
	}
}

static bool group_exists(struct request *request, struct reply *reply, struct class_group *ret)
{
	struct db *db = store_read(request->app->store);
	bool found = class_group_by_id(db, request->values[0].number, ret);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "group");
	}
	return found;
}

static void rename_group(struct request *request, struct reply *reply)
{
	struct group_work work = {.by = request->who.person};
	if (!group_exists(request, reply, &work.group) || !read_name(request, reply, &work.group)) {
		return;
	}
	if (class_write(request, reply, save_group, &work)) {
		reply_json(reply, 200, class_group_json(&work.group));
	}
}

static const struct problem_text used = {"CLASS_USED", "Qualcuno è già stato iscritto o ha firmato: il gruppo resta.",
	"Somebody was enrolled or has signed: the group stays.", "Ritira le persone e lascialo vuoto.",
	"Withdraw its people and leave it empty."};

static bool delete_work(struct db *db, void *data)
{
	const struct group_work *work = data;
	if (!class_group_delete(db, work->group.id)) {
		struct problem problem;
		problem_set(&problem, &used, "group");
		return db_refuse(db, &problem);
	}
	audit_about(db, work->by, "class.delete", "class", work->group.id, work->group.name);
	return true;
}

static void delete_group(struct request *request, struct reply *reply)
{
	struct group_work work = {.by = request->who.person};
	if (!group_exists(request, reply, &work.group)) {
		return;
	}
	if (class_write(request, reply, delete_work, &work)) {
		reply_empty(reply, 204);
	}
}

#define PROVIDER_JSON .roles = ROLE_PROVIDER, .body = BODY_JSON

const struct route class_group_routes[] = {
	{.id = "classes.event", .method = HTTP_GET, .pattern = "/api/classes/{event:id}", .roles = ROLE_PROVIDER,
		.handler = get_event, .summary = "An event in class: settings, limits, credits, groups"},
	{.id = "classes.setting", .method = HTTP_PUT, .pattern = "/api/classes/{event:id}", PROVIDER_JSON,
		.handler = put_setting, .summary = "Its project, people of a class, presence, where the test is taken: {project, class_people, presence_percent, test}"},
	{.id = "classes.group.create", .method = HTTP_POST, .pattern = "/api/classes/{event:id}/groups", PROVIDER_JSON,
		.handler = create_group, .summary = "A new group or class: {name}"},
	{.id = "classes.group.rename", .method = HTTP_PUT, .pattern = "/api/class-groups/{group:id}", PROVIDER_JSON,
		.handler = rename_group, .summary = "Another name"},
	{.id = "classes.group.delete", .method = HTTP_DELETE, .pattern = "/api/class-groups/{group:id}",
		.roles = ROLE_PROVIDER, .handler = delete_group, .summary = "Deletes a group in which nobody was enrolled"},
	ROUTE_END,
};
