#include "player/engine/model/times.h"
#include "player/engine/limits.h"
#include "player/engine/number.h"
#include "player/engine/text.h"

#define SECOND INT64_C(100)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define MONTH (2628029 * SECOND)
#define YEAR (365 * DAY)

/* Reads a run of digits at the start and moves behind it; how many there were. Saturates at the time
 * limit. */
static uint32_t take_digits(struct span *text, int64_t *ret)
{
	int64_t number = 0;
	uint32_t count = 0;
	while (count < text->len && is_digit(text->at[count])) {
		number = number * 10 + (text->at[count] - '0');
		number = number > LIMIT_TIME_CS ? LIMIT_TIME_CS : number;
		count++;
	}
	*text = span_from(*text, count);
	*ret = number;
	return count;
}

static bool take_char(struct span *text, char c)
{
	if (text->len == 0 || text->at[0] != c) {
		return false;
	}
	*text = span_from(*text, 1);
	return true;
}

/* Exactly two digits from `low` to `high`. */
static bool take_pair(struct span *text, int64_t low, int64_t high, int64_t *ret)
{
	int64_t number;
	struct span rest = *text;
	if (take_digits(&rest, &number) != 2 || number < low || number > high) {
		return false;
	}
	*text = rest;
	*ret = number;
	return true;
}

/* .S or .SS, as hundredths. */
static bool take_hundredths(struct span *text, int64_t *ret)
{
	int64_t number;
	if (!take_char(text, '.')) {
		return false;
	}
	uint32_t digits = take_digits(text, &number);
	*ret = digits == 1 ? number * 10 : number;
	return digits == 1 || digits == 2;
}

static int64_t sum_within_limit(int64_t sum, int64_t count, int64_t unit)
{
	if (count > LIMIT_TIME_CS / unit || sum > LIMIT_TIME_CS - count * unit) {
		return LIMIT_TIME_CS;
	}
	return sum + count * unit;
}

bool timespan_parse(struct span text, int64_t *ret_cs)
{
	int64_t hours, minutes, seconds, hundredths = 0;
	if (take_digits(&text, &hours) == 0 || !take_char(&text, ':') || !take_pair(&text, 0, 99, &minutes) ||
		!take_char(&text, ':') || !take_pair(&text, 0, 99, &seconds) ||
		(text.len > 0 && !take_hundredths(&text, &hundredths)) || text.len > 0) {
		return false;
	}
	*ret_cs = sum_within_limit(minutes * MINUTE + seconds * SECOND + hundredths, hours, HOUR);
	return true;
}

bool is_time_of_day(struct span text)
{
	int64_t unused;
	return take_pair(&text, 0, 23, &unused) && take_char(&text, ':') &&
	       take_pair(&text, 0, 59, &unused) && take_char(&text, ':') &&
	       take_pair(&text, 0, 59, &unused) &&
	       (text.len == 0 || (take_hundredths(&text, &unused) && text.len == 0));
}

/* --- Writing: digits go into the buffer from left to right --- */

struct line {
	char *at;
	uint32_t len;
};

static void add_char(struct line *line, char c)
{
	line->at[line->len++] = c;
}

static void add_number(struct line *line, int64_t number, uint32_t digits)
{
	char text[NUMBER_TEXT_SIZE];
	struct span printed = number_print_integer((uint64_t)number, text);
	for (uint32_t i = printed.len; i < digits; i++) {
		add_char(line, '0');
	}
	memcpy(line->at + line->len, printed.at, printed.len);
	line->len += printed.len;
}

struct span timespan_print(int64_t cs, char ret_text[TIME_TEXT_SIZE])
{
	struct line line = {ret_text, 0};
	add_number(&line, cs / HOUR, 4);
	add_char(&line, ':');
	add_number(&line, cs % HOUR / MINUTE, 2);
	add_char(&line, ':');
	add_number(&line, cs % MINUTE / SECOND, 2);
	add_char(&line, '.');
	add_number(&line, cs % SECOND, 2);
	return (struct span){line.at, line.len};
}

