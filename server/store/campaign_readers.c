/* Whom a campaign fits: one condition, for the sample of a draft, for a round of messages and for each before it goes out. */
#include "server/store/campaigns_inside.h"
#include "server/store/ecm_sql.h"

enum campaign_readers_statement {
	READERS,
	READER_FITS,
	MESSAGES_QUEUE,
	CAMPAIGN_READERS_STATEMENTS,
};

#define DAY_MS 86400000LL

/* ?1 to ?11: company, profession, group, level, state, kind, idle before, few, campaign, event in class, state there. */
#define STUDIES "EXISTS (SELECT 1 FROM attempt a WHERE a.person = p.id)"
#define COMPLETED "EXISTS (SELECT 1 FROM completion c WHERE c.person = p.id AND c.level IS NOT NULL)"
#define MODULES_TOTAL "(SELECT count(*) FROM path_package k WHERE k.level = " LEVEL_OF_P ")"
#define MODULES_DONE                                                                                         \
	"(SELECT count(DISTINCT k.module) FROM path_package k JOIN course_version v ON v.id = k.version"     \
	" JOIN attempt a ON a.person = p.id AND a.module = k.module AND (a.course = v.course OR a.level = "  \
	"k.level) WHERE k.level = " LEVEL_OF_P " AND a.completed_at IS NOT NULL)"
#define ACTIVE_AT "coalesce((SELECT max(updated_at) FROM attempt a WHERE a.person = p.id), 0)"
#define FITS                                                                                                 \
	" p.active = 1 AND EXISTS (SELECT 1 FROM person_role r WHERE r.person = p.id AND r.role = "          \
	"'operator')"                                                                                        \
	" AND (?1 = '' OR p.company = ?1) AND (?2 = 0 OR p.profession = ?2)"                                 \
	" AND (?3 = '' OR p.target_group = ?3) AND (?4 = '' OR " LEVEL_OF_P " = ?4)"                         \
	" AND (?5 = '' OR ?5 = CASE WHEN " COMPLETED " THEN 'completed' WHEN " STUDIES " THEN 'started'"     \
	" WHEN " LEVEL_OF_P " IS NOT NULL THEN 'placed' ELSE 'none' END)"                                    \
	" AND (?10 = 0 OR EXISTS (SELECT 1 FROM class_enrolment s WHERE s.event = ?10 AND s.person = p.id"   \
	" AND s.state IN ('invited', 'enrolled') AND (?11 = '' OR s.state = ?11)))"                          \
	" AND CASE ?6"                                                                                       \
	" WHEN 'invitation' THEN " LEVEL_OF_P " IS NULL AND NOT " STUDIES                                    \
	" AND NOT EXISTS (SELECT 1 FROM placement t WHERE t.person = p.id)"                                  \
	" WHEN 'placement' THEN " LEVEL_OF_P " IS NULL"                                                      \
	" WHEN 'start' THEN " LEVEL_OF_P " IS NOT NULL AND NOT " STUDIES " AND NOT " COMPLETED               \
	" WHEN 'idle' THEN " STUDIES " AND NOT " COMPLETED " AND " ACTIVE_AT " <= ?7"                        \
	" WHEN 'almost' THEN " STUDIES " AND NOT " COMPLETED " AND " MODULES_TOTAL " - " MODULES_DONE        \
	" BETWEEN 1 AND ?8"                                                                                  \
	" WHEN 'complete' THEN " COMPLETED                                                                   \
	" WHEN 'general' THEN 1 ELSE 0 END"
/* News that happens once is told once in a campaign, however often it repeats. ?9: the campaign. */
#define NOT_TOLD                                                                                             \
	" AND (?6 <> 'complete' OR NOT EXISTS"                                                               \
	" (SELECT 1 FROM mail_message m WHERE m.person = p.id AND m.campaign = ?9))"
#define OPTED " EXISTS (SELECT 1 FROM mail_opt_out o WHERE o.person = p.id)"
#define READER_COLUMNS                                                                                       \
	"p.id, p.given_name, p.family_name, p.login, p.email, p.language, coalesce(p.company, ''),"          \
	" coalesce((SELECT name_it FROM level WHERE id = " LEVEL_OF_P "), ''),"                              \
	" coalesce((SELECT name_en FROM level WHERE id = " LEVEL_OF_P "), ''), " MODULES_DONE                \
	", " MODULES_TOTAL ", " ACTIVE_AT "," OPTED                                                              \
	", coalesce((SELECT title FROM ecm_event WHERE id = ?10), ''), coalesce((SELECT group_concat("       \
	"substr(n.day, 9, 2) || '/' || substr(n.day, 6, 2) || '/' || substr(n.day, 1, 4)"                    \
	" || coalesce(' (' || v.name || ', ' || v.town || ')', ''), ', ') FROM class_enrolment s"            \
	" JOIN class_session n ON n.class_group = s.class_group LEFT JOIN venue v ON v.id = n.venue"         \
	" WHERE s.event = ?10 AND s.person = p.id), '')"

