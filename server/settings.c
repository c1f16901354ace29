#include "server/settings.h"

#include <glib.h>
#include <string.h>

#include "server/problem.h"
#include "server/store/settings.h"

enum setting_kind {
	SETTING_TEXT,
	SETTING_DATE,   /* YYYY-MM-DD or empty */
	SETTING_CHOICE, /* one of `choices`, separated by spaces */
	SETTING_NUMBER, /* low..high */
	SETTING_HOSTS,  /* host names, separated by single blanks; they go into a header */
};

/* Each one is a foreign site that learns who studies. */
#define HOSTS_MAX 8

struct setting {
	const char *name;
	enum setting_kind kind;
	const char *otherwise; /* what holds when nothing was set */
	const char *choices;
	int64_t low, high;
};

static const struct setting table[] = {
	{.name = "programme_title_it",
		.kind = SETTING_TEXT,
		.otherwise = "Competenze digitali e Fascicolo Sanitario Elettronico 2.0"},
	{.name = "programme_title_en",
		.kind = SETTING_TEXT,
		.otherwise = "Digital skills and the Electronic Health Record 2.0"},
	{.name = "programme_deadline", .kind = SETTING_DATE, .otherwise = ""},
	{.name = "order", .kind = SETTING_CHOICE, .otherwise = "free", .choices = "free forced"},
	{.name = "heartbeat_seconds", .kind = SETTING_NUMBER, .otherwise = "30", .low = 5, .high = 300},
	{.name = "provider_name", .kind = SETTING_TEXT, .otherwise = ""},
	{.name = "support_email", .kind = SETTING_TEXT, .otherwise = ""},
	{.name = "report_schema", .kind = SETTING_TEXT, .otherwise = "1.16"}, /* version of the ECM report */
	{.name = "content_hosts", .kind = SETTING_HOSTS, .otherwise = ""},
};

static const struct setting *find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		if (strcmp(table[i].name, name) == 0) {
			return &table[i];
		}
	}
	return NULL;
}

void settings_value(struct db *db, const char *name, char ret[SETTING_BYTES])
{
	const struct setting *setting = find(name);
	g_assert(setting != NULL);
	if (!settings_get(db, name, ret, SETTING_BYTES)) {
		problem_copy(ret, SETTING_BYTES, setting->otherwise);
	}
}

bool settings_is(struct db *db, const char *name, const char *value)
{
	char text[SETTING_BYTES];
	settings_value(db, name, text);
	return strcmp(text, value) == 0;
}

int64_t settings_number(struct db *db, const char *name)
{
	char text[SETTING_BYTES];
	settings_value(db, name, text);
	return g_ascii_strtoll(text, NULL, 10);
}

json_t *settings_programme_json(struct db *db)
{
	char it[SETTING_BYTES], en[SETTING_BYTES], deadline[SETTING_BYTES], email[SETTING_BYTES];
	settings_value(db, "programme_title_it", it);
	settings_value(db, "programme_title_en", en);
	settings_value(db, "programme_deadline", deadline);
	settings_value(db, "support_email", email);
	return json_pack("{s:s, s:s, s:s, s:s}", "title_it", it, "title_en", en, "deadline", deadline,
		"support_email", email);
}

json_t *settings_json(struct db *db)
{
	json_t *json = json_object();
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		char text[SETTING_BYTES];
		settings_value(db, table[i].name, text);
		json_object_set_new(json, table[i].name, json_string(text));
	}
	return json;
}

static bool choice_is_right(const struct setting *setting, const char *value)
{
	g_auto(GStrv) choices = g_strsplit(setting->choices, " ", -1);
	return g_strv_contains((const char *const *)choices, value);
}

static bool date_is_right(const char *value)
{
	if (value[0] == '\0') {
		return true;
	}
	int64_t year, month, day;
	g_auto(GStrv) parts = g_strsplit(value, "-", -1);
	return g_strv_length(parts) == 3 && strlen(value) == 10 &&
	       g_ascii_string_to_signed(parts[0], 10, 1, 9999, &year, NULL) &&
	       g_ascii_string_to_signed(parts[1], 10, 1, 12, &month, NULL) &&
	       g_ascii_string_to_signed(parts[2], 10, 1, 31, &day, NULL) &&
	       g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

/* ajax.googleapis.com, cdn.example.org:8443. No scheme (always https), path or wildcard. */
static bool host_is_right(const char *host)
{
	return strlen(host) <= 253 &&
	       g_regex_match_simple(
		       "^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]([a-z0-9-]*[a-z0-9])?(:[0-9]{1,5})?$", host,
		       G_REGEX_DOLLAR_ENDONLY, 0);
}

static bool hosts_are_right(const char *value)
{
	g_auto(GStrv) hosts = g_strsplit(value, " ", -1);
	guint count = g_strv_length(hosts);
	for (guint i = 0; i < count && value[0] != '\0'; i++) {
		if (!host_is_right(hosts[i])) {
			return false;
		}
	}
	return count <= HOSTS_MAX && strlen(value) < SETTING_BYTES;
}

static bool value_is_right(const struct setting *setting, const char *value)
{
	int64_t number;
	switch (setting->kind) {
	case SETTING_TEXT:
		return strlen(value) < SETTING_BYTES;
	case SETTING_DATE:
		return date_is_right(value);
	case SETTING_CHOICE:
		return choice_is_right(setting, value);
	case SETTING_NUMBER:
		return g_ascii_string_to_signed(value, 10, setting->low, setting->high, &number, NULL);
	case SETTING_HOSTS:
		return hosts_are_right(value);
	}
	g_assert_not_reached();
}

bool settings_put(struct db *db, json_t *json, struct problem *ret)
{
	const char *name;
	json_t *value;
	json_object_foreach(json, name, value)
	{
		const struct setting *setting = find(name);
		const char *text = json_string_value(value);
		char number[24];
		if (json_is_integer(value)) {
			g_snprintf(
				number, sizeof(number), "%" JSON_INTEGER_FORMAT, json_integer_value(value));
			text = number;
		}
		if (setting == NULL || text == NULL || !value_is_right(setting, text)) {
			problem_set(ret,
				&(struct problem_text){setting == NULL ? "UNKNOWN_SETTING" : "BAD_SETTING",
					setting == NULL ? "Questa impostazione non esiste."
							: "Questo valore non è ammesso.",
					setting == NULL ? "There is no such setting."
							: "This value is not allowed.",
					NULL, NULL},
				name);
			return false;
		}
		settings_set(db, name, text);
	}
	return true;
}
