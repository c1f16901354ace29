#include "server/privacy/rules.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "server/problem.h"

extern const char retention_builtin[]; /* server/data/retention.json */

static const char *const ids[RETENTION_RULES] = {
	"evidence", "programme", "people", "journals", "log_ins", "messages", "downloads"};

static const struct problem_text bad_file = {"RETENTION_FILE", "I termini di conservazione non sono validi.",
	"The retention periods are not valid.",
	"Correggere retention.json nella cartella dati, o toglierlo per usare i termini del programma. Le prove si "
	"conservano almeno 60 mesi.",
	"Mend retention.json in the data folder, or remove it to use the program's own. Evidence is kept for 60 months at "
	"least."};

const char *retention_rule_id(enum retention_rule rule)
{
	return ids[rule];
}

enum retention_rule retention_rule_by_id(const char *id)
{
	enum retention_rule rule = 0;
	while (rule < RETENTION_RULES && strcmp(id, ids[rule]) != 0) {
		rule++;
	}
	return rule;
}

static bool read_rule(json_t *json, struct retention_rules *ret)
{
	static const char *const words[] = {"from", "name_it", "name_en", "law_it", "law_en"};
	const char *id = json_string_value(json_object_get(json, "id"));
	enum retention_rule rule = id ? retention_rule_by_id(id) : RETENTION_RULES;
	json_int_t months = json_integer_value(json_object_get(json, "months"));
	if (rule == RETENTION_RULES || ret->months[rule] != 0 || months < 1 || months > RETENTION_MONTHS_MAX) {
		return false;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (!json_is_string(json_object_get(json, words[i]))) {
			return false;
		}
	}
	ret->months[rule] = (int)months;
	return rule > RULE_PROGRAMME || months >= RETENTION_EVIDENCE_MONTHS;
}

/* NULL: good; else the place at fault. Yours. */
static char *read_rules(json_t *json, struct retention_rules *ret)
{
	const char *format = json_string_value(json_object_get(json, "format"));
	if (!format || strcmp(format, "fad-retention-1") != 0) {
		return g_strdup("format");
	}
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(json, "rules"), i, one)
	{
		if (!read_rule(one, ret)) {
			const char *id = json_string_value(json_object_get(one, "id"));
			return g_strdup_printf("rules[%zu] %s", i, id ? id : "");
		}
	}
	for (size_t rule = 0; rule < RETENTION_RULES; rule++) {
		if (ret->months[rule] == 0) {
			return g_strdup_printf("rules: %s", ids[rule]);
		}
	}
	return NULL;
}

bool retention_rules_read(const char *text, size_t len, struct retention_rules *ret, struct problem *ret_problem)
{
	json_error_t error = {0};
	*ret = (struct retention_rules){0};
	ret->json = len <= RETENTION_FILE_BYTES ? json_loadb(text, len, JSON_REJECT_DUPLICATES, &error) : NULL;
	g_autofree char *where = ret->json ? read_rules(ret->json, ret) : g_strdup(error.text);
	if (where) {
		retention_rules_finish(ret);
		problem_set(ret_problem, &bad_file, where);
		ret_problem->line = error.line > 0 ? (uint32_t)error.line : 0;
	}
	return where == NULL;
}

bool retention_rules_load(const char *folder, struct retention_rules *ret, struct problem *ret_problem)
{
	g_autofree char *path = g_build_filename(folder, "retention.json", NULL), *own = NULL;
	gsize len = 0;
	if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
		return retention_rules_read(retention_builtin, strlen(retention_builtin), ret, ret_problem);
	}
	if (!g_file_get_contents(path, &own, &len, NULL)) {
		problem_set(ret_problem, &bad_file, path);
		return false;
	}
	return retention_rules_read(own, len, ret, ret_problem);
}

void retention_rules_finish(struct retention_rules *rules)
{
	json_decref(rules->json);
	rules->json = NULL;
}

const json_t *retention_rule_json(const struct retention_rules *rules, enum retention_rule rule)
{
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(rules->json, "rules"), i, one)
	{
		if (strcmp(json_string_value(json_object_get(one, "id")), ids[rule]) == 0) {
			return one;
		}
	}
	return NULL;
}

void day_after_months(const char *day, int months, char ret[11])
{
	int year = 1970, month = 1, of_month = 1;
	sscanf(day, "%4d-%2d-%2d", &year, &month, &of_month);
	g_autoptr(GDateTime) from = g_date_time_new_utc(year, month, of_month, 0, 0, 0);
	g_autoptr(GDateTime) to = from ? g_date_time_add_months(from, months) : NULL;
	g_autofree char *text = to ? g_date_time_format(to, "%Y-%m-%d") : g_strdup("9999-12-31");
	g_strlcpy(ret, text, 11);
}
