/*
 * The one door to libcurl: hands messages to the SMTP relay. One connection is kept from message to message.
 * Used from one thread at a time.
 */
#ifndef SERVER_CAMPAIGNS_SMTP_H
#define SERVER_CAMPAIGNS_SMTP_H

#include <glib.h>

#include "server/campaigns/limits.h"
#include "server/store/mail.h"

struct smtp;

enum smtp_outcome {
	SMTP_SENT,
	SMTP_LATER,      /* 4xx to this message, or the connection broke before all of it was handed over */
	SMTP_REFUSED,    /* 5xx to this message */
	SMTP_UNKNOWN,    /* the connection broke between the end of the message and the answer: it may have arrived */
	SMTP_RELAY_DOWN, /* no relay, no TLS, 4xx before a recipient was named: nothing to do with this message */
	SMTP_RELAY_REFUSED, /* 5xx before a recipient was named: log-in or sender; to be mended by a person */
};

struct smtp_answer {
	int code;                     /* 0: none */
	char text[MAIL_REPLY_BYTES]; /* the relay's last line, or what libcurl says; valid UTF-8 */
};

struct smtp *smtp_create(void);
void smtp_destroy(struct smtp *smtp);
/* `to` is valid (message_address_valid()). Blocks for at most MAIL_SEND_SECONDS. */
enum smtp_outcome smtp_send(struct smtp *smtp, const struct mail_relay *relay, const char *to,
	const GString *message, struct smtp_answer *ret);
/* Ends the connection: a relay does not like to be kept waiting. */
void smtp_close(struct smtp *smtp);

#endif
