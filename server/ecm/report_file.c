#include "server/ecm/report_file.h"

#include <string.h>

void report_file_init(struct report_file *file)
{
	*file = (struct report_file){
		.lines = g_array_new(FALSE, FALSE, sizeof(struct report_line)),
		.strings = g_string_chunk_new(64 * 1024),
	};
	for (guint i = 0; i < REPORT_EVENT_FIELDS; i++) {
		file->event[i] = "";
	}
}

void report_file_finish(struct report_file *file)
{
	if (file->lines) {
		g_array_free(file->lines, TRUE);
		g_string_chunk_free(file->strings);
	}
	*file = (struct report_file){0};
}

void report_file_set_event(struct report_file *file, const struct report_record *record)
{
	for (guint i = 0; i < REPORT_EVENT_FIELDS; i++) {
		file->event[i] = g_string_chunk_insert(file->strings, record->value[i] ? record->value[i] : "");
	}
}

static int by_number(const void *one, const void *two)
{
	guint64 first = g_ascii_strtoull(*(char *const *)one, NULL, 10);
	guint64 second = g_ascii_strtoull(*(char *const *)two, NULL, 10);
	return first < second ? -1 : first > second;
}

static void sort_words(char **words)
{
	qsort(words, g_strv_length(words), sizeof(*words), by_number);
}

static char *in_order(const char *professions)
{
	g_auto(GStrv) list = g_strsplit(professions, ":", -1);
	for (char **each = list; *each; each++) {
		g_auto(GStrv) codes = g_strsplit(*each, ".", -1);
		if (codes[0]) {
			sort_words(codes + 1);
		}
		g_free(*each);
		*each = g_strjoinv(".", codes);
	}
	sort_words(list);
	return g_strjoinv(":", list);
}

void report_file_add(struct report_file *file, const struct report_record *record, const char *professions, guint line)
{
	struct report_line row = {.line = line};
	g_autofree char *ordered = in_order(professions);
	for (guint i = 0; i < REPORT_PERSON_FIELDS; i++) {
		const char *value = i + REPORT_EVENT_FIELDS == FIELD_PROFESSIONI ? ordered : record->value[i + REPORT_EVENT_FIELDS];
		/* Most values are a few: one copy of each will do. */
		bool few = i + REPORT_EVENT_FIELDS != FIELD_COD_FISC;
		row.value[i] = !value || !*value ? ""
			       : few	      ? g_string_chunk_insert_const(file->strings, value)
					      : g_string_chunk_insert(file->strings, value);
	}
	g_array_append_val(file->lines, row);
}

static int by_code(const void *one, const void *two)
{
	return g_ascii_strcasecmp(((const struct report_line *)one)->value[0], ((const struct report_line *)two)->value[0]);
}

void report_file_sort(struct report_file *file)
{
	g_array_sort(file->lines, by_code);
}

const char *report_line_value(const struct report_line *line, enum report_field field)
{
	return line->value[field - REPORT_EVENT_FIELDS];
}

static unsigned differing(const struct report_line *first, const struct report_line *second)
{
	unsigned fields = 0;
	for (guint i = 0; i < REPORT_PERSON_FIELDS; i++) {
		/* "04.0" is "4.0": a leading nought is no difference of credits */
		bool credits = i + REPORT_EVENT_FIELDS == FIELD_CRED_ACQ;
		const char *one = first->value[i], *two = second->value[i];
		one += credits && one[0] == '0' && one[1] != '.' && one[1] ? 1 : 0;
		two += credits && two[0] == '0' && two[1] != '.' && two[1] ? 1 : 0;
		fields |= strcmp(one, two) != 0 ? 1u << i : 0;
	}
	return fields;
}

guint report_compare(const struct report_file *first, const struct report_file *second, report_visitor visit, void *data)
{
	guint a = 0, b = 0, same = 0;
	while (a < first->lines->len || b < second->lines->len) {
		const struct report_line *one =
			a < first->lines->len ? &g_array_index(first->lines, struct report_line, a) : NULL;
		const struct report_line *two =
			b < second->lines->len ? &g_array_index(second->lines, struct report_line, b) : NULL;
		int order = !one ? 1 : !two ? -1 : by_code(one, two);
		unsigned fields = order == 0 ? differing(one, two) : 0;
		if (order < 0) {
			visit(ROW_ONLY_FIRST, one, NULL, 0, data);
		} else if (order > 0) {
			visit(ROW_ONLY_SECOND, NULL, two, 0, data);
		} else if (fields) {
			visit(ROW_DIFFERENT, one, two, fields, data);
		} else {
			same++;
		}
		a += order <= 0;
		b += order >= 0;
	}
	return same;
}
