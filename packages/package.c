/* struct package: made from a check, freed. */
#include <glib.h>

#include "packages/package_json.h"

const char *edition_code(enum scorm_edition edition)
{
	static const char *const codes[] = {
		[SCORM_12] = "1.2",
		[SCORM_2004_2ND] = "2004-2nd",
		[SCORM_2004_3RD] = "2004-3rd",
		[SCORM_2004_4TH] = "2004-4th",
	};
	return codes[edition];
}

static char *copy(struct span text)
{
	return g_strndup(text.at ? text.at : "", text.len);
}

static void add_organizations(struct package *package, const struct manifest *manifest)
{
	package->organization_count = manifest->course_count;
	package->default_organization = manifest->default_course;
	package->organizations = g_new0(struct package_organization, manifest->course_count);
	for (uint32_t i = 0; i < manifest->course_count; i++) {
		const struct course *course = &manifest->courses[i];
		struct package_organization *organization = &package->organizations[i];
		organization->identifier = copy(course->organization);
		organization->title = copy(course->title);
		organization->image = g_strdup_printf("course-%u.img", i);
		organization->activity_count = course->activity_count;
		for (uint32_t k = 0; k < course->activity_count; k++) {
			organization->launchable_count += course->activities[k].resource != RESOURCE_NONE;
		}
	}
}

struct package *package_create(const struct checked *checked, struct findings *findings, const char *sha256)
{
	struct package *package = g_new0(struct package, 1);
	g_strlcpy(package->sha256, sha256, sizeof(package->sha256));
	findings_sort(findings);
	const struct problem *list = findings_list(findings, &package->finding_count);
	package->findings = g_memdup2(list, package->finding_count * sizeof(*list));
	package->error_count = findings_count(findings, SEVERITY_ERROR);
	package->warning_count = findings_count(findings, SEVERITY_WARNING);
	package->hint_count = findings_count(findings, SEVERITY_HINT);
	package->file_count = checked->file_count;
	package->bytes = checked->bytes;
	package->estimated_seconds = checked->estimated_seconds;
	const struct manifest *manifest = checked->manifest;
	package->edition = manifest ? manifest->edition : SCORM_12;
	package->identifier = manifest ? copy(manifest->identifier) : g_strdup("");
	package->title = manifest ? copy(manifest->title) : g_strdup("");
	package->language = manifest ? copy(manifest->language) : g_strdup("");
	if (manifest && package->error_count == 0) {
		add_organizations(package, manifest);
	}
	return package;
}

void package_destroy(struct package *package)
{
	if (!package) {
		return;
	}
	for (uint32_t i = 0; i < package->organization_count; i++) {
		g_free(package->organizations[i].identifier);
		g_free(package->organizations[i].title);
		g_free(package->organizations[i].image);
	}
	g_free(package->organizations);
	g_free(package->identifier);
	g_free(package->title);
	g_free(package->language);
	g_free(package->findings);
	g_free(package);
}
