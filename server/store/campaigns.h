/*
 * Campaigns and their messages (026_campaigns.sql). A message is claimed on disk before it goes out and marked after,
 * so that a process that ends in between sends nobody the same twice: what it leaves claimed becomes "uncertain".
 */
#ifndef SERVER_STORE_CAMPAIGNS_H
#define SERVER_STORE_CAMPAIGNS_H

#include <glib.h>

#include "server/store/mail.h"

struct campaign {
	int64_t id;
	char *name;
	struct mail_template text; /* id: the template; the rest frozen at the start, the template's own in a draft */
	char company[32];          /* "" and 0: all */
	int64_t profession;
	char target_group[16];
	char level[65];
	char person_state[16]; /* as in roster.h; "" for all */
	int64_t event;        /* in class: who is invited or enrolled; 0: no event in particular */
	char event_state[16]; /* invited, enrolled; "" for both */
	int64_t idle_days, few;
	int64_t start_at;    /* 0: at once */
	int64_t repeat_days; /* 0: once */
	int64_t rounds_max, rounds;
	int64_t next_round_at; /* 0: none to come */
	char state[16];        /* draft active paused done cancelled */
	int64_t created_at, created_by, started_at, ended_at;
};
void campaign_finish(struct campaign *campaign);
/* Service mail goes to everybody it fits: by its kind, or because it is about an event the person is invited to. */
bool campaign_is_service(const struct campaign *campaign);

/* What a message says of its reader; times in ms. */
struct mail_reader {
	int64_t person;
	char given_name[401], family_name[401];
	char login[65], email[255], language[3], company[32];
	char level_it[251], level_en[251]; /* "": not placed */
	int64_t modules_done, modules_total;
	int64_t active_at; /* last study; 0: none */
	char event_title[251], sessions[1001]; /* of the campaign's event in class; "" without */
	bool opted_out;
};

/* struct campaign each, newest first; g_array_unref() frees them. */
GArray *campaigns_all(struct db *db);
bool campaign_by_id(struct db *db, int64_t id, struct campaign *ret);
/* Inserts a draft (sets the id) or changes one; false when it is no draft any more. */
bool campaign_save(struct db *db, struct campaign *campaign, int64_t by);
bool campaign_delete(struct db *db, int64_t id);
/* Each false when the state does not allow it. */
bool campaign_start(struct db *db, const struct campaign *campaign);
bool campaign_pause(struct db *db, int64_t id);
bool campaign_resume(struct db *db, int64_t id);
bool campaign_cancel(struct db *db, int64_t id);
/* Messages of which nobody knows whether they arrived go back into the queue: the number of them. */
int64_t campaign_send_uncertain(struct db *db, int64_t id);

/* Whom it would write to now, by name: at most `most` (0: all). */
typedef void (*reader_visitor)(const struct mail_reader *reader, void *data);
void campaign_readers(struct db *db, const struct campaign *campaign, int64_t most, reader_visitor visit, void *data);

/* {state: count} of its messages, in the order of message_states. */
#define MESSAGE_STATES 8
extern const char *const message_states[MESSAGE_STATES];
void campaign_counts(struct db *db, int64_t id, int64_t ret[MESSAGE_STATES]);

struct mail_message {
	int64_t id, campaign, round, person;
	char given_name[401], family_name[401];
	char address[255];
	char token[25];
	char state[16];
	int64_t attempts, next_at, changed_at;
	char reply[513];
};
/* struct mail_message each, pages from 1; `state` "" for all. */
GArray *campaign_messages(struct db *db, int64_t id, const char *state, int64_t page, int64_t *ret_total);

/* --- The worker's --- */

/* What was claimed when the program ended. The number of messages. */
int64_t mail_recover(struct db *db);
/* Makes the rounds that are due and ends campaigns that have nothing left; what was done goes to the acts. */
void campaigns_advance(struct db *db);
/* Whether campaigns_advance() or mail_claim() have something to do: asked before anything is written. */
bool campaigns_to_advance(struct db *db);
bool mail_due(struct db *db);
/*
 * Claims the next message that is due. Those that no longer fit their reader are passed over with the reason. False:
 * nothing to send now. `campaign` is to be finished.
 */
bool mail_claim(struct db *db, struct mail_message *ret, struct campaign *campaign, struct mail_reader *reader);
/* Marks a claimed message. `next_at` counts for "queued" only. */
void mail_settle(struct db *db, int64_t id, const char *state, int64_t attempts, int64_t next_at, const char *reply);

#endif
