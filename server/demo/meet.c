#include "server/demo/meet.h"

#include <string.h>

#include "server/classes/register.h"
#include "server/classes/result.h"
#include "server/classes/seat.h"
#include "server/demo/invent.h"
#include "server/ecm/day.h"
#include "server/store/credit_terms.h"
#include "server/store/ecm.h"
#include "server/store/final_test.h"
#include "server/store/people.h"
#include "server/store/placement.h"

#define DAY INT64_C(86400000)
#define TRAINERS 8u /* of the class that is over */

struct meeting {
	const GArray *people;
	int64_t now;
	struct problem *problem;
};

static int64_t person_of(struct db *db, const char *login)
{
	struct person person;
	return people_by_login(db, login, &person) ? person.id : 0;
}

/* People of this fate who only learn, in the order they were invented: up to `most`. Group NULL: of any. */
static guint some(struct db *db, const struct meeting *meeting, enum fate fate, const char *group, guint most, int64_t *ret)
{
	guint count = 0;
	for (guint i = 0; i < meeting->people->len && count < most; i++) {
		const struct invented *invented = &g_array_index(meeting->people, struct invented, i);
		struct person person;
		if (!invented->is_log_in && invented->fate == fate && (!group || strcmp(invented->group, group) == 0) &&
			people_by_codice_fiscale(db, invented->codice_fiscale, &person)) {
			ret[count++] = person.id;
		}
	}
	return count;
}

static void day_of(const struct meeting *meeting, int days, char ret[11])
{
	ecm_day(meeting->now + days * DAY, ret);
}

static int64_t make_event(struct db *db, const struct meeting *meeting, struct ecm_event event, const char *project)
{
	struct credit_terms terms = {0};
	event.cod_edi = 1;
	g_strlcpy(event.cod_org, "999", sizeof(event.cod_org));
	g_strlcpy(event.cod_accr, "090", sizeof(event.cod_accr));
	day_of(meeting, -130, event.data_ini); /* before that of the path: lists of events begin with it */
	day_of(meeting, 60, event.data_fine);
	event.tipo_eve = 'P';
	event.cod_obi = 17;
	ecm_event_save(db, &event, 0);
	g_strlcpy(terms.rule_set, rules_in_force(event.data_ini), sizeof(terms.rule_set));
	credit_terms_save(db, event.id, &terms, 0);
	struct class_setting setting = {.class_people = 25, .presence_percent = 90};
	g_strlcpy(setting.project, project, sizeof(setting.project));
	class_setting_save(db, event.id, &setting, 0);
	return event.id;
}

static int64_t make_group(struct db *db, int64_t event, const char *name, int64_t teacher, char role)
{
	struct class_group group = {.event = event};
	g_strlcpy(group.name, name, sizeof(group.name));
	class_group_save(db, &group, 0);
	class_staff_set(db, group.id, teacher, role);
	return group.id;
}

static int64_t make_session(struct db *db, int64_t group, const char *day, const char *begins, const char *ends, int64_t venue,
	int64_t teacher)
{
	struct class_session session = {.group = group, .venue = venue, .teacher = teacher};
	g_strlcpy(session.day, day, sizeof(session.day));
	ecm_moment(day, begins, &session.begins_at);
	ecm_moment(day, ends, &session.ends_at);
	class_session_save(db, &session, 0);
	return session.id;
}

/* A session that is on when the demonstration is looked at, on one day whatever the hour. */
static void make_today(struct db *db, const struct meeting *meeting, int64_t group, int hours, int64_t venue, int64_t teacher)
{
	char day[11], clock[6], begins[6];
	ecm_day(meeting->now, day);
	ecm_clock(meeting->now, clock);
	g_snprintf(begins, sizeof(begins), "%.2s:00", clock);
	int hour = (int)g_ascii_strtoll(begins, NULL, 10);
	g_autofree char *ends = hour + hours < 24 ? g_strdup_printf("%02d:00", hour + hours) : g_strdup("23:59");
	make_session(db, group, day, begins, ends, venue, teacher);
}

/* Came at the beginning and left at the end, as signed by themselves. */
static void attend(struct db *db, int64_t session_id, int64_t person)
{
	struct class_session session;
	class_session_by_id(db, session_id, &session);
	for (int out = 0; out < 2; out++) {
		struct class_mark mark = {.session = session_id, .person = person, .in = !out,
			.at = out ? session.ends_at : session.begins_at, .how = "code", .recorded_by = person};
		class_mark_add(db, &mark);
	}
}

/* --- The trainers: chosen, invited, one class over, the next one meets today --- */

static void ask_for_test(struct db *db, int64_t event_id)
{
	struct ecm_event event;
	struct final_rules rules;
	g_autoptr(GArray) banks = banks_all(db);
	ecm_event_by_id(db, event_id, &event);
	final_rules_load(db, &event, &rules);
	for (guint i = 0; i < banks->len; i++) {
		const struct bank_row *bank = &g_array_index(banks, struct bank_row, i);
		rules.bank = bank->active ? rules.bank : bank->id;
	}
	rules.questions_per_credit = MIN(rules.questions_per_credit, 3);
	final_rules_save(db, event_id, &rules, 0);
}

