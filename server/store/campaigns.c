#include "server/store/campaigns.h"

#include <string.h>

#include "server/limits.h"
#include "server/store/audit.h"
#include "server/store/ecm_sql.h"

enum campaigns_statement {
	CAMPAIGNS_ALL,
	CAMPAIGN_BY_ID,
	CAMPAIGN_INSERT,
	CAMPAIGN_UPDATE,
	CAMPAIGN_DELETE,
	CAMPAIGN_START,
	CAMPAIGN_STATE,
	CAMPAIGN_CANCEL,
	CAMPAIGN_ROUND,
	CAMPAIGN_DUE,
	CAMPAIGN_EMPTY,
	CAMPAIGN_ACTIVE,
	CAMPAIGN_ANY_DUE,
	MESSAGE_ANY_DUE,
	CAMPAIGN_COUNTS,
	MESSAGES_CANCEL,
	MESSAGES_QUEUE,
	MESSAGES_UNCERTAIN,
	MESSAGES_RECOVER,
	MESSAGES_COUNT,
	MESSAGES_PAGE,
	MESSAGE_NEXT,
	MESSAGE_CLAIM,
	MESSAGE_SETTLE,
	READERS,
	READER_FITS,
	CAMPAIGNS_STATEMENTS,
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

/* A draft speaks its template's present words. */
#define WORDS(column) "CASE WHEN c.state = 'draft' THEN t." column " ELSE c." column " END"
#define CAMPAIGN_COLUMNS                                                                                     \
	"c.id, c.name, c.template, " WORDS("kind") ", " WORDS("subject_it") ", " WORDS("body_it") ", "       \
	WORDS("subject_en") ", " WORDS("body_en") ", c.company, c.profession, c.target_group, c.level, "     \
	"c.person_state, c.idle_days, c.few, coalesce(c.start_at, 0), c.repeat_days, c.rounds_max, "         \
	"c.rounds, coalesce(c.next_round_at, 0), c.state, c.created_at, coalesce(c.created_by, 0), "         \
	"coalesce(c.started_at, 0), coalesce(c.ended_at, 0), t.name, coalesce(c.event, 0), c.event_state"
#define CAMPAIGN_TABLES " FROM campaign c JOIN mail_template t ON t.id = c.template"
#define MESSAGE_COLUMNS                                                                                      \
	"m.id, m.campaign, m.round, m.person, p.given_name, p.family_name, m.address, m.token, m.state, "    \
	"m.attempts, m.next_at, m.changed_at, m.reply FROM mail_message m JOIN person p ON p.id = m.person"

#define EMPTY_TABLES                                                                                         \
	" FROM campaign c WHERE state = 'active' AND next_round_at IS NULL AND NOT EXISTS"                   \
	" (SELECT 1 FROM mail_message m WHERE m.campaign = c.id AND m.state = 'queued') AND NOT EXISTS"      \
	" (SELECT 1 FROM mail_message m WHERE m.campaign = c.id AND m.state = 'sending')"

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
	[CAMPAIGN_ROUND] = "UPDATE campaign SET rounds = rounds + 1, next_round_at = nullif(?2, 0) WHERE id = ?1",
	[CAMPAIGN_DUE] = "SELECT id FROM campaign WHERE state = 'active' AND next_round_at <= ?",
	[CAMPAIGN_EMPTY] = "SELECT id" EMPTY_TABLES,
	[CAMPAIGN_ANY_DUE] = "SELECT 1 FROM campaign WHERE state = 'active' AND next_round_at <= ?1"
			     " UNION ALL SELECT 1" EMPTY_TABLES " LIMIT 1",
	[MESSAGE_ANY_DUE] = "SELECT 1 FROM campaign c WHERE state = 'active' AND EXISTS (SELECT 1 FROM"
			    " mail_message m WHERE m.campaign = c.id AND m.state = 'queued' AND m.next_at <= ?1)"
			    " LIMIT 1",
	[CAMPAIGN_ACTIVE] = "SELECT id FROM campaign WHERE state = 'active' ORDER BY id",
	[CAMPAIGN_COUNTS] = "SELECT state, count(*) FROM mail_message WHERE campaign = ? GROUP BY state",
	[MESSAGES_CANCEL] = "UPDATE mail_message SET state = 'cancelled', changed_at = ?2"
			    " WHERE campaign = ?1 AND state = 'queued'",
	[MESSAGES_QUEUE] = "INSERT INTO mail_message(campaign, round, person, address, token, state, next_at, "
			   "created_at, changed_at) SELECT ?9, ?12, p.id, p.email, lower(hex(randomblob(12))), "
			   "'queued', ?13, ?13, ?13 FROM person p WHERE" FITS NOT_TOLD
			   " AND p.email <> '' AND (?14 = 1 OR NOT" OPTED
			   ") ON CONFLICT(campaign, round, person) DO NOTHING",
	[MESSAGES_UNCERTAIN] = "UPDATE mail_message SET state = 'queued', next_at = ?2, changed_at = ?2"
			       " WHERE campaign = ?1 AND state = 'uncertain'",
	[MESSAGES_RECOVER] = "UPDATE mail_message SET state = 'uncertain', changed_at = ?2, reply = ?1"
			     " WHERE state = 'sending'",
	[MESSAGES_COUNT] = "SELECT count(*) FROM mail_message WHERE campaign = ?1 AND (?2 = '' OR state = ?2)",
	[MESSAGES_PAGE] = "SELECT " MESSAGE_COLUMNS " WHERE m.campaign = ?1 AND (?2 = '' OR m.state = ?2)"
			  " ORDER BY m.id LIMIT ?3 OFFSET ?4",
	[MESSAGE_NEXT] = "SELECT " MESSAGE_COLUMNS " WHERE m.id = (SELECT id FROM mail_message"
			 " WHERE campaign = ?1 AND state = 'queued' AND next_at <= ?2 ORDER BY next_at, id LIMIT 1)",
	[MESSAGE_CLAIM] = "UPDATE mail_message SET state = 'sending', address = ?2, changed_at = ?3"
			  " WHERE id = ?1 AND state = 'queued'",
	[MESSAGE_SETTLE] = "UPDATE mail_message SET state = ?2, attempts = ?3, next_at = ?4, reply = ?5, "
			   "changed_at = ?6 WHERE id = ?1",
	[READERS] = "SELECT " READER_COLUMNS " FROM person p WHERE" FITS NOT_TOLD
		    " ORDER BY p.family_name, p.given_name, p.id LIMIT ?12",
	[READER_FITS] = "SELECT " READER_COLUMNS ", (" FITS ") FROM person p WHERE p.id = ?9",
};

