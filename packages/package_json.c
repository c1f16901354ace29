/* struct package as JSON and back: course.json, and the JSON of `fad check`. */
#include "packages/package_json.h"

#include <glib.h>
#include <string.h>

static const char *const severities[] = {
	[SEVERITY_HINT] = "hint", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};

json_t *problem_to_json(const struct problem *problem)
{
	return json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:s, s:s, s:s}", "code", problem->code,
		"severity", severities[problem->severity], "where", problem->where, "line",
		(int)problem->line, "column", (int)problem->column, "clause", problem->clause, "it",
		problem->it, "en", problem->en, "mend_it", problem->mend_it, "mend_en", problem->mend_en);
}

static json_t *organization_to_json(const struct package_organization *organization)
{
	return json_pack("{s:s, s:s, s:s, s:i, s:i}", "identifier", organization->identifier, "title",
		organization->title, "image", organization->image, "activities",
		(int)organization->activity_count, "launchable", (int)organization->launchable_count);
}

json_t *package_to_json(const struct package *package)
{
	json_t *organizations = json_array(), *findings = json_array();
	for (uint32_t i = 0; i < package->organization_count; i++) {
		json_array_append_new(organizations, organization_to_json(&package->organizations[i]));
	}
	for (uint32_t i = 0; i < package->finding_count; i++) {
		json_array_append_new(findings, problem_to_json(&package->findings[i]));
	}
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:i, s:i, s:I, s:I, s:i, s:{s:i, s:i, s:i}, s:o}",
		"sha256", package->sha256, "edition", edition_code(package->edition), "identifier",
		package->identifier, "title", package->title, "language", package->language, "organizations",
		organizations, "default_organization", (int)package->default_organization, "files",
		(int)package->file_count, "bytes", (json_int_t)package->bytes, "archive_bytes",
		(json_int_t)package->archive_bytes, "estimated_seconds", (int)package->estimated_seconds,
		"counts", "error", (int)package->error_count, "warning", (int)package->warning_count, "hint",
		(int)package->hint_count, "findings", findings);
}

static bool edition_from(const char *code, enum scorm_edition *ret)
{
	for (int edition = SCORM_12; edition <= SCORM_2004_4TH; edition++) {
		if (strcmp(code, edition_code((enum scorm_edition)edition)) == 0) {
			*ret = (enum scorm_edition)edition;
			return true;
		}
	}
	return false;
}

static bool problem_from_json(json_t *json, struct problem *ret)
{
	const char *code, *severity, *where, *clause, *it, *en, *mend_it, *mend_en;
	int line, column;
	if (json_unpack(json, "{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:s, s:s, s:s}", "code", &code, "severity",
		    &severity, "where", &where, "line", &line, "column", &column, "clause", &clause, "it",
		    &it, "en", &en, "mend_it", &mend_it, "mend_en", &mend_en) != 0) {
		return false;
	}
	*ret = (struct problem){.line = (uint32_t)line, .column = (uint32_t)column};
	for (int i = SEVERITY_HINT; i <= SEVERITY_ERROR; i++) {
		if (strcmp(severity, severities[i]) == 0) {
			ret->severity = (enum severity)i;
		}
	}
	g_strlcpy(ret->code, code, sizeof(ret->code));
	g_strlcpy(ret->where, where, sizeof(ret->where));
	g_strlcpy(ret->clause, clause, sizeof(ret->clause));
	g_strlcpy(ret->it, it, sizeof(ret->it));
	g_strlcpy(ret->en, en, sizeof(ret->en));
	g_strlcpy(ret->mend_it, mend_it, sizeof(ret->mend_it));
	g_strlcpy(ret->mend_en, mend_en, sizeof(ret->mend_en));
	return true;
}

static bool organization_from_json(json_t *json, struct package_organization *ret)
{
	const char *identifier, *title, *image;
	int activities, launchable;
	if (json_unpack(json, "{s:s, s:s, s:s, s:i, s:i}", "identifier", &identifier, "title", &title,
		    "image", &image, "activities", &activities, "launchable", &launchable) != 0) {
		return false;
	}
	*ret = (struct package_organization){g_strdup(identifier), g_strdup(title), g_strdup(image),
		(uint32_t)activities, (uint32_t)launchable};
	return true;
}

static bool lists_from_json(json_t *organizations, json_t *findings, struct package *package)
{
	size_t count = json_array_size(organizations), found = json_array_size(findings);
	package->organizations = g_new0(struct package_organization, count + 1);
	for (size_t i = 0; i < count; i++) {
		if (!organization_from_json(json_array_get(organizations, i), &package->organizations[i])) {
			return false;
		}
		package->organization_count++;
	}
	package->findings = g_new0(struct problem, found + 1);
	for (size_t i = 0; i < found; i++) {
		if (!problem_from_json(json_array_get(findings, i), &package->findings[i])) {
			return false;
		}
		package->finding_count++;
	}
	return package->default_organization < package->organization_count;
}

struct package *package_from_json(const json_t *json)
{
	const char *sha256, *edition, *identifier, *title, *language;
	json_t *organizations, *findings;
	int first, files, seconds, errors, warnings, hints;
	json_int_t bytes, archive_bytes;
	if (json_unpack((json_t *)json,
		    "{s:s, s:s, s:s, s:s, s:s, s:o, s:i, s:i, s:I, s:I, s:i, s:{s:i, s:i, s:i}, s:o}",
		    "sha256", &sha256, "edition", &edition, "identifier", &identifier, "title", &title,
		    "language", &language, "organizations", &organizations, "default_organization", &first,
		    "files", &files, "bytes", &bytes, "archive_bytes", &archive_bytes, "estimated_seconds",
		    &seconds, "counts", "error", &errors, "warning", &warnings, "hint", &hints, "findings",
		    &findings) != 0) {
		return NULL;
	}
	struct package *package = g_new0(struct package, 1);
	g_strlcpy(package->sha256, sha256, sizeof(package->sha256));
	package->identifier = g_strdup(identifier);
	package->title = g_strdup(title);
	package->language = g_strdup(language);
	package->default_organization = (uint32_t)first;
	package->file_count = (uint32_t)files;
	package->bytes = (uint64_t)bytes;
	package->archive_bytes = (uint64_t)archive_bytes;
	package->estimated_seconds = (uint32_t)seconds;
	package->error_count = (uint32_t)errors;
	package->warning_count = (uint32_t)warnings;
	package->hint_count = (uint32_t)hints;
	if (!edition_from(edition, &package->edition) || !lists_from_json(organizations, findings, package)) {
		package_destroy(package);
		return NULL;
	}
	return package;
}
