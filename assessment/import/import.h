/*
 * Foreign item files made into a bank's JSON (bank/bank.h): GIFT, Aiken, Moodle XML, QTI 2 and 3 items, QTI 1.2 and
 * Blackboard's pools, CSV. The format is recognised by the contents, never by the file's name.
 *
 * Good items are imported, each bad one is named with its line and reason (severity: warning). What a bank
 * cannot hold is refused, never imported by half: other item types, several questions in one, images that are not in
 * the file, marks that are not all-or-nothing. HTML becomes a text as in rich.h; what is script or style falls away.
 */
#ifndef ASSESSMENT_IMPORT_H
#define ASSESSMENT_IMPORT_H

#include <jansson.h>
#include "assessment/bank/bank.h"

enum import_format {
	IMPORT_UNKNOWN,
	IMPORT_BANK, /* our own JSON: nothing to convert */
	IMPORT_GIFT,
	IMPORT_AIKEN,
	IMPORT_MOODLE,
	IMPORT_QTI,
	IMPORT_QTI12, /* and Blackboard's pools */
	IMPORT_CSV,
};

enum import_format import_recognise(const char *bytes, size_t len);

/* "GIFT", "Moodle XML" ... */
const char *import_format_name(enum import_format format);

struct import_count {
	guint imported;
	guint refused;
};

/* An image or a sound that came with items. */
struct import_media {
	const char *type; /* as the bytes say; static */
	GBytes *bytes;
};
/* An empty set, sha256 -> struct import_media, yours (g_hash_table_unref). */
GHashTable *import_media_new(void);
/* What an image or a sound is by its first bytes, static; NULL when items may not show it. */
const char *import_media_type(const void *bytes, size_t len);
/* Adds it; its SHA-256 in `ret`. NULL, or why not: static. */
const char *import_media_add(GHashTable *media, const void *bytes, size_t len, char ret[65]);

/*
 * The bank as JSON, yours (g_free); NULL when the file as a whole cannot be read or has no good item.
 * `faults` has every refusal either way. Images and sounds are added to `media`.
 */
char *import_read(const char *bytes, size_t len, GHashTable *media, struct faults *faults, struct import_count *ret_count);

/*
 * Our CSV, UTF-8, first line as below. options: texts apart by '|' ("\\|" is a bar itself); key: letters of the
 * right ones, "a" or "a,c", or "true"/"false"; shuffle: "no" keeps the order. Columns from area_name on, the
 * explanation aside, must be there; area_name may be empty.
 */
#define IMPORT_CSV_HEAD "id;area;area_name;difficulty;type;stem;options;key;shuffle;explanation"

/* One item as a QTI 3 document, yours. Area and difficulty are data attributes of its body. */
char *bank_item_qti(const struct bank *bank, const struct bank_item *item);

/* The name of an image's or sound's file beside such documents. */
#define BANK_MEDIA_NAME 80
void bank_media_name(const char *sha256, const char *type, char ret[BANK_MEDIA_NAME]);

/* One file of a package; borrowed. */
struct import_file {
	const char *name;
	const char *bytes;
	size_t len;
};

/* import_read() of all item files of a package (QTI, Blackboard, Moodle XML); of its other files items show some. */
char *import_read_files(const struct import_file *files, guint count, GHashTable *media, struct faults *faults,
	struct import_count *ret_count);

/*
 * The bank as such a CSV, yours. Option ids become letters, rich texts plain; name and version of the bank are not in it,
 * and neither are the items that a row cannot hold: other types, images and sounds (they are in QTI and JSON).
 */
char *bank_csv(const struct bank *bank);

#endif
