/*
 * Events, and the SQL of the whole subject. Completions and reports: completions.c; participants:
 * participants.c; people as the provider lists them: roster.c.
 */
#include "server/store/ecm.h"

#include "server/problem.h"
#include "server/store/ecm_sql.h"

#define EVENT_COLUMNS                                                                                        \
	"id, title, coalesce((SELECT group_concat(level, ' ') FROM ecm_event_level v WHERE v.event = ecm_event.id), ''), "  \
	"cod_evento, cod_edi, cod_org, cod_accr, data_ini, data_fine, "      \
	"credits_tenths,"                                                                                    \
	" ore, tipo_form, modulo_fad, modulo_fsc, modulo_res, tipo_eve, cod_obi, num_part, "                 \
	"cod_tipologia_form,"                                                                                \
	" seconds_needed, accredited"
#define EVERY_LEVEL "NOT EXISTS (SELECT 1 FROM ecm_event_level v WHERE v.event = ecm_event.id)"
#define COMPLETION_COLUMNS "person, event, coalesce(level, ''), completed_at, day, seconds, evidence"
/* "1.58 1.59 5.78" */
#define DISCIPLINES_OF_P                                                                                     \
	"coalesce((SELECT group_concat(d.profession || '.' || d.discipline, ' ') FROM person_discipline d"   \
	" WHERE d.person = p.id), '')"
/* Operators. A page finds its people first, within the index of names, and only then what is told of them. */
#define ROSTER_PEOPLE                                                                                        \
	" FROM person p WHERE (?1 = '' OR p.family_name || ' ' || p.given_name LIKE ?2 ESCAPE '\\'"          \
	" OR p.given_name || ' ' || p.family_name LIKE ?2 ESCAPE '\\' OR p.codice_fiscale LIKE ?2 ESCAPE "   \
	"'\\')"                                                                                              \
	" AND (?3 = '' OR p.company = ?3) AND (?4 = '' OR " LEVEL_OF_P " = ?4)"                              \
	" AND (?5 = '' OR ?5 = CASE"                                                                         \
	" WHEN EXISTS (SELECT 1 FROM completion c WHERE c.person = p.id AND c.level IS NOT NULL) THEN 'completed'" \
	" WHEN EXISTS (SELECT 1 FROM attempt a WHERE a.person = p.id) THEN 'started'"                        \
	" WHEN EXISTS (SELECT 1 FROM person_level l WHERE l.person = p.id) THEN 'placed' ELSE 'none' END)"   \
	" AND (?6 = '' OR p.target_group = ?6)"                                                              \
	" AND (?7 = '' OR coalesce(p.profession, 0) = CAST(?7 AS INTEGER))"                                  \
	" AND (?8 = 0 OR p.id IN (SELECT person FROM attempt WHERE module = ?8 GROUP BY person"              \
	" HAVING max(completed_at NOT NULL) = 0) AND (?8 NOT IN (SELECT module FROM path_absence)"           \
	" OR coalesce(" LEVEL_OF_P ", '') NOT IN (SELECT x.level FROM path_absence x WHERE x.module = ?8)))" \
	" AND EXISTS (SELECT 1 FROM person_role r WHERE r.person = p.id AND r.role = 'operator')"            \
	" AND (?9 = 0 OR " COUNTED_P ") AND p.anonymised_at IS NULL"
#define BY_NAME " ORDER BY p.family_name, p.given_name, p.id"
#define ROSTER_COLUMNS                                                                                       \
	"p.id, p.family_name, p.given_name, coalesce(p.codice_fiscale, ''), coalesce(p.company, ''),"        \
	" coalesce(p.profession, 0), coalesce(" LEVEL_OF_P ", ''),"                                          \
	" (SELECT count(DISTINCT k.module) FROM path_package k JOIN course_version v ON v.id = k.version"    \
	" JOIN attempt a ON a.person = p.id AND a.module = k.module AND (a.course = v.course OR a.level = "  \
	"k.level) WHERE k.level = " LEVEL_OF_P " AND a.completed_at IS NOT NULL),"                           \
	" coalesce((SELECT min(day) FROM completion c WHERE c.person = p.id AND c.level IS NOT NULL), ''),"   \
	" coalesce(p.contract, ''), coalesce(p.target_group, ''),"                                           \
	" " DISCIPLINES_OF_P ","                                                                                               \
	" coalesce((SELECT sum(seen_ms) / 1000 FROM attempt a WHERE a.person = p.id), 0)"

