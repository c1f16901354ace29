#include "server/store/personal.h"

#include <string.h>

#include "server/store/statement.h"

#define SECTION(table, name, title, sql) PERSONAL_SECTION_##name,
#define FORGET(table, sql)
#define STAYS(table, why)
#define DEED(table, column)
enum personal_statement {
#include "server/store/personal.def"
	PERSONAL_SECTIONS,
	PERSONAL_BEFORE_FORGET = PERSONAL_SECTIONS - 1,
#undef SECTION
#undef FORGET
#define SECTION(table, name, title, sql)
#define FORGET(table, sql) PERSONAL_FORGET_##table,
#include "server/store/personal.def"
	PERSONAL_DUTY,
	PERSONAL_UNREPORTED,
	PERSONAL_LEFT,
	PERSONAL_STATEMENTS,
};
#undef SECTION
#undef FORGET

/* The events that somebody has evidence in. */
#define EVENTS_OF "SELECT event FROM completion WHERE person = ?1 UNION SELECT event FROM final_attempt WHERE person = ?1 "  \
		  "UNION SELECT event FROM declaration WHERE person = ?1 UNION SELECT event FROM certificate WHERE person = ?1 " \
		  "UNION SELECT event FROM class_enrolment WHERE person = ?1 UNION SELECT event FROM event_staff WHERE person = ?1"

static const char *const sql[PERSONAL_STATEMENTS] = {
#define SECTION(table, name, title, sql) [PERSONAL_SECTION_##name] = sql,
#define FORGET(table, sql) [PERSONAL_FORGET_##table] = sql,
#include "server/store/personal.def"
#undef SECTION
#undef FORGET
	[PERSONAL_DUTY] = "SELECT coalesce((SELECT max(data_fine) FROM ecm_event WHERE id IN (" EVENTS_OF ")), ''), "
			  "coalesce((SELECT min(day) FROM completion WHERE person = ?1), ''), updated_at, anonymised_at IS NOT "
			  "NULL, active FROM person WHERE id = ?1",
	[PERSONAL_UNREPORTED] = "SELECT e.title FROM completion c JOIN ecm_event e ON e.id = c.event JOIN person p ON p.id = "
				"c.person WHERE c.person = ?1 AND p.profession IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
				"ecm_export x WHERE x.event = c.event AND x.created_at >= c.recorded_at) ORDER BY e.id LIMIT 1",
	[PERSONAL_LEFT] = "SELECT p.id FROM person p WHERE p.id > ?1 AND p.active = 0 AND p.anonymised_at IS NULL AND NOT EXISTS "
			  "(SELECT 1 FROM person_role r WHERE r.person = p.id AND r.role <> 'operator') ORDER BY p.id LIMIT ?2",
};

const struct subject_statements personal_statements = {sql, PERSONAL_STATEMENTS};

#define FORGET(table, sql)
#define SECTION(table, name, title, sql) {#name, title},
static const struct personal_section sections[PERSONAL_SECTIONS] = {
#include "server/store/personal.def"
};
#undef SECTION
#undef FORGET
#undef STAYS
#undef DEED

const struct personal_section *personal_sections(size_t *ret_count)
{
	*ret_count = PERSONAL_SECTIONS;
	return sections;
}

static json_t *time_json(int64_t ms)
{
	char text[32];
	store_time_text(ms, text);
	return json_string(text);
}

static json_t *bytes_json(sqlite3_stmt *rows, int column)
{
	g_autofree char *text =
		g_base64_encode(sqlite3_column_blob(rows, column), (gsize)sqlite3_column_bytes(rows, column));
	return json_string(text);
}

static json_t *plain_json(sqlite3_stmt *rows, int column)
{
	switch (sqlite3_column_type(rows, column)) {
	case SQLITE_INTEGER:
		return json_integer(sqlite3_column_int64(rows, column));
	case SQLITE_FLOAT:
		return json_real(sqlite3_column_double(rows, column));
	case SQLITE_BLOB:
		return bytes_json(rows, column);
	default:
		return json_string((const char *)sqlite3_column_text(rows, column));
	}
}

/* By what stands behind the colon of the column's name; `ret_name` is the name to tell it under. */
static json_t *cell_json(sqlite3_stmt *rows, int column, char ret_name[64])
{
	const char *name = sqlite3_column_name(rows, column), *colon = strchr(name, ':');
	const char *kind = colon ? colon + 1 : "";
	bool journal = strcmp(kind, "journal") == 0;
	g_strlcpy(ret_name, name, 64);
	if (colon && !journal) {
		ret_name[MIN(colon - name, 63)] = '\0';
	}
	if (sqlite3_column_type(rows, column) == SQLITE_NULL) {
		return json_null();
	}
	if (strcmp(kind, "time") == 0) {
		return time_json(sqlite3_column_int64(rows, column));
	}
	if (strcmp(kind, "json") == 0) {
		json_t *json = json_loads((const char *)sqlite3_column_text(rows, column), JSON_DECODE_ANY, NULL);
		return json ? json : plain_json(rows, column);
	}
	return plain_json(rows, column);
}

json_t *personal_rows(struct db *db, size_t section, int64_t person)
{
	json_t *list = json_array();
	sqlite3_stmt *rows = ask(db, SUBJECT_PERSONAL, (unsigned)section, "i", person);
	while (ask_row(db, rows)) {
		json_t *row = json_object();
		for (int i = 0; i < sqlite3_column_count(rows); i++) {
			char name[64];
			json_t *cell = cell_json(rows, i, name);
			json_object_set_new(row, name, cell);
		}
		json_array_append_new(list, row);
	}
	return list;
}

void personal_forget(struct db *db, int64_t person)
{
	for (unsigned i = PERSONAL_SECTIONS; i < PERSONAL_DUTY; i++) {
		tell(db, SUBJECT_PERSONAL, i, "i", person);
	}
}

bool personal_duty(struct db *db, int64_t person, struct personal_duty *ret)
{
	*ret = (struct personal_duty){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_PERSONAL, PERSONAL_DUTY, "i", person);
	if (!ask_row(db, rows)) {
		return false;
	}
	COLUMN_COPY(rows, 0, ret->event_end);
	COLUMN_COPY(rows, 1, ret->completed);
	ret->updated_at = sqlite3_column_int64(rows, 2);
	ret->anonymised = sqlite3_column_int(rows, 3) != 0;
	ret->active = sqlite3_column_int(rows, 4) != 0;
	ask_done(rows);
	rows = ask(db, SUBJECT_PERSONAL, PERSONAL_UNREPORTED, "i", person);
	if (ask_row(db, rows)) {
		COLUMN_COPY(rows, 0, ret->unreported);
		ask_done(rows);
	}
	return true;
}

GArray *personal_left(struct db *db, int64_t after, int64_t most)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(int64_t));
	sqlite3_stmt *rows = ask(db, SUBJECT_PERSONAL, PERSONAL_LEFT, "ii", after, most);
	while (ask_row(db, rows)) {
		int64_t id = sqlite3_column_int64(rows, 0);
		g_array_append_val(list, id);
	}
	return list;
}
