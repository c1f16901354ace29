/* Comparing two packages: what is told, the same for zips as for published folders, and nothing of what is
 * equal. */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "packages/diff/diff.h"
#include "tests/packages/scratch.h"
#include "tests/packages/zip_builder.h"

#define HEAD                                                                                                 \
	"<manifest identifier='M' xmlns='http://www.imsglobal.org/xsd/imscp_v1p1' "                          \
	"xmlns:adlcp='http://www.adlnet.org/xsd/adlcp_v1p3' "                                                \
	"xmlns:adlnav='http://www.adlnet.org/xsd/adlnav_v1p3' "                                              \
	"xmlns:imsss='http://www.imsglobal.org/xsd/imsss'><metadata><schema>ADL SCORM</schema>"              \
	"<schemaversion>2004 3rd Edition</schemaversion></metadata>"
#define TAIL                                                                                                 \
	"<resources><resource identifier='R' type='webcontent' adlcp:scormType='sco' href='index.html'>"     \
	"<file href='index.html'/></resource></resources></manifest>"
#define ITEM(id, title, more)                                                                                \
	"<item identifier='" id "' identifierref='R' parameters='?" id "'><title>" title "</title>" more     \
	"</item>"

static const char before[] = HEAD
	"<organizations default='O'><organization identifier='O'><title>Corso</title>" ITEM("a", "Uno", "")
		ITEM("b", "Due", "<adlcp:dataFromLMS>x</adlcp:dataFromLMS>") ITEM("c", "Tre", "")
			ITEM("d", "Quattro", "") ITEM("old", "Cinque",
				"") "<imsss:sequencing><imsss:controlMode flow='true'/></imsss:sequencing>"
				    "</organization></organizations>" TAIL;
static const char after[] = HEAD
	"<organizations default='O'><organization identifier='O'><title>Corso, seconda edizione</title>" ITEM(
		"b", "Due",
		"<adlcp:dataFromLMS>y</adlcp:dataFromLMS>"
		"<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>"
		"<imsss:ruleCondition condition='completed'/></imsss:ruleConditions><imsss:ruleAction "
		"action='skip'/>"
		"</imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>")
		ITEM("a", "Uno, di nuovo", "") ITEM("c", "Tre",
			"") "<item identifier='new' identifierref='R' "
			    "parameters='?old'><title>Cinque</title></item>" ITEM("e", "Sei",
				    "") "<imsss:sequencing><imsss:controlMode flow='true' choice='false'/>"
					"</imsss:sequencing></organization></organizations>" TAIL;

#define PAGE "<!doctype html><html lang='it'><title>Prova</title><p>Ciao</p></html>"

struct pair {
	char *folder, *zips[2];
};

static void pair_init(struct pair *pair)
{
	struct zip_build *first = zip_build_create(), *second = zip_build_create();
	zip_build_text(first, "imsmanifest.xml", before);
	zip_build_text(first, "index.html", PAGE);
	zip_build_text(first, "gone.txt", "via");
	zip_build_text(first, "here/moved.txt", "lo stesso testo, altrove");
	zip_build_text(first, "same.txt", "uguale");
	zip_build_text(first, "same-size.txt", "abc");
	zip_build_text(second, "imsmanifest.xml", after);
	zip_build_text(second, "index.html", PAGE "<!-- due -->");
	zip_build_text(second, "added.txt", "nuovo");
	zip_build_text(second, "there.txt", "lo stesso testo, altrove");
	zip_build_text(second, "same.txt", "uguale");
	zip_build_text(second, "same-size.txt", "abd");
	pair->folder = scratch_create();
	struct zip_build *builds[] = {first, second};
	for (int i = 0; i < 2; i++) {
		GByteArray *bytes = zip_build_end(builds[i]);
		pair->zips[i] = zip_write(pair->folder, bytes);
		g_byte_array_free(bytes, TRUE);
	}
}

static void pair_finish(struct pair *pair)
{
	scratch_remove(pair->folder);
	g_free(pair->folder);
	g_free(pair->zips[0]);
	g_free(pair->zips[1]);
}

static json_t *diff_of(struct diff_side *from, struct diff_side *to)
{
	assert_non_null(from);
	assert_non_null(to);
	json_t *diff = diff_json(from, to);
	diff_side_close(from);
	diff_side_close(to);
	return diff;
}

/* The texts of one member, joined. */
static char *all(json_t *list, const char *const *members)
{
	GString *text = g_string_new(NULL);
	size_t i;
	json_t *each;
	json_array_foreach(list, i, each)
	{
		g_string_append(text, i == 0 ? "" : "; ");
		for (const char *const *member = members; *member; member++) {
			const char *value = json_string_value(json_object_get(each, *member));
			g_string_append_printf(
				text, "%s%s", member == members ? "" : " ", value ? value : "-");
		}
	}
	return g_string_free(text, FALSE);
}

