/*
 * What an import writes: every kind of zip record that real tools make, the deflate streams that are kept as gzip, large
 * files that courses share, and disks that are full: then no file is left.
 */
#include <fcntl.h>
#include <gio/gio.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "packages/files.h"
#include "packages/import/import.h"
#include "packages/import/share.h"
#include "tests/packages/scratch.h"
#include "tests/packages/zip_builder.h"

enum {
	LARGE = 200 << 10, /* is shared */
};

struct fixture {
	char *folder, *content;
};

static int begin(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	fixture->folder = scratch_create();
	fixture->content = g_build_filename(fixture->folder, "content", NULL);
	*state = fixture;
	return 0;
}

static int end(void **state)
{
	struct fixture *fixture = *state;
	scratch_remove(fixture->folder);
	g_free(fixture->folder);
	g_free(fixture->content);
	g_free(fixture);
	return 0;
}

/* Takes `bytes`. */
static enum import_result import_bytes(const struct fixture *fixture, GByteArray *bytes, struct package **ret)
{
	g_autofree char *zip = zip_write(fixture->folder, bytes);
	g_byte_array_free(bytes, TRUE);
	return package_import(zip, fixture->content, NULL, ret);
}

static char *file_path(const struct fixture *fixture, const struct package *package, const char *name)
{
	return g_build_filename(fixture->content, package->sha256, "files", name, NULL);
}

static void assert_file(const struct fixture *fixture, const struct package *package, const char *name,
	const char *bytes, size_t len)
{
	g_autofree char *path = file_path(fixture, package, name);
	g_autofree char *found = NULL;
	gsize found_len = 0;
	assert_true(g_file_get_contents(path, &found, &found_len, NULL));
	assert_int_equal(found_len, len);
	assert_memory_equal(found, bytes, len);
}

/* Sizes in the extra field, after the data, in the Zip64 end record, and all of it together. */
static void test_zip64(void **state)
{
	struct fixture *fixture = *state;
	static const char text[] = "Lezione: lezione, lezione e ancora lezione. ";
	for (unsigned kind = 0; kind < 16; kind++) {
		bool zip64 = kind & 1, streamed = kind & 2, deflated = kind & 4, end64 = kind & 8;
		struct zip_build *build = zip_build_course();
		g_autofree char *name = g_strdup_printf("prova-%u.txt", kind);
		zip_build_add(build, (struct zip_part){.name = name,
					     .data = text,
					     .len = sizeof(text),
					     .deflate = deflated,
					     .zip64 = zip64,
					     .streamed = streamed});
		zip_build_text(build, "dopo.txt", "what comes behind it");
		struct package *package = NULL;
		assert_int_equal(import_bytes(fixture, end64 ? zip_build_end64(build) : zip_build_end(build),
					 &package),
			IMPORT_OK);
		assert_int_equal(package->error_count, 0);
		assert_file(fixture, package, name, text, sizeof(text));
		assert_file(fixture, package, "dopo.txt", "what comes behind it", 20);
		package_destroy(package);
	}
}

/* What the package's gzip.pack says of a file, unpacked by another program's reader. */
static char *from_pack(const struct fixture *fixture, const struct package *package,
	const struct package_file *file, gsize *ret_len)
{
	g_autofree char *path = g_build_filename(fixture->content, package->sha256, FILES_PACK_NAME, NULL);
	g_autofree char *pack = NULL;
	gsize pack_len = 0;
	assert_true(g_file_get_contents(path, &pack, &pack_len, NULL));
	assert_true(file->gzip_from + file->gzip_length <= pack_len);
	g_autoptr(GInputStream) memory =
		g_memory_input_stream_new_from_data(pack + file->gzip_from, (gssize)file->gzip_length, NULL);
	g_autoptr(GZlibDecompressor) unpacker = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
	g_autoptr(GInputStream) plain = g_converter_input_stream_new(memory, G_CONVERTER(unpacker));
	char *bytes = g_malloc(file->size + 1);
	assert_true(g_input_stream_read_all(plain, bytes, file->size + 1, ret_len, NULL, NULL));
	return bytes;
}

