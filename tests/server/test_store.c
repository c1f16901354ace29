/*
 * The store: migrations, group commit, what is kept and what is not, the chain of acts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "server/problem.h"
#include "server/store/audit.h"
#include "server/store/migrate.h"
#include "server/store/people.h"
#include "server/store/settings.h"

struct place {
	char *folder, *path;
};

static int make_place(void **state)
{
	struct place *place = g_new0(struct place, 1);
	place->folder = g_dir_make_tmp("fad-store-XXXXXX", NULL);
	place->path = g_build_filename(place->folder, "fad.db", NULL);
	*state = place;
	return 0;
}

static int remove_place(void **state)
{
	struct place *place = *state;
	static const char *const endings[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *path = g_strconcat(place->path, endings[i], NULL);
		g_unlink(path);
	}
	g_rmdir(place->folder);
	g_free(place->folder);
	g_free(place->path);
	g_free(place);
	return 0;
}

static struct store *open_store(void **state)
{
	struct place *place = *state;
	struct problem problem;
	struct store *store = store_open(place->path, &problem);
	if (store == NULL) {
		fail_msg("%s: %s", problem.code, problem.en);
	}
	return store;
}

static bool set_setting(struct db *db, void *data)
{
	settings_set(db, data, "value");
	return true;
}

static bool is_set(struct store *store, const char *name)
{
	char text[16];
	struct db *db = store_read(store);
	bool set = settings_get(db, name, text, sizeof(text));
	store_read_done(store, db);
	return set;
}

static void keeps_what_it_said(void **state)
{
	struct store *store = open_store(state);
	assert_true(store_write(store, set_setting, (char *)"one", NULL));
	assert_true(is_set(store, "one"));
	store_close(store);
	store = open_store(state);
	assert_true(is_set(store, "one"));
	assert_false(is_set(store, "two"));
	store_close(store);
}

static bool set_and_refuse(struct db *db, void *data)
{
	settings_set(db, data, "value");
	struct problem problem;
	problem_set(&problem, &(struct problem_text){.code = "NO", .it = "", .en = ""}, "here");
	return db_refuse(db, &problem);
}

static bool set_and_break(struct db *db, void *data)
{
	settings_set(db, data, "value");
	struct person person = {
		.active = true, .contract = "?"}; /* the table's CHECK has something against it */
	people_save(db, &person);
	settings_set(db, "after", "value");
	return true;
}

static void keeps_nothing_of_what_it_refused(void **state)
{
	struct store *store = open_store(state);
	struct problem problem = {0};
	assert_false(store_write(store, set_and_refuse, (char *)"refused", &problem));
	assert_string_equal(problem.code, "NO");
	assert_false(store_write(store, set_and_break, (char *)"broken", &problem));
	assert_string_equal(problem.code, "STORE_FAULT");
	assert_non_null(strstr(problem.en, "CHECK"));
	assert_false(is_set(store, "refused") || is_set(store, "broken") || is_set(store, "after"));
	assert_true(store_write(store, set_setting, (char *)"next", &problem));
	assert_true(is_set(store, "next"));
	store_close(store);
}

#define WRITERS 32
#define WRITES 20

struct writer {
	struct store *store;
	int number;
};

static bool add_act(struct db *db, void *data)
{
	audit_about(db, 0, "test", "writer", ((struct writer *)data)->number, NULL);
	return ((struct writer *)data)->number % 4 != 3;
}

static void *write_many(void *data)
{
	struct writer *writer = data;
	for (int i = 0; i < WRITES; i++) {
		if (store_write(writer->store, add_act, writer, NULL) != (writer->number % 4 != 3)) {
			return data;
		}
	}
	return NULL;
}

static const unsigned char key[32] = {1, 2, 3};

static enum audit_fault verify(struct store *store, int64_t *ret_act)
{
	struct audit_check check;
	struct db *db = store_read(store);
	audit_verify(db, key, &check);
	store_read_done(store, db);
	*ret_act = check.act;
	return check.fault;
}

static void commits_in_groups(void **state)
{
	struct store *store = open_store(state);
	store_use_key(store, key);
	uint64_t commits_before, works_before, commits, works;
	store_counts(store, &commits_before, &works_before);
	struct writer writers[WRITERS];
	GThread *threads[WRITERS];
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = (struct writer){store, i + 1};
		threads[i] = g_thread_new("writer", write_many, &writers[i]);
	}
	for (int i = 0; i < WRITERS; i++) {
		assert_null(g_thread_join(threads[i]));
	}
	store_counts(store, &commits, &works);
	assert_int_equal(works - works_before, WRITERS * WRITES);
	/* While one commit waits for the disk the others gather: far fewer commits than works. */
	assert_true(commits - commits_before < (works - works_before) / 2);
	int64_t total;
	struct db *db = store_read(store);
	g_autoptr(GArray) acts = audit_list(db, "", 1, &total);
	assert_int_equal(total, WRITERS * WRITES * 3 / 4);
	store_read_done(store, db);
	int64_t act;
	assert_int_equal(verify(store, &act), AUDIT_WHOLE);
	store_close(store);
}

