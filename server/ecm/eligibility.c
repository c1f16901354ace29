#include "server/ecm/eligibility.h"

#include <stdio.h>
#include <string.h>

#include "server/ecm/day.h"
#include "server/ecm/eligibility_matter.h"
#include "server/problem.h"
#include "server/store/class_marks.h"
#include "server/store/final_test.h"

struct credit_check *eligibility_found(struct eligibility *list, enum credit_condition condition, bool fulfilled,
	const char *it, const char *en)
{
	struct credit_check *check = &list->checks[condition];
	check->fulfilled = fulfilled;
	PROBLEM_COPY(check->it, it);
	PROBLEM_COPY(check->en, en);
	return check;
}

void eligibility_mend(struct credit_check *check, const char *it, const char *en)
{
	PROBLEM_COPY(check->mend_it, it);
	PROBLEM_COPY(check->mend_en, en);
}

const char *eligibility_page(const struct matter *matter, const char *path, const char *in_class)
{
	return ecm_event_in_class(matter->event) ? in_class : path;
}

/* "2026-02-03" as people write it: 3/2/2026. Yours. */
static char *people_day(const char *day)
{
	int year, month, number;
	return sscanf(day, "%d-%d-%d", &year, &month, &number) == 3 ? g_strdup_printf("%d/%d/%d", number, month, year)
								    : g_strdup(day);
}

/* --- When: the last dated condition, or today while one is unmet --- */

static void judge_dates(struct matter *matter, struct eligibility *list)
{
	static const enum credit_condition dated[] = {
		CREDIT_PATH, CREDIT_FINAL, CREDIT_QUALITY, CREDIT_DECLARATION};
	const struct ecm_event *event = matter->event;
	char day[11] = "";
	bool all = list->checks[CREDIT_REGION].fulfilled;
	for (guint i = 0; i < G_N_ELEMENTS(dated); i++) {
		const struct credit_check *check = &list->checks[dated[i]];
		all = all && check->fulfilled;
		if (check->demanded && strcmp(check->day, day) > 0) {
			g_strlcpy(day, check->day, sizeof(day));
		}
	}
	if (!all) {
		ecm_day(store_now(), day);
	}
	struct final_rules rules;
	final_rules_load(matter->db, event, &rules);
	ecm_event_earned(event, rules.days_after, day);
	bool inside = strcmp(day, event->data_ini) >= 0 && strcmp(day, event->data_fine) <= 0;
	g_autofree char *from = people_day(event->data_ini), *to = people_day(event->data_fine), *last = people_day(day);
	g_autofree char *it = g_strdup_printf(all ? "L’evento va dal %s al %s; l’ultima condizione è del %s." : "L’evento va dal %s al %s; oggi è il %s.",
		from, to, last);
	g_autofree char *en = g_strdup_printf(all ? "The event runs from %s to %s; the last condition was met on %s." : "The event runs from %s to %s; today is %s.",
		from, to, last);
	struct credit_check *check = eligibility_found(list, CREDIT_DATES, inside, it, en);
	if (!inside) {
		eligibility_mend(check, "Il provider può assegnare un’altra edizione.", "The provider can put you into another edition.");
	}
	g_strlcpy(list->earned, all && inside ? day : "", sizeof(list->earned));
}

void eligibility_of(
	struct db *db, int64_t person, const struct ecm_event *event, struct eligibility *ret)
{
	struct matter matter = {.db = db, .event = event};
	*ret = (struct eligibility){.eligible = true};
	for (int i = 0; i < CREDIT_MAX; i++) {
		ret->checks[i].condition = (enum credit_condition)i;
		ret->checks[i].demanded = true;
	}
	if (!people_by_id(db, person, &matter.person)) {
		ret->eligible = false;
		return;
	}
	faults_init(&matter.faults, 20);
	matter.declared = declaration_of(db, person, event->id, &matter.declaration);
	eligibility_judge_data(&matter, ret);
	eligibility_judge_declaration(&matter, ret);
	eligibility_judge_path(&matter, ret);
	eligibility_judge_final(&matter, ret);
	eligibility_judge_quality(&matter, ret);
	judge_dates(&matter, ret);
	faults_finish(&matter.faults);
	for (int i = 0; i < CREDIT_MAX; i++) {
		ret->eligible = ret->eligible && ret->checks[i].fulfilled;
	}
	if (!ret->eligible) {
		ret->earned[0] = '\0';
	}
}

bool eligibility_event_of(struct db *db, int64_t person, int64_t wanted, struct ecm_event *ret)
{
	struct class_seat seat;
	if (wanted == 0) {
		return eligibility_event(db, person, ret);
	}
	return class_seat_of(db, wanted, person, &seat) && seat.state == CLASS_ENROLLED && ecm_event_by_id(db, wanted, ret);
}

bool eligibility_event(struct db *db, int64_t person, struct ecm_event *ret)
{
	struct level_row level;
	char today[11];
	ecm_day(store_now(), today);
	bool placed = level_of_person(db, person, &level);
	return ecm_event_of_person(db, person, placed ? level.id : NULL, today, ret) != EVENT_TIE_NONE;
}
