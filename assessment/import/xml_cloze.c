/*
 * Moodle's questions with others in their text ("cloze"): {1:MULTICHOICE:=right~wrong}, {1:SHORTANSWER:…}, {2:NUMERICAL:…}.
 * When all are lists, or all are written, they are the gaps of one item; other mixtures are refused.
 */
#include "assessment/import/xml.h"

#include <stdlib.h>
#include <string.h>

enum part_kind {
	PART_LIST,
	PART_TEXT,
	PART_EXACT_TEXT, /* case matters */
	PART_NUMBER,
	PART_SEVERAL, /* more than one answer is right together */
};

static const struct {
	const char *name;
	enum part_kind kind;
} kinds[] = {
	{"MULTICHOICE", PART_LIST}, {"MULTICHOICE_V", PART_LIST}, {"MULTICHOICE_H", PART_LIST}, {"MULTICHOICE_S", PART_LIST},
	{"MULTICHOICE_VS", PART_LIST}, {"MULTICHOICE_HS", PART_LIST}, {"MC", PART_LIST}, {"MCV", PART_LIST}, {"MCH", PART_LIST},
	{"MCS", PART_LIST}, {"MCVS", PART_LIST}, {"MCHS", PART_LIST}, {"SHORTANSWER", PART_TEXT}, {"SA", PART_TEXT}, {"MW", PART_TEXT},
	{"SHORTANSWER_C", PART_EXACT_TEXT}, {"SAC", PART_EXACT_TEXT}, {"SA_C", PART_EXACT_TEXT}, {"MWC", PART_EXACT_TEXT},
	{"NUMERICAL", PART_NUMBER}, {"NM", PART_NUMBER}, {"MULTIRESPONSE", PART_SEVERAL}, {"MULTIRESPONSE_H", PART_SEVERAL},
	{"MULTIRESPONSE_S", PART_SEVERAL}, {"MULTIRESPONSE_HS", PART_SEVERAL}, {"MR", PART_SEVERAL}, {"MRH", PART_SEVERAL},
	{"MRS", PART_SEVERAL}, {"MRHS", PART_SEVERAL},
};

struct cloze {
	struct import *import;
	json_t *gaps, *key; /* owned */
	struct text_notes notes;
	guint count, written;
	guint weight;        /* of the first */
	bool partial_lost;   /* an option of a list is worth a part */
	bool weights_differ;
	enum import_fault fault; /* when `why` is set */
	const char *why;     /* of a refusal; static */
};

static void refuse(struct cloze *cloze, enum import_fault fault, const char *why)
{
	if (!cloze->why) {
		cloze->fault = fault;
		cloze->why = why;
	}
}

/* The next of `marks` that no backslash precedes; the end of the text when there is none. */
static const char *find(const char *at, const char *marks)
{
	while (*at && !strchr(marks, *at)) {
		at += *at == '\\' && at[1] ? 2 : 1;
	}
	return at;
}

/* From `at` to `end`, without backslashes, as words; yours. */
static char *words(struct cloze *cloze, const char *at, const char *end)
{
	g_autoptr(GString) html = g_string_new(NULL);
	for (; at < end; at++) {
		at += *at == '\\' && at + 1 < end;
		g_string_append_c(html, *at);
	}
	json_auto_t *text = import_listed(html->str, &cloze->notes);
	return g_strstrip(g_strdup(json_string_value(text)));
}

/* "=" or "%50%" before an answer; where its text begins. */
static double worth(const char **at)
{
	double share = 0;
	*at += strspn(*at, " \t\r\n");
	if (**at == '=') {
		(*at)++;
		return 1;
	}
	const char *close = **at == '%' ? strchr(*at + 1, '%') : NULL;
	if (close) {
		share = g_ascii_strtod(*at + 1, NULL) / 100;
		*at = close + 1;
	}
	return share;
}

static void add_option(struct cloze *cloze, json_t *gap, const char *text, double share)
{
	json_t *options = json_object_get(gap, "options");
	const guint place = (guint)json_array_size(options) + 1;
	json_array_append_new(options, json_pack("{s:o, s:s}", "id", json_sprintf("o%u", place), "text", text));
	if (share > 0.99) {
		json_array_append_new(cloze->key, json_sprintf("g%u o%u", cloze->count, place));
	}
	cloze->partial_lost = cloze->partial_lost || (share > 0 && share < 0.99);
}

static void add_answer(struct cloze *cloze, json_t *gap, enum part_kind kind, const char *text, double share)
{
	json_t *answers = json_object_get(gap, "answers");
	char *end;
	const double number = g_ascii_strtod(text, &end);
	if (share <= 0) {
		return;
	}
	if (kind == PART_NUMBER) {
		const double tolerance = *end == ':' ? g_ascii_strtod(end + 1, NULL) : 0;
		if (end == text || (*end && *end != ':') || tolerance < 0) {
			refuse(cloze, IMPORT_FAULT_RULES, "NUMERICAL");
		}
		json_array_append_new(answers, json_pack("{s:f, s:f, s:f}", "number", number, "tolerance", tolerance, "score", share));
	} else if (strchr(text, '*')) {
		refuse(cloze, IMPORT_FAULT_RULES, "*");
	} else {
		json_array_append_new(answers, json_pack("{s:s, s:f}", "text", text, "score", share));
	}
}

