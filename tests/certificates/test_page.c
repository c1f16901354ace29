/* The certificate as text and as a page [ECM 3.1]. */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "server/certificates/page.h"
#include "server/certificates/template.h"

static struct certificate_template *builtin(void)
{
	struct problem problem = {0};
	struct certificate_template *template = certificate_template_load("/nonexistent.json", &problem);
	if (!template) {
		print_error("%s\n", problem.where);
	}
	assert_non_null(template);
	return template;
}

static json_t *facts_of_mario(void)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
		"provider_name", "FORMAS – Laboratorio regionale", "provider_legal", "Anna Neri", "provider_place",
		"Firenze", "event_code", "100-35230", "event_edition", "1", "event_title",
		"Il Fascicolo Sanitario Elettronico 2.0", "event_hours", "4", "event_credits", "4,0",
		"event_credits_words", "quattro", "person_name", "Niccolò D’Amico", "credits", "4,0",
		"credits_words", "quattro", "earned_day", "03/02/2026", "earned_year", "2026", "code",
		"7K2QF-9XW3M", "verify_url", "https://fad.example.org/verifica/7K2QF-9XW3M");
}

/* ECM 3.1: credits in figures and in words. */
static void test_words(void **state)
{
	static const struct {
		unsigned tenths;
		const char *words;
	} cases[] = {{0, "zero"}, {5, "zero virgola cinque"}, {40, "quattro"}, {52, "cinque virgola due"},
		{72, "sette virgola due"}, {104, "dieci virgola quattro"}, {170, "diciassette"}, {200, "venti"},
		{208, "venti virgola otto"}, {210, "ventuno"}, {280, "ventotto"}, {330, "trentatré"},
		{387, "trentotto virgola sette"}, {410, "quarantuno"}, {500, "cinquanta"}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		char words[64];
		certificate_credits_words(cases[i].tenths, words);
		assert_string_equal(words, cases[i].words);
	}
}

/* Every field of the attestato [ECM 3.1], by its row there: the facts it rests on and what is printed. */
static const struct {
	const char *row;
	const char *facts[4][2];
	const char *printed;
} fields[] = {
	{"accrediting body, provider, accreditation and its expiry",
		{{"accreditor", "la Regione Toscana"}, {"provider_name", "FORMAS"}, {"provider_accreditation", "1234"},
			{"accreditation_expiry", ", scadenza 31/12/2027"}},
		"Premesso che la Regione Toscana ha accreditato il Provider FORMAS (accreditamento n. 1234, scadenza 31/12/2027)"},
	{"organizzatore", {{"organiser", "ESTAR"}}, "Premesso che ESTAR ha organizzato l'evento formativo"},
	{"in collaborazione con", {{"partner", "ARS"}}, "in collaborazione con ARS"},
	{"evento n., edizione n.", {{"event_code", "100-35230"}, {"event_edition", "2"}}, "evento formativo n. 100-35230, edizione n. 2"},
	{"denominato", {{"event_title", "Il FSE 2.0"}}, "denominato «Il FSE 2.0»"},
	{"tenutosi a … dal … al … (not for FAD)",
		{{"event_period", "tenutosi a Firenze, Villa La Quiete dal 12/01/2026 al 13/01/2026"}},
		"(FAD, 4 ore), tenutosi a Firenze, Villa La Quiete dal 12/01/2026 al 13/01/2026"},
	{"obiettivo nazionale", {{"objective", "Sanità digitale"}}, "obiettivo didattico/formativo generale: Sanità digitale"},
	{"credits of the event in figures and words", {{"event_credits", "5,2"}, {"event_credits_words", "cinque virgola due"}},
		"N° 5,2 (cinque virgola due) Crediti Formativi E.C.M."},
	{"rappresentante legale, qualifica", {{"provider_legal", "Anna Neri"}, {"provider_legal_quality", "Direttrice"}},
		"Il sottoscritto Anna Neri, Direttrice"},
	{"ATTESTA che", {{"person_name", "Niccolò D’Amico"}}, "ATTESTA che\nNiccolò D’Amico"},
	{"iscritto a", {{"order", "OPI Firenze n. 77"}}, "iscritto a OPI Firenze n. 77"},
	{"nato a … il …", {{"birth_place", "Prato"}, {"birth_day", "01/02/1980"}}, "nato a Prato il 01/02/1980"},
	{"in qualità di", {{"role", "docente"}}, "in qualità di docente"},
	{"ha conseguito, per l'anno", {{"credits", "5,2"}, {"credits_words", "cinque virgola due"}, {"earned_year", "2026"}},
		"N° 5,2 (cinque virgola due) Crediti formativi per l'anno 2026"},
	{"luogo, data", {{"provider_place", "Firenze"}, {"issued_day", "04/02/2026"}}, "Firenze, 04/02/2026"},
	{"firma", {{"provider_legal", "Anna Neri"}, {"provider_legal_quality", "Direttrice"}}, "Direttrice\nAnna Neri"},
	{"codice fiscale", {{"codice_fiscale", "RSSMRA80A01H501U"}}, "codice fiscale RSSMRA80A01H501U"},
	{"professione and disciplina", {{"professions", "Infermiere"}, {"disciplines", "Infermiere"}}, "Infermiere – Infermiere"},
	{"reclutato", {{"recruited", ", reclutato da uno sponsor"}}, ", reclutato da uno sponsor"},
	{"tipologia, ore", {{"event_form", "FAD"}, {"event_hours", "4"}}, "(FAD, 4 ore)"},
	{"data di conseguimento", {{"earned_day", "03/02/2026"}}, "Crediti conseguiti il 03/02/2026"},
	{"code and address to check it", {{"code", "7K2QF"}, {"verify_url", "https://fad.example.org/verifica/7K2QF"}},
		"Attestato n. 7K2QF. La sua autenticità si verifica all'indirizzo https://fad.example.org/verifica/7K2QF"},
};

