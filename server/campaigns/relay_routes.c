/* /api/mail/relay: the SMTP relay's settings, for the administrator. The password goes in and never comes out. */
#include <string.h>

#include "server/app.h"
#include "server/campaigns/letter.h"
#include "server/campaigns/relay_secret.h"
#include "server/campaigns/smtp.h"
#include "server/campaigns/worker.h"
#include "server/http/request.h"
#include "server/routes.h"
#include "server/store/audit.h"

static json_t *relay_json(const struct mail_relay *relay)
{
	char fault_at[32];
	store_time_text(relay->fault_at, fault_at);
	return json_pack("{s:s, s:I, s:s, s:s, s:b, s:s, s:s, s:s, s:I, s:I, s:s, s:b, s:s}", "host", relay->host,
		"port", (json_int_t)relay->port, "security", relay->security, "user", relay->user, "has_password",
		(int)(relay->sealed_len > 0), "sender", relay->sender, "sender_name", relay->sender_name,
		"reply_to", relay->reply_to, "per_minute", (json_int_t)relay->per_minute, "retry_seconds",
		(json_int_t)relay->retry_seconds, "fault", relay->fault, "stopped", (int)relay->stopped,
		"fault_at", fault_at);
}

static void load(struct request *request, struct mail_relay *ret)
{
	struct db *db = store_read(request->app->store);
	mail_relay_load(db, ret);
	store_read_done(request->app->store, db);
}

static void get_relay(struct request *request, struct reply *reply)
{
	struct mail_relay relay;
	load(request, &relay);
	reply_json(reply, 200, relay_json(&relay));
}

static const struct problem_text bad_relay = {
	.code = "BAD_RELAY",
	.it = "Uno dei dati del server di posta manca o non è valido.",
	.en = "One of the mail relay's data is missing or not valid.",
	.mend_it = "Host senza spazi; porta 1–65535; mittente e risposte: indirizzi di posta; ritmo 1–60000 al minuto; "
		   "prima pausa 1–3600 secondi. Host vuoto: non si invia nulla.",
	.mend_en = "Host without blanks; port 1–65535; sender and reply-to: e-mail addresses; rate 1–60000 a minute; "
		   "first pause 1–3600 seconds. An empty host: nothing is sent.",
};
static const struct problem_text bare_relay = {
	.code = "RELAY_UNPROTECTED",
	.it = "Senza TLS si può usare solo un server di posta su questa stessa macchina.",
	.en = "Without TLS only a mail relay on this same machine may be used.",
	.mend_it = "Scegliere STARTTLS o TLS.",
	.mend_en = "Choose STARTTLS or TLS.",
};

/* Copies a text member; false when it is no text, too long or has a control character. */
static bool text_of(json_t *json, const char *name, char *ret, size_t size)
{
	const char *text = json_string_value(json_object_get(json, name));
	if (!text || strlen(text) >= size) {
		return false;
	}
	for (const char *at = text; *at != '\0'; at++) {
		if ((unsigned char)*at < 32 || *at == 127) {
			return false;
		}
	}
	g_strlcpy(ret, text, size);
	return true;
}

static bool number_of(json_t *json, const char *name, int64_t low, int64_t high, int64_t *ret)
{
	json_t *value = json_object_get(json, name);
	*ret = json_integer_value(value);
	return json_is_integer(value) && *ret >= low && *ret <= high;
}

static bool host_valid(const char *host)
{
	return g_regex_match_simple("^[A-Za-z0-9:]([A-Za-z0-9.:-]*[A-Za-z0-9])?$", host, G_REGEX_DOLLAR_ENDONLY, 0);
}

static bool is_loopback(const char *host)
{
	return g_str_equal(host, "localhost") || g_str_equal(host, "127.0.0.1") || g_str_equal(host, "::1");
}

/* The member at fault; NULL: all are good. A password that is left out stays what it was. */
static const char *read_relay(json_t *json, struct mail_relay *ret)
{
#define TEXT(name) text_of(json, #name, ret->name, sizeof(ret->name))
	if (!TEXT(host) || (ret->host[0] != '\0' && !host_valid(ret->host))) {
		return "host";
	}
	if (!TEXT(security) || (strcmp(ret->security, "starttls") != 0 && strcmp(ret->security, "tls") != 0 &&
				       strcmp(ret->security, "none") != 0)) {
		return "security";
	}
	if (!TEXT(user)) {
		return "user";
	}
	if (json_object_get(json, "password") && !TEXT(password)) {
		return "password";
	}
	if (!TEXT(sender) || ((ret->host[0] != '\0' || ret->sender[0] != '\0') && !message_address_valid(ret->sender))) {
		return "sender";
	}
	if (!TEXT(sender_name) || g_utf8_strlen(ret->sender_name, -1) > 200) {
		return "sender_name";
	}
	if (!TEXT(reply_to) || (ret->reply_to[0] != '\0' && !message_address_valid(ret->reply_to))) {
		return "reply_to";
	}
#undef TEXT
	return !number_of(json, "port", 1, 65535, &ret->port)		      ? "port"
	       : !number_of(json, "per_minute", 1, 60000, &ret->per_minute)   ? "per_minute"
	       : !number_of(json, "retry_seconds", 1, 3600, &ret->retry_seconds) ? "retry_seconds"
										 : NULL;
}

