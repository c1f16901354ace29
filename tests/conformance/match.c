#include "tests/conformance/match.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool same_real(const char *a, const char *b)
{
	char *end_a;
	char *end_b;
	double x = g_ascii_strtod(a, &end_a);
	double y = g_ascii_strtod(b, &end_b);
	if (end_a == a || end_b == b || *end_a != '\0' || *end_b != '\0') {
		return strcmp(a, b) == 0;
	}
	double floor_x = floor(x * 1e6), floor_y = floor(y * 1e6);
	return floor_x == floor_y || round(x * 1e6) == round(y * 1e6) || floor_x == round(y * 1e6) ||
	       round(x * 1e6) == floor_y;
}

/* Whole seconds of an ISO 8601 duration, with the suite's years and months; -1 when it is none. */
static double duration_seconds(const char *text)
{
	static const struct {
		char letter;
		bool time;
		double seconds;
	} units[] = {{'Y', false, 31536000}, {'M', false, 2628029}, {'D', false, 86400}, {'H', true, 3600},
		{'M', true, 60}, {'S', true, 1}};
	if (*text++ != 'P') {
		return -1;
	}
	double total = 0;
	bool time = false;
	while (*text != '\0') {
		if (*text == 'T') {
			time = true;
			text++;
			continue;
		}
		char *end;
		double number = g_ascii_strtod(text, &end);
		bool known = false;
		for (size_t i = 0; i < G_N_ELEMENTS(units) && end != text; i++) {
			if (units[i].letter == *end && units[i].time == time) {
				total += number * units[i].seconds;
				known = true;
			}
		}
		if (!known) {
			return -1;
		}
		text = end + 1;
	}
	return floor(total);
}

static bool same_duration(const char *a, const char *b)
{
	double x = duration_seconds(a);
	return x >= 0 ? x == duration_seconds(b) : strcmp(a, b) == 0;
}

