/* What an item of QTI 2 or 3 shows, as HTML: its own texts, those it refers to, and apart what is told of its answers. */
#include "assessment/import/xml_qti.h"

#include <string.h>

/* The file that a passage came from is where its images are looked for: from the root of the package on. */
static void attribute(const struct qti *qti, GString *html, node *at, const char *name)
{
	g_autofree char *value = xml_attribute(at, name, NULL);
	const bool is_source = strcmp(name, "src") == 0 || strcmp(name, "data") == 0;
	g_autofree char *full = value && is_source && qti->passage ? import_path(qti->passage, value) : NULL;
	g_autofree char *safe = g_markup_escape_text(full ? full : value ? value : "", -1);
	if (value) {
		g_string_append_printf(html, full ? " %s=\"/%s\"" : " %s=\"%s\"", name, safe);
	}
}

static bool is_for_candidates(node *at)
{
	g_autofree char *view = xml_attribute(at, "view", NULL);
	g_auto(GStrv) views = g_strsplit(view ? view : "candidate", " ", -1);
	return g_strv_contains((const char *const *)views, "candidate");
}

/* Told when an answer was given, or to others than who answers; the last two are CoreSpring's. */
static bool is_told(node *at)
{
	return xml_is(at, "feedbackInline") || xml_is(at, "feedbackBlock") || xml_is(at, "modalFeedback") ||
	       (xml_is(at, "rubricBlock") && !is_for_candidates(at)) || xml_is(at, "choiceRationales") ||
	       xml_is(at, "teacherInstructions");
}

static void show(struct qti *qti, node *top, node *without, GString *html);

static void lacks(struct qti *qti, const char *href)
{
	if (!qti->notes.refused) {
		qti->notes.refused = g_strdup(href);
		qti->notes.is_passage = true;
	}
}

/* The text of another file of the package: QTI's, or a web page. False when it is none. */
static bool show_file(struct qti *qti, const char *href, GString *html)
{
	const struct import_file *file = qti->passage ? NULL : import_file_named(qti->import, href);
	xmlDoc *document = file ? xml_parse(file->bytes, file->len, NULL) : NULL;
	node *root = document ? xmlDocGetRootElement(document) : NULL, *body = root ? xml_child(root, "stimulusBody") : NULL;
	const bool page = file && !body && import_is_web_page(file->bytes, file->len);
	if (page) {
		g_string_append_len(html, file->bytes, (gssize)file->len);
	} else if (root) {
		qti->passage = file->name;
		show(qti, body ? body : root, NULL, html);
		qti->passage = NULL;
	}
	xmlFreeDoc(document);
	return page || root;
}

static bool is_passage(node *at)
{
	g_autofree char *type = xml_is(at, "object") ? xml_attribute(at, "type", NULL) : NULL;
	return xml_is(at, "assessmentStimulusRef") || g_strcmp0(type, "text/html") == 0 ||
	       (xml_is(at, "include") && at->ns && strcmp((const char *)at->ns->href, "http://www.w3.org/2001/XInclude") == 0);
}

static void show_passage(struct qti *qti, node *at, GString *html)
{
	g_autofree char *href = xml_attribute(at, "href", "data");
	g_string_append(html, "<div>");
	if (!href || !show_file(qti, href, html)) {
		lacks(qti, href ? href : (const char *)at->name);
	}
	g_string_append(html, "</div>");
}

/* In CDATA some put the markup itself. And what looks like a place of ours in the text is none. */
static void show_text(const struct qti *qti, node *at, GString *html)
{
	const char *text = (const char *)at->content;
	if (at->type == XML_CDATA_SECTION_NODE && strstr(text, "</")) {
		g_string_append(html, text);
		return;
	}
	g_autofree char *escaped = g_markup_escape_text(text, -1);
	g_auto(GStrv) parts = g_strsplit(escaped, "[[", -1);
	g_autofree char *apart = g_strjoinv(g_hash_table_size(qti->marks) ? "[ [" : "[[", parts);
	g_string_append(html, apart);
}

static void show_element(struct qti *qti, node *at, node *without, GString *html)
{
	const char *name = xml_is(at, "prompt") ? "p" : (const char *)at->name;
	g_string_append_printf(html, "<%s", name);
	attribute(qti, html, at, "src");
	attribute(qti, html, at, "data");
	attribute(qti, html, at, "alt");
	attribute(qti, html, at, "alttext");
	attribute(qti, html, at, "open");
	attribute(qti, html, at, "close");
	g_string_append_c(html, '>');
	if (strcmp(name, "img") != 0 && strcmp(name, "br") != 0) {
		show(qti, at, without, html);
		g_string_append_printf(html, "</%s>", name);
	}
}

static void show(struct qti *qti, node *top, node *without, GString *html)
{
	for (node *at = top->children; at; at = at->next) {
		const char *mark = g_hash_table_lookup(qti->marks, at);
		if (mark) {
			g_string_append(html, mark);
		} else if (at->type == XML_ELEMENT_NODE && is_passage(at)) {
			show_passage(qti, at, html);
		} else if (at->type == XML_ELEMENT_NODE && at != without && !is_told(at) && !xml_is(at, "gapText") && !xml_is(at, "gapImg")) {
			show_element(qti, at, without, html);
		} else if ((at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) && at->content) {
			show_text(qti, at, html);
		}
	}
}

char *qti_shown(struct qti *qti, node *top, node *without)
{
	GString *html = g_string_new(NULL);
	show(qti, top, without, html);
	return g_string_free(html, FALSE);
}

char *qti_gap_image(node *at)
{
	node *object = xml_child(at, "object"), *image = xml_child(at, "img"), *shown = object ? object : image;
	g_autofree char *source = shown ? xml_attribute(shown, "src", "data") : NULL;
	g_autofree char *own = shown ? xml_attribute(shown, "alt", "aria-label") : NULL, *within = xml_text(at);
	g_autofree char *label = xml_attribute(at, "objectLabel", "object-label");
	const char *said = own && *own ? own : *within ? within : label ? label : "";
	g_autofree char *html = g_markup_printf_escaped("<img src=\"%s\" alt=\"%s\"/>", source ? source : "gapImg", said);
	return g_steal_pointer(&html);
}

char *qti_passages(struct qti *qti)
{
	GString *html = g_string_new(NULL);
	for (node *at = qti->item->children; at; at = at->next) {
		if (at->type == XML_ELEMENT_NODE && is_passage(at)) {
			show_passage(qti, at, html);
		}
	}
	return g_string_free(html, FALSE);
}

/* The answer that is given as an example, where people mark. */
static bool is_example(const struct qti *qti, node *at)
{
	return xml_is(at, "value") && xml_is(at->parent, "correctResponse") && xml_is(qti->interactions[0], "extendedTextInteraction");
}

char *qti_told(struct qti *qti)
{
	GString *html = g_string_new(NULL);
	g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL); /* some say the same after every answer */
	for (node *at = qti->item->children, *next; at; at = next) {
		const bool told = at->type == XML_ELEMENT_NODE && (is_told(at) || is_example(qti, at));
		next = told ? xml_after(at, qti->item) : xml_walk(at, qti->item);
		if (told && html->len < BANK_TEXT_MAX) {
			g_autofree char *text = xml_text(at), *safe = g_markup_escape_text(text, -1);
			g_string_append_printf(html, "<p>%s</p>", g_hash_table_add(said, g_strdup(text)) ? safe : "");
		}
	}
	return g_string_free(html, FALSE);
}
