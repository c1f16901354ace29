/* The item types besides plain choices: read, frozen in another order, shown without keys, answered, marked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "assessment/form/draw.h"
#include "assessment/import/import.h"
#include "assessment/form/response.h"

#define ITEM(id, rest) "{\"id\":\"" id "\",\"area\":\"a\",\"difficulty\":1," rest "}"
#define ABC "\"options\":[{\"id\":\"a\",\"text\":\"A\"},{\"id\":\"b\",\"text\":\"B\"},{\"id\":\"c\",\"text\":\"C\"}]"

static const char *const items[] = {
	ITEM("match", "\"type\":\"match\",\"stem\":\"S\",\"partial\":true,\"prompts\":[{\"id\":\"p\",\"text\":\"P\"},{\"id\":"
		      "\"q\",\"text\":\"Q\"}]," ABC ",\"key\":[\"p b\",\"q a\"]"),
	ITEM("order", "\"type\":\"order\",\"stem\":\"S\"," ABC ",\"key\":[\"b\",\"c\",\"a\"]"),
	ITEM("inline", "\"type\":\"inline_choice\",\"stem\":\"Uno [[g]] e [[h]]\",\"gaps\":[{\"id\":\"g\"," ABC
		       "},{\"id\":\"h\"," ABC "}],\"key\":[\"g c\",\"h a\"]"),
	ITEM("text", "\"type\":\"text_entry\",\"stem\":\"Il [[g]] di [[h]]\",\"partial\":true,\"gaps\":[{\"id\":\"g\",\"answers\":"
		     "[{\"text\":\"Codice  PIN\"},{\"text\":\"codice\",\"score\":0.5}]},{\"id\":\"h\",\"answers\":[{\"number\":5,"
		     "\"tolerance\":0.5}]}]"),
	ITEM("gap", "\"type\":\"gap_match\",\"stem\":\"Prima [[g]] poi [[h]]\"," ABC
		    ",\"gaps\":[{\"id\":\"g\"},{\"id\":\"h\"}],\"key\":[\"g a\",\"h b\"]"),
	ITEM("hot", "\"type\":\"hot_text\",\"stem\":\"Il [[a]] e la [[b]] con [[c]]\"," ABC ",\"key\":[\"a\",\"c\"]"),
};

static struct bank *bank_of(const char *item, struct faults *faults)
{
	g_autofree char *json = g_strdup_printf("{\"format\":\"fad-bank-1\",\"name\":\"n\",\"version\":\"1\",\"areas\":[{"
						"\"id\":\"a\",\"name_it\":\"A\"}],\"items\":[%s]}",
		item);
	return bank_read(json, strlen(json), faults);
}

/* The one item frozen with this seed, written and read back. */
static struct form *freeze(const char *item, guint64 seed)
{
	struct faults faults;
	faults_init(&faults, 20);
	struct bank *bank = bank_of(item, &faults);
	if (!bank) {
		fail_msg("%s", g_array_index(faults.list, struct problem, 0).en);
	}
	struct policy policy;
	policy_init_default(&policy);
	policy.items_per_area = 1;
	struct form *form = form_draw(bank, &policy, seed, NULL);
	g_autofree char *text = form_write(form);
	struct form *again = form_read(text);
	assert_non_null(again);
	form_destroy(form);
	policy_finish(&policy);
	bank_destroy(bank);
	faults_finish(&faults);
	return again;
}

static void right_is_right_in_every_order(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(items); i++) {
		g_autoptr(GHashTable) orders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		for (guint64 seed = 1; seed < 40; seed++) {
			struct form *form = freeze(items[i], seed);
			char *right = response_right(&form->items[0]);
			struct problem problem;
			json_auto_t *list = json_loads(right, 0, NULL);
			g_autofree char *checked = form_answer(form, 0, list, &problem);
			assert_non_null(checked);
			assert_string_equal(checked, right);
			assert_true(response_score(&form->items[0], right) == 1);
			assert_true(response_score(&form->items[0], RESPONSE_NONE) == 0);
			json_auto_t *view = form_item_view(form, 0, right, 1);
			g_autofree char *shown = json_dumps(json_object_get(view, "slots"), JSON_ENCODE_ANY);
			assert_null(json_object_get(view, "key"));
			assert_null(json_object_get(view, "sequence"));
			assert_true(!shown || (!strstr(shown, "key") && !strstr(shown, "answers")));
			g_hash_table_add(orders, right);
			form_destroy(form);
		}
		const bool moves = items[i] != items[3] && items[i] != items[5]; /* texts have no order to move */
		assert_true(g_hash_table_size(orders) > 1 || !moves);
	}
}

static double score(const char *item, const char *response)
{
	struct form *form = freeze(item, 7);
	struct problem problem = {0};
	json_auto_t *list = json_loads(response, 0, NULL);
	g_autofree char *checked = form_answer(form, 0, list, &problem);
	const double ret = checked ? response_score(&form->items[0], checked) : -1;
	form_destroy(form);
	return ret;
}

static void texts_and_numbers(void **state)
{
	assert_true(score(items[3], "[\"codice pin\", \"5\"]") == 1);
	assert_true(score(items[3], "[\"  CODICE\\u00a0 pin \", \"5,5\"]") == 1);
	assert_true(score(items[3], "[\"codice\", \"4.5\"]") == 0.75);
	assert_true(score(items[3], "[\"\", \"5.6\"]") == 0);
	assert_true(score(items[3], "[\"\", \"\"]") == 0);
	assert_true(score(items[3], "[\"codice pin\"]") == -1); /* one for each gap */
	assert_true(score(items[3], "[\"codice pin\", \"cinque\"]") == 0.5);
	g_autofree char *long_text = g_strnfill(600, 'x'), *list = g_strdup_printf("[\"%s\",\"\"]", long_text);
	assert_true(score(items[3], list) == -1);
}