const struct subject_statements campaigns_statements = {sql, CAMPAIGNS_STATEMENTS};

const char *const message_states[MESSAGE_STATES] = {
	"queued", "sending", "sent", "failed", "bounced", "uncertain", "skipped", "cancelled"};

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

bool campaign_pause(struct db *db, int64_t id)
{
	return tell(db, SUBJECT_CAMPAIGNS, CAMPAIGN_STATE, "itt", id, "paused", "active") > 0;
}

bool campaign_resume(struct db *db, int64_t id)
{
	return tell(db, SUBJECT_CAMPAIGNS, CAMPAIGN_STATE, "itt", id, "active", "paused") > 0;
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
		tell(db, SUBJECT_CAMPAIGNS, CAMPAIGN_STATE, "itt", id, "active", "done");
	}
	return count;
}

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
	sqlite3_stmt *rows = ask(db, SUBJECT_CAMPAIGNS, READERS, "tittttiiiiti", campaign->company,
		campaign->profession, campaign->target_group, campaign->level, campaign->person_state,
		campaign->text.kind, idle_before(campaign), campaign->few, campaign->id,
		campaign->event, campaign->event_state, most > 0 ? most : (int64_t)-1);
	while (ask_row(db, rows)) {
		struct mail_reader reader;
		read_reader(rows, &reader);
		visit(&reader, data);
	}
}

