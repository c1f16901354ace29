#include "server/store/path.h"

#include "server/store/statement.h"

enum path_statement {
	PATH_MODULES,
	PATH_MODULES_OF,
	PATH_HAS,
	PATH_ABSENT,
	PATH_PRESENT,
	PATH_PACKAGES,
	PATH_PACKAGE,
	PATH_MODULE_PUT,
	PATH_MODULES_CUT,
	PATH_PACKAGE_PUT,
	PATH_PACKAGE_REMOVE,
	PATH_STATEMENTS
};

#define MODULE "SELECT position, title_it, title_en, minutes_expected FROM path_module "
#define PACKAGE                                                                                             \
	"SELECT k.module, k.level, v.id, v.course, v.title, v.retired_at IS NOT NULL OR c.retired_at IS NOT " \
	"NULL FROM path_package k JOIN course_version v ON v.id = k.version JOIN course c ON c.id = v.course "

static const char *const sql[PATH_STATEMENTS] = {
	[PATH_MODULES] = MODULE "ORDER BY position",
	[PATH_MODULES_OF] = MODULE "WHERE NOT EXISTS (SELECT 1 FROM path_absence a WHERE a.module = position AND a.level "
				   "= ?) ORDER BY position",
	[PATH_HAS] = "SELECT NOT EXISTS (SELECT 1 FROM path_absence WHERE module = ? AND level = ?)",
	[PATH_ABSENT] = "INSERT INTO path_absence(module, level) VALUES (?, ?) ON CONFLICT DO NOTHING",
	[PATH_PRESENT] = "DELETE FROM path_absence WHERE module = ? AND level = ?",
	[PATH_PACKAGES] = PACKAGE "ORDER BY k.module, k.level",
	[PATH_PACKAGE] = PACKAGE "WHERE k.module = ? AND k.level = ?",
	[PATH_MODULE_PUT] = "INSERT INTO path_module(position, title_it, title_en, minutes_expected) VALUES "
			    "(?, ?, ?, ?) ON CONFLICT(position) DO UPDATE SET title_it = excluded.title_it, "
			    "title_en = excluded.title_en, minutes_expected = excluded.minutes_expected",
	[PATH_MODULES_CUT] = "DELETE FROM path_module WHERE position > ?",
	[PATH_PACKAGE_PUT] = "INSERT INTO path_package(module, level, version) VALUES (?, ?, ?) ON "
			     "CONFLICT(module, level) DO UPDATE SET version = excluded.version",
	[PATH_PACKAGE_REMOVE] = "DELETE FROM path_package WHERE module = ? AND level = ?",
};

#undef MODULE
#undef PACKAGE

const struct subject_statements path_statements = {sql, PATH_STATEMENTS};

static GArray *read_modules(struct db *db, sqlite3_stmt *rows)
{
	GArray *list = g_array_new(FALSE, TRUE, sizeof(struct module_row));
	while (ask_row(db, rows)) {
		struct module_row module = {.index = sqlite3_column_int64(rows, 0),
			.minutes_expected = sqlite3_column_int64(rows, 3)};
		COLUMN_COPY(rows, 1, module.title_it);
		COLUMN_COPY(rows, 2, module.title_en);
		g_array_append_val(list, module);
	}
	return list;
}

GArray *path_modules(struct db *db)
{
	return read_modules(db, ask(db, SUBJECT_PATH, PATH_MODULES, ""));
}

GArray *path_modules_of(struct db *db, const char *level)
{
	return read_modules(db, ask(db, SUBJECT_PATH, PATH_MODULES_OF, "t", level));
}

int64_t path_minutes(const GArray *modules)
{
	int64_t minutes = 0;
	for (guint i = 0; i < modules->len; i++) {
		minutes += g_array_index(modules, struct module_row, i).minutes_expected;
	}
	return minutes;
}

bool path_has(struct db *db, int64_t module, const char *level)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_PATH, PATH_HAS, "it", module, level);
	bool has = ask_row(db, rows) && sqlite3_column_int64(rows, 0) != 0;
	ask_done(rows);
	return has;
}

void path_set_part(struct db *db, int64_t module, const char *level, bool part)
{
	tell(db, SUBJECT_PATH, part ? PATH_PRESENT : PATH_ABSENT, "it", module, level);
}

static void read_package(sqlite3_stmt *rows, struct package_row *ret)
{
	*ret = (struct package_row){
		.module = sqlite3_column_int64(rows, 0),
		.version = sqlite3_column_int64(rows, 2),
		.course = sqlite3_column_int64(rows, 3),
		.retired = sqlite3_column_int64(rows, 5) != 0,
	};
	COLUMN_COPY(rows, 1, ret->level);
	COLUMN_COPY(rows, 4, ret->title);
}

GArray *path_packages(struct db *db)
{
	GArray *list = g_array_new(FALSE, TRUE, sizeof(struct package_row));
	sqlite3_stmt *rows = ask(db, SUBJECT_PATH, PATH_PACKAGES, "");
	while (ask_row(db, rows)) {
		struct package_row package;
		read_package(rows, &package);
		g_array_append_val(list, package);
	}
	return list;
}

bool path_package(struct db *db, int64_t module, const char *level, struct package_row *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_PATH, PATH_PACKAGE, "it", module, level);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_package(rows, ret);
	ask_done(rows);
	return true;
}

void path_set_modules(struct db *db, const struct module_row *modules, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		tell(db, SUBJECT_PATH, PATH_MODULE_PUT, "itti", (int64_t)i + 1, modules[i].title_it,
			modules[i].title_en, modules[i].minutes_expected);
	}
	tell(db, SUBJECT_PATH, PATH_MODULES_CUT, "i", (int64_t)count);
}

void path_set_package(struct db *db, int64_t module, const char *level, int64_t version)
{
	if (version == 0) {
		tell(db, SUBJECT_PATH, PATH_PACKAGE_REMOVE, "it", module, level);
	} else {
		tell(db, SUBJECT_PATH, PATH_PACKAGE_PUT, "iti", module, level, version);
	}
}
