/*
 * One message as it goes to the relay: headers and plain text, UTF-8, quoted-printable, lines ended by CRLF
 * [RFC 5322, RFC 2045 6.7, RFC 2047]. No value can begin a header of its own: what is a control character is a blank.
 */
#ifndef SERVER_CAMPAIGNS_MESSAGE_H
#define SERVER_CAMPAIGNS_MESSAGE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct message {
	const char *from, *from_name;
	const char *reply_to; /* "" for none */
	const char *to, *to_name;
	const char *subject;
	const char *token;       /* of the Message-ID; "" for none */
	const char *unsubscribe; /* address; NULL: service mail */
	const char *language;    /* it en */
	int64_t at;              /* Date, ms */
	const char *body;
};

/* A plain address: ASCII, one @, a host with a dot (or localhost), nothing that means something in a header. */
bool message_address_valid(const char *address);

/* Yours (g_string_free). */
GString *message_write(const struct message *message);

#endif
