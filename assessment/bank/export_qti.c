/* One item as QTI 3: what import_read() reads again, and what other programs show and score alike. */
#include "assessment/import/import.h"

#include <string.h>

struct writer {
	GString *xml;
	const struct bank_item *item;
};

static void escaped(GString *xml, const char *text)
{
	g_autofree char *safe = g_markup_escape_text(text, -1);
	g_string_append(xml, safe);
}

static void element(GString *xml, const char *tag, const char *text)
{
	g_string_append_printf(xml, "<%s>", tag);
	escaped(xml, text);
	g_string_append_printf(xml, "</%s>", tag);
}

static void number(GString *xml, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	g_string_append(xml, g_ascii_formatd(text, sizeof(text), "%.12g", value));
}

/* --- What is right --- */

static void open_declaration(GString *xml, const char *id, const char *cardinality, const char *base)
{
	g_string_append_printf(xml, "<qti-response-declaration identifier=\"%s\" cardinality=\"%s\" base-type=\"%s\">", id,
		cardinality, base);
}

static void map_entry(GString *xml, const char *key, double value, bool folded)
{
	g_string_append(xml, "<qti-map-entry map-key=\"");
	escaped(xml, key);
	g_string_append(xml, "\" mapped-value=\"");
	number(xml, value);
	g_string_append(xml, folded ? "\" case-sensitive=\"false\"/>" : "\"/>");
}

static void declare_choice(const struct writer *writer)
{
	const struct bank_item *item = writer->item;
	GString *xml = writer->xml;
	const bool many = item->type == ITEM_MULTIPLE || item->type == ITEM_HOT_TEXT;
	const int right = __builtin_popcount(item->key);
	open_declaration(xml, "RESPONSE", many ? "multiple" : "single", "identifier");
	g_string_append(xml, "<qti-correct-response>");
	for (guint i = 0; i < item->option_count; i++) {
		if (item->key & (1u << i)) {
			element(xml, "qti-value", item->options[i].id);
		}
	}
	g_string_append(xml, "</qti-correct-response>");
	if (item->partial && many) {
		g_string_append(xml, "<qti-mapping default-value=\"0\" lower-bound=\"0\">");
		for (guint i = 0; i < item->option_count; i++) {
			map_entry(xml, item->options[i].id, (item->key & (1u << i) ? 1.0 : -1.0) / right, false);
		}
		g_string_append(xml, "</qti-mapping>");
	}
	g_string_append(xml, "</qti-response-declaration>");
}

static void declare_order(const struct writer *writer)
{
	open_declaration(writer->xml, "RESPONSE", "ordered", "identifier");
	g_string_append(writer->xml, "<qti-correct-response>");
	for (guint i = 0; i < writer->item->option_count; i++) {
		element(writer->xml, "qti-value", writer->item->options[writer->item->sequence[i]].id);
	}
	g_string_append(writer->xml, "</qti-correct-response></qti-response-declaration>");
}

/* Pairs are directed: from the prompt to the option, and from the text to the gap. */
static char *pair_of(const struct bank_item *item, guint slot, guint option)
{
	return item->type == ITEM_MATCH ? g_strdup_printf("%s %s", item->slots[slot].id, item->options[option].id)
					: g_strdup_printf("%s %s", item->options[option].id, item->slots[slot].id);
}

static void declare_pairs(const struct writer *writer)
{
	const struct bank_item *item = writer->item;
	GString *xml = writer->xml;
	open_declaration(xml, "RESPONSE", "multiple", "directedPair");
	g_string_append(xml, "<qti-correct-response>");
	for (guint s = 0; s < item->slot_count; s++) {
		g_autofree char *pair = pair_of(item, s, (guint)__builtin_ctz(item->slots[s].key));
		element(xml, "qti-value", pair);
	}
	g_string_append(xml, "</qti-correct-response><qti-mapping default-value=\"0\">");
	for (guint s = 0; s < item->slot_count; s++) {
		for (guint i = 0; i < item->option_count; i++) {
			g_autofree char *pair = pair_of(item, s, i);
			if (item->slots[s].key & (1u << i)) {
				map_entry(xml, pair, 1.0 / item->slot_count, false);
			}
		}
	}
	g_string_append(xml, "</qti-mapping></qti-response-declaration>");
}

