#include "server/ecm/eligibility.h"

#include <stdio.h>
#include <string.h>

#include "server/ecm/completion.h"
#include "server/ecm/day.h"
#include "server/problem.h"
#include "server/store/class_marks.h"
#include "server/store/final_test.h"
#include "server/store/people.h"
#include "server/store/questionnaire.h"

/* What is looked at: one person and one event. */
struct matter {
	struct db *db;
	const struct ecm_event *event;
	struct person person;
	struct declaration declaration;
	bool declared;
	struct participant participant; /* as the report would have it */
	struct faults faults;           /* of the person's own data */
};

static struct credit_check *found(struct eligibility *list, enum credit_condition condition, bool fulfilled,
	const char *it, const char *en)
{
	struct credit_check *check = &list->checks[condition];
	check->fulfilled = fulfilled;
	PROBLEM_COPY(check->it, it);
	PROBLEM_COPY(check->en, en);
	return check;
}

static void mend(struct credit_check *check, const char *it, const char *en)
{
	PROBLEM_COPY(check->mend_it, it);
	PROBLEM_COPY(check->mend_en, en);
}

/* Where something is done: on the page of the path, or on that of events in class. */
static const char *page_of(const struct matter *matter, const char *path, const char *in_class)
{
	return ecm_event_in_class(matter->event) ? in_class : path;
}

/* --- What the person's own data say --- */

static void fill_participant(struct matter *matter)
{
	const struct person *person = &matter->person;
	struct participant *to = &matter->participant;
	*to = (struct participant){.person = person->id,
		.codice_fiscale = person->codice_fiscale,
		.family_name = person->family_name,
		.given_name = person->given_name,
		.role = 'P',
		.contract = person->contract[0],
		.recruited = matter->declaration.recruited,
		.sponsor = matter->declaration.sponsor,
		.earned = matter->event->data_ini, /* dates are judged apart */
		.credits_tenths = matter->event->credits_tenths};
	if (person->profession) {
		participant_add_discipline(to, (guint)person->profession, 0);
	}
	for (unsigned i = 0; i < person->discipline_count; i++) {
		participant_add_discipline(
			to, (guint)person->disciplines[i].profession, (guint)person->disciplines[i].code);
	}
}

/* The texts of the faults whose place ends in one of `fields`, one after the other. */
static void tell_faults(const struct matter *matter, const char *const *fields, struct credit_check *check)
{
	g_autoptr(GString) it = g_string_new(NULL);
	g_autoptr(GString) en = g_string_new(NULL);
	for (guint i = 0; i < matter->faults.list->len; i++) {
		const struct problem *problem = &g_array_index(matter->faults.list, struct problem, i);
		const char *field = strrchr(problem->where, ' ');
		if (field && g_strv_contains(fields, field + 1)) {
			g_string_append_printf(it, it->len ? " %s" : "%s", problem->it);
			g_string_append_printf(en, en->len ? " %s" : "%s", problem->en);
		}
	}
	if (it->len) {
		PROBLEM_COPY(check->it, it->str);
		PROBLEM_COPY(check->en, en->str);
	}
}

/* The professions that the event is accredited for, by name; of several they may be some. NULL: none. Yours. */
static char *accredited_names(const struct participant *participant, const struct ecm_event *event)
{
	g_autoptr(GString) names = g_string_new(NULL);
	for (guint p = 0; p < participant->profession_count; p++) {
		const struct participant_profession *profession = &participant->professions[p];
		const struct profession *known = profession_find(profession->code);
		bool accredited = false;
		for (guint i = 0; i < profession->discipline_count; i++) {
			accredited = accredited || ecm_event_accredits(event, profession->code, profession->disciplines[i]);
		}
		if (known && accredited) {
			g_string_append_printf(names, names->len ? ", %s" : "%s", known->name);
		}
	}
	return names->len ? g_strdup(names->str) : NULL;
}

