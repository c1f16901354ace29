#include "server/ecm/participant.h"

#include <string.h>

#include "server/ecm/codice_fiscale.h"
#include "server/ecm/participant_fault.h"

void participant_add_discipline(struct participant *participant, guint profession, guint discipline)
{
	guint at = 0;
	while (at < participant->profession_count && participant->professions[at].code != profession) {
		at++;
	}
	if (at == PARTICIPANT_PROFESSIONS_MAX) {
		return;
	}
	struct participant_profession *found = &participant->professions[at];
	if (at == participant->profession_count) {
		participant->profession_count++;
		found->code = profession;
	}
	if (discipline && found->discipline_count < PARTICIPANT_DISCIPLINES_MAX) {
		found->disciplines[found->discipline_count++] = discipline;
	}
}

static void check_name(const struct participant *participant, const char *name, const char *field,
	char ret[REPORT_NAME_MAX + 1], struct faults *faults)
{
	char character[8];
	switch (report_name(name, ret, character)) {
	case REPORT_NAME_GOOD:
		return;
	case REPORT_NAME_EMPTY:
		participant_fault_add(faults, participant, PERSON_NAME_EMPTY, field, field, NULL);
		return;
	case REPORT_NAME_CHARACTER:
		participant_fault_add(faults, participant, PERSON_NAME_CHARACTER, field, field, character);
		return;
	case REPORT_NAME_LONG:
		participant_fault_add(faults, participant, PERSON_NAME_LONG, field, field, NULL);
		return;
	}
}

static void check_sponsor(
	const struct participant *participant, char ret[REPORT_NAME_MAX + 1], struct faults *faults)
{
	const char *sponsor = participant->sponsor;
	if (participant->recruited && !*sponsor) {
		participant_fault_add(faults, participant, PERSON_SPONSOR_MISSING, "sponsor", NULL, NULL);
	} else if (!participant->recruited && *sponsor) {
		participant_fault_add(faults, participant, PERSON_SPONSOR_WITHOUT, "sponsor", NULL, NULL);
	} else if (!ecm_sponsor_good(sponsor)) {
		participant_fault_add(faults, participant, PERSON_SPONSOR_SHAPE, "sponsor", sponsor, NULL);
	} else {
		g_strlcpy(ret, sponsor, REPORT_NAME_MAX + 1);
	}
}

static void check_credits(
	const struct participant *participant, const struct ecm_event *event, struct faults *faults)
{
	if (participant->role == 'P' ? participant->credits_tenths != event->credits_tenths
				     : !participant->credits_tenths || participant->credits_tenths > ECM_CREDITS_TENTHS_MAX) {
		char have[8], want[8];
		ecm_credits_text(participant->credits_tenths, have);
		ecm_credits_text(event->credits_tenths, want);
		participant_fault_add(faults, participant, PERSON_CREDITS, "cred_acq", have, want);
	}
}

/* Dates in this form sort like text. */
static bool earned_inside(
	const struct participant *participant, const struct ecm_event *event, struct faults *faults)
{
	if (ecm_date_valid(participant->earned) && strcmp(participant->earned, event->data_ini) >= 0 &&
		strcmp(participant->earned, event->data_fine) <= 0) {
		return true;
	}
	g_autofree char *dates = g_strdup_printf("%s - %s", event->data_ini, event->data_fine);
	participant_fault_add(faults, participant, participant->role == 'P' ? PERSON_DATE_OUTSIDE : PERSON_STAFF_DATE, "data_acq",
		participant->earned, dates);
	return false;
}

/* The one discipline of a profession that has no other; 0 when there is a choice. */
static guint only_discipline(guint profession)
{
	size_t count;
	const struct discipline *rows = discipline_table(&count);
	guint found = 0;
	for (size_t i = 0; i < count; i++) {
		if (rows[i].profession == profession && !rows[i].withdrawn) {
			if (found) {
				return 0;
			}
			found = rows[i].code;
		}
	}
	return found;
}

static void check_discipline(const struct participant *participant,
	const struct participant_profession *profession, guint index, struct faults *faults)
{
	guint discipline = profession->disciplines[index];
	char one[16], two[16];
	g_snprintf(one, sizeof(one), "%u", discipline);
	g_snprintf(two, sizeof(two), "%u", profession->code);
	for (guint i = 0; i < index; i++) {
		if (profession->disciplines[i] == discipline) {
			participant_fault_add(faults, participant, PERSON_TWICE, "disciplina", one, NULL);
		}
	}
	if (!discipline_find(profession->code, discipline)) {
		participant_fault_add(faults, participant, PERSON_DISCIPLINE, "disciplina", one, two);
	}
}

