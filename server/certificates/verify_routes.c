/* /api/verify: for everybody who holds the paper. */
#include <string.h>

#include "server/app.h"
#include "server/certificates/page.h"
#include "server/certificates/routes.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"

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

const struct route certificate_verify_routes[] = {
	{.id = "verify",
		.method = HTTP_GET,
		.pattern = "/api/verify/{code:name}",
		.roles = ROLE_PUBLIC,
		.handler = verify,
		.summary = "Is this certificate genuine? No more than is printed on it"},
	ROUTE_END,
};
