/* What a frozen item has besides its options: slots, sequence, media. Included by form.c and draw.c only. */
#ifndef ASSESSMENT_FORM_MORE_H
#define ASSESSMENT_FORM_MORE_H

#include "assessment/form/form.h"
#include "assessment/random.h"

void form_write_more(const struct form_item *item, json_t *json);
bool form_read_more(struct form *form, struct form_item *item, json_t *json);

/* `order`: which option of the bank stands at each place shown. */
void form_freeze_more(struct form *form, struct form_item *to, const struct bank_item *from, const guint *order,
	struct random *random);

#endif
