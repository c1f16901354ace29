#include "server/classes/register.h"

#include "server/classes/limits.h"
#include "server/classes/overlap.h"
#include "server/classes/view.h"
#include "server/ecm/day.h"
#include "server/problem.h"
#include "server/store/audit.h"
#include "server/store/certificates.h"
#include "server/store/people.h"

enum register_fault {
	REGISTER_NOT_ENROLLED,
	REGISTER_NOT_NOW,
	REGISTER_CLOSED,
	REGISTER_OUTSIDE,
	REGISTER_FUTURE,
	REGISTER_REPORT,
	REGISTER_OPEN,
};

static const struct fault_text texts[] = {
	[REGISTER_NOT_ENROLLED] = {"CLASS_NOT_ENROLLED", SEVERITY_ERROR, NULL, "$1 non è fra gli iscritti di «$2».",
		"$1 is not enrolled in \"$2\".", "Il provider può iscrivere la persona.", "The provider can enrol the person."},
	[REGISTER_NOT_NOW] = {"CLASS_NOT_NOW", SEVERITY_ERROR, NULL,
		"Si firma da un’ora prima a un’ora dopo l’incontro, che è il $1 alle $2.",
		"Signing is possible from an hour before to an hour after the session, which is on $1 at $2.",
		"Chi tiene il registro può scrivere entrata e uscita a mano.",
		"Who keeps the register can write entry and exit by hand."},
	[REGISTER_CLOSED] = {"CLASS_CLOSED", SEVERITY_ERROR, NULL, "Il registro di «$2» è chiuso.",
		"The register of \"$2\" is closed.", "Il provider può riaprirlo, dicendo perché.",
		"The provider can open it again, saying why."},
	[REGISTER_OUTSIDE] = {"CLASS_MARK_OUTSIDE", SEVERITY_ERROR, NULL,
		"L’orario è lontano dall’incontro, che è il $1 alle $2.", "The time is far from the session, which is on $1 at $2.",
		"Scrivi un orario fra un’ora prima e un’ora dopo l’incontro.",
		"Write a time from an hour before to an hour after the session."},
	[REGISTER_FUTURE] = {"CLASS_MARK_FUTURE", SEVERITY_ERROR, NULL, "L’orario deve ancora venire.",
		"The time has yet to come.", "Scrivilo quando la persona è entrata o uscita.",
		"Write it when the person has come or gone."},
	[REGISTER_REPORT] = {"CLASS_REPORT", SEVERITY_ERROR, "ECM 3",
		"La formazione sul campo si chiude con una relazione su ciò che è stato fatto.",
		"Field training is closed with a report on what was done.", "Scrivi la relazione.", "Write the report."},
	[REGISTER_OPEN] = {"CLASS_OPEN", SEVERITY_ERROR, NULL, "Il registro di «$2» è già aperto.",
		"The register of \"$2\" is open already.", NULL, NULL},
};

static bool fault(struct problem *ret, enum register_fault which, const char *one, const char *two)
{
	fault_set(ret, &texts[which], "person", one, two);
	return false;
}

static bool fault_when(struct problem *ret, enum register_fault which, const struct class_session *session)
{
	char begins[6];
	ecm_clock(session->begins_at, begins);
	g_autofree char *day = g_strdup_printf("%.2s/%.2s/%.4s", session->day + 8, session->day + 5, session->day);
	return fault(ret, which, day, begins);
}

static bool near(const struct class_session *session, int64_t at)
{
	return at >= session->begins_at - CLASS_SIGN_BEFORE_MS && at <= session->ends_at + CLASS_SIGN_AFTER_MS;
}

/* The session with an open register in which this person sits. */
static bool may_sign(struct db *db, int64_t session, int64_t person, struct class_session *ret_session, struct problem *ret)
{
	struct class_seat seat;
	struct class_group group;
	struct person who = {0};
	if (!class_session_by_id(db, session, ret_session) || !class_group_by_id(db, ret_session->group, &group)) {
		return false;
	}
	if (group.closed) {
		return fault(ret, REGISTER_CLOSED, "", group.name);
	}
	if (!class_seat_of(db, group.event, person, &seat) || seat.group != group.id || seat.state != CLASS_ENROLLED) {
		bool known = people_by_id(db, person, &who);
		g_autofree char *name = known ? g_strdup_printf("%s %s", who.given_name, who.family_name) : g_strdup("—");
		return fault(ret, REGISTER_NOT_ENROLLED, name, group.name);
	}
	return true;
}

