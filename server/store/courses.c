#include "server/store/courses.h"

#include "server/store/statement.h"

enum courses_statement {
	COURSES_LIST,
	COURSES_FIND,
	COURSES_SAME,
	COURSES_ADD,
	COURSES_TITLE,
	COURSES_SETTINGS,
	COURSES_SETTINGS_KEEP,
	COURSES_SETTINGS_HELD,
	COURSES_VERSIONS,
	COURSES_USED_BY,
	COURSES_ORGANIZATIONS,
	COURSES_ORGANIZATION,
	COURSES_VERSION,
	COURSES_VERSION_BY_SHA256,
	COURSES_VERSION_ADD,
	COURSES_ORGANIZATION_ADD,
	COURSES_STATEMENTS
};

#define COURSE                                                                                              \
	"SELECT c.id, c.title, (SELECT edition FROM course_version WHERE course = c.id ORDER BY id "        \
	"DESC LIMIT 1), c.mastery_override, c.status_rule, coalesce(c.retired_at, 0) FROM course c "
#define VERSION                                                                                             \
	"SELECT v.id, v.course, v.sha256, v.edition, v.identifier, v.title, "                               \
	"v.default_organization, v.files, v.bytes, v.errors, v.warnings, v.hints, v.file_name, "            \
	"v.imported_at, coalesce(v.imported_by, 0), coalesce(p.given_name || ' ' || p.family_name, "        \
	"''), (SELECT count(*) FROM course_version e WHERE e.course = v.course AND e.id <= v.id), "          \
	"coalesce(v.retired_at, 0), coalesce(v.freed_at, 0) FROM course_version v LEFT JOIN person p ON "     \
	"p.id = v.imported_by "
#define ORGANIZATION                                                                                        \
	"SELECT position, identifier, title, image, activities FROM organization WHERE version = ? "

static const char *const sql[COURSES_STATEMENTS] = {
	[COURSES_LIST] = COURSE "ORDER BY c.title, c.id",
	[COURSES_FIND] = COURSE "WHERE c.id = ?",
	[COURSES_SAME] = "SELECT course FROM course_version WHERE identifier = ? AND title = ? ORDER BY id "
			 "DESC LIMIT 1",
	[COURSES_ADD] = "INSERT INTO course(identifier, title, created_at) VALUES (?, ?, ?)",
	[COURSES_TITLE] = "UPDATE course SET title = ?2 WHERE id = ?1",
	[COURSES_SETTINGS] = "UPDATE course SET mastery_override = ?2, status_rule = ?3 WHERE id = ?1",
	[COURSES_SETTINGS_KEEP] = "INSERT OR REPLACE INTO course_settings_before SELECT id, mastery_override, "
				  "status_rule, ?2 FROM course WHERE id = ?1",
	[COURSES_SETTINGS_HELD] = "SELECT 1 FROM course WHERE id = ?1 AND mastery_override = ?2 AND status_rule "
				  "= ?3 UNION ALL SELECT 1 FROM course_settings_before WHERE course = ?1 AND "
				  "mastery_override = ?2 AND status_rule = ?3 AND until >= ?4",
	[COURSES_VERSIONS] = VERSION "WHERE v.course = ? ORDER BY v.id DESC",
	[COURSES_USED_BY] = "SELECT k.module, k.level, k.version FROM path_package k JOIN course_version v ON v.id = "
			    "k.version WHERE v.course = ? ORDER BY k.module, k.level",
	[COURSES_ORGANIZATIONS] = ORGANIZATION "ORDER BY position",
	[COURSES_ORGANIZATION] = ORGANIZATION "AND position = ?",
	[COURSES_VERSION] = VERSION "WHERE v.id = ?",
	[COURSES_VERSION_BY_SHA256] = VERSION "WHERE v.sha256 = ?",
	[COURSES_VERSION_ADD] = "INSERT INTO course_version(course, sha256, edition, identifier, title, "
				"default_organization, files, bytes, errors, warnings, hints, file_name, "
				"imported_at, imported_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
				"nullif(?, 0))",
	[COURSES_ORGANIZATION_ADD] = "INSERT INTO organization(version, position, identifier, title, image, "
				     "activities) VALUES (?, ?, ?, ?, ?, ?)",
};

