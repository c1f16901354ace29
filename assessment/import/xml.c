/*
 * Moodle XML, and what all XML has in common. No network, no entities; depth is limited by libxml2.
 */
#include "assessment/import/xml.h"

#include <libxml/parser.h>
#include <string.h>

/* QTI 3 writes "qti-choice-interaction" for QTI 2's "choiceInteraction": compared without dashes and case. */
bool xml_is(node *element, const char *name)
{
	if (element->type != XML_ELEMENT_NODE) {
		return false;
	}
	const char *at = (const char *)element->name;
	at += g_str_has_prefix(at, "qti-") ? 4 : 0;
	for (; *at; at++) {
		if (*at != '-') {
			if (g_ascii_tolower(*at) != g_ascii_tolower(*name)) {
				return false;
			}
			name++;
		}
	}
	return !*name;
}

/* An attribute in either spelling; yours, NULL when absent. */
char *xml_attribute(node *element, const char *name, const char *name3)
{
	xmlChar *value = xmlGetNoNsProp(element, (const xmlChar *)name);
	value = value ? value : xmlGetNoNsProp(element, (const xmlChar *)(name3 ? name3 : name));
	char *text = value ? g_strdup((char *)value) : NULL;
	xmlFree(value);
	return text;
}

char *xml_text(node *element)
{
	xmlChar *value = element ? xmlNodeGetContent(element) : NULL;
	char *text = g_strstrip(g_strdup(value ? (char *)value : ""));
	xmlFree(value);
	return text;
}

node *xml_child(node *element, const char *name)
{
	for (node *at = element ? element->children : NULL; at; at = at->next) {
		if (xml_is(at, name)) {
			return at;
		}
	}
	return NULL;
}

node *xml_after(node *at, node *top)
{
	while (at != top && !at->next) {
		at = at->parent;
	}
	return at == top ? NULL : at->next;
}

node *xml_walk(node *at, node *top)
{
	return at->children && at->type == XML_ELEMENT_NODE ? at->children : xml_after(at, top);
}

guint xml_line(node *element)
{
	return (guint)MAX(xmlGetLineNo(element), 0);
}

/* --- Moodle XML --- */

static char *moodle_text(node *element)
{
	return xml_text(xml_child(element, "text"));
}

/* Moodle's own fractions: what is right, and whether the whole adds up. `set`: all right ones or nothing, 100 for each. */
static bool moodle_choice(struct import *import, node *question, bool set, struct draft *draft)
{
	g_autofree char *single = xml_text(xml_child(question, "single"));
	bool one = !set && strcmp(single, "false") != 0 && strcmp(single, "0") != 0;
	double sum = 0, most = 0;
	bool partial = false;
	for (node *at = question->children; at; at = at->next) {
		if (xml_is(at, "answer")) {
			g_autofree char *fraction = xml_attribute(at, "fraction", NULL);
			double weight = fraction ? g_ascii_strtod(fraction, NULL) : 0;
			guint32 bit = draft->options->len < 32 ? 1u << draft->options->len : 0;
			g_ptr_array_add(draft->options, moodle_text(at));
			partial |= weight > 0.01 && weight < 99.9;
			sum += MAX(weight, 0);
			if (weight > 0 && (!one || weight > most)) {
				draft->key = one ? bit : draft->key | bit;
			}
			most = MAX(most, weight);
		}
	}
	draft->type = one ? ITEM_SINGLE : ITEM_MULTIPLE;
	double whole = one || set ? most : sum;
	if (draft->key && (whole < 99 || whole > 101)) {
		g_autofree char *text = g_strdup_printf("%g", whole);
		import_refuse(import, IMPORT_FAULT_WEIGHTS, draft->line, draft->name, text);
		return false;
	}
	if (partial && !set) {
		import_note(import, IMPORT_FAULT_PARTIAL, draft->line, draft->name, draft->name, NULL);
	}
	return true;
}

static void moodle_true_false(node *question, struct draft *draft)
{
	draft->type = ITEM_TRUE_FALSE;
	for (node *at = question->children; at; at = at->next) {
		g_autofree char *fraction = xml_is(at, "answer") ? xml_attribute(at, "fraction", NULL) : NULL;
		if (fraction && g_ascii_strtod(fraction, NULL) > 99) {
			g_autofree char *text = moodle_text(at);
			draft->key = g_ascii_strcasecmp(text, "true") == 0;
			return;
		}
	}
	draft->stem = NULL; /* no answer is right */
}

/* Moodle before 2.0 kept one image beside the text. As HTML, yours; empty when there is none. */
static char *old_image(node *question)
{
	g_autofree char *name = xml_text(xml_child(question, "image")), *bytes = xml_text(xml_child(question, "image_base64"));
	g_autofree char *safe = g_markup_escape_text(name, -1);
	return *bytes ? g_strdup_printf("<p><img src=\"data:;base64,%s\"/></p>", bytes)
	       : *name ? g_strdup_printf("<p><img src=\"%s\"/></p>", safe)
		       : g_strdup("");
}

