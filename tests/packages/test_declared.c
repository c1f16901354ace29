/* What the manifest names against what the zip holds; and `fad check` with its exit status. */
#include <fcntl.h>
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "packages/commands.h"
#include "packages/import/import.h"
#include "tests/packages/scratch.h"
#include "tests/packages/zip_builder.h"

#define PAGE                                                                                                 \
	"<!DOCTYPE html><html "                                                                              \
	"lang=\"it\"><title>T</title><script>parent.API.LMSInitialize('')</script></html>"

struct file {
	const char *name, *text;
};

static char *manifest_with(const char *items, const char *resources)
{
	return g_strdup_printf(
		"<manifest identifier=\"M\" xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\" "
		"xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\">\n"
		"<metadata><schemaversion>1.2</schemaversion></metadata>\n"
		"<organizations default=\"O\"><organization identifier=\"O\"><title>C</title>%s"
		"</organization></organizations>\n<resources>\n%s</resources></manifest>",
		items, resources);
}

/* Checks a zip of these files; `codes` = the codes found, in order. Takes `manifest`. */
static void expect(
	char *manifest, const struct file *files, size_t count, enum import_result result, const char *codes)
{
	struct zip_build *build = zip_build_create();
	if (manifest) {
		zip_build_text(build, "imsmanifest.xml", manifest);
	}
	for (size_t i = 0; i < count; i++) {
		zip_build_text(build, files[i].name, files[i].text);
	}
	GByteArray *bytes = zip_build_end(build);
	g_autofree char *folder = scratch_create();
	g_autofree char *zip = zip_write(folder, bytes);
	struct package *package = NULL;
	assert_int_equal(package_check(zip, &package), result);
	g_autoptr(GString) found = g_string_new(NULL);
	for (uint32_t i = 0; i < package->finding_count; i++) {
		if (strcmp(package->findings[i].code, "DURATION_ESTIMATED") != 0) {
			g_string_append_printf(
				found, "%s%s", found->len ? " " : "", package->findings[i].code);
		}
	}
	assert_string_equal(found->str, codes);
	package_destroy(package);
	g_byte_array_free(bytes, TRUE);
	g_free(manifest);
	scratch_remove(folder);
}

#define ITEM(n) "<item identifier=\"I" n "\" identifierref=\"R" n "\"><title>L</title></item>"
#define SCO(n, href, files)                                                                                  \
	"<resource identifier=\"R" n "\" type=\"webcontent\" adlcp:scormtype=\"sco\" href=\"" href           \
	"\">" files "</resource>\n"

static void test_missing_files(void **state)
{
	struct file there = {"a.html", PAGE};
	expect(manifest_with(
		       ITEM("1"), SCO("1", "a.html", "<file href=\"a.html\"/><file href=\"gone.css\"/>")),
		&there, 1, IMPORT_OK, "FILE_MISSING");
	expect(manifest_with(ITEM("1") ITEM("2"), SCO("1", "a.html", "") SCO("2", "gone.html", "")), &there,
		1, IMPORT_OK, "FILE_LAUNCH_MISSING");
	expect(manifest_with(ITEM("1"), SCO("1", "gone.html", "")), &there, 1, IMPORT_REFUSED,
		"FILE_NONE_LAUNCHABLE FILE_LAUNCH_MISSING FILE_UNDECLARED");
}

static void test_names(void **state)
{
	/* Letter case, percent-encoding, an accent written as two characters in the zip. */
	expect(manifest_with(ITEM("1"), SCO("1", "A.HTML", "")), &(struct file){"a.html", PAGE}, 1, IMPORT_OK,
		"FILE_CASE");
	expect(manifest_with(ITEM("1"), SCO("1", "una%20pagina.html?x=1#y", "")),
		&(struct file){"una pagina.html", PAGE}, 1, IMPORT_OK, "");
	expect(manifest_with(ITEM("1"), SCO("1", "perch\xC3\xA9.html", "")),
		&(struct file){"perche\xCC\x81.html", PAGE}, 1, IMPORT_OK, "");
}

static void test_undeclared(void **state)
{
	struct file files[] = {{"a.html", PAGE}, {"b.js", "x"}, {"adlcp_rootv1p2.xsd", "x"}};
	expect(manifest_with(ITEM("1"), SCO("1", "a.html", "")), files, 3, IMPORT_OK, "FILE_UNDECLARED");
}

static void test_sub_folder(void **state)
{
	g_autofree char *manifest = manifest_with(ITEM("1"), SCO("1", "a.html", ""));
	struct file files[] = {{"corso/imsmanifest.xml", manifest}, {"corso/a.html", PAGE},
		{"corso/x/imsmanifest.xml", "x"}};
	expect(NULL, files, 2, IMPORT_OK, "MANIFEST_IN_FOLDER");
	expect(NULL, files, 3, IMPORT_OK, "MANIFEST_IN_FOLDER MANIFEST_SEVERAL");
	struct file shouting[] = {{"IMSMANIFEST.XML", manifest}, {"a.html", PAGE}};
	expect(NULL, shouting, 2, IMPORT_OK, "");
}

/* Runs the command with its output in a file; the status, and the output in `ret`. */
static int run(const char *folder, int argc, const char **argv, char **ret)
{
	g_autofree char *path = g_build_filename(folder, "out", NULL);
	fflush(stdout);
	int saved = dup(STDOUT_FILENO), file = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
	dup2(file, STDOUT_FILENO);
	int status = command_check(argc, (char **)argv);
	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	close(file);
	close(saved);
	assert_true(g_file_get_contents(path, ret, NULL, NULL));
	return status;
}

static void test_command(void **state)
{
	g_autofree char *folder = scratch_create();
	GByteArray *good = zip_build_end(zip_build_course());
	g_autofree char *good_zip = zip_write(folder, good);
	g_byte_array_append(good, (const guint8 *)"", 1);
	g_byte_array_set_size(good, 100);
	g_autofree char *bad_zip = zip_write(folder, good);
	g_autofree char *none = g_build_filename(folder, "none.zip", NULL);
	char *out = NULL;

	const char *fine[] = {"check", good_zip, NULL};
	assert_int_equal(run(folder, 2, fine, &out), 0);
	assert_non_null(strstr(out, "«Prova»"));
	assert_non_null(strstr(out, "0 errori"));
	g_free(out);
	const char *both[] = {"check", good_zip, bad_zip, "--json", "--lang", "en", NULL};
	assert_int_equal(run(folder, 6, both, &out), 1);
	json_t *json = json_loads(out, 0, NULL);
	assert_int_equal(json_array_size(json), 2);
	assert_int_equal(json_integer_value(json_object_get(
				 json_object_get(json_array_get(json, 1), "counts"), "error")),
		1);
	json_decref(json);
	g_free(out);
	const char *unreadable[] = {"check", none, "--lang", "en", NULL};
	assert_int_equal(run(folder, 4, unreadable, &out), 2);
	assert_non_null(strstr(out, "ARCHIVE_UNREADABLE"));
	g_free(out);
	g_byte_array_free(good, TRUE);
	scratch_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_missing_files),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_undeclared),
		cmocka_unit_test(test_sub_folder),
		cmocka_unit_test(test_command),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