static char *all_text(const GArray *blocks)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < blocks->len; i++) {
		g_string_append_printf(text, "%s\n", g_array_index(blocks, struct certificate_block, i).text);
	}
	return g_string_free(text, FALSE);
}

static void test_blocks(void **state)
{
	struct certificate_template *template = builtin();
	json_t *facts = facts_of_mario();
	GArray *blocks = certificate_blocks(template, CERTIFICATE_ECM, facts);
	g_autofree char *text = all_text(blocks);
	assert_non_null(strstr(text, "N° 4,0 (quattro) Crediti formativi per l'anno 2026"));
	assert_non_null(strstr(text, "evento formativo n. 100-35230, edizione n. 1"));
	assert_null(strstr(text, "nato a")); /* not known: left out, no gap */
	assert_null(strchr(text, '{'));
	g_array_free(blocks, TRUE);
	json_decref(facts);
	certificate_template_destroy(template);
}

static void test_fields(void **state)
{
	struct certificate_template *template = builtin();
	json_t *facts = json_object();
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		for (size_t k = 0; k < 4 && fields[i].facts[k][0]; k++) {
			json_object_set_new(facts, fields[i].facts[k][0], json_string(fields[i].facts[k][1]));
		}
	}
	GArray *blocks = certificate_blocks(template, CERTIFICATE_ECM, facts);
	g_autofree char *text = all_text(blocks);
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		if (!strstr(text, fields[i].printed)) {
			fail_msg("%s: «%s» is not printed in\n%s", fields[i].row, fields[i].printed, text);
		}
	}
	g_array_free(blocks, TRUE);
	json_decref(facts);
	certificate_template_destroy(template);
}

/* Who earns no credits gets an attestato that says so, and names none. */
static void test_participation(void **state)
{
	struct certificate_template *template = builtin();
	json_t *facts = facts_of_mario();
	json_object_set_new(facts, "level", json_string("Base"));
	GArray *blocks = certificate_blocks(template, CERTIFICATE_PARTICIPATION, facts);
	g_autofree char *text = all_text(blocks);
	assert_non_null(strstr(text, "Attestato di partecipazione"));
	assert_non_null(strstr(text, "ha completato il 03/02/2026 il percorso formativo"));
	assert_non_null(strstr(text, "non dà luogo a crediti"));
	assert_null(strstr(text, "N° "));
	g_array_free(blocks, TRUE);
	json_decref(facts);
	certificate_template_destroy(template);
}

static void expect_refused(const char *json, const char *where)
{
	struct problem problem = {0};
	assert_null(certificate_template_read(json, strlen(json), &problem));
	assert_string_equal(problem.code, "CERTIFICATE_TEMPLATE");
	assert_non_null(strstr(problem.where, where));
}

static void test_bad_templates(void **state)
{
	expect_refused("{", "JSON");
	expect_refused("{\"format\": \"other\", \"version\": \"1\"}", "format");
	expect_refused("{\"format\": \"fad-certificates-1\", \"version\": \"1\", \"kinds\": {}}", "ecm");
	expect_refused("{\"format\": \"fad-certificates-1\", \"version\": \"1\", \"kinds\": {\"ecm\": [{\"style\": "
		       "\"body\", \"text\": \"a {nome}\"}]}}",
		"kinds.ecm[0]: {nome}");
	expect_refused("{\"format\": \"fad-certificates-1\", \"version\": \"1\", \"kinds\": {\"ecm\": [{\"style\": "
		       "\"body\", \"text\": \"a\", \"if\": [\"nome\"]}]}}",
		"kinds.ecm[0]: nome");
	expect_refused("{\"format\": \"fad-certificates-1\", \"version\": \"1\", \"kinds\": {\"ecm\": [{\"style\": "
		       "\"loud\", \"text\": \"a\"}]}}",
		"style");
}

