/* Who is touched when a version is published, and the SQL of the whole subject. */
#include "server/store/courses.h"
#include "server/store/path.h"
#include "server/store/versions.h"
#include "server/store/versions_sql.h"

/* Whoever wrote something since then is at work. */
#define WORKING_MS (10 * 60 * 1000LL)

/* ?1 module, ?2 level, ?3 the course it has, ?4 the course it will have. The same question as
 * attempt_counts(). */
#define COUNTS(a) "(" a ".level = ?2 OR " a ".course = ?3 OR " a ".course = ?4)"
#define LEVEL_OF(a)                                                                                          \
	"(SELECT l.level FROM person_level l WHERE l.person = " a ".person ORDER BY l.id DESC LIMIT 1)"
/* The same as attempt_is_begun(). */
#define BEGUN                                                                                                \
	"(completed_at IS NOT NULL OR success <> 'unknown' OR "                                              \
	"best_score IS NOT NULL OR coalesce(best_progress, 0) > 0 OR active_ms >= 60000)"
/*
 * The publications p that ask to leave the attempt `a`, of those that reach a person who needs the policy `needed` (a
 * number, as enum publish_policy). They are of its module, later than what is past for it and than the last one of its
 * own version, and were for people of the level that the person had, on the courses that the module had.
 */
#define ASKING(a, needed)                                                                                    \
	" publication p WHERE p.module = " a ".module AND p.id > coalesce(" a ".publications_past, 0) " \
	"AND p.version <> " a ".version AND CASE p.policy WHEN 'always' THEN 3 WHEN 'incomplete' THEN 2 "    \
	"WHEN 'not_started' THEN 1 ELSE 0 END >= " needed " AND p.level = (SELECT l.level FROM "             \
	"person_level l WHERE l.person = " a ".person AND l.at <= p.at ORDER BY l.id DESC LIMIT 1) AND "     \
	"(p.level = " a ".level OR EXISTS (SELECT 1 FROM course_version v WHERE v.id IN (p.version, "        \
	"p.previous) AND v.course = " a ".course)) AND NOT EXISTS (SELECT 1 FROM publication q WHERE "       \
	"q.module = " a ".module AND q.id > p.id AND q.version = " a ".version)"
/* The attempt that each person of the level goes on with; a bare column of a max() query is of that row. */
#define GOING                                                                                                \
	"WITH going AS (SELECT a.*, max((a.level = ?2) * 1000000000000 + a.id) FROM attempt a WHERE "        \
	"a.module = ?1 AND a.replaced_by IS NULL AND " COUNTS("a") " AND " LEVEL_OF(                         \
		"a") " = ?2 GROUP BY "                                                                       \
		     "a.person), judged AS (SELECT id, person, module, level, course, version, "             \
		     "publications_past, " BEGUN " AS begun, EXISTS (SELECT 1 FROM "                         \
		     "attempt b WHERE b.person = g.person AND b.module = ?1 AND b.completed_at IS NOT NULL " \
		     "AND " COUNTS("b") ") AS done, last_sequence > 0 AND updated_at > ?6 AS working FROM "  \
					"going g) "

/* They worked at this level on a course that they had from another. */
#define ADOPTABLE "module = ?1 AND course = ?3 AND level <> ?2 AND " LEVEL_OF("attempt") " = ?2"

static const char *const sql[VERSIONS_STATEMENTS] = {
	[VERSIONS_COUNT] = GOING
	"SELECT count(*) FILTER (WHERE version <> ?5 AND NOT done AND NOT begun), count(*) FILTER (WHERE "
	"version <> ?5 AND NOT done AND begun), count(*) FILTER (WHERE version <> ?5 AND done), count(*) "
	"FILTER "
	"(WHERE version = ?5), count(*) FILTER (WHERE version <> ?5 AND working), count(*) FILTER (WHERE "
	"version "
	"<> ?5 AND EXISTS (SELECT 1 FROM" ASKING("j", "1 + (j.begun OR j.done) + j.done") ")) FROM judged j",
	[VERSIONS_COUNT_FRESH] =
		"SELECT count(*) FROM person_role r JOIN person p ON p.id = r.person AND p.active = 1 WHERE "
		"r.role = 'operator' AND " LEVEL_OF(
			"r") " = ?2 AND NOT EXISTS (SELECT 1 FROM attempt a WHERE "
			     "a.person = r.person AND a.module = ?1 AND " COUNTS("a") ")",
	[VERSIONS_PUBLISH] =
		"INSERT INTO publication(module, level, version, previous, policy, people, at, by) "
		"VALUES (?, ?, nullif(?, 0), nullif(?, 0), ?, ?, ?, nullif(?, 0))",
	[VERSIONS_ADOPTABLE] = "SELECT id FROM attempt WHERE " ADOPTABLE,
	[VERSIONS_ADOPT] = "UPDATE attempt SET level = ?2 WHERE id = ?1",
	[VERSIONS_ADOPT_SINCE] = "UPDATE attempt SET level = ?2 WHERE " ADOPTABLE
				 " AND (?4 = 0 OR person IN (SELECT person FROM person_level WHERE id > ?4))",
	[VERSIONS_LAST_LEVEL] = "SELECT max(id) FROM person_level",
	[VERSIONS_ASKING] =
		"SELECT p.at FROM attempt a," ASKING("a", "?2") " AND a.id = ?1 ORDER BY p.id DESC LIMIT 1",
	[VERSIONS_ATTEMPT_ON] = "SELECT id FROM attempt WHERE person = ? AND module = ? AND version = ?",
	[VERSIONS_ATTEMPT_BACK] =
		"UPDATE attempt SET replaced_by = NULL, replaced_at = NULL, publications_past = "
		"(SELECT max(id) FROM publication) WHERE id = ?",
	[VERSIONS_ATTEMPT_REPLACED] = "UPDATE attempt SET replaced_by = ?2, replaced_at = ?3 WHERE id = ?1",
	[VERSIONS_RETIRE] = "UPDATE course_version SET retired_at = nullif(?2, 0) WHERE id = ?1",
	[VERSIONS_RETIRE_COURSE] = "UPDATE course SET retired_at = nullif(?2, 0) WHERE id = ?1",
	[VERSIONS_FREE] = "UPDATE course_version SET freed_at = nullif(?2, 0) WHERE id = ?1",
	[VERSIONS_PEOPLE] =
		"SELECT count(DISTINCT person) FROM attempt WHERE version = ? AND replaced_by IS NULL",
	[VERSIONS_REFERENCES] =
		"SELECT (SELECT count(*) FROM path_package WHERE version = ?1), (SELECT count(*) FROM "
		"attempt "
		"WHERE version = ?1), (SELECT count(*) FROM launch WHERE version = ?1 AND expires_at > ?2)",
};

