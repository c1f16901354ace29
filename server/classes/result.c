#include "server/classes/result.h"

#include <string.h>

#include "server/ecm/day.h"
#include "server/problem.h"
#include "server/store/audit.h"
#include "server/store/certificates.h"
#include "server/store/ecm.h"
#include "server/store/people.h"

#define POINTS_MAX 1000

enum result_fault {
	RESULT_NOT_ENROLLED,
	RESULT_NOT_DEMANDED,
	RESULT_CLOSED,
	RESULT_DAY,
	RESULT_FUTURE,
	RESULT_OUTSIDE,
	RESULT_POINTS,
	RESULT_EMPTY,
	RESULT_CONTRADICTS,
	RESULT_WANTS_POINTS,
	RESULT_FEW,
	RESULT_PASSED,
	RESULT_ATTEMPTS,
	RESULT_VOIDED,
};

static const struct fault_text texts[] = {
	[RESULT_NOT_ENROLLED] = {"CLASS_NOT_ENROLLED", SEVERITY_ERROR, NULL, "$1 non è fra gli iscritti di «$2».",
		"$1 is not enrolled in \"$2\".", "Il provider può iscrivere la persona.", "The provider can enrol the person."},
	[RESULT_NOT_DEMANDED] = {"CLASS_TEST_NONE", SEVERITY_ERROR, NULL,
		"Questo evento non chiede una verifica dell’apprendimento: non ci sono esiti da inserire.",
		"This event asks for no test of learning: there are no results to enter.",
		"Se serve, il provider la richiede fra le regole della prova finale.",
		"If one is needed, the provider asks for it in the rules of the final test."},
	[RESULT_CLOSED] = {"CLASS_CLOSED", SEVERITY_ERROR, NULL,
		"Il registro di «$2» è chiuso: ora gli esiti li inserisce e corregge il provider.",
		"The register of \"$2\" is closed: from now on the provider enters and corrects results.",
		"Chiedi al provider.", "Ask the provider."},
	[RESULT_DAY] = {"CLASS_RESULT_DAY", SEVERITY_ERROR, NULL, "«$1» non è una data.", "\"$1\" is no date.",
		"Scrivi la data come anno-mese-giorno, per esempio 2026-03-31.", "Write it as year-month-day, such as 2026-03-31."},
	[RESULT_FUTURE] = {"CLASS_RESULT_FUTURE", SEVERITY_ERROR, NULL, "Il giorno della verifica deve ancora venire.",
		"The day of the test has yet to come.", "Inserisci l’esito dopo la verifica.", "Enter the result after the test."},
	[RESULT_OUTSIDE] = {"CLASS_RESULT_OUTSIDE", SEVERITY_ERROR, "ECM 3",
		"La verifica si svolge fra il primo incontro e il termine dopo l’ultimo: dal $1 al $2.",
		"The test is taken between the first session and the term after the last one: from $1 to $2.",
		"Correggi la data, o il giorno dell’incontro.", "Mend the date, or the day of the session."},
	[RESULT_POINTS] = {"CLASS_RESULT_POINTS", SEVERITY_ERROR, NULL,
		"I punti sono un numero intero da 0 al massimo, e il massimo va da 1 a 1000.",
		"Points are a whole number from 0 to the maximum, which is 1 to 1000.", "Correggi punti e massimo.",
		"Mend points and maximum."},
	[RESULT_EMPTY] = {"CLASS_RESULT_EMPTY", SEVERITY_ERROR, NULL, "Manca l’esito.", "The result is missing.",
		"Scrivi i punti e il massimo, o se la verifica è superata.", "Write points and maximum, or whether it was passed."},
	[RESULT_CONTRADICTS] = {"CLASS_RESULT_CONTRADICTS", SEVERITY_ERROR, "ECM 3",
		"L’esito non torna: con $1 la soglia dell’evento ($2 %) dice il contrario.",
		"The outcome does not fit: with $1 the event's threshold ($2 %) says the opposite.",
		"Correggi i punti, o lascia che l’esito lo dica la soglia.", "Mend the points, or let the threshold say the outcome."},
	[RESULT_WANTS_POINTS] = {"CLASS_RESULT_WANTS_POINTS", SEVERITY_ERROR, "ECM 3",
		"Di un questionario servono le risposte giuste e il numero di domande: la soglia è il $1 % delle risposte.",
		"A questionnaire needs the right answers and the number of questions: the threshold is $1 % of the answers.",
		"Scrivi punti e massimo.", "Write points and maximum."},
	[RESULT_FEW] = {"CLASS_RESULT_QUESTIONS", SEVERITY_ERROR, "ECM 3",
		"Il questionario ha $1 domande: per i crediti dell’evento ne servono almeno $2.",
		"The questionnaire has $1 questions: the event's credits ask for $2 at least.",
		"Correggi il numero di domande; le regole sono nella prova finale dell’evento.",
		"Mend the number of questions; the rules are in the event's final test."},
	[RESULT_PASSED] = {"CLASS_RESULT_PASSED", SEVERITY_ERROR, NULL, "$1 ha già superato la verifica.",
		"$1 has passed the test already.", "Se l’esito è sbagliato, correggilo dicendo perché.",
		"If that result is wrong, correct it and say why."},
	[RESULT_ATTEMPTS] = {"CLASS_RESULT_ATTEMPTS", SEVERITY_ERROR, "ECM 3",
		"$1 ha già usato i tentativi di questo evento ($2).", "$1 has used the attempts of this event ($2) already.",
		"Se l’esito è sbagliato, correggilo; il numero di tentativi è fra le regole della prova finale.",
		"If that result is wrong, correct it; the number of attempts is in the rules of the final test."},
	[RESULT_VOIDED] = {"CLASS_RESULT_VOIDED", SEVERITY_ERROR, NULL, "Questo esito è già stato annullato.",
		"This result was voided already.", "Ricarica la pagina.", "Load the page again."},
};