#define ALL(list, ...) all(list, (const char *const[]){__VA_ARGS__, NULL})

static void expect(char *take, const char *expected)
{
	assert_string_equal(take, expected);
	g_free(take);
}

static json_t *changes_of(json_t *manifest, const char *identifier)
{
	size_t i;
	json_t *each;
	json_array_foreach(json_object_get(manifest, "activities"), i, each)
	{
		if (strcmp(json_string_value(json_object_get(each, "identifier")), identifier) == 0) {
			return json_object_get(each, "changes");
		}
	}
	return NULL;
}

static void test_told(void **state)
{
	struct pair pair;
	pair_init(&pair);
	json_t *diff = diff_of(diff_side_zip(pair.zips[0]), diff_side_zip(pair.zips[1]));
	json_t *files = json_object_get(diff, "files"), *manifest = json_object_get(diff, "manifest");
	assert_true(json_is_false(json_object_get(diff, "equal")));
	expect(ALL(json_object_get(files, "added"), "path"), "added.txt");
	expect(ALL(json_object_get(files, "removed"), "path"), "gone.txt");
	expect(ALL(json_object_get(files, "moved"), "from", "to"), "here/moved.txt there.txt");
	expect(ALL(json_object_get(files, "changed"), "path"), "imsmanifest.xml; index.html; same-size.txt");
	assert_int_equal(json_integer_value(json_object_get(files, "same")), 1);
	expect(ALL(json_object_get(manifest, "course"), "what", "from", "to"),
		"title Corso Corso, seconda edizione");
	/* The one with a new identifier is known by its address. */
	expect(ALL(json_object_get(manifest, "activities"), "change", "identifier"),
		"changed O; changed a; changed b; removed d; changed new; added e");
	expect(ALL(changes_of(manifest, "a"), "what", "group", "from", "to"),
		"title title Uno Uno, di nuovo; position place 1 2");
	expect(ALL(changes_of(manifest, "b"), "what", "group", "from", "to"),
		"position place 2 1; dataFromLMS launch x y; sequencingRules sequencing  pre: skip if "
		"completed");
	expect(ALL(changes_of(manifest, "new"), "what", "from", "to"), "identifier old new");
	expect(ALL(changes_of(manifest, "O"), "what", "from", "to"),
		"title Corso Corso, seconda edizione; controlMode flow=true choice=false, flow=true");
	json_decref(diff);
	pair_finish(&pair);
}

static void test_folders_tell_the_same(void **state)
{
	struct pair pair;
	pair_init(&pair);
	struct package *packages[2];
	g_autofree char *content = g_build_filename(pair.folder, "content", NULL);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(package_import(pair.zips[i], content, NULL, &packages[i]), IMPORT_OK);
	}
	json_t *zips = diff_of(diff_side_zip(pair.zips[0]), diff_side_zip(pair.zips[1]));
	json_t *folders = diff_of(diff_side_folder(content, packages[0]->sha256),
		diff_side_folder(content, packages[1]->sha256));
	json_t *mixed = diff_of(diff_side_zip(pair.zips[0]), diff_side_folder(content, packages[1]->sha256));
	json_t *none = diff_of(diff_side_zip(pair.zips[0]), diff_side_folder(content, packages[0]->sha256));
	assert_true(json_equal(zips, folders));
	assert_true(json_equal(zips, mixed));
	assert_true(json_is_true(json_object_get(none, "equal")));
	assert_null(diff_side_folder(content, "0"));
	json_decref(zips);
	json_decref(folders);
	json_decref(mixed);
	json_decref(none);
	package_destroy(packages[0]);
	package_destroy(packages[1]);
	pair_finish(&pair);
}

/* What cannot be played is still compared, as far as it was read. */
static void test_broken(void **state)
{
	struct pair pair;
	pair_init(&pair);
	struct zip_build *build = zip_build_create();
	zip_build_text(build, "index.html", PAGE);
	GByteArray *bytes = zip_build_end(build);
	g_autofree char *broken = zip_write(pair.folder, bytes);
	g_byte_array_free(bytes, TRUE);
	json_t *diff = diff_of(diff_side_zip(pair.zips[0]), diff_side_zip(broken));
	expect(ALL(json_object_get(json_object_get(diff, "findings"), "new"), "code"), "MANIFEST_MISSING");
	json_decref(diff);
	diff = diff_of(diff_side_zip("/nonexistent.zip"), diff_side_zip(broken));
	assert_int_equal(json_array_size(json_object_get(json_object_get(diff, "files"), "added")), 1);
	json_decref(diff);
	pair_finish(&pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_told),
		cmocka_unit_test(test_folders_tell_the_same),
		cmocka_unit_test(test_broken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