static GByteArray *print(const struct certificate_template *template, json_t *facts)
{
	struct problem problem = {0};
	struct press *press = press_create(NULL, 0, &problem);
	GArray *blocks = certificate_blocks(template, CERTIFICATE_ECM, facts);
	struct page page = {blocks, "Attestato ECM", "FORMAS", "2026-02-04", "https://fad.example.org/verifica/7K2QF-9XW3M"};
	GByteArray *pdf = g_byte_array_new();
	assert_true(press_print(press, &page, pdf, &problem));
	press_destroy(press);
	g_array_free(blocks, TRUE);
	return pdf;
}

/* What makes the file readable for who does not see it, and by programs [ISO 32000-1, 14.7 and 14.8]. */
static const char *const marks[] = {"/Lang (it-IT)", "/MarkInfo << /Marked true >>", "/DisplayDocTitle true", "/S /Document",
	"/S /H1", "/S /P", "/S /Link", "/URI (https://fad.example.org/verifica/7K2QF-9XW3M)", "/Alt <FEFF0043006F0064006900630065",
	"<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Attestato ECM</rdf:li>", "/S /GTS_PDFA1", "/ID [ <", "acsp"};

/* Each object that the last table names begins where it says. */
static void check_table(const GByteArray *pdf)
{
	const char *data = (const char *)pdf->data, *end = data + pdf->len - 40, *start = memmem(end, 40, "startxref\n", 10);
	assert_non_null(start);
	const char *at = data + g_ascii_strtoull(start + 10, NULL, 10) + 5;
	unsigned number, rows = 0;
	gsize offset;
	while (sscanf(at, "%u 1\n%zu 00000 n", &number, &offset) == 2) {
		g_autofree char *head = g_strdup_printf("%u 0 obj\n", number);
		assert_memory_equal(data + offset, head, strlen(head));
		at = strstr(at, " n \n") + 4;
		rows++;
	}
	assert_int_equal(rows, 5); /* catalog, metadata, colours, what for, one figure */
}

static void test_pdf(void **state)
{
	struct certificate_template *template = builtin();
	json_t *facts = facts_of_mario();
	GByteArray *one = print(template, facts), *two = print(template, facts);
	assert_true(one->len > 4000);
	assert_memory_equal(one->data, "%PDF-1.5", 8);
	assert_non_null(memmem(one->data, one->len, "/StructTreeRoot", 15));
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		if (!memmem(one->data, one->len, marks[i], strlen(marks[i]))) {
			fail_msg("%s is missing", marks[i]);
		}
	}
	check_table(one);
	assert_int_equal(one->len, two->len);
	assert_memory_equal(one->data, two->data, one->len);
	if (g_getenv("FAD_KEEP")) {
		g_file_set_contents(g_getenv("FAD_KEEP"), (const char *)one->data, one->len, NULL);
	}
	g_byte_array_free(one, TRUE);
	g_byte_array_free(two, TRUE);
	json_decref(facts);
	certificate_template_destroy(template);
}

/* A title of the greatest length shrinks the type; what cannot fit is said, not cut. */
static void test_long(void **state)
{
	struct certificate_template *template = builtin();
	json_t *facts = facts_of_mario();
	g_autofree char *long_text = g_strnfill(250, 'M'), *endless = g_strnfill(9000, 'M');
	json_object_set_new(facts, "event_title", json_string(long_text));
	GByteArray *pdf = print(template, facts);
	g_byte_array_free(pdf, TRUE);
	json_object_set_new(facts, "event_title", json_string(endless));
	struct problem problem = {0};
	struct press *press = press_create(NULL, 0, &problem);
	GArray *blocks = certificate_blocks(template, CERTIFICATE_ECM, facts);
	struct page page = {blocks, "A", "F", "2026-02-04", "x"};
	pdf = g_byte_array_new();
	assert_false(press_print(press, &page, pdf, &problem));
	assert_string_equal(problem.code, "CERTIFICATE_TOO_LONG");
	g_byte_array_free(pdf, TRUE);
	g_array_free(blocks, TRUE);
	press_destroy(press);
	json_decref(facts);
	certificate_template_destroy(template);
}

static void test_logo(void **state)
{
	struct problem problem = {0};
	assert_null(press_create("no picture", 10, &problem));
	assert_string_equal(problem.code, "CERTIFICATE_LOGO");
	static const unsigned char vast[24] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7F\0\0\0\x7F\0\0";
	assert_null(press_create(vast, sizeof(vast), &problem));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_participation),
		cmocka_unit_test(test_bad_templates),
		cmocka_unit_test(test_pdf),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_logo),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
