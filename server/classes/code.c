#include "server/classes/code.h"

#include <stdio.h>

#include "server/certificates/qr.h"
#include "server/classes/limits.h"
#include "server/people/secrets.h"

/* Sixteen letters that scanners of every keyboard type alike: no Q, W, A, Z, Y, M, no signs. */
static const char letters[] = "BCDFGHJKLNPRSTVX";
#define BADGE_LETTERS 12

static void code_of_step(const struct app *app, int64_t session, int64_t step, char ret[CLASS_CODE_BYTES])
{
	char hash[SECRETS_TOKEN];
	g_autofree char *text = g_strdup_printf("class %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, session, step);
	secrets_keyed(app->key, text, hash);
	g_snprintf(ret, CLASS_CODE_BYTES, "%06u", g_str_hash(hash) % 1000000u);
}

void class_code(const struct app *app, int64_t session, int64_t now, char ret[CLASS_CODE_BYTES])
{
	code_of_step(app, session, now / CLASS_CODE_STEP_MS, ret);
}

bool class_code_is(const struct app *app, int64_t session, int64_t now, const char *code)
{
	g_autoptr(GString) digits = g_string_new(NULL);
	for (const char *at = code; *at && digits->len < CLASS_CODE_BYTES; at++) {
		if (*at != ' ') {
			g_string_append_c(digits, *at);
		}
	}
	bool is = false;
	for (int back = 0; back < CLASS_CODE_STEPS; back++) {
		char right[CLASS_CODE_BYTES];
		code_of_step(app, session, now / CLASS_CODE_STEP_MS - back, right);
		is |= secrets_equal(right, digits->str);
	}
	return is;
}

static void badge_secret(const struct app *app, int64_t event, int64_t person, char ret[BADGE_LETTERS + 1])
{
	char hash[SECRETS_TOKEN];
	g_autofree char *text = g_strdup_printf("badge %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, event, person);
	secrets_keyed(app->key, text, hash);
	for (int i = 0; i < BADGE_LETTERS; i++) {
		ret[i] = letters[(unsigned char)hash[i] % (sizeof(letters) - 1)];
	}
	ret[BADGE_LETTERS] = '\0';
}

void class_badge(const struct app *app, int64_t event, int64_t person, char ret[CLASS_BADGE_BYTES])
{
	char secret[BADGE_LETTERS + 1];
	badge_secret(app, event, person, secret);
	g_snprintf(ret, CLASS_BADGE_BYTES, "%" G_GINT64_FORMAT "E%" G_GINT64_FORMAT "P%s", event, person, secret);
}

bool class_badge_read(const struct app *app, const char *badge, int64_t *ret_event, int64_t *ret_person)
{
	char clean[CLASS_BADGE_BYTES], secret[BADGE_LETTERS + 1], given[BADGE_LETTERS + 2];
	size_t len = 0;
	for (const char *at = badge; *at && len < sizeof(clean) - 1; at++) {
		if (*at != ' ') {
			clean[len++] = g_ascii_toupper(*at);
		}
	}
	clean[len] = '\0';
	int64_t event, person;
	if (sscanf(clean, "%" G_GINT64_FORMAT "E%" G_GINT64_FORMAT "P%13s", &event, &person, given) != 3) {
		return false;
	}
	badge_secret(app, event, person, secret);
	if (!secrets_equal(secret, given)) {
		return false;
	}
	*ret_event = event;
	*ret_person = person;
	return true;
}

json_t *class_qr_json(const char *text)
{
	struct qr qr;
	if (!qr_make(text, &qr)) {
		return json_null();
	}
	json_t *rows = json_array();
	g_autofree char *row = g_malloc0((gsize)qr.width + 1);
	for (int y = 0; y < qr.width; y++) {
		for (int x = 0; x < qr.width; x++) {
			row[x] = qr.dark[y * qr.width + x] ? '1' : '0';
		}
		json_array_append_new(rows, json_string(row));
	}
	json_t *json = json_pack("{s:i, s:o}", "size", qr.width, "rows", rows);
	qr_finish(&qr);
	return json;
}
