#include "server/ecm/compare_json.h"

#include <string.h>

struct listing {
	guint count[3];  /* by enum report_difference */
	json_t *rows[3];
};

static json_t *row_json(const struct report_line *line)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:i}", "cod_fisc", report_line_value(line, FIELD_COD_FISC), "cognome",
		report_line_value(line, FIELD_COGNOME), "nome", report_line_value(line, FIELD_NOME), "ruolo",
		report_line_value(line, FIELD_RUOLO), "line", (int)line->line);
}

static json_t *field_json(enum report_field field, const char *first, const char *second)
{
	return json_pack("{s:s, s:s, s:s}", "field", report_field_name(field), "first", first, "second", second);
}

static void add(enum report_difference what, const struct report_line *first, const struct report_line *second,
	unsigned fields, void *data)
{
	struct listing *listing = data;
	if (listing->count[what]++ >= COMPARED_ROWS_MAX) {
		return;
	}
	json_t *row = row_json(first ? first : second);
	if (what == ROW_DIFFERENT) {
		json_t *list = json_array();
		for (guint i = 0; i < REPORT_PERSON_FIELDS; i++) {
			if (fields >> i & 1) {
				json_array_append_new(list,
					field_json((enum report_field)(i + REPORT_EVENT_FIELDS), first->value[i], second->value[i]));
			}
		}
		json_object_set_new(row, "fields", list);
	}
	json_array_append_new(listing->rows[what], row);
}

static json_t *event_json(const struct report_file *first, const struct report_file *second)
{
	json_t *list = json_array();
	for (guint i = 0; i < REPORT_EVENT_FIELDS; i++) {
		if (strcmp(first->event[i], second->event[i]) != 0) {
			json_array_append_new(list, field_json((enum report_field)i, first->event[i], second->event[i]));
		}
	}
	return list;
}

json_t *compare_json(const struct report_file *first, const struct report_file *second)
{
	static const char *const names[] = {
		[ROW_ONLY_FIRST] = "only_first", [ROW_ONLY_SECOND] = "only_second", [ROW_DIFFERENT] = "different"};
	struct listing listing = {{0}, {json_array(), json_array(), json_array()}};
	guint same = report_compare(first, second, add, &listing);
	json_t *json = json_pack("{s:i, s:o}", "same", (int)same, "event", event_json(first, second));
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		json_object_set_new(json, names[i],
			json_pack("{s:i, s:o}", "count", (int)listing.count[i], "rows", listing.rows[i]));
	}
	return json;
}
