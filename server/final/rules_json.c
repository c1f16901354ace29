#include "server/final/rules_json.h"

#include "server/final/limits.h"

enum rules_fault {
	RULES_NUMBER,
	RULES_WORD,
	RULES_TYPE,
	RULES_SAME_SET,
};

static const struct fault_text texts[] = {
	[RULES_NUMBER] = {"FINAL_RULE_NUMBER", SEVERITY_ERROR, NULL, "Deve essere un numero intero da $1 a $2.",
		"It must be a whole number from $1 to $2.", NULL, NULL},
	[RULES_WORD] = {"FINAL_RULE_WORD", SEVERITY_ERROR, NULL, "Valori ammessi: $1.", "Allowed values: $1.",
		NULL, NULL},
	[RULES_TYPE] = {"FINAL_RULE_TYPE", SEVERITY_ERROR, NULL, "Deve essere vero o falso.",
		"It must be true or false.", NULL, NULL},
	[RULES_SAME_SET] = {"FINAL_SAME_SET_LIMIT", SEVERITY_ERROR, "ECM 3",
		"Con le stesse domande i tentativi sono al massimo $1.",
		"With the same questions there are $1 attempts at most.",
		"Riduci i tentativi, oppure fai comporre a ogni tentativo una prova in gran parte nuova.",
		"Allow fewer, or have each attempt draw a largely new test."},
};

guint final_fresh_wanted(const struct final_rules *rules, guint questions)
{
	return rules->new_set ? (rules->new_percent * questions + 99) / 100 : 0;
}

json_t *final_rules_json(const struct ecm_event *event, const struct final_rules *rules)
{
	guint questions = final_questions(rules, event->credits_tenths);
	return json_pack("{s:b, s:o, s:i, s:i, s:i, s:b, s:i, s:s, s:i, s:s, s:s, s:i, s:i}", "required",
		(int)rules->required, "bank", rules->bank ? json_integer(rules->bank) : json_null(),
		"questions_per_credit", (int)rules->questions_per_credit, "share_percent",
		(int)rules->share_percent, "attempts_max", (int)rules->attempts_max, "new_set",
		(int)rules->new_set, "new_percent", (int)rules->new_percent, "contents_again",
		final_again_name(rules->contents_again), "again_seconds", (int)rules->again_seconds,
		"disclose", final_disclose_name(rules->disclose), "source", rules->source, "questions",
		(int)questions, "needed", (int)final_needed(rules, questions));
}

static void read_number(
	json_t *json, const char *name, guint low, guint high, guint *ret, struct faults *faults)
{
	json_t *value = json_object_get(json, name);
	if (!value) {
		return;
	}
	json_int_t number = json_integer_value(value);
	if (!json_is_integer(value) || number < (json_int_t)low || number > (json_int_t)high) {
		g_autofree char *one = g_strdup_printf("%u", low);
		g_autofree char *two = g_strdup_printf("%u", high);
		faults_add(faults, &texts[RULES_NUMBER], name, one, two);
		return;
	}
	*ret = (guint)number;
}

static void read_flag(json_t *json, const char *name, bool *ret, struct faults *faults)
{
	json_t *value = json_object_get(json, name);
	if (value && !json_is_boolean(value)) {
		faults_add(faults, &texts[RULES_TYPE], name, NULL, NULL);
	} else if (value) {
		*ret = json_is_true(value);
	}
}

bool final_rules_read(struct final_rules *rules, json_t *json, struct faults *faults)
{
	guint before = faults->errors;
	json_t *bank = json_object_get(json, "bank");
	json_t *again = json_object_get(json, "contents_again"), *disclose = json_object_get(json, "disclose");
	read_flag(json, "required", &rules->required, faults);
	read_flag(json, "new_set", &rules->new_set, faults);
	read_number(json, "questions_per_credit", 1, FINAL_QUESTIONS_PER_CREDIT_MAX,
		&rules->questions_per_credit, faults);
	read_number(json, "share_percent", 1, 100, &rules->share_percent, faults);
	read_number(json, "attempts_max", 0, FINAL_ATTEMPTS_MAX, &rules->attempts_max, faults);
	read_number(json, "new_percent", 1, 100, &rules->new_percent, faults);
	read_number(json, "again_seconds", 0, FINAL_AGAIN_SECONDS_MAX, &rules->again_seconds, faults);
	if (bank) {
		rules->bank = json_is_integer(bank) ? json_integer_value(bank) : 0;
	}
	if (again && !final_again_parse(json_string_value(again), &rules->contents_again)) {
		faults_add(faults, &texts[RULES_WORD], "contents_again", "none, any, all", NULL);
	}
	if (disclose && !final_disclose_parse(json_string_value(disclose), &rules->disclose)) {
		faults_add(faults, &texts[RULES_WORD], "disclose", "event_end, passed", NULL);
	}
	if (!rules->new_set &&
		(rules->attempts_max == 0 || rules->attempts_max > FINAL_SAME_SET_ATTEMPTS_MAX)) {
		g_autofree char *most = g_strdup_printf("%d", FINAL_SAME_SET_ATTEMPTS_MAX);
		faults_add(faults, &texts[RULES_SAME_SET], "attempts_max", most, NULL);
	}
	return faults->errors == before;
}
