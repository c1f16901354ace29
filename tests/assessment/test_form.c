/* A frozen form: written and read back whole, shown without keys, answered and marked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "assessment/form/draw.h"
#include "assessment/form/mark.h"
#include "assessment/form/response.h"
#include "tests/assessment/samples.h"

static struct form *draw(guint64 seed)
{
	struct bank *bank = sample_bank(4, 3, 3);
	struct policy policy;
	policy_init_default(&policy);
	struct form *form = form_draw(bank, &policy, seed, NULL);
	policy_finish(&policy);
	bank_destroy(bank); /* the form lives on without its bank */
	return form;
}

static void reads_back_what_it_wrote(void **state)
{
	for (guint64 seed = G_MAXUINT64 - 50; seed != 50;
		seed++) { /* seeds beyond a double's precision too */
		struct form *form = draw(seed);
		g_autofree char *text = form_write(form);
		struct form *again = form_read(text);
		assert_non_null(again);
		g_autofree char *text2 = form_write(again);
		assert_string_equal(text, text2);
		assert_true(again->seed == seed);
		for (guint i = 0; i < form->item_count; i++) { /* every order of options comes back */
			for (guint k = 0; k < form->items[i].option_count; k++) {
				assert_string_equal(
					form->items[i].options[k].id, again->items[i].options[k].id);
			}
			assert_int_equal(form->items[i].key, again->items[i].key);
		}
		form_destroy(again);
		form_destroy(form);
	}
}

static void refuses_damaged_text(void **state)
{
	static const char *const texts[] = {"", "{}", "[]", "null", "{\"items\":[{}]}",
		"{\"areas\":[{}],\"levels\":[{}],\"items\":[{\"type\":\"single\",\"area\":5,\"options\":[{}],"
		"\"key\":[1]}]}",
		"{\"areas\":[{}],\"levels\":[{}],\"items\":[{\"type\":\"single\",\"area\":0,\"options\":[{}],"
		"\"key\":[2]}]}",
		"{\"areas\":[{}],\"levels\":[{}],\"items\":[{\"type\":\"single\",\"area\":0,\"options\":[{}],"
		"\"key\":[]}]}"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_null(form_read(texts[i]));
	}
}

/* Nothing that tells the key or the difficulty, and no id chosen by the author. */
static void a_view_tells_no_key(void **state)
{
	struct form *form = draw(3);
	for (guint i = 0; i < form->item_count; i++) {
		json_auto_t *view = form_item_view(form, i, "[]", 1);
		assert_null(json_object_get(view, "key"));
		assert_null(json_object_get(view, "difficulty"));
		assert_null(json_object_get(view, "id"));
		assert_int_equal(json_object_size(view), 8);
		for (guint k = 0; k < 4; k++) {
			json_t *option = json_array_get(json_object_get(view, "options"), k);
			assert_int_equal(json_object_size(option), 2);
			const char name[2] = {(char)('1' + k), '\0'};
			assert_string_equal(json_string_value(json_object_get(option, "id")), name);
		}
	}
	form_destroy(form);
}

/* The answer as stored, or NULL. */
static char *answer(struct form *form, const char *json, struct problem *problem)
{
	json_auto_t *list = json_loads(json, JSON_DECODE_ANY, NULL);
	return form_answer(form, 0, list, problem);
}

static void is_refused(struct form *form, const char *json, const char *code)
{
	struct problem problem;
	assert_null(answer(form, json, &problem));
	assert_string_equal(problem.code, code);
}

static void answers_are_checked(void **state)
{
	struct form *form = draw(5);
	struct problem problem;
	is_refused(form, "[\"0\"]", "ANSWER_UNKNOWN_OPTION");
	is_refused(form, "[\"5\"]", "ANSWER_UNKNOWN_OPTION");
	is_refused(form, "[\"r\"]", "ANSWER_UNKNOWN_OPTION");
	is_refused(form, "[1]", "ANSWER_UNKNOWN_OPTION");
	is_refused(form, "\"1\"", "ANSWER_SHAPE");
	is_refused(form, "[\"1\",\"1\"]", "ANSWER_TWICE");
	is_refused(form, "[\"1\",\"2\"]", "ANSWER_ONE_ONLY");
	g_autofree char *third = answer(form, "[\"3\"]", &problem);
	assert_string_equal(third, "[\"3\"]");
	g_autofree char *none = answer(form, "[]", &problem); /* taken back */
	assert_string_equal(none, RESPONSE_NONE);
	form_destroy(form);
}

static void marking(void **state)
{
	struct form *form = draw(8); /* 4 areas of 3 items; cuts 0, .5, .8 */
	const char *answers[FORM_ITEMS_MAX] = {0};
	g_autoptr(GPtrArray) right_ones = g_ptr_array_new_with_free_func(g_free);
	struct mark mark;
	form_mark(form, answers, &mark);
	assert_true(mark.score == 0 && mark.maximum == 12 && mark.level == 0);
	for (guint right = 1; right <= 12; right++) {
		answers[right - 1] = response_right(&form->items[right - 1]);
		g_ptr_array_add(right_ones, (char *)answers[right - 1]);
		form_mark(form, answers, &mark);
		assert_true(mark.score == right);
		assert_int_equal(mark.level, right >= 10 ? 2 : right >= 6 ? 1 : 0);
	}
	for (guint a = 0; a < 4; a++) {
		assert_true(mark.areas[a].score == 3 && mark.areas[a].maximum == 3);
	}
	answers[0] = form->items[0].key == 1 ? "[\"2\"]" : "[\"1\"]";
	form_mark(form, answers, &mark);
	assert_true(mark.score == 11);
	assert_true(mark.areas[form->items[0].area].score == 2);
	form_destroy(form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_back_what_it_wrote),
		cmocka_unit_test(refuses_damaged_text),
		cmocka_unit_test(a_view_tells_no_key),
		cmocka_unit_test(answers_are_checked),
		cmocka_unit_test(marking),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
