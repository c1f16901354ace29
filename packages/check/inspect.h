/*
 * What the files of a course show of themselves: which look for the API, what they refer to, what is likely to go
 * wrong for a learner. One pass over the text files; findings as they come; a graph of references for the
 * questions that need it. Included by contents.c and inspect*.c only.
 */
#ifndef PACKAGES_INSPECT_H
#define PACKAGES_INSPECT_H

#include <glib.h>

#include "packages/check/parts.h"

/* One file of the package, as a node of the reference graph. Same order as archive_entries(). */
struct inspected {
	bool below_root;
	bool finds_12, finds_2004; /* mentions the API of SCORM 1.2, of 2004 */
	bool finds_any;            /* looks for an API by some of the usual words */
	bool shown;                /* an <img> shows it */
	GArray *refers;            /* of uint32_t; NULL = none */
};

/* What one style sheet names and the package lacks: told once for all. */
struct broken_style {
	GHashTable *addresses; /* each once */
	char *first;
	uint32_t line;
};

struct inspection {
	const struct checked *checked;
	struct findings *findings;
	const struct archive_entry *entries;
	struct inspected *files;
	uint32_t count;
	GHashTable *by_base_name;  /* small letters, without folders -> GArray of uint32_t */
	uint64_t characters;       /* of visible text */
	uint32_t videos, captions; /* files */
	bool page_language;        /* some page states one */
	uint64_t media_seconds;
	uint32_t references; /* in all `refers` together */
	bool has_sound;
	struct broken_style *style; /* of the style sheet that is being read */
};

enum link_kind {
	LINK_GOES,      /* <a>: only when the learner follows it */
	LINK_LOADS,     /* the page cannot do without it */
	LINK_DECORATES, /* from a style: the page works without */
};

/* inspect_page.c */
void inspect_page(struct inspection *inspection, uint32_t file, struct span page);
/* How many characters a reader sees: blanks in a row count once. */
uint64_t inspect_characters(struct span text);
/* inspect_data.c: text and pictures that a tool's own player shows. Scripts count only when they are data. */
void inspect_data(struct inspection *inspection, struct span data, bool is_script);
/* inspect_script.c */
void inspect_script(struct inspection *inspection, uint32_t file, struct span script, uint32_t first_line);
void inspect_style(struct inspection *inspection, uint32_t file, struct span style, uint32_t first_line);
/* inspect_links.c: the address stands in `file`. The index of the file it names, or UINT32_MAX. */
uint32_t inspect_link(struct inspection *inspection, uint32_t file, const char *address, uint32_t line,
	enum link_kind kind);
void inspect_refer(struct inspection *inspection, uint32_t from, uint32_t to);
/* inspect_scos.c: the questions that need the graph. */
void inspect_scos(struct inspection *inspection);
/* inspect_media.c: formats, sizes, lengths */
void inspect_media(struct inspection *inspection, uint32_t file, struct archive_reader *reader);

/* estimate.c: ECM rule (durata dei contenuti): audio and video by their length, text 6,000 characters in nine
 * minutes, an image without audio two minutes. */
uint32_t estimate_seconds(uint64_t characters, uint32_t images, uint64_t media_seconds);
/* The length that the file states itself; 0 when it cannot be told. */
uint32_t media_seconds(struct archive_reader *reader, const struct archive_entry *entry);

#endif
