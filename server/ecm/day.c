#include "server/ecm/day.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

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

static gint64 local_seconds(gint64 seconds)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(seconds);
	int year = g_date_time_get_year(utc);
	bool summer = seconds >= last_sunday(year, 3) && seconds < last_sunday(year, 10);
	return seconds + (summer ? 7200 : 3600);
}

static void format(gint64 seconds, const char *format, char *ret, gsize size)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
	g_autofree char *text = g_date_time_format(time, format);
	g_strlcpy(ret, text, size);
}

void ecm_day(int64_t ms, char ret[11])
{
	format(local_seconds(ms / 1000), "%Y-%m-%d", ret, 11);
}

void ecm_minute(int64_t ms, char ret[14])
{
	format(local_seconds(ms / 1000), "%Y%m%d-%H%M", ret, 14);
}

void ecm_clock(int64_t ms, char ret[6])
{
	format(local_seconds(ms / 1000), "%H:%M", ret, 6);
}

bool ecm_moment(const char *day, const char *clock, int64_t *ret)
{
	int year, month, of_month, hour, minute, end = 0;
	if (strlen(day) != 10 || sscanf(day, "%4d-%2d-%2d", &year, &month, &of_month) != 3 || strlen(clock) != 5 ||
		sscanf(clock, "%2d:%2d%n", &hour, &minute, &end) != 2 || end != 5 || hour < 0 || minute < 0 || hour > 23 ||
		minute > 59 || year < 1970 || year > 9999) {
		return false;
	}
	g_autoptr(GDateTime) local = g_date_time_new_utc(year, month, of_month, hour, minute, 0);
	if (!local) {
		return false;
	}
	gint64 seconds = g_date_time_to_unix(local);
	gint64 offset = local_seconds(seconds - 3600) - (seconds - 3600);
	*ret = (seconds - offset) * 1000;
	return true;
}

void ecm_day_add(const char *day, int days, char ret[11])
{
	int year = 1970, month = 1, of_month = 1;
	sscanf(day, "%4d-%2d-%2d", &year, &month, &of_month);
	g_autoptr(GDateTime) begin = g_date_time_new_utc(year, month, of_month, 0, 0, 0);
	format(begin ? g_date_time_to_unix(begin) + (gint64)days * 86400 : 0, "%Y-%m-%d", ret, 11);
}