static void audit_mark(struct db *db, const struct class_mark *mark)
{
	char at[32];
	store_time_text(mark->at, at);
	g_autofree char *detail = g_strdup_printf("session %" G_GINT64_FORMAT ", %s at %s, %s%s%s", mark->session,
		mark->in ? "in" : "out", at, mark->how, *mark->why ? ": " : "", mark->why);
	audit_about(db, mark->recorded_by, "class.mark", "person", mark->person, detail);
}

bool register_scan(struct db *db, int64_t session_id, int64_t person, const char *how, int64_t by,
	struct class_mark *ret_mark, bool *ret_again, struct problem *ret)
{
	struct class_session session;
	struct class_mark newest;
	int64_t now = store_now();
	if (!may_sign(db, session_id, person, &session, ret)) {
		return false;
	}
	if (!near(&session, now)) {
		return fault_when(ret, REGISTER_NOT_NOW, &session);
	}
	bool before = class_mark_newest(db, session_id, person, &newest);
	*ret_again = before && now - newest.at < CLASS_AGAIN_MS;
	if (*ret_again) {
		*ret_mark = newest;
		return true;
	}
	*ret_mark = (struct class_mark){.session = session_id, .person = person, .in = !before || !newest.in, .at = now,
		.recorded_by = by};
	g_strlcpy(ret_mark->how, how, sizeof(ret_mark->how));
	if (!overlap_allows(db, &session, person, ret_mark, 1, ret)) {
		return false;
	}
	class_mark_add(db, ret_mark);
	audit_mark(db, ret_mark);
	return true;
}

/* May there be such marks, at times of the session's day? */
static bool may_mark(struct db *db, const struct class_mark *marks, guint count, struct problem *ret)
{
	struct class_session session;
	if (!may_sign(db, marks->session, marks->person, &session, ret)) {
		return false;
	}
	for (guint i = 0; i < count; i++) {
		if (!near(&session, marks[i].at)) {
			return fault_when(ret, REGISTER_OUTSIDE, &session);
		}
		if (marks[i].at > store_now()) {
			return fault(ret, REGISTER_FUTURE, "", "");
		}
	}
	return overlap_allows(db, &session, marks->person, marks, count, ret);
}

bool register_enter(struct db *db, struct class_mark *marks, guint count, struct problem *ret)
{
	if (!may_mark(db, marks, count, ret)) {
		return false;
	}
	for (guint i = 0; i < count; i++) {
		if (class_mark_add(db, &marks[i])) {
			audit_mark(db, &marks[i]);
		}
	}
	return true;
}

bool register_exits(struct db *db, const struct class_session *session, int64_t by, const char *why, struct problem *ret)
{
	g_autoptr(GArray) seats = class_seats(db, session->group);
	for (guint i = 0; i < seats->len; i++) {
		const struct class_seat *seat = &g_array_index(seats, struct class_seat, i);
		struct class_mark newest;
		if (!class_mark_newest(db, session->id, seat->person, &newest) || !newest.in) {
			continue;
		}
		struct class_mark mark = {.session = session->id, .person = seat->person,
			.at = MAX(session->ends_at, newest.at), .how = "manual", .recorded_by = by};
		g_strlcpy(mark.why, why, sizeof(mark.why));
		if (!overlap_allows(db, session, seat->person, &mark, 1, ret)) {
			return false;
		}
		class_mark_add(db, &mark);
		audit_mark(db, &mark);
	}
	return true;
}

bool register_void(struct db *db, const struct class_mark *mark, const char *why, int64_t by, struct problem *ret)
{
	struct class_session session;
	class_session_by_id(db, mark->session, &session);
	bool sound = overlap_allows(db, &session, mark->person, NULL, 0, ret);
	if (!class_mark_void(db, mark->id, why, by)) {
		return true;
	}
	g_autofree char *detail = g_strdup_printf("mark %" G_GINT64_FORMAT ": %s", mark->id, why);
	audit_about(db, by, "class.mark.void", "person", mark->person, detail);
	return !sound || overlap_allows(db, &session, mark->person, NULL, 0, ret); /* what is wrong already can be mended step by step */
}

/* --- Closing --- */

static char *evidence_of(const struct class_group *group, const struct class_presence *presence)
{
	json_t *json = class_presence_json(presence);
	json_object_set_new(json, "group", json_string(group->name));
	char *text = json_dumps(json, JSON_COMPACT);
	char *copy = g_strdup(text);
	free(text);
	json_decref(json);
	return copy;
}

