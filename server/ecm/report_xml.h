/*
 * The door to libxml2 for reports: hostile XML as it comes, piece by piece, to a listener. No document type, hence no
 * entities but XML's own five; no network; depth, attributes, text and size are limited.
 */
#ifndef SERVER_ECM_REPORT_XML_H
#define SERVER_ECM_REPORT_XML_H

#include <glib.h>

#include "player/engine/base.h"

#define REPORT_XML_DEPTH_MAX 8u
#define REPORT_XML_ATTRIBUTES_MAX 64u
#define REPORT_XML_VALUE_MAX 1024u
#define REPORT_XML_BYTES_MAX (256u << 20)

struct xml_attribute {
	const char *name, *value;
};

struct xml_listener {
	void *data;
	void (*open)(void *data, const char *element, const struct xml_attribute *attributes, guint count, guint line);
	void (*text)(void *data, const char *text, size_t len, guint line);
	void (*close)(void *data, guint line);
};

struct report_xml;
struct report_xml *report_xml_create(const struct xml_listener *listener);
/* False: refused or broken; report_xml_end() says why. */
bool report_xml_feed(struct report_xml *xml, const void *bytes, size_t len);
/* Ends and frees. False: REPORT_NOT_XML, REPORT_DOCTYPE or REPORT_XML_LIMIT, with the line. */
bool report_xml_end(struct report_xml *xml, struct problem *ret);

#endif
