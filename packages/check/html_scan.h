/*
 * A forgiving walk over an HTML page, for the check only: tags with their attributes, visible text, and what
 * stands inside scripts and styles. It never fails; what it cannot make out it passes over. Linear in the page's
 * length. Included by check*.c and inspect*.c only.
 */
#ifndef PACKAGES_HTML_SCAN_H
#define PACKAGES_HTML_SCAN_H

#include "player/engine/base.h"

enum html_event_kind {
	HTML_TAG, /* <img …> */
	HTML_END, /* </title> */
	HTML_TEXT,
	HTML_SCRIPT, /* what stands inside <script> */
	HTML_STYLE,
};

struct html_event {
	enum html_event_kind kind;
	char name[24]; /* of a tag, in small letters; longer names are cut */
	struct span
		content; /* attributes of a tag; text, script or style otherwise. Borrowed from the page */
	uint32_t line;   /* where it begins */
};

struct html_scanner {
	struct span page;
	uint32_t at;
	uint32_t line, counted;   /* lines are counted up to `counted` */
	enum html_event_kind raw; /* HTML_SCRIPT or HTML_STYLE: their content comes next */
	bool in_raw;
};

void html_scanner_init(struct html_scanner *scanner, struct span page);
bool html_next(struct html_scanner *scanner, struct html_event *ret);

/* The attribute's value, character references resolved as far as addresses need it; NULL when the tag lacks it,
 * "" when it has no value. Yours (g_free). */
char *html_attribute(const struct html_event *tag, const char *name);

#endif
