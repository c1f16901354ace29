/* /api/classes/{event}/people.csv: places from whole lists, gruppo;codice_fiscale;tutor. */
#include <string.h>

#include "server/classes/limits.h"
#include "server/classes/overlap.h"
#include "server/classes/seat.h"
#include "server/classes/view.h"
#include "server/people/csv_read.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/people.h"

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

struct list_work {
	int64_t event, by;
	enum class_state state;
	const struct csv_table *table;
	int group, codice_fiscale, tutor;
	int64_t given, rejected, groups;
	struct faults *faults;
};

static void tell_line(struct list_work *work, const struct csv_row *row, const struct problem *problem)
{
	struct problem told = *problem;
	told.line = row->line;
	g_strlcpy(told.where, csv_text(row, work->codice_fiscale), sizeof(told.where));
	faults_add_problem(work->faults, &told, told.where);
}

/* A place is given all the same: who else expects the person is for the provider to weigh. */
static void tell_overlaps(struct db *db, struct list_work *work, const struct csv_row *row, int64_t group, int64_t person)
{
	struct faults found;
	faults_init(&found, OVERLAPS_TOLD);
	overlap_places(db, person, group, &found);
	for (guint i = 0; i < found.list->len; i++) {
		tell_line(work, row, &g_array_index(found.list, struct problem, i));
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
static bool group_of(struct db *db, struct list_work *work, const struct csv_row *row, struct class_group *ret,
	struct problem *problem)
{
	const char *name = csv_text(row, work->group), *tutor = csv_text(row, work->tutor);
	struct person teacher;
	if (!*name || strlen(name) > 100) {
		fault_set(problem, &csv_group, "gruppo", NULL, NULL);
		return false;
	}
	if (*tutor && !person_of(db, tutor, &teacher, problem)) {
		return false;
	}
	if (!class_group_by_name(db, work->event, name, ret)) {
		*ret = (struct class_group){.event = work->event};
		g_strlcpy(ret->name, name, sizeof(ret->name));
		class_group_save(db, ret, work->by);
		audit_about(db, work->by, "class.create", "class", ret->id, ret->name);
		work->groups++;
	}
	if (*tutor && !ret->closed && !class_teaches(db, ret->id, teacher.id)) {
		class_staff_set(db, ret->id, teacher.id, 'T');
		audit_about(db, work->by, "class.teacher", "class", ret->id, tutor);
	}
	return true;
}

static bool enrol_list(struct db *db, void *data)
{
	struct list_work *work = data;
	for (guint i = 1; i < work->table->rows->len; i++) {
		const struct csv_row *row = g_ptr_array_index(work->table->rows, i);
		struct problem problem = {0};
		struct class_group group;
		struct person person;
		if (person_of(db, csv_text(row, work->codice_fiscale), &person, &problem) &&
			group_of(db, work, row, &group, &problem) &&
			class_seat_give(db, group.id, person.id, work->state, "elenco", work->by, &problem)) {
			work->given++;
			tell_overlaps(db, work, row, group.id, person.id);
		} else {
			tell_line(work, row, &problem);
			work->rejected++;
		}
	}
	return true;
}

static void run_list(struct request *request, struct reply *reply, struct list_work *work)
{
	struct problem problem = {0};
	if (work->group < 0 || work->codice_fiscale < 0) {
		fault_set(&problem, &csv_columns, "csv", NULL, NULL);
		reply_problem(reply, 422, &problem);
	} else if (class_write(request, reply, enrol_list, work)) {
		reply_json(reply, 200,
			json_pack("{s:I, s:I, s:I, s:o}", "taken", (json_int_t)work->given, "rejected",
				(json_int_t)work->rejected, "groups", (json_int_t)work->groups, "problems",
				problems_json(work->faults->list)));
	}
}

static void post_list(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct csv_table table;
	struct problem problem = {0};
	struct faults faults;
	gsize size;
	const char *bytes = g_bytes_get_data(request->body, &size);
	const char *state = request_query(request, "state");
	struct db *db = store_read(request->app->store);
	bool found = class_event_open(request, reply, db, request->values[0].number, &event);
	store_read_done(request->app->store, db);
	if (!found) {
		return;
	}
	if (!csv_table_init(&table, bytes, size, &problem)) {
		reply_problem(reply, 422, &problem);
		return;
	}
	faults_init(&faults, LIMIT_CSV_PROBLEMS);
	struct list_work work = {.event = event.id, .by = request->who.person, .table = &table, .faults = &faults,
		.state = g_strcmp0(state, "enrolled") == 0 ? CLASS_ENROLLED : CLASS_INVITED,
		.group = csv_column(&table, "gruppo"), .codice_fiscale = csv_column(&table, "codice_fiscale"),
		.tutor = csv_column(&table, "tutor")};
	run_list(request, reply, &work);
	faults_finish(&faults);
	csv_table_finish(&table);
}

const struct route class_place_list_routes[] = {
	{.id = "classes.people.list", .method = HTTP_POST, .pattern = "/api/classes/{event:id}/people.csv",
		.roles = ROLE_PROVIDER, .body = BODY_BYTES, .body_limit = CLASS_CSV_BYTES, .handler = post_list,
		.summary = "Places from a CSV: gruppo;codice_fiscale;tutor. Groups are made as named. ?state=enrolled or invited"},
	ROUTE_END,
};
