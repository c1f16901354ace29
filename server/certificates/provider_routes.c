/* /api/ecm/provider and certificates of events, for the provider; /api/verify, for everybody. */
#include <string.h>
#include <fcntl.h>
#include <unistd.h>

#include "server/certificates/batch.h"
#include "server/certificates/limits.h"
#include "server/certificates/page.h"
#include "server/certificates/routes.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/provider.h"

/* The members of the provider's record, as JSON names them. */
#define FIELD(name, most)                                                                                    \
	{                                                                                                    \
#name, offsetof(struct provider, name), sizeof(((struct provider *)NULL)->name), most        \
	}
static const struct {
	const char *name;
	size_t offset, size;
	glong most; /* characters */
} fields[] = {FIELD(name, 200), FIELD(code, 20), FIELD(accreditation, 60), FIELD(accredited_until, 10),
	FIELD(accreditor, 200), FIELD(legal_name, 200), FIELD(legal_quality, 200), FIELD(place, 100),
	FIELD(organiser, 200), FIELD(partner, 200)};
#undef FIELD

static void get_provider(struct request *request, struct reply *reply)
{
	struct provider provider;
	struct db *db = store_read(request->app->store);
	provider_load(db, &provider);
	store_read_done(request->app->store, db);
	json_t *json = json_object();
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		json_object_set_new(json, fields[i].name, json_string((char *)&provider + fields[i].offset));
	}
	json_object_set_new(json, "has_logo", json_boolean(provider.has_logo));
	reply_json(reply, 200, json);
}

static const struct problem_text bad_provider = {
	.code = "BAD_PROVIDER",
	.it = "Uno dei dati del provider manca o non è valido.",
	.en = "One of the provider's data is missing or not valid.",
	.mend_it = "Ogni dato è un testo; la scadenza è una data AAAA-MM-GG; il codice ha al massimo 20 "
		   "caratteri.",
	.mend_en = "Each is a text; the expiry is a date YYYY-MM-DD; the code has at most 20 characters.",
};

struct saving {
	struct provider provider;
	GBytes *logo;
	int64_t by;
};

static bool save_work(struct db *db, void *data)
{
	struct saving *saving = data;
	provider_save(db, &saving->provider, saving->by);
	audit_add(db, saving->by, "provider.change", "provider", saving->provider.name);
	return true;
}

/* The name of the member at fault, NULL when all are good. */
static const char *read_provider(json_t *json, struct provider *ret)
{
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		const char *text = json_string_value(json_object_get(json, fields[i].name));
		if (!text || g_utf8_strlen(text, -1) > fields[i].most || strlen(text) >= fields[i].size) {
			return fields[i].name;
		}
		char *field = (char *)ret + fields[i].offset;
		g_strlcpy(field, text, fields[i].size);
		g_strstrip(field);
	}
	return *ret->accredited_until && !ecm_date_valid(ret->accredited_until) ? "accredited_until" : NULL;
}

static void put_provider(struct request *request, struct reply *reply)
{
	struct saving saving = {.by = request->who.person};
	struct problem problem;
	const char *wrong = read_provider(request->json, &saving.provider);
	if (wrong) {
		reply_fault(reply, 422, &bad_provider, wrong);
	} else if (!store_write(request->app->store, save_work, &saving, &problem)) {
		reply_store_fault(reply, &problem);
	} else {
		get_provider(request, reply);
	}
}

static bool logo_work(struct db *db, void *data)
{
	struct saving *saving = data;
	provider_logo_save(db, saving->logo, saving->by);
	audit_add(db, saving->by, "provider.logo", "provider", saving->logo ? "changed" : "removed");
	return true;
}

