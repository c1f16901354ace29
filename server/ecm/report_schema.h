/*
 * A version of the participants' report, as data: its elements, attributes with their order, types and whether they
 * may be left out (server/data/report_VERSION.json; a data folder may bring others in report-schemas/). Who writes,
 * checks or reads a report does it by such a table, so a new version [ECM 1.10] is a file and not a change here.
 *
 *   {version, source, encoding, types: {NAME: {kind, length: [least, most], pattern, digits, least, most, above}},
 *    levels: [{element, attributes: [{name, type, optional, from, value}], unique, text}]}
 *
 * The five levels are nested: root, event, person, profession, discipline. An attribute's content comes `from` one of
 * our fields (report_record.h; the attribute's own name when nothing is said), or is always `value`.
 */
#ifndef SERVER_ECM_REPORT_SCHEMA_H
#define SERVER_ECM_REPORT_SCHEMA_H

#include "server/ecm/report_record.h"

#define REPORT_SCHEMA_CURRENT "1.16"
#define SCHEMA_ATTRIBUTES_MAX 32u
#define SCHEMA_VERSION_BYTES 17

enum schema_level_index {
	LEVEL_ROOT,
	LEVEL_EVENT,
	LEVEL_PERSON,
	LEVEL_PROFESSION,
	LEVEL_DISCIPLINE,
	SCHEMA_LEVELS,
};

struct schema_type;

struct schema_attribute {
	char *name;
	enum report_field field; /* FIELD_UNKNOWN: always `constant` */
	char *constant;
	bool optional;
	const struct schema_type *type;
};

struct schema_level {
	char *element;
	struct schema_attribute attributes[SCHEMA_ATTRIBUTES_MAX];
	guint attribute_count;
	const struct schema_type *text; /* NULL: no text */
	char *unique;                   /* attribute, or the element's own name for its text; NULL: nothing is */
};

struct report_schema {
	char version[SCHEMA_VERSION_BYTES];
	char *encoding; /* "ISO-8859-1" */
	struct schema_level levels[SCHEMA_LEVELS];
	GHashTable *types; /* private */
};

/*
 * `folder`: the data folder, or NULL for the program's own versions. NULL: REPORT_SCHEMA_UNKNOWN, or
 * REPORT_SCHEMA_INVALID with what is wrong with the file.
 */
struct report_schema *report_schema_load(const char *folder, const char *version, struct problem *ret);
void report_schema_destroy(struct report_schema *schema); /* accepts NULL */

/* Is this the content of such an attribute or element? Bytes beyond ASCII never are. */
bool schema_type_fits(const struct schema_type *type, const char *text);

/* The attribute of a level by its name, NULL. */
const struct schema_attribute *schema_attribute_find(const struct schema_level *level, const char *name);

/*
 * Would this record be valid at that level? Tells what is missing or does not fit; `where` says whose it is.
 */
bool report_schema_check(const struct report_schema *schema, enum schema_level_index level,
	const struct report_record *record, const char *where, struct faults *faults);
/* The same for a participant's professions. */
bool report_schema_check_professions(const struct report_schema *schema, const struct participant *participant,
	const char *where, struct faults *faults);

#endif
