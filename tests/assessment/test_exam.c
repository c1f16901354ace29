/* Drawing exams: properties that hold for every seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "assessment/form/exam.h"

static struct bank *final_bank(void)
{
	g_autofree char *path = g_build_filename(g_getenv("FAD_SOURCE"), "assessment/sample/fse-final.json", NULL);
	g_autofree char *json = NULL;
	gsize len;
	assert_true(g_file_get_contents(path, &json, &len, NULL));
	struct faults faults;
	faults_init(&faults, 10);
	struct bank *bank = bank_read(json, len, &faults);
	assert_non_null(bank);
	assert_int_equal(faults.list->len, 0);
	assert_true(exam_bank_check(bank, 22, 22, &faults));
	faults_finish(&faults);
	return bank;
}

static guint right_in_bank(const struct bank *bank, const struct exam_question *question, const char **ret_text)
{
	const struct bank_item *item = bank_find(bank, question->id);
	assert_non_null(item);
	for (guint i = 0; i < item->option_count; i++) {
		if (item->key & (1u << i)) {
			*ret_text = item->options[i].text;
			return i;
		}
	}
	fail();
	return 0;
}

/* Every exam: the questions differ, areas differ by one at most, the key is the bank's, writing is reading. */
static void test_any_seed(void **state)
{
	(void)state;
	struct bank *bank = final_bank();
	for (guint64 seed = 1; seed <= 500; seed++) {
		guint questions = 1 + (guint)(seed % 48);
		struct exam *exam = exam_draw(bank, questions, seed, NULL);
		g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
		guint areas[64] = {0}, least = G_MAXUINT, most = 0;
		for (guint q = 0; q < questions; q++) {
			const struct exam_question *question = &exam->questions[q];
			const char *text = NULL;
			assert_true(g_hash_table_add(ids, (char *)question->id));
			right_in_bank(bank, question, &text);
			assert_string_equal(question->options[question->right - 1].text, text);
			areas[bank_find(bank, question->id)->area]++;
		}
		for (guint a = 0; a < bank->area_count; a++) {
			least = MIN(least, areas[a]);
			most = MAX(most, areas[a]);
		}
		assert_true(most - least <= 1);
		g_autofree char *one = exam_write(exam);
		struct exam *read = exam_read(one);
		g_autofree char *two = exam_write(read);
		assert_string_equal(one, two);
		exam_destroy(read);
		exam_destroy(exam);
	}
	bank_destroy(bank);
}

/* Again: the same questions; every place is as likely for each, of questions and of options. */
static void test_orders(void **state)
{
	(void)state;
	struct bank *bank = final_bank();
	struct exam *first = exam_draw(bank, 12, 7, NULL);
	enum { ROUNDS = 4000 };
	double places[12] = {0}, rights[EXAM_OPTIONS] = {0};
	const char *watched = first->questions[0].id;
	for (guint64 round = 0; round < ROUNDS; round++) {
		struct exam *again = exam_again(first, round * 2654435761u + 1);
		assert_int_equal(exam_fresh(again, first), 0);
		for (guint q = 0; q < 12; q++) {
			if (strcmp(again->questions[q].id, watched) == 0) {
				places[q]++;
				rights[again->questions[q].right - 1]++;
			}
		}
		exam_destroy(again);
	}
	double chi = 0, chi_options = 0;
	for (guint q = 0; q < 12; q++) {
		chi += pow(places[q] - ROUNDS / 12.0, 2) / (ROUNDS / 12.0);
	}
	for (guint i = 0; i < EXAM_OPTIONS; i++) {
		chi_options += pow(rights[i] - ROUNDS / 4.0, 2) / (ROUNDS / 4.0);
	}
	assert_true(chi < 31.3);         /* 11 degrees of freedom, p = .001 */
	assert_true(chi_options < 16.3); /* 3 */
	exam_destroy(first);
	bank_destroy(bank);
}

/* A new set is as new as the bank allows, whatever was asked before. */
static void test_new_sets(void **state)
{
	(void)state;
	struct bank *bank = final_bank();
	g_autoptr(GPtrArray) before = g_ptr_array_new_with_free_func((GDestroyNotify)exam_destroy);
	for (guint64 n = 0; n < 30; n++) {
		struct exam *exam = exam_draw(bank, 20, n + 1, before);
		if (n > 0) {
			assert_int_equal(exam_fresh(exam, g_ptr_array_index(before, 0)), 20);
		}
		g_ptr_array_insert(before, 0, exam);
	}
	bank_destroy(bank);
}

/* What a browser sees has four options named by their place and nothing that tells the right one. */
static void test_view(void **state)
{
	(void)state;
	struct bank *bank = final_bank();
	struct exam *exam = exam_draw(bank, 12, 3, NULL);
	for (guint q = 0; q < 12; q++) {
		json_auto_t *view = exam_question_view(exam, q, 2, 5);
		char *text = json_dumps(view, 0);
		assert_null(strstr(text, exam->questions[q].id));
		assert_null(strstr(text, "\"right\""));
		assert_null(strstr(text, "\"explanation\""));
		free(text);
		assert_int_equal(json_array_size(json_object_get(view, "options")), 4);
		assert_string_equal(json_string_value(json_array_get(json_object_get(view, "answer"), 0)), "2");
	}
	exam_destroy(exam);
	bank_destroy(bank);
}

static void test_damaged(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "[]", "{}", "{\"questions\": []}", "{\"questions\": [1]}",
		"{\"questions\": [{\"right\": 5, \"options\": [{}, {}, {}, {}]}]}"};
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		assert_null(exam_read(texts[i]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_seed),
		cmocka_unit_test(test_orders),
		cmocka_unit_test(test_new_sets),
		cmocka_unit_test(test_view),
		cmocka_unit_test(test_damaged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
