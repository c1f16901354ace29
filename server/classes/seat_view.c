#include "server/classes/seat_view.h"

#include "server/classes/result_view.h"
#include "server/classes/view.h"
#include "server/ecm/eligibility.h"

static json_t *credits_json(struct db *db, int64_t person, const struct ecm_event *event)
{
	struct eligibility eligibility;
	eligibility_of(db, person, event, &eligibility);
	return json_pack("{s:b, s:o}", "eligible", (int)eligibility.eligible, "earned_on",
		*eligibility.earned ? json_string(eligibility.earned) : json_null());
}

json_t *class_completed_json(struct db *db, int64_t person, int64_t event)
{
	struct completion_row row;
	if (!completion_of(db, person, event, &row)) {
		return json_null();
	}
	json_t *day = json_string(row.day);
	completion_row_finish(&row);
	return day;
}

json_t *class_seat_json(struct db *db, const struct class_seat *seat)
{
	struct ecm_event event;
	struct class_group group;
	struct class_setting setting;
	struct class_presence presence;
	if (!ecm_event_by_id(db, seat->event, &event) || !class_group_by_id(db, seat->group, &group)) {
		return NULL;
	}
	class_setting_load(db, event.id, &setting);
	class_presence(db, event.id, group.id, seat->person, store_now(), &presence);
	json_t *json = json_pack("{s:o, s:o, s:s, s:s, s:o, s:o, s:i, s:o, s:o, s:o, s:o}", "event", class_event_json(&event),
		"group", class_group_json(&group), "state", class_state_name(seat->state), "why", seat->why, "staff",
		class_staff_json(db, group.id), "presence", class_presence_json(&presence), "presence_percent",
		(int)setting.presence_percent, "completed", class_completed_json(db, seat->person, event.id), "overlaps",
		class_overlaps_json(db, seat), "outcome", class_outcome_json(db, seat->person, &event), "credits",
		credits_json(db, seat->person, &event));
	class_presence_finish(&presence);
	return json;
}

json_t *class_steps_json(struct db *db, int64_t event, int64_t person)
{
	json_t *list = json_array();
	g_autoptr(GArray) steps = class_steps(db, event, person);
	for (guint i = 0; i < steps->len; i++) {
		const struct class_step *step = &g_array_index(steps, struct class_step, i);
		char at[32];
		store_time_text(step->at, at);
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s}", "state", class_state_name(step->state), "group",
						    step->group, "why", step->why, "at", at, "by", step->by));
	}
	return list;
}

json_t *class_taught_json(struct db *db, int64_t person)
{
	json_t *list = json_array();
	g_autoptr(GArray) groups = class_groups_taught(db, person);
	for (guint i = 0; i < groups->len; i++) {
		const struct class_group *group = &g_array_index(groups, struct class_group, i);
		struct ecm_event event;
		if (ecm_event_by_id(db, group->event, &event)) {
			json_array_append_new(list, json_pack("{s:o, s:o}", "event", class_event_json(&event), "group", class_group_json(group)));
		}
	}
	return list;
}
