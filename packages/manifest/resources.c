/* <resources>: what items open, and which files the manifest declares (CAM 3.4.1.10 to 3.4.1.14). */
#include "packages/manifest/reader.h"

#include <string.h>

/* One (sub-)manifest's resources are found before those of others. */
static char *resource_key(const xmlNode *manifest, const char *identifier)
{
	return g_strdup_printf("%p %s", (const void *)manifest, identifier);
}

void resource_destroy(void *data)
{
	struct resource *resource = data;
	g_free(resource->base);
	g_free(resource);
}

/* Appends the element's own xml:base to what is inherited. Yours. A base is a folder: without a "/" at its
 * end the last part counts as a folder too, unless it looks like a file. */
static char *base_below(struct reader *reader, const char *inherited, const xmlNode *element)
{
	g_autofree char *own = g_strdup(element_attribute(element, "xml:base", reader->strings));
	if (!own || !*g_strstrip(own)) {
		return g_strdup(inherited);
	}
	if (!g_str_has_suffix(own, "/") && !g_str_has_suffix(own, "\\")) {
		const char *slash = strrchr(own, '/');
		const char *last = slash ? slash + 1 : own;
		bool file = strchr(last, '.') && strcmp(last, ".") != 0 && strcmp(last, "..") != 0;
		char *folder = file ? g_strndup(own, (gsize)(last - own)) : g_strconcat(own, "/", NULL);
		g_free(own);
		own = folder;
	}
	char *joined = address_join(inherited, own);
	if (!joined) {
		reader_find(reader, RESOURCE_OUTSIDE, element, own, NULL);
		return g_strdup(inherited);
	}
	return joined;
}

static void declare_file(struct reader *reader, const struct resource *resource, const xmlNode *file)
{
	g_autofree char *href = g_strdup(element_attribute(file, "href", reader->strings));
	if (!href || !*g_strstrip(href)) {
		return;
	}
	if (strchr(href, '\\')) {
		reader_find(reader, RESOURCE_BACKSLASH, file, href, NULL);
	}
	g_autofree char *address = address_join(resource->base, href);
	if (!address) {
		reader_find(reader, RESOURCE_OUTSIDE, file, href, NULL);
		return;
	}
	g_autofree char *path = address_file(address);
	if (!path || !*path || g_hash_table_contains(reader->files, path)) {
		return;
	}
	struct place place = element_place(file, reader->where);
	struct declared_file declared = {
		.path = reader_keep(reader, path), .line = place.line, .column = place.column};
	g_array_append_val(reader->file_list, declared);
	g_hash_table_insert(reader->files, g_steal_pointer(&path), GUINT_TO_POINTER(reader->file_list->len));
}

static enum resource_kind resource_kind(struct reader *reader, const xmlNode *element, const char *identifier)
{
	static const char *const words[] = {[RESOURCE_ASSET] = "asset", [RESOURCE_SCO] = "sco"};
	const char *value = element_attribute(element, "scormType", reader->strings);
	uint32_t kind = RESOURCE_SCO;
	if (!value || !*value) {
		return RESOURCE_NONE; /* reported only when an item opens it */
	}
	if (!value_word(reader, element, "scormType", value, words, G_N_ELEMENTS(words), &kind)) {
		reader_find(reader, VALUE_BAD, element, value, "scormType");
		return RESOURCE_SCO;
	}
	return (enum resource_kind)kind;
}

static void add_resource(
	struct reader *reader, const xmlNode *manifest, const char *base, const xmlNode *element)
{
	struct resource *resource = g_new0(struct resource, 1);
	resource->element = element;
	resource->identifier = reader_attribute(reader, element, "identifier");
	resource->base = base_below(reader, base, element);
	resource->kind = resource_kind(reader, element, resource->identifier.at);
	resource->href = element_attribute(element, "href", reader->strings);
	if (resource->identifier.len == 0) {
		reader_find(reader, MANIFEST_IDENTIFIER_MISSING, element, "resource", NULL);
	}
	for (const xmlNode *file = element_child(element, FAMILY_CP, "file"); file;
		file = element_next(file, FAMILY_CP, "file")) {
		declare_file(reader, resource, file);
	}
	char *key = resource_key(manifest, resource->identifier.at);
	if (g_hash_table_contains(reader->resources, key)) {
		reader_find(reader, MANIFEST_IDENTIFIER_TWICE, element, resource->identifier.at, "resource");
		g_free(key);
		key = g_strdup_printf("%p", (const void *)element);
	}
	g_hash_table_insert(reader->resources, key, resource);
}

/* A manifest's own xml:base follows those of the manifests around it. Yours. */
static char *manifest_base(struct reader *reader, const xmlNode *manifest)
{
	g_autofree char *around = NULL;
	const xmlNode *parent = manifest->parent;
	if (manifest != reader->root && parent && parent->type == XML_ELEMENT_NODE) {
		around = manifest_base(reader, parent);
	}
	return base_below(reader, around ? around : "", manifest);
}

static void check_dependencies(struct reader *reader)
{
	for (const xmlNode *at = reader->root; at; at = element_walk(at, reader->root)) {
		if (!element_is(at, FAMILY_CP, "dependency")) {
			continue;
		}
		struct span identifier = reader_attribute(reader, at, "identifierref");
		if (identifier.len > 0 && !manifest_resource(reader, reader->root, identifier)) {
			reader_find(reader, DEPENDENCY_DANGLING, at, identifier.at, NULL);
		}
	}
}

