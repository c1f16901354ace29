/* Elements are read in whatever namespace they stand; here the wrong ones are reported, once for each family. */
#include "packages/manifest/reader.h"

#include <string.h>

static const struct {
	const char *name;
	enum family family;
} homes[] = {
	{"manifest", FAMILY_CP},
	{"organizations", FAMILY_CP},
	{"organization", FAMILY_CP},
	{"item", FAMILY_CP},
	{"resources", FAMILY_CP},
	{"resource", FAMILY_CP},
	{"file", FAMILY_CP},
	{"datafromlms", FAMILY_ADLCP},
	{"dataFromLMS", FAMILY_ADLCP},
	{"masteryscore", FAMILY_ADLCP},
	{"maxtimeallowed", FAMILY_ADLCP},
	{"prerequisites", FAMILY_ADLCP},
	{"timelimitaction", FAMILY_ADLCP},
	{"timeLimitAction", FAMILY_ADLCP},
	{"completionThreshold", FAMILY_ADLCP},
	{"constrainedChoiceConsiderations", FAMILY_ADLSEQ},
	{"rollupConsiderations", FAMILY_ADLSEQ},
	{"presentation", FAMILY_ADLNAV},
	{"navigationInterface", FAMILY_ADLNAV},
	{"hideLMSUI", FAMILY_ADLNAV},
	{"sequencing", FAMILY_IMSSS},
	{"sequencingCollection", FAMILY_IMSSS},
	{"controlMode", FAMILY_IMSSS},
	{"sequencingRules", FAMILY_IMSSS},
	{"limitConditions", FAMILY_IMSSS},
	{"rollupRules", FAMILY_IMSSS},
	{"primaryObjective", FAMILY_IMSSS},
	{"deliveryControls", FAMILY_IMSSS},
	{"randomizationControls", FAMILY_IMSSS},
};

static const char *const addresses[] = {
	"http://www.imsproject.org/xsd/imscp_rootv1p1p2",
	"http://www.imsglobal.org/xsd/imscp_v1p1",
	"http://www.adlnet.org/xsd/adlcp_rootv1p2",
	"http://www.adlnet.org/xsd/adlcp_v1p3",
	"http://www.adlnet.org/xsd/adlseq_v1p3",
	"http://www.adlnet.org/xsd/adlnav_v1p3",
	"http://www.imsglobal.org/xsd/imsss",
};

static bool is_official(const char *href)
{
	for (size_t i = 0; i < G_N_ELEMENTS(addresses); i++) {
		if (strcmp(addresses[i], href) == 0) {
			return true;
		}
	}
	return false;
}

static enum family home_of(const xmlNode *element)
{
	for (size_t i = 0; i < G_N_ELEMENTS(homes); i++) {
		if (strcmp(homes[i].name, element_name(element)) == 0) {
			return homes[i].family;
		}
	}
	return FAMILY_OTHER;
}

void manifest_check_namespaces(struct reader *reader)
{
	bool told[FAMILY_METADATA + 1] = {false};
	for (const xmlNode *at = reader->root; at; at = element_walk(at, reader->root)) {
		enum family home = home_of(at), found = element_family(at);
		if (home == FAMILY_OTHER || found == FAMILY_METADATA || told[home]) {
			continue;
		}
		const char *href = at->ns && at->ns->href ? (const char *)at->ns->href : "";
		if (found != home || !is_official(href)) {
			told[home] = true;
			reader_find(
				reader, MANIFEST_NAMESPACE, at, (const char *)at->name, *href ? href : "-");
		}
	}
}
