/*
 * The path: modules, which of them each level has (070_levels_of_path.sql), and which package each has at each level
 * (002_courses.sql).
 */
#ifndef SERVER_STORE_PATH_H
#define SERVER_STORE_PATH_H

#include <glib.h>

#include "server/limits.h"
#include "server/store/store.h"

struct module_row {
	int64_t index; /* from 1 */
	char title_it[LIMIT_TITLE_BYTES + 1], title_en[LIMIT_TITLE_BYTES + 1];
	int64_t minutes_expected;
};

struct package_row {
	int64_t module;
	char level[65];
	int64_t version, course;
	bool retired; /* nobody begins it any more */
	char title[LIMIT_TITLE_BYTES + 1];
};

/* Each a GArray of its row. */
GArray *path_modules(struct db *db);
/* Those that a level's path has. */
GArray *path_modules_of(struct db *db, const char *level);
/* How long a list of modules is expected to take in all. */
int64_t path_minutes(const GArray *modules);
GArray *path_packages(struct db *db);

bool path_package(struct db *db, int64_t module, const char *level, struct package_row *ret);
/* Titles and minutes; the number of modules becomes `count`. */
void path_set_modules(struct db *db, const struct module_row *modules, size_t count);
/* Is the module part of the level's path? True unless somebody said otherwise. */
bool path_has(struct db *db, int64_t module, const char *level);
/* In a work function. Only this: a module that is not there any more keeps no package (path_set_package()). */
void path_set_part(struct db *db, int64_t module, const char *level, bool part);
/* Only this; publish() (versions.h) is how a course gets into a module. `version` 0: none. */
void path_set_package(struct db *db, int64_t module, const char *level, int64_t version);

#endif