static void put_logo(struct request *request, struct reply *reply)
{
	gsize len = 0;
	const void *bytes = g_bytes_get_data(request->body, &len);
	struct saving saving = {.by = request->who.person, .logo = len > 0 ? request->body : NULL};
	struct problem problem;
	struct press *press = press_create(len > 0 ? bytes : NULL, len, &problem);
	if (!press) {
		reply_problem(reply, 422, &problem);
		return;
	}
	press_destroy(press);
	if (!store_write(request->app->store, logo_work, &saving, &problem)) {
		reply_store_fault(reply, &problem);
	} else {
		get_provider(request, reply);
	}
}

static void get_logo(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GBytes) logo = provider_logo(db);
	store_read_done(request->app->store, db);
	if (logo) {
		reply_bytes(reply, 200, "image/png", logo);
	} else {
		reply_not_found(reply, "logo");
	}
}

/* --- Batches --- */

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

/* --- For everybody who holds the paper --- */

/* No more than is printed; {known: false} for a code that no certificate has. A code of 100 random bits is not guessed. */
static void verify(struct request *request, struct reply *reply)
{
	struct certificate certificate;
	g_autofree char *code = g_ascii_strup(request->values[0].text, -1);
	struct db *db = store_read(request->app->store);
	bool found = certificate_by_code(db, code, &certificate);
	g_autofree char *body = found ? certificate_template_body(db, certificate.template_sha256) : NULL;
	store_read_done(request->app->store, db);
	if (!found) {
		reply_json(reply, 200, json_pack("{s:b}", "known", 0));
		return;
	}
	static const char *const printed[] = {"person_name", "codice_fiscale", "event_title", "event_code",
		"event_edition", "event_form", "event_hours", "credits", "earned_day", "provider_name",
		"role", "professions", "disciplines"};
	struct problem problem;
	struct certificate_template *template = body ? certificate_template_read(body, strlen(body), &problem) : NULL;
	char issued[32];
	store_time_text(certificate.issued_at, issued);
	json_t *facts = json_loads(certificate.facts, 0, NULL);
	json_t *json = json_pack("{s:b, s:s, s:s, s:b, s:s}", "known", 1, "code", certificate.code, "kind",
		certificate_kind_name(certificate.kind), "valid", (int)(certificate.revoked_at == 0),
		"issued_at", issued);
	for (size_t i = 0; i < G_N_ELEMENTS(printed); i++) {
		json_t *fact = json_object_get(facts, printed[i]);
		bool told = fact && template && certificate_prints(template, certificate.kind, printed[i]);
		json_object_set(json, printed[i], told ? fact : json_null());
	}
	certificate_template_destroy(template);
	json_decref(facts);
	certificate_finish(&certificate);
	reply_json(reply, 200, json);
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

const struct route certificate_provider_routes[] = {
	{.id = "ecm.provider",
		.method = HTTP_GET,
		.pattern = "/api/ecm/provider",
		.roles = ROLE_PROVIDER,
		.handler = get_provider,
		.summary = "The provider's record, named on certificates"},
	{.id = "ecm.provider.put",
		.method = HTTP_PUT,
		.pattern = "/api/ecm/provider",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = put_provider,
		.summary = "Changes the provider's record"},
	{.id = "ecm.provider.logo",
		.method = HTTP_GET,
		.pattern = "/api/ecm/provider/logo",
		.roles = ROLE_PROVIDER,
		.handler = get_logo,
		.summary = "The provider's logo"},
	{.id = "ecm.provider.logo.put",
		.method = HTTP_PUT,
		.pattern = "/api/ecm/provider/logo",
		.roles = ROLE_PROVIDER,
		.body = BODY_BYTES,
		.body_limit = CERTIFICATE_LOGO_BYTES,
		.handler = put_logo,
		.summary = "Sets the logo (PNG); an empty body takes it away"},
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
	{.id = "verify",
		.method = HTTP_GET,
		.pattern = "/api/verify/{code:name}",
		.roles = ROLE_PUBLIC,
		.handler = verify,
		.summary = "Is this certificate genuine? No more than is printed on it"},
	ROUTE_END,
};