static void judge_data(struct matter *matter, struct eligibility *list)
{
	static const char *const identity[] = {"cod_fisc", "nome", "cognome", "lib_dip", NULL};
	static const char *const work[] = {"cod_prof", "disciplina", NULL};
	unsigned unmet = participant_unmet(&matter->participant, matter->event, &matter->faults);
	const struct profession *profession = profession_find(matter->person.profession);
	g_autofree char *who = g_strdup_printf(
		"%s %s, %s", matter->person.given_name, matter->person.family_name, matter->person.codice_fiscale);
	struct credit_check *check =
		found(list, CREDIT_IDENTITY, !(unmet & 1u << CREDIT_IDENTITY), who, who);
	if (!check->fulfilled) {
		tell_faults(matter, identity, check);
		mend(check, "Chiedi a chi gestisce le anagrafiche di correggere i dati.",
			"Ask who manages the records to mend the data.");
	}
	g_autofree char *accredited = accredited_names(&matter->participant, matter->event);
	check = found(list, CREDIT_PROFESSION, !(unmet & 1u << CREDIT_PROFESSION),
		accredited ? accredited : profession ? profession->name : "La professione non dà crediti ECM.",
		accredited ? accredited : profession ? profession->name : "The profession earns no ECM credits.");
	if (!check->fulfilled) {
		tell_faults(matter, work, check);
		mend(check, profession ? "Controlla professione e disciplina nella scheda." : "Alla fine avrai l’attestato di partecipazione.",
			profession ? "Check profession and discipline in the record." : "In the end you will have a certificate of participation.");
	}
	list->checks[CREDIT_DECLARATION].fulfilled = !(unmet & 1u << CREDIT_DECLARATION);
}

/* --- What was declared --- */

static void judge_declaration(struct matter *matter, struct eligibility *list)
{
	const struct declaration *declaration = &matter->declaration;
	bool demanded = declaration_required(matter->db, matter->event->id);
	const struct company *company = company_find(matter->person.company);
	struct credit_check *check = &list->checks[CREDIT_DECLARATION];
	bool sound = check->fulfilled; /* the report takes the sponsor's name */
	g_autofree char *it = declaration->recruited ? g_strdup_printf("Dichiarato: partecipazione su reclutamento di %s.", declaration->sponsor)
						     : g_strdup("Dichiarato: nessun reclutamento da parte di sponsor.");
	g_autofree char *en = declaration->recruited ? g_strdup_printf("Declared: recruited by %s.", declaration->sponsor)
						     : g_strdup("Declared: not recruited by a sponsor.");
	check->demanded = demanded;
	if (!matter->declared) {
		found(list, CREDIT_DECLARATION, !demanded, "Manca la dichiarazione sul reclutamento da parte di sponsor.",
			"The declaration about recruitment by sponsors is missing.");
		mend(check, page_of(matter, "Si compila dalla pagina del percorso.", "Si compila dalla pagina «Aula»."),
			page_of(matter, "It is made on the page of the path.", "It is made on the page \"Classes\"."));
	} else {
		found(list, CREDIT_DECLARATION, sound, it, en);
		g_strlcpy(check->day, declaration->first_day, sizeof(check->day));
	}
	bool here = company || declaration->works_here;
	check = found(list, CREDIT_REGION, here,
		company ? company->name : here ? "Dichiarato: lavora in Toscana." : "Non risulta dove lavori.",
		company ? company->name : here ? "Declared: works in Tuscany." : "Where you work is not on record.");
	check->demanded = demanded && strcmp(matter->event->cod_accr, "000") != 0;
	if (!here) {
		mend(check, "I crediti vanno a chi lavora in Toscana: si dichiara insieme al reclutamento.",
			"Credits go to who works in Tuscany: declare it together with the recruitment.");
	}
	check->fulfilled = here || !check->demanded;
}

/* --- What was done --- */

/* In class: how long somebody was there, and whether the register says so for good. */
static void judge_presence(struct matter *matter, struct eligibility *list)
{
	struct class_seat seat;
	struct class_setting setting;
	struct class_presence presence;
	if (!class_seat_of(matter->db, matter->event->id, matter->person.id, &seat) || seat.state != CLASS_ENROLLED) {
		found(list, CREDIT_PATH, false, "Non risulta iscritto a questo evento.", "Not enrolled in this event.");
		return;
	}
	class_setting_load(matter->db, matter->event->id, &setting);
	class_presence(matter->db, matter->event->id, seat.group, seat.person, store_now(), &presence);
	g_autofree char *it = g_strdup_printf(presence.enough ? "Presenza: %u %% delle ore. Il registro della classe non è ancora chiuso."
							      : "Presenza finora: %u %% delle ore, ne serve il %u %%.",
		presence.percent, setting.presence_percent);
	g_autofree char *en = g_strdup_printf(presence.enough ? "Attendance: %u %% of the hours. The register of the class is not closed yet."
							      : "Attendance so far: %u %% of the hours, %u %% are needed.",
		presence.percent, setting.presence_percent);
	mend(found(list, CREDIT_PATH, false, it, en), "La presenza si registra a ogni incontro; il registro lo chiude chi tiene la classe.",
		"Attendance is recorded at each session; who leads the class closes the register.");
	class_presence_finish(&presence);
}

