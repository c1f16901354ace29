/* The final test as its operator sees it: where one stands, the open attempt, the results. */
#include "server/final/taking.h"
#include "server/store/class_results.h"

static const struct final_answer *answer_at(const struct final_taking *taking, guint position)
{
	return &g_array_index(taking->answers, struct final_answer, position);
}

json_t *final_item_json(const struct final_taking *taking, guint position)
{
	const struct final_answer *answer = answer_at(taking, position);
	return exam_question_view(taking->exam, position, answer->chosen, answer->revision);
}

json_t *final_answered_json(const GArray *answers)
{
	json_t *list = json_array();
	for (guint i = 0; i < answers->len; i++) {
		json_array_append_new(
			list, json_boolean(g_array_index(answers, struct final_answer, i).chosen != 0));
	}
	return list;
}

/* Where one goes on: the first question without an answer, or the last one. */
static guint resume_at(const GArray *answers)
{
	for (guint i = 0; i < answers->len; i++) {
		if (g_array_index(answers, struct final_answer, i).chosen == 0) {
			return i;
		}
	}
	return answers->len - 1;
}

static json_t *attempt_json(const struct final_taking *taking)
{
	if (!final_taking_is_open(taking)) {
		return json_null();
	}
	guint position = resume_at(taking->answers);
	const struct final_attempt *attempt = &taking->standing.newest;
	return json_pack("{s:I, s:I, s:i, s:i, s:o, s:o}", "id", (json_int_t)attempt->id, "number",
		(json_int_t)attempt->number, "position", (int)position, "total",
		(int)taking->exam->question_count, "answered", final_answered_json(taking->answers), "item",
		final_item_json(taking, position));
}

/* Those taken in class, the newest first. */
static void add_in_class(json_t *list, const GArray *results)
{
	for (guint i = 0; results && i < results->len; i++) {
		const struct class_result *result = &g_array_index(results, struct class_result, i);
		if (result->void_at == 0) {
			json_array_append_new(list,
				json_pack("{s:s, s:s, s:i, s:i, s:i, s:b}", "test", class_test_name(result->test), "day", result->day,
					"score", (int)result->score, "questions", (int)result->maximum, "needed", (int)result->needed,
					"passed", (int)result->passed));
		}
	}
}

/* Sums only: which answers were right is not told before the course is over. */
static json_t *history_json(const GArray *history, const GArray *results)
{
	json_t *list = json_array();
	add_in_class(list, results);
	for (guint i = 0; history && i < history->len; i++) {
		const struct final_attempt *attempt = &g_array_index(history, struct final_attempt, i);
		if (attempt->done) {
			char at[32];
			store_time_text(attempt->done_at, at);
			json_array_append_new(list,
				json_pack("{s:I, s:s, s:i, s:i, s:i, s:b}", "number",
					(json_int_t)attempt->number, "done_at", at, "score",
					(int)attempt->score, "questions", (int)attempt->questions, "needed",
					(int)attempt->needed, "passed", (int)attempt->passed));
		}
	}
	return list;
}

static json_t *event_json(const struct final_standing *standing)
{
	if (!standing->has_event) {
		return json_null();
	}
	char credits[8];
	ecm_credits_text(standing->event.credits_tenths, credits);
	return json_pack("{s:I, s:s, s:s, s:s, s:s}", "id", (json_int_t)standing->event.id, "title",
		standing->event.title, "credits", credits, "from", standing->event.data_ini, "to",
		standing->event.data_fine);
}

json_t *final_view_json(const struct final_taking *taking)
{
	const struct final_standing *standing = &taking->standing;
	const char *state = final_taking_is_open(taking) ? "open" : standing->has_attempt ? "done" : "none";
	char passed_at[32];
	store_time_text(standing->outcome.passed_at, passed_at);
	return json_pack("{s:o, s:b, s:s, s:b, s:o, s:i, s:i, s:i, s:i, s:b, s:b, s:o, s:b, s:o, s:o}", "event",
		event_json(standing), "required", (int)(standing->has_event && standing->rules.required),
		"state", state, "may_start", (int)standing->may_start, "missing",
		final_missing_json(standing), "questions", (int)standing->questions, "needed",
		(int)standing->needed, "attempts_used", (int)standing->outcome.attempts, "attempts_max",
		(int)standing->outcome.attempts_max, "new_set", (int)standing->rules.new_set, "passed",
		(int)standing->outcome.passed, "passed_at", json_string(passed_at), "disclosed",
		(int)standing->disclosed, "attempt", attempt_json(taking), "history",
		history_json(taking->history, taking->results));
}

json_t *final_right_json(const struct final_taking *taking)
{
	json_t *list = json_array();
	for (guint i = 0; i < taking->exam->question_count; i++) {
		const struct exam_question *question = &taking->exam->questions[i];
		json_t *item = final_item_json(taking, i);
		g_autofree char *right = g_strdup_printf("%u", question->right);
		json_object_set_new(item, "right", json_string(right));
		json_object_set_new(item, "explanation", json_string(question->explanation));
		json_array_append_new(list, item);
	}
	return list;
}