static void declare_slot(const struct writer *writer, guint s)
{
	const struct bank_slot *slot = &writer->item->slots[s];
	GString *xml = writer->xml;
	const bool is_number = slot->answer_count && slot->answers[0].is_number;
	const bool written = writer->item->type == ITEM_TEXT_ENTRY;
	g_autofree char *id = g_strdup_printf("RESPONSE_%s", slot->id);
	open_declaration(xml, id, "single", !written ? "identifier" : is_number ? "float" : "string");
	g_string_append(xml, "<qti-correct-response>");
	const char *right = written ? "" : slot->options[__builtin_ctz(slot->key)].id;
	for (guint i = 0; written && i < slot->answer_count && !*right; i++) {
		right = slot->answers[i].score >= 1 ? slot->answers[i].text : "";
	}
	element(xml, "qti-value", right);
	g_string_append(xml, "</qti-correct-response>");
	const double share = 1.0 / writer->item->slot_count;
	if (!is_number) {
		g_string_append(xml, "<qti-mapping default-value=\"0\">");
		for (guint i = 0; i < slot->answer_count; i++) {
			map_entry(xml, slot->answers[i].text, slot->answers[i].score * share, !slot->case_matters);
		}
		for (guint i = 0; i < slot->option_count; i++) {
			if (slot->key & (1u << i)) {
				map_entry(xml, slot->options[i].id, share, false);
			}
		}
		g_string_append(xml, "</qti-mapping>");
	}
	g_string_append(xml, "</qti-response-declaration>");
}

/* --- How it is scored --- */

static void slot_score(GString *xml, const struct bank_slot *slot, guint slots)
{
	if (slot->answer_count && slot->answers[0].is_number) {
		g_string_append(xml, "<qti-response-condition><qti-response-if><qti-equal tolerance-mode=\"absolute\" tolerance=\"");
		number(xml, slot->answers[0].tolerance);
		g_string_append_c(xml, ' ');
		number(xml, slot->answers[0].tolerance);
		g_string_append_printf(xml,
			"\"><qti-correct identifier=\"RESPONSE_%s\"/><qti-variable identifier=\"RESPONSE_%s\"/></qti-equal>"
			"<qti-set-outcome-value identifier=\"SCORE\"><qti-sum><qti-variable identifier=\"SCORE\"/>"
			"<qti-base-value base-type=\"float\">",
			slot->id, slot->id);
		number(xml, 1.0 / slots);
		g_string_append(xml, "</qti-base-value></qti-sum></qti-set-outcome-value></qti-response-if></qti-response-condition>");
	} else {
		g_string_append_printf(xml,
			"<qti-set-outcome-value identifier=\"SCORE\"><qti-sum><qti-variable identifier=\"SCORE\"/>"
			"<qti-map-response identifier=\"RESPONSE_%s\"/></qti-sum></qti-set-outcome-value>",
			slot->id);
	}
}

/* Less than the whole is nothing, unless parts count. */
static void whole_only(GString *xml)
{
	g_string_append(xml,
		"<qti-response-condition><qti-response-if><qti-lt><qti-variable identifier=\"SCORE\"/>"
		"<qti-base-value base-type=\"float\">0.999999</qti-base-value></qti-lt><qti-set-outcome-value "
		"identifier=\"SCORE\"><qti-base-value base-type=\"float\">0</qti-base-value></qti-set-outcome-value>"
		"</qti-response-if></qti-response-condition>");
}

