#include "server/store/adaptive.h"

#include "server/store/statement.h"

enum adaptive_statement {
	POLICY_ACTIVE,
	POLICY_FIND,
	POLICIES_ALL,
	POLICY_ADD,
	PLAN_FOR,
	PLAN_ADD,
	TEST_FIND,
	TEST_ADD,
	TEST_END,
	STEPS_OF,
	STEP_ADD,
	STEP_ANSWER,
	STEP_FORM,
	STEP_CONFIRM,
	EXPOSURE_COUNT,
	EXPOSURES,
	PLACEMENT_BY_ID,
	ADAPTIVE_STATEMENTS,
};

static const char *const sql[ADAPTIVE_STATEMENTS] = {
	[POLICY_ACTIVE] = "SELECT id, made_at, coalesce(made_by, 0), body FROM adaptive_policy ORDER BY id DESC LIMIT 1",
	[POLICY_FIND] = "SELECT id, made_at, coalesce(made_by, 0), body FROM adaptive_policy WHERE id = ?",
	[POLICIES_ALL] = "SELECT id, made_at, coalesce(made_by, 0), body FROM adaptive_policy ORDER BY id DESC LIMIT 100",
	[POLICY_ADD] = "INSERT INTO adaptive_policy (body, made_at, made_by) VALUES (?, ?, nullif(?, 0))",
	[PLAN_FOR] = "SELECT id, body FROM adaptive_plan WHERE bank = ? AND policy = ?",
	[PLAN_ADD] = "INSERT INTO adaptive_plan (bank, policy, body, made_at) VALUES (?, ?, ?, ?) "
		     "ON CONFLICT (bank, policy) DO UPDATE SET body = excluded.body, made_at = excluded.made_at",
	[TEST_FIND] = "SELECT method, policy, coalesce(plan, 0), seed, excluded, stopped_by, coalesce(probability, -1)"
		      " FROM adaptive_test WHERE placement = ?",
	[TEST_ADD] = "INSERT INTO adaptive_test (placement, method, policy, plan, seed, excluded)"
		     " VALUES (?, ?, ?, nullif(?, 0), ?, ?)",
	[TEST_END] = "UPDATE adaptive_test SET stopped_by = ?, probability = ? WHERE placement = ?",
	[STEPS_OF] = "SELECT item, pilot, coalesce(category, -1), coalesce(theta, 0), coalesce(se, 0), levels,"
		     " coalesce(confirmed_at, 0) FROM adaptive_step WHERE placement = ? ORDER BY position",
	[STEP_ADD] = "INSERT INTO adaptive_step (placement, position, item, pilot) VALUES (?, ?, ?, ?)",
	[STEP_ANSWER] = "INSERT INTO placement_answer (placement, position) VALUES (?, ?) ON CONFLICT DO NOTHING",
	[STEP_FORM] = "UPDATE placement SET form = ? WHERE id = ?",
	[STEP_CONFIRM] = "UPDATE adaptive_step SET category = ?, theta = ?, se = ?, levels = ?, confirmed_at = ?"
			 " WHERE placement = ? AND position = ?",
	[EXPOSURE_COUNT] = "INSERT INTO adaptive_exposure (bank, policy, item, seen) VALUES (?, ?, ?, 1)"
			   " ON CONFLICT DO UPDATE SET seen = seen + 1",
	[EXPOSURES] = "SELECT item, seen FROM adaptive_exposure WHERE bank = ? AND policy = ?",
	[PLACEMENT_BY_ID] = "SELECT person, number, bank, state, started_at, done_at, level, score, maximum, form"
			    " FROM placement WHERE id = ?",
};

const struct subject_statements adaptive_statements = {sql, ADAPTIVE_STATEMENTS};

void adaptive_policy_row_finish(struct adaptive_policy_row *row)
{
	g_free(row->body);
	row->body = NULL;
}