static const char *const sql[CAMPAIGN_READERS_STATEMENTS] = {
	[READERS] = "SELECT " READER_COLUMNS " FROM person p WHERE" FITS NOT_TOLD
		    " ORDER BY p.family_name, p.given_name, p.id LIMIT ?12",
	[READER_FITS] = "SELECT " READER_COLUMNS ", (" FITS ") FROM person p WHERE p.id = ?9",
	[MESSAGES_QUEUE] = "INSERT INTO mail_message(campaign, round, person, address, token, state, next_at, "
			   "created_at, changed_at) SELECT ?9, ?12, p.id, p.email, lower(hex(randomblob(12))), "
			   "'queued', ?13, ?13, ?13 FROM person p WHERE" FITS NOT_TOLD
			   " AND p.email <> '' AND (?14 = 1 OR NOT" OPTED
			   ") ON CONFLICT(campaign, round, person) DO NOTHING",
};

const struct subject_statements campaign_readers_statements = {sql, CAMPAIGN_READERS_STATEMENTS};

static int64_t idle_before(const struct campaign *campaign)
{
	return store_now() - campaign->idle_days * DAY_MS;
}

static void read_reader(sqlite3_stmt *rows, struct mail_reader *ret)
{
	*ret = (struct mail_reader){
		.person = sqlite3_column_int64(rows, 0),
		.modules_done = sqlite3_column_int64(rows, 9),
		.modules_total = sqlite3_column_int64(rows, 10),
		.active_at = sqlite3_column_int64(rows, 11),
		.opted_out = sqlite3_column_int(rows, 12) != 0,
	};
	COLUMN_COPY(rows, 1, ret->given_name);
	COLUMN_COPY(rows, 2, ret->family_name);
	COLUMN_COPY(rows, 3, ret->login);
	COLUMN_COPY(rows, 4, ret->email);
	COLUMN_COPY(rows, 5, ret->language);
	COLUMN_COPY(rows, 6, ret->company);
	COLUMN_COPY(rows, 7, ret->level_it);
	COLUMN_COPY(rows, 8, ret->level_en);
	COLUMN_COPY(rows, 13, ret->event_title);
	COLUMN_COPY(rows, 14, ret->sessions);
}

void campaign_readers(
	struct db *db, const struct campaign *campaign, int64_t most, reader_visitor visit, void *data)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CAMPAIGN_READERS, READERS, "tittttiiiiti", campaign->company,
		campaign->profession, campaign->target_group, campaign->level, campaign->person_state,
		campaign->text.kind, idle_before(campaign), campaign->few, campaign->id,
		campaign->event, campaign->event_state, most > 0 ? most : (int64_t)-1);
	while (ask_row(db, rows)) {
		struct mail_reader reader;
		read_reader(rows, &reader);
		visit(&reader, data);
	}
}

bool campaign_reader_fits(
	struct db *db, const struct campaign *campaign, int64_t person, struct mail_reader *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CAMPAIGN_READERS, READER_FITS, "tittttiiiit", campaign->company,
		campaign->profession, campaign->target_group, campaign->level, campaign->person_state,
		campaign->text.kind, idle_before(campaign), campaign->few, person,
		campaign->event, campaign->event_state);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_reader(rows, ret);
	bool fits = sqlite3_column_int(rows, 15) != 0;
	ask_done(rows);
	return fits;
}

int64_t campaign_queue(struct db *db, const struct campaign *campaign, int64_t round, int64_t now)
{
	return tell(db, SUBJECT_CAMPAIGN_READERS, MESSAGES_QUEUE, "tittttiiiitiii", campaign->company,
		campaign->profession, campaign->target_group, campaign->level, campaign->person_state,
		campaign->text.kind, idle_before(campaign), campaign->few, campaign->id, campaign->event,
		campaign->event_state, round, now, (int64_t)campaign_is_service(campaign));
}
