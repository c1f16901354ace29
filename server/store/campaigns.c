/* Campaigns themselves: drafts and the states they go through. Whom they fit: campaign_readers.c; their messages: mail_queue.c. */
#include "server/store/campaigns_inside.h"
#include "server/store/statement.h"

enum campaigns_statement {
	CAMPAIGNS_ALL,
	CAMPAIGN_BY_ID,
	CAMPAIGN_INSERT,
	CAMPAIGN_UPDATE,
	CAMPAIGN_DELETE,
	CAMPAIGN_START,
	CAMPAIGN_STATE,
	CAMPAIGN_CANCEL,
	MESSAGES_CANCEL,
	MESSAGES_UNCERTAIN,
	CAMPAIGNS_STATEMENTS,
};

/* A draft speaks its template's present words. */
#define WORDS(column) "CASE WHEN c.state = 'draft' THEN t." column " ELSE c." column " END"
#define CAMPAIGN_COLUMNS                                                                                     \
	"c.id, c.name, c.template, " WORDS("kind") ", " WORDS("subject_it") ", " WORDS("body_it") ", "       \
	WORDS("subject_en") ", " WORDS("body_en") ", c.company, c.profession, c.target_group, c.level, "     \
	"c.person_state, c.idle_days, c.few, coalesce(c.start_at, 0), c.repeat_days, c.rounds_max, "         \
	"c.rounds, coalesce(c.next_round_at, 0), c.state, c.created_at, coalesce(c.created_by, 0), "         \
	"coalesce(c.started_at, 0), coalesce(c.ended_at, 0), t.name, coalesce(c.event, 0), c.event_state"
#define CAMPAIGN_TABLES " FROM campaign c JOIN mail_template t ON t.id = c.template"

static const char *const sql[CAMPAIGNS_STATEMENTS] = {
	[CAMPAIGNS_ALL] = "SELECT " CAMPAIGN_COLUMNS CAMPAIGN_TABLES " ORDER BY c.id DESC LIMIT 500",
	[CAMPAIGN_BY_ID] = "SELECT " CAMPAIGN_COLUMNS CAMPAIGN_TABLES " WHERE c.id = ?",
	[CAMPAIGN_INSERT] =
		"INSERT INTO campaign(name, template, kind, subject_it, body_it, subject_en, body_en, company, "
		"profession, target_group, level, person_state, idle_days, few, start_at, repeat_days, "
		"rounds_max, state, created_at, created_by, event, event_state) SELECT ?1, id, kind, subject_it, body_it, "
		"subject_en, body_en, ?3, ?4, ?5, ?6, ?7, ?8, ?9, nullif(?10, 0), ?11, ?12, 'draft', ?13, nullif(?14, 0), "
		"nullif(?15, 0), ?16"
		" FROM mail_template WHERE id = ?2",
	[CAMPAIGN_UPDATE] =
		"UPDATE campaign SET name = ?1, template = ?2, company = ?3, profession = ?4, target_group = ?5, "
		"level = ?6, person_state = ?7, idle_days = ?8, few = ?9, start_at = nullif(?10, 0), "
		"repeat_days = ?11, rounds_max = ?12, event = nullif(?14, 0), event_state = ?15"
		" WHERE id = ?13 AND state = 'draft'",
	[CAMPAIGN_DELETE] = "DELETE FROM campaign WHERE id = ? AND state = 'draft'",
	[CAMPAIGN_START] =
		"UPDATE campaign SET kind = ?2, subject_it = ?3, body_it = ?4, subject_en = ?5, body_en = ?6,"
		" state = 'active', started_at = ?7, next_round_at = max(coalesce(start_at, 0), ?7)"
		" WHERE id = ?1 AND state = 'draft'",
	[CAMPAIGN_STATE] = "UPDATE campaign SET state = ?2 WHERE id = ?1 AND state = ?3",
	[CAMPAIGN_CANCEL] = "UPDATE campaign SET state = 'cancelled', next_round_at = NULL, ended_at = ?2"
			    " WHERE id = ?1 AND state IN ('active', 'paused')",
	[MESSAGES_CANCEL] = "UPDATE mail_message SET state = 'cancelled', changed_at = ?2"
			    " WHERE campaign = ?1 AND state = 'queued'",
	[MESSAGES_UNCERTAIN] = "UPDATE mail_message SET state = 'queued', next_at = ?2, changed_at = ?2"
			       " WHERE campaign = ?1 AND state = 'uncertain'",
};

const struct subject_statements campaigns_statements = {sql, CAMPAIGNS_STATEMENTS};

void campaign_finish(struct campaign *campaign)
{
	g_free(campaign->name);
	mail_template_finish(&campaign->text);
}

bool campaign_is_service(const struct campaign *campaign)
{
	return campaign->event != 0 || mail_kind_is_service(campaign->text.kind);
}

