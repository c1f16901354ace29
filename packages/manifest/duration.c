/* Time spans: SCORM 1.2's HHHH:MM:SS.SS and the durations of ISO 8601 that SCORM 2004 uses. */
#include "packages/manifest/reader.h"

/* Reads digits; false when there are none or too many. */
static bool digits(const char **at, int64_t *ret)
{
	int64_t number = 0;
	size_t count = 0;
	while (g_ascii_isdigit(**at)) {
		if (++count > 10) {
			return false;
		}
		number = number * 10 + (**at - '0');
		(*at)++;
	}
	*ret = number;
	return count > 0;
}

/* What follows the point of seconds, in hundredths; digits beyond the second are dropped. */
static bool hundredths(const char **at, int64_t *ret)
{
	*ret = 0;
	if (**at != '.') {
		return true;
	}
	(*at)++;
	if (!g_ascii_isdigit(**at)) {
		return false;
	}
	for (int64_t worth = 10; g_ascii_isdigit(**at); (*at)++, worth /= 10) {
		*ret += (**at - '0') * worth;
	}
	return true;
}

bool parse_timespan(const char *text, int64_t *ret_cs)
{
	int64_t hours = 0, minutes = 0, seconds = 0, rest = 0;
	bool good = digits(&text, &hours) && *text++ == ':' && digits(&text, &minutes) && *text++ == ':' &&
		    digits(&text, &seconds) && hundredths(&text, &rest) && !*text;
	if (!good || minutes > 99 || seconds > 99) {
		return false;
	}
	*ret_cs = ((hours * 60 + minutes) * 60 + seconds) * 100 + rest;
	return true;
}

bool parse_duration(const char *text, int64_t *ret_cs)
{
	static const struct {
		char letter;
		bool of_time;
		int64_t seconds;
	} units[] = {
		{'Y', false, 31536000},
		{'M', false, 2628029},
		{'D', false, 86400},
		{'H', true, 3600},
		{'M', true, 60},
		{'S', true, 1},
	};
	if (*text++ != 'P' || !*text) {
		return false;
	}
	bool of_time = false;
	size_t unit = 0;
	int64_t total = 0;
	while (*text) {
		if (*text == 'T' && !of_time && text[1]) {
			of_time = true;
			text++;
		}
		int64_t number = 0, rest = 0;
		if (!digits(&text, &number) || !hundredths(&text, &rest)) {
			return false;
		}
		while (unit < G_N_ELEMENTS(units) &&
			(units[unit].letter != *text || units[unit].of_time != of_time)) {
			unit++;
		}
		if (unit == G_N_ELEMENTS(units) || (rest > 0 && *text != 'S')) {
			return false;
		}
		total += number * units[unit].seconds * 100 + rest;
		unit++;
		text++;
	}
	*ret_cs = total;
	return true;
}
