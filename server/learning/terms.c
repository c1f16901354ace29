#include "server/learning/terms.h"

#include <string.h>

#include "player/engine/record/journal.h"
#include "server/store/courses.h"

static const char *rule_name(enum status_rule rule)
{
	static const char *const names[] = {
		[STATUS_RULE_ALL] = "all",
		[STATUS_RULE_ANY] = "any",
		[STATUS_RULE_LAST] = "last",
		[STATUS_RULE_MASTERY] = "mastery",
	};
	return names[rule];
}

static bool text_is(struct span text, const char *other)
{
	return text.len == strlen(other) && memcmp(text.at, other, text.len) == 0;
}

/* NULL: nothing differs. Name and language may change while a page is open: nothing is judged by them. */
static const char *difference(
	struct db *db, const struct attempt *attempt, const struct session_params *session)
{
	char learner[24];
	g_snprintf(learner, sizeof(learner), "%" G_GINT64_FORMAT, attempt->person);
	struct course_settings settings = {.mastery_override = session->mastery_override};
	g_strlcpy(settings.status_rule, rule_name(session->status_rule), sizeof(settings.status_rule));
	if (!text_is(session->learner_id, learner)) {
		return "learner";
	}
	if (session->mode != MODE_NORMAL) {
		return "mode";
	}
	if (!session->credit) {
		return "credit";
	}
	if (session->seed != g_ascii_strtoull(attempt->seed, NULL, 10)) {
		return "seed";
	}
	if (!course_settings_held(db, attempt->course, &settings, attempt->created_at)) {
		return "mastery_override, status_rule";
	}
	return NULL;
}

bool terms_hold(struct db *db, const struct attempt *attempt, struct span records, const char **ret_member)
{
	struct journal_record record;
	*ret_member = NULL;
	while (*ret_member == NULL && journal_read(&records, &record)) {
		if (record.kind == RECORD_SESSION && record.sequence > (uint64_t)attempt->last_sequence) {
			*ret_member = difference(db, attempt, &record.session);
		}
	}
	return *ret_member == NULL;
}