static const char *const names[CLASS_TESTS][2] = {
	[CLASS_TEST_ONLINE] = {"prova finale sulla piattaforma", "final test on the platform"},
	[CLASS_TEST_QUESTIONNAIRE] = {"questionario", "questionnaire"},
	[CLASS_TEST_WRITTEN] = {"prova scritta", "written test"},
	[CLASS_TEST_ORAL] = {"esame orale", "oral exam"},
	[CLASS_TEST_PRACTICAL] = {"esame pratico", "practical exam"},
	[CLASS_TEST_REPORT] = {"relazione", "report"},
};

const char *class_test_it(enum class_test test)
{
	return names[test][0];
}

const char *class_test_en(enum class_test test)
{
	return names[test][1];
}

static bool fault(struct problem *ret, enum result_fault which, const char *where, const char *one, const char *two)
{
	fault_set(ret, &texts[which], where, one, two);
	return false;
}

static bool fault_numbers(struct problem *ret, enum result_fault which, const char *where, int64_t one, int64_t two)
{
	g_autofree char *first = g_strdup_printf("%" G_GINT64_FORMAT, one);
	g_autofree char *second = g_strdup_printf("%" G_GINT64_FORMAT, two);
	return fault(ret, which, where, first, second);
}

/* What is looked at, once for all checks. */
struct matter {
	struct class_group group;
	struct ecm_event event;
	struct final_rules rules;
	char name[2 * CLASS_NAME_BYTES];
};

/* The event of an entry's group, in which the person sits and whose test may be entered. */
static bool may_enter(struct db *db, const struct result_entry *entry, struct matter *ret, struct problem *problem)
{
	struct class_seat seat;
	struct person person = {0};
	if (!class_group_by_id(db, entry->group, &ret->group) || !ecm_event_by_id(db, ret->group.event, &ret->event)) {
		return false;
	}
	bool known = people_by_id(db, entry->person, &person);
	g_snprintf(ret->name, sizeof(ret->name), "%s %s", known ? person.given_name : "—", person.family_name);
	final_rules_load(db, &ret->event, &ret->rules);
	if (!class_seat_of(db, ret->event.id, entry->person, &seat) || seat.group != entry->group ||
		seat.state != CLASS_ENROLLED) {
		return fault(problem, RESULT_NOT_ENROLLED, "person", ret->name, ret->group.name);
	}
	if (!ret->rules.required) {
		return fault(problem, RESULT_NOT_DEMANDED, "event", NULL, NULL);
	}
	return entry->provider || !ret->group.closed || fault(problem, RESULT_CLOSED, "group", "", ret->group.name);
}

/* Between the group's first session and so many days after its last; without sessions, the event's days. */
static bool day_good(const struct matter *matter, const char *day, struct problem *ret)
{
	char today[11], last[11];
	int64_t noon;
	const char *first = *matter->group.first_day ? matter->group.first_day : matter->event.data_ini;
	ecm_day_add(*matter->group.last_day ? matter->group.last_day : matter->event.data_fine, (int)matter->rules.days_after, last);
	ecm_day(store_now(), today);
	if (!ecm_date_valid(day) || !ecm_moment(day, "12:00", &noon)) {
		return fault(ret, RESULT_DAY, "day", day, NULL);
	}
	if (strcmp(day, today) > 0) {
		return fault(ret, RESULT_FUTURE, "day", NULL, NULL);
	}
	return (strcmp(day, first) >= 0 && strcmp(day, last) <= 0) || fault(ret, RESULT_OUTSIDE, "day", first, last);
}