static void read_campaign(sqlite3_stmt *rows, struct campaign *ret)
{
	*ret = (struct campaign){
		.id = sqlite3_column_int64(rows, 0),
		.name = column_duplicate(rows, 1),
		.text = {.id = sqlite3_column_int64(rows, 2),
			.subject_it = column_duplicate(rows, 4),
			.body_it = column_duplicate(rows, 5),
			.subject_en = column_duplicate(rows, 6),
			.body_en = column_duplicate(rows, 7),
			.name = column_duplicate(rows, 25)},
		.profession = sqlite3_column_int64(rows, 9),
		.idle_days = sqlite3_column_int64(rows, 13),
		.few = sqlite3_column_int64(rows, 14),
		.start_at = sqlite3_column_int64(rows, 15),
		.repeat_days = sqlite3_column_int64(rows, 16),
		.rounds_max = sqlite3_column_int64(rows, 17),
		.rounds = sqlite3_column_int64(rows, 18),
		.next_round_at = sqlite3_column_int64(rows, 19),
		.created_at = sqlite3_column_int64(rows, 21),
		.created_by = sqlite3_column_int64(rows, 22),
		.started_at = sqlite3_column_int64(rows, 23),
		.ended_at = sqlite3_column_int64(rows, 24),
		.event = sqlite3_column_int64(rows, 26),
	};
	COLUMN_COPY(rows, 27, ret->event_state);
	COLUMN_COPY(rows, 3, ret->text.kind);
	COLUMN_COPY(rows, 8, ret->company);
	COLUMN_COPY(rows, 10, ret->target_group);
	COLUMN_COPY(rows, 11, ret->level);
	COLUMN_COPY(rows, 12, ret->person_state);
	COLUMN_COPY(rows, 20, ret->state);
}

GArray *campaigns_all(struct db *db)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct campaign));
	g_array_set_clear_func(list, (GDestroyNotify)campaign_finish);
	sqlite3_stmt *rows = ask(db, SUBJECT_CAMPAIGNS, CAMPAIGNS_ALL, "");
	while (ask_row(db, rows)) {
		struct campaign campaign;
		read_campaign(rows, &campaign);
		g_array_append_val(list, campaign);
	}
	return list;
}

bool campaign_by_id(struct db *db, int64_t id, struct campaign *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CAMPAIGNS, CAMPAIGN_BY_ID, "i", id);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_campaign(rows, ret);
	ask_done(rows);
	return true;
}

bool campaign_save(struct db *db, struct campaign *campaign, int64_t by)
{
	if (campaign->id != 0) {
		return tell(db, SUBJECT_CAMPAIGNS, CAMPAIGN_UPDATE, "tititttiiiiiiit", campaign->name,
			       campaign->text.id, campaign->company, campaign->profession,
			       campaign->target_group, campaign->level, campaign->person_state,
			       campaign->idle_days, campaign->few, campaign->start_at, campaign->repeat_days,
			       campaign->rounds_max, campaign->id, campaign->event, campaign->event_state) > 0;
	}
	bool made = tell(db, SUBJECT_CAMPAIGNS, CAMPAIGN_INSERT, "tititttiiiiiiiit", campaign->name,
			    campaign->text.id, campaign->company, campaign->profession, campaign->target_group,
			    campaign->level, campaign->person_state, campaign->idle_days, campaign->few,
			    campaign->start_at, campaign->repeat_days, campaign->rounds_max, store_now(), by, campaign->event, campaign->event_state) > 0;
	campaign->id = made ? db_inserted(db) : 0;
	return made;
}

bool campaign_delete(struct db *db, int64_t id)
{
	return tell(db, SUBJECT_CAMPAIGNS, CAMPAIGN_DELETE, "i", id) > 0;
}

bool campaign_start(struct db *db, const struct campaign *campaign)
{
	const struct mail_template *text = &campaign->text;
	return tell(db, SUBJECT_CAMPAIGNS, CAMPAIGN_START, "ittttti", campaign->id, text->kind,
		       text->subject_it, text->body_it, text->subject_en, text->body_en, store_now()) > 0;
}

bool campaign_move(struct db *db, int64_t id, const char *from, const char *to)
{
	return tell(db, SUBJECT_CAMPAIGNS, CAMPAIGN_STATE, "itt", id, to, from) > 0;
}

bool campaign_pause(struct db *db, int64_t id)
{
	return campaign_move(db, id, "active", "paused");
}

bool campaign_resume(struct db *db, int64_t id)
{
	return campaign_move(db, id, "paused", "active");
}

bool campaign_cancel(struct db *db, int64_t id)
{
	int64_t now = store_now();
	if (tell(db, SUBJECT_CAMPAIGNS, CAMPAIGN_CANCEL, "ii", id, now) <= 0) {
		return false;
	}
	tell(db, SUBJECT_CAMPAIGNS, MESSAGES_CANCEL, "ii", id, now);
	return true;
}

int64_t campaign_send_uncertain(struct db *db, int64_t id)
{
	int64_t count = tell(db, SUBJECT_CAMPAIGNS, MESSAGES_UNCERTAIN, "ii", id, store_now());
	if (count > 0) {
		campaign_move(db, id, "done", "active");
	}
	return count;
}
