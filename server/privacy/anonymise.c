#include "server/privacy/anonymise.h"

#include <string.h>

#include "server/ecm/day.h"
#include "server/problem.h"
#include "server/store/audit.h"
#include "server/store/people.h"
#include "server/store/personal.h"

static const struct problem_text nobody = {"NOT_FOUND", "Questa persona non c'è.", "There is no such person.", NULL, NULL};
static const struct problem_text done = {"ALREADY_ANONYMOUS", "Questa persona è già anonima.",
	"This person is anonymous already.", NULL, NULL};
static const struct problem_text staff = {"PERSON_IS_STAFF", "Questa persona ha altri ruoli oltre a quello di operatore.",
	"This person has other roles than an operator's.", "Toglierle prima gli altri ruoli.", "Take the other roles away first."};

static enum anonymise_answer refuse(
	struct problem *ret, const struct problem_text *text, enum anonymise_answer answer)
{
	problem_set(ret, text, "person");
	return answer;
}

static void later(char latest[11], const char *day, int months)
{
	char until[11];
	day_after_months(day, months, until);
	if (strcmp(until, latest) > 0) {
		g_strlcpy(latest, until, 11);
	}
}

/* The first day when no law asks for the evidence any more; today when none ever did. */
static void first_day(const struct personal_duty *duty, const struct retention_rules *rules, const char *deadline,
	const char *today, char ret[11])
{
	g_strlcpy(ret, today, 11);
	if (*duty->event_end) {
		later(ret, duty->event_end, rules->months[RULE_EVIDENCE]);
	}
	if (*duty->completed) {
		bool late = strcmp(deadline, duty->completed) < 0;
		later(ret, late ? duty->completed : deadline, rules->months[RULE_PROGRAMME]);
	}
}

static void italian(const char *day, char ret[11])
{
	g_snprintf(ret, 11, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
}

static enum anonymise_answer kept(struct problem *ret, const struct personal_duty *duty, const char *from)
{
	char day[11];
	italian(from, day);
	if (*duty->unreported) {
		g_autofree char *it = g_strdup_printf(
			"I crediti di questa persona per «%s» non sono ancora stati comunicati.", duty->unreported);
		g_autofree char *en = g_strdup_printf("This person's credits for “%s” have not been reported yet.", duty->unreported);
		g_autofree char *mend_it = g_strdup_printf("Prima si esporta il rapporto dell'evento; poi le prove si conservano, e "
							   "l'operazione è possibile dal %s.", day);
		g_autofree char *mend_en = g_strdup_printf(
			"First export the event's report; then the evidence is kept, and this is possible from %s.", from);
		return refuse(ret, &(struct problem_text){"CREDITS_UNREPORTED", it, en, mend_it, mend_en}, ANONYMISE_UNREPORTED);
	}
	g_autofree char *it = g_strdup_printf("Le prove della formazione di questa persona vanno conservate fino al %s.", day);
	g_autofree char *en = g_strdup_printf("The evidence of this person's training has to be kept until %s.", from);
	g_autofree char *mend_it = g_strdup_printf("L'operazione è possibile dal %s; fino ad allora si può togliere l'accesso.", day);
	g_autofree char *mend_en = g_strdup_printf("This is possible from %s; until then access can be taken away.", from);
	return refuse(ret, &(struct problem_text){"RETENTION_RUNS", it, en, mend_it, mend_en}, ANONYMISE_KEPT);
}

enum anonymise_answer anonymise_may(struct db *db, const struct retention_rules *rules, const char *deadline,
	int64_t person, char ret_from[11], struct problem *ret_problem)
{
	struct personal_duty duty;
	struct person who;
	char today[11];
	ret_from[0] = '\0';
	if (!personal_duty(db, person, &duty) || !people_by_id(db, person, &who)) {
		return refuse(ret_problem, &nobody, ANONYMISE_NOBODY);
	}
	if (duty.anonymised) {
		return refuse(ret_problem, &done, ANONYMISE_DONE);
	}
	ecm_day(store_now(), today);
	first_day(&duty, rules, deadline, today, ret_from);
	if (strcmp(ret_from, today) > 0) {
		return kept(ret_problem, &duty, ret_from);
	}
	if ((who.roles & ~(unsigned)ROLE_OPERATOR) != 0) {
		return refuse(ret_problem, &staff, ANONYMISE_STAFF);
	}
	return ANONYMISE_POSSIBLE;
}

enum anonymise_answer anonymise(struct db *db, const struct retention_rules *rules, const char *deadline, int64_t person,
	int64_t by, const char *why, struct problem *ret_problem)
{
	char from[11];
	enum anonymise_answer answer = anonymise_may(db, rules, deadline, person, from, ret_problem);
	if (answer == ANONYMISE_POSSIBLE) {
		personal_forget(db, person);
		audit_forget_person(db, by, person, "person.anonymise", why);
	}
	return answer;
}
