/*
 * Moodle XML, and QTI 2.1, 2.2 and 3.0 items: the door to libxml2 for assessment. No network, no entities, a
 * document type is refused.
 */
#include "assessment/import_parts.h"

#include <libxml/parser.h>
#include <string.h>

typedef const xmlNode node;

/* QTI 3 writes "qti-choice-interaction" for QTI 2's "choiceInteraction": compared without dashes and case. */
static bool is(node *element, const char *name)
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
static char *attribute(node *element, const char *name, const char *name3)
{
	xmlChar *value = xmlGetNoNsProp(element, (const xmlChar *)name);
	value = value ? value : xmlGetNoNsProp(element, (const xmlChar *)(name3 ? name3 : name));
	char *text = value ? g_strdup((char *)value) : NULL;
	xmlFree(value);
	return text;
}

static char *text_of(node *element)
{
	xmlChar *value = element ? xmlNodeGetContent(element) : NULL;
	char *text = g_strstrip(g_strdup(value ? (char *)value : ""));
	xmlFree(value);
	return text;
}

static node *child(node *element, const char *name)
{
	for (node *at = element ? element->children : NULL; at; at = at->next) {
		if (is(at, name)) {
			return at;
		}
	}
	return NULL;
}

/* The next node in document order below `top`. */
static node *walk(node *at, node *top)
{
	if (at->children && at->type == XML_ELEMENT_NODE) {
		return at->children;
	}
	while (at != top && !at->next) {
		at = at->parent;
	}
	return at == top ? NULL : at->next;
}

static guint line_of(node *element)
{
	return (guint)MAX(xmlGetLineNo(element), 0);
}

/* --- Moodle XML --- */

static char *moodle_text(node *element)
{
	return text_of(child(element, "text"));
}

