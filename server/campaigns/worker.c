#include "server/campaigns/worker.h"

#include "server/background.h"
#include "server/campaigns/letter.h"
#include "server/campaigns/limits.h"
#include "server/campaigns/relay_secret.h"
#include "server/campaigns/smtp.h"
#include "server/store/campaigns.h"

struct mail_worker {
	struct app *app;
	struct background background;
	struct smtp *smtp;
	int64_t relay_pause; /* seconds; 0: the relay answers */
};

/* One message from claim to mark. */
struct sending {
	struct mail_message message;
	struct campaign campaign;
	struct mail_reader reader;
	bool claimed;
	const char *state;
	int64_t attempts, next_at;
	char reply[MAIL_REPLY_BYTES];
	const char *fault; /* the relay's; NULL: leave what is known of it; "" it works */
	bool stopped;
};

static bool recover_work(struct db *db, void *data)
{
	mail_recover(db);
	return true;
}

static bool advance_work(struct db *db, void *data)
{
	campaigns_advance(db);
	return true;
}

static bool claim_work(struct db *db, void *data)
{
	struct sending *sending = data;
	sending->claimed = mail_claim(db, &sending->message, &sending->campaign, &sending->reader);
	return true;
}

static bool settle_work(struct db *db, void *data)
{
	const struct sending *sending = data;
	mail_settle(db, sending->message.id, sending->state, sending->attempts, sending->next_at, sending->reply);
	if (sending->fault) {
		mail_relay_fault(db, sending->fault, sending->stopped);
	}
	return true;
}

static bool keep(struct mail_worker *worker, store_work work, void *data)
{
	struct problem problem;
	return store_write(worker->app->store, work, data, &problem);
}

/* Seconds before try number `attempts` + 1: the first pause, then four times as long each. */
static int64_t pause_after(const struct mail_relay *relay, int64_t attempts)
{
	int64_t pause = relay->retry_seconds;
	for (int64_t i = 1; i < attempts && pause < MAIL_PAUSE_SECONDS; i++) {
		pause *= MAIL_PAUSE_FACTOR;
	}
	return MIN(pause, MAIL_PAUSE_SECONDS);
}

static void relay_fault(struct mail_worker *worker, struct sending *sending, const struct mail_relay *relay)
{
	/* It says nothing of this message: back into the queue as it was. */
	sending->state = "queued";
	sending->attempts = sending->message.attempts;
	sending->next_at = sending->message.next_at;
	sending->fault = *sending->reply ? sending->reply : "?";
	worker->relay_pause = worker->relay_pause == 0
				      ? relay->retry_seconds
				      : MIN(worker->relay_pause * 2, MAIL_RELAY_PAUSE_SECONDS);
}

static void judge(struct mail_worker *worker, struct sending *sending, const struct mail_relay *relay,
	enum smtp_outcome outcome)
{
	sending->attempts = sending->message.attempts + 1;
	sending->next_at = sending->message.next_at;
	if (outcome != SMTP_RELAY_DOWN && outcome != SMTP_RELAY_REFUSED) {
		worker->relay_pause = 0;
		sending->fault = *relay->fault ? "" : NULL;
	}
	switch (outcome) {
	case SMTP_SENT:
		sending->state = "sent";
		break;
	case SMTP_LATER:
		sending->state = sending->attempts >= MAIL_ATTEMPTS_MAX ? "failed" : "queued";
		sending->next_at = store_now() + pause_after(relay, sending->attempts) * 1000;
		break;
	case SMTP_REFUSED:
		sending->state = "bounced";
		break;
	case SMTP_UNKNOWN:
		sending->state = "uncertain";
		break;
	case SMTP_RELAY_DOWN:
		relay_fault(worker, sending, relay);
		break;
	case SMTP_RELAY_REFUSED:
		relay_fault(worker, sending, relay);
		sending->stopped = true;
		break;
	}
}

