/* /api/ecm/provider: the provider's record and logo, as certificates show them. */
#include <string.h>

#include "server/app.h"
#include "server/certificates/limits.h"
#include "server/certificates/page.h"
#include "server/ecm/event.h"
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
	ROUTE_END,
};