/* When the person p first passed the test of the event ?1, on the platform or in class; 0: not yet. */
#define TEST_PASSED_P                                                                                        \
	"coalesce((SELECT min(t.at) FROM (SELECT f.done_at AS at FROM final_attempt f WHERE f.event = ?1"    \
	" AND f.person = p.id AND f.passed = 1 UNION ALL SELECT x.held_at FROM class_result x WHERE x.event" \
	" = ?1 AND x.person = p.id AND x.passed = 1 AND x.void_at IS NULL) t), 0)"

/* ?1 is the event; c the completion, p the person. */
#define PARTICIPANT_COLUMNS                                                                                  \
	"p.id, coalesce(p.codice_fiscale, ''), p.family_name, p.given_name, coalesce(p.contract, ''),"       \
	" coalesce(c.day, ''), coalesce(p.profession, 0),"                                                   \
	" " DISCIPLINES_OF_P ", coalesce(p.company, ''), " TEST_PASSED_P ","                           \
	" coalesce(q.day, ''), coalesce(r.recruited, 0), coalesce(r.sponsor, ''), coalesce(r.first_day, ''),"  \
	" coalesce(r.works_here, 0), 'P', 0"
/* The same columns for who teaches: no conditions, credits and a day of their own. */
#define STAFF_COLUMNS                                                                                        \
	"p.id, coalesce(p.codice_fiscale, ''), p.family_name, p.given_name, coalesce(p.contract, ''), s.day," \
	" coalesce(p.profession, 0), " DISCIPLINES_OF_P ", '', 0, '', s.recruited, s.sponsor, '', 0, s.role,"  \
	" s.credits_tenths FROM event_staff s JOIN person p ON p.id = s.person WHERE s.event = ?1"
/* One row for each person: who teaches has that one. */
#define NOT_STAFF                                                                                            \
	" AND NOT EXISTS (SELECT 1 FROM event_staff s WHERE s.event = ?1 AND s.person = p.id)"
#define PARTICIPANT_JOINS                                                                                    \
	" LEFT JOIN quality_handed_in q ON q.event = ?1 AND q.person = p.id"                                 \
	" LEFT JOIN declaration r ON r.id = (SELECT max(n.id) FROM declaration n WHERE n.event = ?1"         \
	" AND n.person = p.id)"

/* Of a level ?1: is the module m in its path? */
#define PART_OF_PATH "NOT EXISTS (SELECT 1 FROM path_absence x WHERE x.module = m.position AND x.level = ?1)"
/*
 * The event ?1 is that of the level of p: it names the level; or it names none, and no other event of the path that names
 * it has days in common. Who completed the path in another one that was not over then counts there
 * (ecm_event_of_person()).
 */
#define COUNTS_HERE                                                                                          \
	"EXISTS (SELECT 1 FROM ecm_event e WHERE e.id = ?1 AND CASE WHEN EXISTS (SELECT 1 FROM ecm_event_level v"  \
	" WHERE v.event = e.id) THEN EXISTS (SELECT 1 FROM ecm_event_level v WHERE v.event = e.id AND v.level = "  \
	LEVEL_OF_P ") ELSE NOT EXISTS (SELECT 1 FROM ecm_event_level v JOIN ecm_event o ON o.id = v.event"   \
	" WHERE v.level = " LEVEL_OF_P " AND o.tipo_form IN (1, 4) AND o.data_ini <= e.data_fine"            \
	" AND o.data_fine >= e.data_ini) END AND NOT EXISTS (SELECT 1 FROM completion d JOIN ecm_event o"    \
	" ON o.id = d.event WHERE d.person = p.id AND d.level IS NOT NULL AND (d.level = " LEVEL_OF_P        \
	" OR o.data_fine >= e.data_ini)))"