/* What is told of the question, of each of its answers, and to who marks it; as HTML, yours. */
static char *told(node *question)
{
	GString *html = g_string_new(NULL);
	g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (node *at = question->children; at; at = at->next) {
		node *feedback = xml_is(at, "answer") ? xml_child(at, "feedback")
				 : xml_is(at, "generalfeedback") || xml_is(at, "graderinfo") ? at
											       : NULL;
		char *text = moodle_text(feedback);
		if (g_hash_table_add(said, text) && *text) {
			g_string_append_printf(html, "<div>%s</div>", text);
		}
	}
	return g_string_free(html, FALSE);
}

static void moodle_question(struct import *import, node *question)
{
	g_autofree char *type = xml_attribute(question, "type", NULL);
	if (g_strcmp0(type, "category") == 0) {
		g_autofree char *path = moodle_text(xml_child(question, "category"));
		const char *slash = strrchr(path, '/');
		import_area(import, slash && slash[1] ? slash + 1 : path);
		return;
	}
	g_autofree char *name = moodle_text(xml_child(question, "name"));
	g_autofree char *text = moodle_text(xml_child(question, "questiontext")), *image = old_image(question);
	g_autofree char *stem = g_strconcat(text, image, NULL);
	g_autofree char *explanation = told(question);
	g_autofree char *shuffle = xml_text(xml_child(question, "shuffleanswers"));
	g_autoptr(GPtrArray) options = g_ptr_array_new_with_free_func(g_free);
	struct draft draft = {.name = name,
		.line = xml_line(question),
		.html = true,
		.files = question,
		.stem = stem,
		.explanation = explanation,
		.options = options,
		.keep_order = strcmp(shuffle, "false") == 0 || strcmp(shuffle, "0") == 0};
	const bool set = g_strcmp0(type, "multichoiceset") == 0;
	if (set || g_strcmp0(type, "multichoice") == 0) {
		if (moodle_choice(import, question, set, &draft)) {
			import_add(import, &draft);
		}
	} else if (g_strcmp0(type, "truefalse") == 0) {
		moodle_true_false(question, &draft);
		if (draft.stem) {
			import_add(import, &draft);
		} else {
			import_refuse(import, IMPORT_FAULT_KEY, draft.line, name, NULL);
		}
	} else if (g_strcmp0(type, "multianswer") == 0 || g_strcmp0(type, "cloze") == 0) {
		import_cloze(import, &draft);
	} else if (!type || !import_moodle_more(import, question, type, &draft)) {
		import_refuse(import, IMPORT_FAULT_TYPE, draft.line, name, type ? type : "?");
	}
}

/* The first error says where the fault is; those after it follow from it. */
static void on_error(void *context, xmlErrorPtr error)
{
	xmlParserCtxt *parser = context;
	struct xml_error *first = parser->_private;
	if (error->level >= XML_ERR_ERROR && !first->why[0] && error->message) {
		g_autofree char *why = g_utf8_make_valid(error->message, -1);
		first->line = (guint)MAX(error->line, 0);
		const char *end;
		g_strlcpy(first->why, g_strstrip(why), sizeof(first->why));
		g_utf8_validate(first->why, -1, &end);
		first->why[end - first->why] = '\0';
	}
}

/* An entity is never needed by items and is how a small file becomes a huge one: reading stops there. */
static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
	const xmlChar *system_id, xmlChar *content)
{
	xmlParserCtxt *parser = context;
	struct xml_error *error = parser->_private;
	error->entity = true;
	error->line = (guint)MAX(parser->input ? parser->input->line : 1, 1);
	xmlStopParser(parser);
}

xmlDoc *xml_parse(const char *bytes, size_t len, struct xml_error *ret_error)
{
	struct xml_error error = {0};
	while (len && g_ascii_isspace(*bytes)) {
		bytes++;
		len--;
	}
	xmlParserCtxt *parser = xmlNewParserCtxt();
	parser->_private = &error;
	parser->sax->serror = on_error;
	parser->sax->entityDecl = on_entity;
	xmlDoc *document = xmlCtxtReadMemory(parser, bytes, (int)len, NULL, NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
	xmlFreeParserCtxt(parser);
	if (error.entity || (document && !xmlDocGetRootElement(document))) {
		xmlFreeDoc(document);
		document = NULL;
	}
	if (ret_error) {
		*ret_error = error;
	}
	return document;
}

static void read_document(struct import *import, xmlDoc *document)
{
	node *root = xmlDocGetRootElement(document);
	if (xml_is(root, "quiz")) {
		for (node *at = root->children; at; at = at->next) {
			if (xml_is(at, "question")) {
				moodle_question(import, at);
			}
		}
	} else if (xml_is(root, "assessmentItem")) {
		import_qti_item(import, root);
	} else if (xml_is(root, "questestinterop")) {
		import_qti12(import, root);
	} else if (xml_is(root, "POOL")) {
		import_pool(import, root);
	} else {
		import_note(import, IMPORT_FAULT_FORMAT, xml_line(root), (const char *)root->name, NULL, NULL);
	}
}

void import_xml(struct import *import, const char *bytes, size_t len)
{
	struct xml_error error;
	xmlDoc *document = xml_parse(bytes, len, &error);
	if (document) {
		read_document(import, document);
	} else if (error.entity) {
		import_note(import, IMPORT_FAULT_ENTITY, error.line, "DOCTYPE", NULL, NULL);
	} else {
		import_note(import, IMPORT_FAULT_XML, error.line, "", error.why[0] ? error.why : "?", NULL);
	}
	xmlFreeDoc(document);
}
