#include "server/final/statistics.h"

#include <math.h>
#include <string.h>

#include "assessment/form/exam.h"
#include "server/store/final_test.h"

#define PEOPLE_ENOUGH 10
#define ATTEMPTS_TOLD 101

struct option_count {
	char *id, *text;
	bool right;
	gint64 chosen;
};

struct item_count {
	char *area_it, *area_en, *stem;
	gint64 asked, right;
	double rest, rest_squared, rest_right; /* sums over who was asked: share right in the others */
	struct option_count options[EXAM_OPTIONS];
};

struct counting {
	GHashTable *items; /* id -> struct item_count */
	gint64 people, attempts, passed, passed_first;
	double shares;
	gint64 scores[EXAM_QUESTIONS_MAX + 1]; /* of first attempts */
	gint64 taken_at[ATTEMPTS_TOLD], passed_at[ATTEMPTS_TOLD];
};

static void item_free(void *data)
{
	struct item_count *item = data;
	for (guint i = 0; i < EXAM_OPTIONS; i++) {
		g_free(item->options[i].id);
		g_free(item->options[i].text);
	}
	g_free(item->area_it);
	g_free(item->area_en);
	g_free(item->stem);
	g_free(item);
}

static struct item_count *item_of(struct counting *counting, const struct exam_question *question)
{
	struct item_count *item = g_hash_table_lookup(counting->items, question->id);
	if (!item) {
		item = g_new0(struct item_count, 1);
		item->area_it = g_strdup(question->area_it);
		item->area_en = g_strdup(question->area_en);
		item->stem = g_strdup(question->stem);
		for (guint i = 0; i < EXAM_OPTIONS; i++) {
			item->options[i] = (struct option_count){.id = g_strdup(question->options[i].id),
				.text = g_strdup(question->options[i].text),
				.right = question->right == i + 1};
		}
		g_hash_table_insert(counting->items, g_strdup(question->id), item);
	}
	return item;
}

static void count_choice(struct item_count *item, const struct exam_question *question, guint chosen)
{
	for (guint i = 0; chosen && i < EXAM_OPTIONS; i++) {
		if (strcmp(item->options[i].id, question->options[chosen - 1].id) == 0) {
			item->options[i].chosen++;
		}
	}
}

static void count_items(struct db *db, const struct final_attempt *attempt, struct counting *counting)
{
	struct exam *exam = exam_read(attempt->exam);
	g_autoptr(GArray) answers = final_answers(db, attempt->id);
	for (guint q = 0; exam && q < MIN(exam->question_count, answers->len); q++) {
		const struct exam_question *question = &exam->questions[q];
		guint chosen = g_array_index(answers, struct final_answer, q).chosen;
		double x = chosen == question->right;
		double rest = exam->question_count > 1
				      ? ((double)attempt->score - x) / (exam->question_count - 1)
				      : 0;
		struct item_count *item = item_of(counting, question);
		item->asked++;
		item->right += chosen == question->right;
		item->rest += rest;
		item->rest_squared += rest * rest;
		item->rest_right += rest * x;
		count_choice(item, question, chosen);
	}
	exam_destroy(exam);
}

static void count_attempt(struct db *db, const struct final_attempt *attempt, void *data)
{
	struct counting *counting = data;
	if (!attempt->done) {
		return;
	}
	gint64 number = MIN(attempt->number, ATTEMPTS_TOLD - 1);
	counting->attempts++;
	counting->taken_at[number]++;
	counting->passed_at[number] += attempt->passed;
	counting->passed += attempt->passed;
	if (attempt->number == 1) {
		counting->people++;
		counting->passed_first += attempt->passed;
		counting->shares += (double)attempt->score / attempt->questions;
		counting->scores[MIN(attempt->score, EXAM_QUESTIONS_MAX)]++;
		count_items(db, attempt, counting);
	}
}

/* Pearson's correlation of right (0, 1) with the share right in the other questions. */
static json_t *discrimination(const struct item_count *item)
{
	double n = (double)item->asked, p = (double)item->right / n;
	double mean = item->rest / n;
	double variance = (item->rest_squared / n - mean * mean) * p * (1 - p);
	if (item->asked < PEOPLE_ENOUGH || variance < 1e-12) {
		return json_null();
	}
	return json_real((item->rest_right / n - p * mean) / sqrt(variance));
}

static json_t *item_json(const char *id, const struct item_count *item)
{
	json_t *options = json_array();
	for (guint i = 0; i < EXAM_OPTIONS; i++) {
		const struct option_count *option = &item->options[i];
		json_array_append_new(options,
			json_pack("{s:s, s:o, s:b, s:I}", "id", option->id, "text", rich_json(option->text), "right",
				(int)option->right, "chosen", (json_int_t)option->chosen));
	}
	return json_pack("{s:s, s:s, s:s, s:o, s:I, s:I, s:f, s:o, s:o}", "id", id, "area_it", item->area_it,
		"area_en", item->area_en, "stem", rich_json(item->stem), "asked", (json_int_t)item->asked, "right",
		(json_int_t)item->right, "difficulty", (double)item->right / (double)item->asked,
		"discrimination", discrimination(item), "options", options);
}

static json_t *items_json(const struct counting *counting)
{
	json_t *list = json_array();
	g_autoptr(GList) ids = g_list_sort(g_hash_table_get_keys(counting->items), (GCompareFunc)strcmp);
	for (GList *at = ids; at; at = at->next) {
		json_array_append_new(
			list, item_json(at->data, g_hash_table_lookup(counting->items, at->data)));
	}
	return list;
}

static json_t *scores_json(const struct counting *counting)
{
	json_t *list = json_array();
	for (guint score = 0; score <= EXAM_QUESTIONS_MAX; score++) {
		if (counting->scores[score]) {
			json_array_append_new(list, json_pack("{s:i, s:I}", "score", (int)score, "people",
							  (json_int_t)counting->scores[score]));
		}
	}
	return list;
}

static json_t *attempts_json(const struct counting *counting)
{
	json_t *list = json_array();
	for (guint number = 1; number < ATTEMPTS_TOLD; number++) {
		if (counting->taken_at[number]) {
			json_array_append_new(list, json_pack("{s:i, s:I, s:I}", "number", (int)number, "taken",
							  (json_int_t)counting->taken_at[number], "passed",
							  (json_int_t)counting->passed_at[number]));
		}
	}
	return list;
}

json_t *final_statistics(struct db *db, int64_t event)
{
	struct counting *counting = g_new0(struct counting, 1);
	counting->items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, item_free);
	final_each(db, event, count_attempt, counting);
	json_t *json = json_pack("{s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o}", "people",
		(json_int_t)counting->people, "attempts", (json_int_t)counting->attempts, "passed",
		(json_int_t)counting->passed, "passed_first", (json_int_t)counting->passed_first, "mean_share",
		counting->people ? json_real(counting->shares / (double)counting->people) : json_null(),
		"scores", scores_json(counting), "by_attempt", attempts_json(counting), "items",
		items_json(counting));
	g_hash_table_unref(counting->items);
	g_free(counting);
	return json;
}