static const char *const sql[ECM_STATEMENTS] = {
	[EVENTS_ALL] = "SELECT " EVENT_COLUMNS " FROM ecm_event ORDER BY data_ini DESC, id DESC",
	[EVENT_BY_ID] = "SELECT " EVENT_COLUMNS " FROM ecm_event WHERE id = ?",
	[EVENT_FOR] = "SELECT " EVENT_COLUMNS " FROM ecm_event WHERE tipo_form IN (1, 4) AND (" EVERY_LEVEL " OR EXISTS"
		      " (SELECT 1 FROM ecm_event_level v WHERE v.event = ecm_event.id AND v.level = ?1))"
		      " ORDER BY (data_ini <= ?2 AND data_fine >= ?2) DESC, " EVERY_LEVEL ", data_ini DESC, id "
		      "DESC LIMIT 1",
	[EVENT_TAKEN] = "SELECT id FROM ecm_event WHERE cod_evento = ? AND cod_edi = ? AND id <> ?",
	[EVENT_INSERT] = "INSERT INTO ecm_event (title, cod_evento, cod_edi, cod_org, cod_accr, "
			 "data_ini, data_fine,"
			 " credits_tenths, ore, tipo_form, modulo_fad, modulo_fsc, modulo_res, tipo_eve, "
			 "cod_obi, num_part,"
			 " cod_tipologia_form, seconds_needed, accredited, updated_at, updated_by)"
			 " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))",
	[EVENT_UPDATE] =
		"UPDATE ecm_event SET title = ?, cod_evento = ?, cod_edi = ?, cod_org "
		"= ?,"
		" cod_accr = ?, data_ini = ?, data_fine = ?, credits_tenths = ?, ore = ?, tipo_form = ?,"
		" modulo_fad = ?, modulo_fsc = ?, modulo_res = ?, tipo_eve = ?, cod_obi = ?, num_part = ?,"
		" cod_tipologia_form = ?, seconds_needed = ?, accredited = ?, updated_at = ?,"
		" updated_by = nullif(?, 0) WHERE id = ?",
	[EVENT_LEVELS_CLEAR] = "DELETE FROM ecm_event_level WHERE event = ?",
	[EVENT_LEVEL_ADD] = "INSERT INTO ecm_event_level (event, level) VALUES (?, ?)",
	[COMPLETION_OF] = "SELECT " COMPLETION_COLUMNS " FROM completion WHERE person = ? AND event = ?",
	[COMPLETION_OF_LEVEL] = "SELECT " COMPLETION_COLUMNS " FROM completion WHERE person = ? AND level = ?"
				" ORDER BY completed_at LIMIT 1",
	[COMPLETION_SETTLED] =
		"SELECT 1 FROM completion c LEFT JOIN ecm_event e ON e.id = c.event WHERE c.person = ?1"
		" AND (c.event = ?3 OR (c.level = ?2 AND c.day BETWEEN e.data_ini AND e.data_fine)) LIMIT 1",
	[COMPLETIONS_OF] =
		"SELECT " COMPLETION_COLUMNS " FROM completion WHERE person = ? ORDER BY completed_at DESC",
	[COMPLETION_INSERT] =
		"INSERT INTO completion (person, event, level, completed_at, day, seconds, evidence,"
		" recorded_at) VALUES (?, ?, nullif(?, ''), ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
	[COMPLETION_CANDIDATES] =
		"SELECT DISTINCT a.person FROM attempt a WHERE a.person > ?2 AND a.completed_at IS NOT NULL"
		" AND NOT EXISTS (SELECT 1 FROM completion c WHERE c.person = a.person AND c.event = ?1)"
		" ORDER BY a.person LIMIT ?3",
	[COMPLETION_CANDIDATES_AT] =
		"SELECT p.id FROM person p WHERE p.id > ?2 AND " LEVEL_OF_P " = ?1"
		" AND NOT EXISTS (SELECT 1 FROM completion c WHERE c.person = p.id AND c.level = ?1)"
		" AND (SELECT count(DISTINCT a.module) FROM attempt a JOIN path_module m ON m.position = a.module"
		" WHERE a.person = p.id AND a.completed_at IS NOT NULL AND " PART_OF_PATH
		") >= (SELECT count(*) FROM path_module m WHERE " PART_OF_PATH ") ORDER BY p.id LIMIT ?3",
	[COMPLETIONS_OTHER] = "SELECT count(*) FROM completion c WHERE c.event = ?1 AND c.level NOT IN"
			      " (SELECT level FROM ecm_event_level WHERE event = ?1)"
			      " AND EXISTS (SELECT 1 FROM ecm_event_level WHERE event = ?1)",
	[COMPLETION_NEWEST] = "SELECT event, level FROM completion WHERE person = ? AND event <> 0 AND level IS NOT NULL"
			      " ORDER BY completed_at DESC LIMIT 1",
	[PARTICIPANTS] = "SELECT " PARTICIPANT_COLUMNS " FROM completion c JOIN person p ON p.id = c.person"
			 PARTICIPANT_JOINS " WHERE c.event = ?1 AND p.anonymised_at IS NULL" NOT_STAFF
			 " UNION ALL SELECT " STAFF_COLUMNS " AND p.anonymised_at IS NULL"
			 " ORDER BY 2 COLLATE NOCASE, 1",
	/* By the keys: certificates ask for one person after the other. */
	[PARTICIPANT] = "SELECT " PARTICIPANT_COLUMNS " FROM completion c JOIN person p ON p.id = c.person"
			PARTICIPANT_JOINS " WHERE c.event = ?1 AND c.person = ?2 AND p.anonymised_at IS NULL" NOT_STAFF
			" UNION ALL SELECT " STAFF_COLUMNS " AND s.person = ?2 AND p.anonymised_at IS NULL",
	[CONCERNED] = "SELECT " PARTICIPANT_COLUMNS " FROM person p JOIN person_role o ON o.person = p.id"
		      " AND o.role = 'operator' LEFT JOIN completion c ON c.person = p.id AND c.event = ?1"
		      PARTICIPANT_JOINS " WHERE (p.active = 1 OR c.person IS NOT NULL) AND p.anonymised_at IS NULL"
		      NOT_STAFF
		      " AND CASE WHEN ?3 THEN c.person IS NOT NULL OR EXISTS (SELECT 1 FROM class_enrolment s"
		      " WHERE s.event = ?1 AND s.person = p.id AND s.state = 'enrolled')"
		      " ELSE c.person IS NOT NULL OR " COUNTS_HERE " END"
		      " AND (?2 = '' OR p.family_name || ' ' || p.given_name LIKE ?2 ESCAPE '\\'"
		      " OR p.codice_fiscale LIKE ?2 ESCAPE '\\')"
		      " ORDER BY p.family_name, p.given_name, p.id",
	[ROSTER_IDS] = "SELECT p.id" ROSTER_PEOPLE BY_NAME,
	[ROSTER_ALL] = "SELECT " ROSTER_COLUMNS ROSTER_PEOPLE BY_NAME,
	[ROSTER_ONE] = "SELECT " ROSTER_COLUMNS " FROM person p JOIN person_role r ON r.person = p.id AND "
		       "r.role = 'operator' WHERE p.id = ?",
	[PROGRESS_TARGETS] = "SELECT id, name_it, name_en, target_groups, target, share, project FROM programme_target"
			     " ORDER BY position",
};