/* Text keeps its deflate stream, which is the zip's own; what is small, stored, packed already or asked for in
 * ranges does not. */
static void test_gzip_pack(void **state)
{
	struct fixture *fixture = *state;
	g_autofree char *text = g_strnfill(LARGE, 'a');
	for (size_t i = 0; i < LARGE; i += 7) {
		text[i] = (char)('b' + i % 23);
	}
	static const struct {
		const char *name;
		size_t len;
		bool deflate, packed;
	} cases[] = {
		{"lungo.js", LARGE, true, true},
		{"pagina.html", 600, true, true},
		{"corto.css", 100, true, false},
		{"a-parte.js", LARGE, false, false},
		{"film.mp4", LARGE, true, false},
		{"foto.jpg", LARGE, true, false},
	};
	struct zip_build *build = zip_build_course();
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		zip_build_add(build, (struct zip_part){.name = cases[i].name,
					     .data = text,
					     .len = cases[i].len,
					     .deflate = cases[i].deflate});
	}
	struct package *package = NULL;
	assert_int_equal(import_bytes(fixture, zip_build_end(build), &package), IMPORT_OK);
	struct package_files *files = files_load(fixture->content, package->sha256);
	assert_non_null(files);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct package_file *file = files_find(files, cases[i].name);
		assert_non_null(file);
		assert_int_equal(file->gzip_length > 0, cases[i].packed);
		if (cases[i].packed) {
			gsize len = 0;
			g_autofree char *plain = from_pack(fixture, package, file, &len);
			assert_int_equal(len, cases[i].len);
			assert_memory_equal(plain, text, len);
		}
	}
	files_destroy(files);
	package_destroy(package);
}

/* Other bytes with the same CRC-32: the generator polynomial itself, first bit first, changes nothing in it. */
static void forge(char *bytes)
{
	static const unsigned char polynomial[] = {0x41, 0x06, 0x71, 0xDB, 0x01};
	for (size_t i = 0; i < sizeof(polynomial); i++) {
		bytes[i] = (char)((unsigned char)bytes[i] ^ polynomial[i]);
	}
}

static struct package *import_with(const struct fixture *fixture, const char *name, const char *bytes)
{
	struct zip_build *build = zip_build_course();
	zip_build_text(build, "nome.txt", name);
	zip_build_add(build, (struct zip_part){.name = name, .data = bytes, .len = LARGE, .deflate = true});
	struct package *package = NULL;
	assert_int_equal(import_bytes(fixture, zip_build_end(build), &package), IMPORT_OK);
	return package;
}

static ino_t inode_of(const struct fixture *fixture, const struct package *package, const char *name)
{
	g_autofree char *path = file_path(fixture, package, name);
	struct stat stat;
	assert_int_equal(lstat(path, &stat), 0);
	return stat.st_ino;
}

/* The same large file of two courses lies on disk once, under whatever name; one that only looks like it does not. */
static void test_shared_files(void **state)
{
	struct fixture *fixture = *state;
	g_autofree char *bytes = g_strnfill(LARGE, 'v');
	g_autofree char *other = g_memdup2(bytes, LARGE);
	forge(other + 1000);
	struct package *first = import_with(fixture, "video.mp4", bytes);
	struct package *second = import_with(fixture, "altro.mp4", bytes);
	struct package *forged = import_with(fixture, "finto.mp4", other);
	assert_int_equal(inode_of(fixture, first, "video.mp4"), inode_of(fixture, second, "altro.mp4"));
	assert_int_not_equal(inode_of(fixture, first, "video.mp4"), inode_of(fixture, forged, "finto.mp4"));
	assert_int_not_equal(inode_of(fixture, first, "index.html"), inode_of(fixture, second, "index.html"));
	assert_file(fixture, second, "altro.mp4", bytes, LARGE);
	assert_file(fixture, forged, "finto.mp4", other, LARGE);
	/* Both stand in one group: by checksum and length they are the same. */
	g_autofree char *groups = g_build_filename(fixture->content, SHARE_FOLDER, NULL);
	assert_int_equal(scratch_count(groups), 1);
	package_destroy(first);
	package_destroy(second);
	package_destroy(forged);
}

