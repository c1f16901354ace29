#include "server/ecm/rules.h"

#include "server/ecm/dated_rules.h"

extern const char ecm_rules_text[]; /* server/data/ecm_rules.json */

enum rule_fault {
	RULE_DIFFERS,
	RULE_NONE,
	RULE_PEOPLE,
	RULE_TUTORS,
	RULE_HOURS,
	RULE_MULTIPLE,
};

static const struct fault_text texts[] = {
	[RULE_DIFFERS] = {"EVENT_CREDITS_DIFFER", SEVERITY_WARNING, "ECM 3",
		"I crediti scritti ($1) sono diversi da quelli calcolati ($2).",
		"The credits entered ($1) differ from those computed ($2).",
		"Correggili, o scrivi perché l’ente ne ha riconosciuti altri.",
		"Mend them, or write why the body granted others."},
	[RULE_NONE] = {"EVENT_CREDITS_NO_RULE", SEVERITY_HINT, "ECM 3",
		"Per la tipologia $1 non c’è una regola di calcolo: valgono i crediti riconosciuti dall’ente.",
		"There is no rule for the type of training $1: the credits that the body granted hold.", NULL, NULL},
	[RULE_PEOPLE] = {"EVENT_PEOPLE_LIMIT", SEVERITY_WARNING, "ECM 3",
		"Questa tipologia ammette al massimo $2 partecipanti, non $1.",
		"This type of training takes $2 participants at most, not $1.",
		"Riduci i partecipanti, crea più edizioni o cambia tipologia.",
		"Take fewer participants, create more editions or change the type."},
	[RULE_TUTORS] = {"EVENT_TUTOR_LIMIT", SEVERITY_HINT, "ECM 3",
		"Serve un tutor ogni $2 partecipanti: per $1 ne occorrono altrettanti gruppi.",
		"One tutor for each $2 participants is needed: $1 of them make as many groups.",
		"Indica i tutor all’ente.", "Name the tutors to the body."},
	[RULE_HOURS] = {"EVENT_HOURS_LEAST", SEVERITY_WARNING, "ECM 3",
		"Questa tipologia dura almeno $2 ore, non $1.", "This type of training lasts at least $2 hours, not $1.",
		"Correggi le ore o la tipologia.", "Mend the hours or the type."},
	[RULE_MULTIPLE] = {"EVENT_HOURS_MULTIPLE", SEVERITY_WARNING, "ECM 3",
		"Questa tipologia dura un multiplo di $2 ore, non $1.",
		"This type of training lasts a multiple of $2 hours, not $1.", "Correggi le ore.", "Mend the hours."},
};

/* Parsed once; lives as long as the program. */
static json_t *rule_sets(void)
{
	static gsize once;
	static json_t *sets;
	if (g_once_init_enter(&once)) {
		sets = dated_rules(ecm_rules_text);
		g_once_init_leave(&once, 1);
	}
	return sets;
}

const char *rules_in_force(const char *day)
{
	return rule_text(dated_rules_on(rule_sets(), day), "id");
}

static json_t *rule_of(json_t *set, guint type)
{
	size_t i;
	json_t *rule;
	json_array_foreach(json_object_get(set, "types"), i, rule)
	{
		if (rule_number(rule, "type") == type) {
			return rule;
		}
	}
	return NULL;
}

static void add_term(struct credit_sum *sum, guint per_hour, const char *it, const char *en)
{
	if (per_hour > 0) {
		sum->terms[sum->term_count++] = (struct credit_term){per_hour, it, en};
	}
}

/* How many sit together: what was accredited, or one class of it. */
static guint people_of(const struct ecm_event *event, const struct credit_terms *terms)
{
	return terms->class_people ? MIN(terms->class_people, event->num_part) : event->num_part;
}

static void add_terms(json_t *rule, guint people, bool theme, struct credit_sum *sum)
{
	guint per_hour = rule_number(rule, "per_hour");
	size_t i;
	json_t *class;
	json_array_foreach(json_object_get(rule, "classes"), i, class)
	{
		if (people > rule_number(class, "above")) {
			per_hour = rule_number(class, "per_hour");
		}
	}
	add_term(sum, per_hour, "tipologia formativa", "type of training");
	json_t *small = json_object_get(rule, "small"), *interactive = json_object_get(rule, "interactive");
	if (people <= rule_number(small, "people")) {
		add_term(sum, rule_number(small, "per_hour"), "classe piccola", "small class");
	}
	if (people <= rule_number(interactive, "people")) {
		add_term(sum, rule_number(interactive, "per_hour"), "metodo interattivo", "interactive method");
	}
	if (theme) {
		add_term(sum, rule_number(rule, "theme"), "tematica di interesse nazionale o regionale",
			"theme of national or regional interest");
	}
}

