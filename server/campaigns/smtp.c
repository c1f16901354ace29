#include "server/campaigns/smtp.h"

#include <curl/curl.h>
#include <string.h>

#include "server/problem.h"

/* Where in the conversation a message is, by what was sent. */
enum stage { STAGE_BEFORE, STAGE_RECIPIENT, STAGE_DATA };

struct smtp {
	CURL *curl;
	enum stage stage;
	const GString *message;
	bool leaving;     /* QUIT was sent: its answer is not about the message */
	gsize read;       /* of the message, handed over */
	bool handed_over; /* all of it */
	char line[MAIL_REPLY_BYTES]; /* the last the relay said */
};

struct smtp *smtp_create(void)
{
	static gsize once = 0;
	if (g_once_init_enter(&once)) {
		curl_global_init(CURL_GLOBAL_DEFAULT);
		g_once_init_leave(&once, 1);
	}
	return g_new0(struct smtp, 1);
}

void smtp_close(struct smtp *smtp)
{
	if (smtp->curl) {
		curl_easy_cleanup(smtp->curl);
		smtp->curl = NULL;
	}
}

void smtp_destroy(struct smtp *smtp)
{
	if (smtp) {
		smtp_close(smtp);
		g_free(smtp);
	}
}

static size_t read_message(char *to, size_t size, size_t count, void *data)
{
	struct smtp *smtp = data;
	gsize len = MIN(size * count, smtp->message->len - smtp->read);
	memcpy(to, smtp->message->str + smtp->read, len);
	smtp->read += len;
	smtp->handed_over = smtp->read == smtp->message->len;
	return len;
}

/* Only looks where the conversation is; what passes here holds the password and goes nowhere. */
static int listen_in(CURL *curl, curl_infotype type, char *text, size_t len, void *data)
{
	struct smtp *smtp = data;
	if (type == CURLINFO_HEADER_OUT && len >= 4) {
		if (strncmp(text, "RCPT", 4) == 0) {
			smtp->stage = STAGE_RECIPIENT;
		} else if (strncmp(text, "DATA", 4) == 0) {
			smtp->stage = STAGE_DATA;
		} else if (strncmp(text, "QUIT", 4) == 0) {
			smtp->leaving = true;
		}
	} else if (type == CURLINFO_HEADER_IN && !smtp->leaving) {
		g_autofree char *line = g_strndup(text, MIN(len, MAIL_REPLY_BYTES - 1));
		g_autofree char *valid = g_utf8_make_valid(line, -1);
		PROBLEM_COPY(smtp->line, g_strstrip(valid));
	}
	return 0;
}

static size_t swallow(char *text, size_t size, size_t count, void *data)
{
	return size * count;
}

static void set_relay(CURL *curl, const struct mail_relay *relay)
{
	bool tls = strcmp(relay->security, "tls") == 0;
	bool bare_ipv6 = strchr(relay->host, ':') != NULL;
	g_autofree char *url = g_strdup_printf("%s://%s%s%s:%d", tls ? "smtps" : "smtp", bare_ipv6 ? "[" : "",
		relay->host, bare_ipv6 ? "]" : "", (int)relay->port);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	bool none = strcmp(relay->security, "none") == 0;
	curl_easy_setopt(curl, CURLOPT_USE_SSL, none ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	if (relay->user[0] != '\0') {
		curl_easy_setopt(curl, CURLOPT_USERNAME, relay->user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, relay->password);
		curl_easy_setopt(curl, CURLOPT_SASL_IR, 1L);
	}
}

static void set_callbacks(struct smtp *smtp, char *error)
{
	CURL *curl = smtp->curl;
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)MAIL_CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)MAIL_SEND_SECONDS);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_message);
	curl_easy_setopt(curl, CURLOPT_READDATA, smtp);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, swallow);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listen_in);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, smtp);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
}

/* The relay's own code when its last line is a refusal. */
static int refusal(const char *line)
{
	return (line[0] == '4' || line[0] == '5') && g_ascii_isdigit(line[1]) && g_ascii_isdigit(line[2])
		       ? (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0'
		       : 0;
}

static enum smtp_outcome outcome_of(const struct smtp *smtp, int code)
{
	if (smtp->stage == STAGE_BEFORE) {
		return code >= 500 ? SMTP_RELAY_REFUSED : SMTP_RELAY_DOWN;
	}
	if (code == 421) {
		return SMTP_LATER; /* it closes: not a word about the message */
	}
	if (code != 0) {
		return code >= 500 ? SMTP_REFUSED : SMTP_LATER;
	}
	return smtp->handed_over ? SMTP_UNKNOWN : SMTP_LATER;
}

enum smtp_outcome smtp_send(struct smtp *smtp, const struct mail_relay *relay, const char *to,
	const GString *message, struct smtp_answer *ret)
{
	char error[CURL_ERROR_SIZE] = "";
	if (!smtp->curl) {
		smtp->curl = curl_easy_init();
	}
	curl_easy_reset(smtp->curl); /* keeps the connection */
	smtp->stage = STAGE_BEFORE;
	smtp->message = message;
	smtp->read = 0;
	smtp->leaving = false;
	smtp->handed_over = false;
	smtp->line[0] = '\0';
	g_autofree char *from = g_strdup_printf("<%s>", relay->sender);
	g_autofree char *recipient = g_strdup_printf("<%s>", to);
	struct curl_slist *recipients = curl_slist_append(NULL, recipient);
	set_relay(smtp->curl, relay);
	set_callbacks(smtp, error);
	curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, recipients);
	CURLcode result = curl_easy_perform(smtp->curl);
	curl_slist_free_all(recipients);
	if (result != CURLE_OK) {
		smtp_close(smtp);
	}
	ret->code = result == CURLE_OK ? 250 : refusal(smtp->line);
	const char *said = result == CURLE_OK || ret->code != 0 ? smtp->line
			   : *error != '\0'			? error
								: curl_easy_strerror(result);
	g_autofree char *valid = g_utf8_make_valid(said, -1);
	PROBLEM_COPY(ret->text, valid);
	return result == CURLE_OK ? SMTP_SENT : outcome_of(smtp, ret->code);
}
