#include "server/campaigns/campaign_draft.h"

#include <string.h>

#include "server/campaigns/limits.h"

static bool text_of(json_t *json, const char *name, char *ret, size_t size)
{
	json_t *value = json_object_get(json, name);
	const char *text = value ? json_string_value(value) : "";
	return text && g_strlcpy(ret, text, size) < size;
}

static bool number_of(json_t *json, const char *name, int64_t otherwise, int64_t low, int64_t high, int64_t *ret)
{
	json_t *value = json_object_get(json, name);
	*ret = value ? json_integer_value(value) : otherwise;
	return (!value || json_is_integer(value)) && *ret >= low && *ret <= high;
}

static bool start_of(json_t *json, int64_t *ret)
{
	json_t *value = json_object_get(json, "start_at");
	const char *text = value ? json_string_value(value) : "";
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	g_autoptr(GDateTime) at = text && *text ? g_date_time_new_from_iso8601(text, utc) : NULL;
	*ret = at ? g_date_time_to_unix(at) * 1000 : 0;
	return text && (*text == '\0' || (at && *ret > 0));
}

const char *campaign_read(json_t *json, struct campaign *ret)
{
	const char *name = json_string_value(json_object_get(json, "name"));
	ret->name = g_strstrip(g_strdup(name ? name : ""));
	if (*ret->name == '\0' || g_utf8_strlen(ret->name, -1) > MAIL_NAME_CHARACTERS || strpbrk(ret->name, "\r\n")) {
		return "name";
	}
	static const char *const in_class[] = {"", "invited", "enrolled", NULL};
	static const char *const states[] = {"", "none", "placed", "started", "completed", NULL};
#define TEXT(name) text_of(json, #name, ret->name, sizeof(ret->name))
#define NUMBER(name, otherwise, low, high) number_of(json, #name, otherwise, low, high, &ret->name)
	return !number_of(json, "template", 0, 1, G_MAXINT64, &ret->text.id)		? "template"
	       : !TEXT(company)								? "company"
	       : !NUMBER(profession, 0, 0, 30)						? "profession"
	       : !TEXT(target_group)							? "target_group"
	       : !TEXT(level)								? "level"
	       : !TEXT(person_state) || !g_strv_contains(states, ret->person_state)	? "person_state"
	       : !NUMBER(event, 0, 0, G_MAXINT64)					? "event"
	       : !TEXT(event_state) || !g_strv_contains(in_class, ret->event_state)	? "event_state"
	       : !NUMBER(idle_days, 14, 1, 365)						? "idle_days"
	       : !NUMBER(few, 1, 1, 64)							? "few"
	       : !NUMBER(repeat_days, 0, 0, 90)						? "repeat_days"
	       : !NUMBER(rounds_max, 1, 1, 52)						? "rounds_max"
	       : !start_of(json, &ret->start_at)					? "start_at"
											: NULL;
#undef TEXT
#undef NUMBER
}
