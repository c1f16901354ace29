/*
 * One package of each authoring tool, as a folder of tests/packages/tools: laid out and written as the tool does it,
 * small. Zipped here, checked, and compared with the folder's report.txt.
 *     FAD_ACCEPT=1 FAD_SOURCE=. build/tests/packages/test_tools     writes the reports, to be read before they
 * are committed.
 */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "packages/import/import.h"
#include "tests/packages/scratch.h"
#include "tests/packages/zip_builder.h"

#define REPORT "report.txt"

static int by_name(const void *a, const void *b, void *data)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every file below `folder`, by name: folders list themselves in no order. */
static void add_folder(struct zip_build *build, const char *folder, const char *prefix, GPtrArray *kept)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	assert_non_null(dir);
	for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
		g_ptr_array_add(names, g_strdup(name));
	}
	g_ptr_array_sort_with_data(names, by_name, NULL);
	for (guint i = 0; i < names->len; i++) {
		const char *name = names->pdata[i];
		g_autofree char *path = g_build_filename(folder, name, NULL);
		char *inside = g_strconcat(prefix, name, NULL);
		g_ptr_array_add(kept, inside);
		if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
			g_autofree char *below = g_strconcat(inside, "/", NULL);
			add_folder(build, path, below, kept);
		} else if (strcmp(inside, REPORT) != 0) {
			char *bytes = NULL;
			gsize len = 0;
			assert_true(g_file_get_contents(path, &bytes, &len, NULL));
			g_ptr_array_add(kept, bytes);
			zip_build_add(
				build, (struct zip_part){
					       .name = inside, .data = bytes, .len = len, .deflate = true});
		}
	}
}

static char *zip_of(const char *folder, const char *scratch)
{
	g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
	struct zip_build *build = zip_build_create();
	add_folder(build, folder, "", kept);
	GByteArray *bytes = zip_build_end(build);
	char *zip = zip_write(scratch, bytes);
	g_byte_array_free(bytes, TRUE);
	return zip;
}

static char *report_of(const char *zip)
{
	struct package *package = NULL;
	GString *text = g_string_new(NULL);
	assert_int_equal(package_check(zip, &package), IMPORT_OK);
	g_string_append_printf(text, "SCORM %s \"%s\", %u to launch\n", edition_code(package->edition),
		package->title, package->organizations[0].launchable_count);
	for (uint32_t i = 0; i < package->finding_count; i++) {
		const struct problem *problem = &package->findings[i];
		g_string_append_printf(text, "%s %s:%u %s\n", problem->code,
			*problem->where ? problem->where : "-", problem->line, problem->en);
	}
	package_destroy(package);
	return g_string_free(text, FALSE);
}

static void test_tool(void **state)
{
	const char *folder = *state;
	g_autofree char *scratch = scratch_create();
	g_autofree char *zip = zip_of(folder, scratch);
	g_autofree char *report = report_of(zip);
	g_autofree char *path = g_build_filename(folder, REPORT, NULL);
	if (g_getenv("FAD_ACCEPT")) {
		assert_true(g_file_set_contents(path, report, -1, NULL));
	}
	g_autofree char *expected = NULL;
	assert_true(g_file_get_contents(path, &expected, NULL, NULL));
	assert_string_equal(report, expected);
	scratch_remove(scratch);
}

int main(void)
{
	static const char *const tools[] = {"adapt", "adapt-12", "camtasia", "camtasia-12", "captivate",
		"captivate-12", "easygenerator", "easygenerator-12", "exelearning",
		"h5p", "ispring", "ispring-2004", "lectora", "rise", "rise-12", "storyline", "storyline-2004"};
	const char *source = g_getenv("FAD_SOURCE");
	struct CMUnitTest tests[G_N_ELEMENTS(tools)];
	for (size_t i = 0; i < G_N_ELEMENTS(tools); i++) {
		tests[i] = (struct CMUnitTest){.name = tools[i],
			.test_func = test_tool,
			.initial_state = g_build_filename(
				source ? source : ".", "tests/packages/tools", tools[i], NULL)};
	}
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tools); i++) {
		g_free(tests[i].initial_state);
	}
	return failed;
}
