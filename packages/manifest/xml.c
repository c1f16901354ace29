/* libxml2 with a guard in front: limits and refusals are enforced while it reads, not afterwards. */
#include "packages/manifest/xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "packages/limits.h"

/* What watches the parser: reached through xmlParserCtxt._private. */
struct guard {
	const char *text;
	size_t len;
	const char *where;
	struct findings *findings;
	uint32_t depth, elements;
	bool refused;
	/* Place of the last element seen; tags come in order, so counting goes on from there. */
	size_t at;
	uint32_t line;
	size_t line_start;
};

static void refuse(
	xmlParserCtxt *parser, enum finding_kind kind, uint32_t line, const char *first, const char *second)
{
	struct guard *guard = parser->_private;
	if (!guard->refused) {
		guard->refused = true;
		struct place place = {guard->where, line, 0};
		findings_add(guard->findings, kind, place, first, second);
	}
	xmlStopParser(parser);
}

static uint32_t parser_line(const xmlParserCtxt *parser)
{
	const struct guard *guard = parser->_private;
	int line = parser->input ? parser->input->line : 1;
	(void)guard;
	return line > 0 ? (uint32_t)line : 0;
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	xmlParserCtxt *parser = context;
	struct guard *guard = parser->_private;
	struct place place = {guard->where, parser_line(parser), 0};
	findings_add(guard->findings, FINDING_MANIFEST_DOCTYPE, place, NULL, NULL);
	/* Nothing is built from it: neither subset is ever loaded. */
}

static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
	const xmlChar *system_id, xmlChar *content)
{
	refuse(context, FINDING_MANIFEST_ENTITY, parser_line(context), (const char *)name, NULL);
}

static void on_unparsed_entity(void *context, const xmlChar *name, const xmlChar *public_id,
	const xmlChar *system_id, const xmlChar *notation)
{
	refuse(context, FINDING_MANIFEST_ENTITY, parser_line(context), (const char *)name, NULL);
}

/* Sets the element's place: its "<" is the nearest one before the parser's position, since "<" cannot stand
 * inside a tag. */
static void note_place(struct guard *guard, xmlParserCtxt *parser)
{
	xmlNode *element = parser->node;
	const xmlParserInput *input = parser->input;
	if (!element || !input) {
		return;
	}
	/* The text is UTF-8 in memory and not converted, so offsets in it are the parser's. */
	size_t start = (size_t)(input->cur - input->base) + input->consumed;
	start = MIN(start, guard->len > 0 ? guard->len - 1 : 0);
	while (start > guard->at && guard->text[start] != '<') {
		start--;
	}
	while (guard->at < start) {
		const char *newline = memchr(guard->text + guard->at, '\n', start - guard->at);
		if (!newline) {
			break;
		}
		guard->line++;
		guard->at = (size_t)(newline - guard->text) + 1;
		guard->line_start = guard->at;
	}
	guard->at = start;
	uint64_t column = start - guard->line_start + 1;
	element->_private = (void *)(uintptr_t)((uint64_t)guard->line << 32 | (column & UINT32_MAX));
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
	int namespace_count, const xmlChar **namespaces, int attribute_count, int defaulted_count,
	const xmlChar **attributes)
{
	xmlParserCtxt *parser = context;
	struct guard *guard = parser->_private;
	if (guard->refused) {
		return;
	}
	char limit[16];
	if (++guard->depth > MANIFEST_MAX_DEPTH) {
		g_snprintf(limit, sizeof(limit), "%u", MANIFEST_MAX_DEPTH);
		refuse(parser, FINDING_MANIFEST_TOO_DEEP, parser_line(parser), limit, NULL);
		return;
	}
	if (++guard->elements > MANIFEST_MAX_ELEMENTS) {
		g_snprintf(limit, sizeof(limit), "%u", MANIFEST_MAX_ELEMENTS);
		refuse(parser, FINDING_MANIFEST_TOO_MANY, parser_line(parser), limit, "XML");
		return;
	}
	xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count, namespaces, attribute_count,
		defaulted_count, attributes);
	note_place(guard, parser);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct guard *guard = ((xmlParserCtxt *)context)->_private;
	if (!guard->refused) {
		guard->depth--;
		xmlSAX2EndElementNs(context, name, prefix, uri);
	}
}

static void ignore_error(void *data, const xmlError *error)
{
}

static void on_error(void *data, xmlErrorPtr error)
{
	ignore_error(data, error);
}

/* No entity of any kind is known, the five of XML aside, which the parser resolves itself before asking. */
static xmlEntityPtr no_entity(void *context, const xmlChar *name)
{
	return NULL;
}

static xmlParserCtxt *create_parser(struct guard *guard)
{
	xmlParserCtxt *parser = xmlNewParserCtxt();
	if (!parser) {
		return NULL;
	}
	parser->_private = guard;
	xmlSAXHandler *sax = parser->sax;
	sax->internalSubset = on_doctype;
	sax->externalSubset = NULL;
	sax->entityDecl = on_entity;
	sax->unparsedEntityDecl = on_unparsed_entity;
	sax->attributeDecl = NULL;
	sax->elementDecl = NULL;
	sax->notationDecl = NULL;
	sax->getEntity = no_entity;
	sax->getParameterEntity = no_entity;
	sax->startElementNs = on_start;
	sax->endElementNs = on_end;
	sax->serror = on_error;
	return parser;
}

xmlDoc *manifest_parse(
	const char *text, size_t len, uint32_t first_line, const char *where, struct findings *findings)
{
	struct guard guard = {
		.text = text, .len = len, .where = where, .findings = findings, .line = first_line};
	xmlParserCtxt *parser = create_parser(&guard);
	if (!parser) {
		return NULL;
	}
	xmlDoc *doc = xmlCtxtReadMemory(parser, text, (int)len, NULL, "UTF-8",
		XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC | XML_PARSE_COMPACT);
	if (!doc && !guard.refused) {
		const xmlError *error = xmlCtxtGetLastError(parser);
		struct place place = {where, 0, 0};
		const char *message = error && error->message ? error->message : "?";
		if (error && error->line > 0) {
			place.line = (uint32_t)error->line + first_line - 1;
			place.column = error->int2 > 0 ? (uint32_t)error->int2 : 0;
		}
		findings_add(findings, FINDING_MANIFEST_NOT_XML, place, message, NULL);
	}
	if (guard.refused && doc) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	if (parser->myDoc && parser->myDoc != doc) {
		xmlFreeDoc(parser->myDoc);
		parser->myDoc = NULL;
	}
	xmlFreeParserCtxt(parser);
	return doc;
}
