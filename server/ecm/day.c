#include "server/ecm/day.h"

#include <glib.h>
#include <stdbool.h>

/*
 * Central European time with the European Union's summer time (Directive 2000/84/EC): from the last Sunday of
 * March to the last Sunday of October, 01:00 UTC each. Computed, so that no time zone files need be
 * installed.
 */
static gint64 last_sunday(int year, int month)
{
	g_autoptr(GDateTime) last = g_date_time_new_utc(year, month, 31, 1, 0, 0);
	int back = g_date_time_get_day_of_week(last) % 7;
	return g_date_time_to_unix(last) - back * 86400;
}

static void local_text(int64_t ms, const char *format, char *ret, gsize size)
{
	gint64 seconds = ms / 1000;
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(seconds);
	int year = g_date_time_get_year(utc);
	bool summer = seconds >= last_sunday(year, 3) && seconds < last_sunday(year, 10);
	g_autoptr(GDateTime) local = g_date_time_new_from_unix_utc(seconds + (summer ? 7200 : 3600));
	g_autofree char *text = g_date_time_format(local, format);
	g_strlcpy(ret, text, size);
}

void ecm_day(int64_t ms, char ret[11])
{
	local_text(ms, "%Y-%m-%d", ret, 11);
}

void ecm_minute(int64_t ms, char ret[14])
{
	local_text(ms, "%Y%m%d-%H%M", ret, 14);
}
