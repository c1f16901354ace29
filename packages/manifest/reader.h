/* What the parts of the manifest reader share. Included by manifest*.c only. */
#ifndef PACKAGES_MANIFEST_READER_H
#define PACKAGES_MANIFEST_READER_H

#include "packages/limits.h"
#include "packages/manifest/manifest.h"
#include "packages/manifest/xml.h"

/* A <resource>, with its addresses resolved. */
struct resource {
	const xmlNode *element;
	struct span identifier;
	char *base; /* xml:base of manifest, resources and resource joined; "" or ends with "/" */
	enum resource_kind kind;
	const char *href; /* as written; NULL when absent */
	bool told;        /* its faults were reported */
};

struct reader {
	struct manifest *ret;
	const char *where;
	const xmlNode *root; /* the outermost <manifest> */
	struct findings *findings;
	GStringChunk *strings;     /* what outlives the reading */
	GHashTable *resources;     /* owns them, by manifest and identifier */
	GHashTable *by_identifier; /* of any manifest */
	GHashTable *submanifests;  /* identifier -> const xmlNode * */
	GHashTable *sequencings;   /* ID -> const xmlNode * */
	GHashTable *files;         /* path -> index + 1 into file_list */
	GArray *file_list;         /* of struct declared_file */
	GArray *launch_list;       /* of struct launch_file */
	uint32_t activities;       /* of all courses */
	uint32_t parts;            /* rules, conditions, objectives, maps of all courses */
	bool too_many;             /* a limit was passed: stop */
};

/* One course while it grows. */
struct builder {
	struct reader *reader;
	enum scorm_edition edition;
	GArray *activities, *rules, *rollup_rules, *conditions, *objectives, *maps, *shared_data;
	bool launchable; /* some activity opens a resource */
};

/* --- values.c --- */

#define reader_find(reader, kind, element, first, second)                                                    \
	findings_add(                                                                                        \
		(reader)->findings, FINDING_##kind, element_place(element, (reader)->where), first, second)

/* A string that lives as long as the manifest. */
struct span reader_keep(struct reader *reader, const char *text);
/* The attribute without blanks around it, kept; an empty span when absent. */
struct span reader_attribute(struct reader *reader, const xmlNode *element, const char *name);
/* The element's text without blanks around it; blanks inside collapsed when `collapse`. */
struct span reader_text(struct reader *reader, const xmlNode *element, bool collapse);
/* An objective's identifier: percent-decoded, blanks collapsed. */
struct span reader_objective_id(struct reader *reader, const xmlNode *element, const char *name);

/* Each leaves `ret` alone when the attribute is absent or bad; a bad one is a finding. True when set. */
bool reader_bool(struct reader *reader, const xmlNode *element, const char *name, bool *ret);
bool reader_real(struct reader *reader, const xmlNode *element, const char *name, double least, double most,
	double *ret);
bool reader_count(struct reader *reader, const xmlNode *element, const char *name, uint32_t *ret);
bool reader_duration(struct reader *reader, const xmlNode *element, const char *name, int64_t *ret_cs);
bool reader_word(struct reader *reader, const xmlNode *element, const char *name, const char *const *words,
	uint32_t count, uint32_t *ret);

/* The same for text that is at hand. `name` is for the finding. */
bool value_real(struct reader *reader, const xmlNode *element, const char *name, const char *text,
	double least, double most, double *ret);
bool value_word(struct reader *reader, const xmlNode *element, const char *name, const char *text,
	const char *const *words, uint32_t count, uint32_t *ret);
/* SCORM 1.2's HHHH:MM:SS.SS and ISO 8601 durations, in hundredths of a second. */
bool parse_timespan(const char *text, int64_t *ret_cs);
bool parse_duration(const char *text, int64_t *ret_cs);

/* --- edition.c --- */
enum scorm_edition manifest_edition(struct reader *reader);
const char *edition_name(enum scorm_edition edition);

/* --- namespaces.c --- */
void manifest_check_namespaces(struct reader *reader);

/* --- resources.c --- */
void resource_destroy(void *resource);
/* Finds all resources, sub-manifests and sequencing collections. */
void manifest_index(struct reader *reader);
/* The resource of this (sub-)manifest, else of any. */
struct resource *manifest_resource(struct reader *reader, const xmlNode *manifest, struct span identifier);
/* Fills the activity's resource, address and launch list. */
void manifest_launch(
	struct reader *reader, const xmlNode *item, struct resource *resource, struct activity *activity);

/* --- address.c --- */
/* Joins a base folder and an address, without "." and ".."; NULL when it leaves the root. Yours. An absolute
 * URL comes back as it is. */
char *address_join(const char *base, const char *address);
bool address_is_absolute(const char *address);
/* CAM 3.4.1.8: parameters after the query, before the fragment. NULL when they cannot be added. Yours. */
char *address_with_parameters(const char *address, const char *parameters);
/* The file an address names: no query, no fragment, percent-decoded; NULL when it cannot be one. Yours. */
char *address_file(const char *address);

/* --- items.c --- */
/* Reads <organization>; or lists all resources when `organization` is NULL. False when nothing launches. */
bool manifest_organization(
	struct reader *reader, const xmlNode *manifest, const xmlNode *organization, struct course *ret);
struct span manifest_title(struct reader *reader, const xmlNode *element);

/* --- launch_data.c --- */
void manifest_launch_data(struct builder *builder, const xmlNode *element, struct activity *activity);

/* --- sequencing.c, rules.c, objectives.c --- */
void manifest_sequencing(struct builder *builder, const xmlNode *item, struct activity *activity);
void manifest_rules(struct builder *builder, const xmlNode *sequencing_rules, struct activity *activity);
void manifest_rollup_rules(struct builder *builder, const xmlNode *rollup_rules, struct activity *activity);
void manifest_objectives(struct builder *builder, const xmlNode *objectives, const xmlNode *extension,
	struct activity *activity);
/* Counts one more part; false, with a finding, beyond MANIFEST_MAX_PARTS. */
bool manifest_part(struct builder *builder, const xmlNode *element);

#endif
