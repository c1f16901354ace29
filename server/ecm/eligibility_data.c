/* Conditions of credits that rest on the person: what the record says, and what was declared. */
#include <string.h>

#include "server/ecm/eligibility_matter.h"
#include "server/problem.h"

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

void eligibility_judge_data(struct matter *matter, struct eligibility *list)
{
	static const char *const identity[] = {"cod_fisc", "nome", "cognome", "lib_dip", NULL};
	static const char *const work[] = {"cod_prof", "disciplina", NULL};
	fill_participant(matter);
	unsigned unmet = participant_unmet(&matter->participant, matter->event, &matter->faults);
	const struct profession *profession = profession_find(matter->person.profession);
	g_autofree char *who = g_strdup_printf(
		"%s %s, %s", matter->person.given_name, matter->person.family_name, matter->person.codice_fiscale);
	struct credit_check *check =
		eligibility_found(list, CREDIT_IDENTITY, !(unmet & 1u << CREDIT_IDENTITY), who, who);
	if (!check->fulfilled) {
		tell_faults(matter, identity, check);
		eligibility_mend(check, "Chiedi a chi gestisce le anagrafiche di correggere i dati.",
			"Ask who manages the records to mend the data.");
	}
	g_autofree char *accredited = accredited_names(&matter->participant, matter->event);
	check = eligibility_found(list, CREDIT_PROFESSION, !(unmet & 1u << CREDIT_PROFESSION),
		accredited ? accredited : profession ? profession->name : "La professione non dà crediti ECM.",
		accredited ? accredited : profession ? profession->name : "The profession earns no ECM credits.");
	if (!check->fulfilled) {
		tell_faults(matter, work, check);
		eligibility_mend(check, profession ? "Controlla professione e disciplina nella scheda." : "Alla fine avrai l’attestato di partecipazione.",
			profession ? "Check profession and discipline in the record." : "In the end you will have a certificate of participation.");
	}
	list->checks[CREDIT_DECLARATION].fulfilled = !(unmet & 1u << CREDIT_DECLARATION);
}

void eligibility_judge_declaration(struct matter *matter, struct eligibility *list)
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
		eligibility_found(list, CREDIT_DECLARATION, !demanded, "Manca la dichiarazione sul reclutamento da parte di sponsor.",
			"The declaration about recruitment by sponsors is missing.");
		eligibility_mend(check, eligibility_page(matter, "Si compila dalla pagina del percorso.", "Si compila dalla pagina «Aula»."),
			eligibility_page(matter, "It is made on the page of the path.", "It is made on the page \"Classes\"."));
	} else {
		eligibility_found(list, CREDIT_DECLARATION, sound, it, en);
		g_strlcpy(check->day, declaration->first_day, sizeof(check->day));
	}
	bool here = company || declaration->works_here;
	check = eligibility_found(list, CREDIT_REGION, here,
		company ? company->name : here ? "Dichiarato: lavora in Toscana." : "Non risulta dove lavori.",
		company ? company->name : here ? "Declared: works in Tuscany." : "Where you work is not on record.");
	check->demanded = demanded && strcmp(matter->event->cod_accr, "000") != 0;
	if (!here) {
		eligibility_mend(check, "I crediti vanno a chi lavora in Toscana: si dichiara insieme al reclutamento.",
			"Credits go to who works in Tuscany: declare it together with the recruitment.");
	}
	check->fulfilled = here || !check->demanded;
}
