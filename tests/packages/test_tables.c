/* What the tables promise: sorted, complete, whole sentences in both languages. */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "packages/check/findings.h"
#include "packages/mime.h"

static void check_sentence(const char *text)
{
	assert_true(strlen(text) > 10 && strlen(text) < sizeof(((struct problem *)NULL)->it));
	assert_true(g_utf8_validate(text, -1, NULL));
}

/* The same particulars in both languages. */
static void check_particulars(const char *it, const char *en)
{
	static const char *const particulars[] = {"{1}", "{2}"};
	for (size_t i = 0; i < G_N_ELEMENTS(particulars); i++) {
		assert_int_equal(strstr(it, particulars[i]) != NULL, strstr(en, particulars[i]) != NULL);
	}
}

static void test_findings(void **state)
{
	g_autoptr(GHashTable) codes = g_hash_table_new(g_str_hash, g_str_equal);
	for (int kind = 0; kind < FINDING_KINDS; kind++) {
		const struct finding_text *text = finding_text((enum finding_kind)kind);
		assert_true(g_hash_table_add(codes, (void *)text->code));
		assert_true(strlen(text->code) < sizeof(((struct problem *)NULL)->code));
		assert_true(strlen(text->clause) < sizeof(((struct problem *)NULL)->clause));
		check_sentence(text->it);
		check_sentence(text->en);
		check_sentence(text->mend_it);
		check_sentence(text->mend_en);
		check_particulars(text->it, text->en);
		check_particulars(text->mend_it, text->mend_en);
	}
}

static void test_findings_are_bounded(void **state)
{
	struct findings *findings = findings_create();
	for (int i = 0; i < 100000; i++) {
		findings_add(findings, FINDING_FILE_MISSING, (struct place){"a", (uint32_t)i, 1}, "x", NULL);
	}
	uint32_t count = 0;
	findings_list(findings, &count);
	assert_true(count <= 50);
	assert_int_equal(findings_count(findings, SEVERITY_WARNING), 100000);
	assert_false(findings_have_error(findings));
	findings_destroy(findings);
}

/* A hostile name cannot write into a terminal, and long ones are cut at a character's edge. */
static void test_findings_are_clean(void **state)
{
	struct findings *findings = findings_create();
	GString *name = g_string_new("\033[31m\xE2\x80\xAE\xFF");
	for (int i = 0; i < 500; i++) {
		g_string_append(name, "à");
	}
	findings_add(findings, FINDING_FILE_MISSING, (struct place){name->str, 0, 0}, name->str, NULL);
	uint32_t count = 0;
	const struct problem *problem = findings_list(findings, &count);
	assert_true(g_utf8_validate(problem->it, -1, NULL) && g_utf8_validate(problem->where, -1, NULL));
	assert_null(strchr(problem->it, '\033'));
	assert_null(strstr(problem->where, "\xE2\x80\xAE"));
	assert_non_null(strstr(problem->it, "nello zip non c'è"));
	g_string_free(name, TRUE);
	findings_destroy(findings);
}

static void test_mime(void **state)
{
	static const char *const pairs[][2] = {
		{"a/b/index.HTML", "text/html"},
		{"engine.wasm", "application/wasm"},
		{"x.woff2", "font/woff2"},
		{"v.mp4", "video/mp4"},
		{"v.m4a", "audio/mp4"},
		{"v.webm", "video/webm"},
		{"c.vtt", "text/vtt"},
		{"m.glb", "model/gltf-binary"},
		{"d.json", "application/json"},
		{"i.svg", "image/svg+xml"},
		{"f.swf", "application/x-shockwave-flash"},
		{"s.js", "text/javascript"},
		{"s.mjs", "text/javascript"},
		{"noending", "application/octet-stream"},
		{"a.b/noending", "application/octet-stream"},
		{".htaccess", "application/octet-stream"},
		{"x.3gp", "video/3gpp"},
		{"z.zip", "application/zip"},
		{"font.ttf", "font/ttf"},
		{"p.pdf", "application/pdf"},
		{"w.webmanifest", "application/manifest+json"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		assert_string_equal(mime_type(pairs[i][0]), pairs[i][1]);
	}
	assert_true(mime_is_packed("a.jpg"));
	assert_false(mime_is_packed("a.js"));
	assert_true(mime_table_is_sorted());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_findings_are_bounded),
		cmocka_unit_test(test_findings_are_clean),
		cmocka_unit_test(test_mime),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
