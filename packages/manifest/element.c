/* Finding one's way in the parsed manifest: names, families, attributes. */
#include "packages/manifest/xml.h"

#include <string.h>

/* A namespace's address holds one of these words in every edition and in most misspellings; a prefix that
 * was never declared usually is the word itself. */
static const struct {
	const char *word;
	enum family family;
} families[] = {
	{"imscp", FAMILY_CP},
	{"adlcp", FAMILY_ADLCP},
	{"adlseq", FAMILY_ADLSEQ},
	{"adlnav", FAMILY_ADLNAV},
	{"imsss", FAMILY_IMSSS},
	{"imsmd", FAMILY_METADATA},
	{"xsd/LOM", FAMILY_METADATA},
	{"xsd/lom", FAMILY_METADATA},
	{"lom", FAMILY_METADATA},
};

static enum family family_of(const char *word, size_t len)
{
	for (size_t i = 0; i < G_N_ELEMENTS(families); i++) {
		if (g_strstr_len(word, (gssize)len, families[i].word)) {
			return families[i].family;
		}
	}
	return FAMILY_OTHER;
}

enum family element_family(const xmlNode *element)
{
	enum family family = FAMILY_OTHER;
	if (element->ns && element->ns->href) {
		const char *href = (const char *)element->ns->href;
		family = family_of(href, strlen(href));
		if (family == FAMILY_OTHER && element->ns->prefix) {
			const char *prefix = (const char *)element->ns->prefix;
			family = family_of(prefix, strlen(prefix));
		}
		return family;
	}
	const char *name = (const char *)element->name;
	const char *colon = strchr(name, ':');
	return colon ? family_of(name, (size_t)(colon - name)) : FAMILY_OTHER;
}

/* An undeclared prefix stays part of the name. */
static const char *local_name(const xmlChar *name)
{
	const char *colon = strchr((const char *)name, ':');
	return colon ? colon + 1 : (const char *)name;
}

const char *element_name(const xmlNode *element)
{
	return local_name(element->name);
}

/* A wrong family is forgiven, except where two families use one name for two things: imsss and adlseq both
 * have <objectives>, and metadata may hold elements of any name. */
bool element_is(const xmlNode *element, enum family family, const char *name)
{
	if (strcmp(element_name(element), name) != 0) {
		return false;
	}
	enum family found = element_family(element);
	if (found == family || found == FAMILY_OTHER) {
		return !(found == FAMILY_OTHER && family == FAMILY_ADLSEQ && strcmp(name, "objectives") == 0);
	}
	bool sequencing_pair = (found == FAMILY_IMSSS && family == FAMILY_ADLSEQ) ||
			       (found == FAMILY_ADLSEQ && family == FAMILY_IMSSS);
	return found != FAMILY_METADATA && !(sequencing_pair && strcmp(name, "objectives") == 0);
}

bool element_charge(const xmlNode *element, uint64_t cost)
{
	struct budget *budget = element->doc->_private;
	if (!budget) {
		return true;
	}
	if (budget->spent || budget->left < cost) {
		budget->spent = true;
		return false;
	}
	budget->left -= cost;
	return true;
}

const xmlNode *element_first(const xmlNode *parent)
{
	const xmlNode *node = parent && element_charge(parent, 1) ? parent->children : NULL;
	while (node && node->type != XML_ELEMENT_NODE) {
		node = node->next;
	}
	return node;
}

const xmlNode *element_following(const xmlNode *element)
{
	const xmlNode *node = element_charge(element, 1) ? element->next : NULL;
	while (node && node->type != XML_ELEMENT_NODE) {
		node = node->next;
	}
	return node;
}

const xmlNode *element_child(const xmlNode *parent, enum family family, const char *name)
{
	const xmlNode *element = element_first(parent);
	while (element && !element_is(element, family, name)) {
		element = element_following(element);
	}
	return element;
}

const xmlNode *element_next(const xmlNode *element, enum family family, const char *name)
{
	do {
		element = element_following(element);
	} while (element && !element_is(element, family, name));
	return element;
}

const xmlNode *element_walk(const xmlNode *element, const xmlNode *top)
{
	const xmlNode *next = element_first(element);
	while (!next && element != top) {
		next = element_following(element);
		element = element->parent;
	}
	return next;
}

struct place element_place(const xmlNode *element, const char *where)
{
	uint64_t packed = (uint64_t)(uintptr_t)element->_private;
	return (struct place){where, (uint32_t)(packed >> 32), (uint32_t)packed};
}

enum {
	BYTES_A_STEP = 4,
	STEPS_A_VALUE = 8, /* whoever asks for a value copies, trims and compares it */
};

static const char *attribute_value(const xmlAttr *attribute, GStringChunk *strings)
{
	const xmlNode *text = attribute->children;
	if (!text) {
		return "";
	}
	if (text->type == XML_TEXT_NODE && !text->next && text->content) {
		return (const char *)text->content;
	}
	xmlChar *joined = xmlNodeListGetString(attribute->doc, text, 1);
	const char *value = g_string_chunk_insert(strings, joined ? (const char *)joined : "");
	xmlFree(joined);
	return value;
}

const char *element_attribute(const xmlNode *element, const char *name, GStringChunk *strings)
{
	if (!element_charge(element, 1)) {
		return NULL;
	}
	bool xml = g_str_has_prefix(name, "xml:");
	const char *wanted = xml ? name + 4 : name;
	for (const xmlAttr *attribute = element->properties; attribute; attribute = attribute->next) {
		bool in_xml = attribute->ns && attribute->ns->prefix &&
			      strcmp((const char *)attribute->ns->prefix, "xml") == 0;
		if (in_xml == xml && g_ascii_strcasecmp(local_name(attribute->name), wanted) == 0) {
			const char *value = attribute_value(attribute, strings);
			return element_charge(element, STEPS_A_VALUE + strlen(value) / BYTES_A_STEP) ? value
												     : NULL;
		}
	}
	return NULL;
}

char *element_text(const xmlNode *element)
{
	xmlChar *content = element_charge(element, STEPS_A_VALUE) ? xmlNodeGetContent(element) : NULL;
	if (content && !element_charge(element, strlen((const char *)content) / BYTES_A_STEP)) {
		xmlFree(content);
		content = NULL;
	}
	char *text = g_strdup(content ? (const char *)content : "");
	xmlFree(content);
	return text;
}
