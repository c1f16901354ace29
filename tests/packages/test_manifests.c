/*
 * Golden folders: manifests/CASE/imsmanifest.xml is read and compared with manifests/CASE/expected.json.
 * Adding a test is adding a folder; FAD_ACCEPT=1 writes what was read, to be looked at before it is committed.
 */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "player/engine/course/image.h"
#include "tests/packages/dump.h"

static const char *folder(void)
{
	static char path[4096];
	const char *source = g_getenv("FAD_SOURCE");
	g_snprintf(path, sizeof(path), "%s/tests/packages/manifests", source ? source : ".");
	return path;
}

/* Every course that is read must be one that the engine accepts, and mean the same there. */
static void check_image(const struct course *course)
{
	size_t size = image_write(course, NULL, 0);
	assert_true(size > 0);
	g_autofree char *bytes = g_malloc(size);
	assert_int_equal(image_write(course, bytes, size), size);
	struct span image = {bytes, (uint32_t)size};
	struct arena arena = {.size = image_arena_size(image)};
	arena.block = g_malloc(arena.size);
	struct course again;
	assert_true(image_open(image, &arena, &again));
	assert_int_equal(again.activity_count, course->activity_count);
	for (uint32_t i = 0; i < course->activity_count; i++) {
		assert_int_equal(again.activities[i].first_child, course->activities[i].first_child);
		assert_int_equal(again.activities[i].next_sibling, course->activities[i].next_sibling);
	}
	g_free(arena.block);
}

static struct manifest *read_file(const char *path, struct findings *findings)
{
	g_autofree char *bytes = NULL;
	gsize len = 0;
	assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	/* In memory of exactly its size, so that a sanitizer sees a read beyond it. */
	g_autofree char *exact = g_memdup2(bytes, len);
	struct manifest *manifest =
		manifest_read((struct span){exact, (uint32_t)len}, "imsmanifest.xml", findings);
	assert_true(manifest != NULL || findings_have_error(findings));
	for (uint32_t i = 0; manifest && i < manifest->course_count; i++) {
		check_image(&manifest->courses[i]);
	}
	return manifest;
}

static void test_golden(void **state)
{
	const char *name = *state;
	g_autofree char *input = g_build_filename(folder(), name, "imsmanifest.xml", NULL);
	g_autofree char *expected_path = g_build_filename(folder(), name, "expected.json", NULL);
	struct findings *findings = findings_create();
	struct manifest *manifest = read_file(input, findings);
	json_t *found = dump_manifest(manifest, findings);
	g_autofree char *found_text = json_dumps(found, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
	if (g_getenv("FAD_ACCEPT")) {
		g_autofree char *line = g_strconcat(found_text, "\n", NULL);
		g_file_set_contents(expected_path, line, -1, NULL);
	}
	json_error_t error;
	json_t *expected = json_load_file(expected_path, 0, &error);
	assert_non_null(expected);
	g_autofree char *expected_text = json_dumps(expected, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
	assert_string_equal(found_text, expected_text);
	json_decref(expected);
	json_decref(found);
	manifest_destroy(manifest);
	findings_destroy(findings);
}

/* ADL's own manifests: each is read without an error or warning other than the files it lacks. */
static void test_conformance(void **state)
{
	const char *shared = g_getenv("FAD_SHARED");
	char cases[4096]; /* skip() jumps out: nothing may be allocated yet */
	g_snprintf(cases, sizeof(cases), "%s/conformance/scorm-2004-4th", shared ? shared : "/nonexistent");
	if (!g_file_test(cases, G_FILE_TEST_IS_DIR)) {
		skip();
	}
	g_autoptr(GDir) dir = g_dir_open(cases, 0, NULL);
	uint32_t read = 0;
	for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
		g_autofree char *inner = g_build_filename(cases, name, NULL);
		g_autoptr(GDir) files = g_dir_open(inner, 0, NULL);
		for (const char *file = g_dir_read_name(files); file; file = g_dir_read_name(files)) {
			if (!g_str_has_suffix(file, ".xml")) {
				continue;
			}
			g_autofree char *path = g_build_filename(inner, file, NULL);
			struct findings *findings = findings_create();
			struct manifest *manifest = read_file(path, findings);
			assert_non_null(manifest);
			assert_int_equal(manifest->edition, SCORM_2004_4TH);
			if (g_getenv("FAD_SHOW")) {
				uint32_t count = 0;
				const struct problem *list = findings_list(findings, &count);
				for (uint32_t i = 0; i < count; i++) {
					print_message("%s: %s %u:%u %s\n", name, list[i].code, list[i].line,
						list[i].column, list[i].en);
				}
			}
			manifest_destroy(manifest);
			findings_destroy(findings);
			read++;
		}
	}
	assert_true(read >= 100);
}

int main(void)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) dir = g_dir_open(folder(), 0, NULL);
	g_assert(dir);
	for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
		g_ptr_array_add(names, g_strdup(name));
	}
	g_autoptr(GArray) tests = g_array_new(FALSE, TRUE, sizeof(struct CMUnitTest));
	for (guint i = 0; i < names->len; i++) {
		char *name = g_ptr_array_index(names, i);
		struct CMUnitTest test = {name, test_golden, NULL, NULL, name};
		g_array_append_val(tests, test);
	}
	struct CMUnitTest conformance = cmocka_unit_test(test_conformance);
	g_array_append_val(tests, conformance);
	return _cmocka_run_group_tests(
		"manifests", (struct CMUnitTest *)(void *)tests->data, tests->len, NULL, NULL);
}
