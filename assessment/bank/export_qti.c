/*
 * One item as QTI 3: what import_read() reads again, and what other programs show and score alike. Here the document,
 * what is right and how it is scored; export_qti_body.c writes what is shown.
 */
#include "assessment/bank/export_qti.h"

void qti_escaped(GString *xml, const char *text)
{
	g_autofree char *safe = g_markup_escape_text(text, -1);
	g_string_append(xml, safe);
}

static void element(GString *xml, const char *tag, const char *text)
{
	g_string_append_printf(xml, "<%s>", tag);
	qti_escaped(xml, text);
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
	qti_escaped(xml, key);
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
	qti_escaped(xml, bank->areas[item->area].name_it);
	g_string_append_printf(xml, "\" data-difficulty=\"%u\">", item->difficulty);
	qti_body(&writer);
	g_string_append(xml, "</qti-item-body>\n");
	processing(&writer);
	g_string_append(xml, "\n</qti-assessment-item>\n");
	return g_string_free(xml, FALSE);
}
