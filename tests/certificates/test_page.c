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
	struct page page = {blocks, "Attestato ECM", "FORMAS", "2026-02-04", "https://fad.example.org/verifica/X"};
	GByteArray *pdf = g_byte_array_new();
	assert_true(press_print(press, &page, pdf, &problem));
	press_destroy(press);
	g_array_free(blocks, TRUE);
	return pdf;
}

static void test_pdf(void **state)
{
	struct certificate_template *template = builtin();
	json_t *facts = facts_of_mario();
	GByteArray *one = print(template, facts), *two = print(template, facts);
	assert_true(one->len > 4000);
	assert_memory_equal(one->data, "%PDF-1.5", 8);
	assert_non_null(memmem(one->data, one->len, "/StructTreeRoot", 15));
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
		cmocka_unit_test(test_bad_templates),
		cmocka_unit_test(test_pdf),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_logo),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