#undef COURSE
#undef VERSION
#undef ORGANIZATION

const struct subject_statements courses_statements = {sql, COURSES_STATEMENTS};

static void read_course(sqlite3_stmt *rows, struct course_row *ret)
{
	ret->id = sqlite3_column_int64(rows, 0);
	COLUMN_COPY(rows, 1, ret->title);
	COLUMN_COPY(rows, 2, ret->edition);
	ret->settings.mastery_override = sqlite3_column_int64(rows, 3) != 0;
	COLUMN_COPY(rows, 4, ret->settings.status_rule);
	ret->retired_at = sqlite3_column_int64(rows, 5);
}

static void read_version(sqlite3_stmt *rows, struct version_row *ret)
{
	*ret = (struct version_row){
		.id = sqlite3_column_int64(rows, 0),
		.course = sqlite3_column_int64(rows, 1),
		.default_organization = sqlite3_column_int64(rows, 6),
		.files = sqlite3_column_int64(rows, 7),
		.bytes = sqlite3_column_int64(rows, 8),
		.errors = sqlite3_column_int64(rows, 9),
		.warnings = sqlite3_column_int64(rows, 10),
		.hints = sqlite3_column_int64(rows, 11),
		.imported_at = sqlite3_column_int64(rows, 13),
		.imported_by = sqlite3_column_int64(rows, 14),
		.number = sqlite3_column_int64(rows, 16),
		.retired_at = sqlite3_column_int64(rows, 17),
		.freed_at = sqlite3_column_int64(rows, 18),
	};
	COLUMN_COPY(rows, 2, ret->sha256);
	COLUMN_COPY(rows, 3, ret->edition);
	COLUMN_COPY(rows, 4, ret->identifier);
	COLUMN_COPY(rows, 5, ret->title);
	COLUMN_COPY(rows, 12, ret->file_name);
	COLUMN_COPY(rows, 15, ret->imported_by_name);
}

static void read_organization(sqlite3_stmt *rows, struct organization_row *ret)
{
	ret->position = sqlite3_column_int64(rows, 0);
	COLUMN_COPY(rows, 1, ret->identifier);
	COLUMN_COPY(rows, 2, ret->title);
	COLUMN_COPY(rows, 3, ret->image);
	ret->activities = sqlite3_column_int64(rows, 4);
}

GArray *courses_list(struct db *db)
{
	GArray *list = g_array_new(FALSE, TRUE, sizeof(struct course_row));
	sqlite3_stmt *rows = ask(db, SUBJECT_COURSES, COURSES_LIST, "");
	while (ask_row(db, rows)) {
		struct course_row course;
		read_course(rows, &course);
		g_array_append_val(list, course);
	}
	return list;
}

GArray *course_versions(struct db *db, int64_t course)
{
	GArray *list = g_array_new(FALSE, TRUE, sizeof(struct version_row));
	sqlite3_stmt *rows = ask(db, SUBJECT_COURSES, COURSES_VERSIONS, "i", course);
	while (ask_row(db, rows)) {
		struct version_row version;
		read_version(rows, &version);
		g_array_append_val(list, version);
	}
	return list;
}

GArray *course_used_by(struct db *db, int64_t course)
{
	GArray *list = g_array_new(FALSE, TRUE, sizeof(struct used_row));
	sqlite3_stmt *rows = ask(db, SUBJECT_COURSES, COURSES_USED_BY, "i", course);
	while (ask_row(db, rows)) {
		struct used_row used = {
			.module = sqlite3_column_int64(rows, 0), .version = sqlite3_column_int64(rows, 2)};
		COLUMN_COPY(rows, 1, used.level);
		g_array_append_val(list, used);
	}
	return list;
}