/* Whether the message still fits: the person may have gone on since it was queued. */
static bool reader_fits(
	struct db *db, const struct campaign *campaign, int64_t person, struct mail_reader *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CAMPAIGNS, READER_FITS, "tittttiiiit", campaign->company,
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

void campaign_counts(struct db *db, int64_t id, int64_t ret[MESSAGE_STATES])
{
	memset(ret, 0, MESSAGE_STATES * sizeof(*ret));
	sqlite3_stmt *rows = ask(db, SUBJECT_CAMPAIGNS, CAMPAIGN_COUNTS, "i", id);
	while (ask_row(db, rows)) {
		for (size_t i = 0; i < MESSAGE_STATES; i++) {
			if (strcmp((const char *)sqlite3_column_text(rows, 0), message_states[i]) == 0) {
				ret[i] = sqlite3_column_int64(rows, 1);
			}
		}
	}
}

static void read_message(sqlite3_stmt *rows, struct mail_message *ret)
{
	*ret = (struct mail_message){
		.id = sqlite3_column_int64(rows, 0),
		.campaign = sqlite3_column_int64(rows, 1),
		.round = sqlite3_column_int64(rows, 2),
		.person = sqlite3_column_int64(rows, 3),
		.attempts = sqlite3_column_int64(rows, 9),
		.next_at = sqlite3_column_int64(rows, 10),
		.changed_at = sqlite3_column_int64(rows, 11),
	};
	COLUMN_COPY(rows, 4, ret->given_name);
	COLUMN_COPY(rows, 5, ret->family_name);
	COLUMN_COPY(rows, 6, ret->address);
	COLUMN_COPY(rows, 7, ret->token);
	COLUMN_COPY(rows, 8, ret->state);
	COLUMN_COPY(rows, 12, ret->reply);
}

GArray *campaign_messages(struct db *db, int64_t id, const char *state, int64_t page, int64_t *ret_total)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CAMPAIGNS, MESSAGES_COUNT, "it", id, state);
	*ret_total = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct mail_message));
	rows = ask(db, SUBJECT_CAMPAIGNS, MESSAGES_PAGE, "itii", id, state, (int64_t)LIMIT_PAGE_ROWS,
		(page - 1) * LIMIT_PAGE_ROWS);
	while (ask_row(db, rows)) {
		struct mail_message message;
		read_message(rows, &message);
		g_array_append_val(list, message);
	}
	return list;
}

/* --- The worker's --- */

int64_t mail_recover(struct db *db)
{
	return tell(db, SUBJECT_CAMPAIGNS, MESSAGES_RECOVER, "ti",
		"Il server si è fermato durante l'invio (the server stopped while sending)", store_now());
}

/* The ids that a statement gives, read to the end before anything is changed. */
static GArray *ids_of(struct db *db, sqlite3_stmt *rows)
{
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	while (ask_row(db, rows)) {
		int64_t id = sqlite3_column_int64(rows, 0);
		g_array_append_val(ids, id);
	}
	return ids;
}

static void make_round(struct db *db, const struct campaign *campaign)
{
	int64_t now = store_now(), round = campaign->rounds + 1;
	bool more = campaign->repeat_days > 0 && round < campaign->rounds_max;
	int64_t count = tell(db, SUBJECT_CAMPAIGNS, MESSAGES_QUEUE, "tittttiiiitiii", campaign->company,
		campaign->profession, campaign->target_group, campaign->level, campaign->person_state,
		campaign->text.kind, idle_before(campaign), campaign->few, campaign->id, campaign->event,
		campaign->event_state, round, now, (int64_t)campaign_is_service(campaign));
	tell(db, SUBJECT_CAMPAIGNS, CAMPAIGN_ROUND, "ii", campaign->id,
		more ? now + campaign->repeat_days * DAY_MS : (int64_t)0);
	g_autofree char *detail =
		g_strdup_printf("{\"round\":%" G_GINT64_FORMAT ",\"messages\":%" G_GINT64_FORMAT "}", round, count);
	audit_about(db, 0, "campaign.round", "campaign", campaign->id, detail);
}