static void index_manifest(struct reader *reader, const xmlNode *manifest)
{
	g_autofree char *base = manifest_base(reader, manifest);
	const xmlNode *resources = element_child(manifest, FAMILY_CP, "resources");
	for (; resources; resources = element_next(resources, FAMILY_CP, "resources")) {
		g_autofree char *inner = base_below(reader, base, resources);
		for (const xmlNode *at = element_child(resources, FAMILY_CP, "resource"); at;
			at = element_next(at, FAMILY_CP, "resource")) {
			add_resource(reader, manifest, inner, at);
		}
	}
}

void manifest_index(struct reader *reader)
{
	for (const xmlNode *at = reader->root; at; at = element_walk(at, reader->root)) {
		if (element_is(at, FAMILY_CP, "manifest")) {
			struct span identifier = reader_attribute(reader, at, "identifier");
			if (at != reader->root && identifier.len > 0) {
				g_hash_table_insert(reader->submanifests, (void *)identifier.at, (void *)at);
			}
			index_manifest(reader, at);
		} else if (element_is(at, FAMILY_IMSSS, "sequencing")) {
			struct span identifier = reader_attribute(reader, at, "ID");
			if (identifier.len > 0 &&
				!g_hash_table_contains(reader->sequencings, identifier.at)) {
				g_hash_table_insert(reader->sequencings, (void *)identifier.at, (void *)at);
			}
		}
	}
	/* By identifier alone: any manifest may refer to a resource of another (CAM 1.3 2.3.2). */
	GHashTableIter iter;
	void *value = NULL;
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	g_hash_table_iter_init(&iter, reader->resources);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		g_ptr_array_add(all, value);
	}
	for (guint i = 0; i < all->len; i++) {
		struct resource *resource = g_ptr_array_index(all, i);
		g_hash_table_insert(reader->by_identifier, (void *)resource->identifier.at, resource);
	}
	check_dependencies(reader);
}

struct resource *manifest_resource(struct reader *reader, const xmlNode *manifest, struct span identifier)
{
	g_autofree char *key = resource_key(manifest, identifier.at);
	struct resource *own = g_hash_table_lookup(reader->resources, key);
	return own ? own : g_hash_table_lookup(reader->by_identifier, identifier.at);
}

static void tell_once(struct reader *reader, struct resource *resource)
{
	if (resource->told) {
		return;
	}
	resource->told = true;
	const char *identifier = resource->identifier.at;
	if (resource->kind == RESOURCE_NONE) {
		reader_find(reader, RESOURCE_SCORMTYPE_MISSING, resource->element, identifier, NULL);
	} else {
		const char *right = reader->ret->edition == SCORM_12 ? "scormtype" : "scormType";
		const xmlAttr *at = resource->element->properties;
		for (; at; at = at->next) {
			const char *name = strchr((const char *)at->name, ':');
			name = name ? name + 1 : (const char *)at->name;
			if (g_ascii_strcasecmp(name, right) == 0 && strcmp(name, right) != 0) {
				reader_find(
					reader, RESOURCE_SCORMTYPE_SPELLING, resource->element, name, right);
			}
		}
	}
	if (resource->href && strchr(resource->href, '\\')) {
		reader_find(reader, RESOURCE_BACKSLASH, resource->element, resource->href, NULL);
	}
	if (resource->href && address_is_absolute(resource->href)) {
		reader_find(reader, RESOURCE_ON_ANOTHER_HOST, resource->element, resource->href, NULL);
	}
}

static void add_launch(struct reader *reader, const struct resource *resource, const char *address,
	const struct activity *activity)
{
	g_autofree char *path = address_file(address);
	if (!path || !*path) {
		return;
	}
	struct place place = element_place(resource->element, reader->where);
	struct launch_file launch = {.path = reader_keep(reader, path),
		.kind = activity->resource,
		.item_title = activity->title,
		.line = place.line,
		.column = place.column};
	g_array_append_val(reader->launch_list, launch);
	guint known = GPOINTER_TO_UINT(g_hash_table_lookup(reader->files, path));
	if (known > 0) {
		g_array_index(reader->file_list, struct declared_file, known - 1).launched = true;
	}
}

void manifest_launch(
	struct reader *reader, const xmlNode *item, struct resource *resource, struct activity *activity)
{
	tell_once(reader, resource);
	activity->resource_identifier = resource->identifier;
	g_autofree char *href = g_strdup(resource->href ? resource->href : "");
	if (!*g_strstrip(href)) {
		reader_find(reader, RESOURCE_NO_HREF, resource->element, resource->identifier.at, NULL);
		return;
	}
	g_autofree char *address = address_join(resource->base, href);
	if (!address) {
		reader_find(reader, RESOURCE_OUTSIDE, resource->element, href, NULL);
		return;
	}
	struct span parameters = item ? reader_attribute(reader, item, "parameters") : (struct span){"", 0};
	g_autofree char *whole = address_with_parameters(address, parameters.at);
	if (!whole) {
		reader_find(reader, ITEM_PARAMETERS_DROPPED, item, parameters.at, address);
	}
	activity->resource = resource->kind == RESOURCE_ASSET ? RESOURCE_ASSET : RESOURCE_SCO;
	activity->href = reader_keep(reader, whole ? whole : address);
	add_launch(reader, resource, address, activity);
}
