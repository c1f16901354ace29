/* What the readers of foreign item files share. Included by them only. */
#ifndef ASSESSMENT_IMPORT_PARTS_H
#define ASSESSMENT_IMPORT_PARTS_H

#include "assessment/import/import.h"

enum import_fault {
	IMPORT_FAULT_FORMAT,
	IMPORT_FAULT_NOTHING,
	IMPORT_FAULT_SYNTAX,
	IMPORT_FAULT_XML,
	IMPORT_FAULT_ENTITY,
	IMPORT_FAULT_TYPE,
	IMPORT_FAULT_KEY,
	IMPORT_FAULT_WEIGHTS,
	IMPORT_FAULT_MEDIA,
	IMPORT_FAULT_PASSAGE,
	IMPORT_FAULT_ALT,
	IMPORT_FAULT_COMPOSITE,
	IMPORT_FAULT_RULES,
	IMPORT_FAULT_ITEM,
	IMPORT_FAULT_PARTIAL,
	IMPORT_FAULT_MARKS,
	IMPORT_FAULT_WEB_PAGE,
	IMPORT_FAULT_REFERS,
	IMPORT_FAULT_OTHER,
	IMPORT_FAULT_PARAMETERS,
	IMPORT_FAULT_SCRIPT,
	IMPORT_FAULT_LEFT,
	IMPORT_FAULT_RENAMED,
	IMPORT_FAULT_MAX,
};

extern const struct fault_text import_faults[IMPORT_FAULT_MAX];

struct import {
	struct faults *faults;
	json_t *areas, *items; /* lists, owned */
	GHashTable *area_ids;  /* name -> id, owned */
	GHashTable *ids;       /* those given so far, owned */
	const char *area;      /* where the next item goes; borrowed from areas */
	GHashTable *media;     /* sha256 -> struct import_media, owned; filled */
	const struct import_file *package; /* files that items may name, borrowed */
	guint package_count;
	const char *base; /* the name of the file being read, in the package */
	struct import_count count;
};

/* One question as read; the texts are HTML or plain as `html` says. */
struct draft {
	const char *name; /* for the id and for what is told; may be NULL */
	guint line;
	enum item_type type;
	bool html;
	const void *files; /* of images and sounds: see import_rich() */
	bool keep_order;
	guint difficulty; /* 0: unknown */
	const char *stem;
	const char *explanation; /* may be NULL */
	GPtrArray *options;      /* char *; not used by true/false */
	guint32 key;             /* bit i: option i is right; true/false: bit 0 is "true" */
	struct text_notes *notes; /* what was met while `more` was read, borrowed */
	json_t *more;            /* members of the bank's item, its texts converted, in place of type, options and key; borrowed */
};

/* Tells a fault at a line of the file. */
void import_note(struct import *import, enum import_fault which, guint line, const char *where,
	const char *one, const char *two);
/* The same, and counts an item as refused. */
void import_refuse(
	struct import *import, enum import_fault which, guint line, const char *name, const char *reason);
/* The following items belong to this area. */
void import_area(struct import *import, const char *name);
/* The same with the id that it had (NULL or not fit for an id: made from the name). */
void import_area_known(struct import *import, const char *id, const char *name);
/* Adds an item, unless a bank would refuse it: then it is refused here, with the bank's reason, and false. */
bool import_add(struct import *import, const struct draft *draft);

/* Why a file is of no format that is read; `ret_name` is the format's name for IMPORT_FAULT_OTHER, static. */
enum import_fault import_why_unknown(const char *bytes, size_t len, const char **ret_name);
bool import_is_web_page(const char *bytes, size_t len);

/* The name in the package, yours, that a reference in the file `base` means; `base` NULL: in the file being read. */
char *import_path(const char *base, const char *reference);
/* The file of the package that a reference in the file being read means; NULL when it is not there. */
const struct import_file *import_file_named(const struct import *import, const char *reference);

/* What was met while texts were read. */
struct text_notes {
	char *refused; /* what cannot come in, and why: the item is refused; owned */
	bool is_passage; /* that is a text it refers to, and no image or sound */
	bool script;   /* script or style was taken out */
	bool no_alt;   /* an image or sound without alternative: the item becomes a draft */
};

/*
 * HTML as the JSON of a text (rich.h): a string when there is nothing but words and line ends. Images and sounds are
 * looked for in `files` (Moodle's elements, may be NULL), in the text itself (base64) and in the package. A new reference.
 */
json_t *import_rich(struct import *import, const char *html, const void *files, struct text_notes *notes);

/* The same for what is chosen from a list: always a string, and nothing to be seen or heard. */
json_t *import_listed(const char *html, struct text_notes *notes);

/* Tells what was met. False when the item is refused for it; else `item` becomes a draft if it must. */
bool import_heed(struct import *import, const struct draft *draft, struct text_notes *notes, json_t *item);

/* HTML as plain text, yours; *ret_media is set when it shows an image or plays something. */
char *import_plain(const char *html, bool *ret_media, bool *ret_script);

void import_gift(struct import *import, const char *text);
void import_aiken(struct import *import, const char *text);
void import_csv(struct import *import, const char *text);
void import_xml(struct import *import, const char *bytes, size_t len); /* Moodle XML or QTI */

#endif
