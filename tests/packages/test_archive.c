/*
 * Hostile and odd zips: each is refused with its own code before a byte is written, or read rightly. After every
 * refusal the content folder is as empty as before.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "packages/import/import.h"
#include "tests/packages/scratch.h"
#include "tests/packages/zip_builder.h"

enum {
	UNIX = 3 << 8,
	SYMLINK = 0120777,
	FIFO = 0010644,
	UTF8 = 1 << 11,
};

static bool has(const struct package *package, const char *code)
{
	for (uint32_t i = 0; i < package->finding_count; i++) {
		if (strcmp(package->findings[i].code, code) == 0) {
			return true;
		}
	}
	return false;
}

/* Imports the zip; expects this code among the findings, and nothing left when it is an error. Takes `bytes`. */
static void expect(GByteArray *bytes, const char *code, enum import_result result)
{
	g_autofree char *folder = scratch_create();
	g_autofree char *content = g_build_filename(folder, "content", NULL);
	g_autofree char *zip = zip_write(folder, bytes);
	struct package *package = NULL;
	enum import_result found = package_import(zip, content, NULL, &package);
	if (found != result || (code && !has(package, code))) {
		for (uint32_t i = 0; i < package->finding_count; i++) {
			print_message("%s: %s\n", package->findings[i].code, package->findings[i].en);
		}
	}
	assert_int_equal(found, result);
	assert_true(!code || has(package, code));
	assert_int_equal(scratch_count(content), result == IMPORT_OK ? 1 : 0);
	package_destroy(package);
	g_byte_array_free(bytes, TRUE);
	scratch_remove(folder);
}

static void refuse_part(const char *code, struct zip_part part)
{
	struct zip_build *build = zip_build_course();
	if (!part.data) {
		part.data = "x";
		part.len = 1;
	}
	zip_build_add(build, part);
	expect(zip_build_end(build), code, IMPORT_REFUSED);
}

static void test_plain(void **state)
{
	expect(zip_build_end(zip_build_course()), NULL, IMPORT_OK);
}

static void test_names_that_leave(void **state)
{
	static const char *const names[] = {"../evil", "a/../../evil", "/etc/passwd", "..\\evil", "\\evil",
		"a\\..\\..\\b", "C:\\evil", "c:evil", "a/..", "..", "//host/share", "./../x"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		refuse_part("ARCHIVE_NAME_OUTSIDE", (struct zip_part){.name = names[i]});
	}
}

static void test_bad_names(void **state)
{
	refuse_part("ARCHIVE_NAME_BAD", (struct zip_part){.name = "a\0b.html", .name_len = 8});
	refuse_part("ARCHIVE_NAME_BAD", (struct zip_part){.name = "..\xC0\xAF"
								  "evil",
						.flags = UTF8});
	refuse_part("ARCHIVE_NAME_BAD", (struct zip_part){.name = "a\033[31m.html"});
	refuse_part("ARCHIVE_NAME_BAD", (struct zip_part){.name = "a\nb"});
	g_autofree char *part = g_strnfill(256, 'a');
	refuse_part("ARCHIVE_NAME_LONG", (struct zip_part){.name = part});
	g_autofree char *deep = g_strnfill(1200, 'a');
	for (size_t i = 100; i < 1200; i += 100) {
		deep[i] = '/';
	}
	refuse_part("ARCHIVE_NAME_LONG", (struct zip_part){.name = deep});
}

static void test_links_and_devices(void **state)
{
	refuse_part("ARCHIVE_LINK", (struct zip_part){.name = "link",
					    .data = "/etc/passwd",
					    .len = 11,
					    .made_by = UNIX,
					    .external = (uint32_t)SYMLINK << 16});
	refuse_part("ARCHIVE_SPECIAL",
		(struct zip_part){.name = "pipe", .made_by = UNIX, .external = (uint32_t)FIFO << 16});
}

static void test_encrypted_and_unknown_method(void **state)
{
	refuse_part("ARCHIVE_ENCRYPTED", (struct zip_part){.name = "a", .flags = 1});
	refuse_part("ARCHIVE_METHOD", (struct zip_part){.name = "a", .method = 14});
}