static void judge_path(struct matter *matter, struct eligibility *list)
{
	struct completion_row row;
	struct credit_check *check = &list->checks[CREDIT_PATH];
	bool in_class = ecm_event_in_class(matter->event);
	if (completion_of(matter->db, matter->person.id, matter->event->id, &row)) {
		g_autofree char *it = g_strdup_printf(in_class ? "Presenza registrata: %d minuti." : "Tutti i moduli, %d minuti di studio effettivo.",
			(int)(row.seconds / 60));
		g_autofree char *en = g_strdup_printf(in_class ? "Attendance on record: %d minutes." : "All modules, %d minutes of effective study.",
			(int)(row.seconds / 60));
		found(list, CREDIT_PATH, true, it, en);
		g_strlcpy(check->day, row.day, sizeof(check->day));
		completion_row_finish(&row);
		return;
	}
	if (in_class) {
		judge_presence(matter, list);
		return;
	}
	int64_t seconds;
	json_t *json = completion_json(matter->db, matter->person.id, &seconds), *missing;
	size_t i;
	g_autoptr(GString) it = g_string_new(NULL);
	g_autoptr(GString) en = g_string_new(NULL);
	json_array_foreach(json_object_get(json, "missing"), i, missing)
	{
		g_string_append_printf(it, i ? " %s" : "%s", json_string_value(json_object_get(missing, "it")));
		g_string_append_printf(en, i ? " %s" : "%s", json_string_value(json_object_get(missing, "en")));
	}
	json_decref(json);
	found(list, CREDIT_PATH, false, it->len ? it->str : "Il percorso non è stato completato in questo evento.",
		en->len ? en->str : "The path was not completed within this event.");
}

static void judge_final(struct matter *matter, struct eligibility *list)
{
	struct final_outcome outcome;
	final_outcome(matter->db, matter->person.id, matter->event, &outcome);
	g_autofree char *it = outcome.passed ? g_strdup_printf("Superata al tentativo %u: %u risposte giuste su %u (ne servivano %u).",
						       outcome.attempts, outcome.score, outcome.questions, outcome.needed)
			      : outcome.attempts ? g_strdup_printf("Non superata: %u risposte giuste su %u, ne servono %u.",
							   outcome.score, outcome.questions, outcome.needed)
						 : g_strdup("La prova finale non è ancora stata svolta.");
	g_autofree char *en = outcome.passed ? g_strdup_printf("Passed at attempt %u: %u right answers of %u (%u were needed).",
						       outcome.attempts, outcome.score, outcome.questions, outcome.needed)
			      : outcome.attempts ? g_strdup_printf("Not passed: %u right answers of %u, %u are needed.",
							   outcome.score, outcome.questions, outcome.needed)
						 : g_strdup("The final test has not been taken yet.");
	struct credit_check *check =
		found(list, CREDIT_FINAL, outcome.passed || !outcome.required, it, en);
	check->demanded = outcome.required;
	if (outcome.passed) {
		ecm_day(outcome.passed_at, check->day);
	} else {
		mend(check, page_of(matter, "Si svolge dalla pagina del percorso, dopo i moduli.", "Si svolge dalla pagina «Aula», quando la presenza basta, nei giorni subito dopo l’ultimo incontro."),
			page_of(matter, "It is taken from the page of the path, after the modules.", "It is taken from the page \"Classes\", once the attendance is enough, in the days right after the last session."));
	}
}

static void judge_quality(struct matter *matter, struct eligibility *list)
{
	struct questionnaire_status status;
	questionnaire_status(matter->db, matter->person.id, matter->event->id, &status);
	struct credit_check *check = found(list, CREDIT_QUALITY, status.handed_in || !status.required,
		status.handed_in ? "Questionario sulla qualità consegnato." : "Il questionario sulla qualità non è ancora stato consegnato.",
		status.handed_in ? "Quality questionnaire handed in." : "The quality questionnaire has not been handed in yet.");
	check->demanded = status.required;
	if (status.handed_in) {
		g_strlcpy(check->day, status.day, sizeof(check->day));
	} else {
		mend(check, "È anonimo e si compila dopo la prova finale.", "It is anonymous, and filled in after the final test.");
	}
}

