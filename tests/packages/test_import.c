/* Importing: what is published, that twice costs nothing, and that what fails leaves nothing. */
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include <utime.h>

#include "packages/import/import.h"
#include "player/engine/course/image.h"
#include "tests/packages/scratch.h"
#include "tests/packages/zip_builder.h"

struct fixture {
	char *folder, *content, *zip;
};

static void fixture_init(struct fixture *fixture, struct zip_build *build)
{
	GByteArray *bytes = zip_build_end(build);
	fixture->folder = scratch_create();
	fixture->content = g_build_filename(fixture->folder, "content", NULL);
	fixture->zip = zip_write(fixture->folder, bytes);
	g_byte_array_free(bytes, TRUE);
}

static void fixture_finish(struct fixture *fixture)
{
	scratch_remove(fixture->folder);
	g_free(fixture->folder);
	g_free(fixture->content);
	g_free(fixture->zip);
}

static void test_published(void **state)
{
	struct fixture fixture;
	fixture_init(&fixture, zip_build_course());
	struct package *package = NULL;
	assert_int_equal(package_import(fixture.zip, fixture.content, NULL, &package), IMPORT_OK);
	assert_string_equal(package->title, "Prova");
	assert_int_equal(package->organization_count, 1);
	assert_int_equal(package->organizations[0].activity_count, 2);
	assert_int_equal(package->organizations[0].launchable_count, 1);
	assert_int_equal(package->file_count, 2);
	assert_false(package->already_known);
	assert_int_equal(strlen(package->sha256), 64);

	g_autofree char *page =
		g_build_filename(fixture.content, package->sha256, "files", "index.html", NULL);
	assert_true(g_file_test(page, G_FILE_TEST_IS_REGULAR));
	g_autofree char *image_path =
		g_build_filename(fixture.content, package->sha256, package->organizations[0].image, NULL);
	g_autofree char *bytes = NULL;
	gsize len = 0;
	assert_true(g_file_get_contents(image_path, &bytes, &len, NULL));
	assert_true(image_arena_size((struct span){bytes, (uint32_t)len}) > 0);

	struct package *again = NULL, *loaded = package_load(fixture.content, package->sha256);
	assert_non_null(loaded);
	assert_string_equal(loaded->title, package->title);
	assert_int_equal(loaded->bytes, package->bytes);
	assert_int_equal(loaded->finding_count, package->finding_count);
	assert_int_equal(package_import(fixture.zip, fixture.content, NULL, &again), IMPORT_OK);
	assert_true(again->already_known);
	assert_string_equal(again->sha256, package->sha256);
	assert_int_equal(scratch_count(fixture.content), 1);
	assert_null(package_load(fixture.content, "../../../../etc"));
	package_destroy(package);
	package_destroy(again);
	package_destroy(loaded);
	fixture_finish(&fixture);
}

static bool cancel(void *data, const struct import_progress *progress)
{
	(*(uint32_t *)data)++;
	return false;
}

static void test_cancelled(void **state)
{
	struct fixture fixture;
	fixture_init(&fixture, zip_build_course());
	uint32_t calls = 0;
	struct import_watch watch = {.progress = cancel, .data = &calls};
	struct package *package = NULL;
	assert_int_equal(package_import(fixture.zip, fixture.content, &watch, &package), IMPORT_CANCELLED);
	assert_true(calls > 0);
	assert_int_equal(scratch_count(fixture.content), 0);
	package_destroy(package);
	fixture_finish(&fixture);
}

/* The content folder is a file: an answer of ours, not a fault of the package. */
static void test_cannot_write(void **state)
{
	struct fixture fixture;
	fixture_init(&fixture, zip_build_course());
	assert_true(g_file_set_contents(fixture.content, "", 0, NULL));
	struct package *package = NULL;
	assert_int_equal(package_import(fixture.zip, fixture.content, NULL, &package), IMPORT_FAILED);
	assert_string_equal(package->findings[0].code, "IMPORT_WRITE");
	package_destroy(package);
	fixture_finish(&fixture);
}

/* What a killed import left is swept by the next one; what another import holds is not. */
static void test_abandoned(void **state)
{
	struct fixture fixture;
	fixture_init(&fixture, zip_build_course());
	g_autofree char *dead = g_build_filename(fixture.content, ".tmp-dead00", NULL);
	g_autofree char *inner = g_build_filename(dead, "files", NULL);
	g_autofree char *alive = g_build_filename(fixture.content, ".tmp-alive0", NULL);
	g_mkdir_with_parents(inner, 0755);
	g_mkdir_with_parents(alive, 0755);
	struct utimbuf old = {1000000000, 1000000000};
	utime(dead, &old);
	utime(alive, &old);
	int lock = open(alive, O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(lock, LOCK_EX), 0);
	struct package *package = NULL;
	assert_int_equal(package_import(fixture.zip, fixture.content, NULL, &package), IMPORT_OK);
	assert_false(g_file_test(dead, G_FILE_TEST_EXISTS));
	assert_true(g_file_test(alive, G_FILE_TEST_EXISTS));
	close(lock);
	package_destroy(package);
	fixture_finish(&fixture);
}

struct race {
	const struct fixture *fixture;
	enum import_result result;
};

static void *import_one(void *data)
{
	struct race *race = data;
	struct package *package = NULL;
	race->result = package_import(race->fixture->zip, race->fixture->content, NULL, &package);
	package_destroy(package);
	return NULL;
}

static void test_at_once(void **state)
{
	struct fixture fixture;
	fixture_init(&fixture, zip_build_course());
	struct race races[8];
	GThread *threads[8];
	for (size_t i = 0; i < G_N_ELEMENTS(races); i++) {
		races[i] = (struct race){&fixture, IMPORT_FAILED};
		threads[i] = g_thread_new("import", import_one, &races[i]);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(races); i++) {
		g_thread_join(threads[i]);
		assert_int_equal(races[i].result, IMPORT_OK);
	}
	assert_int_equal(scratch_count(fixture.content), 1);
	fixture_finish(&fixture);
}

/* Every package of the shared folder is imported without an error or a warning. */
static void test_shared_packages(void **state)
{
	const char *shared = g_getenv("FAD_SHARED");
	char folder[4096]; /* skip() jumps out: nothing may be allocated yet */
	g_snprintf(folder, sizeof(folder), "%s/packages", shared ? shared : "/nonexistent");
	if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
		skip();
	}
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autofree char *scratch = scratch_create();
	uint32_t count = 0;
	for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
		g_autofree char *zip = g_build_filename(folder, name, NULL);
		struct package *package = NULL;
		assert_int_equal(package_import(zip, scratch, NULL, &package), IMPORT_OK);
		assert_int_equal(package->error_count, 0);
		package_destroy(package);
		count++;
	}
	assert_int_equal(scratch_count(scratch), count + 1); /* and .shared */
	scratch_remove(scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published),
		cmocka_unit_test(test_cancelled),
		cmocka_unit_test(test_cannot_write),
		cmocka_unit_test(test_abandoned),
		cmocka_unit_test(test_at_once),
		cmocka_unit_test(test_shared_packages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
