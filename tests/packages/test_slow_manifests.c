/*
 * Manifests written to make a reader slow or large: each is answered within seconds, by a course or an error. And
 * large honest ones are read.
 */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include <time.h>

#include "packages/manifest/manifest.h"

enum {
	SECONDS_AT_MOST = 10, /* generous: sanitizers and a busy machine; quadratic reading takes minutes */
};

static GString *begin(const char *items)
{
	GString *text =
		g_string_new("<manifest identifier=\"M\" xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" "
			     "xmlns:imsss=\"http://www.imsglobal.org/xsd/imsss\" "
			     "xmlns:adlseq=\"http://www.adlnet.org/xsd/adlseq_v1p3\" "
			     "xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_v1p3\">"
			     "<metadata><schemaversion>2004 4th Edition</schemaversion></metadata>"
			     "<organizations default=\"O\"><organization identifier=\"O\"><title>T</title>");
	g_string_append(text, items);
	return text;
}

static void end(GString *text, const char *more)
{
	g_string_append_printf(text,
		"</organization></organizations><resources><resource identifier=\"R\" "
		"type=\"webcontent\" adlcp:scormType=\"sco\" href=\"a.html\"/></resources>%s</manifest>",
		more);
}

/* Reads and frees the text; the code that must be among the findings, or NULL when it must be readable. */
static void expect(GString *text, const char *code)
{
	struct findings *findings = findings_create();
	/* Of the processor: what else the machine does is not at issue. */
	clock_t start = clock();
	struct manifest *manifest =
		manifest_read((struct span){text->str, (uint32_t)text->len}, "m", findings);
	assert_true(clock() - start < SECONDS_AT_MOST * CLOCKS_PER_SEC);
	uint32_t count = 0;
	bool found = false;
	const struct problem *list = findings_list(findings, &count);
	for (uint32_t i = 0; code && i < count; i++) {
		found |= strcmp(list[i].code, code) == 0;
	}
	assert_int_equal(manifest != NULL, code == NULL);
	assert_true(!code || found);
	manifest_destroy(manifest);
	findings_destroy(findings);
	g_string_free(text, TRUE);
}

static void append_many(GString *text, uint32_t count, const char *format)
{
	g_auto(GStrv) parts = g_strsplit(format, "#", 2);
	for (uint32_t i = 0; i < count; i++) {
		g_string_append_printf(text, "%s%u%s", parts[0], i, parts[1]);
	}
}

/* 5,000 items in a manifest of a megabyte, with titles, rules and objectives: an honest large course. */
static void test_large_course(void **state)
{
	GString *text = begin("");
	append_many(text, 5000,
		"<item identifier=\"I#\" identifierref=\"R\"><title>Lezione</title><imsss:sequencing "
		"IDRef=\"C\">"
		"<imsss:objectives><imsss:primaryObjective objectiveID=\"p\"><imsss:mapInfo "
		"targetObjectiveID=\"g\"/>"
		"</imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>");
	end(text,
		"<imsss:sequencingCollection><imsss:sequencing "
		"ID=\"C\"><imsss:sequencingRules><imsss:preConditionRule>"
		"<imsss:ruleConditions><imsss:ruleCondition condition=\"completed\"/></imsss:ruleConditions>"
		"<imsss:ruleAction "
		"action=\"skip\"/></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>"
		"</imsss:sequencingCollection>");
	expect(text, NULL);
}

static void test_many_files(void **state)
{
	GString *text = begin("<item identifier=\"I\" identifierref=\"R\"><title>L</title></item>");
	end(text, "");
	GString *files =
		g_string_new("<resource identifier=\"F\" type=\"webcontent\" adlcp:scormType=\"asset\">");
	append_many(files, 100000, "<file href=\"a/b/c/file#.png\"/>");
	g_string_append(files, "</resource></resources>");
	g_string_replace(text, "</resources>", files->str, 1);
	g_string_free(files, TRUE);
	expect(text, NULL);
}