static bool same_datetime(const char *a, const char *b)
{
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	g_autoptr(GDateTime) x = g_date_time_new_from_iso8601(a, utc);
	g_autoptr(GDateTime) y = g_date_time_new_from_iso8601(b, utc);
	if (x != NULL && y != NULL) {
		return g_date_time_to_unix(x) == g_date_time_to_unix(y);
	}
	/* Short forms (a year, a month, a day): compare what both say, without fractions of seconds. */
	g_auto(GStrv) p = g_strsplit(a, ".", 2);
	g_auto(GStrv) q = g_strsplit(b, ".", 2);
	return strcmp(p[0] ? p[0] : "", q[0] ? q[0] : "") == 0;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Two lists with the same members, in any order unless `ordered`. */
static bool same_list(const char *a, const char *b, const char *separator, bool ordered,
	bool (*same)(const char *, const char *))
{
	g_auto(GStrv) x = g_strsplit(a, separator, -1);
	g_auto(GStrv) y = g_strsplit(b, separator, -1);
	guint count = g_strv_length(x);
	if (count != g_strv_length(y)) {
		/* GLib splits "" into nothing; as a list it has one member, which is empty */
		return count + g_strv_length(y) == 1 && same(x[0] ? x[0] : "", y[0] ? y[0] : "");
	}
	if (!ordered) {
		qsort(x, count, sizeof(*x), by_text);
		qsort(y, count, sizeof(*y), by_text);
	}
	for (guint i = 0; i < count; i++) {
		if (!same(x[i], y[i])) {
			return false;
		}
	}
	return true;
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool same_trimmed(const char *a, const char *b)
{
	g_autofree char *x = g_strstrip(g_strdup(a));
	g_autofree char *y = g_strstrip(g_strdup(b));
	return strcmp(x, y) == 0;
}

/* Splits a leading "{name=value}" off; "" for a missing one. */
static char *take_delimiter(const char **text, const char *name)
{
	g_autofree char *start = g_strdup_printf("{%s=", name);
	const char *end = g_str_has_prefix(*text, start) ? strchr(*text, '}') : NULL;
	if (end == NULL) {
		return g_strdup("");
	}
	const char *value = *text + strlen(start);
	*text = end + 1;
	return g_strndup(value, (gsize)(end - value));
}

static bool same_langstring(const char *a, const char *b)
{
	g_autofree char *x = take_delimiter(&a, "lang");
	g_autofree char *y = take_delimiter(&b, "lang");
	const char *lang_x = *x != '\0' ? x : "en";
	const char *lang_y = *y != '\0' ? y : "en";
	return g_ascii_strcasecmp(lang_x, lang_y) == 0 && strcmp(a, b) == 0;
}

static bool same_result(const char *a, const char *b)
{
	return strcmp(a, b) == 0 || same_real(a, b);
}

/* A response with its delimiters in front, in any order and each with its default (RTE 4.2.9.1). The language
 * belongs to the first part of the rest. */
struct marked {
	char *order, *cases, *rest;
};

static void keep_unless_empty(char **kept, char *value)
{
	if (*value != '\0') {
		g_free(*kept);
		*kept = value;
	} else {
		g_free(value);
	}
}

static struct marked take_marks(const char *text)
{
	struct marked marked = {.order = g_strdup("true"), .cases = g_strdup("false")};
	char *lang = g_strdup("");
	const char *before;
	do {
		before = text;
		keep_unless_empty(&marked.order, take_delimiter(&text, "order_matters"));
		keep_unless_empty(&marked.cases, take_delimiter(&text, "case_matters"));
		keep_unless_empty(&lang, take_delimiter(&text, "lang"));
	} while (text != before);
	marked.rest = *lang != '\0' ? g_strdup_printf("{lang=%s}%s", lang, text) : g_strdup(text);
	g_free(lang);
	return marked;
}

static void marked_clear(struct marked *marked)
{
	g_free(marked->order);
	g_free(marked->cases);
	g_free(marked->rest);
}

static bool same_marked(const char *a, const char *b, bool (*same)(const char *, const char *))
{
	struct marked x = take_marks(a);
	struct marked y = take_marks(b);
	bool equal = strcmp(x.order, y.order) == 0 && strcmp(x.cases, y.cases) == 0 &&
		     same_list(x.rest, y.rest, "[,]", strcmp(x.order, "false") != 0, same);
	marked_clear(&x);
	marked_clear(&y);
	return equal;
}

static bool same_response(const char *a, const char *b, const char *type)
{
	if (strcmp(type, "choice") == 0 || strcmp(type, "matching") == 0) {
		return same_list(a, b, "[,]", false, same_text);
	}
	if (strcmp(type, "fill-in") == 0 || strcmp(type, "long-fill-in") == 0) {
		return same_marked(a, b, same_langstring);
	}
	if (strcmp(type, "performance") == 0) {
		return same_marked(a, b, same_text);
	}
	if (strcmp(type, "numeric") == 0) {
		return same_list(a, b, "[:]", true, same_real);
	}
	return strcmp(a, b) == 0;
}

static bool same_as(const char *expected, const char *got, const char *as)
{
	static const struct {
		const char *name;
		bool (*same)(const char *, const char *);
	} kinds[] = {{"real", same_real}, {"duration", same_duration}, {"datetime", same_datetime},
		{"langstring", same_langstring}, {"result", same_result}};
	if (as == NULL) {
		return strcmp(expected, got) == 0;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (strcmp(as, kinds[i].name) == 0) {
			return kinds[i].same(expected, got);
		}
	}
	if (strcmp(as, "language") == 0) {
		return g_ascii_strcasecmp(expected, got) == 0;
	}
	if (strcmp(as, "set") == 0) {
		return same_list(expected, got, ",", false, same_trimmed);
	}
	if (g_str_has_prefix(as, "response:")) {
		return same_response(expected, got, as + strlen("response:"));
	}
	return strcmp(expected, got) == 0;
}

static bool same_but_cut(const char *expected, const char *got, const char *as, json_int_t truncate)
{
	if (truncate <= 0 || g_utf8_strlen(got, -1) < truncate) {
		return false;
	}
	g_autofree char *cut = g_utf8_substring(expected, 0, MIN(truncate, g_utf8_strlen(expected, -1)));
	return same_as(cut, got, as);
}

bool match_answer(
	const json_t *expected, const char *got, const char *as, json_int_t truncate, const json_t *learner)
{
	if (json_is_string(expected)) {
		const char *text = json_string_value(expected);
		return same_as(text, got, as) || same_but_cut(text, got, as, truncate);
	}
	if (json_is_true(json_object_get(expected, "any"))) {
		return true;
	}
	const json_t *most = json_object_get(expected, "maxLength");
	if (most != NULL) {
		return g_utf8_strlen(got, -1) <= json_integer_value(most);
	}
	const char *member = json_string_value(json_object_get(expected, "learner"));
	if (member != NULL) {
		const char *text = json_string_value(json_object_get(learner, member));
		return text != NULL && strcmp(text, got) == 0;
	}
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(expected, "oneOf"), i, one)
	{
		if (match_answer(one, got, as, truncate, learner)) {
			return true;
		}
	}
	return false;
}