/* What somebody with the data base in hand may do to the log, and what is found. */
static const struct {
	const char *name, *sql;
	enum audit_fault fault;
	int64_t act;
} tampering[] = {
	{"nothing", "", AUDIT_WHOLE, 0},
	{"a detail changed", "UPDATE act SET detail = 'x' WHERE id = 2", AUDIT_ALTERED, 2},
	{"a name changed", "UPDATE act SET act = 'x' WHERE id = 2", AUDIT_ALTERED, 2},
	{"a time changed", "UPDATE act SET at = at - 1 WHERE id = 3", AUDIT_ALTERED, 3},
	{"who did it changed", "UPDATE act SET by = 99 WHERE id = 3", AUDIT_ALTERED, 3},
	{"the first removed", "DELETE FROM act WHERE id = 1", AUDIT_ALTERED, 2},
	{"one in the middle removed", "DELETE FROM act WHERE id = 2", AUDIT_ALTERED, 3},
	{"one put in", "INSERT INTO act SELECT 9, at, by, act, subject, detail, hash, salt, digest, NULL FROM act WHERE id = 3;"
		       "UPDATE act SET id = id + 10 WHERE id IN (3, 4)", AUDIT_ALTERED, 13},
	{"two exchanged", "UPDATE act SET id = id + 10 WHERE id IN (2, 3); UPDATE act SET id = 2 WHERE id = 13;"
			  "UPDATE act SET id = 3 WHERE id = 12", AUDIT_ALTERED, 2},
	{"the last removed", "DELETE FROM act WHERE id = 4", AUDIT_CUT, 0},
	{"all but the first removed", "DELETE FROM act WHERE id > 1", AUDIT_CUT, 0},
	{"all removed", "DELETE FROM act", AUDIT_CUT, 0},
	{"the last removed, and the end with it", "DELETE FROM act WHERE id = 4; DELETE FROM act_end", AUDIT_CUT, 0},
	{"the last removed, and the end moved",
		"DELETE FROM act WHERE id = 4; UPDATE act_end SET count = 3, hash = (SELECT hash FROM act WHERE id = 3)",
		AUDIT_UNSEALED, 0},
	{"a detail removed without a word", "UPDATE act SET detail = '', salt = NULL WHERE id = 2", AUDIT_ALTERED, 2},
	{"a detail removed as if an act said so", "UPDATE act SET detail = '', salt = NULL, removed_by = 4 WHERE id = 2",
		AUDIT_UNEXPLAINED, 2},
};

/* A connection of its own: a whole store for each row would take its time. */
static struct db *open_copy(const char *from, const char *to)
{
	struct problem problem;
	g_autofree char *bytes = NULL;
	gsize len = 0;
	assert_true(g_file_get_contents(from, &bytes, &len, NULL) && g_file_set_contents(to, bytes, (gssize)len, NULL));
	struct db *db = db_open(to, true, &problem);
	assert_true(db != NULL && db_prepare(db, &problem));
	assert_true(db_execute(db, "PRAGMA synchronous=OFF; DROP TRIGGER act_stays; DROP TRIGGER act_remains"));
	memcpy(db->key, key, sizeof(key));
	db->has_key = true;
	return db;
}

static void tamper(const char *from, const char *to, size_t i)
{
	struct audit_check check;
	struct db *db = open_copy(from, to);
	assert_true(db_execute(db, "PRAGMA foreign_keys=OFF") && db_execute(db, tampering[i].sql));
	audit_verify(db, key, &check);
	if (check.fault != tampering[i].fault || check.act != tampering[i].act) {
		fail_msg("%s: %d at %d", tampering[i].name, (int)check.fault, (int)check.act);
	}
	/* What comes after does not cover it up. */
	audit_add(db, 1, "test", "", "later");
	audit_verify(db, key, &check);
	assert_int_equal(check.fault == AUDIT_WHOLE, tampering[i].fault == AUDIT_WHOLE);
	db_close(db);
}

static void notices_each_kind_of_tampering(void **state)
{
	struct place *place = *state;
	g_autofree char *copy = g_strconcat(place->path, ".copy", NULL);
	struct store *store = open_store(state);
	store_use_key(store, key);
	struct writer writer = {store, 1};
	for (int k = 0; k < 4; k++) {
		assert_true(store_write(store, add_act, &writer, NULL));
	}
	store_close(store);
	for (size_t i = 0; i < G_N_ELEMENTS(tampering); i++) {
		tamper(place->path, copy, i);
	}
	g_unlink(copy);
}

