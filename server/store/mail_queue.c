/* The messages of campaigns: made in rounds, claimed, sent or passed over, and shown. */
#include <string.h>

#include "server/limits.h"
#include "server/store/audit.h"
#include "server/store/campaigns_inside.h"
#include "server/store/statement.h"

enum mail_queue_statement {
	CAMPAIGN_ROUND,
	CAMPAIGN_DUE,
	CAMPAIGN_EMPTY,
	CAMPAIGN_ACTIVE,
	CAMPAIGN_ANY_DUE,
	MESSAGE_ANY_DUE,
	CAMPAIGN_COUNTS,
	MESSAGES_RECOVER,
	MESSAGES_COUNT,
	MESSAGES_PAGE,
	MESSAGE_NEXT,
	MESSAGE_CLAIM,
	MESSAGE_SETTLE,
	MAIL_QUEUE_STATEMENTS,
};

#define DAY_MS 86400000LL

#define MESSAGE_COLUMNS                                                                                      \
	"m.id, m.campaign, m.round, m.person, p.given_name, p.family_name, m.address, m.token, m.state, "    \
	"m.attempts, m.next_at, m.changed_at, m.reply FROM mail_message m JOIN person p ON p.id = m.person"

#define EMPTY_TABLES                                                                                         \
	" FROM campaign c WHERE state = 'active' AND next_round_at IS NULL AND NOT EXISTS"                   \
	" (SELECT 1 FROM mail_message m WHERE m.campaign = c.id AND m.state = 'queued') AND NOT EXISTS"      \
	" (SELECT 1 FROM mail_message m WHERE m.campaign = c.id AND m.state = 'sending')"

static const char *const sql[MAIL_QUEUE_STATEMENTS] = {
	[CAMPAIGN_ROUND] = "UPDATE campaign SET rounds = rounds + 1, next_round_at = nullif(?2, 0) WHERE id = ?1",
	[CAMPAIGN_DUE] = "SELECT id FROM campaign WHERE state = 'active' AND next_round_at <= ?",
	[CAMPAIGN_EMPTY] = "SELECT id" EMPTY_TABLES,
	[CAMPAIGN_ACTIVE] = "SELECT id FROM campaign WHERE state = 'active' ORDER BY id",
	[CAMPAIGN_ANY_DUE] = "SELECT 1 FROM campaign WHERE state = 'active' AND next_round_at <= ?1"
			     " UNION ALL SELECT 1" EMPTY_TABLES " LIMIT 1",
	[MESSAGE_ANY_DUE] = "SELECT 1 FROM campaign c WHERE state = 'active' AND EXISTS (SELECT 1 FROM"
			    " mail_message m WHERE m.campaign = c.id AND m.state = 'queued' AND m.next_at <= ?1)"
			    " LIMIT 1",
	[CAMPAIGN_COUNTS] = "SELECT state, count(*) FROM mail_message WHERE campaign = ? GROUP BY state",
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
};

const struct subject_statements mail_queue_statements = {sql, MAIL_QUEUE_STATEMENTS};

const char *const message_states[MESSAGE_STATES] = {
	"queued", "sending", "sent", "failed", "bounced", "uncertain", "skipped", "cancelled"};

void campaign_counts(struct db *db, int64_t id, int64_t ret[MESSAGE_STATES])
{
	memset(ret, 0, MESSAGE_STATES * sizeof(*ret));
	sqlite3_stmt *rows = ask(db, SUBJECT_MAIL_QUEUE, CAMPAIGN_COUNTS, "i", id);
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
	sqlite3_stmt *rows = ask(db, SUBJECT_MAIL_QUEUE, MESSAGES_COUNT, "it", id, state);
	*ret_total = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct mail_message));
	rows = ask(db, SUBJECT_MAIL_QUEUE, MESSAGES_PAGE, "itii", id, state, (int64_t)LIMIT_PAGE_ROWS,
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
	return tell(db, SUBJECT_MAIL_QUEUE, MESSAGES_RECOVER, "ti",
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
	int64_t count = campaign_queue(db, campaign, round, now);
	tell(db, SUBJECT_MAIL_QUEUE, CAMPAIGN_ROUND, "ii", campaign->id,
		more ? now + campaign->repeat_days * DAY_MS : (int64_t)0);
	g_autofree char *detail =
		g_strdup_printf("{\"round\":%" G_GINT64_FORMAT ",\"messages\":%" G_GINT64_FORMAT "}", round, count);
	audit_about(db, 0, "campaign.round", "campaign", campaign->id, detail);
}

void campaigns_advance(struct db *db)
{
	g_autoptr(GArray) due = ids_of(db, ask(db, SUBJECT_MAIL_QUEUE, CAMPAIGN_DUE, "i", store_now()));
	for (guint i = 0; i < due->len; i++) {
		struct campaign campaign;
		if (campaign_by_id(db, g_array_index(due, int64_t, i), &campaign)) {
			make_round(db, &campaign);
			campaign_finish(&campaign);
		}
	}
	g_autoptr(GArray) empty = ids_of(db, ask(db, SUBJECT_MAIL_QUEUE, CAMPAIGN_EMPTY, ""));
	for (guint i = 0; i < empty->len; i++) {
		int64_t id = g_array_index(empty, int64_t, i);
		campaign_move(db, id, "active", "done");
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
	return any(db, ask(db, SUBJECT_MAIL_QUEUE, CAMPAIGN_ANY_DUE, "i", store_now()));
}

bool mail_due(struct db *db)
{
	return any(db, ask(db, SUBJECT_MAIL_QUEUE, MESSAGE_ANY_DUE, "i", store_now()));
}

void mail_settle(
	struct db *db, int64_t id, const char *state, int64_t attempts, int64_t next_at, const char *reply)
{
	tell(db, SUBJECT_MAIL_QUEUE, MESSAGE_SETTLE, "itiiti", id, state, attempts, next_at, reply, store_now());
}

static bool next_message(struct db *db, int64_t campaign, struct mail_message *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_MAIL_QUEUE, MESSAGE_NEXT, "ii", campaign, store_now());
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
	if (!campaign_reader_fits(db, campaign, message->person, ret)) {
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
			return tell(db, SUBJECT_MAIL_QUEUE, MESSAGE_CLAIM, "iti", ret->id, ret->address,
				       store_now()) > 0;
		}
		mail_settle(db, ret->id, "skipped", ret->attempts, ret->next_at, why);
	}
	return false;
}

bool mail_claim(struct db *db, struct mail_message *ret, struct campaign *campaign, struct mail_reader *reader)
{
	g_autoptr(GArray) active = ids_of(db, ask(db, SUBJECT_MAIL_QUEUE, CAMPAIGN_ACTIVE, ""));
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