const struct subject_statements ecm_statements = {sql, ECM_STATEMENTS};

static void read_event(sqlite3_stmt *rows, struct ecm_event *ret)
{
	*ret = (struct ecm_event){
		.id = sqlite3_column_int64(rows, 0),
		.cod_edi = (guint)sqlite3_column_int(rows, 4),
		.credits_tenths = (guint)sqlite3_column_int(rows, 9),
		.ore = (guint)sqlite3_column_int(rows, 10),
		.tipo_form = (enum ecm_form)sqlite3_column_int(rows, 11),
		.modulo_fad = ((const char *)sqlite3_column_text(rows, 12))[0],
		.modulo_fsc = ((const char *)sqlite3_column_text(rows, 13))[0],
		.modulo_res = ((const char *)sqlite3_column_text(rows, 14))[0],
		.tipo_eve = ((const char *)sqlite3_column_text(rows, 15))[0],
		.cod_obi = (guint)sqlite3_column_int(rows, 16),
		.num_part = (guint)sqlite3_column_int(rows, 17),
		.cod_tipologia_form = (guint)sqlite3_column_int(rows, 18),
		.seconds_needed = (guint)sqlite3_column_int(rows, 19),
	};
	COLUMN_COPY(rows, 1, ret->title);
	ecm_levels_parse(ret, (const char *)sqlite3_column_text(rows, 2));
	COLUMN_COPY(rows, 3, ret->cod_evento);
	COLUMN_COPY(rows, 5, ret->cod_org);
	COLUMN_COPY(rows, 6, ret->cod_accr);
	COLUMN_COPY(rows, 7, ret->data_ini);
	COLUMN_COPY(rows, 8, ret->data_fine);
	ecm_accredited_parse(ret, (const char *)sqlite3_column_text(rows, 20));
}

