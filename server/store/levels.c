#include "server/store/levels.h"

#include "server/problem.h"
#include "server/store/audit.h"
#include "server/store/statement.h"

enum levels_statement {
	LEVELS_LIST,
	LEVELS_FIND,
	LEVELS_RETIRE_ALL,
	LEVELS_PUT,
	LEVELS_OF_PERSON,
	LEVELS_ASSIGN,
	LEVELS_STATEMENTS
};

#define COLUMNS "level.id, name_it, name_en, position, cut"

static const char *const sql[LEVELS_STATEMENTS] = {
	[LEVELS_LIST] = "SELECT " COLUMNS " FROM level WHERE retired = 0 ORDER BY position",
	[LEVELS_FIND] = "SELECT " COLUMNS " FROM level WHERE id = ?",
	[LEVELS_RETIRE_ALL] = "UPDATE level SET retired = 1",
	[LEVELS_PUT] = "INSERT INTO level(id, position, name_it, name_en, cut) VALUES (?, ?, ?, ?, ?) ON "
		       "CONFLICT(id) DO UPDATE SET position = excluded.position, name_it = excluded.name_it, "
		       "name_en = excluded.name_en, cut = excluded.cut, retired = 0",
	[LEVELS_OF_PERSON] = "SELECT " COLUMNS " FROM person_level JOIN level ON level.id = "
			     "person_level.level "
			     "WHERE person = ? ORDER BY person_level.id DESC LIMIT 1",
	[LEVELS_ASSIGN] = "INSERT INTO person_level(person, level, at, source, why, by) VALUES (?, ?, ?, ?, "
			  "?, nullif(?, 0))",
};

#undef COLUMNS

const struct subject_statements levels_statements = {sql, LEVELS_STATEMENTS};

static void read_level(sqlite3_stmt *rows, struct level_row *ret)
{
	*ret = (struct level_row){
		.position = sqlite3_column_int64(rows, 3),
		.cut = sqlite3_column_double(rows, 4),
	};
	COLUMN_COPY(rows, 0, ret->id);
	COLUMN_COPY(rows, 1, ret->name_it);
	COLUMN_COPY(rows, 2, ret->name_en);
}

static bool read_one(struct db *db, sqlite3_stmt *rows, struct level_row *ret)
{
	if (!ask_row(db, rows)) {
		return false;
	}
	read_level(rows, ret);
	ask_done(rows);
	return true;
}

GArray *levels_list(struct db *db)
{
	GArray *levels = g_array_new(FALSE, FALSE, sizeof(struct level_row));
	sqlite3_stmt *rows = ask(db, SUBJECT_LEVELS, LEVELS_LIST, "");
	while (ask_row(db, rows)) {
		struct level_row level;
		read_level(rows, &level);
		g_array_append_val(levels, level);
	}
	return levels;
}

bool level_find(struct db *db, const char *id, struct level_row *ret)
{
	return read_one(db, ask(db, SUBJECT_LEVELS, LEVELS_FIND, "t", id), ret);
}

void levels_replace(struct db *db, const struct level_row *levels, size_t count)
{
	tell(db, SUBJECT_LEVELS, LEVELS_RETIRE_ALL, "");
	for (size_t i = 0; i < count; i++) {
		tell(db, SUBJECT_LEVELS, LEVELS_PUT, "tittd", levels[i].id, (int64_t)i + 1, levels[i].name_it,
			levels[i].name_en, levels[i].cut);
	}
}

bool level_of_person(struct db *db, int64_t person, struct level_row *ret)
{
	return read_one(db, ask(db, SUBJECT_LEVELS, LEVELS_OF_PERSON, "i", person), ret);
}

void level_assign(
	struct db *db, int64_t person, const char *level, bool is_override, const char *why, int64_t by)
{
	tell(db, SUBJECT_LEVELS, LEVELS_ASSIGN, "ititti", person, level, store_now(),
		is_override ? "override" : "placement", why == NULL ? "" : why, by);
	g_autofree char *detail =
		g_strdup_printf("%s%s%s", level, why == NULL ? "" : ": ", why == NULL ? "" : why);
	audit_about(db, by, is_override ? "level.override" : "level.placement", "person", person, detail);
}
