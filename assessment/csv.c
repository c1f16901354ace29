#include "assessment/csv.h"

GPtrArray *csv_record(const char **at, char separator, guint *line)
{
	if (!**at) {
		return NULL;
	}
	GPtrArray *fields = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) field = g_string_new(NULL);
	bool quoted = false;
	for (;; (*at)++) {
		char c = **at;
		if (quoted && c == '"' && (*at)[1] == '"') {
			g_string_append_c(field, '"');
			(*at)++;
		} else if (c == '"' && (quoted || !field->len)) {
			quoted = !quoted;
		} else if (!c || (!quoted && (c == separator || c == '\n'))) {
			g_ptr_array_add(fields, g_strdup(field->str));
			g_string_truncate(field, 0);
			if (c != separator) {
				break;
			}
		} else if (c != '\r' || quoted) {
			g_string_append_c(field, c);
		}
		*line += c == '\n';
	}
	if (**at == '\n') {
		(*at)++;
		(*line)++;
	}
	return fields;
}
