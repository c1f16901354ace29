/* The words of messages and the text that goes to the relay: placeholders, headers, quoted-printable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "server/campaigns/fill.h"
#include "server/campaigns/message.h"

static void checks_placeholders(void **state)
{
	struct problem problem = {0};
	assert_true(fill_check("Ciao {nome}, {moduli_completati} su {moduli_totali}", "body_it", &problem));
	const char *const bad[] = {"{Nome}", "{nom}", "{}", "{nome", "{nome }", "{{nome}}"};
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autofree char *text = g_strdup_printf("uno\ndue %s", bad[i]);
		assert_false(fill_check(text, "body_it", &problem));
		assert_string_equal(problem.code, "UNKNOWN_PLACEHOLDER");
		assert_string_equal(problem.where, "body_it");
		assert_int_equal(problem.line, 2);
	}
}

static void fills_without_breaking_lines(void **state)
{
	const char *values[FILL_VALUES];
	for (size_t i = 0; i < FILL_VALUES; i++) {
		values[i] = "";
	}
	values[FILL_GIVEN_NAME] = "Zo\xc3\xab\r\nBcc: x@y.it {cognome}";
	g_autofree char *text = fill("{nome}\n{cognome}.", values);
	assert_string_equal(text, "Zo\xc3\xab  Bcc: x@y.it {cognome}\n.");
}

static void knows_addresses(void **state)
{
	const char *const good[] = {"a@b.it", "maria.rossi+x@uslcentro.toscana.it", "root@localhost"};
	const char *const bad[] = {"", "a", "a@", "@b.it", "a@b", "a b@c.it", "a@b.it\r\nBcc: c@d.it", "a@b.it\n", "<a@b.it>",
		"a@b.it,c@d.it", "a..b@c.it", "a@-b.it", "\xc3\xa0@b.it"};
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
		assert_true(message_address_valid(good[i]));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		assert_false(message_address_valid(bad[i]));
	}
}

static struct message sample(void)
{
	return (struct message){.from = "fad@example.it", .from_name = "", .reply_to = "", .to = "m@example.it",
		.to_name = "Maria", .subject = "Prova", .token = "0123", .language = "it", .at = 1770113472000,
		.body = "Ciao\n"};
}

static void writes_headers(void **state)
{
	struct message message = sample();
	GString *text = message_write(&message);
	assert_string_equal(text->str,
		"Date: Tue, 3 Feb 2026 10:11:12 +0000\r\nFrom: <fad@example.it>\r\nTo: \"Maria\"\r\n <m@example.it>\r\n"
		"Subject: Prova\r\nMessage-ID: <0123@example.it>\r\nAuto-Submitted: auto-generated\r\n"
		"Content-Language: it\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\nCiao\r\n");
	g_string_free(text, TRUE);
}

/* Whatever stands in a name or subject, the number of headers is the same and no line is too long. */
static void no_value_makes_a_header(void **state)
{
	const char *const evil[] = {"a\r\nBcc: x@y.it", "a\nX: y", "a\rX: y", "\"><script>", "=?UTF-8?B?QQ==?=", "\xff\xfe",
		"\xe2\x80\xa8X: y", "\\\"", "\xc2\x85X: y"};
	for (size_t i = 0; i < G_N_ELEMENTS(evil); i++) {
		g_autofree char *many = g_strdup_printf("%s%0200d\xc3\xa8", evil[i], 0);
		const char *const texts[] = {evil[i], many};
		for (size_t j = 0; j < 2; j++) {
			struct message message = sample();
			message.to_name = message.from_name = message.subject = texts[j];
			GString *text = message_write(&message);
			g_auto(GStrv) lines = g_strsplit(text->str, "\r\n", -1);
			unsigned headers = 0, length = g_strv_length(lines);
			for (unsigned k = 0; k < length; k++) {
				assert_true(strlen(lines[k]) <= 78);
				assert_null(strpbrk(lines[k], "\r\n"));
				headers += *lines[k] != '\0' && *lines[k] != ' ' && strchr(lines[k], ':') != NULL;
			}
			assert_int_equal(headers, 10);
			g_string_free(text, TRUE);
		}
	}
}

static void quotes_the_body(void **state)
{
	struct message message = sample();
	message.body = "perch\xc3\xa9 = 1 \n.punto\r\nFrom qui\n\n0123456789012345678901234567890123456789012345678901234567890123456789"
		       "012345.789";
	GString *text = message_write(&message);
	assert_string_equal(strstr(text->str, "\r\n\r\n") + 4,
		"perch=C3=A9 =3D 1=20\r\n=2Epunto\r\n=46rom qui\r\n\r\n"
		"012345678901234567890123456789012345678901234567890123456789012345678901234=\r\n5.789\r\n");
	g_string_free(text, TRUE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(checks_placeholders),
		cmocka_unit_test(fills_without_breaking_lines),
		cmocka_unit_test(knows_addresses),
		cmocka_unit_test(writes_headers),
		cmocka_unit_test(no_value_makes_a_header),
		cmocka_unit_test(quotes_the_body),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
