/* Moodle's questions besides choices: short answers, numbers, matching, ordering, gaps, essays. */
#include "assessment/import/xml.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	struct import *import;
	node *question;
	json_t *more; /* what import_add() takes */
	struct text_notes notes;
	const char *bad; /* why it is refused */
};

static char *text_below(struct reading *reading, node *element)
{
	g_autofree char *html = xml_text(xml_child(element, "text"));
	json_auto_t *text = import_listed(html, &reading->notes);
	return g_strdup(json_string_value(text));
}

static json_t *rich_below(struct reading *reading, node *element)
{
	g_autofree char *html = xml_text(xml_child(element, "text"));
	return import_rich(reading->import, html, reading->question, &reading->notes);
}

static void set_type(struct reading *reading, enum item_type type, bool partial)
{
	json_object_set_new(reading->more, "type", json_string(item_type_name(type)));
	if (partial) {
		json_object_set_new(reading->more, "partial", json_true());
	}
}

static json_t *option(const char *prefix, guint i, json_t *text)
{
	return json_pack("{s:o, s:o}", "id", json_sprintf("%s%u", prefix, i + 1), "text", text);
}

/* shortanswer and numerical: one gap after the question. */
static void read_written(struct reading *reading, node *question, bool number)
{
	json_t *answers = json_array();
	g_autofree char *exact = xml_text(xml_child(question, "usecase"));
	for (node *at = question->children; at; at = at->next) {
		g_autofree char *fraction = xml_is(at, "answer") ? xml_attribute(at, "fraction", NULL) : NULL;
		const double score = fraction ? g_ascii_strtod(fraction, NULL) / 100 : 0;
		g_autofree char *text = score > 0 ? text_below(reading, at) : NULL;
		if (!text) {
			continue;
		}
		if (!number && strchr(text, '*')) {
			reading->bad = "*";
		} else if (number) {
			g_autofree char *tolerance = g_strdelimit(xml_text(xml_child(at, "tolerance")), ",", '.');
			g_strdelimit(text, ",", '.'); /* as people write it */
			char *end;
			const double value = g_ascii_strtod(text, &end);
			reading->bad = *end || end == text ? "numerical" : reading->bad;
			json_array_append_new(answers, json_pack("{s:f, s:f, s:f}", "number", value, "tolerance",
							       g_ascii_strtod(tolerance, NULL), "score", score));
		} else {
			json_array_append_new(answers, json_pack("{s:s, s:f}", "text", text, "score", score));
		}
	}
	bool partial = false;
	for (size_t i = 0; i < json_array_size(answers); i++) {
		partial |= json_number_value(json_object_get(json_array_get(answers, i), "score")) < 1;
	}
	set_type(reading, ITEM_TEXT_ENTRY, partial);
	json_object_set_new(reading->more, "gaps",
		json_pack("[{s:s, s:o, s:b}]", "id", "g1", "answers", answers, "case", strcmp(exact, "1") == 0));
}

static guint place_of(json_t *options, const char *text)
{
	guint i = 0;
	while (i < json_array_size(options) &&
		strcmp(json_string_value(json_object_get(json_array_get(options, i), "text")), text) != 0) {
		i++;
	}
	return i;
}

/* A subquestion without text offers its answer as a distractor. */
static void read_matching(struct reading *reading, node *question)
{
	json_t *prompts = json_array(), *options = json_array(), *key = json_array();
	for (node *at = question->children; at; at = at->next) {
		if (!xml_is(at, "subquestion")) {
			continue;
		}
		json_t *left = rich_below(reading, at);
		const char *said = json_string_value(left);
		node *answer = xml_child(at, "answer");
		g_autofree char *right = answer ? text_below(reading, answer) : g_strdup("");
		const guint place = place_of(options, right);
		if (place == json_array_size(options)) {
			json_array_append_new(options, option("o", place, json_string(right)));
		}
		if (!said || *said) {
			const guint slot = (guint)json_array_size(prompts);
			json_array_append_new(prompts, option("p", slot, json_incref(left)));
			json_array_append_new(key, json_sprintf("p%u o%u", slot + 1, place + 1));
		}
		json_decref(left);
	}
	set_type(reading, ITEM_MATCH, true);
	json_object_set_new(reading->more, "prompts", prompts);
	json_object_set_new(reading->more, "options", options);
	json_object_set_new(reading->more, "key", key);
}

