#include "server/ecm/staff.h"

#include <string.h>

#include "server/ecm/dated_rules.h"

extern const char staff_rules_text[]; /* server/data/staff_rules.json */

enum staff_fault {
	STAFF_DUTY,
	STAFF_AMOUNT,
	STAFF_CREDITS,
	STAFF_DAY,
	STAFF_SPONSOR,
	STAFF_DIFFERS,
	STAFF_NO_RULE,
};

static const struct fault_text texts[] = {
	[STAFF_DUTY] = {"STAFF_DUTY", SEVERITY_ERROR, "ECM 3", "L’incarico «$1» non esiste per questa forma di evento.",
		"The duty \"$1\" does not exist for this form of event.", "Scegli un incarico dalla lista.",
		"Choose a duty from the list."},
	[STAFF_AMOUNT] = {"STAFF_AMOUNT", SEVERITY_ERROR, "ECM 3",
		"La durata dell’incarico deve essere un intero fra $1 e $2.",
		"The length of the duty must be a whole number from $1 to $2.",
		"Scrivi i minuti di docenza, i mesi di tutoraggio o le ore.",
		"Write the minutes of teaching, the months of tutoring or the hours."},
	[STAFF_CREDITS] = {"STAFF_CREDITS", SEVERITY_ERROR, "ECM 1.3",
		"I crediti devono essere fra 0.1 e 50.0 con un solo decimale.",
		"Credits must be between 0.1 and 50.0 with one decimal.", "Scrivi per esempio 5.0, o lascia quelli calcolati.",
		"Write 5.0, for example, or leave those computed."},
	[STAFF_DAY] = {"STAFF_DAY", SEVERITY_ERROR, "ECM 1.6",
		"La data $1 non è un giorno dell’evento ($2).", "The date $1 is no day of the event ($2).",
		"Scegli un giorno fra l’inizio e la fine dell’evento.", "Choose a day between the event's first and last."},
	[STAFF_SPONSOR] = {"STAFF_SPONSOR", SEVERITY_ERROR, "ECM 1.6",
		"Chi è reclutato ha uno sponsor, e solo chi lo è: lettere senza accento, cifre, spazi e ' , ; - . ( ), al "
		"massimo 100.",
		"Who is recruited has a sponsor, and nobody else: plain letters, digits, spaces and ' , ; - . ( ), 100 at most.",
		"Scrivi lo sponsor, o togli il reclutamento.", "Name the sponsor, or clear the recruitment."},
	[STAFF_DIFFERS] = {"STAFF_CREDITS_DIFFER", SEVERITY_WARNING, "ECM 3",
		"I crediti scritti ($1) sono diversi da quelli calcolati ($2).",
		"The credits entered ($1) differ from those computed ($2).", "Correggili, o scrivi perché.",
		"Mend them, or write why."},
	[STAFF_NO_RULE] = {"STAFF_CREDITS_NO_RULE", SEVERITY_HINT, "ECM 3",
		"Per questo incarico non c’è una regola di calcolo: valgono i crediti scritti.",
		"There is no rule for this duty: the credits entered hold.", NULL, NULL},
};

/* Parsed once; lives as long as the program. */
static json_t *rule_sets(void)
{
	static gsize once;
	static json_t *sets;
	if (g_once_init_enter(&once)) {
		sets = dated_rules(staff_rules_text);
		g_once_init_leave(&once, 1);
	}
	return sets;
}

static json_t *duty_of(json_t *set, const char *id)
{
	size_t i;
	json_t *duty;
	json_array_foreach(json_object_get(set, "duties"), i, duty)
	{
		if (strcmp(rule_text(duty, "id"), id) == 0) {
			return duty;
		}
	}
	return NULL;
}

static bool for_form(json_t *duty, enum ecm_form form)
{
	size_t i;
	json_t *each;
	bool any = json_array_size(json_object_get(duty, "forms")) == 0;
	json_array_foreach(json_object_get(duty, "forms"), i, each)
	{
		any = any || json_integer_value(each) == (json_int_t)form;
	}
	return any;
}

bool staff_credits(const struct staff_member *member, const struct ecm_event *event, guint *ret_tenths)
{
	json_t *set = dated_rules_by_id(rule_sets(), member->rule_set);
	json_t *duty = duty_of(set, member->duty);
	guint percent = rule_number(duty, "percent"), each = rule_number(duty, "each");
	guint max = rule_number(duty, "max") ? rule_number(duty, "max") : rule_number(set, "max");
	if (!duty || strcmp(rule_text(set, "valid_from"), event->data_ini) > 0 || (!percent && !rule_number(duty, "tenths"))) {
		return false;
	}
	/* Whole units only: nobody gets part of a credit for part of twenty minutes. */
	guint tenths = percent ? (event->credits_tenths * percent + 50) / 100
			       : member->amount / MAX(each, 1) * rule_number(duty, "tenths");
	*ret_tenths = MIN(tenths, max);
	return true;
}

static void tell(struct faults *faults, enum staff_fault which, const char *where, guint one, guint two)
{
	char first[16], second[16];
	g_snprintf(first, sizeof(first), "%u", one);
	g_snprintf(second, sizeof(second), "%u", two);
	faults_add(faults, &texts[which], where, first, second);
}