/* Drops what the event is not accredited for; false when nothing is left. */
static bool keep_accredited(
	struct participant *participant, const struct ecm_event *event, struct faults *faults)
{
	g_autoptr(GString) told = g_string_new(NULL);
	guint professions = 0;
	for (guint p = 0; p < participant->profession_count; p++) {
		struct participant_profession kept = {.code = participant->professions[p].code};
		for (guint i = 0; i < participant->professions[p].discipline_count; i++) {
			guint discipline = participant->professions[p].disciplines[i];
			g_string_append_printf(told, told->len ? " %u.%u" : "%u.%u", kept.code, discipline);
			if (ecm_event_accredits(event, kept.code, discipline)) {
				kept.disciplines[kept.discipline_count++] = discipline;
			}
		}
		if (kept.discipline_count) {
			participant->professions[professions++] = kept;
		}
	}
	participant->profession_count = professions;
	if (professions == 0) {
		participant_fault_add(faults, participant, PERSON_NOT_ACCREDITED, "cod_prof", told->str, NULL);
	}
	return professions > 0;
}

static void check_professions(struct participant *participant, struct faults *faults)
{
	for (guint p = 0; p < participant->profession_count; p++) {
		struct participant_profession *profession = &participant->professions[p];
		const struct profession *known = profession_find(profession->code);
		char code[16];
		g_snprintf(code, sizeof(code), "%u", profession->code);
		if (!known) {
			participant_fault_add(faults, participant, PERSON_PROFESSION, "cod_prof", code, NULL);
			continue;
		}
		for (guint i = 0; i < p; i++) {
			if (participant->professions[i].code == profession->code) {
				participant_fault_add(faults, participant, PERSON_TWICE, "cod_prof", code, NULL);
			}
		}
		guint only = only_discipline(profession->code);
		if (profession->discipline_count == 0 && only) {
			profession->disciplines[profession->discipline_count++] = only;
		}
		if (profession->discipline_count == 0) {
			participant_fault_add(faults, participant, PERSON_DISCIPLINE_MISSING, "disciplina", code,
				known->name);
		}
		for (guint i = 0; i < profession->discipline_count; i++) {
			check_discipline(participant, profession, i, faults);
		}
	}
}

static void check_identity(
	const struct participant *participant, struct report_row *ret, struct faults *faults)
{
	struct problem problem;
	ret->lib_dip = participant->contract;
	if (!codice_fiscale_check(participant->codice_fiscale, ret->cod_fisc, &problem)) {
		g_autofree char *where = participant_where(participant, "cod_fisc");
		faults_add_problem(faults, &problem, where);
	}
	check_name(participant, participant->family_name, "cognome", ret->cognome, faults);
	check_name(participant, participant->given_name, "nome", ret->nome, faults);
	if (!participant->contract || !strchr("LDCP", participant->contract)) {
		participant_fault_add(faults, participant, PERSON_CONTRACT, "lib_dip", NULL, NULL);
	}
}

enum participant_verdict participant_check(struct participant *participant, const struct ecm_event *event,
	struct report_row *ret, struct faults *faults)
{
	g_assert(participant->profession_count > 0);
	*ret = (struct report_row){0};
	if (participant->waiting) {
		return PARTICIPANT_WAITING;
	}
	guint before = faults->errors;
	check_identity(participant, ret, faults);
	check_sponsor(participant, ret->sponsor, faults);
	check_credits(participant, event, faults);
	check_professions(participant, faults);
	if (faults->errors != before) {
		return PARTICIPANT_FAULTY;
	}
	if (participant->role != 'P') { /* accreditation by profession concerns learners [ECM 1.7] */
		return earned_inside(participant, event, faults) ? PARTICIPANT_GOOD : PARTICIPANT_FAULTY;
	}
	return earned_inside(participant, event, faults) && keep_accredited(participant, event, faults)
		       ? PARTICIPANT_GOOD
		       : PARTICIPANT_EXCLUDED;
}

unsigned participant_unmet(
	const struct participant *participant, const struct ecm_event *event, struct faults *faults)
{
	struct participant copy = *participant; /* professions are dropped from it */
	struct report_row row = {0};
	unsigned unmet = 0;
	guint before = faults->errors;
	check_identity(&copy, &row, faults);
	unmet |= faults->errors > before ? 1u << CREDIT_IDENTITY : 0;
	before = faults->errors;
	check_sponsor(&copy, row.sponsor, faults);
	unmet |= faults->errors > before ? 1u << CREDIT_DECLARATION : 0;
	before = faults->errors;
	check_professions(&copy, faults);
	bool accredited = copy.profession_count > 0 && faults->errors == before &&
			  keep_accredited(&copy, event, faults);
	unmet |= accredited ? 0 : 1u << CREDIT_PROFESSION;
	unmet |= earned_inside(&copy, event, faults) ? 0 : 1u << CREDIT_DATES;
	return unmet;
}

void participant_duplicate(const struct participant *participant, struct faults *faults)
{
	participant_fault_add(faults, participant, PERSON_DUPLICATE, "cod_fisc", participant->codice_fiscale, NULL);
}