GArray *version_organizations(struct db *db, int64_t version)
{
	GArray *list = g_array_new(FALSE, TRUE, sizeof(struct organization_row));
	sqlite3_stmt *rows = ask(db, SUBJECT_COURSES, COURSES_ORGANIZATIONS, "i", version);
	while (ask_row(db, rows)) {
		struct organization_row organization;
		read_organization(rows, &organization);
		g_array_append_val(list, organization);
	}
	return list;
}

bool course_row_find(struct db *db, int64_t id, struct course_row *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_COURSES, COURSES_FIND, "i", id);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_course(rows, ret);
	ask_done(rows);
	return true;
}

void course_set_settings(struct db *db, int64_t id, const struct course_settings *settings)
{
	tell(db, SUBJECT_COURSES, COURSES_SETTINGS_KEEP, "ii", id, store_now());
	tell(db, SUBJECT_COURSES, COURSES_SETTINGS, "iit", id, (int64_t)settings->mastery_override,
		settings->status_rule);
}

bool course_settings_held(struct db *db, int64_t id, const struct course_settings *settings, int64_t since)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_COURSES, COURSES_SETTINGS_HELD, "iiti", id,
		(int64_t)settings->mastery_override, settings->status_rule, since);
	bool held = ask_row(db, rows);
	ask_done(rows);
	return held;
}

static bool read_one_version(struct db *db, sqlite3_stmt *rows, struct version_row *ret)
{
	if (!ask_row(db, rows)) {
		return false;
	}
	read_version(rows, ret);
	ask_done(rows);
	return true;
}

bool version_find(struct db *db, int64_t id, struct version_row *ret)
{
	return read_one_version(db, ask(db, SUBJECT_COURSES, COURSES_VERSION, "i", id), ret);
}

bool version_by_sha256(struct db *db, const char *sha256, struct version_row *ret)
{
	return read_one_version(db, ask(db, SUBJECT_COURSES, COURSES_VERSION_BY_SHA256, "t", sha256), ret);
}

bool organization_find(struct db *db, int64_t version, int64_t position, struct organization_row *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_COURSES, COURSES_ORGANIZATION, "ii", version, position);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_organization(rows, ret);
	ask_done(rows);
	return true;
}

static int64_t course_for(struct db *db, const struct version_row *version)
{
	sqlite3_stmt *rows =
		ask(db, SUBJECT_COURSES, COURSES_SAME, "tt", version->identifier, version->title);
	if (ask_row(db, rows)) {
		int64_t course = sqlite3_column_int64(rows, 0);
		ask_done(rows);
		return course;
	}
	tell(db, SUBJECT_COURSES, COURSES_ADD, "tti", version->identifier, version->title, store_now());
	return db_inserted(db);
}

void version_add(struct db *db, struct version_row *version, const struct organization_row *organizations,
	size_t count)
{
	if (version->course == 0) {
		version->course = course_for(db, version);
	}
	version->imported_at = store_now();
	tell(db, SUBJECT_COURSES, COURSES_TITLE, "it", version->course, version->title);
	tell(db, SUBJECT_COURSES, COURSES_VERSION_ADD, "ittttiiiiiitii", version->course, version->sha256,
		version->edition, version->identifier, version->title, version->default_organization,
		version->files, version->bytes, version->errors, version->warnings, version->hints,
		version->file_name, version->imported_at, version->imported_by);
	version->id = db_inserted(db);
	for (size_t i = 0; i < count; i++) {
		const struct organization_row *each = &organizations[i];
		tell(db, SUBJECT_COURSES, COURSES_ORGANIZATION_ADD, "iittti", version->id, each->position,
			each->identifier, each->title, each->image, each->activities);
	}
}
