/* /api/class-groups: the register of all of a group's sessions — told as a file, closed, opened again. */
#include "server/classes/limits.h"
#include "server/classes/register.h"
#include "server/classes/view.h"
#include "server/ecm/csv.h"
#include "server/ecm/day.h"
#include "server/problem.h"
#include "server/routes.h"

/* --- For the provider's file: every signature of the class --- */

static void mark_line(GString *out, const struct class_session *session, const struct class_seat *seat,
	const struct class_mark *mark)
{
	char clock[6], recorded[32], voided[32];
	ecm_clock(mark->at, clock);
	store_time_text(mark->recorded_at, recorded);
	store_time_text(mark->void_at, voided);
	csv_field(out, session->day);
	csv_guarded(out, seat->codice_fiscale);
	csv_guarded(out, seat->family_name);
	csv_guarded(out, seat->given_name);
	csv_field(out, mark->in ? "entrata" : "uscita");
	csv_field(out, clock);
	csv_field(out, mark->how);
	csv_guarded(out, mark->why);
	csv_guarded(out, mark->by);
	csv_field(out, recorded);
	csv_field(out, voided);
	csv_guarded(out, mark->void_by);
	csv_guarded(out, mark->void_why);
	csv_end(out);
}

static void get_csv(struct request *request, struct reply *reply)
{
	struct class_scope scope;
	GString *out = g_string_new("\xEF\xBB\xBF"
				    "giorno;codice_fiscale;cognome;nome;verso;ora;come;motivo;scritto_da;scritto_il;annullato_il;"
				    "annullato_da;motivo_annullamento\r\n");
	struct db *db = store_read(request->app->store);
	bool may = class_scope_open(request, reply, db, request->values[0].number, &scope);
	g_autoptr(GArray) sessions = class_sessions(db, may ? scope.group.id : 0);
	g_autoptr(GArray) seats = class_seats(db, may ? scope.group.id : 0);
	for (guint i = 0; i < sessions->len; i++) {
		const struct class_session *session = &g_array_index(sessions, struct class_session, i);
		for (guint k = 0; k < seats->len; k++) {
			const struct class_seat *seat = &g_array_index(seats, struct class_seat, k);
			g_autoptr(GArray) marks = class_marks(db, session->id, seat->person);
			for (guint m = 0; m < marks->len; m++) {
				mark_line(out, session, seat, &g_array_index(marks, struct class_mark, m));
			}
		}
	}
	store_read_done(request->app->store, db);
	g_autoptr(GBytes) bytes = g_string_free_to_bytes(out);
	if (may) {
		reply_header(reply, "Content-Disposition", "attachment; filename=\"registro.csv\"");
		reply_bytes(reply, 200, "text/csv; charset=utf-8", bytes);
	}
}

/* --- Closing and opening again --- */

struct close_work {
	int64_t group, by;
	char report[4 * CLASS_REPORT_MAX];
	char why[CLASS_WHY_BYTES];
};

static bool close_work(struct db *db, void *data)
{
	const struct close_work *work = data;
	struct problem problem = {0};
	return register_close(db, work->group, work->report, work->by, &problem) || db_refuse(db, &problem);
}

static bool reopen_work(struct db *db, void *data)
{
	const struct close_work *work = data;
	struct problem problem = {0};
	return register_reopen(db, work->group, work->why, work->by, &problem) || db_refuse(db, &problem);
}

static void closing(struct request *request, struct reply *reply, store_work change, bool reopens)
{
	struct class_scope scope;
	g_autofree struct close_work *work = g_new0(struct close_work, 1);
	work->group = request->values[0].number;
	work->by = request->who.person;
	struct db *db = store_read(request->app->store);
	bool may = class_scope_open(request, reply, db, work->group, &scope);
	store_read_done(request->app->store, db);
	if (!may || (reopens && !class_why(request, reply, work->why)) ||
		!class_text(request, reply, "report", CLASS_REPORT_MAX, work->report, sizeof(work->report))) {
		return;
	}
	if (class_write(request, reply, change, work)) {
		db = store_read(request->app->store);
		class_group_by_id(db, work->group, &scope.group);
		store_read_done(request->app->store, db);
		reply_json(reply, 200, class_group_json(&scope.group));
	}
}

static void close_group(struct request *request, struct reply *reply)
{
	closing(request, reply, close_work, false);
}

static void reopen_group(struct request *request, struct reply *reply)
{
	closing(request, reply, reopen_work, true);
}

/* The handler asks whether the person teaches the class; the provider may everywhere. */
#define KEEPERS .roles = ROLE_SIGNED_IN

const struct route class_whole_register_routes[] = {
	{.id = "classes.register.csv", .method = HTTP_GET, .pattern = "/api/class-groups/{group:id}/register.csv", KEEPERS,
		.handler = get_csv, .summary = "Every signature of a class, voided ones too, as CSV"},
	{.id = "classes.close", .method = HTTP_POST, .pattern = "/api/class-groups/{group:id}/close", KEEPERS,
		.body = BODY_JSON, .handler = close_group, .summary = "Closes the register: {report}; who was there long enough has completed"},
	{.id = "classes.reopen", .method = HTTP_POST, .pattern = "/api/class-groups/{group:id}/reopen",
		.roles = ROLE_PROVIDER, .body = BODY_JSON, .handler = reopen_group, .summary = "Opens it again: {why}"},
	ROUTE_END,
};