static void read_duty(
	struct staff_member *member, json_t *json, const struct ecm_event *event, struct faults *faults)
{
	const char *id = rule_text(json, "duty");
	bool kept = strcmp(member->duty, id) == 0 && dated_rules_by_id(rule_sets(), member->rule_set);
	json_t *set = kept ? dated_rules_by_id(rule_sets(), member->rule_set) : dated_rules_on(rule_sets(), event->data_ini);
	json_t *duty = duty_of(set, id);
	if (!duty || !for_form(duty, event->tipo_form)) {
		faults_add(faults, &texts[STAFF_DUTY], "duty", id, NULL);
		return;
	}
	g_strlcpy(member->rule_set, rule_text(set, "id"), sizeof(member->rule_set));
	g_strlcpy(member->duty, id, sizeof(member->duty));
	member->role = rule_text(duty, "role")[0];
	json_t *amount = json_object_get(json, "amount");
	guint least = strcmp(rule_text(duty, "unit"), "event") == 0 ? 0 : 1;
	json_int_t value = json_is_integer(amount) ? json_integer_value(amount) : amount && !json_is_null(amount) ? -1 : 0;
	if (value < (json_int_t)least || value > (json_int_t)STAFF_AMOUNT_MAX) {
		tell(faults, STAFF_AMOUNT, "amount", least, STAFF_AMOUNT_MAX);
	} else {
		member->amount = (guint)value;
	}
}

static void read_credits(
	struct staff_member *member, json_t *json, const struct ecm_event *event, struct faults *faults)
{
	json_t *value = json_object_get(json, "credits");
	guint computed = 0;
	staff_credits(member, event, &computed);
	member->credits_tenths = value && !json_is_null(value) ? ecm_credits_read(value) : computed;
	if (member->credits_tenths == 0 || member->credits_tenths > ECM_CREDITS_TENTHS_MAX) {
		faults_add(faults, &texts[STAFF_CREDITS], "credits", NULL, NULL);
	}
}

static void read_day(
	struct staff_member *member, json_t *json, const struct ecm_event *event, struct faults *faults)
{
	const char *day = rule_text(json, "day");
	day = *day ? day : event->data_fine;
	if (!ecm_date_valid(day) || strcmp(day, event->data_ini) < 0 || strcmp(day, event->data_fine) > 0) {
		g_autofree char *dates = g_strdup_printf("%s - %s", event->data_ini, event->data_fine);
		faults_add(faults, &texts[STAFF_DAY], "day", day, dates);
	} else {
		g_strlcpy(member->day, day, sizeof(member->day));
	}
}

static void read_sponsor(struct staff_member *member, json_t *json, struct faults *faults)
{
	g_autofree char *sponsor = g_strstrip(g_strdup(rule_text(json, "sponsor")));
	member->recruited = json_is_true(json_object_get(json, "recruited"));
	if (member->recruited != (*sponsor != '\0') || !ecm_sponsor_good(sponsor)) {
		faults_add(faults, &texts[STAFF_SPONSOR], "sponsor", NULL, NULL);
	} else {
		g_strlcpy(member->sponsor, sponsor, sizeof(member->sponsor));
	}
}

bool staff_read(struct staff_member *member, json_t *json, const struct ecm_event *event, struct faults *faults)
{
	guint before = faults->errors;
	read_duty(member, json, event, faults);
	if (faults->errors == before) {
		read_credits(member, json, event, faults);
	}
	read_day(member, json, event, faults);
	read_sponsor(member, json, faults);
	g_autofree char *reason = g_strstrip(g_strdup(rule_text(json, "reason")));
	const char *end;
	g_utf8_validate(reason, (gssize)MIN(strlen(reason), sizeof(member->reason) - 1), &end);
	g_strlcpy(member->reason, reason, (gsize)(end - reason) + 1);
	return faults->errors == before;
}

void staff_warn(const struct staff_member *member, const struct ecm_event *event, struct faults *warnings)
{
	guint computed;
	if (!staff_credits(member, event, &computed)) {
		faults_add(warnings, &texts[STAFF_NO_RULE], "credits", NULL, NULL);
	} else if (computed != member->credits_tenths && !*member->reason) {
		char have[8], want[8];
		ecm_credits_text(member->credits_tenths, have);
		ecm_credits_text(computed, want);
		faults_add(warnings, &texts[STAFF_DIFFERS], "credits", have, want);
	}
}

json_t *staff_json(const struct staff_member *member, const struct ecm_event *event)
{
	char credits[8], computed[8];
	guint tenths = 0;
	bool known = staff_credits(member, event, &tenths);
	json_t *duty = duty_of(dated_rules_by_id(rule_sets(), member->rule_set), member->duty);
	ecm_credits_text(member->credits_tenths, credits);
	ecm_credits_text(tenths, computed);
	return json_pack("{s:o, s:s, s:s, s:s, s:i, s:s, s:s, s:o, s:s, s:b, s:s, s:s}", "role",
		json_stringn(&member->role, 1), "duty", member->duty, "duty_it", rule_text(duty, "it"), "duty_en",
		rule_text(duty, "en"), "amount", (int)member->amount, "unit", rule_text(duty, "unit"), "credits", credits,
		"computed", known ? json_string(computed) : json_null(), "day", member->day, "recruited",
		(int)member->recruited, "sponsor", member->sponsor, "reason", member->reason);
}

json_t *staff_duties_json(const struct ecm_event *event)
{
	size_t i;
	json_t *duty, *list = json_array();
	json_array_foreach(json_object_get(dated_rules_on(rule_sets(), event->data_ini), "duties"), i, duty)
	{
		if (for_form(duty, event->tipo_form)) {
			json_array_append(list, duty);
		}
	}
	return list;
}
