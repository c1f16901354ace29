#include "server/campaigns/message.h"

#include <string.h>

#define LINE 76         /* [RFC 2045 6.7]: the longest line of quoted-printable */
#define WORD_BYTES 42   /* of text in one encoded word: 56 of base64, 75 with its frame [RFC 2047 2] */

bool message_address_valid(const char *address)
{
	const char *at = strchr(address, '@');
	size_t len = strlen(address);
	return at && len <= 254 && at - address <= 64 &&
	       g_regex_match_simple(
		       "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
		       "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",
		       address, G_REGEX_DOLLAR_ENDONLY, 0) &&
	       (strchr(at, '.') || g_ascii_strcasecmp(at, "@localhost") == 0);
}

/* Valid UTF-8 in one line. */
static char *one_line(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	GString *line = g_string_new(NULL);
	for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		g_string_append_unichar(line, g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
	}
	return g_strstrip(g_string_free(line, FALSE));
}

static bool is_ascii(const char *text)
{
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text >= 0x80) {
			return false;
		}
	}
	return true;
}

/* Encoded words, one a line, cut between characters. */
static void append_encoded(GString *out, const char *text)
{
	for (const char *at = text; *at != '\0';) {
		const char *end = at;
		while (*end != '\0' && g_utf8_next_char(end) - at <= WORD_BYTES) {
			end = g_utf8_next_char(end);
		}
		g_autofree char *word = g_base64_encode((const guchar *)at, (gsize)(end - at));
		g_string_append_printf(out, "%s=?UTF-8?B?%s?=", at == text ? "" : "\r\n ", word);
		at = end;
	}
}

/* Free text in a header: as it is when short and ASCII, else as encoded words. */
static void append_text(GString *out, const char *name, const char *text)
{
	g_autofree char *line = one_line(text);
	g_string_append_printf(out, "%s: ", name);
	if (is_ascii(line) && strlen(line) + strlen(name) + 2 <= LINE && !strstr(line, "=?")) {
		g_string_append(out, line);
	} else {
		append_encoded(out, line);
	}
	g_string_append(out, "\r\n");
}

/* A name and an address; `address` is valid. */
static void append_mailbox(GString *out, const char *header, const char *name, const char *address)
{
	g_autofree char *line = one_line(name);
	g_string_append_printf(out, "%s: ", header);
	if (*line != '\0' && is_ascii(line) && strlen(line) < 60 && !strstr(line, "=?")) {
		g_string_append_c(out, '"');
		for (const char *at = line; *at != '\0'; at++) {
			if (*at == '"' || *at == '\\') {
				g_string_append_c(out, '\\');
			}
			g_string_append_c(out, *at);
		}
		g_string_append(out, "\"\r\n ");
	} else if (*line != '\0') {
		append_encoded(out, line);
		g_string_append(out, "\r\n ");
	}
	g_string_append_printf(out, "<%s>\r\n", address);
}

/* [RFC 5322 3.3]; never in the locale's language. */
static void append_date(GString *out, int64_t at)
{
	static const char days[7][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char months[12][4] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / 1000);
	g_string_append_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n",
		days[g_date_time_get_day_of_week(time) - 1], g_date_time_get_day_of_month(time),
		months[g_date_time_get_month(time) - 1], g_date_time_get_year(time), g_date_time_get_hour(time),
		g_date_time_get_minute(time), g_date_time_get_second(time));
}

/* One line of text, without its end, as quoted-printable. */
static void append_quoted_line(GString *out, const char *line, size_t len)
{
	size_t column = 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)line[i];
		bool last = i + 1 == len;
		bool plain = (c > 32 && c < 127 && c != '=') || ((c == ' ' || c == '\t') && !last);
		/* A dot at the start of a line and "From " mean something to relays. */
		plain = plain && !(column == 0 && (c == '.' || c == 'F'));
		size_t width = plain ? 1 : 3;
		if (column + width > LINE - 1) {
			g_string_append(out, "=\r\n");
			column = 0;
			width = c == '.' || c == 'F' ? 3 : width;
			plain = plain && c != '.' && c != 'F';
		}
		if (plain) {
			g_string_append_c(out, (char)c);
		} else {
			g_string_append_printf(out, "=%02X", c);
		}
		column += width;
	}
	g_string_append(out, "\r\n");
}

static void append_body(GString *out, const char *body)
{
	g_autofree char *valid = g_utf8_make_valid(body, -1);
	for (const char *at = valid; *at != '\0';) {
		size_t len = strcspn(at, "\r\n");
		append_quoted_line(out, at, len);
		at += len;
		at += *at == '\r' && at[1] == '\n' ? 2 : *at != '\0';
	}
}

GString *message_write(const struct message *message)
{
	GString *out = g_string_new(NULL);
	append_date(out, message->at);
	append_mailbox(out, "From", message->from_name, message->from);
	append_mailbox(out, "To", message->to_name, message->to);
	if (*message->reply_to != '\0') {
		append_mailbox(out, "Reply-To", "", message->reply_to);
	}
	append_text(out, "Subject", message->subject);
	if (*message->token != '\0') {
		g_string_append_printf(out, "Message-ID: <%s%s>\r\n", message->token, strchr(message->from, '@'));
	}
	if (message->unsubscribe) {
		g_string_append_printf(out, "List-Unsubscribe: <%s>\r\n", message->unsubscribe);
		g_string_append(out, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
	}
	g_string_append_printf(out,
		"Auto-Submitted: auto-generated\r\nContent-Language: %s\r\nMIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
		strcmp(message->language, "en") == 0 ? "en" : "it");
	append_body(out, message->body);
	return out;
}
