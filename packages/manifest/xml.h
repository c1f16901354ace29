/*
 * The only reader of XML here, and safe with hostile files: no network, no external file, no entity, bounded
 * depth and size. Elements are found by their local name and the family of their namespace, because real
 * manifests get prefixes and namespace addresses wrong in every way.
 */
#ifndef PACKAGES_MANIFEST_XML_H
#define PACKAGES_MANIFEST_XML_H

#include <glib.h>
#include <libxml/tree.h>

#include "packages/check/findings.h"

enum family {
	FAMILY_OTHER, /* no namespace, or one that no specification names */
	FAMILY_CP,    /* IMS Content Packaging */
	FAMILY_ADLCP,
	FAMILY_ADLSEQ,
	FAMILY_ADLNAV,
	FAMILY_IMSSS,
	FAMILY_METADATA,
};

/*
 * text.c: the bytes as UTF-8 without byte-order mark and without leading blanks, whatever they were.
 * `ret_lines` = lines cut off in front. NULL (with a finding) when no encoding fits.
 */
char *manifest_text(struct span bytes, const char *where, struct findings *findings, size_t *ret_len,
	uint32_t *ret_lines);

/* NULL with a finding when it is not well-formed, declares an entity, or exceeds a limit. */
xmlDoc *manifest_parse(
	const char *text, size_t len, uint32_t first_line, const char *where, struct findings *findings);

/*
 * What a reader may spend on one document: every step to a sibling and every few bytes of a value are charged, so
 * that blocks referred to thousands of times, or lists searched within lists, cannot make it work for minutes.
 * When it is used up every search finds nothing; whoever reads looks at `spent` at the end. Lies in xmlDoc._private.
 */
struct budget {
	uint64_t left;
	bool spent;
};
bool element_charge(const xmlNode *element, uint64_t cost);

/* The place of the element's "<", as manifest_parse() noted it. */
struct place element_place(const xmlNode *element, const char *where);

enum family element_family(const xmlNode *element);
const char *element_name(const xmlNode *element); /* without prefix */
bool element_is(const xmlNode *element, enum family family, const char *name);

/* The first child element, or the next sibling, of that name; NULL at the end. */
const xmlNode *element_child(const xmlNode *parent, enum family family, const char *name);
const xmlNode *element_next(const xmlNode *element, enum family family, const char *name);
const xmlNode *element_first(const xmlNode *parent);
const xmlNode *element_following(const xmlNode *element);
/* The next element in document order below `top`; NULL at the end. Without recursion. */
const xmlNode *element_walk(const xmlNode *element, const xmlNode *top);

/* The attribute of that local name, letter case aside; xml:base and xml:lang only by their prefix. NULL when
 * absent. Rarely allocates: such strings go to `strings`. */
const char *element_attribute(const xmlNode *element, const char *name, GStringChunk *strings);
/* All text below, as written. Never NULL. */
char *element_text(const xmlNode *element);

#endif
