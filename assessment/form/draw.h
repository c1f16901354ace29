/*
 * Draws a test form from a bank: so many items of each area, spread over the difficulties, all in random
 * order.
 */
#ifndef ASSESSMENT_DRAW_H
#define ASSESSMENT_DRAW_H

#include "assessment/form/form.h"

/* Can a form be drawn from this bank? Each area needs at least items_per_area items. Tells every fault. */
bool draw_check(const struct bank *bank, const struct policy *policy, struct faults *faults);

/*
 * Draws with `seed`: the same bank, policy, seed and `seen` give the same form. Items whose ids are in `seen`
 * (a set of char *, may be NULL) are taken only when an area has not enough others of the wanted difficulty.
 * The bank has passed draw_check(). The form is yours.
 */
struct form *form_draw(const struct bank *bank, const struct policy *policy, guint64 seed, GHashTable *seen);

/*
 * A form that grows: begun with areas and levels, then an item at a time, its options shuffled by `seed`. It can be
 * written and read when it has an item.
 */
struct form *form_begin(const struct bank *bank, const struct policy *policy, guint64 seed);
void form_append(struct form *form, const struct bank *bank, guint item, guint64 seed);

#endif
