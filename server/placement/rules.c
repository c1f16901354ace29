#include "server/placement/rules.h"

#include "server/problem.h"
#include "server/store/adaptive.h"

#define DAY_MS (24LL * 3600 * 1000)

static const struct problem_text no_bank = {
	.code = "PLACEMENT_NO_BANK",
	.it = "Il questionario non è ancora disponibile.",
	.en = "The questionnaire is not available yet.",
	.mend_it = "Riprova più tardi: chi gestisce i corsi deve ancora attivare i quesiti.",
	.mend_en = "Try again later: the course designers have yet to activate the items.",
};

static const struct problem_text no_retake = {
	.code = "PLACEMENT_NO_RETAKE",
	.it = "Hai già svolto il questionario e non sono previsti altri tentativi.",
	.en = "You have taken the questionnaire already and no further try is allowed.",
	.mend_it = "Se il livello non ti sembra giusto, scrivi al provider della formazione.",
	.mend_en = "If the level does not seem right, write to the training provider.",
};

static const struct problem_text too_early = {
	.code = "PLACEMENT_TOO_EARLY",
	.it = "Hai già svolto il questionario: potrai ripeterlo più avanti.",
	.en = "You have taken the questionnaire already: you can take it again later.",
	.mend_it = "Torna dalla data indicata.",
	.mend_en = "Come back from the date shown.",
};

static void refuse(struct placement_right *right, const struct problem_text *text)
{
	right->may_start = false;
	problem_set(&right->why_not, text, "");
}

static void judge_retake(
	struct db *db, const struct placement *newest, int64_t now, struct placement_right *ret)
{
	struct policy policy;
	placement_policy_load(db, &policy);
	int64_t from = newest->done_at + policy.retake_after_days * DAY_MS;
	/* Tries that the provider allowed are beyond the policy and do not use it up. */
	bool left = newest->number - placement_grants_used(db, newest->person) <= policy.retakes;
	policy_finish(&policy);
	if (placement_grants(db, newest->person) > 0) {
		ret->by_grant = !left || now < from;
		ret->may_start = true;
	} else if (!left) {
		refuse(ret, &no_retake);
	} else if (now < from) {
		ret->from = from;
		refuse(ret, &too_early);
	} else {
		ret->may_start = true;
	}
}

void placement_right(struct db *db, int64_t person, int64_t now, struct placement_right *ret)
{
	*ret = (struct placement_right){.standing = STANDING_NONE};
	struct placement newest = {0};
	if (!placement_newest(db, person, &newest)) {
		ret->may_start = true;
	} else {
		ret->placement = newest.id;
		ret->number = newest.number;
		ret->standing = newest.state == PLACEMENT_OPEN ? STANDING_OPEN : STANDING_DONE;
		if (newest.state == PLACEMENT_OPEN) {
			ret->may_start = true;
			placement_finish(&newest);
			return;
		}
		judge_retake(db, &newest, now, ret);
		placement_finish(&newest);
	}
	if (ret->may_start && bank_active(db) == 0) {
		refuse(ret, &no_bank);
	}
}

json_t *placement_right_json(struct db *db, int64_t person)
{
	static const char *const names[] = {
		[STANDING_NONE] = "none", [STANDING_OPEN] = "open", [STANDING_DONE] = "done"};
	struct placement_right right;
	placement_right(db, person, store_now(), &right);
	char from[32];
	store_time_text(right.from, from);
	struct adaptive_policy_row policy;
	const bool adaptive = adaptive_policy_active(db, &policy);
	adaptive_policy_row_finish(&policy);
	return json_pack("{s:s, s:o, s:b, s:b, s:o, s:o}", "state", names[right.standing], "attempt",
		right.placement ? json_integer(right.placement) : json_null(), "adaptive", (int)adaptive, "may_start",
		(int)right.may_start, "may_retake_from", right.from ? json_string(from) : json_null(),
		"why_not", right.may_start ? json_null() : problem_json(&right.why_not));
}
