/* When a test is over: each stopping rule, and how a policy's rules go together. */
#include "assessment/placement/session_parts.h"

#include <math.h>

static bool ratios_decide(const struct session *session, const struct stopping *rule)
{
	const struct cuts *cuts = &session->policy->cuts;
	struct irt_response responses[ADAPTIVE_ITEMS_MAX];
	const guint count = session_responses(session, responses);
	double ratios[CLASSIFY_CUTS_MAX];
	for (guint k = 0; k < cuts->count; k++) {
		ratios[k] = rule->rule == STOP_SPRT
				    ? sprt_log_ratio(responses, count, cuts->at[k], rule->delta)
				    : glr_log_ratio(responses, count, cuts->at[k], rule->delta, -6, 6, 0.1);
	}
	return level_by_ratios(cuts, ratios, rule->alpha, rule->beta) != CLASSIFY_UNDECIDED;
}

/* Is no cut within the interval around theta that holds it with this confidence? */
static bool interval_decides(const struct session *session, double confidence)
{
	const struct theta_estimate estimate = session_theta(session);
	for (guint k = 0; k < session->policy->cuts.count; k++) {
		const double z = fabs(session->policy->cuts.at[k] - estimate.theta) / estimate.se;
		if (erf(z / sqrt(2)) < confidence) {
			return false;
		}
	}
	return true;
}

static bool rule_holds(const struct session *session, const struct stopping *rule)
{
	double probability;
	switch (rule->rule) {
	case STOP_GAIN:
		return session->gain <= 0;
	case STOP_SE:
		return session_theta(session).se <= rule->at;
	case STOP_POSTERIOR:
		session_level(session, &probability);
		return probability >= rule->at;
	case STOP_SPRT:
	case STOP_GLR:
		return ratios_decide(session, rule);
	case STOP_CONFIDENCE:
		return interval_decides(session, rule->at);
	case STOP_NONE:
	case STOP_MAXIMUM:
	case STOP_NO_ITEMS:
	case STOP_GATES:
	case STOP_RULE_MAX:
		break;
	}
	return false;
}

enum stop_rule session_stopped_by(const struct session *session)
{
	const struct adaptive *policy = session->policy;
	if (session->count < policy->minimum) {
		return STOP_NONE;
	}
	guint hold = 0;
	enum stop_rule first = STOP_NONE;
	for (guint i = 0; i < policy->rule_count; i++) {
		if (rule_holds(session, &policy->rules[i])) {
			first = hold++ == 0 ? policy->rules[i].rule : first;
		}
	}
	return hold > 0 && (!policy->all || hold == policy->rule_count) ? first : STOP_NONE;
}
