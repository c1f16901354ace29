/*
 * Giving somebody another level, and what that does to the ECM event they count in (ecm_event_of_person()): told before,
 * written into the log after.
 */
#ifndef SERVER_ECM_LEVEL_MOVE_H
#define SERVER_ECM_LEVEL_MOVE_H

#include <jansson.h>

#include "server/store/ecm.h"

struct level_move {
	bool has_from, has_to;
	struct ecm_event from, to; /* the event now, and at the other level */
	enum event_tie tie;        /* why it is that one */
	bool kept;                 /* the other level has an event of its own, and the person stays in the one from before */
};

void level_move_look(struct db *db, int64_t person, const char *level, struct level_move *ret);

/*
 * {from, to: {id, title, cod_evento, cod_edi, ore, crediti} or null, because: "level", "completed", "final" or null, kept,
 * modules, modules_completed: of the other level's path}; a new reference.
 */
json_t *level_move_json(struct db *db, int64_t person, const char *level);

/* In a work function: assigns (level_assign()), writes the act when the event changes or is kept, reviews completion. */
void level_give(struct db *db, int64_t person, const char *level, bool is_override, const char *why, int64_t by);

#endif
