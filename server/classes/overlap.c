#include "server/classes/overlap.h"

#include "server/classes/presence.h"
#include "server/ecm/day.h"
#include "server/problem.h"
#include "server/store/ecm.h"
#include "server/store/people.h"

#define TITLE_CHARACTERS 40

static char *name_of(struct db *db, int64_t id)
{
	struct person person;
	return people_by_id(db, id, &person) ? g_strdup_printf("%s %s", person.given_name, person.family_name) : g_strdup("—");
}

/* "«Classe A» (Il FSE in ambulatorio, 03/02/2026 09:00–13:00)". Yours. */
static char *describe(struct db *db, const struct class_session *session)
{
	struct ecm_event event = {0};
	char begins[6], ends[6];
	ecm_event_by_id(db, session->event, &event);
	ecm_clock(session->begins_at, begins);
	ecm_clock(session->ends_at, ends);
	bool cut = g_utf8_strlen(event.title, -1) > TITLE_CHARACTERS;
	g_autofree char *title = cut ? g_utf8_substring(event.title, 0, TITLE_CHARACTERS) : g_strdup(event.title);
	return g_strdup_printf("«%s» (%s%s, %.2s/%.2s/%.4s %s–%s)", session->group_name, title, cut ? "…" : "", session->day + 8,
		session->day + 5, session->day, begins, ends);
}

/* --- Places --- */

static const struct fault_text place = {"CLASS_OVERLAP", SEVERITY_WARNING, NULL,
	"$1 ha già un impegno in aula mentre questa classe si incontra: $2.",
	"$1 is expected in another class while this one meets: $2.",
	"Scegli un’altra classe, o cambia l’orario: nelle stesse ore la presenza conta in un posto solo.",
	"Choose another class, or change the time: presence counts in one place at a time."};

void overlap_places(struct db *db, int64_t person, int64_t group, struct faults *faults)
{
	g_autofree char *name = NULL;
	g_autoptr(GArray) sessions = class_sessions_meanwhile(db, person, group, OVERLAPS_TOLD);
	for (guint i = 0; i < sessions->len; i++) {
		g_autofree char *where = describe(db, &g_array_index(sessions, struct class_session, i));
		name = name ? name : name_of(db, person);
		faults_add(faults, &place, "person", name, where);
	}
}

/* --- Presence --- */

static void tell(struct db *db, int64_t person, const struct class_session *a, const struct class_session *b, int64_t from,
	int64_t to, struct problem *ret)
{
	char begins[6], ends[6];
	ecm_clock(from, begins);
	ecm_clock(to, ends);
	bool moment = to - from < 60000; /* an entry whose exit is yet to come */
	g_autofree char *name = name_of(db, person), *one = describe(db, a), *two = describe(db, b);
	g_autofree char *when_it = moment ? g_strdup_printf("alle %s", begins) : g_strdup_printf("dalle %s alle %s", begins, ends);
	g_autofree char *when_en = moment ? g_strdup_printf("at %s", begins) : g_strdup_printf("from %s to %s", begins, ends);
	g_autofree char *it = g_strdup_printf("%s risulterebbe in due posti, %s: %s e %s.", name, when_it, one, two);
	g_autofree char *en = g_strdup_printf("%s would be in two places, %s: %s and %s.", name, when_en, one, two);
	problem_set(ret,
		&(struct problem_text){"CLASS_TWO_PLACES", it, en,
			"Registra l’uscita dall’altro incontro, o annulla la firma sbagliata dicendo perché.",
			"Record the exit from the other session, or void the wrong signature saying why."},
		"person");
}

static int by_time(const void *a, const void *b, void *data)
{
	const struct presence_mark *one = a, *two = b;
	return one->at < two->at ? -1 : one->at > two->at;
}

/* The stays of a person in a session, with further marks. `ret_count` of them; yours. */
static struct presence_stay *stays_of(struct db *db, const struct class_session *session, int64_t person,
	const struct class_mark *more, guint more_count, guint *ret_count)
{
	g_autoptr(GArray) marks = class_marks(db, session->id, person);
	g_autofree struct presence_mark *valid = g_new0(struct presence_mark, marks->len + more_count + 1);
	guint count = 0;
	for (guint i = 0; i < marks->len; i++) {
		const struct class_mark *mark = &g_array_index(marks, struct class_mark, i);
		if (mark->void_at == 0) {
			valid[count++] = (struct presence_mark){mark->in, mark->at};
		}
	}
	for (guint i = 0; i < more_count; i++) {
		valid[count++] = (struct presence_mark){more[i].in, more[i].at};
	}
	g_qsort_with_data(valid, (int)count, sizeof(*valid), by_time, NULL); /* stable */
	struct presence_stay *stays = g_new0(struct presence_stay, count + 1);
	*ret_count = presence_stays(valid, count, session->begins_at, session->ends_at, stays);
	return stays;
}

bool overlap_allows(struct db *db, const struct class_session *session, int64_t person, const struct class_mark *marks,
	guint count, struct problem *ret)
{
	int64_t from, to;
	guint here_count;
	g_autofree struct presence_stay *here = stays_of(db, session, person, marks, count, &here_count);
	for (guint i = 0; i < here_count; i++) {
		here[i].to = here[i].open ? here[i].from + 1 : here[i].to; /* when it ends is yet to be said: only its beginning is known */
	}
	g_autoptr(GArray) others = class_sessions_signed(db, person, session);
	for (guint i = 0; i < others->len; i++) {
		const struct class_session *other = &g_array_index(others, struct class_session, i);
		guint there_count;
		g_autofree struct presence_stay *there = stays_of(db, other, person, NULL, 0, &there_count);
		if (presence_overlap(here, here_count, there, there_count, &from, &to)) {
			tell(db, person, session, other, from, to, ret);
			return false;
		}
	}
	return true;
}

/* Stays that count: those with an end. */
static guint only_ended(struct presence_stay *stays, guint count)
{
	return count > 0 && stays[count - 1].open ? count - 1 : count;
}

GArray *overlaps_recorded(struct db *db, int64_t event, int64_t group)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct overlap_found));
	g_autoptr(GArray) pairs = class_signed_twice(db, event, group);
	for (guint i = 0; i < pairs->len; i++) {
		const struct class_signed_twice *pair = &g_array_index(pairs, struct class_signed_twice, i);
		struct class_session a, b;
		guint a_count, b_count;
		int64_t from, to;
		if (!class_session_by_id(db, pair->session, &a) || !class_session_by_id(db, pair->other, &b)) {
			continue;
		}
		g_autofree struct presence_stay *one = stays_of(db, &a, pair->person, NULL, 0, &a_count);
		g_autofree struct presence_stay *two = stays_of(db, &b, pair->person, NULL, 0, &b_count);
		if (presence_overlap(one, only_ended(one, a_count), two, only_ended(two, b_count), &from, &to)) {
			struct overlap_found found = {.person = pair->person};
			tell(db, pair->person, &a, &b, from, to, &found.problem);
			g_array_append_val(list, found);
		}
	}
	return list;
}