static void test_duplicates(void **state)
{
	refuse_part("ARCHIVE_DUPLICATE", (struct zip_part){.name = "index.html"});
	refuse_part("ARCHIVE_DUPLICATE", (struct zip_part){.name = "./index.html"});
	refuse_part("ARCHIVE_FILE_IS_FOLDER", (struct zip_part){.name = "index.html/a"});
	struct zip_build *build = zip_build_course();
	zip_build_text(build, "INDEX.html", "x");
	expect(zip_build_end(build), "ARCHIVE_DUPLICATE_CASE", IMPORT_OK);
}

static void test_bombs(void **state)
{
	/* 10 GB declared in few bytes: four parts of 2.5 GB. */
	struct zip_build *build = zip_build_course();
	static const char zeros[2600000];
	for (int i = 0; i < 4; i++) {
		g_autofree char *name = g_strdup_printf("bomb-%d", i);
		zip_build_add(build, (struct zip_part){.name = name,
					     .data = zeros,
					     .len = sizeof(zeros),
					     .deflate = true,
					     .say_size = 2500000000u});
	}
	expect(zip_build_end(build), "ARCHIVE_BOMB", IMPORT_REFUSED);
	/* An honest one. */
	size_t len = 160u << 20;
	char *big = g_malloc0(len);
	build = zip_build_course();
	zip_build_add(
		build, (struct zip_part){.name = "zeros.bin", .data = big, .len = len, .deflate = true});
	expect(zip_build_end(build), "ARCHIVE_BOMB", IMPORT_REFUSED);
	g_free(big);
	/* 42.zip's way: every directory entry names the same bytes. */
	build = zip_build_course();
	for (int i = 0; i < 100; i++) {
		g_autofree char *name = g_strdup_printf("file-%d", i);
		zip_build_add(build, (struct zip_part){.name = name,
					     .data = zeros,
					     .len = 100000,
					     .deflate = true,
					     .same_offset = i > 0});
	}
	expect(zip_build_end(build), "ARCHIVE_OVERLAP", IMPORT_REFUSED);
}

static void test_lying_sizes(void **state)
{
	static const char data[5000] = "lies";
	/* More comes out than was said, less, and a stored part whose lengths differ. */
	refuse_part("ARCHIVE_ENTRY_DAMAGED",
		(struct zip_part){
			.name = "a", .data = data, .len = sizeof(data), .deflate = true, .say_size = 100});
	refuse_part("ARCHIVE_ENTRY_DAMAGED",
		(struct zip_part){
			.name = "a", .data = data, .len = sizeof(data), .deflate = true, .say_size = 6000});
	refuse_part(
		"ARCHIVE_BOMB", (struct zip_part){.name = "a", .data = data, .len = 100, .say_size = 200});
	/* Reaching into the next part. */
	struct zip_build *build = zip_build_create();
	zip_build_add(build,
		(struct zip_part){.name = "a", .data = data, .len = 100, .say_packed = 200, .say_size = 200});
	zip_build_text(build, "imsmanifest.xml", plain_manifest);
	expect(zip_build_end(build), "ARCHIVE_OVERLAP", IMPORT_REFUSED);
	refuse_part("ARCHIVE_ENTRY_DAMAGED",
		(struct zip_part){
			.name = "a", .data = data, .len = sizeof(data), .deflate = true, .wrong_crc = true});
}

