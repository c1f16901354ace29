#include "server/ecm/level_move.h"

#include "server/ecm/completion.h"
#include "server/ecm/day.h"
#include "server/store/attempts.h"
#include "server/store/audit.h"

static const char *const reasons[] = {
	[EVENT_TIE_LEVEL] = "level",
	[EVENT_TIE_COMPLETED] = "completed",
	[EVENT_TIE_FINAL] = "final",
};

void level_move_look(struct db *db, int64_t person, const char *level, struct level_move *ret)
{
	char today[11];
	struct level_row now;
	struct ecm_event own;
	*ret = (struct level_move){0};
	ecm_day(store_now(), today);
	bool placed = level_of_person(db, person, &now);
	ret->has_from = placed && ecm_event_of_person(db, person, now.id, today, &ret->from) != EVENT_TIE_NONE;
	ret->tie = ecm_event_of_person(db, person, level, today, &ret->to);
	ret->has_to = ret->tie != EVENT_TIE_NONE;
	ret->kept = ret->tie != EVENT_TIE_LEVEL && ecm_event_for(db, level, today, &own) && own.id != ret->to.id;
}

static json_t *event_json(bool has, const struct ecm_event *event)
{
	char credits[8];
	ecm_credits_text(event->credits_tenths, credits);
	return has ? json_pack("{s:I, s:s, s:s, s:i, s:i, s:s}", "id", (json_int_t)event->id, "title", event->title,
			     "cod_evento", event->cod_evento, "cod_edi", (int)event->cod_edi, "ore", (int)event->ore,
			     "crediti", credits)
		   : json_null();
}

json_t *level_move_json(struct db *db, int64_t person, const char *level)
{
	struct level_move move;
	level_move_look(db, person, level, &move);
	g_autoptr(GArray) path = path_of_person_at(db, person, level);
	int completed = 0;
	for (guint i = 0; i < path->len; i++) {
		completed += g_array_index(path, struct module_state, i).completed;
	}
	return json_pack("{s:o, s:o, s:s?, s:b, s:i, s:i}", "from", event_json(move.has_from, &move.from), "to",
		event_json(move.has_to, &move.to), "because", reasons[move.tie], "kept", (int)move.kept, "modules",
		(int)path->len, "modules_completed", completed);
}

static void write_act(struct db *db, int64_t person, const struct level_move *move, int64_t by)
{
	json_t *detail = json_pack("{s:o, s:o, s:s?}", "from", json_sprintf("%s/%u", move->from.cod_evento, move->from.cod_edi),
		"to", move->has_to ? json_sprintf("%s/%u", move->to.cod_evento, move->to.cod_edi) : json_null(), "because",
		reasons[move->tie]);
	char *text = json_dumps(detail, JSON_COMPACT);
	audit_about(db, by, "level.event", "person", person, text);
	free(text);
	json_decref(detail);
}

void level_give(struct db *db, int64_t person, const char *level, bool is_override, const char *why, int64_t by)
{
	struct level_move move;
	level_move_look(db, person, level, &move);
	level_assign(db, person, level, is_override, why, by);
	if (move.has_from && (!move.has_to || move.from.id != move.to.id || move.kept)) {
		write_act(db, person, &move, by);
	}
	completion_review(db, person);
}