void campaigns_advance(struct db *db)
{
	g_autoptr(GArray) due = ids_of(db, ask(db, SUBJECT_CAMPAIGNS, CAMPAIGN_DUE, "i", store_now()));
	for (guint i = 0; i < due->len; i++) {
		struct campaign campaign;
		if (campaign_by_id(db, g_array_index(due, int64_t, i), &campaign)) {
			make_round(db, &campaign);
			campaign_finish(&campaign);
		}
	}
	g_autoptr(GArray) empty = ids_of(db, ask(db, SUBJECT_CAMPAIGNS, CAMPAIGN_EMPTY, ""));
	for (guint i = 0; i < empty->len; i++) {
		int64_t id = g_array_index(empty, int64_t, i);
		tell(db, SUBJECT_CAMPAIGNS, CAMPAIGN_STATE, "itt", id, "done", "active");
		audit_about(db, 0, "campaign.done", "campaign", id, NULL);
	}
}

static bool any(struct db *db, sqlite3_stmt *rows)
{
	bool found = ask_row(db, rows);
	if (found) {
		ask_done(rows);
	}
	return found;
}

bool campaigns_to_advance(struct db *db)
{
	return any(db, ask(db, SUBJECT_CAMPAIGNS, CAMPAIGN_ANY_DUE, "i", store_now()));
}

bool mail_due(struct db *db)
{
	return any(db, ask(db, SUBJECT_CAMPAIGNS, MESSAGE_ANY_DUE, "i", store_now()));
}

void mail_settle(
	struct db *db, int64_t id, const char *state, int64_t attempts, int64_t next_at, const char *reply)
{
	tell(db, SUBJECT_CAMPAIGNS, MESSAGE_SETTLE, "itiiti", id, state, attempts, next_at, reply, store_now());
}

static bool next_message(struct db *db, int64_t campaign, struct mail_message *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_CAMPAIGNS, MESSAGE_NEXT, "ii", campaign, store_now());
	if (!ask_row(db, rows)) {
		return false;
	}
	read_message(rows, ret);
	ask_done(rows);
	return true;
}

/* Why a queued message is not to be sent any more; NULL: it is. */
static const char *why_not(
	struct db *db, const struct campaign *campaign, const struct mail_message *message, struct mail_reader *ret)
{
	if (!reader_fits(db, campaign, message->person, ret)) {
		return "Non serve più: la persona è andata avanti o non è più attiva (no longer needed)";
	}
	if (ret->opted_out && !campaign_is_service(campaign)) {
		return "La persona non vuole promemoria (opted out)";
	}
	return NULL;
}

/* How many may be passed over in one transaction. */
#define CLAIM_TRIES 200

static bool claim_of(
	struct db *db, const struct campaign *campaign, struct mail_message *ret, struct mail_reader *reader)
{
	for (int i = 0; i < CLAIM_TRIES && next_message(db, campaign->id, ret); i++) {
		const char *why = why_not(db, campaign, ret, reader);
		if (!why) {
			g_strlcpy(ret->address, reader->email, sizeof(ret->address));
			return tell(db, SUBJECT_CAMPAIGNS, MESSAGE_CLAIM, "iti", ret->id, ret->address,
				       store_now()) > 0;
		}
		mail_settle(db, ret->id, "skipped", ret->attempts, ret->next_at, why);
	}
	return false;
}

bool mail_claim(struct db *db, struct mail_message *ret, struct campaign *campaign, struct mail_reader *reader)
{
	g_autoptr(GArray) active = ids_of(db, ask(db, SUBJECT_CAMPAIGNS, CAMPAIGN_ACTIVE, ""));
	for (guint i = 0; i < active->len; i++) {
		if (!campaign_by_id(db, g_array_index(active, int64_t, i), campaign)) {
			continue;
		}
		if (claim_of(db, campaign, ret, reader)) {
			return true;
		}
		campaign_finish(campaign);
	}
	return false;
}
