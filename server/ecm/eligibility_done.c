/* Conditions of credits that rest on what was done: path or presence, final test, questionnaire. */
#include "server/classes/result.h"
#include "server/ecm/completion.h"
#include "server/ecm/day.h"
#include "server/ecm/eligibility_matter.h"
#include "server/store/class_marks.h"
#include "server/store/final_test.h"
#include "server/store/questionnaire.h"

/* In class: how long somebody was there, and whether the register says so for good. */
static void judge_presence(struct matter *matter, struct eligibility *list)
{
	struct class_seat seat;
	struct class_setting setting;
	struct class_presence presence;
	if (!class_seat_of(matter->db, matter->event->id, matter->person.id, &seat) || seat.state != CLASS_ENROLLED) {
		eligibility_found(list, CREDIT_PATH, false, "Non risulta iscritto a questo evento.", "Not enrolled in this event.");
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
	eligibility_mend(eligibility_found(list, CREDIT_PATH, false, it, en), "La presenza si registra a ogni incontro; il registro lo chiude chi tiene la classe.",
		"Attendance is recorded at each session; who leads the class closes the register.");
	class_presence_finish(&presence);
}

void eligibility_judge_path(struct matter *matter, struct eligibility *list)
{
	struct completion_row row;
	struct credit_check *check = &list->checks[CREDIT_PATH];
	bool in_class = ecm_event_in_class(matter->event);
	if (completion_of(matter->db, matter->person.id, matter->event->id, &row)) {
		g_autofree char *it = g_strdup_printf(in_class ? "Presenza registrata: %d minuti." : "Tutti i moduli, %d minuti di studio effettivo.",
			(int)(row.seconds / 60));
		g_autofree char *en = g_strdup_printf(in_class ? "Attendance on record: %d minutes." : "All modules, %d minutes of effective study.",
			(int)(row.seconds / 60));
		eligibility_found(list, CREDIT_PATH, true, it, en);
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
	eligibility_found(list, CREDIT_PATH, false, it->len ? it->str : "Il percorso non è stato completato in questo evento.",
		en->len ? en->str : "The path was not completed within this event.");
}

/* "esame orale", "questionario, 30 su 36 (la soglia è 27)". Yours. */
static char *in_class_text(const struct final_outcome *outcome, bool italian)
{
	const char *test = italian ? class_test_it(outcome->test) : class_test_en(outcome->test);
	if (outcome->questions == 0) {
		return g_strdup(test);
	}
	return g_strdup_printf(italian ? "%s, %u su %u (%s %u)" : "%s, %u of %u (%s %u)", test, outcome->score, outcome->questions,
		italian ? "la soglia è" : "the threshold is", outcome->needed);
}

/* What became of the test, in one language. Yours. */
static char *outcome_text(const struct final_outcome *outcome, bool italian)
{
	if (!outcome->required) {
		return g_strdup(italian ? "Questo evento non chiede una verifica dell’apprendimento."
					: "This event asks for no test of learning.");
	}
	if (outcome->attempts == 0) {
		return g_strdup(italian ? "La prova finale non è ancora stata svolta." : "The final test has not been taken yet.");
	}
	if (outcome->test != CLASS_TEST_ONLINE) {
		g_autofree char *what = in_class_text(outcome, italian);
		return g_strdup_printf(outcome->passed ? (italian ? "Superata in aula: %s." : "Passed in class: %s.")
						       : (italian ? "Non superata in aula: %s." : "Not passed in class: %s."),
			what);
	}
	if (outcome->passed) {
		return g_strdup_printf(italian ? "Superata al tentativo %u: %u risposte giuste su %u (ne servivano %u)."
					       : "Passed at attempt %u: %u right answers of %u (%u were needed).",
			outcome->attempts, outcome->score, outcome->questions, outcome->needed);
	}
	return g_strdup_printf(italian ? "Non superata: %u risposte giuste su %u, ne servono %u."
				       : "Not passed: %u right answers of %u, %u are needed.",
		outcome->score, outcome->questions, outcome->needed);
}

/* Who takes the test where, while it is not passed. */
static void mend_final(const struct matter *matter, struct credit_check *check)
{
	struct class_setting setting = {0};
	if (ecm_event_in_class(matter->event)) {
		class_setting_load(matter->db, matter->event->id, &setting);
	}
	if (setting.test != CLASS_TEST_ONLINE) {
		eligibility_mend(check, "Si svolge in aula; l’esito lo inserisce chi tiene la classe o il provider.",
			"It is taken in class; who leads the class or the provider enters the result.");
	} else {
		eligibility_mend(check, eligibility_page(matter, "Si svolge dalla pagina del percorso, dopo i moduli.", "Si svolge dalla pagina «Aula», quando la presenza basta, nei giorni subito dopo l’ultimo incontro."),
			eligibility_page(matter, "It is taken from the page of the path, after the modules.", "It is taken from the page \"Classes\", once the attendance is enough, in the days right after the last session."));
	}
}

void eligibility_judge_final(struct matter *matter, struct eligibility *list)
{
	struct final_outcome outcome;
	final_outcome(matter->db, matter->person.id, matter->event, &outcome);
	g_autofree char *it = outcome_text(&outcome, true), *en = outcome_text(&outcome, false);
	struct credit_check *check =
		eligibility_found(list, CREDIT_FINAL, outcome.passed || !outcome.required, it, en);
	check->demanded = outcome.required;
	if (outcome.passed) {
		ecm_day(outcome.passed_at, check->day);
	} else if (outcome.required) {
		mend_final(matter, check);
	}
}

void eligibility_judge_quality(struct matter *matter, struct eligibility *list)
{
	struct questionnaire_status status;
	questionnaire_status(matter->db, matter->person.id, matter->event->id, &status);
	struct credit_check *check = eligibility_found(list, CREDIT_QUALITY, status.handed_in || !status.required,
		status.handed_in ? "Questionario sulla qualità consegnato." : "Il questionario sulla qualità non è ancora stato consegnato.",
		status.handed_in ? "Quality questionnaire handed in." : "The quality questionnaire has not been handed in yet.");
	check->demanded = status.required;
	if (status.handed_in) {
		g_strlcpy(check->day, status.day, sizeof(check->day));
	} else {
		eligibility_mend(check, "È anonimo e si compila dopo la prova finale.", "It is anonymous, and filled in after the final test.");
	}
}