static void read_policy(sqlite3_stmt *rows, struct adaptive_policy_row *ret)
{
	*ret = (struct adaptive_policy_row){.id = sqlite3_column_int64(rows, 0),
		.made_at = sqlite3_column_int64(rows, 1),
		.made_by = sqlite3_column_int64(rows, 2),
		.body = column_duplicate(rows, 3)};
}

static bool read_one(sqlite3_stmt *rows, struct db *db, struct adaptive_policy_row *ret)
{
	*ret = (struct adaptive_policy_row){0};
	if (!ask_row(db, rows)) {
		return false;
	}
	read_policy(rows, ret);
	ask_done(rows);
	return true;
}

bool adaptive_policy_active(struct db *db, struct adaptive_policy_row *ret)
{
	const bool found = read_one(ask(db, SUBJECT_ADAPTIVE, POLICY_ACTIVE, ""), db, ret);
	if (found && *ret->body) {
		return true;
	}
	adaptive_policy_row_finish(ret);
	return false;
}

bool adaptive_policy_find(struct db *db, int64_t id, struct adaptive_policy_row *ret)
{
	return read_one(ask(db, SUBJECT_ADAPTIVE, POLICY_FIND, "i", id), db, ret);
}

static void clear_row(gpointer row)
{
	adaptive_policy_row_finish(row);
}

GArray *adaptive_policies(struct db *db)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct adaptive_policy_row));
	g_array_set_clear_func(list, clear_row);
	sqlite3_stmt *rows = ask(db, SUBJECT_ADAPTIVE, POLICIES_ALL, "");
	while (ask_row(db, rows)) {
		struct adaptive_policy_row row;
		read_policy(rows, &row);
		g_array_append_val(list, row);
	}
	return list;
}

int64_t adaptive_policy_add(struct db *db, const char *body, int64_t by)
{
	tell(db, SUBJECT_ADAPTIVE, POLICY_ADD, "tii", body, store_now(), by);
	return db_inserted(db);
}

char *adaptive_plan_for(struct db *db, int64_t bank, int64_t policy, int64_t *ret_id)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_ADAPTIVE, PLAN_FOR, "ii", bank, policy);
	if (!ask_row(db, rows)) {
		return NULL;
	}
	*ret_id = sqlite3_column_int64(rows, 0);
	char *body = column_duplicate(rows, 1);
	ask_done(rows);
	return body;
}

void adaptive_plan_add(struct db *db, int64_t bank, int64_t policy, const char *body)
{
	tell(db, SUBJECT_ADAPTIVE, PLAN_ADD, "iiti", bank, policy, body, store_now());
}

void adaptive_test_finish(struct adaptive_test *test)
{
	g_free(test->excluded);
	test->excluded = NULL;
}

bool adaptive_test_find(struct db *db, int64_t placement, struct adaptive_test *ret)
{
	*ret = (struct adaptive_test){.placement = placement};
	sqlite3_stmt *rows = ask(db, SUBJECT_ADAPTIVE, TEST_FIND, "i", placement);
	if (!ask_row(db, rows)) {
		return false;
	}
	ret->gated = g_strcmp0((const char *)sqlite3_column_text(rows, 0), "gated") == 0;
	ret->policy = sqlite3_column_int64(rows, 1);
	ret->plan = sqlite3_column_int64(rows, 2);
	ret->seed = g_ascii_strtoull((const char *)sqlite3_column_text(rows, 3), NULL, 10);
	ret->excluded = column_duplicate(rows, 4);
	COLUMN_COPY(rows, 5, ret->stopped_by);
	ret->probability = sqlite3_column_double(rows, 6);
	ask_done(rows);
	return true;
}

void adaptive_test_add(struct db *db, const struct adaptive_test *test)
{
	char seed[24];
	g_snprintf(seed, sizeof(seed), "%" G_GUINT64_FORMAT, test->seed);
	tell(db, SUBJECT_ADAPTIVE, TEST_ADD, "itiitt", test->placement, test->gated ? "gated" : "adaptive", test->policy,
		test->plan, seed, test->excluded);
}

