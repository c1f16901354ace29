/* The manifest reader's entry: bytes to text to elements to one course for each organization. */
#include "packages/manifest/manifest.h"

#include <string.h>

#include "packages/manifest/reader.h"

struct manifest_memory {
	GStringChunk *strings;
};

static void free_course(const struct course *course)
{
	g_free((void *)course->activities);
	g_free((void *)course->rules);
	g_free((void *)course->rollup_rules);
	g_free((void *)course->conditions);
	g_free((void *)course->objectives);
	g_free((void *)course->maps);
	g_free((void *)course->shared_data);
}

void manifest_destroy(struct manifest *manifest)
{
	if (!manifest) {
		return;
	}
	for (uint32_t i = 0; i < manifest->course_count; i++) {
		free_course(&manifest->courses[i]);
	}
	g_free(manifest->courses);
	g_free(manifest->files);
	g_free(manifest->launches);
	g_string_chunk_free(manifest->memory->strings);
	g_free(manifest->memory);
	g_free(manifest);
}

static void reader_init(
	struct reader *reader, const xmlNode *root, const char *where, struct findings *findings)
{
	*reader = (struct reader){.root = root, .where = where, .findings = findings};
	reader->strings = g_string_chunk_new(16384);
	reader->ret = g_new0(struct manifest, 1);
	reader->ret->memory = g_new0(struct manifest_memory, 1);
	reader->ret->memory->strings = reader->strings;
	reader->resources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, resource_destroy);
	reader->by_identifier = g_hash_table_new(g_str_hash, g_str_equal);
	reader->submanifests = g_hash_table_new(g_str_hash, g_str_equal);
	reader->sequencings = g_hash_table_new(g_str_hash, g_str_equal);
	reader->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	reader->file_list = g_array_new(FALSE, TRUE, sizeof(struct declared_file));
	reader->launch_list = g_array_new(FALSE, TRUE, sizeof(struct launch_file));
}

/* Hands the lists over to the manifest, drops the rest. */
static void reader_finish(struct reader *reader)
{
	g_hash_table_destroy(reader->by_identifier);
	g_hash_table_destroy(reader->resources);
	g_hash_table_destroy(reader->submanifests);
	g_hash_table_destroy(reader->sequencings);
	g_hash_table_destroy(reader->files);
	reader->ret->file_count = reader->file_list->len;
	reader->ret->files = (void *)g_array_free(reader->file_list, FALSE);
	reader->ret->launch_count = reader->launch_list->len;
	reader->ret->launches = (void *)g_array_free(reader->launch_list, FALSE);
}

/* The language that the course's metadata states: LOM general/language, or xml:lang of the manifest. */
static struct span find_language(struct reader *reader)
{
	const xmlNode *metadata = element_child(reader->root, FAMILY_CP, "metadata");
	for (const xmlNode *at = metadata; at; at = element_walk(at, metadata)) {
		if (strcmp(element_name(at), "general") == 0) {
			for (const xmlNode *child = element_first(at); child;
				child = element_following(child)) {
				if (strcmp(element_name(child), "language") == 0) {
					return reader_text(reader, child, true);
				}
			}
		}
	}
	return reader_attribute(reader, reader->root, "xml:lang");
}