/* Moodle's own fractions: what is right, and whether the whole adds up. */
static bool moodle_choice(struct import *import, node *question, struct draft *draft)
{
	g_autofree char *single = text_of(child(question, "single"));
	bool one = strcmp(single, "false") != 0 && strcmp(single, "0") != 0;
	double sum = 0, most = 0;
	bool partial = false;
	for (node *at = question->children; at; at = at->next) {
		if (is(at, "answer")) {
			g_autofree char *fraction = attribute(at, "fraction", NULL);
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
	double whole = one ? most : sum;
	if (draft->key && (whole < 99 || whole > 101)) {
		g_autofree char *text = g_strdup_printf("%g", whole);
		import_refuse(import, IMPORT_FAULT_WEIGHTS, draft->line, draft->name, text);
		return false;
	}
	if (partial) {
		import_note(import, IMPORT_FAULT_PARTIAL, draft->line, draft->name, draft->name, NULL);
	}
	return true;
}

static void moodle_true_false(node *question, struct draft *draft)
{
	draft->type = ITEM_TRUE_FALSE;
	for (node *at = question->children; at; at = at->next) {
		g_autofree char *fraction = is(at, "answer") ? attribute(at, "fraction", NULL) : NULL;
		if (fraction && g_ascii_strtod(fraction, NULL) > 99) {
			g_autofree char *text = moodle_text(at);
			draft->key = g_ascii_strcasecmp(text, "true") == 0;
			return;
		}
	}
	draft->stem = NULL; /* no answer is right */
}

static void moodle_question(struct import *import, node *question)
{
	g_autofree char *type = attribute(question, "type", NULL);
	if (g_strcmp0(type, "category") == 0) {
		g_autofree char *path = moodle_text(child(question, "category"));
		const char *slash = strrchr(path, '/');
		import_area(import, slash && slash[1] ? slash + 1 : path);
		return;
	}
	g_autofree char *name = moodle_text(child(question, "name"));
	g_autofree char *stem = moodle_text(child(question, "questiontext"));
	g_autofree char *explanation = moodle_text(child(question, "generalfeedback"));
	g_autofree char *shuffle = text_of(child(question, "shuffleanswers"));
	g_autoptr(GPtrArray) options = g_ptr_array_new_with_free_func(g_free);
	struct draft draft = {.name = name,
		.line = line_of(question),
		.html = true,
		.stem = stem,
		.explanation = explanation,
		.options = options,
		.keep_order = strcmp(shuffle, "false") == 0 || strcmp(shuffle, "0") == 0};
	if (g_strcmp0(type, "multichoice") == 0) {
		if (moodle_choice(import, question, &draft)) {
			import_add(import, &draft);
		}
	} else if (g_strcmp0(type, "truefalse") == 0) {
		moodle_true_false(question, &draft);
		if (draft.stem) {
			import_add(import, &draft);
		} else {
			import_refuse(import, IMPORT_FAULT_KEY, draft.line, name, NULL);
		}
	} else {
		bool composite = g_strcmp0(type, "multianswer") == 0 || g_strcmp0(type, "cloze") == 0;
		import_refuse(import, composite ? IMPORT_FAULT_COMPOSITE : IMPORT_FAULT_TYPE, draft.line,
			name, type ? type : "?");
	}
}

/* --- QTI --- */

struct qti {
	node *interaction;
	guint interactions;
	node *declaration; /* of the response */
	node *processing;
	node *body;
};

static bool is_interaction(node *at)
{
	const char *name = at->type == XML_ELEMENT_NODE ? (const char *)at->name : "";
	return g_str_has_suffix(name, "Interaction") || g_str_has_suffix(name, "-interaction");
}

static void qti_find(node *item, struct qti *ret)
{
	*ret = (struct qti){0};
	for (node *at = item->children; at; at = walk(at, item)) {
		if (is_interaction(at)) {
			ret->interactions++;
			ret->interaction = ret->interaction ? ret->interaction : at;
		} else if (is(at, "responseDeclaration") && !ret->declaration) {
			ret->declaration = at;
		} else if (is(at, "responseProcessing")) {
			ret->processing = at;
		} else if (is(at, "itemBody")) {
			ret->body = at;
		}
	}
}

/* All or nothing on the key? Absent processing and the template match_correct are; others are told by name. */
static char *qti_rules(const struct qti *qti)
{
	g_autofree char *template = qti->processing ? attribute(qti->processing, "template", NULL) : NULL;
	if (!qti->processing ||
		(template && (strstr(template, "match_correct") || strstr(template, "CC2_match")))) {
		return NULL;
	}
	if (template) {
		const char *slash = strrchr(template, '/');
		return g_strdup(slash ? slash + 1 : template);
	}
	/* match_correct written out: if match(variable, correct) then SCORE = n, else 0. */
	guint matches = 0, others = 0;
	for (node *at = qti->processing->children; at; at = walk(at, qti->processing)) {
		static const char *const harmless[] = {"responseCondition", "responseIf", "responseElse",
			"variable", "correct", "setOutcomeValue", "baseValue", "isNull", "responseElseIf"};
		bool known = at->type != XML_ELEMENT_NODE;
		for (size_t i = 0; i < G_N_ELEMENTS(harmless) && !known; i++) {
			known = is(at, harmless[i]);
		}
		matches += is(at, "match");
		others += !known && !is(at, "match");
	}
	return matches == 1 && others == 0 ? NULL : g_strdup("responseProcessing");
}

/* What is shown: the text below `top` but for `without`, as HTML-like text with line ends at blocks. */
static char *qti_text(node *top, node *without)
{
	GString *text = g_string_new(NULL);
	for (node *at = top->children; at;) {
		bool skip = at == without || is(at, "feedbackInline") || is(at, "rubricBlock");
		if (at->type == XML_ELEMENT_NODE && !skip) {
			g_string_append_printf(text, "<%s>", (const char *)at->name);
		} else if ((at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) && at->content) {
			g_autofree char *escaped = g_markup_escape_text((const char *)at->content, -1);
			g_string_append(text, escaped);
		}
		if (skip || !at->children || at->type != XML_ELEMENT_NODE) {
			while (at != top && !at->next) {
				at = at->parent;
			}
			at = at == top ? NULL : at->next;
		} else {
			at = at->children;
		}
	}
	return g_string_free(text, FALSE);
}

static void qti_choices(const struct qti *qti, struct draft *draft)
{
	g_autoptr(GHashTable) right = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	node *correct = child(qti->declaration, "correctResponse");
	for (node *at = correct ? correct->children : NULL; at; at = at->next) {
		if (is(at, "value")) {
			g_hash_table_add(right, text_of(at));
		}
	}
	guint found = 0, fixed = 0;
	for (node *at = qti->interaction->children; at; at = at->next) {
		if (is(at, "simpleChoice")) {
			g_autofree char *id = attribute(at, "identifier", NULL);
			g_autofree char *stays = attribute(at, "fixed", NULL);
			fixed += g_strcmp0(stays, "true") == 0;
			if (id && g_hash_table_contains(right, id) && draft->options->len < 32) {
				draft->key |= 1u << draft->options->len;
				found++;
			}
			g_ptr_array_add(draft->options, qti_text(at, NULL));
		}
	}
	if (found != g_hash_table_size(right)) {
		draft->key = 0; /* a right answer that is not among the options */
	}
	g_autofree char *cardinality = attribute(qti->declaration, "cardinality", NULL);
	g_autofree char *shuffle = attribute(qti->interaction, "shuffle", NULL);
	draft->type = g_strcmp0(cardinality, "multiple") == 0 ? ITEM_MULTIPLE : ITEM_SINGLE;
	draft->keep_order = g_strcmp0(shuffle, "true") != 0 || fixed > 0;
}

static void qti_item(struct import *import, node *item)
{
	struct qti qti;
	qti_find(item, &qti);
	g_autofree char *id = attribute(item, "identifier", NULL);
	struct draft draft = {.name = id ? id : "?", .line = line_of(item), .html = true};
	if (!qti.body || !qti.interaction) {
		import_refuse(import, IMPORT_FAULT_TYPE, draft.line, draft.name, "itemBody");
		return;
	}
	if (qti.interactions > 1) {
		g_autofree char *number = g_strdup_printf("%u × interaction", qti.interactions);
		import_refuse(import, IMPORT_FAULT_COMPOSITE, draft.line, draft.name, number);
		return;
	}
	if (!is(qti.interaction, "choiceInteraction")) {
		import_refuse(import, IMPORT_FAULT_TYPE, line_of(qti.interaction), draft.name,
			(const char *)qti.interaction->name);
		return;
	}
	g_autofree char *rules = qti_rules(&qti);
	if (rules) {
		import_refuse(import, IMPORT_FAULT_RULES, line_of(qti.processing), draft.name, rules);
		return;
	}
	if (!qti.declaration) {
		import_refuse(import, IMPORT_FAULT_KEY, draft.line, draft.name, NULL);
		return;
	}
	g_autoptr(GPtrArray) options = g_ptr_array_new_with_free_func(g_free);
	node *prompt = child(qti.interaction, "prompt");
	g_autofree char *around = qti_text(qti.body, qti.interaction);
	g_autofree char *asked = prompt ? qti_text(prompt, NULL) : g_strdup("");
	g_autofree char *stem = g_strdup_printf("%s<p>%s</p>", around, asked);
	draft.stem = stem;
	draft.options = options;
	qti_choices(&qti, &draft);
	import_add(import, &draft);
}

static void no_errors(void *context, xmlErrorPtr error)
{
}

/* An entity is never needed by items and is how a small file becomes a huge one: reading stops there. */
static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
	const xmlChar *system_id, xmlChar *content)
{
	xmlParserCtxt *parser = context;
	*(bool *)parser->_private = true;
	xmlStopParser(parser);
}

static void read_document(struct import *import, xmlDoc *document)
{
	node *root = xmlDocGetRootElement(document);
	if (is(root, "quiz")) {
		for (node *at = root->children; at; at = at->next) {
			if (is(at, "question")) {
				moodle_question(import, at);
			}
		}
	} else if (is(root, "assessmentItem")) {
		qti_item(import, root);
	} else {
		import_note(import, IMPORT_FAULT_FORMAT, line_of(root), (const char *)root->name, NULL, NULL);
	}
}

void import_xml(struct import *import, const char *bytes, size_t len)
{
	while (len && g_ascii_isspace(*bytes)) {
		bytes++;
		len--;
	}
	xmlParserCtxt *parser = xmlNewParserCtxt();
	bool entity = false;
	parser->_private = &entity;
	parser->sax->serror = no_errors;
	parser->sax->entityDecl = on_entity;
	xmlDoc *document = xmlCtxtReadMemory(parser, bytes, (int)len, NULL, NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES |
			XML_PARSE_NOCDATA);
	if (entity) {
		import_note(import, IMPORT_FAULT_ENTITY,
			(guint)MAX(parser->input ? parser->input->line : 1, 1), "DOCTYPE", NULL, NULL);
	} else if (document && xmlDocGetRootElement(document)) {
		read_document(import, document);
	} else {
		const xmlError *error = xmlCtxtGetLastError(parser);
		g_autofree char *why = g_strstrip(g_strdup(error && error->message ? error->message : "?"));
		import_note(import, IMPORT_FAULT_XML, error ? (guint)MAX(error->line, 0) : 0, "", why, NULL);
	}
	xmlFreeDoc(document);
	xmlFreeParserCtxt(parser);
}