static void test_made_on_windows_and_mac(void **state)
{
	struct zip_build *build = zip_build_create();
	zip_build_text(build, "corso\\imsmanifest.xml", plain_manifest);
	zip_build_text(build, "corso\\index.html", "API LMSInitialize");
	zip_build_text(build, "corso\\unit\x85\\a.txt", "CP437");
	zip_build_text(build, "__MACOSX/corso/._index.html", "x");
	zip_build_text(build, "corso/.DS_Store", "x");
	zip_build_text(build, "corso/inner.zip", "PK\3\4 stays a file");
	g_autofree char *folder = scratch_create();
	g_autofree char *content = g_build_filename(folder, "content", NULL);
	GByteArray *bytes = zip_build_end(build);
	g_autofree char *zip = zip_write(folder, bytes);
	struct package *package = NULL;
	assert_int_equal(package_import(zip, content, NULL, &package), IMPORT_OK);
	assert_true(has(package, "ARCHIVE_NAME_BACKSLASH") && has(package, "ARCHIVE_NAME_CP437"));
	assert_true(has(package, "MANIFEST_IN_FOLDER"));
	assert_int_equal(package->file_count, 4);
	static const char *const there[] = {"index.html", "unit\xC3\xA0/a.txt", "inner.zip"};
	for (size_t i = 0; i < G_N_ELEMENTS(there); i++) {
		g_autofree char *path = g_build_filename(content, package->sha256, "files", there[i], NULL);
		assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
	}
	package_destroy(package);
	g_byte_array_free(bytes, TRUE);
	scratch_remove(folder);
}

static void test_not_a_zip(void **state)
{
	GByteArray *bytes = g_byte_array_new();
	expect(bytes, "ARCHIVE_NOT_ZIP", IMPORT_REFUSED);
	bytes = g_byte_array_new();
	g_byte_array_append(
		bytes, (const guint8 *)"<html>no zip at all, but long enough for an end record</html>", 60);
	expect(bytes, "ARCHIVE_NOT_ZIP", IMPORT_REFUSED);
	expect(zip_build_end(zip_build_create()), "ARCHIVE_EMPTY", IMPORT_REFUSED);
	struct zip_build *build = zip_build_create();
	zip_build_text(build, "index.html", "x");
	expect(zip_build_end(build), "MANIFEST_MISSING", IMPORT_REFUSED);
	build = zip_build_create();
	zip_build_text(build, "corso.CRS", "[Course]");
	zip_build_text(build, "corso.au", "x");
	expect(zip_build_end(build), "MANIFEST_AICC", IMPORT_REFUSED);
}

/* Cut at every length: refused, never a crash, never a file left. */
static void test_truncated(void **state)
{
	GByteArray *whole = zip_build_end(zip_build_course());
	g_autofree char *folder = scratch_create();
	g_autofree char *content = g_build_filename(folder, "content", NULL);
	g_autofree char *path = g_build_filename(folder, "cut.zip", NULL);
	for (guint len = 0; len < whole->len; len += 7) {
		assert_true(g_file_set_contents(path, (const char *)whole->data, len, NULL));
		struct package *package = NULL;
		assert_int_equal(package_import(path, content, NULL, &package), IMPORT_REFUSED);
		assert_true(package->error_count > 0 && package->organization_count == 0);
		package_destroy(package);
		assert_int_equal(scratch_count(content), 0);
	}
	g_byte_array_free(whole, TRUE);
	scratch_remove(folder);
}

/* One bit turned anywhere: good, or refused with a reason. */
static void test_bit_flips(void **state)
{
	GByteArray *whole = zip_build_end(zip_build_course());
	g_autofree char *folder = scratch_create();
	g_autofree char *path = g_build_filename(folder, "flip.zip", NULL);
	for (guint i = 0; i < whole->len; i++) {
		whole->data[i] ^= (guint8)(1 << (i % 8));
		assert_true(g_file_set_contents(path, (const char *)whole->data, whole->len, NULL));
		whole->data[i] ^= (guint8)(1 << (i % 8));
		struct package *package = NULL;
		enum import_result result = package_check(path, &package);
		assert_true((result == IMPORT_OK) == (package->error_count == 0));
		package_destroy(package);
	}
	g_byte_array_free(whole, TRUE);
	scratch_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_names_that_leave),
		cmocka_unit_test(test_bad_names),
		cmocka_unit_test(test_links_and_devices),
		cmocka_unit_test(test_encrypted_and_unknown_method),
		cmocka_unit_test(test_duplicates),
		cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_lying_sizes),
		cmocka_unit_test(test_made_on_windows_and_mac),
		cmocka_unit_test(test_not_a_zip),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_bit_flips),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
