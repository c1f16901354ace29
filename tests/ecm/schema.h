/* Validates a report against tests/ecm/rapporto.xsd. */
#ifndef TESTS_ECM_SCHEMA_H
#define TESTS_ECM_SCHEMA_H

#include <glib.h>
#include <libxml/xmlschemas.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static inline void schema_silent(void *context, const char *message, ...)
{
	if (g_getenv("SCHEMA_VERBOSE")) {
		va_list arguments;
		va_start(arguments, message);
		vfprintf(stderr, message, arguments);
		va_end(arguments);
	}
}

static inline bool schema_valid(const char *xml, size_t len)
{
	g_autofree char *path =
		g_build_filename(g_getenv("FAD_SOURCE"), "tests", "ecm", "rapporto.xsd", NULL);
	xmlSetGenericErrorFunc(NULL, schema_silent);
	xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(path);
	xmlSchemaPtr schema = xmlSchemaParse(parser);
	xmlSchemaFreeParserCtxt(parser);
	g_assert(schema);
	xmlDocPtr document =
		xmlReadMemory(xml, (int)len, "report.xml", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
	bool valid = false;
	if (document) {
		xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(schema);
		xmlSchemaSetValidErrors(context, schema_silent, schema_silent, NULL);
		valid = xmlSchemaValidateDoc(context, document) == 0;
		xmlSchemaFreeValidCtxt(context);
		xmlFreeDoc(document);
	}
	xmlSchemaFree(schema);
	return valid;
}

#endif
