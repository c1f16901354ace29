#include "server/placement/view.h"

#include "assessment/form/mark.h"
#include "assessment/form/response.h"

json_t *placement_answered(const GArray *answers)
{
	json_t *list = json_array();
	for (guint i = 0; i < answers->len; i++) {
		json_array_append_new(
			list, json_boolean(response_is_given(g_array_index(answers, struct placement_answer, i).response)));
	}
	return list;
}

json_t *placement_result(const struct form *form, const GArray *answers)
{
	const char *given[FORM_ITEMS_MAX] = {0};
	for (guint i = 0; i < MIN(answers->len, FORM_ITEMS_MAX); i++) {
		given[i] = g_array_index(answers, struct placement_answer, i).response;
	}
	struct mark mark;
	form_mark(form, given, &mark);
	json_t *areas = json_array();
	for (guint a = 0; a < form->area_count; a++) {
		const struct bank_area *area = &form->areas[a];
		json_array_append_new(areas, json_pack("{s:s, s:s, s:s, s:f, s:f}", "id", area->id, "name_it",
						     area->name_it, "name_en", area->name_en, "score",
						     mark.areas[a].score, "maximum", mark.areas[a].maximum));
	}
	const struct level *level = &form->levels[mark.level];
	return json_pack("{s:{s:s, s:s, s:s}, s:f, s:f, s:o}", "level", "id", level->id, "name_it",
		level->name_it, "name_en", level->name_en, "score", mark.score, "maximum", mark.maximum,
		"areas", areas);
}

/* Where one goes on: the first item without an answer, or the last one. */
static guint resume_at(const GArray *answers)
{
	for (guint i = 0; i < answers->len; i++) {
		if (!response_is_given(g_array_index(answers, struct placement_answer, i).response)) {
			return i;
		}
	}
	return answers->len ? answers->len - 1 : 0;
}

json_t *placement_view(const struct placement *placement, const struct form *form, const GArray *answers)
{
	guint position = resume_at(answers);
	bool open = placement->state == PLACEMENT_OPEN;
	json_t *item = json_null();
	if (open) {
		const struct placement_answer *answer =
			&g_array_index(answers, struct placement_answer, position);
		item = form_item_view(form, position, answer->response, answer->revision);
	}
	return json_pack("{s:I, s:s, s:i, s:i, s:b, s:o, s:o, s:o}", "id", (json_int_t)placement->id, "state",
		open ? "open" : "done", "position", (int)position, "total", (int)form->item_count,
		"may_go_back", (int)open, "answered", placement_answered(answers), "item", item, "result",
		open ? json_null() : placement_result(form, answers));
}