/* Who was there to the end took the test on paper; one of them fell short of the threshold. */
static bool examine(struct db *db, struct meeting *meeting, int64_t event, int64_t group, const char *day,
	const int64_t *people, guint count, int64_t by)
{
	struct class_setting setting;
	class_setting_load(db, event, &setting);
	setting.test = CLASS_TEST_QUESTIONNAIRE;
	class_setting_save(db, event, &setting, 0);
	for (guint i = 0; i < count; i++) {
		struct result_entry entry = {.group = group, .person = people[i], .by = by, .test = CLASS_TEST_QUESTIONNAIRE,
			.score = i == 2 ? 21 : 32 - (int64_t)i, .maximum = 32, .how = "manual", .note = ""};
		g_strlcpy(entry.day, day, sizeof(entry.day));
		if (!result_enter(db, &entry, meeting->problem)) {
			return false;
		}
	}
	return true;
}

static bool train_trainers(struct db *db, struct meeting *meeting, int64_t venue)
{
	int64_t trainers[TRAINERS + 6], provider = person_of(db, "provider");
	char day[11];
	struct ecm_event event = {.title = "Formatori del FSE 2.0: corso residenziale (evento dimostrativo)", .cod_evento = "DEMO-RES",
		.credits_tenths = 104, .ore = 8, .tipo_form = ECM_FORM_RES, .cod_tipologia_form = 1, .num_part = 115};
	int64_t id = make_event(db, meeting, event, "formatori");
	guint count = some(db, meeting, FATE_DONE, NULL, G_N_ELEMENTS(trainers), trainers);
	if (count < G_N_ELEMENTS(trainers)) {
		return true;
	}
	int64_t teacher = trainers[count - 1];
	ask_for_test(db, id);
	for (guint i = 0; i < count - 1; i++) {
		bool chosen = i < TRAINERS || i == TRAINERS + 1;
		class_choice_add(db, id, trainers[i], chosen ? "chosen" : i == TRAINERS ? "declined" : "shortlisted",
			chosen ? "Buon esito e disponibilità" : i == TRAINERS ? "Impegni nel periodo del corso" : "", provider);
	}
	int64_t over = make_group(db, id, "Classe A", teacher, 'D'), next = make_group(db, id, "Classe B", teacher, 'D');
	day_of(meeting, -7, day);
	int64_t sessions[] = {make_session(db, over, day, "09:00", "13:00", venue, teacher),
		make_session(db, over, day, "14:00", "18:00", venue, teacher)};
	for (guint i = 0; i < TRAINERS; i++) {
		if (!class_seat_give(db, over, trainers[i], CLASS_ENROLLED, "", provider, meeting->problem)) {
			return false;
		}
		attend(db, sessions[0], trainers[i]);
		if (i != TRAINERS - 1) { /* one had to leave at noon */
			attend(db, sessions[1], trainers[i]);
		}
	}
	if (!examine(db, meeting, id, over, day, trainers, TRAINERS - 1, teacher)) {
		return false;
	}
	make_today(db, meeting, next, 4, venue, teacher);
	day_of(meeting, 1, day);
	make_session(db, next, day, "14:00", "18:00", venue, teacher);
	return class_seat_give(db, next, person_of(db, "operatore"), CLASS_ENROLLED, "", provider, meeting->problem) &&
	       register_close(db, over, "", teacher, meeting->problem);
}

/* --- Coaching in the field: groups of five with a tutor --- */

static bool coach(struct db *db, struct meeting *meeting, int64_t venue)
{
	int64_t people[5], provider = person_of(db, "provider"), tutor = person_of(db, "operatrice");
	char day[11];
	struct ecm_event event = {.title = "Affiancamento all’uso del FSE 2.0: formazione sul campo (evento dimostrativo)",
		.cod_evento = "DEMO-FSC", .credits_tenths = 75, .ore = 5, .tipo_form = ECM_FORM_FSC, .cod_tipologia_form = 6,
		.num_part = 3800};
	int64_t id = make_event(db, meeting, event, "affiancamento");
	struct final_rules rules;
	ecm_event_by_id(db, id, &event);
	final_rules_load(db, &event, &rules);
	rules.required = false; /* the tutor's report stands for it */
	final_rules_save(db, id, &rules, 0);
	int64_t over = make_group(db, id, "Ambulatorio di via Verdi", tutor, 'T'),
		next = make_group(db, id, "Casa della comunità", tutor, 'T');
	day_of(meeting, -3, day);
	int64_t session = make_session(db, over, day, "14:00", "19:00", 0, tutor);
	guint count = some(db, meeting, FATE_DONE, "mmg_pls", 4, people);
	for (guint i = 0; i < count; i++) {
		if (!class_seat_give(db, over, people[i], CLASS_ENROLLED, "", provider, meeting->problem)) {
			return false;
		}
		attend(db, session, people[i]);
	}
	make_today(db, meeting, next, 5, venue, tutor);
	return class_seat_give(db, next, person_of(db, "operatore"), CLASS_INVITED, "", provider, meeting->problem) &&
	       register_close(db, over, "Esercitazioni su alimentazione e consultazione del Fascicolo nell’ambulatorio.", tutor,
		       meeting->problem);
}

static bool meet(struct db *db, void *data)
{
	struct meeting *meeting = data;
	struct venue venue = {.name = "Aula magna dimostrativa", .address = "Largo Brambilla 3", .town = "Firenze", .seats = 60};
	venue_save(db, &venue, 0);
	return (train_trainers(db, meeting, venue.id) && coach(db, meeting, venue.id)) || db_refuse(db, meeting->problem);
}

bool demo_meet(struct app *app, const GArray *people, struct problem *ret)
{
	struct meeting meeting = {people, store_now(), ret};
	return store_write(app->store, meet, &meeting, ret);
}
