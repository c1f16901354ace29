/*
 * <imsss:sequencing> of an item or organization (CAM 5.1): its own parts, and for those it lacks the parts of
 * the reusable block that IDRef names. Own parts win, one by one.
 */
#include "packages/manifest/reader.h"
#include "packages/manifest/words.h"

struct sources {
	const xmlNode *own, *shared; /* either may be NULL */
};

static const xmlNode *part(const struct sources *sources, enum family family, const char *name)
{
	const xmlNode *own = element_child(sources->own, family, name);
	return own ? own : element_child(sources->shared, family, name);
}

bool manifest_part(struct builder *builder, const xmlNode *element)
{
	struct reader *reader = builder->reader;
	if (reader->parts < MANIFEST_MAX_PARTS) {
		reader->parts++;
		return true;
	}
	if (!reader->too_many) {
		char limit[16];
		g_snprintf(limit, sizeof(limit), "%u", MANIFEST_MAX_PARTS);
		reader_find(reader, MANIFEST_TOO_MANY, element, limit, "imsss");
		reader->too_many = true;
	}
	return false;
}

static void read_control_mode(struct reader *reader, const xmlNode *at, struct control_mode *ret)
{
	reader_bool(reader, at, "choice", &ret->choice);
	reader_bool(reader, at, "choiceExit", &ret->choice_exit);
	reader_bool(reader, at, "flow", &ret->flow);
	reader_bool(reader, at, "forwardOnly", &ret->forward_only);
	reader_bool(reader, at, "useCurrentAttemptObjectiveInfo", &ret->use_current_attempt_objective);
	reader_bool(reader, at, "useCurrentAttemptProgressInfo", &ret->use_current_attempt_progress);
}

static void read_limits(struct reader *reader, const xmlNode *at, struct activity *ret)
{
	static const char *const ignored[] = {
		"activityAbsoluteDurationLimit", "beginTimeLimit", "endTimeLimit"};
	ret->has_attempt_limit = reader_count(reader, at, "attemptLimit", &ret->attempt_limit);
	if (reader_duration(reader, at, "attemptAbsoluteDurationLimit", &ret->max_time_cs)) {
		ret->has_max_time = true;
	}
	ret->has_experienced_duration_limit = reader_duration(reader, at, "attemptExperiencedDurationLimit",
						      &ret->experienced_duration_limit_cs) ||
					      reader_duration(reader, at, "activityExperiencedDurationLimit",
						      &ret->experienced_duration_limit_cs);
	for (size_t i = 0; i < G_N_ELEMENTS(ignored); i++) {
		if (element_attribute(at, ignored[i], reader->strings)) {
			reader_find(reader, SEQUENCING_NOT_EVALUATED, at, ignored[i], NULL);
		}
	}
}

static void read_randomization(struct reader *reader, const xmlNode *at, struct activity *ret)
{
	static const char *const timings[] = {[TIMING_NEVER] = "never",
		[TIMING_ONCE] = "once",
		[TIMING_ON_EACH_NEW_ATTEMPT] = "onEachNewAttempt"};
	uint32_t timing = TIMING_NEVER;
	if (reader_word(reader, at, "randomizationTiming", timings, G_N_ELEMENTS(timings), &timing)) {
		ret->randomization_timing = (enum child_timing)timing;
	}
	if (reader_word(reader, at, "selectionTiming", timings, G_N_ELEMENTS(timings), &timing)) {
		ret->selection_timing = (enum child_timing)timing;
	}
	ret->has_selection_count = reader_count(reader, at, "selectCount", &ret->selection_count);
	reader_bool(reader, at, "reorderChildren", &ret->reorder_children);
}

static void read_consideration(
	struct reader *reader, const xmlNode *at, const char *name, enum rollup_consideration *ret)
{
	uint32_t word = CONSIDER_ALWAYS;
	if (reader_word(reader, at, name, consideration_words, CONSIDERATION_WORDS, &word)) {
		*ret = (enum rollup_consideration)word;
	}
}

static void read_considerations(struct reader *reader, const xmlNode *at, struct activity *ret)
{
	read_consideration(reader, at, "requiredForSatisfied", &ret->required_for_satisfied);
	read_consideration(reader, at, "requiredForNotSatisfied", &ret->required_for_not_satisfied);
	read_consideration(reader, at, "requiredForCompleted", &ret->required_for_completed);
	read_consideration(reader, at, "requiredForIncomplete", &ret->required_for_incomplete);
	reader_bool(reader, at, "measureSatisfactionIfActive", &ret->measure_satisfaction_if_active);
}

static void read_delivery(struct reader *reader, const xmlNode *at, struct activity *ret)
{
	reader_bool(reader, at, "tracked", &ret->tracked);
	reader_bool(reader, at, "completionSetByContent", &ret->completion_set_by_content);
	reader_bool(reader, at, "objectiveSetByContent", &ret->objective_set_by_content);
}

static bool find_sources(struct reader *reader, const xmlNode *item, struct sources *ret)
{
	ret->own = element_child(item, FAMILY_IMSSS, "sequencing");
	ret->shared = NULL;
	if (!ret->own) {
		return false;
	}
	struct span reference = reader_attribute(reader, ret->own, "IDRef");
	if (reference.len > 0) {
		ret->shared = g_hash_table_lookup(reader->sequencings, reference.at);
		if (!ret->shared) {
			reader_find(reader, SEQUENCING_DANGLING, ret->own, reference.at, NULL);
		}
	}
	return true;
}

void manifest_sequencing(struct builder *builder, const xmlNode *item, struct activity *activity)
{
	struct reader *reader = builder->reader;
	struct sources sources;
	activity->first_rule = builder->rules->len;
	activity->first_rollup_rule = builder->rollup_rules->len;
	activity->first_objective = builder->objectives->len;
	if (!find_sources(reader, item, &sources)) {
		return;
	}
	if (builder->edition == SCORM_12) {
		if (findings_count_kind(reader->findings, FINDING_SEQUENCING_IN_12) == 0) {
			reader_find(reader, SEQUENCING_IN_12, sources.own, NULL, NULL);
		}
		return;
	}
	static const struct {
		enum family family;
		const char *name;
		void (*read)(struct reader *, const xmlNode *, struct activity *);
	} plain[] = {
		{FAMILY_IMSSS, "limitConditions", read_limits},
		{FAMILY_IMSSS, "randomizationControls", read_randomization},
		{FAMILY_IMSSS, "deliveryControls", read_delivery},
		{FAMILY_ADLSEQ, "rollupConsiderations", read_considerations},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
		const xmlNode *at = part(&sources, plain[i].family, plain[i].name);
		if (at) {
			plain[i].read(reader, at, activity);
		}
	}
	const xmlNode *control = part(&sources, FAMILY_IMSSS, "controlMode");
	if (control) {
		read_control_mode(reader, control, &activity->control);
	}
	const xmlNode *choice = part(&sources, FAMILY_ADLSEQ, "constrainedChoiceConsiderations");
	if (choice) {
		reader_bool(reader, choice, "preventActivation", &activity->prevent_activation);
		reader_bool(reader, choice, "constrainChoice", &activity->constrain_choice);
	}
	manifest_objectives(builder, part(&sources, FAMILY_IMSSS, "objectives"),
		part(&sources, FAMILY_ADLSEQ, "objectives"), activity);
	manifest_rules(builder, part(&sources, FAMILY_IMSSS, "sequencingRules"), activity);
	manifest_rollup_rules(builder, part(&sources, FAMILY_IMSSS, "rollupRules"), activity);
}
