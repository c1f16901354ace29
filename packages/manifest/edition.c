/* Which edition a course is: what <schemaversion> says, else what its namespaces tell (CAM 3.4.1.4). */
#include "packages/manifest/reader.h"

#include <string.h>

static const char *const names[] = {
	[SCORM_12] = "SCORM 1.2",
	[SCORM_2004_2ND] = "SCORM 2004 2nd Edition",
	[SCORM_2004_3RD] = "SCORM 2004 3rd Edition",
	[SCORM_2004_4TH] = "SCORM 2004 4th Edition",
};

const char *edition_name(enum scorm_edition edition)
{
	return names[edition];
}

static bool edition_said(const char *text, enum scorm_edition *ret)
{
	/* Longest and surest words first: "1.2" also occurs inside other texts. */
	static const struct {
		const char *word;
		enum scorm_edition edition;
	} words[] = {
		{"4th", SCORM_2004_4TH},
		{"3rd", SCORM_2004_3RD},
		{"2nd", SCORM_2004_2ND},
		{"cam 1.3", SCORM_2004_2ND},
		{"1.3", SCORM_2004_2ND},
		{"2004", SCORM_2004_3RD},
		{"1.2", SCORM_12},
		{"1.1", SCORM_12},
	};
	g_autofree char *lower = g_ascii_strdown(text, -1);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (strstr(lower, words[i].word)) {
			*ret = words[i].edition;
			return true;
		}
	}
	return false;
}

static bool said_exactly(const char *text)
{
	static const char *const exact[] = {"1.2", "CAM 1.3", "2004 3rd Edition", "2004 4th Edition"};
	for (size_t i = 0; i < G_N_ELEMENTS(exact); i++) {
		if (strcmp(text, exact[i]) == 0) {
			return true;
		}
	}
	return false;
}

/* Where the metadata of the whole course stands, be it misplaced. */
static const xmlNode *find_schemaversion(struct reader *reader)
{
	const xmlNode *metadata = element_child(reader->root, FAMILY_CP, "metadata");
	const xmlNode *version = metadata ? element_child(metadata, FAMILY_CP, "schemaversion") : NULL;
	for (const xmlNode *at = reader->root; !version && at; at = element_walk(at, reader->root)) {
		if (element_is(at, FAMILY_CP, "schemaversion")) {
			version = at;
			reader_find(reader, MANIFEST_METADATA_MISPLACED, at, "schemaversion", NULL);
		}
	}
	return version;
}

struct signs {
	bool of_12, of_2004, of_4th;
};

static void look_at_namespaces(const xmlNode *element, struct signs *signs)
{
	for (const xmlNs *ns = element->nsDef; ns; ns = ns->next) {
		const char *href = ns->href ? (const char *)ns->href : "";
		signs->of_12 |= strstr(href, "adlcp_rootv1p2") || strstr(href, "imscp_rootv1p1p2");
		signs->of_2004 |= strstr(href, "adlcp_v1p3") || strstr(href, "imsss") ||
				  strstr(href, "adlseq") || strstr(href, "adlnav") ||
				  strstr(href, "imscp_v1p1");
	}
}

/* The 4th Edition added attributes to completionThreshold, adlcp:data and adlseq:objectives. */
static struct signs look_for_signs(struct reader *reader)
{
	struct signs signs = {0};
	for (const xmlNode *at = reader->root; at; at = element_walk(at, reader->root)) {
		look_at_namespaces(at, &signs);
		const char *name = element_name(at);
		if (strcmp(name, "completionThreshold") == 0) {
			signs.of_4th |= element_attribute(at, "completedByMeasure", reader->strings) != NULL;
		} else if (element_family(at) == FAMILY_ADLCP) {
			signs.of_4th |= strcmp(name, "data") == 0;
		} else if (element_family(at) == FAMILY_ADLSEQ) {
			signs.of_4th |= strcmp(name, "objectives") == 0;
		} else if (element_family(at) == FAMILY_IMSSS) {
			signs.of_2004 = true;
		}
	}
	return signs;
}

enum scorm_edition manifest_edition(struct reader *reader)
{
	struct signs signs = look_for_signs(reader);
	enum scorm_edition guess = signs.of_4th                    ? SCORM_2004_4TH
				   : signs.of_2004 && !signs.of_12 ? SCORM_2004_3RD
								   : SCORM_12;
	const xmlNode *element = find_schemaversion(reader);
	g_autofree char *text = element ? g_strstrip(element_text(element)) : g_strdup("");
	enum scorm_edition said = guess;
	if (!*text) {
		const xmlNode *at = element ? element : reader->root;
		reader_find(reader, MANIFEST_VERSION_MISSING, at, edition_name(guess), NULL);
		return guess;
	}
	if (!edition_said(text, &said)) {
		reader_find(reader, MANIFEST_VERSION_UNKNOWN, element, text, edition_name(guess));
		return guess;
	}
	if (!said_exactly(text)) {
		reader_find(reader, MANIFEST_VERSION_UNKNOWN, element, text, edition_name(said));
	}
	bool conflict = said == SCORM_12 ? signs.of_2004 && !signs.of_12 : signs.of_12 && !signs.of_2004;
	if (conflict) {
		reader_find(reader, MANIFEST_VERSION_CONFLICT, element, text, edition_name(guess));
	}
	return said;
}
