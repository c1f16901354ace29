#include "server/classes/result_view.h"

#include "server/ecm/day.h"
#include "server/store/final_test.h"

json_t *class_test_json(struct db *db, const struct ecm_event *event)
{
	struct class_setting setting;
	struct final_rules rules;
	class_setting_load(db, event->id, &setting);
	final_rules_load(db, event, &rules);
	return json_pack("{s:s, s:b, s:i, s:i, s:i}", "where", class_test_name(setting.test), "demanded", (int)rules.required,
		"share_percent", (int)rules.share_percent, "questions", (int)final_questions(&rules, event->credits_tenths),
		"attempts_max", (int)rules.attempts_max);
}

json_t *class_tested_json(struct db *db, int64_t group)
{
	struct class_tested tested;
	class_tested(db, group, &tested);
	return json_pack("{s:i, s:i, s:i}", "passed", (int)tested.passed, "failed", (int)tested.failed, "waiting", (int)tested.waiting);
}

static json_t *points_json(guint maximum, guint points)
{
	return maximum > 0 ? json_integer(points) : json_null();
}

static json_t *result_json(const struct class_result *result)
{
	char recorded[32], voided[32];
	store_time_text(result->recorded_at, recorded);
	store_time_text(result->void_at, voided);
	return json_pack("{s:I, s:s, s:s, s:o, s:o, s:o, s:b, s:s, s:s, s:s, s:s, s:o, s:s, s:s}", "id", (json_int_t)result->id,
		"test", class_test_name(result->test), "day", result->day, "score", points_json(result->maximum, result->score),
		"maximum", points_json(result->maximum, result->maximum), "needed", points_json(result->maximum, result->needed),
		"passed", (int)result->passed, "how", result->how, "note", result->note, "by", result->by, "recorded_at", recorded,
		"void_at", *voided ? json_string(voided) : json_null(), "void_by", result->void_by, "void_why", result->void_why);
}

json_t *class_results_json(struct db *db, int64_t event, int64_t person)
{
	json_t *list = json_array();
	g_autoptr(GArray) rows = class_results(db, event, person);
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(list, result_json(&g_array_index(rows, struct class_result, i)));
	}
	return list;
}

json_t *class_outcome_json(struct db *db, int64_t person, const struct ecm_event *event)
{
	struct final_outcome outcome;
	char day[11] = "";
	final_outcome(db, person, event, &outcome);
	if (outcome.passed) {
		ecm_day(outcome.passed_at, day);
	}
	return json_pack("{s:b, s:b, s:i, s:s, s:o, s:o, s:o, s:o}", "demanded", (int)outcome.required, "passed", (int)outcome.passed,
		"attempts", (int)outcome.attempts, "test", class_test_name(outcome.test), "day", *day ? json_string(day) : json_null(),
		"score", points_json(outcome.questions, outcome.score), "maximum", points_json(outcome.questions, outcome.questions),
		"needed", points_json(outcome.questions, outcome.needed));
}