void adaptive_test_end(struct db *db, const struct adaptive_test *test)
{
	tell(db, SUBJECT_ADAPTIVE, TEST_END, "tDi", test->stopped_by, test->probability < 0 ? NULL : &test->probability,
		test->placement);
}

GArray *adaptive_steps(struct db *db, int64_t placement)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct adaptive_step));
	sqlite3_stmt *rows = ask(db, SUBJECT_ADAPTIVE, STEPS_OF, "i", placement);
	while (ask_row(db, rows)) {
		struct adaptive_step step = {.item = sqlite3_column_int64(rows, 0),
			.pilot = sqlite3_column_int64(rows, 1) != 0,
			.category = sqlite3_column_int64(rows, 2),
			.theta = sqlite3_column_double(rows, 3),
			.se = sqlite3_column_double(rows, 4),
			.confirmed_at = sqlite3_column_int64(rows, 6)};
		COLUMN_COPY(rows, 5, step.levels);
		g_array_append_val(list, step);
	}
	return list;
}

void adaptive_step_ask(struct db *db, int64_t placement, guint position, int64_t item, bool pilot, const char *form)
{
	tell(db, SUBJECT_ADAPTIVE, STEP_ADD, "iiii", placement, (int64_t)position, item, (int64_t)pilot);
	tell(db, SUBJECT_ADAPTIVE, STEP_ANSWER, "ii", placement, (int64_t)position);
	tell(db, SUBJECT_ADAPTIVE, STEP_FORM, "ti", form, placement);
}

void adaptive_step_confirm(struct db *db, int64_t placement, guint position, const struct adaptive_step *step)
{
	tell(db, SUBJECT_ADAPTIVE, STEP_CONFIRM, "iddtiii", step->category, step->theta, step->se, step->levels,
		store_now(), placement, (int64_t)position);
}

void adaptive_exposure_count(struct db *db, int64_t bank, int64_t policy, int64_t item)
{
	tell(db, SUBJECT_ADAPTIVE, EXPOSURE_COUNT, "iii", bank, policy, item);
}

GArray *adaptive_exposures(struct db *db, int64_t bank, int64_t policy, guint items, guint *ret_tests)
{
	GArray *list = g_array_sized_new(FALSE, TRUE, sizeof(guint), items);
	g_array_set_size(list, items);
	*ret_tests = 0;
	sqlite3_stmt *rows = ask(db, SUBJECT_ADAPTIVE, EXPOSURES, "ii", bank, policy);
	while (ask_row(db, rows)) {
		const int64_t item = sqlite3_column_int64(rows, 0);
		const guint seen = (guint)sqlite3_column_int64(rows, 1);
		if (item < 0) {
			*ret_tests = seen;
		} else if (item < (int64_t)items) {
			g_array_index(list, guint, item) = seen;
		}
	}
	return list;
}

bool adaptive_placement(struct db *db, int64_t id, struct placement *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_ADAPTIVE, PLACEMENT_BY_ID, "i", id);
	if (!ask_row(db, rows)) {
		return false;
	}
	*ret = (struct placement){.id = id,
		.person = sqlite3_column_int64(rows, 0),
		.number = sqlite3_column_int64(rows, 1),
		.bank = sqlite3_column_int64(rows, 2),
		.state = g_strcmp0((const char *)sqlite3_column_text(rows, 3), "done") == 0 ? PLACEMENT_DONE
											  : PLACEMENT_OPEN,
		.started_at = sqlite3_column_int64(rows, 4),
		.done_at = sqlite3_column_int64(rows, 5),
		.score = sqlite3_column_double(rows, 7),
		.maximum = sqlite3_column_double(rows, 8),
		.form = column_duplicate(rows, 9)};
	COLUMN_COPY(rows, 6, ret->level);
	ask_done(rows);
	return true;
}
