#include "assessment/form/mark.h"

#include "assessment/form/response.h"

void form_mark(const struct form *form, const char *const *answers, struct mark *ret)
{
	*ret = (struct mark){0};
	for (guint i = 0; i < form->item_count; i++) {
		const struct form_item *item = &form->items[i];
		double point = answers[i] ? response_score(item, answers[i]) : 0;
		ret->areas[item->area].score += point;
		ret->areas[item->area].maximum += 1;
		ret->score += point;
		ret->maximum += 1;
	}
	ret->level = levels_decide(form->levels, form->level_count, ret->score, ret->maximum);
}