static void tell(struct faults *warnings, enum rule_fault which, const char *where, guint one, guint two)
{
	char first[16], second[16];
	g_snprintf(first, sizeof(first), "%u", one);
	g_snprintf(second, sizeof(second), "%u", two);
	faults_add(warnings, &texts[which], where, first, second);
}

static void check_limits(json_t *rule, const struct ecm_event *event, guint together, struct faults *warnings)
{
	guint people = rule_number(rule, "people_max"), tutors = rule_number(rule, "people_per_tutor");
	guint least = rule_number(rule, "hours_min"), multiple = rule_number(rule, "hours_multiple");
	if (people && together > people) {
		tell(warnings, RULE_PEOPLE, "num_part", together, people);
	}
	if (tutors && event->num_part > tutors) {
		tell(warnings, RULE_TUTORS, "num_part", event->num_part, tutors);
	}
	if (event->ore < least) {
		tell(warnings, RULE_HOURS, "ore", event->ore, least);
	}
	if (multiple && event->ore % multiple) {
		tell(warnings, RULE_MULTIPLE, "ore", event->ore, multiple);
	}
}

static void compare(const struct ecm_event *event, const struct credit_terms *terms,
	const struct credit_sum *sum, struct faults *warnings)
{
	if (!sum->known) {
		tell(warnings, RULE_NONE, "cod_tipologia_form", event->cod_tipologia_form, 0);
	} else if (sum->tenths != event->credits_tenths && !*terms->reason) {
		char have[8], want[8];
		ecm_credits_text(event->credits_tenths, have);
		ecm_credits_text(sum->tenths, want);
		faults_add(warnings, &texts[RULE_DIFFERS], "crediti", have, want);
	}
}

bool rules_compute(const struct ecm_event *event, const struct credit_terms *terms, struct credit_sum *ret,
	struct faults *warnings)
{
	*ret = (struct credit_sum){.hours = event->ore};
	json_t *set = dated_rules_by_id(rule_sets(), *terms->rule_set ? terms->rule_set : rules_in_force(event->data_ini));
	if (!set) {
		return false;
	}
	json_t *rule = rule_of(set, event->cod_tipologia_form);
	guint max = rule && rule_number(rule, "max") ? rule_number(rule, "max") : rule_number(set, "max");
	g_strlcpy(ret->rule_set, rule_text(set, "id"), sizeof(ret->rule_set));
	g_strlcpy(ret->valid_from, rule_text(set, "valid_from"), sizeof(ret->valid_from));
	g_strlcpy(ret->source, rule_text(set, "source"), sizeof(ret->source));
	ret->max_tenths = max;
	ret->known = rule_number(rule, "per_hour") > 0;
	if (ret->known) {
		add_terms(rule, people_of(event, terms), terms->theme, ret);
	}
	for (guint i = 0; i < ret->term_count; i++) {
		ret->tenths += ret->terms[i].per_hour * event->ore;
	}
	ret->tenths = MIN(ret->tenths, max);
	check_limits(rule, event, people_of(event, terms), warnings);
	compare(event, terms, ret, warnings);
	return true;
}

void rules_of_class(const struct ecm_event *event, const struct credit_terms *terms, struct class_rules *ret)
{
	json_t *set = dated_rules_by_id(rule_sets(), *terms->rule_set ? terms->rule_set : rules_in_force(event->data_ini));
	json_t *rule = rule_of(set, event->cod_tipologia_form), *interactive = json_object_get(rule, "interactive");
	*ret = (struct class_rules){
		.people_max = interactive ? rule_number(interactive, "people") : rule_number(rule, "people_max"),
		.people_per_tutor = rule_number(rule, "people_per_tutor"),
		.people_per_teacher = rule_number(interactive, "people_per_teacher"),
		.hours_min = rule_number(rule, "hours_min"),
		.hours_multiple = rule_number(rule, "hours_multiple"),
	};
}

json_t *credit_sum_json(const struct credit_sum *sum)
{
	char credits[8], maximum[8];
	json_t *terms = json_array();
	for (guint i = 0; i < sum->term_count; i++) {
		char per_hour[8];
		ecm_credits_text(sum->terms[i].per_hour, per_hour);
		json_array_append_new(terms, json_pack("{s:s, s:s, s:s}", "per_hour", per_hour, "it",
						     sum->terms[i].it, "en", sum->terms[i].en));
	}
	ecm_credits_text(sum->tenths, credits);
	ecm_credits_text(sum->max_tenths, maximum);
	return json_pack("{s:s, s:s, s:s, s:o, s:i, s:s, s:o}", "rule_set", sum->rule_set, "valid_from",
		sum->valid_from, "source", sum->source, "credits",
		sum->known ? json_string(credits) : json_null(), "hours", (int)sum->hours, "maximum", maximum,
		"terms", terms);
}
