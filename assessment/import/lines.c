/* Aiken, and our own CSV: formats of one line a thing. */
#include "assessment/import/parts.h"

#include <string.h>

#include "assessment/csv.h"

/*
 * "A. text" or "A) text": the text; NULL when the line is no option. Some leave the blank out: then the letter must be
 * the one that comes next, or "E.coli" would be one.
 */
static const char *aiken_option(const char *line, guint options)
{
	if (!g_ascii_isupper(line[0]) || (line[1] != '.' && line[1] != ')')) {
		return NULL;
	}
	const bool next = line[2] && (guint)(line[0] - 'A') == options;
	return line[2] == ' ' || line[2] == '\t' ? line + 3 : next ? line + 2 : NULL;
}

/* "EXPLANATION: text", which some add below the answer: the text, or NULL. */
static const char *aiken_explanation(const char *line)
{
	static const char *const words[] = {"EXPLANATION:", "FEEDBACK:"};
	for (size_t i = 0; line && i < G_N_ELEMENTS(words); i++) {
		if (g_ascii_strncasecmp(line, words[i], strlen(words[i])) == 0) {
			return line + strlen(words[i]);
		}
	}
	return NULL;
}

/* It belongs to the item before; of one that was refused it goes with it. */
static void aiken_explain(struct import *import, guint of, const char *text)
{
	json_t *item = json_array_get(import->items, json_array_size(import->items) - 1);
	g_autofree char *explanation = g_strstrip(g_strdup(text));
	if (item && import->count.imported == of && *explanation) {
		json_object_set_new(item, "explanation", json_string(explanation));
	}
}

static void aiken_done(struct import *import, struct draft *draft, GString *letters, const char *answer)
{
	char letter = g_ascii_toupper(*answer);
	const char *at = letter ? strchr(letters->str, letter) : NULL;
	draft->key = at && answer[1] == '\0' && at - letters->str < 32 ? 1u << (at - letters->str) : 0;
	import_add(import, draft);
}

void import_aiken(struct import *import, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autoptr(GString) stem = g_string_new(NULL);
	g_autoptr(GString) letters = g_string_new(NULL);
	g_autoptr(GPtrArray) options = g_ptr_array_new_with_free_func(g_free);
	struct draft draft = {.type = ITEM_SINGLE, .options = options};
	guint last = 0, answered = 0; /* answered: how many items there were with the one just read; 0: it was refused */
	while (lines[last]) {
		last++;
	}
	for (guint i = 0; i <= last; i++) {
		char *line = i < last ? g_strstrip(lines[i]) : NULL;
		bool answer = line && g_ascii_strncasecmp(line, "ANSWER:", 7) == 0;
		const char *option = line ? aiken_option(line, options->len) : NULL;
		const char *explanation = stem->len ? NULL : aiken_explanation(line);
		draft.stem = stem->str;
		if (explanation) {
			aiken_explain(import, answered, explanation);
			continue;
		}
		if (answer) {
			const guint before = import->count.imported;
			aiken_done(import, &draft, letters, g_strstrip(line + 7));
			answered = import->count.imported > before ? import->count.imported : 0;
		} else if (!line ? stem->len > 0 : !option && *line && options->len) {
			import_refuse(
				import, IMPORT_FAULT_KEY, draft.line, NULL, NULL); /* no ANSWER line came */
		}
		if (answer || (line && !option && *line && options->len)) {
			g_string_truncate(stem, 0);
			g_string_truncate(letters, 0);
			g_ptr_array_set_size(options, 0);
		}
		if (line && option && stem->len) {
			g_string_append_c(letters, *line);
			g_ptr_array_add(options, g_strdup(option));
		} else if (line && *line && !answer) {
			draft.line = stem->len ? draft.line : i + 1;
			g_string_append_printf(stem, "%s%s", stem->len ? "\n" : "", line);
		}
	}
}

enum csv_column {
	CSV_ID,
	CSV_AREA,
	CSV_AREA_NAME,
	CSV_DIFFICULTY,
	CSV_TYPE,
	CSV_STEM,
	CSV_OPTIONS,
	CSV_KEY,
	CSV_SHUFFLE,
	CSV_EXPLANATION,
	CSV_COLUMNS,
};

/* Without the apostrophe that keeps a spreadsheet from taking a text for a formula (see bank/export_csv.c). */
static char *unguarded(const char *text)
{
	return g_strdup(text[0] == '\'' && text[1] && strchr("=+-@\t", text[1]) ? text + 1 : text);
}

static guint32 csv_key(const char *text, bool true_false)
{
	guint32 key = 0;
	g_auto(GStrv) places = g_strsplit(text, ",", -1);
	for (guint i = 0; places[i]; i++) {
		const char *place = g_strstrip(places[i]);
		if (true_false) {
			key |= g_ascii_strcasecmp(place, "true") == 0;
		} else {
			key |= g_ascii_isalpha(*place) && !place[1] ? 1u << (g_ascii_tolower(*place) - 'a')
								    : 0;
		}
	}
	return key;
}

/* "one|two": the texts between bars; "\\|" is a bar itself. */
static void csv_options(const char *listed, GPtrArray *options)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (const char *at = listed;; at++) {
		if (at[0] == '\\' && at[1] == '|') {
			g_string_append_c(text, '|');
			at++;
		} else if (*at && *at != '|') {
			g_string_append_c(text, *at);
		} else {
			g_ptr_array_add(options, g_strstrip(g_strdup(text->str)));
			g_string_truncate(text, 0);
			if (!*at) {
				return;
			}
		}
	}
}

static void csv_item(struct import *import, char **field, guint line)
{
	struct draft draft = {.name = field[CSV_ID], .line = line};
	if (!item_type_parse(field[CSV_TYPE], &draft.type)) {
		import_refuse(import, IMPORT_FAULT_TYPE, line, draft.name, field[CSV_TYPE]);
		return;
	}
	if (draft.type == ITEM_TRUE_FALSE && strcmp(field[CSV_KEY], "true") != 0 &&
		strcmp(field[CSV_KEY], "false") != 0) {
		import_refuse(import, IMPORT_FAULT_KEY, line, draft.name, NULL);
		return;
	}
	g_autofree char *stem = unguarded(field[CSV_STEM]);
	g_autofree char *explanation = unguarded(field[CSV_EXPLANATION]);
	g_autoptr(GPtrArray) options = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *listed = unguarded(field[CSV_OPTIONS]);
	csv_options(listed, options);
	draft.stem = stem;
	draft.explanation = explanation;
	draft.options = options;
	draft.difficulty = (guint)g_ascii_strtoull(field[CSV_DIFFICULTY], NULL, 10);
	draft.key = csv_key(field[CSV_KEY], draft.type == ITEM_TRUE_FALSE);
	draft.keep_order = strcmp(field[CSV_SHUFFLE], "no") == 0;
	import_area_known(import, field[CSV_AREA], field[CSV_AREA_NAME]);
	import_add(import, &draft);
}

void import_csv(struct import *import, const char *text)
{
	guint line = 1;
	GPtrArray *record;
	for (guint first = 1; (record = csv_record(&text, ';', &line)); first = line) {
		if (first > 1 && record->len >= CSV_KEY + 1) {
			while (record->len < CSV_COLUMNS) {
				g_ptr_array_add(record, g_strdup(""));
			}
			csv_item(import, (char **)record->pdata, first);
		} else if (first > 1 && (record->len > 1 || *(char *)record->pdata[0])) {
			import_refuse(import, IMPORT_FAULT_SYNTAX, first, record->pdata[0],
				"mancano colonne / columns are missing");
		}
		g_ptr_array_unref(record);
	}
}