/* What the threshold makes of the points, or what was said where there are none. */
static bool judge(const struct matter *matter, const struct result_entry *entry, struct class_result *ret, struct problem *problem)
{
	bool points = entry->score >= 0 || entry->maximum >= 0;
	if (points && (entry->score < 0 || entry->maximum < 1 || entry->maximum > POINTS_MAX || entry->score > entry->maximum)) {
		return fault(problem, RESULT_POINTS, "score", NULL, NULL);
	}
	if (!points && entry->test == CLASS_TEST_QUESTIONNAIRE) {
		return fault_numbers(problem, RESULT_WANTS_POINTS, "score", matter->rules.share_percent, 0);
	}
	if (!points) {
		ret->passed = entry->said == RESULT_SAID_PASSED;
		return entry->said != RESULT_NOT_SAID || fault(problem, RESULT_EMPTY, "score", NULL, NULL);
	}
	guint questions = final_questions(&matter->rules, matter->event.credits_tenths);
	if (entry->test == CLASS_TEST_QUESTIONNAIRE && entry->maximum < questions) {
		return fault_numbers(problem, RESULT_FEW, "maximum", entry->maximum, questions);
	}
	ret->score = (guint)entry->score;
	ret->maximum = (guint)entry->maximum;
	ret->needed = final_needed(&matter->rules, ret->maximum);
	ret->passed = ret->score >= ret->needed;
	if (entry->said != RESULT_NOT_SAID && ret->passed != (entry->said == RESULT_SAID_PASSED)) {
		g_autofree char *have = g_strdup_printf("%u/%u", ret->score, ret->maximum);
		g_autofree char *share = g_strdup_printf("%u", matter->rules.share_percent);
		return fault(problem, RESULT_CONTRADICTS, "passed", have, share);
	}
	return true;
}

/* Nobody takes a test again that they passed, or more often than the event allows. */
static bool may_take(struct db *db, const struct matter *matter, int64_t person, struct problem *ret)
{
	struct final_outcome outcome;
	final_outcome(db, person, &matter->event, &outcome);
	if (outcome.passed) {
		return fault(ret, RESULT_PASSED, "person", matter->name, NULL);
	}
	if (outcome.attempts_max > 0 && outcome.attempts >= outcome.attempts_max) {
		g_autofree char *most = g_strdup_printf("%u", outcome.attempts_max);
		return fault(ret, RESULT_ATTEMPTS, "person", matter->name, most);
	}
	return true;
}

static void audit_result(struct db *db, const struct class_result *result, const char *act, int64_t by, const char *why)
{
	g_autofree char *detail = g_strdup_printf("event %" G_GINT64_FORMAT ", result %" G_GINT64_FORMAT
						  ": %s on %s, %u/%u, %s, %s%s%s",
		result->event, result->id, class_test_name(result->test), result->day, result->score, result->maximum,
		result->passed ? "passed" : "failed", result->how, *why ? ": " : "", why);
	audit_about(db, by, act, "person", result->person, detail);
}

bool result_enter(struct db *db, const struct result_entry *entry, struct problem *ret)
{
	struct matter matter;
	struct class_result result = {.person = entry->person, .test = entry->test, .recorded_by = entry->by};
	if (!may_enter(db, entry, &matter, ret) || !day_good(&matter, entry->day, ret) || !judge(&matter, entry, &result, ret)) {
		return false;
	}
	result.event = matter.event.id;
	g_strlcpy(result.day, entry->day, sizeof(result.day));
	g_strlcpy(result.how, entry->how, sizeof(result.how));
	PROBLEM_COPY(result.note, entry->note);
	if (class_result_known(db, &result)) {
		return true;
	}
	if (!may_take(db, &matter, entry->person, ret)) {
		return false;
	}
	class_result_add(db, &result);
	audit_result(db, &result, "class.result", entry->by, entry->note);
	return true;
}

/* Credits rest on the test: who no longer passes it keeps no certificate of them. */
static void revoke_credits(struct db *db, const struct ecm_event *event, int64_t person)
{
	struct final_outcome outcome;
	struct certificate certificate;
	final_outcome(db, person, event, &outcome);
	if (!outcome.passed && certificate_valid(db, person, event->id, CERTIFICATE_ECM, &certificate)) {
		certificate_revoke(db, certificate.id, "esito della verifica corretto");
		audit_about(db, 0, "certificate.revoke", "certificate", certificate.id, certificate.code);
		certificate_finish(&certificate);
	}
}

bool result_correct(struct db *db, const struct result_entry *who, int64_t id, const char *why,
	const struct result_entry *instead, struct problem *ret)
{
	struct matter matter;
	struct class_result result;
	if (!may_enter(db, who, &matter, ret)) {
		return false;
	}
	if (!class_result_by_id(db, id, &result) || !class_result_void(db, id, why, who->by)) {
		return fault(ret, RESULT_VOIDED, "result", NULL, NULL);
	}
	audit_result(db, &result, "class.result.void", who->by, why);
	if (instead && !result_enter(db, instead, ret)) {
		return false;
	}
	revoke_credits(db, &matter.event, result.person);
	return true;
}