/* In a process of its own: what it takes from itself, the others keep. Its exit status is what the child says. */
static int in_child(int (*child)(const struct fixture *fixture), const struct fixture *fixture)
{
	pid_t pid = fork();
	if (pid == 0) {
		_exit(child(fixture));
	}
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

enum {
	AS_EXPECTED,
	WRONG,
	NOT_POSSIBLE, /* here: no right to mount */
};

/* AS_EXPECTED: the import failed with that code, and nothing is in the content folder. */
static int fails(const struct fixture *fixture, struct zip_build *build, const char *code)
{
	struct package *package = NULL;
	bool good = import_bytes(fixture, zip_build_end(build), &package) == IMPORT_FAILED;
	good = good && package->finding_count > 0 && strcmp(package->findings[0].code, code) == 0;
	good = good && package->organization_count == 0 && scratch_count(fixture->content) == 0;
	package_destroy(package);
	return good ? AS_EXPECTED : WRONG;
}

static int on_small_disk(const struct fixture *fixture)
{
	int spaces = CLONE_NEWNS | (geteuid() == 0 ? 0 : CLONE_NEWUSER);
	if (g_mkdir_with_parents(fixture->content, 0755) != 0 || unshare(spaces) != 0 ||
		mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
		mount("none", fixture->content, "tmpfs", 0, "size=32m") != 0) {
		return NOT_POSSIBLE;
	}
	return fails(fixture, zip_build_course(), "IMPORT_NO_ROOM");
}

static void test_no_room(void **state)
{
	struct fixture *fixture = *state;
	int outcome = in_child(on_small_disk, fixture);
	if (outcome == NOT_POSSIBLE) {
		skip();
	}
	assert_int_equal(outcome, AS_EXPECTED);
}

/* A file may not grow beyond 100 kB: the disk gives out in the middle of one. */
static int with_small_files(const struct fixture *fixture)
{
	g_autofree char *large = g_malloc0(LARGE);
	struct zip_build *build = zip_build_course();
	zip_build_text(build, "aa.txt", "written before");
	zip_build_add(
		build, (struct zip_part){.name = "grande.bin", .data = large, .len = LARGE, .deflate = true});
	signal(SIGXFSZ, SIG_IGN);
	struct rlimit limit = {100 << 10, 100 << 10};
	if (setrlimit(RLIMIT_FSIZE, &limit) != 0) {
		return NOT_POSSIBLE;
	}
	return fails(fixture, build, "IMPORT_WRITE");
}

static void test_full_in_the_middle(void **state)
{
	assert_int_equal(in_child(with_small_files, *state), AS_EXPECTED);
}

static bool refuse(void *data, struct package *package)
{
	*(bool *)data = true;
	return false;
}

/* The data base does not take it: the folder that was published goes again, and so does what it offered to others. */
static void test_not_noted(void **state)
{
	struct fixture *fixture = *state;
	g_autofree char *large = g_malloc0(LARGE);
	struct zip_build *build = zip_build_course();
	zip_build_add(
		build, (struct zip_part){.name = "grande.bin", .data = large, .len = LARGE, .deflate = true});
	GByteArray *bytes = zip_build_end(build);
	g_autofree char *zip = zip_write(fixture->folder, bytes);
	g_byte_array_free(bytes, TRUE);
	bool asked = false;
	struct import_watch watch = {.published = refuse, .data = &asked};
	struct package *package = NULL;
	assert_int_equal(package_import(zip, fixture->content, &watch, &package), IMPORT_FAILED);
	assert_true(asked);
	assert_int_equal(scratch_count(fixture->content), 0);
	package_destroy(package);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_zip64, begin, end),
		cmocka_unit_test_setup_teardown(test_gzip_pack, begin, end),
		cmocka_unit_test_setup_teardown(test_shared_files, begin, end),
		cmocka_unit_test_setup_teardown(test_no_room, begin, end),
		cmocka_unit_test_setup_teardown(test_full_in_the_middle, begin, end),
		cmocka_unit_test_setup_teardown(test_not_noted, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