static bool one_event(struct db *db, sqlite3_stmt *rows, struct ecm_event *ret)
{
	if (!ask_row(db, rows)) {
		return false;
	}
	read_event(rows, ret);
	ask_done(rows);
	return true;
}

GArray *ecm_events_all(struct db *db)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct ecm_event));
	sqlite3_stmt *rows = ask(db, SUBJECT_ECM, EVENTS_ALL, "");
	while (ask_row(db, rows)) {
		struct ecm_event event;
		read_event(rows, &event);
		g_array_append_val(list, event);
	}
	return list;
}

bool ecm_event_by_id(struct db *db, int64_t id, struct ecm_event *ret)
{
	return one_event(db, ask(db, SUBJECT_ECM, EVENT_BY_ID, "i", id), ret);
}

bool ecm_event_for(struct db *db, const char *level, const char *day, struct ecm_event *ret)
{
	return one_event(db, ask(db, SUBJECT_ECM, EVENT_FOR, "tt", level, day), ret);
}

static const struct problem_text event_twice = {
	.code = "EVENT_TWICE",
	.it = "Un altro evento ha già questo codice e questa edizione.",
	.en = "Another event has this code and edition already.",
	.mend_it = "Cambia il numero di edizione.",
	.mend_en = "Change the number of the edition.",
};

bool ecm_event_save(struct db *db, struct ecm_event *event, int64_t by)
{
	sqlite3_stmt *rows = ask(
		db, SUBJECT_ECM, EVENT_TAKEN, "tii", event->cod_evento, (int64_t)event->cod_edi, event->id);
	if (ask_row(db, rows)) {
		ask_done(rows);
		struct problem problem;
		problem_set(&problem, &event_twice, "cod_evento");
		return db_refuse(db, &problem);
	}
	g_autofree char *accredited = ecm_accredited_text(event);
	const char fad[2] = {event->modulo_fad, 0}, fsc[2] = {event->modulo_fsc, 0},
		   res[2] = {event->modulo_res, 0};
	const char eve[2] = {event->tipo_eve, 0};
#define EVENT_VALUES                                                                                         \
	event->title, event->cod_evento, (int64_t)event->cod_edi, event->cod_org,              \
		event->cod_accr, event->data_ini, event->data_fine, (int64_t)event->credits_tenths,          \
		(int64_t)event->ore, (int64_t)event->tipo_form, fad, fsc, res, eve, (int64_t)event->cod_obi, \
		(int64_t)event->num_part, (int64_t)event->cod_tipologia_form,                                \
		(int64_t)event->seconds_needed, accredited, store_now(), by
	if (event->id) {
		tell(db, SUBJECT_ECM, EVENT_UPDATE, "ttittttiiittttiiiitiii", EVENT_VALUES, event->id);
	} else {
		tell(db, SUBJECT_ECM, EVENT_INSERT, "ttittttiiittttiiiitii", EVENT_VALUES);
		event->id = db_inserted(db);
	}
#undef EVENT_VALUES
	tell(db, SUBJECT_ECM, EVENT_LEVELS_CLEAR, "i", event->id);
	for (guint i = 0; i < event->level_count; i++) {
		tell(db, SUBJECT_ECM, EVENT_LEVEL_ADD, "it", event->id, event->levels[i]);
	}
	return true;
}
