/* The body of an item as QTI 3: its texts with images and sounds, and the interactions that ask. */
#include "assessment/bank/export_qti.h"

#include <string.h>

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
		qti_escaped(xml, alt);
		g_string_append(xml, "\"/>");
	} else {
		g_string_append_printf(xml, "<audio controls=\"controls\" src=\"%s\">", name);
		qti_escaped(xml, alt);
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
		qti_escaped(writer->xml, text);
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

/* What goes into gaps: an image alone has an element of its own. */
static void gap_options(const struct writer *writer)
{
	const struct bank_item *item = writer->item;
	for (guint i = 0; i < item->option_count; i++) {
		json_auto_t *list = rich_json(item->options[i].text);
		json_t *only = json_array_size(list) == 1 ? json_array_get(list, 0) : NULL;
		const bool image = g_strcmp0(json_string_value(json_object_get(only, "tag")), "img") == 0;
		options(writer, &item->options[i], 1, image ? "qti-gap-img" : "qti-gap-text", " match-max=\"0\"");
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
		qti_escaped(writer->xml, before);
		place(writer, id);
		at = close + 2;
	}
	qti_escaped(writer->xml, at);
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

void qti_body(const struct writer *writer)
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
		gap_options(writer);
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
