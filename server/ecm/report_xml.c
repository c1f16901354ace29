#include "server/ecm/report_xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <string.h>

#include "assessment/faults.h"

enum refusal {
	REFUSED_NOT,
	REFUSED_SYNTAX,
	REFUSED_DOCTYPE,
	REFUSED_LIMIT,
};

static const struct fault_text texts[] = {
	[REFUSED_SYNTAX] = {"REPORT_NOT_XML", SEVERITY_ERROR, "ECM 1.1", "Il file non è XML ben formato: $1",
		"The file is no well-formed XML: $1", "Prendi il file come è stato esportato.", "Take the file as it was exported."},
	[REFUSED_DOCTYPE] = {"REPORT_DOCTYPE", SEVERITY_ERROR, "ECM 1.1",
		"Il file dichiara un DOCTYPE o entità: il rapporto non ne ha, e non vengono lette.",
		"The file declares a DOCTYPE or entities: a report has none, and none are read.",
		"Togli la dichiarazione DOCTYPE.", "Remove the DOCTYPE declaration."},
	[REFUSED_LIMIT] = {"REPORT_XML_LIMIT", SEVERITY_ERROR, "ECM 1.1",
		"Il file supera un limite ($1): non è un rapporto.", "The file exceeds a limit ($1): it is no report.",
		"Prendi il file come è stato esportato.", "Take the file as it was exported."},
};

struct report_xml {
	xmlParserCtxt *parser;
	struct xml_listener listener;
	guint depth;
	guint64 bytes;
	enum refusal refused;
	guint line;
	char detail[120];
};

static void refuse(struct report_xml *xml, enum refusal why, const char *detail)
{
	if (xml->refused == REFUSED_NOT) {
		xml->refused = why;
		xml->line = (guint)MAX(xmlSAX2GetLineNumber(xml->parser), 0);
		g_strlcpy(xml->detail, detail, sizeof(xml->detail));
		g_strchomp(xml->detail);
	}
	xmlStopParser(xml->parser);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
	const xmlChar **namespaces, int attribute_count, int defaulted_count, const xmlChar **attributes)
{
	struct report_xml *xml = context;
	struct xml_attribute list[REPORT_XML_ATTRIBUTES_MAX];
	char room[4096];
	size_t used = 0;
	if (++xml->depth > REPORT_XML_DEPTH_MAX || attribute_count > (int)REPORT_XML_ATTRIBUTES_MAX) {
		refuse(xml, REFUSED_LIMIT, xml->depth > REPORT_XML_DEPTH_MAX ? "profondità / depth" : "attributi / attributes");
		return;
	}
	for (int i = 0; i < attribute_count; i++) {
		const xmlChar **attribute = attributes + (ptrdiff_t)i * 5;
		size_t len = (size_t)(attribute[4] - attribute[3]);
		if (len > REPORT_XML_VALUE_MAX || used + len + 1 > sizeof(room)) {
			refuse(xml, REFUSED_LIMIT, (const char *)attribute[0]);
			return;
		}
		memcpy(room + used, attribute[3], len);
		room[used + len] = '\0';
		list[i] = (struct xml_attribute){(const char *)attribute[0], room + used};
		used += len + 1;
	}
	xml->listener.open(xml->listener.data, (const char *)name, list, (guint)attribute_count,
		(guint)MAX(xmlSAX2GetLineNumber(xml->parser), 0));
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct report_xml *xml = context;
	xml->depth--;
	xml->listener.close(xml->listener.data, (guint)MAX(xmlSAX2GetLineNumber(xml->parser), 0));
}

static void on_text(void *context, const xmlChar *text, int len)
{
	struct report_xml *xml = context;
	xml->listener.text(xml->listener.data, (const char *)text, (size_t)len, (guint)MAX(xmlSAX2GetLineNumber(xml->parser), 0));
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	refuse(context, REFUSED_DOCTYPE, "");
}

static xmlEntityPtr no_entity(void *context, const xmlChar *name)
{
	return NULL;
}

static void note_error(struct report_xml *xml, const xmlError *error)
{
	if (error->level >= XML_ERR_ERROR) {
		refuse(xml, REFUSED_SYNTAX, error->message ? error->message : "?");
	}
}

static void on_error(void *context, xmlErrorPtr error)
{
	note_error(context, error);
}

struct report_xml *report_xml_create(const struct xml_listener *listener)
{
	struct report_xml *xml = g_new0(struct report_xml, 1);
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.internalSubset = on_doctype,
		.getEntity = no_entity,
		.getParameterEntity = no_entity,
		.serror = on_error,
	};
	xml->listener = *listener;
	xml->parser = xmlCreatePushParserCtxt(&sax, xml, NULL, 0, NULL);
	xmlCtxtUseOptions(xml->parser, XML_PARSE_NONET);
	return xml;
}

bool report_xml_feed(struct report_xml *xml, const void *bytes, size_t len)
{
	xml->bytes += len;
	if (xml->bytes > REPORT_XML_BYTES_MAX) {
		refuse(xml, REFUSED_LIMIT, "256 MiB");
	}
	for (size_t at = 0; at < len && xml->refused == REFUSED_NOT; at += 64 * 1024) {
		xmlParseChunk(xml->parser, (const char *)bytes + at, (int)MIN(len - at, 64 * 1024), 0);
	}
	return xml->refused == REFUSED_NOT;
}

bool report_xml_end(struct report_xml *xml, struct problem *ret)
{
	if (xml->refused == REFUSED_NOT) {
		xmlParseChunk(xml->parser, NULL, 0, 1);
	}
	if (xml->refused == REFUSED_NOT && (!xml->parser->wellFormed || xml->bytes == 0)) {
		refuse(xml, REFUSED_SYNTAX, "?");
	}
	bool good = xml->refused == REFUSED_NOT;
	if (!good) {
		g_autofree char *detail = g_utf8_make_valid(xml->detail, -1);
		fault_set(ret, &texts[xml->refused], "", detail, NULL);
		ret->line = xml->line;
	}
	if (xml->parser->myDoc) {
		xmlFreeDoc(xml->parser->myDoc);
	}
	xmlFreeParserCtxt(xml->parser);
	g_free(xml);
	return good;
}
