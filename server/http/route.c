#include "server/http/route.h"

#include <glib.h>
#include <string.h>

#include "server/http/request.h"
#include "server/limits.h"

const char *http_method_name(enum http_method method)
{
	static const char *const names[] = {
		[HTTP_NO_METHOD] = "?",
		[HTTP_GET] = "GET",
		[HTTP_POST] = "POST",
		[HTTP_PUT] = "PUT",
		[HTTP_DELETE] = "DELETE",
	};
	return names[method];
}

/* Decodes one segment in place; false for what no honest link contains. */
static bool segment_decode(char *segment)
{
	char *out = segment;
	for (const char *in = segment; *in != '\0'; in++) {
		char c = *in;
		if (c == '%') {
			int high = g_ascii_xdigit_value(in[1]);
			int low = high < 0 ? -1 : g_ascii_xdigit_value(in[2]);
			if (low < 0) {
				return false;
			}
			c = (char)(high * 16 + low);
			in += 2;
		}
		if ((unsigned char)c < 0x20 || c == '/' || c == 0x7f) {
			return false;
		}
		*out++ = c;
	}
	*out = '\0';
	return g_utf8_validate(segment, -1, NULL) && strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0;
}

bool route_path_init(struct route_path *path, const char *raw)
{
	*path = (struct route_path){0};
	size_t length = strcspn(raw, "?#");
	if (length == 0 || raw[0] != '/' || length > LIMIT_PATH_BYTES) {
		return false;
	}
	path->text = g_strndup(raw + 1, length - 1);
	char *at = path->text;
	while (*at != '\0') {
		char *slash = strchr(at, '/');
		if (slash != NULL) {
			*slash = '\0';
		}
		if (path->count == G_N_ELEMENTS(path->segments) || (slash != NULL && slash == at) ||
			!segment_decode(at)) {
			return false;
		}
		path->segments[path->count++] = at;
		if (slash == NULL) {
			return true;
		}
		at = slash + 1;
	}
	path->trailing_slash = true;
	return true;
}

void route_path_finish(struct route_path *path)
{
	g_free(path->text);
	path->text = NULL;
}

enum parameter {
	PARAMETER_NONE,
	PARAMETER_ID,
	PARAMETER_NAME,
	PARAMETER_TOKEN,
	PARAMETER_REST,
	PARAMETER_UNKNOWN,
};

static enum parameter parameter_kind(const char *segment, size_t length)
{
	static const struct {
		const char *ending;
		enum parameter kind;
	} kinds[] = {
		{":id}", PARAMETER_ID},
		{":name}", PARAMETER_NAME},
		{":token}", PARAMETER_TOKEN},
		{":rest}", PARAMETER_REST},
	};
	if (segment[0] != '{') {
		return PARAMETER_NONE;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		size_t ending = strlen(kinds[i].ending);
		if (length > ending + 1 && strncmp(segment + length - ending, kinds[i].ending, ending) == 0) {
			return kinds[i].kind;
		}
	}
	return PARAMETER_UNKNOWN;
}

static bool all_of(const char *text, const char *more)
{
	for (; *text != '\0'; text++) {
		if (!g_ascii_isalnum(*text) && strchr(more, *text) == NULL) {
			return false;
		}
	}
	return true;
}

static bool parameter_read(enum parameter kind, const char *segment, struct route_value *ret)
{
	size_t length = strlen(segment);
	ret->text = segment;
	switch (kind) {
	case PARAMETER_ID:
		return length < 19 && segment[0] != '0' &&
		       g_ascii_string_to_signed(segment, 10, 1, G_MAXINT64, &ret->number, NULL);
	case PARAMETER_NAME:
		return length >= 1 && length <= 64 && all_of(segment, "_.-");
	case PARAMETER_TOKEN:
		return length == 43 && all_of(segment, "_-");
	case PARAMETER_NONE:
	case PARAMETER_REST:
	case PARAMETER_UNKNOWN:
		break;
	}
	return false;
}

/* Joins the segments from `first` on with slashes again. They lie one after the other in path->text. */
static const char *rest_of(struct route_path *path, unsigned first)
{
	if (first >= path->count) {
		return "";
	}
	GString *joined = g_string_new(NULL);
	for (unsigned i = first; i < path->count; i++) {
		g_string_append_printf(joined, "%s%s", i == first ? "" : "/", path->segments[i]);
	}
	if (path->trailing_slash) {
		g_string_append_c(joined, '/');
	}
	/* Decoding only shrank the text: it fits where its segments were. */
	char *target = path->text + (path->segments[first] - path->text);
	memcpy(target, joined->str, joined->len + 1);
	g_string_free(joined, TRUE);
	return target;
}

