#include "server/certificates/print.h"

#include <string.h>

#include "server/certificates/page.h"
#include "server/ecm/day.h"
#include "server/problem.h"
#include "server/store/provider.h"
#include "server/store/settings.h"

struct printer {
	struct app *app;
	struct press *press;
	char origin[512];
	/* The template of the last certificate: nearly always the next one's too. */
	struct certificate_template *template;
	char template_sha256[65];
};

struct printer *printer_create(struct app *app, struct problem *problem)
{
	struct printer *printer = g_new0(struct printer, 1);
	struct db *db = store_read(app->store);
	g_autoptr(GBytes) logo = provider_logo(db);
	if (!settings_get(db, CERTIFICATE_ORIGIN_SETTING, printer->origin, sizeof(printer->origin))) {
		g_strlcpy(printer->origin, "http://localhost:8080", sizeof(printer->origin));
	}
	store_read_done(app->store, db);
	gsize len = 0;
	const void *bytes = logo ? g_bytes_get_data(logo, &len) : NULL;
	printer->app = app;
	printer->press = press_create(bytes, len, problem);
	if (!printer->press) {
		printer_destroy(printer);
		return NULL;
	}
	return printer;
}

void printer_destroy(struct printer *printer)
{
	if (printer) {
		press_destroy(printer->press);
		certificate_template_destroy(printer->template);
		g_free(printer);
	}
}

static bool take_template(struct printer *printer, const char *sha256, struct problem *problem)
{
	if (printer->template && strcmp(printer->template_sha256, sha256) == 0) {
		return true;
	}
	struct db *db = store_read(printer->app->store);
	g_autofree char *body = certificate_template_body(db, sha256);
	store_read_done(printer->app->store, db);
	certificate_template_destroy(printer->template);
	printer->template = certificate_template_read(body ? body : "", body ? strlen(body) : 0, problem);
	g_strlcpy(printer->template_sha256, sha256, sizeof(printer->template_sha256));
	return printer->template != NULL;
}

static void put(json_t *facts, const char *name, const char *text)
{
	json_object_set_new(facts, name, json_string(text));
}

/* What depends on the certificate itself, beside what it says of person and event. */
static void own_facts(
	json_t *facts, const struct printer *printer, const struct certificate *certificate, const char *day)
{
	g_autofree char *url = g_strdup_printf("%s/verifica/%s", printer->origin, certificate->code);
	g_autofree char *issued = g_strdup_printf("%.2s/%.2s/%.4s", day + 8, day + 5, day);
	put(facts, "verify_url", url);
	put(facts, "code", certificate->code);
	put(facts, "issued_day", issued);
}

GBytes *printer_pdf(struct printer *printer, const struct certificate *certificate, struct problem *problem)
{
	char day[11];
	if (!take_template(printer, certificate->template_sha256, problem)) {
		return NULL;
	}
	ecm_day(certificate->issued_at, day);
	json_t *facts = json_loads(certificate->facts, 0, NULL);
	own_facts(facts, printer, certificate, day);
	GArray *blocks = certificate_blocks(printer->template, certificate->kind, facts);
	bool ecm = certificate->kind == CERTIFICATE_ECM;
	g_autofree char *title = g_strdup_printf(
		"%s – %s", ecm ? "Attestato ECM" : "Attestato di partecipazione", certificate_fact(facts, "person_name"));
	struct page page = {blocks, title, certificate_fact(facts, "provider_name"), day, certificate_fact(facts, "verify_url")};
	GByteArray *pdf = g_byte_array_new();
	bool good = press_print(printer->press, &page, pdf, problem);
	g_array_free(blocks, TRUE);
	json_decref(facts);
	if (!good) {
		g_byte_array_free(pdf, TRUE);
		return NULL;
	}
	return g_byte_array_free_to_bytes(pdf);
}
