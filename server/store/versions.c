#include "server/store/versions.h"

#include <string.h>

#include "server/store/versions_sql.h"

static const char *const policy_names[PUBLISH_POLICIES] = {
	[PUBLISH_NEVER] = "never",
	[PUBLISH_NOT_STARTED] = "not_started",
	[PUBLISH_INCOMPLETE] = "incomplete",
	[PUBLISH_ALWAYS] = "always",
};

const char *publish_policy_name(enum publish_policy policy)
{
	return policy_names[policy];
}

bool publish_policy_read(const char *name, enum publish_policy *ret)
{
	for (int policy = 0; name != NULL && policy < PUBLISH_POLICIES; policy++) {
		if (strcmp(name, policy_names[policy]) == 0) {
			*ret = (enum publish_policy)policy;
			return true;
		}
	}
	return false;
}

/* What a person has done with a module decides which policies reach them. */
static enum publish_policy policy_needed(const struct attempt *attempt, bool module_completed)
{
	return module_completed		  ? PUBLISH_ALWAYS
	       : attempt_is_begun(attempt) ? PUBLISH_INCOMPLETE
					  : PUBLISH_NOT_STARTED;
}

int64_t attempt_gives_way(struct db *db, const struct attempt *attempt, bool module_completed,
	const struct package_row *package)
{
	if (attempt->replaced_by != 0 || package->version == 0 || package->version == attempt->version ||
		package->retired) {
		return 0;
	}
	sqlite3_stmt *rows = ask(db, SUBJECT_VERSIONS, VERSIONS_ASKING, "ii", attempt->id,
		(int64_t)policy_needed(attempt, module_completed));
	int64_t at = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	return at;
}

void attempt_replace(struct db *db, const struct attempt *old, struct attempt *next)
{
	sqlite3_stmt *rows = ask(
		db, SUBJECT_VERSIONS, VERSIONS_ATTEMPT_ON, "iii", next->person, next->module, next->version);
	if (ask_row(db, rows)) {
		int64_t id = sqlite3_column_int64(rows, 0);
		ask_done(rows);
		tell(db, SUBJECT_VERSIONS, VERSIONS_ATTEMPT_BACK, "i", id);
		attempt_find(db, id, next);
	} else {
		attempt_add(db, next);
	}
	tell(db, SUBJECT_VERSIONS, VERSIONS_ATTEMPT_REPLACED, "iii", old->id, next->id, store_now());
}

void version_set_retired(struct db *db, int64_t version, bool retired)
{
	tell(db, SUBJECT_VERSIONS, VERSIONS_RETIRE, "ii", version, retired ? store_now() : 0);
}

void course_set_retired(struct db *db, int64_t course, bool retired)
{
	tell(db, SUBJECT_VERSIONS, VERSIONS_RETIRE_COURSE, "ii", course, retired ? store_now() : 0);
}

void version_set_freed(struct db *db, int64_t version, bool freed)
{
	tell(db, SUBJECT_VERSIONS, VERSIONS_FREE, "ii", version, freed ? store_now() : 0);
}

int64_t version_people(struct db *db, int64_t version)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_VERSIONS, VERSIONS_PEOPLE, "i", version);
	int64_t people = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	return people;
}

void version_references(struct db *db, int64_t version, struct version_references *ret)
{
	*ret = (struct version_references){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_VERSIONS, VERSIONS_REFERENCES, "ii", version, store_now());
	if (ask_row(db, rows)) {
		ret->modules = sqlite3_column_int64(rows, 0);
		ret->attempts = sqlite3_column_int64(rows, 1);
		ret->launches = sqlite3_column_int64(rows, 2);
		ask_done(rows);
	}
}