static bool route_fits(
	const struct route *route, const struct route_path *path, struct route_value *values, int *ret_rest)
{
	const char *pattern = route->pattern + 1;
	unsigned at = 0, value = 0;
	*ret_rest = -1;
	while (*pattern != '\0') {
		size_t length = strcspn(pattern, "/");
		enum parameter kind = parameter_kind(pattern, length);
		if (kind == PARAMETER_REST) {
			*ret_rest = (int)value;
			return true;
		}
		if (at == path->count) {
			return false;
		}
		const char *segment = path->segments[at++];
		if (kind == PARAMETER_NONE) {
			if (strlen(segment) != length || strncmp(segment, pattern, length) != 0) {
				return false;
			}
		} else if (!parameter_read(kind, segment, &values[value++])) {
			return false;
		}
		pattern += length;
		if (*pattern == '/') {
			pattern++;
			if (*pattern == '\0') {
				return at == path->count && path->trailing_slash;
			}
		}
	}
	return at == path->count && !path->trailing_slash;
}

/* How many segments stand before {…:rest}. */
static unsigned segments_before_rest(const char *pattern)
{
	unsigned count = 0;
	for (const char *at = pattern + 1; (at = strchr(at, '/')) != NULL; at++) {
		count++;
	}
	return count;
}

enum route_match route_find(const struct route *const *tables, enum http_origin origin,
	enum http_method method, struct route_path *path, const struct route **ret,
	struct route_value *values)
{
	bool other_method = false;
	for (; *tables != NULL; tables++) {
		for (const struct route *route = *tables; route->pattern != NULL; route++) {
			struct route_value found[ROUTE_PARAMETERS_MAX] = {0};
			int rest;
			if (route->origin != origin || !route_fits(route, path, found, &rest)) {
				continue;
			}
			if (route->method != method) {
				other_method = true;
				continue;
			}
			if (rest >= 0) {
				found[rest].text = rest_of(path, segments_before_rest(route->pattern));
			}
			memcpy(values, found, sizeof(found));
			*ret = route;
			return ROUTE_FOUND;
		}
	}
	return other_method ? ROUTE_OTHER_METHOD : ROUTE_UNKNOWN;
}

static const char *pattern_fault(const char *pattern)
{
	if (pattern[0] != '/') {
		return "the pattern does not begin with a slash";
	}
	unsigned parameters = 0;
	for (const char *at = pattern + 1; *at != '\0';) {
		size_t length = strcspn(at, "/");
		enum parameter kind = parameter_kind(at, length);
		if (kind == PARAMETER_UNKNOWN) {
			return "a parameter is of no known type";
		}
		if (kind == PARAMETER_REST && at[length] != '\0') {
			return "{…:rest} is not the last segment";
		}
		parameters += kind != PARAMETER_NONE;
		at += length;
		at += *at == '/';
	}
	return parameters > ROUTE_PARAMETERS_MAX ? "too many parameters" : NULL;
}

const char *route_fault(const struct route *route)
{
	if (route->id == NULL || route->pattern == NULL || route->handler == NULL || route->summary == NULL) {
		return "a member is missing";
	}
	if (route->roles == 0) {
		return "nobody may use it: roles is empty";
	}
	if (route->origin == ORIGIN_CONTENT && (route->roles & ~(unsigned)(ROLE_LAUNCH | ROLE_PUBLIC)) != 0) {
		return "the content origin knows no roles of people";
	}
	if (route->origin == ORIGIN_APPLICATION && (route->roles & ROLE_LAUNCH) != 0) {
		return "a launch token opens nothing on the application's origin";
	}
	if (route->origin == ORIGIN_APPLICATION && (route->flags & ROUTE_NO_CSRF) != 0 &&
		(route->roles != ROLE_PUBLIC || strncmp(route->pattern, "/api/", 5) == 0)) {
		return "the application's API always asks for the CSRF token";
	}
	if ((route->body == BODY_BYTES || route->body == BODY_FILE) && route->body_limit <= 0) {
		return "a body of bytes needs its own limit";
	}
	if (route->method == HTTP_GET && route->body != BODY_NONE) {
		return "GET has no body";
	}
	return pattern_fault(route->pattern);
}