/* Reads all organizations of the outermost manifest; those with nothing to launch are left out. */
static void read_organizations(struct reader *reader)
{
	struct manifest *manifest = reader->ret;
	const xmlNode *organizations = element_child(reader->root, FAMILY_CP, "organizations");
	const xmlNode *first = element_child(organizations, FAMILY_CP, "organization");
	g_autoptr(GArray) courses = g_array_new(FALSE, TRUE, sizeof(struct course));
	struct span wanted = {"", 0};
	bool found = false, exists = false; /* the default one: kept, in the manifest at all */
	if (organizations) {
		wanted = reader_attribute(reader, organizations, "default");
	}
	for (const xmlNode *at = first; at && !reader->too_many;
		at = element_next(at, FAMILY_CP, "organization")) {
		struct course course;
		bool launchable = manifest_organization(reader, reader->root, at, &course);
		exists |= wanted.len > 0 && strcmp(course.organization.at, wanted.at) == 0;
		if (!launchable || courses->len == MANIFEST_MAX_ORGANIZATIONS) {
			struct span identifier = reader_attribute(reader, at, "identifier");
			if (!reader->too_many) {
				reader_find(reader, ORGANIZATION_LEFT_OUT, at, identifier.at, NULL);
			}
			free_course(&course);
			continue;
		}
		if (launchable && exists && !found) {
			manifest->default_course = courses->len;
			found = true;
		}
		g_array_append_val(courses, course);
	}
	if (!first) {
		struct course course;
		bool launchable = manifest_organization(reader, reader->root, NULL, &course);
		char count[16];
		g_snprintf(count, sizeof(count), "%u", course.activity_count - 1);
		if (launchable) {
			const xmlNode *at = organizations ? organizations : reader->root;
			reader_find(reader, ORGANIZATION_NONE, at, count, NULL);
			g_array_append_val(courses, course);
		} else {
			free_course(&course);
		}
	} else if (courses->len > 0 && !found && !exists) {
		enum finding_kind kind = wanted.len > 0 ? FINDING_ORGANIZATION_DEFAULT_DANGLING
							: FINDING_ORGANIZATION_DEFAULT_MISSING;
		findings_add(
			reader->findings, kind, element_place(organizations, reader->where), wanted.at, NULL);
	}
	if (courses->len == 0 && !reader->too_many) {
		const xmlNode *at = organizations ? organizations : reader->root;
		reader_find(reader, ORGANIZATION_NOTHING_TO_LAUNCH, at, NULL, NULL);
	}
	manifest->course_count = courses->len;
	manifest->courses = (void *)g_array_free(g_steal_pointer(&courses), FALSE);
	if (manifest->course_count > 1) {
		char count[16];
		g_snprintf(count, sizeof(count), "%u", manifest->course_count);
		reader_find(reader, ORGANIZATION_SEVERAL, organizations, count,
			manifest->courses[manifest->default_course].title.at);
	}
}

/* In the order of the tree, with one finding for each identifier that comes again. */
static void find_double_identifiers(struct reader *reader)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	for (const xmlNode *at = reader->root; at; at = element_walk(at, reader->root)) {
		if (element_is(at, FAMILY_CP, "item") || element_is(at, FAMILY_CP, "organization")) {
			struct span identifier = reader_attribute(reader, at, "identifier");
			if (identifier.len > 0 && !g_hash_table_add(seen, (void *)identifier.at)) {
				reader_find(reader, MANIFEST_IDENTIFIER_TWICE, at, identifier.at,
					element_name(at));
			}
		}
	}
}

static struct manifest *read_document(const xmlDoc *doc, const char *where, struct findings *findings)
{
	const xmlNode *root = xmlDocGetRootElement((xmlDoc *)doc);
	if (!root || !element_is(root, FAMILY_CP, "manifest")) {
		struct place place = root ? element_place(root, where) : (struct place){where, 1, 0};
		findings_add(
			findings, FINDING_MANIFEST_ROOT, place, root ? (const char *)root->name : "", NULL);
		return NULL;
	}
	struct reader reader;
	reader_init(&reader, root, where, findings);
	struct manifest *manifest = reader.ret;
	manifest->edition = manifest_edition(&reader);
	manifest->identifier = reader_attribute(&reader, root, "identifier");
	if (manifest->identifier.len == 0) {
		reader_find(&reader, MANIFEST_IDENTIFIER_MISSING, root, "manifest", NULL);
	}
	manifest_check_namespaces(&reader);
	manifest->language = find_language(&reader);
	manifest_index(&reader);
	find_double_identifiers(&reader);
	read_organizations(&reader);
	reader_finish(&reader);
	const struct budget *budget = doc->_private;
	if (budget->spent) {
		findings_add(findings, FINDING_MANIFEST_TOO_COMPLEX, (struct place){where, 0, 0}, NULL, NULL);
	}
	if (manifest->course_count == 0 || reader.too_many || budget->spent) {
		manifest_destroy(manifest);
		return NULL;
	}
	manifest->title = manifest->courses[manifest->default_course].title;
	return manifest;
}

struct manifest *manifest_read(struct span bytes, const char *where, struct findings *findings)
{
	struct place place = {where, 0, 0};
	if (bytes.len > MANIFEST_MAX_BYTES) {
		char limit[32];
		g_snprintf(limit, sizeof(limit), "%u MiB", MANIFEST_MAX_BYTES >> 20);
		findings_add(findings, FINDING_MANIFEST_TOO_LARGE, place, limit, NULL);
		return NULL;
	}
	size_t len = 0;
	uint32_t first_line = 1;
	g_autofree char *text = manifest_text(bytes, where, findings, &len, &first_line);
	xmlDoc *doc = text ? manifest_parse(text, len, first_line + 1, where, findings) : NULL;
	if (!doc) {
		return NULL;
	}
	struct budget budget = {.left = MANIFEST_MAX_STEPS};
	doc->_private = &budget;
	struct manifest *manifest = read_document(doc, where, findings);
	xmlFreeDoc(doc);
	return manifest;
}