struct saving {
	struct mail_relay relay;
	int64_t by;
};

static bool save_work(struct db *db, void *data)
{
	const struct saving *saving = data;
	mail_relay_save(db, &saving->relay, saving->by);
	json_t *json = relay_json(&saving->relay);
	char *detail = json_dumps(json, JSON_COMPACT);
	audit_add(db, saving->by, "mail.relay", "settings", detail);
	free(detail);
	json_decref(json);
	return true;
}

static void put_relay(struct request *request, struct reply *reply)
{
	struct saving saving = {.by = request->who.person};
	struct problem problem;
	load(request, &saving.relay);
	struct mail_relay before = saving.relay;
	bool given = json_object_get(request->json, "password") != NULL;
	const char *wrong = read_relay(request->json, &saving.relay);
	/* The password belongs to the relay it was given for: another host must not get it unasked. */
	if (!wrong && (given || strcmp(before.host, saving.relay.host) != 0)) {
		relay_lock(request->app, &saving.relay);
	}
	saving.relay.fault[0] = '\0';
	saving.relay.stopped = false;
	saving.relay.fault_at = 0;
	if (wrong) {
		reply_fault(reply, 422, &bad_relay, wrong);
	} else if (strcmp(saving.relay.security, "none") == 0 && saving.relay.host[0] != '\0' &&
		   !is_loopback(saving.relay.host)) {
		reply_fault(reply, 422, &bare_relay, "security");
	} else if (!store_write(request->app->store, save_work, &saving, &problem)) {
		reply_store_fault(reply, &problem);
	} else {
		mail_worker_wake(request->app);
		get_relay(request, reply);
	}
}

static const struct problem_text no_relay = {"RELAY_UNSET", "Il server di posta non è impostato.",
	"The mail relay is not set.", "Salvare prima le impostazioni.", "Save the settings first."};
static const struct problem_text bad_address = {"BAD_EMAIL", "L'indirizzo di posta elettronica non è valido.",
	"The e-mail address is not valid.", "Correggerlo.", "Correct it."};

struct testing {
	int64_t by;
	char detail[MAIL_REPLY_BYTES + 300];
	bool sent;
};

static bool test_work(struct db *db, void *data)
{
	const struct testing *testing = data;
	if (testing->sent) {
		mail_relay_fault(db, "", false);
	}
	audit_add(db, testing->by, "mail.test", "settings", testing->detail);
	return true;
}

static void test_relay(struct request *request, struct reply *reply)
{
	const char *to;
	struct mail_relay relay;
	if (!request_unpack(request, reply, "{s:s}", "address", &to)) {
		return;
	}
	load(request, &relay);
	if (relay.host[0] == '\0' || !message_address_valid(to)) {
		reply_fault(reply, 422, relay.host[0] == '\0' ? &no_relay : &bad_address, "address");
		return;
	}
	if (!relay_unlock(request->app, &relay)) {
		reply_fault(reply, 422, &relay_locked, "password");
		return;
	}
	struct letter letter = {.subject = (char *)"Messaggio di prova",
		.body = (char *)"Questo è un messaggio di prova: il server di posta funziona.\n\nThis is a test "
				"message: the mail relay works.\n",
		.language = "it"};
	struct smtp_answer answer = {0};
	struct smtp *smtp = smtp_create();
	GString *message = letter_message(&relay, &letter, to, "", "");
	enum smtp_outcome outcome = smtp_send(smtp, &relay, to, message, &answer);
	g_string_free(message, TRUE);
	smtp_destroy(smtp);
	struct testing testing = {.by = request->who.person, .sent = outcome == SMTP_SENT};
	struct problem problem;
	g_snprintf(testing.detail, sizeof(testing.detail), "%s: %s", to, answer.text);
	if (!store_write(request->app->store, test_work, &testing, &problem)) {
		reply_store_fault(reply, &problem);
		return;
	}
	mail_worker_wake(request->app);
	reply_json(reply, 200, json_pack("{s:b, s:s}", "sent", (int)testing.sent, "answer", answer.text));
}

const struct route mail_relay_routes[] = {
	{.id = "mail.relay",
		.method = HTTP_GET,
		.pattern = "/api/mail/relay",
		.roles = ROLE_ADMINISTRATOR,
		.handler = get_relay,
		.summary = "The SMTP relay, without its password"},
	{.id = "mail.relay.put",
		.method = HTTP_PUT,
		.pattern = "/api/mail/relay",
		.roles = ROLE_ADMINISTRATOR,
		.body = BODY_JSON,
		.handler = put_relay,
		.summary = "Changes the SMTP relay; an empty host stops all mail"},
	{.id = "mail.relay.test",
		.method = HTTP_POST,
		.pattern = "/api/mail/relay/test",
		.roles = ROLE_ADMINISTRATOR,
		.body = BODY_JSON,
		.handler = test_relay,
		.summary = "Sends a test message and tells the relay's answer"},
	ROUTE_END,
};
