#include "server/placement/hand_in.h"

#include "assessment/form/mark.h"
#include "server/ecm/level_move.h"
#include "server/store/audit.h"

struct handing_in {
	struct placement *placement;
	const struct form *form;
};

/* On the writer's thread no answer can come in between: what is marked is what stays. */
static bool close_test(struct db *db, void *data)
{
	struct handing_in *handing_in = data;
	struct placement *placement = handing_in->placement;
	const struct form *form = handing_in->form;
	g_autoptr(GArray) answers = placement_answers(db, placement->id);
	const char *given[FORM_ITEMS_MAX] = {0};
	for (guint i = 0; i < MIN(answers->len, FORM_ITEMS_MAX); i++) {
		given[i] = g_array_index(answers, struct placement_answer, i).response;
	}
	struct mark mark;
	form_mark(form, given, &mark);
	g_strlcpy(placement->level, form->levels[mark.level].id, sizeof(placement->level));
	placement->score = mark.score;
	placement->maximum = mark.maximum;
	placement->done_at = store_now();
	if (placement_close(db, placement)) { /* otherwise it was closed already: the first result stays */
		level_give(db, placement->person, placement->level, false, NULL, 0);
		audit_about(db, placement->person, "placement.submit", "placement", placement->id,
			placement->level);
	}
	return true;
}

bool placement_hand_in(
	struct store *store, struct placement *placement, const struct form *form, struct problem *ret)
{
	struct handing_in handing_in = {.placement = placement, .form = form};
	return store_write(store, close_test, &handing_in, ret);
}