#undef COUNTS
#undef LEVEL_OF
#undef ASKING
#undef ADOPTABLE
#undef BEGUN
#undef GOING

const struct subject_statements versions_statements = {sql, VERSIONS_STATEMENTS};

/* The course that a version is of; 0 for none. */
static int64_t course_of(struct db *db, int64_t version)
{
	struct version_row row;
	return version != 0 && version_find(db, version, &row) ? row.course : 0;
}

static int64_t course_now(struct db *db, const struct publish_change *change)
{
	struct package_row package;
	return path_package(db, change->module, change->level, &package) ? package.course : 0;
}

void publish_count(
	struct db *db, const struct publish_change *change, bool with_fresh, struct publish_people *ret)
{
	int64_t now = course_now(db, change), then = course_of(db, change->version);
	*ret = (struct publish_people){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_VERSIONS, VERSIONS_COUNT, "itiiii", change->module,
		change->level, now, then, change->version, store_now() - WORKING_MS);
	if (ask_row(db, rows)) {
		ret->opened = sqlite3_column_int64(rows, 0);
		ret->in_progress = sqlite3_column_int64(rows, 1);
		ret->completed = sqlite3_column_int64(rows, 2);
		ret->already = sqlite3_column_int64(rows, 3);
		ret->working = sqlite3_column_int64(rows, 4);
		ret->asked = sqlite3_column_int64(rows, 5);
		ask_done(rows);
	}
	if (with_fresh) {
		rows = ask(db, SUBJECT_VERSIONS, VERSIONS_COUNT_FRESH, "itii", change->module, change->level,
			now, then);
		ret->fresh = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
		ask_done(rows);
	}
}

int64_t publish_touched(const struct publish_people *people, enum publish_policy policy)
{
	switch (policy) {
	case PUBLISH_ALWAYS:
		return people->opened + people->in_progress + people->completed;
	case PUBLISH_INCOMPLETE:
		return people->opened + people->in_progress;
	case PUBLISH_NOT_STARTED:
		return people->opened;
	case PUBLISH_NEVER:
	case PUBLISH_POLICIES:
		break;
	}
	return 0;
}

GArray *publish_adoptable(struct db *db, struct publish_change *change)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(int64_t));
	int64_t now = course_now(db, change);
	sqlite3_stmt *rows = ask(db, SUBJECT_VERSIONS, VERSIONS_LAST_LEVEL, "");
	change->adopted_until = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	if (now == 0 || now == course_of(db, change->version)) {
		return list;
	}
	rows = ask(db, SUBJECT_VERSIONS, VERSIONS_ADOPTABLE, "iti", change->module, change->level, now);
	while (ask_row(db, rows)) {
		int64_t id = sqlite3_column_int64(rows, 0);
		g_array_append_val(list, id);
	}
	return list;
}

void publish_adopt(struct db *db, const struct publish_change *change, const int64_t *attempts, guint count)
{
	for (guint i = 0; i < count; i++) {
		tell(db, SUBJECT_VERSIONS, VERSIONS_ADOPT, "it", attempts[i], change->level);
	}
}

void publish(struct db *db, const struct publish_change *change, enum publish_policy policy, int64_t people,
	int64_t by)
{
	struct package_row before = {0};
	path_package(db, change->module, change->level, &before);
	tell(db, SUBJECT_VERSIONS, VERSIONS_PUBLISH, "itiitiii", change->module, change->level,
		change->version, before.version, publish_policy_name(policy), people, store_now(), by);
	if (before.course != 0 && before.course != course_of(db, change->version)) {
		tell(db, SUBJECT_VERSIONS, VERSIONS_ADOPT_SINCE, "itii", change->module, change->level, before.course,
			change->adopted_until);
	}
	path_set_package(db, change->module, change->level, change->version);
}