/* What stands between the kind's colon and the brace that closes. */
static void read_answers(struct cloze *cloze, json_t *gap, enum part_kind kind, const char *at, const char *end)
{
	g_autofree char *inside = g_strndup(at, (gsize)(end - at));
	double most = 0;
	for (const char *one = inside;;) {
		const char *next = find(one, "~"), *text = one;
		const double share = worth(&text);
		const char *feedback = find(text, "#~");
		g_autofree char *said = words(cloze, text, feedback);
		most = MAX(most, share);
		if (kind == PART_LIST) {
			add_option(cloze, gap, said, share);
		} else {
			add_answer(cloze, gap, kind, said, share);
		}
		if (!*next) {
			break;
		}
		one = next + 1;
	}
	if (most < 0.99) {
		refuse(cloze, IMPORT_FAULT_KEY, "");
	} else if (kind == PART_LIST && json_array_size(json_object_get(gap, "options")) < ITEM_OPTIONS_MIN) {
		refuse(cloze, IMPORT_FAULT_SYNTAX, "una lista ha una sola opzione / a list has one option only");
	}
}

static void read_part(struct cloze *cloze, enum part_kind kind, guint weight, const char *at, const char *end)
{
	cloze->count++;
	if (cloze->count == 1) {
		cloze->weight = weight;
	}
	cloze->weights_differ = cloze->weights_differ || weight != cloze->weight;
	json_t *gap = json_pack("{s:o, s:[]}", "id", json_sprintf("g%u", cloze->count), kind == PART_LIST ? "options" : "answers");
	if (kind == PART_SEVERAL) {
		refuse(cloze, IMPORT_FAULT_COMPOSITE, "MULTIRESPONSE");
	} else {
		cloze->written += kind != PART_LIST;
		read_answers(cloze, gap, kind, at, end);
	}
	if (kind == PART_EXACT_TEXT) {
		json_object_set_new(gap, "case", json_true());
	}
	json_array_append_new(cloze->gaps, gap);
}

/* "{1:MULTICHOICE:": its kind and weight, and where its answers begin; NULL when it is nothing of that. */
static const char *begin_part(const char *at, enum part_kind *ret_kind, guint *ret_weight)
{
	char *colon;
	*ret_weight = (guint)strtoul(at + 1, &colon, 10);
	*ret_weight = colon == at + 1 ? 1 : *ret_weight;
	const size_t len = *colon == ':' ? strspn(colon + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") : 0;
	if (!len || (colon[1 + len] != ':' && colon[1 + len] != '}')) {
		return NULL;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (strlen(kinds[i].name) == len && strncmp(kinds[i].name, colon + 1, len) == 0) {
			*ret_kind = kinds[i].kind;
			return colon + 1 + len + (colon[1 + len] == ':');
		}
	}
	return NULL;
}

/* The text with [[g1]] where a part stood; yours. */
static char *read_text(struct cloze *cloze, const char *text)
{
	GString *stem = g_string_new(NULL);
	for (const char *at = text; *at;) {
		enum part_kind kind;
		guint weight;
		const char *inside = *at == '{' ? begin_part(at, &kind, &weight) : NULL, *end = inside ? find(inside, "}") : NULL;
		if (end && *end) {
			read_part(cloze, kind, weight, inside, end);
			g_string_append_printf(stem, "[[g%u]]", cloze->count);
			at = end + 1;
		} else {
			g_string_append_c(stem, *at++);
		}
	}
	return g_string_free(stem, FALSE);
}

static json_t *item_of(struct cloze *cloze)
{
	json_t *more = json_pack("{s:s, s:O, s:b}", "type", item_type_name(cloze->written ? ITEM_TEXT_ENTRY : ITEM_INLINE_CHOICE), "gaps",
		cloze->gaps, "partial", cloze->count > 1 || cloze->written);
	if (!cloze->written) {
		json_object_set(more, "key", cloze->key);
	}
	return more;
}

void import_cloze(struct import *import, const struct draft *draft)
{
	struct cloze cloze = {.import = import, .gaps = json_array(), .key = json_array()};
	struct draft full = *draft;
	g_autofree char *stem = read_text(&cloze, draft->stem);
	json_auto_t *more = item_of(&cloze);
	if (!cloze.count) {
		refuse(&cloze, IMPORT_FAULT_SYNTAX, "nessun {1:…:…} nel testo / no {1:…:…} in the text");
	} else if (cloze.written && cloze.written < cloze.count) {
		refuse(&cloze, IMPORT_FAULT_COMPOSITE, "MULTICHOICE + SHORTANSWER / NUMERICAL");
	}
	full.stem = stem;
	full.more = more;
	if (cloze.why) {
		import_refuse(import, cloze.fault, draft->line, draft->name, cloze.why);
	} else if (import_heed(import, draft, &cloze.notes, more) && import_add(import, &full)) {
		if (cloze.partial_lost) {
			import_note(import, IMPORT_FAULT_PARTIAL, draft->line, draft->name, draft->name, NULL);
		}
		if (cloze.weights_differ) {
			import_note(import, IMPORT_FAULT_MARKS, draft->line, draft->name, draft->name, NULL);
		}
	}
	g_free(cloze.notes.refused);
	json_decref(cloze.gaps);
	json_decref(cloze.key);
}
