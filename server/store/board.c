#include "server/store/board.h"

#include <string.h>

#include "server/store/ecm_sql.h"

enum board_statement {
	BOARD_PEOPLE,
	BOARD_ATTEMPTS,
	BOARD_STATEMENTS,
};

#define IN_PROJECT(name)                                                                                     \
	", coalesce((SELECT min(c.day) FROM completion c JOIN class_setting s ON s.event = c.event"          \
	" AND s.project = '" name "' WHERE c.person = p.id AND c.level IS NULL), '')"

/* Both in the order of people, so that one walk brings them together. */
static const char *const sql[BOARD_STATEMENTS] = {
	[BOARD_PEOPLE] = "SELECT p.id, coalesce(p.company, ''), coalesce(p.profession, 0), "
			 "coalesce(p.target_group, ''), "
			 "coalesce((SELECT level FROM person_level l WHERE l.person = p.id ORDER BY l.id "
			 "DESC LIMIT 1), "
			 "''), coalesce((SELECT min(day) FROM completion c WHERE c.person = p.id AND c.level IS "
			 "NOT NULL), ''), "
			 "EXISTS (SELECT 1 FROM completion c JOIN ecm_export x ON x.event = c.event AND "
			 "x.created_at >= "
			 "c.recorded_at WHERE c.person = p.id AND c.level IS NOT NULL), EXISTS (SELECT 1 FROM mail_message m "
			 "JOIN campaign k ON k.id = m.campaign AND k.kind = 'invitation' WHERE m.person = p.id AND m.state = "
			 "'sent')" IN_PROJECT("affiancamento") IN_PROJECT("formatori") IN_PROJECT("dirigenti")
			 " FROM person p JOIN person_role r ON r.person "
			 "= p.id AND "
			 "r.role = 'operator' WHERE " COUNTED_P " ORDER BY p.id",
	[BOARD_ATTEMPTS] = "SELECT person, module, completed_at IS NOT NULL FROM attempt ORDER BY person",
};

const struct subject_statements board_statements = {sql, BOARD_STATEMENTS};

enum board_project board_project_by_name(const char *name)
{
	static const char *const names[BOARD_PROJECTS] = {
		[BOARD_PATH] = "", [BOARD_COACHING] = "affiancamento", [BOARD_TRAINERS] = "formatori", [BOARD_MANAGERS] = "dirigenti"};
	int found = 0;
	while (found < BOARD_PROJECTS && strcmp(names[found], name) != 0) {
		found++;
	}
	return found < BOARD_PROJECTS ? (enum board_project)found : BOARD_PATH;
}

struct making {
	struct board *board;
	GHashTable *cells; /* text of a cell's key -> its index + 1 */
	GHashTable *months;
	sqlite3_stmt *attempts;
	bool more; /* `attempts` stands on a row */
	struct db *db;
};

static guint cell_of(struct making *making, const struct board_cell *like)
{
	char *key = g_strdup_printf("%s\t%" G_GINT64_FORMAT "\t%s\t%s", like->company, like->profession,
		like->target_group, like->level);
	guint found = GPOINTER_TO_UINT(g_hash_table_lookup(making->cells, key));
	if (found) {
		g_free(key);
		return found - 1;
	}
	g_array_append_val(making->board->cells, *like);
	g_hash_table_insert(making->cells, key, GUINT_TO_POINTER(making->board->cells->len));
	return making->board->cells->len - 1;
}

static void count_month(struct making *making, guint cell, enum board_project project, const char *day)
{
	char *key = g_strdup_printf("%u\t%.7s", cell, day);
	guint found = GPOINTER_TO_UINT(g_hash_table_lookup(making->months, key));
	if (!found) {
		struct board_month month = {.cell = cell};
		g_strlcpy(month.month, day, sizeof(month.month));
		g_array_append_val(making->board->months, month);
		found = making->board->months->len;
		g_hash_table_insert(making->months, key, GUINT_TO_POINTER(found));
	} else {
		g_free(key);
	}
	g_array_index(making->board->months, struct board_month, found - 1).completed[project]++;
}

/* A person's attempts: which modules were begun, which completed. */
static void walk_attempts(struct making *making, int64_t person, guint64 *ret_started, guint64 *ret_completed)
{
	*ret_started = *ret_completed = 0;
	while (making->more && sqlite3_column_int64(making->attempts, 0) <= person) {
		int64_t module = sqlite3_column_int64(making->attempts, 1);
		if (sqlite3_column_int64(making->attempts, 0) == person && module >= 1 &&
			module <= BOARD_MODULES) {
			guint64 bit = G_GUINT64_CONSTANT(1) << (module - 1);
			*ret_started |= bit;
			*ret_completed |= sqlite3_column_int(making->attempts, 2) ? bit : 0;
		}
		making->more = ask_row(making->db, making->attempts);
	}
}

static void count_person(struct making *making, sqlite3_stmt *rows)
{
	struct board_cell like = {.profession = sqlite3_column_int64(rows, 2)};
	char day[11];
	guint64 started, completed;
	COLUMN_COPY(rows, 1, like.company);
	COLUMN_COPY(rows, 3, like.target_group);
	COLUMN_COPY(rows, 4, like.level);
	COLUMN_COPY(rows, 5, day);
	walk_attempts(making, sqlite3_column_int64(rows, 0), &started, &completed);
	guint index = cell_of(making, &like);
	struct board_cell *cell = &g_array_index(making->board->cells, struct board_cell, index);
	cell->people++;
	cell->started += started != 0;
	cell->completed += *day != '\0';
	cell->reported += sqlite3_column_int64(rows, 6);
	cell->invited += sqlite3_column_int64(rows, 7);
	for (guint i = 0; i < BOARD_MODULES && started >> i; i++) {
		cell->module_started[i] += started >> i & 1;
		cell->module_completed[i] += completed >> i & 1;
	}
	for (int project = 0; project < BOARD_PROJECTS; project++) {
		if (project != BOARD_PATH) {
			COLUMN_COPY(rows, 7 + project, day);
		}
		cell->projects[project] += *day != '\0';
		if (*day) {
			count_month(making, index, (enum board_project)project, day);
		}
	}
}

static gint by_month(const void *a, const void *b)
{
	return strcmp(((const struct board_month *)a)->month, ((const struct board_month *)b)->month);
}

struct board *board_make(struct db *db)
{
	struct board *board = g_new0(struct board, 1);
	struct making making = {.board = board, .db = db};
	board->cells = g_array_new(FALSE, FALSE, sizeof(struct board_cell));
	board->months = g_array_new(FALSE, FALSE, sizeof(struct board_month));
	board->made_at = store_now();
	board->references = 1;
	making.cells = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	making.months = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	making.attempts = ask(db, SUBJECT_BOARD, BOARD_ATTEMPTS, "");
	making.more = ask_row(db, making.attempts);
	sqlite3_stmt *rows = ask(db, SUBJECT_BOARD, BOARD_PEOPLE, "");
	while (ask_row(db, rows)) {
		count_person(&making, rows);
	}
	if (making.more) {
		ask_done(making.attempts);
	}
	g_array_sort(board->months, by_month);
	g_hash_table_destroy(making.cells);
	g_hash_table_destroy(making.months);
	return board;
}

struct board *board_ref(struct board *board)
{
	g_atomic_int_inc(&board->references);
	return board;
}

void board_unref(struct board *board)
{
	if (board && g_atomic_int_dec_and_test(&board->references)) {
		g_array_free(board->cells, TRUE);
		g_array_free(board->months, TRUE);
		g_free(board);
	}
}
