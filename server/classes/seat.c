#include "server/classes/seat.h"

#include "server/classes/view.h"
#include "server/store/audit.h"
#include "server/store/people.h"
#include "server/store/staff.h"

enum seat_fault {
	SEAT_NOBODY,
	SEAT_TEACHER,
	SEAT_ELSEWHERE,
	SEAT_CLOSED,
	SEAT_NONE,
	SEAT_SIGNED,
};

static const struct fault_text texts[] = {
	[SEAT_NOBODY] = {"CLASS_NOT_OPERATOR", SEVERITY_ERROR, NULL, "$1 non è un operatore attivo: non si può iscrivere.",
		"$1 is no active operator and cannot be enrolled.", "Chi gestisce le utenze può dare il ruolo.",
		"Who manages the accounts can give the role."},
	[SEAT_TEACHER] = {"CLASS_PERSON_TEACHES", SEVERITY_ERROR, "ECM 1.3",
		"$1 insegna in «$2»: nel rapporto dell’evento ha un solo ruolo.",
		"$1 teaches in \"$2\": the event's report knows one role each.", "Togli prima il ruolo di docente o tutor.",
		"Remove the role of teacher or tutor first."},
	[SEAT_ELSEWHERE] = {"CLASS_ELSEWHERE", SEVERITY_ERROR, NULL, "$1 ha già un posto in «$2».",
		"$1 has a place in \"$2\" already.", "Ritira prima quell’iscrizione.", "Withdraw that place first."},
	[SEAT_CLOSED] = {"CLASS_CLOSED", SEVERITY_ERROR, NULL, "Il registro di «$2» è chiuso.",
		"The register of \"$2\" is closed.", "Il provider può riaprirlo, dicendo perché.",
		"The provider can open it again, saying why."},
	[SEAT_NONE] = {"CLASS_NO_PLACE", SEVERITY_ERROR, NULL, "$1 non ha un posto in questo evento.",
		"$1 has no place in this event.", NULL, NULL},
	[SEAT_SIGNED] = {"CLASS_SIGNED", SEVERITY_ERROR, NULL, "$1 ha già firmato in questa classe.",
		"$1 has signed in this class already.", "Chi tiene il registro può annullare le firme, dicendo perché.",
		"Who keeps the register can void the signatures, saying why."},
};

static bool fault(struct problem *ret, enum seat_fault which, const struct person *person, const char *group)
{
	g_autofree char *name = g_strdup_printf("%s %s", person->given_name, person->family_name);
	fault_set(ret, &texts[which], "person", name, group);
	return false;
}

static bool takes_place(enum class_state state)
{
	return state == CLASS_INVITED || state == CLASS_ENROLLED;
}

/* The group of the event in which somebody teaches, or the event's own list of who teaches; false: neither. */
static bool teaches_in(struct db *db, const struct ecm_event *event, int64_t person, struct class_group *ret)
{
	struct staff_member member;
	g_autoptr(GArray) taught = class_groups_taught(db, person);
	for (guint i = 0; i < taught->len; i++) {
		*ret = g_array_index(taught, struct class_group, i);
		if (ret->event == event->id) {
			return true;
		}
	}
	bool listed = staff_one(db, event->id, person, &member);
	if (listed) {
		PROBLEM_COPY(ret->name, event->title);
	}
	return listed;
}

bool class_seat_give(struct db *db, int64_t group_id, int64_t person_id, enum class_state state, const char *why, int64_t by,
	struct problem *ret)
{
	struct class_group group, other;
	struct person person = {0};
	struct ecm_event event;
	struct class_seat seat;
	struct class_shape shape;
	bool known = people_by_id(db, person_id, &person);
	if (!class_group_by_id(db, group_id, &group) || !ecm_event_by_id(db, group.event, &event) || !known ||
		!person.active || !(person.roles & ROLE_OPERATOR)) {
		return fault(ret, SEAT_NOBODY, &person, "");
	}
	if (group.closed) {
		return fault(ret, SEAT_CLOSED, &person, group.name);
	}
	if (teaches_in(db, &event, person_id, &other)) {
		return fault(ret, SEAT_TEACHER, &person, other.name);
	}
	bool has = class_seat_of(db, event.id, person_id, &seat) && takes_place(seat.state);
	if (has && seat.group != group_id && class_group_by_id(db, seat.group, &other)) {
		return fault(ret, SEAT_ELSEWHERE, &person, other.name);
	}
	class_shape_of(db, &event, &group, has ? 0 : 1, &shape);
	if (!has && !class_place_check(&shape, ret)) {
		return false;
	}
	if (!has || seat.state != state) {
		class_seat_set(db, event.id, person_id, group_id, state, why, by);
		g_autofree char *detail = g_strdup_printf("%s, %s: %s", event.cod_evento, group.name, class_state_name(state));
		audit_about(db, by, "class.place", "person", person_id, detail);
	}
	return true;
}

static bool has_signed(struct db *db, const struct class_seat *seat)
{
	g_autoptr(GArray) sessions = class_sessions(db, seat->group);
	for (guint i = 0; i < sessions->len; i++) {
		struct class_mark mark;
		if (class_mark_newest(db, g_array_index(sessions, struct class_session, i).id, seat->person, &mark)) {
			return true;
		}
	}
	return false;
}

bool class_seat_leave(struct db *db, int64_t event, int64_t person_id, enum class_state state, const char *why, int64_t by,
	struct problem *ret)
{
	struct class_seat seat;
	struct class_group group;
	struct person person = {0};
	people_by_id(db, person_id, &person);
	if (!class_seat_of(db, event, person_id, &seat) || !takes_place(seat.state) ||
		!class_group_by_id(db, seat.group, &group)) {
		return fault(ret, SEAT_NONE, &person, "");
	}
	if (group.closed) {
		return fault(ret, SEAT_CLOSED, &person, group.name);
	}
	if (has_signed(db, &seat)) {
		return fault(ret, SEAT_SIGNED, &person, group.name);
	}
	class_seat_set(db, event, person_id, seat.group, state, why, by);
	g_autofree char *detail = g_strdup_printf("%s: %s, %s", group.name, class_state_name(state), why);
	audit_about(db, by, "class.place", "person", person_id, detail);
	return true;
}