static void read_ordering(struct reading *reading, node *question)
{
	json_t *options = json_array(), *key = json_array();
	for (node *at = question->children; at; at = at->next) {
		if (xml_is(at, "answer")) {
			const guint place = (guint)json_array_size(options);
			json_array_append_new(options, option("o", place, rich_below(reading, at)));
			json_array_append_new(key, json_sprintf("o%u", place + 1));
		}
	}
	set_type(reading, ITEM_ORDER, false);
	json_object_set_new(reading->more, "options", options);
	json_object_set_new(reading->more, "key", key);
}

/* gapselect and ddwtos: [[n]] in the text is a gap whose right text is the n-th; it offers those of its group. */
static void read_gaps(struct reading *reading, node *question, const char *tag, const char *stem, char **ret_stem)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(g_free);
	for (node *at = question->children; at; at = at->next) {
		if (xml_is(at, tag)) {
			g_ptr_array_add(texts, text_below(reading, at));
			g_ptr_array_add(groups, xml_text(xml_child(at, "group")));
		}
	}
	json_t *gaps = json_array(), *key = json_array();
	GString *marked = g_string_new(NULL);
	const char *at = stem;
	for (const char *open; (open = strstr(at, "[[")); ) {
		char *end;
		const guint64 right = g_ascii_strtoull(open + 2, &end, 10);
		if (!g_str_has_prefix(end, "]]") || right < 1 || right > texts->len) {
			reading->bad = "[[…]]";
			break;
		}
		json_t *options = json_array();
		for (guint i = 0; i < texts->len; i++) {
			if (strcmp(groups->pdata[i], groups->pdata[right - 1]) == 0) {
				json_array_append_new(options, option("o", i, json_string(texts->pdata[i])));
			}
		}
		const guint gap = (guint)json_array_size(gaps) + 1;
		json_array_append_new(gaps, json_pack("{s:o, s:o}", "id", json_sprintf("g%u", gap), "options", options));
		json_array_append_new(key, json_sprintf("g%u o%u", gap, (guint)right));
		g_string_append_len(marked, at, open - at);
		g_string_append_printf(marked, "[[g%u]]", gap);
		at = end + 2;
	}
	g_string_append(marked, at);
	*ret_stem = g_string_free(marked, FALSE);
	set_type(reading, ITEM_INLINE_CHOICE, true);
	json_object_set_new(reading->more, "gaps", gaps);
	json_object_set_new(reading->more, "key", key);
}

bool import_moodle_more(struct import *import, node *question, const char *type, const struct draft *draft)
{
	struct reading reading = {.import = import, .question = question, .more = json_object()};
	struct draft full = *draft;
	g_autofree char *stem = NULL;
	bool known = true;
	if (strcmp(type, "shortanswer") == 0 || strcmp(type, "numerical") == 0) {
		read_written(&reading, question, *type == 'n');
	} else if (strcmp(type, "matching") == 0 || strcmp(type, "match") == 0) {
		read_matching(&reading, question);
	} else if (strcmp(type, "ordering") == 0) {
		read_ordering(&reading, question);
	} else if (strcmp(type, "gapselect") == 0 || strcmp(type, "ddwtos") == 0) {
		read_gaps(&reading, question, *type == 'g' ? "selectoption" : "dragbox", draft->stem, &stem);
		full.stem = stem;
	} else if (strcmp(type, "essay") == 0) {
		set_type(&reading, ITEM_EXTENDED_TEXT, false);
		json_object_set_new(reading.more, "state", json_string("draft"));
	} else {
		known = false;
	}
	full.more = reading.more;
	if (known && reading.bad) {
		import_refuse(import, IMPORT_FAULT_RULES, draft->line, draft->name, reading.bad);
	} else if (known && import_heed(import, draft, &reading.notes, reading.more)) {
		import_add(import, &full);
	}
	g_free(reading.notes.refused);
	json_decref(reading.more);
	return known;
}