static void processing(const struct writer *writer)
{
	const struct bank_item *item = writer->item;
	const char *template = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/";
	const bool pairs = item->type == ITEM_MATCH || item->type == ITEM_GAP_MATCH;
	if (item->type == ITEM_INLINE_CHOICE || item->type == ITEM_TEXT_ENTRY || (pairs && !item->partial)) {
		g_string_append(writer->xml, "<qti-response-processing>");
		for (guint s = 0; s < item->slot_count && !pairs; s++) {
			slot_score(writer->xml, &item->slots[s], item->slot_count);
		}
		if (pairs) {
			g_string_append(writer->xml, "<qti-set-outcome-value identifier=\"SCORE\"><qti-map-response "
						     "identifier=\"RESPONSE\"/></qti-set-outcome-value>");
		}
		if (!item->partial) {
			whole_only(writer->xml);
		}
		g_string_append(writer->xml, "</qti-response-processing>");
	} else if (item->type != ITEM_EXTENDED_TEXT) {
		const bool maps = item->partial && item->type != ITEM_ORDER;
		g_string_append_printf(writer->xml, "<qti-response-processing template=\"%s%s.xml\"/>", template,
			maps ? "map_response" : "match_correct");
	}
}

/* --- What is shown --- */

void bank_media_name(const char *sha256, const char *type, char ret[BANK_MEDIA_NAME])
{
	static const char *const endings[][2] = {{"image/png", "png"}, {"image/jpeg", "jpg"}, {"image/gif", "gif"}, {"image/webp", "webp"},
		{"audio/mpeg", "mp3"}, {"audio/ogg", "ogg"}, {"audio/wav", "wav"}, {"audio/mp4", "m4a"}};
	const char *ending = "bin";
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		ending = strcmp(type, endings[i][0]) == 0 ? endings[i][1] : ending;
	}
	g_snprintf(ret, BANK_MEDIA_NAME, "%s.%s", sha256, ending);
}

static void media(const char *sha256, const char *type, const char *alt, void *data)
{
	GString *xml = data;
	char name[BANK_MEDIA_NAME];
	bank_media_name(sha256, type, name);
	if (g_str_has_prefix(type, "image/")) {
		g_string_append_printf(xml, "<img src=\"%s\" alt=\"", name);
		escaped(xml, alt);
		g_string_append(xml, "\"/>");
	} else {
		g_string_append_printf(xml, "<audio controls=\"controls\" src=\"%s\">", name);
		escaped(xml, alt);
		g_string_append(xml, "</audio>");
	}
}

static void placed(const struct writer *writer, const char *text, bool places);

/* A rich text; its elements are HTML's and QTI's too. */
static void nodes(const struct writer *writer, json_t *list, bool places)
{
	size_t i;
	json_t *node;
	json_array_foreach(list, i, node)
	{
		const char *tag = json_string_value(json_object_get(node, "tag"));
		json_t *alt = json_object_get(node, "alt");
		if (json_is_string(node)) {
			placed(writer, json_string_value(node), places);
		} else if (alt) {
			media(json_string_value(json_object_get(node, "sha256")), json_string_value(json_object_get(node, "type")),
				json_string_value(alt), writer->xml);
		} else if (strcmp(tag, "br") == 0) {
			g_string_append(writer->xml, "<br/>");
		} else {
			g_string_append_printf(writer->xml, strcmp(tag, "table") == 0 ? "<%s><tbody>" : "<%s>", tag);
			nodes(writer, json_object_get(node, "of"), places);
			g_string_append_printf(writer->xml, strcmp(tag, "table") == 0 ? "</tbody></%s>" : "</%s>", tag);
		}
	}
}

static void text_of(const struct writer *writer, const char *text)
{
	if (rich_is(text)) {
		json_auto_t *list = rich_json(text);
		nodes(writer, list, false);
	} else {
		escaped(writer->xml, text);
	}
}

