#include "assessment/form/draw.h"

#include "assessment/form/more.h"

enum draw_fault {
	DRAW_FEW_ITEMS,
	DRAW_TOO_LONG,
};

static const struct fault_text texts[] = {
	[DRAW_FEW_ITEMS] = {"DRAW_FEW_ITEMS", SEVERITY_ERROR, NULL,
		"L'area ha $1 quesiti: la prova ne vuole $2.", "The area has $1 items: the test needs $2.",
		"Aggiungi quesiti all'area oppure riduci i quesiti per area.",
		"Add items to the area or ask for fewer items per area."},
	[DRAW_TOO_LONG] = {"DRAW_TOO_LONG", SEVERITY_ERROR, NULL,
		"La prova avrebbe $1 quesiti: al massimo $2.", "The test would have $1 items: $2 at most.",
		"Riduci i quesiti per area.", "Ask for fewer items per area."},
};

/* Drafts and what was retired are asked of nobody. */
static bool may_be_drawn(const struct bank_item *item)
{
	return item->state == POOL_PILOT || item->state == POOL_CALIBRATED;
}

bool draw_check(const struct bank *bank, const struct policy *policy, struct faults *faults)
{
	guint before = faults->errors;
	g_autofree guint *counts = g_new0(guint, bank->area_count);
	for (guint i = 0; i < bank->item_count; i++) {
		counts[bank->items[i].area] += may_be_drawn(&bank->items[i]);
	}
	char have[16], want[16];
	for (guint a = 0; a < bank->area_count; a++) {
		if (counts[a] < policy->items_per_area) {
			g_snprintf(have, sizeof(have), "%u", counts[a]);
			g_snprintf(want, sizeof(want), "%u", policy->items_per_area);
			faults_add(faults, &texts[DRAW_FEW_ITEMS], bank->areas[a].name_it, have, want);
		}
	}
	if (bank->area_count * policy->items_per_area > FORM_ITEMS_MAX) {
		g_snprintf(have, sizeof(have), "%u", bank->area_count * policy->items_per_area);
		g_snprintf(want, sizeof(want), "%u", FORM_ITEMS_MAX);
		faults_add(faults, &texts[DRAW_TOO_LONG], "items_per_area", have, want);
	}
	return faults->errors == before;
}

/* The items of one area and difficulty, in random order, those already seen last; taken from the front. */
struct pile {
	guint *items; /* indices into the bank */
	guint count;
	guint taken;
};

static void pile_up(struct pile *pile, const struct bank *bank, guint area, guint difficulty,
	GHashTable *seen, struct random *random)
{
	guint *all = g_new(guint, bank->item_count);
	guint count = 0;
	for (guint i = 0; i < bank->item_count; i++) {
		if (bank->items[i].area == area && bank->items[i].difficulty == difficulty &&
			may_be_drawn(&bank->items[i])) {
			all[count++] = i;
		}
	}
	random_shuffle(random, all, count);
	*pile = (struct pile){.items = g_new(guint, count + 1)};
	for (int pass = 0; pass < 2; pass++) {
		for (guint i = 0; i < count; i++) {
			bool known = seen && g_hash_table_contains(seen, bank->items[all[i]].id);
			if (known == (pass == 1)) {
				pile->items[pile->count++] = all[i];
			}
		}
	}
	g_free(all);
}

/*
 * Takes `wanted` items, one from each difficulty in turn, the turn's order being random: no difficulty is
 * ever more than one ahead of another that still has items.
 */
static void take(struct pile *piles, guint wanted, struct random *random, GArray *chosen)
{
	guint order[ITEM_DIFFICULTY_MAX];
	while (wanted > 0) {
		for (guint d = 0; d < ITEM_DIFFICULTY_MAX; d++) {
			order[d] = d;
		}
		random_shuffle(random, order, ITEM_DIFFICULTY_MAX);
		guint got = 0;
		for (guint d = 0; d < ITEM_DIFFICULTY_MAX && wanted > 0; d++) {
			struct pile *pile = &piles[order[d]];
			if (pile->taken < pile->count) {
				g_array_append_val(chosen, pile->items[pile->taken]);
				pile->taken++;
				wanted--;
				got++;
			}
		}
		g_assert(got > 0); /* draw_check() counted them */
	}
}

