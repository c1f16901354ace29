#include "server/placement/taking.h"

#include "server/app.h"
#include "server/placement/sequential.h"
#include "server/placement/view.h"
#include "server/taking.h"

void placement_taking_finish(struct placement_taking *taking)
{
	placement_finish(&taking->placement);
	form_destroy(taking->form);
	if (taking->answers) {
		g_array_unref(taking->answers);
	}
	if (taking->is_sequential) {
		g_array_unref(taking->steps);
		adaptive_test_finish(&taking->test);
		prepared_release(taking->prepared);
	}
}

bool placement_taking_load(struct request *request, struct reply *reply, struct placement_taking *ret)
{
	*ret = (struct placement_taking){0};
	struct db *db = store_read(request->app->store);
	bool found = placement_newest(db, request->who.person, &ret->placement);
	if (found) {
		ret->answers = placement_answers(db, ret->placement.id);
		ret->form = form_read(ret->placement.form);
		ret->is_sequential = adaptive_test_find(db, ret->placement.id, &ret->test);
		if (ret->is_sequential) {
			ret->steps = adaptive_steps(db, ret->placement.id);
			ret->prepared =
				prepared_get(request->app->prepared, db, ret->placement.bank, ret->test.policy);
		}
	}
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "placement");
	} else if (!ret->form || ret->form->item_count != ret->answers->len) {
		taking_damaged(reply, "PLACEMENT_DAMAGED", "placement");
		found = false;
	}
	if (!found) {
		placement_taking_finish(ret);
	}
	return found;
}

json_t *placement_item_json(const struct placement_taking *taking, guint position)
{
	const struct placement_answer *answer =
		&g_array_index(taking->answers, struct placement_answer, position);
	return form_item_view(taking->form, position, answer->response, answer->revision);
}

/* What is different when the next item hangs on the answers: no way back, "at most so many". */
static void view_sequential(json_t *view, const struct placement_taking *taking)
{
	const guint last = taking->form->item_count - 1;
	json_object_set_new(view, "adaptive", json_true());
	json_object_set_new(view, "may_go_back", json_false());
	json_object_set_new(view, "position", json_integer(last));
	if (taking->prepared) {
		const struct walk_means means = {.method = taking->test.gated ? WALK_GATED : WALK_ADAPTIVE,
			.pool = taking->prepared->pool,
			.policy = &taking->prepared->policy};
		json_object_set_new(view, "total", json_integer(walk_longest(&means)));
	}
	if (taking->placement.state == PLACEMENT_OPEN) {
		json_object_set_new(view, "item", placement_item_json(taking, last));
	} else {
		json_object_set_new(view, "result",
			sequential_result(
				&taking->placement, taking->form, &taking->test, taking->steps, taking->prepared));
	}
}

json_t *placement_taking_view(const struct placement_taking *taking)
{
	json_t *view = placement_view(&taking->placement, taking->form, taking->answers);
	if (taking->is_sequential) {
		view_sequential(view, taking);
	}
	return view;
}