static void options(const struct writer *writer, const struct bank_option *list, guint count, const char *tag, const char *more)
{
	for (guint i = 0; i < count; i++) {
		g_string_append_printf(writer->xml, "<%s identifier=\"%s\"%s>", tag, list[i].id, more);
		text_of(writer, list[i].text);
		g_string_append_printf(writer->xml, "</%s>", tag);
	}
}

static void place(const struct writer *writer, const char *id)
{
	const struct bank_item *item = writer->item;
	for (guint i = 0; i < item->option_count && item->type == ITEM_HOT_TEXT; i++) {
		if (strcmp(item->options[i].id, id) == 0) {
			options(writer, &item->options[i], 1, "qti-hottext", "");
		}
	}
	for (guint s = 0; s < item->slot_count; s++) {
		const struct bank_slot *slot = &item->slots[s];
		if (strcmp(slot->id, id) != 0) {
			continue;
		}
		if (item->type == ITEM_GAP_MATCH) {
			g_string_append_printf(writer->xml, "<qti-gap identifier=\"%s\"/>", id);
		} else if (item->type == ITEM_TEXT_ENTRY) {
			g_string_append_printf(writer->xml, "<qti-text-entry-interaction response-identifier=\"RESPONSE_%s\"/>", id);
		} else {
			g_string_append_printf(writer->xml,
				"<qti-inline-choice-interaction response-identifier=\"RESPONSE_%s\" shuffle=\"%s\">", id,
				item->shuffle ? "true" : "false");
			options(writer, slot->options, slot->option_count, "qti-inline-choice", "");
			g_string_append(writer->xml, "</qti-inline-choice-interaction>");
		}
	}
}

/* A piece of text; [[id]] in it is a place. */
static void placed(const struct writer *writer, const char *text, bool places)
{
	const char *at = text;
	for (const char *open; places && (open = strstr(at, "[[")) && strstr(open, "]]");) {
		const char *close = strstr(open, "]]");
		g_autofree char *before = g_strndup(at, (gsize)(open - at));
		g_autofree char *id = g_strndup(open + 2, (gsize)(close - open - 2));
		escaped(writer->xml, before);
		place(writer, id);
		at = close + 2;
	}
	escaped(writer->xml, at);
}

/* Paragraphs, images and sounds; places where they stand in the text, or after it. */
static void stem(const struct writer *writer, bool places)
{
	const struct bank_item *item = writer->item;
	g_auto(GStrv) lines = g_strsplit(rich_is(item->stem) ? "" : item->stem, "\n", -1);
	g_autofree char *plain = rich_plain(item->stem);
	const bool marked = strstr(plain, "[[") != NULL;
	if (rich_is(item->stem)) {
		json_auto_t *list = rich_json(item->stem);
		g_string_append(writer->xml, "<div>");
		nodes(writer, list, places);
		g_string_append(writer->xml, "</div>");
	}
	for (guint i = 0; lines[i]; i++) {
		g_string_append(writer->xml, "<p>");
		placed(writer, lines[i], places);
		g_string_append(writer->xml, "</p>");
	}
	for (guint i = 0; i < item->media_count; i++) {
		g_string_append(writer->xml, "<p>");
		media(item->media[i].sha256, item->media[i].type, item->media[i].alt, writer->xml);
		g_string_append(writer->xml, "</p>");
	}
	for (guint s = 0; places && !marked && s < item->slot_count; s++) {
		g_string_append(writer->xml, "<p>");
		place(writer, item->slots[s].id);
		g_string_append(writer->xml, "</p>");
	}
}

