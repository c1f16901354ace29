#include "server/classes/place.h"

enum place_fault {
	PLACE_TUTORS,
	PLACE_PEOPLE,
	PLACE_TEACHERS,
	PLACE_CLASS,
	PLACE_SEATS,
	PLACE_ACCREDITED,
	HOURS_RUNNING,
	HOURS_SHORT,
	HOURS_LEAST,
	HOURS_MULTIPLE,
	HOURS_TEACHER,
	HOURS_EXITS,
};

static const struct fault_text texts[] = {
	[PLACE_TUTORS] = {"CLASS_TUTOR_LIMIT", SEVERITY_ERROR, "ECM 3",
		"Nel training individualizzato un tutor segue al massimo 5 persone: con $2 tutor non ce ne possono essere $1.",
		"In individual training one tutor takes 5 people at most: with $2 tutors there cannot be $1.",
		"Aggiungi un tutor al gruppo, o apri un altro gruppo.", "Add a tutor to the group, or open another group."},
	[PLACE_PEOPLE] = {"CLASS_PEOPLE_LIMIT", SEVERITY_ERROR, "ECM 3",
		"Questa tipologia ammette al massimo $2 partecipanti per gruppo, non $1.",
		"This type of training takes $2 participants in a group at most, not $1.", "Apri un altro gruppo.",
		"Open another group."},
	[PLACE_TEACHERS] = {"CLASS_TEACHER_LIMIT", SEVERITY_ERROR, "ECM 3",
		"Nei corsi interattivi serve un docente ogni 25 partecipanti: con $2 docenti non ce ne possono essere $1.",
		"Interactive courses need one teacher for 25 participants: with $2 teachers there cannot be $1.",
		"Aggiungi un docente alla classe, o apri un’altra classe.", "Add a teacher to the class, or open another one."},
	[PLACE_CLASS] = {"CLASS_FULL", SEVERITY_ERROR, "ECM 3", "La classe è di al massimo $2 persone, non $1.",
		"The class is of $2 people at most, not $1.",
		"Apri un’altra classe: i crediti dell’evento contano su questo numero.",
		"Open another class: the event's credits rest on this number."},
	[PLACE_SEATS] = {"CLASS_SEATS", SEVERITY_ERROR, NULL, "La sede ha $2 posti, non $1.",
		"The venue has $2 seats, not $1.", "Scegli una sede più grande, o apri un’altra classe.",
		"Choose a larger venue, or open another class."},
	[PLACE_ACCREDITED] = {"CLASS_EVENT_FULL", SEVERITY_ERROR, "ECM 1.2",
		"L’evento è accreditato per $2 partecipanti, non $1.", "The event is accredited for $2 participants, not $1.",
		"Chiedi all’ente più partecipanti, o crea un’altra edizione.",
		"Ask the body for more participants, or create another edition."},
	[HOURS_RUNNING] = {"CLASS_RUNNING", SEVERITY_ERROR, NULL, "La classe non ha ancora finito i suoi incontri.",
		"The class has not finished its sessions yet.", "Chiudi il registro dopo l’ultimo incontro.",
		"Close the register after the last session."},
	[HOURS_SHORT] = {"CLASS_HOURS_SHORT", SEVERITY_ERROR, "ECM 3",
		"Gli incontri durano $1 ore intere, l’evento ne dichiara $2.",
		"The sessions last $1 whole hours, the event says $2.", "Completa gli incontri, o correggi le ore dell’evento.",
		"Complete the sessions, or mend the event's hours."},
	[HOURS_LEAST] = {"CLASS_HOURS_LEAST", SEVERITY_ERROR, "ECM 3",
		"Questa tipologia dura almeno $2 ore, non $1.", "This type of training lasts at least $2 hours, not $1.",
		"Aggiungi incontri, o correggi la tipologia dell’evento.", "Add sessions, or mend the event's type."},
	[HOURS_MULTIPLE] = {"CLASS_HOURS_MULTIPLE", SEVERITY_ERROR, "ECM 3",
		"Questa tipologia dura un multiplo di $2 ore, non $1.",
		"This type of training lasts a multiple of $2 hours, not $1.", "Correggi gli incontri.", "Mend the sessions."},
	[HOURS_TEACHER] = {"CLASS_NO_TEACHER", SEVERITY_ERROR, "ECM 3", "La classe non ha né docenti né tutor.",
		"The class has neither teacher nor tutor.", "Indica chi ha tenuto gli incontri.",
		"Name who held the sessions."},
	[HOURS_EXITS] = {"CLASS_EXITS_MISSING", SEVERITY_ERROR, "ECM 3",
		"Di $1 persone manca l’uscita: quel tempo non conterebbe.",
		"The exit of $1 people is missing: that time would not count.",
		"Nel registro di ogni incontro scrivi a che ora sono uscite.",
		"In the register of each session write when they left."},
};

static bool fault(struct problem *ret, enum place_fault which, guint one, guint two)
{
	char first[16], second[16];
	g_snprintf(first, sizeof(first), "%u", one);
	g_snprintf(second, sizeof(second), "%u", two);
	fault_set(ret, &texts[which], "people", first, second);
	return false;
}

bool class_place_check(const struct class_shape *shape, struct problem *ret)
{
	const struct class_rules *rules = &shape->rules;
	guint people = shape->people;
	if (shape->event_people > shape->accredited) {
		return fault(ret, PLACE_ACCREDITED, shape->event_people, shape->accredited);
	}
	if (rules->people_per_tutor && people > rules->people_per_tutor * shape->tutors) {
		return fault(ret, PLACE_TUTORS, people, shape->tutors);
	}
	if (rules->people_max && people > rules->people_max) {
		return fault(ret, PLACE_PEOPLE, people, rules->people_max);
	}
	if (shape->form == ECM_FORM_RES && people > shape->class_people) {
		return fault(ret, PLACE_CLASS, people, shape->class_people);
	}
	if (rules->people_per_teacher && people > rules->people_per_teacher * MAX(shape->teachers, 1)) {
		return fault(ret, PLACE_TEACHERS, people, shape->teachers);
	}
	return shape->seats == 0 || people <= shape->seats || fault(ret, PLACE_SEATS, people, shape->seats);
}

bool class_hours_check(const struct class_hours *hours, struct problem *ret)
{
	const struct class_rules *rules = &hours->rules;
	guint whole = (guint)(hours->planned_ms / 3600000);
	if (hours->ends_at == 0 || hours->now < hours->ends_at) {
		return fault(ret, HOURS_RUNNING, 0, 0);
	}
	if (whole < rules->hours_min) {
		return fault(ret, HOURS_LEAST, whole, rules->hours_min);
	}
	if (rules->hours_multiple && whole % rules->hours_multiple) {
		return fault(ret, HOURS_MULTIPLE, whole, rules->hours_multiple);
	}
	if (whole < hours->ore) {
		return fault(ret, HOURS_SHORT, whole, hours->ore);
	}
	if (hours->teachers == 0) {
		return fault(ret, HOURS_TEACHER, 0, 0);
	}
	return hours->exits_missing == 0 || fault(ret, HOURS_EXITS, hours->exits_missing, 0);
}