static void freeze_item(
	struct form *form, struct form_item *to, const struct bank_item *from, struct random *random)
{
	guint order[ITEM_OPTIONS_MAX];
	for (guint i = 0; i < from->option_count; i++) {
		order[i] = i;
	}
	if (from->shuffle) {
		random_shuffle(random, order, from->option_count);
	}
	struct bank_option *options = form_block(form, from->option_count, sizeof(*options));
	*to = (struct form_item){
		.id = form_text(form, from->id),
		.area = from->area,
		.difficulty = from->difficulty,
		.type = from->type,
		.option_count = from->option_count,
		.options = options,
		.stem = form_text(form, from->stem),
	};
	for (guint i = 0; i < from->option_count; i++) {
		const struct bank_option *option = &from->options[order[i]];
		options[i] = (struct bank_option){form_text(form, option->id), form_text(form, option->text)};
		if (from->key & (1u << order[i])) {
			to->key |= 1u << i;
		}
	}
	form_freeze_more(form, to, from, order, random);
}

static void freeze_frame(struct form *form, const struct bank *bank, const struct policy *policy)
{
	struct bank_area *areas = form_block(form, bank->area_count, sizeof(*areas));
	for (guint a = 0; a < bank->area_count; a++) {
		areas[a] = (struct bank_area){form_text(form, bank->areas[a].id),
			form_text(form, bank->areas[a].name_it), form_text(form, bank->areas[a].name_en)};
	}
	struct level *levels = form_block(form, policy->level_count, sizeof(*levels));
	for (guint i = 0; i < policy->level_count; i++) {
		const struct level *level = &policy->levels[i];
		levels[i] = (struct level){form_text(form, level->id), form_text(form, level->name_it),
			form_text(form, level->name_en), level->cut};
	}
	form->areas = areas;
	form->area_count = bank->area_count;
	form->levels = levels;
	form->level_count = policy->level_count;
	form->bank_name = form_text(form, bank->name);
	form->bank_version = form_text(form, bank->version);
}

struct form *form_draw(const struct bank *bank, const struct policy *policy, guint64 seed, GHashTable *seen)
{
	struct random random;
	random_init(&random, seed);
	g_autoptr(GArray) chosen = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint area = 0; area < bank->area_count; area++) {
		struct pile piles[ITEM_DIFFICULTY_MAX];
		for (guint d = 0; d < ITEM_DIFFICULTY_MAX; d++) {
			pile_up(&piles[d], bank, area, d + 1, seen, &random);
		}
		take(piles, policy->items_per_area, &random, chosen);
		for (guint d = 0; d < ITEM_DIFFICULTY_MAX; d++) {
			g_free(piles[d].items);
		}
	}
	random_shuffle(&random, (guint *)(void *)chosen->data, chosen->len);
	struct form *form = form_create();
	form->seed = seed;
	freeze_frame(form, bank, policy);
	struct form_item *items = form_block(form, chosen->len, sizeof(*items));
	for (guint i = 0; i < chosen->len; i++) {
		freeze_item(form, &items[i], &bank->items[g_array_index(chosen, guint, i)], &random);
	}
	form->items = items;
	form->item_count = chosen->len;
	return form;
}

struct form *form_begin(const struct bank *bank, const struct policy *policy, guint64 seed)
{
	struct form *form = form_create();
	form->seed = seed;
	freeze_frame(form, bank, policy);
	return form;
}

void form_append(struct form *form, const struct bank *bank, guint item, guint64 seed)
{
	struct random random;
	random_init(&random, seed);
	struct form_item *items = form_block(form, form->item_count + 1, sizeof(*items));
	for (guint i = 0; i < form->item_count; i++) {
		items[i] = form->items[i];
	}
	freeze_item(form, &items[form->item_count], &bank->items[item], &random);
	form->items = items;
	form->item_count++;
}
