/*
 * Courses and their immutable versions (002_courses.sql).
 */
#ifndef SERVER_STORE_COURSES_H
#define SERVER_STORE_COURSES_H

#include <glib.h>

#include "server/limits.h"
#include "server/store/store.h"

/* For SCORM 1.2; see struct session_params, player/engine/engine.h. */
struct course_settings {
	bool mastery_override; /* many tools write a mastery score needlessly: no, unless the designer says so */
	char status_rule[16];  /* "all", "any", "last" or "mastery" */
};

struct course_row {
	int64_t id;
	char title[LIMIT_TITLE_BYTES + 1];
	char edition[16]; /* of the newest version */
	int64_t retired_at; /* 0: in use */
	struct course_settings settings;
};

struct version_row {
	int64_t id, course;
	char sha256[65];
	char edition[16];
	char identifier[256];
	char title[LIMIT_TITLE_BYTES + 1];
	int64_t default_organization;
	int64_t files, bytes;
	int64_t errors, warnings, hints;
	char file_name[LIMIT_FILE_NAME_BYTES + 1];
	int64_t imported_at, imported_by;
	char imported_by_name[220]; /* "" for fad import */
	int64_t number;     /* from 1 within its course */
	int64_t retired_at; /* 0: in use, as far as the version goes; its course may be retired */
	int64_t freed_at;   /* 0: its files are there */
};

struct organization_row {
	int64_t position;
	char identifier[256], title[LIMIT_TITLE_BYTES + 1];
	char image[64];
	int64_t activities;
};

struct used_row {
	int64_t module;
	char level[65];
	int64_t version;
};

/* Each a GArray of its row. */
GArray *courses_list(struct db *db);
GArray *course_versions(struct db *db, int64_t course); /* newest first */
GArray *course_used_by(struct db *db, int64_t course);
GArray *version_organizations(struct db *db, int64_t version);

bool course_row_find(struct db *db, int64_t id, struct course_row *ret);
/* The rule must be one of those above. What held until now is kept for course_settings_held(). */
void course_set_settings(struct db *db, int64_t id, const struct course_settings *settings);
/* Whether these are the course's settings, or were at some time since `since`. */
bool course_settings_held(struct db *db, int64_t id, const struct course_settings *settings, int64_t since);
bool version_find(struct db *db, int64_t id, struct version_row *ret);
bool version_by_sha256(struct db *db, const char *sha256, struct version_row *ret);
bool organization_find(struct db *db, int64_t version, int64_t position, struct organization_row *ret);

/*
 * Adds a version with its organizations; sets its id and course. `course` 0 in: the course with the same
 * manifest identifier and title, else a new one.
 */
void version_add(struct db *db, struct version_row *version, const struct organization_row *organizations,
	size_t count);

#endif