static void body(const struct writer *writer)
{
	const struct bank_item *item = writer->item;
	GString *xml = writer->xml;
	const char *shuffle = item->shuffle ? "true" : "false";
	const bool in_text = item->type == ITEM_TEXT_ENTRY || item->type == ITEM_INLINE_CHOICE;
	const bool around = item->type == ITEM_GAP_MATCH || item->type == ITEM_HOT_TEXT;
	if (!around) {
		stem(writer, in_text);
	}
	if (item->type == ITEM_GAP_MATCH) {
		g_string_append_printf(xml, "<qti-gap-match-interaction response-identifier=\"RESPONSE\" shuffle=\"%s\">", shuffle);
		options(writer, item->options, item->option_count, "qti-gap-text", " match-max=\"0\"");
		stem(writer, true);
		g_string_append(xml, "</qti-gap-match-interaction>");
	} else if (item->type == ITEM_HOT_TEXT) {
		g_string_append(xml, "<qti-hottext-interaction response-identifier=\"RESPONSE\" max-choices=\"0\">");
		stem(writer, true);
		g_string_append(xml, "</qti-hottext-interaction>");
	} else if (item->type == ITEM_MATCH) {
		g_string_append_printf(xml, "<qti-match-interaction response-identifier=\"RESPONSE\" max-associations=\"%u\" shuffle=\"%s\"><qti-simple-match-set>", item->slot_count, shuffle);
		for (guint s = 0; s < item->slot_count; s++) {
			const struct bank_option prompt = {item->slots[s].id, item->slots[s].text};
			options(writer, &prompt, 1, "qti-simple-associable-choice", " match-max=\"1\"");
		}
		g_string_append(xml, "</qti-simple-match-set><qti-simple-match-set>");
		options(writer, item->options, item->option_count, "qti-simple-associable-choice", " match-max=\"0\"");
		g_string_append(xml, "</qti-simple-match-set></qti-match-interaction>");
	} else if (item->type == ITEM_EXTENDED_TEXT) {
		g_string_append(xml, "<qti-extended-text-interaction response-identifier=\"RESPONSE\"/>");
	} else if (!in_text) {
		const char *kind = item->type == ITEM_ORDER ? "order" : "choice";
		g_string_append_printf(xml, "<qti-%s-interaction response-identifier=\"RESPONSE\"%s shuffle=\"%s\">", kind,
			item->type == ITEM_ORDER ? "" : item->type == ITEM_MULTIPLE ? " max-choices=\"0\"" : " max-choices=\"1\"", shuffle);
		options(writer, item->options, item->option_count, "qti-simple-choice", "");
		g_string_append_printf(xml, "</qti-%s-interaction>", kind);
	}
}

char *bank_item_qti(const struct bank *bank, const struct bank_item *item)
{
	const struct writer writer = {g_string_new(NULL), item};
	GString *xml = writer.xml;
	g_string_append_printf(xml,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<qti-assessment-item xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\" "
		"identifier=\"%s\" title=\"%s\" adaptive=\"false\" time-dependent=\"false\" xml:lang=\"%s\">\n",
		item->id, item->id, bank->language);
	if (item_type_is_choice(item->type)) {
		declare_choice(&writer);
	} else if (item->type == ITEM_ORDER) {
		declare_order(&writer);
	} else if (item->type == ITEM_MATCH || item->type == ITEM_GAP_MATCH) {
		declare_pairs(&writer);
	} else if (item->type == ITEM_EXTENDED_TEXT) {
		g_string_append(xml, "<qti-response-declaration identifier=\"RESPONSE\" cardinality=\"single\" base-type=\"string\"/>");
	}
	for (guint s = 0; s < item->slot_count && (item->type == ITEM_INLINE_CHOICE || item->type == ITEM_TEXT_ENTRY); s++) {
		declare_slot(&writer, s);
	}
	g_string_append(xml, "\n<qti-outcome-declaration identifier=\"SCORE\" cardinality=\"single\" base-type=\"float\"/>\n"
			     "<qti-item-body data-area=\"");
	escaped(xml, bank->areas[item->area].name_it);
	g_string_append_printf(xml, "\" data-difficulty=\"%u\">", item->difficulty);
	body(&writer);
	g_string_append(xml, "</qti-item-body>\n");
	processing(&writer);
	g_string_append(xml, "\n</qti-assessment-item>\n");
	return g_string_free(xml, FALSE);
}