static void parts_count_where_they_may(void **state)
{
	struct form *form = freeze(items[0], 3); /* partial */
	const struct bank_slot *slots = form->items[0].slots;
	g_autofree char *half = g_strdup_printf("[\"1 %d\"]", __builtin_ctz(slots[0].key) + 1);
	assert_true(response_score(&form->items[0], half) == 0.5);
	form_destroy(form);
	form = freeze(items[4], 3); /* all or nothing */
	slots = form->items[0].slots;
	g_autofree char *part = g_strdup_printf("[\"1 %d\"]", __builtin_ctz(slots[0].key) + 1);
	assert_true(response_score(&form->items[0], part) == 0);
	form_destroy(form);
	assert_true(score(items[0], "[\"3 1\"]") == -1);      /* no such prompt */
	assert_true(score(items[0], "[\"1 1\",\"1 2\"]") == -1); /* twice */
	assert_true(score(items[1], "[\"1\",\"2\"]") == -1);   /* not all of them */
}

/* Through QTI 3 and back: the same answers are worth the same. */
static void qti_round_trip(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(items); i++) {
		struct faults faults;
		faults_init(&faults, 20);
		struct bank *bank = bank_of(items[i], &faults);
		g_autofree char *xml = bank_item_qti(bank, &bank->items[0]);
		struct import_count count;
		g_autoptr(GHashTable) media = import_media_new();
		g_autofree char *json = import_read(xml, strlen(xml), media, &faults, &count);
		if (!json) {
			fail_msg("%s: %s\n%s", bank->items[0].id, g_array_index(faults.list, struct problem, 0).en, xml);
		}
		struct bank *again = bank_read(json, strlen(json), &faults);
		const struct bank_item *one = &bank->items[0], *other = &again->items[0];
		assert_int_equal(one->type, other->type);
		assert_int_equal(one->partial, other->partial);
		assert_int_equal(one->key, other->key);
		assert_int_equal(one->difficulty, other->difficulty);
		assert_string_equal(bank->areas[0].name_it, again->areas[0].name_it);
		assert_int_equal(one->slot_count, other->slot_count);
		for (guint k = 0; one->sequence && k < one->option_count; k++) {
			assert_int_equal(one->sequence[k], other->sequence[k]);
		}
		for (guint s = 0; s < one->slot_count; s++) {
			const struct bank_slot *a = &one->slots[s], *b = &other->slots[s];
			assert_int_equal(a->key, b->key);
			assert_int_equal(a->answer_count, b->answer_count);
			assert_int_equal(a->case_matters, b->case_matters);
			for (guint k = 0; k < a->answer_count; k++) {
				assert_true(a->answers[k].is_number == b->answers[k].is_number);
				assert_true(a->answers[k].number - b->answers[k].number < 1e-6);
				assert_true(a->answers[k].tolerance - b->answers[k].tolerance < 1e-6);
				assert_true(a->answers[k].score - b->answers[k].score < 1e-6);
			}
		}
		bank_destroy(bank);
		bank_destroy(again);
		faults_finish(&faults);
	}
}

static const struct {
	const char *item, *code;
} bad[] = {
	{ITEM("x", "\"type\":\"match\",\"stem\":\"S\",\"prompts\":[{\"id\":\"p\",\"text\":\"P\"}]," ABC ",\"key\":[\"p z\"]"), "BANK_PAIR"},
	{ITEM("x", "\"type\":\"match\",\"stem\":\"S\"," ABC ",\"key\":[\"p a\"]"), "BANK_SLOT_COUNT"},
	{ITEM("x", "\"type\":\"order\",\"stem\":\"S\"," ABC ",\"key\":[\"a\",\"b\"]"), "BANK_SEQUENCE"},
	{ITEM("x", "\"type\":\"gap_match\",\"stem\":\"niente\"," ABC ",\"gaps\":[{\"id\":\"g\"}],\"key\":[\"g a\"]"), "BANK_PLACE_MISSING"},
	{ITEM("x", "\"type\":\"text_entry\",\"stem\":\"S\",\"gaps\":[{\"id\":\"g\",\"answers\":[{\"text\":\"a\",\"score\":0.3}]}]"), "BANK_NO_ANSWER"},
	{ITEM("x", "\"type\":\"hot_text\",\"stem\":\"[[a]] [[b]]\"," ABC ",\"key\":[\"a\"]"), "BANK_PLACE_MISSING"},
	{ITEM("x", "\"type\":\"extended_text\",\"stem\":\"S\""), "BANK_DRAFT_ONLY"},
	{ITEM("x", "\"type\":\"single\",\"stem\":\"S\",\"state\":\"nuovo\"," ABC ",\"key\":[\"a\"]"), "BANK_STATE"},
	{ITEM("x", "\"type\":\"single\",\"stem\":\"S\",\"media\":[{\"sha256\":\"ab\",\"type\":\"image/png\",\"alt\":\"x\"}]," ABC ",\"key\":[\"a\"]"), "BANK_MEDIA"},
};

static void bad_items_are_named(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		struct faults faults;
		faults_init(&faults, 20);
		assert_null(bank_of(bad[i].item, &faults));
		bool found = false;
		for (guint k = 0; k < faults.list->len; k++) {
			found = found || strcmp(g_array_index(faults.list, struct problem, k).code, bad[i].code) == 0;
		}
		if (!found) {
			fail_msg("%zu: no %s", i, bad[i].code);
		}
		faults_finish(&faults);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(right_is_right_in_every_order),
		cmocka_unit_test(texts_and_numbers),
		cmocka_unit_test(parts_count_where_they_may),
		cmocka_unit_test(qti_round_trip),
		cmocka_unit_test(bad_items_are_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