static void send_claimed(struct mail_worker *worker, struct sending *sending, const struct mail_relay *relay)
{
	struct smtp_answer answer = {0};
	if (!message_address_valid(sending->message.address)) {
		sending->state = "failed";
		sending->attempts = sending->message.attempts;
		g_strlcpy(sending->reply, "L'indirizzo non è valido (the address is not valid)",
			sizeof(sending->reply));
		return;
	}
	struct letter_frame frame;
	struct letter letter;
	struct db *db = store_read(worker->app->store);
	letter_frame_load(worker->app, db, &frame);
	store_read_done(worker->app->store, db);
	letter_write(worker->app, &frame, &sending->campaign, &sending->reader, &letter);
	g_autofree char *name =
		g_strdup_printf("%s %s", sending->reader.given_name, sending->reader.family_name);
	GString *message =
		letter_message(relay, &letter, sending->message.address, name, sending->message.token);
	enum smtp_outcome outcome =
		smtp_send(worker->smtp, relay, sending->message.address, message, &answer);
	g_string_free(message, TRUE);
	letter_finish(&letter);
	g_strlcpy(sending->reply, answer.text, sizeof(sending->reply));
	judge(worker, sending, relay, outcome);
}

/* False: nothing to send now. */
static bool send_one(struct mail_worker *worker, const struct mail_relay *relay)
{
	struct sending sending = {0};
	if (!keep(worker, claim_work, &sending)) {
		if (sending.claimed) {
			campaign_finish(&sending.campaign);
		}
		return false;
	}
	if (!sending.claimed) {
		return false;
	}
	send_claimed(worker, &sending, relay);
	campaign_finish(&sending.campaign);
	/* A disk that is full must not make a message that went out look unsent: it stays claimed. */
	return keep(worker, settle_work, &sending) && worker->relay_pause == 0 && !sending.stopped;
}

static bool locked_work(struct db *db, void *data)
{
	g_autofree char *fault = g_strdup_printf("%s %s (%s)", relay_locked.it, relay_locked.mend_it, relay_locked.en);
	mail_relay_fault(db, fault, true);
	return true;
}

static void *work(void *data)
{
	struct mail_worker *worker = data;
	struct background *background = &worker->background;
	keep(worker, recover_work, NULL);
	for (bool go_on = true; go_on;) {
		if (background_was_woken(background)) {
			worker->relay_pause = 0; /* somebody may have mended the relay's settings */
		}
		struct mail_relay relay;
		struct db *db = store_read(worker->app->store);
		mail_relay_load(db, &relay);
		bool advance = campaigns_to_advance(db);
		bool due = relay.host[0] != '\0' && !relay.stopped && mail_due(db);
		store_read_done(worker->app->store, db);
		if (advance) {
			go_on = background_sleep(background,
				keep(worker, advance_work, NULL) ? 0 : G_TIME_SPAN_SECOND, PAUSE_WHOLE);
			continue;
		}
		if (due && !relay_unlock(worker->app, &relay)) {
			keep(worker, locked_work, NULL);
			due = false;
		}
		if (due && send_one(worker, &relay)) {
			go_on = background_sleep(
				background, 60 * G_TIME_SPAN_SECOND / MAX(relay.per_minute, 1), PAUSE_WHOLE);
			continue;
		}
		smtp_close(worker->smtp);
		go_on = background_sleep(
			background, MAX(worker->relay_pause, 1) * G_TIME_SPAN_SECOND, PAUSE_UNTIL_WOKEN);
	}
	return NULL;
}

void mail_worker_start(struct app *app)
{
	struct mail_worker *worker = g_new0(struct mail_worker, 1);
	worker->app = app;
	worker->smtp = smtp_create();
	app->mail = worker;
	background_start(&worker->background, "mail", work, worker);
}

void mail_worker_stop(struct app *app)
{
	struct mail_worker *worker = app->mail;
	if (!worker) {
		return;
	}
	background_stop(&worker->background);
	smtp_destroy(worker->smtp);
	g_free(worker);
	app->mail = NULL;
}

void mail_worker_wake(struct app *app)
{
	if (app->mail) {
		background_wake(&app->mail->background);
	}
}