static void refuses_changes_of_acts(void **state)
{
	struct store *store = open_store(state);
	struct writer writer = {store, 1};
	assert_true(store_write(store, add_act, &writer, NULL));
	struct problem problem;
	struct db *db = db_open(((struct place *)*state)->path, true, &problem);
	static const char *const bad[] = {"UPDATE act SET detail = 'x'", "DELETE FROM act", "UPDATE act SET at = 1",
		"UPDATE act SET detail = '', salt = NULL", "UPDATE act SET detail = '', salt = NULL, removed_by = 1"};
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		assert_false(db_execute(db, bad[i]));
		db->failed = false;
	}
	db_close(db);
	store_close(store);
}

static bool add_log_in(struct db *db, void *data)
{
	audit_about(db, 7, "session.open", "access", 7, "192.0.2.1");
	audit_about(db, 1, "user.change", "person", 7, "maria.rossi");
	return true;
}

static bool forget(struct db *db, void *data)
{
	*(int64_t *)data = audit_forget_person(db, 1, 7, "person.anonymise", "a richiesta");
	return true;
}

static void forgets_details_and_stays_whole(void **state)
{
	struct store *store = open_store(state);
	store_use_key(store, key);
	int64_t removed = 0, act, total;
	assert_true(store_write(store, add_log_in, NULL, NULL));
	assert_true(store_write(store, forget, &removed, NULL));
	assert_int_equal(removed, 2);
	assert_int_equal(verify(store, &act), AUDIT_WHOLE);
	struct db *db = store_read(store);
	g_autoptr(GArray) acts = audit_list(db, "person:7", 1, &total);
	assert_int_equal(total, 2);
	assert_string_equal(g_array_index(acts, struct act, 0).detail, "a richiesta");
	assert_string_equal(g_array_index(acts, struct act, 1).detail, "");
	store_read_done(store, db);
	store_close(store);
}

static void refuses_a_newer_schema(void **state)
{
	store_close(open_store(state));
	struct place *place = *state;
	struct problem problem = {0};
	struct db *db = db_open(place->path, true, &problem);
	assert_true(db_execute(
		db, "INSERT INTO migration(number, name, applied_at) VALUES (9999, '9999_future', 0)"));
	db_close(db);
	assert_null(store_open(place->path, &problem));
	assert_string_equal(problem.code, "SCHEMA_NEWER");
}

static void undoes_a_failing_migration(void **state)
{
	static const struct migration migrations[] = {
		{1, "001_good", "CREATE TABLE good (a INTEGER) STRICT;"},
		{2, "002_bad", "CREATE TABLE half (a INTEGER) STRICT; CREATE NONSENSE;"},
		{0},
	};
	struct place *place = *state;
	struct problem problem = {0};
	struct db *db = db_open(place->path, true, &problem);
	assert_false(migrate(db, migrations, &problem));
	assert_string_equal(problem.code, "MIGRATION_FAILED");
	assert_string_equal(problem.where, "002_bad");
	db->failed = false;
	assert_true(
		db_execute(db, "CREATE TABLE good (a INTEGER) STRICT; CREATE TABLE half (a INTEGER) STRICT"));
	db_close(db);
}

static void migrations_ascend(void **state)
{
	unsigned before = 0;
	for (const struct migration *each = store_migrations; each->number != 0; each++) {
		assert_true(each->number > before);
		before = each->number;
	}
	assert_true(before >= 6);
}

static void refuses_what_is_no_data_base(void **state)
{
	struct place *place = *state;
	struct problem problem = {0};
	assert_true(g_file_set_contents(
		place->path, "questo non è una base dati, ma un testo qualsiasi", -1, NULL));
	assert_null(store_open(place->path, &problem));
	assert_string_equal(problem.code, "DATA_DAMAGED");
	assert_null(store_open("/nowhere/at/all/fad.db", &problem));
	assert_string_equal(problem.code, "DATA_UNWRITABLE");
}

int main(void)
{
#define AT_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)
	const struct CMUnitTest tests[] = {
		AT_PLACE(keeps_what_it_said),
		AT_PLACE(keeps_nothing_of_what_it_refused),
		AT_PLACE(commits_in_groups),
		AT_PLACE(notices_each_kind_of_tampering),
		AT_PLACE(refuses_changes_of_acts),
		AT_PLACE(forgets_details_and_stays_whole),
		AT_PLACE(refuses_a_newer_schema),
		AT_PLACE(undoes_a_failing_migration),
		AT_PLACE(refuses_what_is_no_data_base),
		cmocka_unit_test(migrations_ascend),
	};
#undef AT_PLACE
	return cmocka_run_group_tests(tests, NULL, NULL);
}