/* "2026-02-03" as people write it: 3/2/2026. Yours. */
static char *people_day(const char *day)
{
	int year, month, number;
	return sscanf(day, "%d-%d-%d", &year, &month, &number) == 3 ? g_strdup_printf("%d/%d/%d", number, month, year)
								    : g_strdup(day);
}

/* --- When: the last dated condition, or today while one is unmet --- */

static void judge_dates(struct matter *matter, struct eligibility *list)
{
	static const enum credit_condition dated[] = {
		CREDIT_PATH, CREDIT_FINAL, CREDIT_QUALITY, CREDIT_DECLARATION};
	const struct ecm_event *event = matter->event;
	char day[11] = "";
	bool all = list->checks[CREDIT_REGION].fulfilled;
	for (guint i = 0; i < G_N_ELEMENTS(dated); i++) {
		const struct credit_check *check = &list->checks[dated[i]];
		all = all && check->fulfilled;
		if (check->demanded && strcmp(check->day, day) > 0) {
			g_strlcpy(day, check->day, sizeof(day));
		}
	}
	if (!all) {
		ecm_day(store_now(), day);
	}
	struct final_rules rules;
	final_rules_load(matter->db, event, &rules);
	ecm_event_earned(event, rules.days_after, day);
	bool inside = strcmp(day, event->data_ini) >= 0 && strcmp(day, event->data_fine) <= 0;
	g_autofree char *from = people_day(event->data_ini), *to = people_day(event->data_fine), *last = people_day(day);
	g_autofree char *it = g_strdup_printf(all ? "L’evento va dal %s al %s; l’ultima condizione è del %s." : "L’evento va dal %s al %s; oggi è il %s.",
		from, to, last);
	g_autofree char *en = g_strdup_printf(all ? "The event runs from %s to %s; the last condition was met on %s." : "The event runs from %s to %s; today is %s.",
		from, to, last);
	struct credit_check *check = found(list, CREDIT_DATES, inside, it, en);
	if (!inside) {
		mend(check, "Il provider può assegnare un’altra edizione.", "The provider can put you into another edition.");
	}
	g_strlcpy(list->earned, all && inside ? day : "", sizeof(list->earned));
}

void eligibility_of(
	struct db *db, int64_t person, const struct ecm_event *event, struct eligibility *ret)
{
	struct matter matter = {.db = db, .event = event};
	*ret = (struct eligibility){.eligible = true};
	for (int i = 0; i < CREDIT_MAX; i++) {
		ret->checks[i].condition = (enum credit_condition)i;
		ret->checks[i].demanded = true;
	}
	if (!people_by_id(db, person, &matter.person)) {
		ret->eligible = false;
		return;
	}
	faults_init(&matter.faults, 20);
	matter.declared = declaration_of(db, person, event->id, &matter.declaration);
	fill_participant(&matter);
	judge_data(&matter, ret);
	judge_declaration(&matter, ret);
	judge_path(&matter, ret);
	judge_final(&matter, ret);
	judge_quality(&matter, ret);
	judge_dates(&matter, ret);
	faults_finish(&matter.faults);
	for (int i = 0; i < CREDIT_MAX; i++) {
		ret->eligible = ret->eligible && ret->checks[i].fulfilled;
	}
	if (!ret->eligible) {
		ret->earned[0] = '\0';
	}
}

bool eligibility_event_of(struct db *db, int64_t person, int64_t wanted, struct ecm_event *ret)
{
	struct class_seat seat;
	if (wanted == 0) {
		return eligibility_event(db, person, ret);
	}
	return class_seat_of(db, wanted, person, &seat) && seat.state == CLASS_ENROLLED && ecm_event_by_id(db, wanted, ret);
}

bool eligibility_event(struct db *db, int64_t person, struct ecm_event *ret)
{
	struct level_row level;
	struct final_attempt newest = {0};
	char today[11];
	g_autoptr(GArray) completions = completions_of(db, person);
	for (guint i = 0; i < completions->len; i++) {
		const struct completion_row *row = &g_array_index(completions, struct completion_row, i);
		if (row->event && *row->level && ecm_event_by_id(db, row->event, ret)) {
			return true;
		}
	}
	bool bound = final_newest(db, person, 0, &newest) && (!newest.done || newest.passed) &&
		     ecm_event_by_id(db, newest.event, ret);
	final_attempt_finish(&newest);
	ecm_day(store_now(), today);
	return bound || (level_of_person(db, person, &level) && ecm_event_for(db, level.id, today, ret));
}