struct span duration_print(int64_t cs, char ret_text[TIME_TEXT_SIZE])
{
	struct line line = {ret_text, 0};
	add_char(&line, 'P');
	add_char(&line, 'T');
	add_number(&line, cs / HOUR, 1);
	add_char(&line, 'H');
	add_number(&line, cs % HOUR / MINUTE, 1);
	add_char(&line, 'M');
	add_number(&line, cs % MINUTE / SECOND, 1);
	if (cs % SECOND != 0) {
		add_char(&line, '.');
		add_number(&line, cs % SECOND, 2);
	}
	add_char(&line, 'S');
	return (struct span){line.at, line.len};
}

/* --- ISO 8601 --- */

/* One designator after the other, in their order; each at most once. */
static bool take_parts(struct span *text, const char *designators, const int64_t *units, uint32_t count,
	int64_t *sum, uint32_t *ret_taken)
{
	uint32_t next = 0;
	*ret_taken = 0;
	while (text->len > 0 && is_digit(text->at[0])) {
		int64_t number, hundredths = 0;
		take_digits(text, &number);
		bool fraction = text->len > 0 && text->at[0] == '.';
		if (fraction && !take_hundredths(text, &hundredths)) {
			return false;
		}
		while (next < count && (text->len == 0 || text->at[0] != designators[next])) {
			next++;
		}
		if (next == count || (fraction && units[next] != SECOND)) {
			return false;
		}
		*sum = sum_within_limit(*sum + hundredths, number, units[next]);
		*text = span_from(*text, 1);
		next++;
		++*ret_taken;
	}
	return true;
}

bool duration_parse(struct span text, int64_t *ret_cs)
{
	static const int64_t date_units[] = {YEAR, MONTH, DAY};
	static const int64_t time_units[] = {HOUR, MINUTE, SECOND};
	int64_t sum = 0;
	uint32_t date_parts, time_parts = 0;
	if (!take_char(&text, 'P') || !take_parts(&text, "YMD", date_units, 3, &sum, &date_parts)) {
		return false;
	}
	if (take_char(&text, 'T') &&
		(!take_parts(&text, "HMS", time_units, 3, &sum, &time_parts) || time_parts == 0)) {
		return false;
	}
	if (text.len > 0 || date_parts + time_parts == 0) {
		return false;
	}
	*ret_cs = sum;
	return true;
}

static int64_t days_of_month(int64_t year, int64_t month)
{
	static const int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return days[month - 1] + (month == 2 && year % 4 == 0);
}

/* The zone may follow only where hundredths stand (RTE 4.1.1.7; ADL's suite is strict about it). */
static bool is_zone(struct span text)
{
	int64_t unused;
	if (text.len == 0) {
		return true;
	}
	if (take_char(&text, 'Z')) {
		return text.len == 0;
	}
	if (!take_char(&text, '+') && !take_char(&text, '-')) {
		return false;
	}
	return take_pair(&text, 0, 23, &unused) &&
	       (text.len == 0 ||
		       (take_char(&text, ':') && take_pair(&text, 0, 59, &unused) && text.len == 0));
}

static bool is_clock_time(struct span text)
{
	int64_t unused;
	if (!take_pair(&text, 0, 23, &unused)) {
		return false;
	}
	for (int part = 0; part < 2; part++) {
		if (text.len == 0) {
			return true;
		}
		if (!take_char(&text, ':') || !take_pair(&text, 0, 59, &unused)) {
			return false;
		}
	}
	return text.len == 0 || (take_hundredths(&text, &unused) && is_zone(text));
}

bool is_timestamp(struct span text)
{
	int64_t year, month, day;
	if (take_digits(&text, &year) != 4 || year < 1970 || year > 2038) {
		return false;
	}
	if (text.len == 0) {
		return true;
	}
	if (!take_char(&text, '-') || !take_pair(&text, 1, 12, &month)) {
		return false;
	}
	if (text.len == 0) {
		return true;
	}
	if (!take_char(&text, '-') || !take_pair(&text, 1, days_of_month(year, month), &day)) {
		return false;
	}
	return text.len == 0 || (take_char(&text, 'T') && is_clock_time(text));
}
