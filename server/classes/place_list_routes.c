/* /api/classes/{event}/people.csv: places from whole lists, gruppo;codice_fiscale;tutor. */
#include <string.h>

#include "server/classes/limits.h"
#include "server/classes/lines.h"
#include "server/classes/overlap.h"
#include "server/classes/seat.h"
#include "server/classes/view.h"
#include "server/routes.h"
#include "server/store/audit.h"

static const struct fault_text csv_columns = {"CLASS_CSV_COLUMNS", SEVERITY_ERROR, NULL,
	"Il file deve avere le colonne gruppo e codice_fiscale; la colonna tutor è facoltativa.",
	"The file must have the columns gruppo and codice_fiscale; the column tutor is optional.",
	"Scrivi i nomi delle colonne nella prima riga.", "Write the names of the columns in the first line."};
static const struct fault_text csv_nobody = {"CLASS_CSV_NOBODY", SEVERITY_ERROR, NULL,
	"Nessuna persona ha il codice fiscale «$1».", "Nobody has the codice fiscale \"$1\".",
	"Correggi il codice, o importa prima la persona.", "Mend the code, or import the person first."};
static const struct fault_text csv_group = {"CLASS_CSV_GROUP", SEVERITY_ERROR, NULL,
	"Manca il nome del gruppo, o è più lungo di 100 caratteri.",
	"The group's name is missing, or longer than 100 characters.", "Completa la riga.", "Complete the line."};

enum column {
	COLUMN_CODE,
	COLUMN_GROUP,
	COLUMN_TUTOR,
};

struct place_list {
	int64_t event;
	enum class_state state;
	int64_t groups; /* made */
};

/* A place is given all the same: who else expects the person is for the provider to weigh. */
static void tell_overlaps(struct db *db, struct class_lines *lines, const struct csv_row *row, int64_t group, int64_t person)
{
	struct faults found;
	faults_init(&found, OVERLAPS_TOLD);
	overlap_places(db, person, group, &found);
	for (guint i = 0; i < found.list->len; i++) {
		class_line_tell(lines, row, &g_array_index(found.list, struct problem, i));
	}
	faults_finish(&found);
}

static bool person_of(struct db *db, const char *codice_fiscale, struct person *ret, struct problem *problem)
{
	g_autofree char *upper = g_ascii_strup(codice_fiscale, -1);
	if (people_by_codice_fiscale(db, upper, ret)) {
		return true;
	}
	fault_set(problem, &csv_nobody, "codice_fiscale", upper, NULL);
	return false;
}

/* The group of that name, made when there is none, with the tutor named beside it. */
static bool group_of(struct db *db, struct class_lines *lines, const struct csv_row *row, struct class_group *ret,
	struct problem *problem)
{
	struct place_list *list = lines->data;
	const char *name = class_line_text(lines, row, COLUMN_GROUP), *tutor = class_line_text(lines, row, COLUMN_TUTOR);
	struct person teacher;
	if (!*name || strlen(name) > 100) {
		fault_set(problem, &csv_group, "gruppo", NULL, NULL);
		return false;
	}
	if (*tutor && !person_of(db, tutor, &teacher, problem)) {
		return false;
	}
	if (!class_group_by_name(db, list->event, name, ret)) {
		*ret = (struct class_group){.event = list->event};
		g_strlcpy(ret->name, name, sizeof(ret->name));
		class_group_save(db, ret, lines->by);
		audit_about(db, lines->by, "class.create", "class", ret->id, ret->name);
		list->groups++;
	}
	if (*tutor && !ret->closed && !class_teaches(db, ret->id, teacher.id)) {
		class_staff_set(db, ret->id, teacher.id, 'T');
		audit_about(db, lines->by, "class.teacher", "class", ret->id, tutor);
	}
	return true;
}

static bool take_line(struct db *db, struct class_lines *lines, const struct csv_row *row, struct problem *problem)
{
	const struct place_list *list = lines->data;
	struct class_group group;
	struct person person;
	if (!person_of(db, class_line_text(lines, row, COLUMN_CODE), &person, problem) ||
		!group_of(db, lines, row, &group, problem) ||
		!class_seat_give(db, group.id, person.id, list->state, "elenco", lines->by, problem)) {
		return false;
	}
	tell_overlaps(db, lines, row, group.id, person.id);
	return true;
}

static bool complete(const int at[CLASS_COLUMNS_MAX], struct problem *ret)
{
	if (at[COLUMN_CODE] < 0 || at[COLUMN_GROUP] < 0) {
		fault_set(ret, &csv_columns, "csv", NULL, NULL);
		return false;
	}
	return true;
}

static void post_list(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct db *db = store_read(request->app->store);
	bool found = class_event_open(request, reply, db, request->values[0].number, &event);
	store_read_done(request->app->store, db);
	if (!found) {
		return;
	}
	struct place_list list = {.event = event.id,
		.state = g_strcmp0(request_query(request, "state"), "enrolled") == 0 ? CLASS_ENROLLED : CLASS_INVITED};
	struct class_lines lines = {.columns = {"codice_fiscale", "gruppo", "tutor"}, .complete = complete, .take = take_line,
		.data = &list};
	json_t *json = class_lines_take(request, reply, &lines);
	if (json) {
		json_object_set_new(json, "groups", json_integer(list.groups));
		reply_json(reply, 200, json);
	}
}

const struct route class_place_list_routes[] = {
	{.id = "classes.people.list", .method = HTTP_POST, .pattern = "/api/classes/{event:id}/people.csv",
		.roles = ROLE_PROVIDER, .body = BODY_BYTES, .body_limit = CLASS_CSV_BYTES, .handler = post_list,
		.summary = "Places from a CSV: gruppo;codice_fiscale;tutor. Groups are made as named. ?state=enrolled or invited"},
	ROUTE_END,
};
