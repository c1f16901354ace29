/* Drawing: properties that hold for every seed, and reproducibility. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "assessment/form/draw.h"
#include "assessment/random.h"
#include "tests/assessment/samples.h"

#define SEEDS 300

static struct policy policy_of(guint items_per_area)
{
	struct policy policy;
	policy_init_default(&policy);
	policy.items_per_area = items_per_area;
	return policy;
}

/* Each area has its number of items, difficulties differ by one at most, no item comes twice. */
static void balanced_for_every_seed(void **state)
{
	struct bank *bank = sample_bank(5, 3, 4);
	for (guint per_area = 1; per_area <= 12; per_area++) {
		struct policy policy = policy_of(per_area);
		for (guint64 seed = 0; seed < SEEDS; seed++) {
			struct form *form = form_draw(bank, &policy, seed, NULL);
			guint counts[5][4] = {{0}};
			g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
			assert_int_equal(form->item_count, 5 * per_area);
			for (guint i = 0; i < form->item_count; i++) {
				counts[form->items[i].area][form->items[i].difficulty]++;
				assert_true(g_hash_table_add(ids, (void *)form->items[i].id));
			}
			for (guint a = 0; a < 5; a++) {
				guint least = MIN(MIN(counts[a][1], counts[a][2]), counts[a][3]);
				guint most = MAX(MAX(counts[a][1], counts[a][2]), counts[a][3]);
				assert_int_equal(counts[a][1] + counts[a][2] + counts[a][3], per_area);
				assert_true(most - least <= 1);
			}
			form_destroy(form);
		}
		policy_finish(&policy);
	}
	bank_destroy(bank);
}

/* Every option is at every place about equally often, so the key's place gives nothing away. */
static void the_right_option_is_anywhere(void **state)
{
	struct bank *bank = sample_bank(4, 3, 3);
	struct policy policy = policy_of(3);
	guint places[4] = {0}, total = 0;
	for (guint64 seed = 0; seed < SEEDS; seed++) {
		struct form *form = form_draw(bank, &policy, seed, NULL);
		for (guint i = 0; i < form->item_count; i++) {
			const struct form_item *item = &form->items[i];
			assert_int_equal(__builtin_popcount(item->key), 1);
			guint place = (guint)__builtin_ctz(item->key);
			assert_string_equal(item->options[place].text, "giusta");
			places[place]++;
			total++;
		}
		form_destroy(form);
	}
	for (guint i = 0; i < 4; i++) { /* 3,600 draws: a quarter each, five standard deviations are 3.6 % */
		assert_true(places[i] > total * 21 / 100 && places[i] < total * 29 / 100);
	}
	policy_finish(&policy);
	bank_destroy(bank);
}

static void every_item_is_used_about_equally(void **state)
{
	struct bank *bank = sample_bank(1, 2, 5);
	struct policy policy = policy_of(2);
	guint used[10] = {0};
	for (guint64 seed = 0; seed < 2000; seed++) {
		struct form *form = form_draw(bank, &policy, seed, NULL);
		for (guint i = 0; i < form->item_count; i++) {
			used[bank_find(bank, form->items[i].id) - bank->items]++;
		}
		form_destroy(form);
	}
	for (guint i = 0; i < 10; i++) { /* 4,000 uses of 10 items */
		assert_true(used[i] > 300 && used[i] < 500);
	}
	policy_finish(&policy);
	bank_destroy(bank);
}

static void the_same_seed_gives_the_same_form(void **state)
{
	struct bank *bank = sample_bank(3, 3, 5);
	struct policy policy = policy_of(4);
	for (guint64 seed = 0; seed < SEEDS; seed++) {
		struct form *one = form_draw(bank, &policy, seed, NULL);
		struct form *two = form_draw(bank, &policy, seed, NULL);
		struct form *other = form_draw(bank, &policy, seed + 1000, NULL);
		g_autofree char *text = form_write(one);
		g_autofree char *again = form_write(two);
		g_autofree char *different = form_write(other);
		assert_string_equal(text, again);
		assert_string_not_equal(text, different);
		form_destroy(one);
		form_destroy(two);
		form_destroy(other);
	}
	policy_finish(&policy);
	bank_destroy(bank);
}

static void a_retake_avoids_items_already_seen(void **state)
{
	struct bank *bank = sample_bank(3, 3, 4);
	struct policy policy = policy_of(6); /* half of each area */
	for (guint64 seed = 0; seed < SEEDS; seed++) {
		struct form *first = form_draw(bank, &policy, seed, NULL);
		g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
		for (guint i = 0; i < first->item_count; i++) {
			g_hash_table_add(seen, (void *)first->items[i].id);
		}
		struct form *second = form_draw(bank, &policy, seed + 7, seen);
		for (guint i = 0; i < second->item_count; i++) {
			assert_false(g_hash_table_contains(seen, second->items[i].id));
		}
		form_destroy(second);
		form_destroy(first);
	}
	policy_finish(&policy);
	bank_destroy(bank);
}

static void refuses_a_bank_too_small(void **state)
{
	struct bank *bank = sample_bank(2, 3, 1);
	struct policy policy = policy_of(4);
	struct faults faults;
	faults_init(&faults, 10);
	assert_false(draw_check(bank, &policy, &faults));
	assert_int_equal(faults.list->len, 2);
	assert_string_equal(g_array_index(faults.list, struct problem, 0).code, "DRAW_FEW_ITEMS");
	assert_string_equal(g_array_index(faults.list, struct problem, 0).where, "Area 0");
	policy.items_per_area = 3;
	assert_true(draw_check(bank, &policy, &faults));
	faults_finish(&faults);
	policy_finish(&policy);
	bank_destroy(bank);
}

static void random_below_stays_below(void **state)
{
	struct random random;
	random_init(&random, 42);
	assert_true(random_next(&random) ==
		    G_GUINT64_CONSTANT(13679457532755275413)); /* SplitMix64's known answer */
	for (guint below = 1; below < 200; below++) {
		for (guint i = 0; i < 50; i++) {
			assert_true(random_below(&random, below) < below);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(balanced_for_every_seed),
		cmocka_unit_test(the_right_option_is_anywhere),
		cmocka_unit_test(every_item_is_used_about_equally),
		cmocka_unit_test(the_same_seed_gives_the_same_form),
		cmocka_unit_test(a_retake_avoids_items_already_seen),
		cmocka_unit_test(refuses_a_bank_too_small),
		cmocka_unit_test(random_below_stays_below),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
