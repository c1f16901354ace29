/* /api/ecm/events/{event}/certificates: an event's certificates in one batch, and any one of them, for the provider. */
#include <fcntl.h>
#include <unistd.h>

#include "server/app.h"
#include "server/certificates/batch.h"
#include "server/certificates/routes.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"

static json_t *batch_json(const struct certificate_batch *batch)
{
	char started[32], ended[32];
	store_time_text(batch->started_at, started);
	store_time_text(batch->ended_at, ended);
	json_t *problem = json_loads(*batch->problem ? batch->problem : "null", JSON_DECODE_ANY, NULL);
	return json_pack("{s:I, s:I, s:s, s:I, s:I, s:I, s:s, s:s, s:o}", "id", (json_int_t)batch->id,
		"event", (json_int_t)batch->event, "state", batch_state_name(batch->state), "total",
		(json_int_t)batch->total, "done", (json_int_t)batch->done, "refused",
		(json_int_t)batch->refused, "started_at", started, "ended_at", ended, "problem", problem);
}

static void get_batch(struct request *request, struct reply *reply)
{
	struct certificate_batch batch;
	struct db *db = store_read(request->app->store);
	bool found = certificate_batch_newest(db, request->values[0].number, &batch);
	int64_t issued = certificates_count(db, request->values[0].number);
	store_read_done(request->app->store, db);
	reply_json(reply, 200,
		json_pack("{s:I, s:o}", "issued", (json_int_t)issued, "batch",
			found ? batch_json(&batch) : json_null()));
	if (found) {
		certificate_batch_finish(&batch);
	}
}

static bool start_work(struct db *db, void *data)
{
	struct certificate_batch *batch = data;
	struct ecm_event event;
	if (!ecm_event_by_id(db, batch->event, &event)) {
		batch->event = 0;
		return false;
	}
	if (certificate_batch_start(db, batch)) {
		audit_about(db, batch->started_by, "certificates.batch", "ecm_event", batch->event, NULL);
	}
	return true;
}

static void start_batch(struct request *request, struct reply *reply)
{
	struct certificate_batch batch = {
		.event = request->values[0].number, .started_by = request->who.person};
	struct problem problem;
	if (store_write(request->app->store, start_work, &batch, &problem)) {
		batch_worker_wake(request->app);
		get_batch(request, reply);
	} else if (batch.event == 0) {
		reply_not_found(reply, "event");
	} else {
		reply_store_fault(reply, &problem);
	}
}

static bool cancel_work(struct db *db, void *data)
{
	struct certificate_batch *batch = data;
	int64_t by = batch->started_by;
	if (certificate_batch_newest(db, batch->event, batch) && batch->state == BATCH_RUNNING) {
		batch->state = BATCH_CANCELLED;
		batch->ended_at = store_now();
		certificate_batch_update(db, batch);
		audit_about(db, by, "certificates.cancel", "ecm_event", batch->event, NULL);
	}
	return true;
}

static void cancel_batch(struct request *request, struct reply *reply)
{
	struct certificate_batch batch = {
		.event = request->values[0].number, .started_by = request->who.person};
	struct problem problem;
	bool done = store_write(request->app->store, cancel_work, &batch, &problem);
	certificate_batch_finish(&batch);
	if (done) {
		get_batch(request, reply);
	} else {
		reply_store_fault(reply, &problem);
	}
}

static void get_zip(struct request *request, struct reply *reply)
{
	struct certificate_batch batch;
	struct db *db = store_read(request->app->store);
	bool found = certificate_batch_newest(db, request->values[0].number, &batch);
	store_read_done(request->app->store, db);
	g_autofree char *path = found ? batch_zip_path(request->app, batch.id) : NULL;
	int file = found && batch.state == BATCH_DONE ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (found) {
		certificate_batch_finish(&batch);
	}
	if (file < 0) {
		reply_not_found(reply, "certificates");
		return;
	}
	int64_t size = lseek(file, 0, SEEK_END);
	reply_header(reply, "Content-Disposition", "attachment; filename=\"attestati.zip\"");
	reply_file(reply, 200, "application/zip", file, 0, size);
}

static void get_one(struct request *request, struct reply *reply)
{
	struct certificate certificate;
	struct db *db = store_read(request->app->store);
	bool found = certificate_by_id(db, request->values[0].number, &certificate);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "certificate");
		return;
	}
	certificate_reply_pdf(request, reply, &certificate);
	certificate_finish(&certificate);
}

const struct route certificate_event_routes[] = {
	{.id = "ecm.certificates",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/certificates",
		.roles = ROLE_PROVIDER,
		.handler = get_batch,
		.summary = "How many certificates of an event were issued, and the newest batch"},
	{.id = "ecm.certificates.start",
		.method = HTTP_POST,
		.pattern = "/api/ecm/events/{event:id}/certificates",
		.roles = ROLE_PROVIDER,
		.handler = start_batch,
		.summary = "Issues and prints all certificates of an event into a zip"},
	{.id = "ecm.certificates.cancel",
		.method = HTTP_DELETE,
		.pattern = "/api/ecm/events/{event:id}/certificates",
		.roles = ROLE_PROVIDER,
		.handler = cancel_batch,
		.summary = "Stops the batch that runs; what was issued stays"},
	{.id = "ecm.certificates.zip",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/certificates/zip",
		.roles = ROLE_PROVIDER,
		.flags = ROUTE_RECORDED,
		.handler = get_zip,
		.summary = "The finished batch"},
	{.id = "ecm.certificates.pdf",
		.method = HTTP_GET,
		.pattern = "/api/ecm/certificates/{certificate:id}/pdf",
		.roles = ROLE_PROVIDER,
		.handler = get_one,
		.summary = "One certificate as PDF"},
	ROUTE_END,
};
