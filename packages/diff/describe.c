/* An activity's launch data as short texts, in the words of the specification; and the table of all that is described.
 * What is as by default is left out, so that a text is empty where the manifest says nothing. */
#include "packages/diff/describe.h"

static char *copy(struct span text)
{
	return g_strndup(text.at ? text.at : "", text.len);
}

static char *describe_href(const struct course *course, const struct activity *activity)
{
	(void)course;
	return copy(activity->href);
}

static char *describe_resource(const struct course *course, const struct activity *activity)
{
	static const char *const kinds[] = {
		[RESOURCE_NONE] = "", [RESOURCE_ASSET] = "asset", [RESOURCE_SCO] = "sco"};
	(void)course;
	return g_strdup(kinds[activity->resource]);
}

static char *describe_visible(const struct course *course, const struct activity *activity)
{
	(void)course;
	return g_strdup(activity->visible ? "" : "isvisible=false");
}

static char *describe_data(const struct course *course, const struct activity *activity)
{
	(void)course;
	return copy(activity->data_from_lms);
}

static char *describe_prerequisites(const struct course *course, const struct activity *activity)
{
	(void)course;
	return copy(activity->prerequisites);
}

static char *describe_mastery(const struct course *course, const struct activity *activity)
{
	(void)course;
	return activity->has_mastery_score ? g_strdup_printf("%g", activity->mastery_score) : g_strdup("");
}

static char *describe_time(const struct course *course, const struct activity *activity)
{
	static const char *const actions[] = {
		"continue,no message", "continue,message", "exit,no message", "exit,message"};
	(void)course;
	if (!activity->has_max_time && activity->time_limit_action == TIME_LIMIT_CONTINUE_NO_MESSAGE) {
		return g_strdup("");
	}
	return g_strdup_printf("%g s, %s", activity->has_max_time ? (double)activity->max_time_cs / 100 : 0.0,
		actions[activity->time_limit_action]);
}

static char *describe_threshold(const struct course *course, const struct activity *activity)
{
	(void)course;
	if (!activity->completed_by_measure && activity->progress_weight >= 1) {
		return g_strdup("");
	}
	return g_strdup_printf("%scompletedByMeasure, %g, weight %g",
		activity->completed_by_measure ? "" : "not ", activity->min_progress_measure,
		activity->progress_weight);
}

void describe_flag(GString *text, bool differs, const char *word)
{
	if (differs) {
		g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", word);
	}
}

static char *describe_shared(const struct course *course, const struct activity *activity)
{
	GString *text = g_string_new(NULL);
	for (uint32_t i = 0; i < activity->shared_data_count; i++) {
		const struct shared_data_map *map = &course->shared_data[activity->first_shared_data + i];
		g_string_append_printf(text, "%s%.*s%s%s", i == 0 ? "" : "; ", (int)map->target.len,
			map->target.at, map->read ? " read" : "", map->write ? " write" : "");
	}
	return g_string_free(text, FALSE);
}

static char *describe_hidden(const struct course *course, const struct activity *activity)
{
	static const char *const names[] = {
		"previous", "continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll"};
	GString *text = g_string_new(NULL);
	(void)course;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		describe_flag(text, (activity->hide_lms_ui >> i & 1) != 0, names[i]);
	}
	return g_string_free(text, FALSE);
}

const struct activity_part activity_parts[] = {
	{"href", "launch", describe_href},
	{"resource", "launch", describe_resource},
	{"isvisible", "launch", describe_visible},
	{"dataFromLMS", "launch", describe_data},
	{"prerequisites", "launch", describe_prerequisites},
	{"masteryscore", "launch", describe_mastery},
	{"timelimit", "launch", describe_time},
	{"completionThreshold", "launch", describe_threshold},
	{"data", "launch", describe_shared},
	{"hideLMSUI", "launch", describe_hidden},
	{"controlMode", "sequencing", describe_control},
	{"limitConditions", "sequencing", describe_limits},
	{"sequencingRules", "sequencing", describe_rules},
	{"rollupRules", "sequencing", describe_rollup},
	{"objectives", "sequencing", describe_objectives},
	{"selection", "sequencing", describe_children},
	{"deliveryControls", "sequencing", describe_delivery},
};
const unsigned activity_part_count = G_N_ELEMENTS(activity_parts);