static void test_too_many_items(void **state)
{
	GString *text = begin("");
	append_many(text, 30000, "<item identifier=\"I#\" identifierref=\"R\"><title>L</title></item>");
	end(text, "");
	expect(text, "MANIFEST_TOO_MANY");
}

/* A block of many parts, referred to by many items. */
static void test_shared_block(void **state)
{
	GString *text = begin("");
	append_many(text, 10000,
		"<item identifier=\"I#\" identifierref=\"R\"><title>L</title><imsss:sequencing "
		"IDRef=\"C\"/></item>");
	GString *block = g_string_new(
		"<imsss:sequencingCollection><imsss:sequencing ID=\"C\"><imsss:sequencingRules>");
	append_many(block, 10000, "<junk n=\"#\"/>");
	g_string_append(block, "</imsss:sequencingRules></imsss:sequencing></imsss:sequencingCollection>");
	end(text, block->str);
	g_string_free(block, TRUE);
	expect(text, "MANIFEST_TOO_COMPLEX");
}

static void test_shared_text(void **state)
{
	GString *text = begin("");
	append_many(text, 10000,
		"<item identifier=\"I#\" identifierref=\"R\"><title>L</title><imsss:sequencing "
		"IDRef=\"C\"/></item>");
	g_autofree char *long_text = g_strnfill(4 << 20, 'x');
	g_autofree char *block = g_strdup_printf("<imsss:sequencingCollection><imsss:sequencing ID=\"C\">"
						 "<imsss:controlMode choice=\"%s\"/></imsss:sequencing>"
						 "</imsss:sequencingCollection>",
		long_text);
	end(text, block);
	expect(text, "MANIFEST_TOO_COMPLEX");
}

/* Lists searched within lists: maps of one objective, objectives of one rule, extensions of each objective. */
static void test_quadratic_lists(void **state)
{
	GString *text = begin("<item identifier=\"I\" "
			      "identifierref=\"R\"><title>L</title><imsss:sequencing><imsss:objectives>"
			      "<imsss:primaryObjective objectiveID=\"p\">");
	append_many(text, 100000, "<imsss:mapInfo targetObjectiveID=\"g#\"/>");
	g_string_append(text, "</imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>");
	end(text, "");
	expect(text, "MANIFEST_TOO_COMPLEX");

	text = begin("<item identifier=\"I\" "
		     "identifierref=\"R\"><title>L</title><imsss:sequencing><imsss:objectives>");
	append_many(text, 20000, "<imsss:objective objectiveID=\"o#\"/>");
	g_string_append(text, "</imsss:objectives><adlseq:objectives>");
	append_many(text, 20000, "<adlseq:objective objectiveID=\"q#\"/>");
	g_string_append(text, "</adlseq:objectives></imsss:sequencing></item>");
	end(text, "");
	expect(text, "MANIFEST_TOO_COMPLEX");
}

/* A sub-manifest whose items each stand for the whole again. */
static void test_growing_submanifest(void **state)
{
	GString *text = begin("<item identifier=\"I\" identifierref=\"S\"><title>L</title></item>");
	end(text, "<manifest identifier=\"S\"><organizations default=\"P\"><organization identifier=\"P\">"
		  "<item identifierref=\"S\"/><item "
		  "identifierref=\"S\"/></organization></organizations></manifest>");
	expect(text, "MANIFEST_TOO_MANY");
}

static void test_too_large(void **state)
{
	GString *text = begin("");
	g_autofree char *blanks = g_strnfill(17 << 20, ' ');
	g_string_append(text, blanks);
	end(text, "");
	expect(text, "MANIFEST_TOO_LARGE");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_large_course),
		cmocka_unit_test(test_many_files),
		cmocka_unit_test(test_too_many_items),
		cmocka_unit_test(test_shared_block),
		cmocka_unit_test(test_shared_text),
		cmocka_unit_test(test_quadratic_lists),
		cmocka_unit_test(test_growing_submanifest),
		cmocka_unit_test(test_too_large),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