/* The moment the last session attended ended, which the day of the credits comes from. */
static int64_t attended_until(const struct class_presence *presence)
{
	int64_t until = 0;
	for (guint i = 0; i < presence->sessions->len; i++) {
		const struct class_attended *attended = &g_array_index(presence->sessions, struct class_attended, i);
		until = attended->ms > 0 ? MAX(until, attended->session.ends_at) : until;
	}
	return until;
}

static void complete(struct db *db, const struct class_group *group, int64_t person, const struct class_presence *presence)
{
	struct completion_row row = {.person = person, .event = group->event, .completed_at = attended_until(presence),
		.seconds = presence->present_ms / 1000, .evidence = evidence_of(group, presence)};
	g_strlcpy(row.day, presence->last_day, sizeof(row.day));
	completion_insert(db, &row);
	audit_about(db, 0, "class.complete", "person", person, row.evidence);
	completion_row_finish(&row);
}

/* Who has a certificate that attendance no longer bears out. */
static void revoke_certificates(struct db *db, int64_t event, int64_t person)
{
	for (int kind = 0; kind < CERTIFICATE_KINDS; kind++) {
		struct certificate certificate;
		if (certificate_valid(db, person, event, (enum certificate_kind)kind, &certificate)) {
			certificate_revoke(db, certificate.id, "presenza corretta nel registro");
			audit_about(db, 0, "certificate.revoke", "certificate", certificate.id, certificate.code);
			certificate_finish(&certificate);
		}
	}
}

static guint exits_missing(struct db *db, const struct class_group *group, const GArray *seats, int64_t now)
{
	guint count = 0;
	for (guint i = 0; i < seats->len; i++) {
		struct class_presence presence;
		class_presence(db, group->event, group->id, g_array_index(seats, struct class_seat, i).person, now, &presence);
		count += presence.lacks_exit;
		class_presence_finish(&presence);
	}
	return count;
}

static bool one_place_each(struct db *db, const struct class_group *group, struct problem *ret)
{
	g_autoptr(GArray) found = overlaps_recorded(db, group->event, group->id);
	if (found->len > 0) {
		*ret = g_array_index(found, struct overlap_found, 0).problem;
	}
	return found->len == 0;
}

static bool may_close(struct db *db, const struct class_group *group, const struct ecm_event *event, const GArray *seats,
	const char *report, struct problem *ret)
{
	struct class_shape shape;
	int64_t now = store_now();
	class_shape_of(db, event, group, 0, &shape);
	const struct class_hours hours = {.rules = shape.rules, .ore = event->ore, .planned_ms = group->planned_ms,
		.teachers = group->staff, .ends_at = group->ends_at, .now = now,
		.exits_missing = exits_missing(db, group, seats, now)};
	if (group->closed) {
		return fault(ret, REGISTER_CLOSED, "", group->name);
	}
	if (event->tipo_form == ECM_FORM_FSC && !*report) {
		return fault(ret, REGISTER_REPORT, "", "");
	}
	return class_hours_check(&hours, ret) && class_place_check(&shape, ret) && one_place_each(db, group, ret);
}

bool register_close(struct db *db, int64_t id, const char *report, int64_t by, struct problem *ret)
{
	struct class_group group;
	struct ecm_event event;
	if (!class_group_by_id(db, id, &group) || !ecm_event_by_id(db, group.event, &event)) {
		return false;
	}
	guint completed = 0;
	g_autoptr(GArray) seats = class_seats(db, id);
	if (!may_close(db, &group, &event, seats, report, ret)) {
		return false;
	}
	for (guint i = 0; i < seats->len; i++) {
		const struct class_seat *seat = &g_array_index(seats, struct class_seat, i);
		struct class_presence presence;
		class_presence(db, event.id, id, seat->person, store_now(), &presence);
		if (seat->state == CLASS_ENROLLED && presence.enough) {
			complete(db, &group, seat->person, &presence);
			completed++;
		} else {
			revoke_certificates(db, event.id, seat->person);
		}
		class_presence_finish(&presence);
	}
	class_group_close(db, id, report, by);
	g_autofree char *detail = g_strdup_printf("%s: %u of %u people", group.name, completed, seats->len);
	audit_about(db, by, "class.close", "class", id, detail);
	return true;
}

bool register_reopen(struct db *db, int64_t id, const char *why, int64_t by, struct problem *ret)
{
	struct class_group group;
	if (!class_group_by_id(db, id, &group)) {
		return false;
	}
	if (!class_group_reopen(db, id)) {
		return fault(ret, REGISTER_OPEN, "", group.name);
	}
	class_completions_remove(db, group.event, id);
	audit_about(db, by, "class.reopen", "class", id, why);
	return true;
}
