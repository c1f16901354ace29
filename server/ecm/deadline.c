#include "server/ecm/deadline.h"

#include <string.h>

#include "server/ecm/day.h"
#include "server/store/exports.h"

static void parse(const char *day, GDate *ret)
{
	g_date_clear(ret, 1);
	g_date_set_parse(ret, day);
}

void report_deadline(const struct ecm_event *event, const char *today, bool sent, bool newer, struct report_deadline *ret)
{
	GDate due, now;
	parse(event->data_fine, &due);
	parse(today, &now);
	g_date_add_days(&due, REPORT_DUE_DAYS);
	g_snprintf(ret->day, sizeof(ret->day), "%04u-%02u-%02u", g_date_get_year(&due) % 10000u,
		(guint)g_date_get_month(&due) % 100u, g_date_get_day(&due) % 100u);
	ret->days_left = g_date_days_between(&now, &due);
	ret->state = sent && newer			    ? REPORT_RESEND
		     : sent				    ? REPORT_SENT
		     : strcmp(today, event->data_fine) <= 0 ? REPORT_OPEN
		     : ret->days_left < 0		    ? REPORT_LATE
		     : ret->days_left <= REPORT_DUE_SOON_DAYS ? REPORT_SOON
							      : REPORT_DUE;
}

json_t *report_deadline_json(struct db *db, const struct ecm_event *event)
{
	static const char *const names[] = {
		[REPORT_OPEN] = "open",
		[REPORT_DUE] = "due",
		[REPORT_SOON] = "soon",
		[REPORT_LATE] = "late",
		[REPORT_SENT] = "sent",
		[REPORT_RESEND] = "resend",
	};
	char today[11];
	struct export_row newest, sent;
	struct report_deadline deadline;
	bool was_sent = export_newest_sent(db, event->id, &sent);
	bool newer = was_sent && export_newest(db, event->id, &newest) && newest.id != sent.id;
	ecm_day(store_now(), today);
	report_deadline(event, today, was_sent, newer, &deadline);
	return json_pack("{s:s, s:i, s:s, s:o}", "deadline", deadline.day, "days_left", deadline.days_left, "state",
		names[deadline.state], "sent",
		was_sent ? json_pack("{s:I, s:s, s:s}", "export", (json_int_t)sent.id, "day", sent.sent_day, "protocol",
				   sent.protocol)
			 : json_null());
}
