/* <organization> and its <item> elements become the activity tree (CAM 3.4.1.5 to 3.4.1.9). */
#include "packages/manifest/reader.h"

#include <string.h>

struct span manifest_title(struct reader *reader, const xmlNode *element)
{
	const xmlNode *title = element_child(element, FAMILY_CP, "title");
	return title ? reader_text(reader, title, true) : (struct span){"", 0};
}

static uint32_t append_item(struct builder *builder, const xmlNode *manifest, const xmlNode *item,
	uint32_t parent, uint32_t depth);

/* Links the items below `container` as children of `parent`. */
static void append_children(struct builder *builder, const xmlNode *manifest, const xmlNode *container,
	uint32_t parent, uint32_t depth)
{
	uint32_t before = NO_INDEX;
	for (const xmlNode *at = element_child(container, FAMILY_CP, "item");
		at && !builder->reader->too_many; at = element_next(at, FAMILY_CP, "item")) {
		uint32_t child = append_item(builder, manifest, at, parent, depth);
		if (child == NO_INDEX) {
			continue;
		}
		struct activity *activities = (struct activity *)(void *)builder->activities->data;
		if (before == NO_INDEX) {
			activities[parent].first_child = child;
		} else {
			activities[before].next_sibling = child;
		}
		before = child;
	}
}

static void refuse_too_many(struct builder *builder, const xmlNode *item, uint32_t limit, const char *what)
{
	g_autofree char *text = g_strdup_printf("%u", limit);
	if (!builder->reader->too_many) {
		reader_find(builder->reader, MANIFEST_TOO_MANY, item, text, what);
	}
	builder->reader->too_many = true;
}

static uint32_t append_activity(
	struct builder *builder, const xmlNode *element, const struct activity *activity)
{
	if (++builder->reader->activities > MANIFEST_MAX_ACTIVITIES) {
		refuse_too_many(builder, element, MANIFEST_MAX_ACTIVITIES, "item");
		return NO_INDEX;
	}
	g_array_append_vals(builder->activities, activity, 1);
	return builder->activities->len - 1;
}

/* What <item> and <organization> have in common. */
static void read_common(struct builder *builder, const xmlNode *element, struct activity *activity)
{
	struct reader *reader = builder->reader;
	activity->identifier = reader_attribute(reader, element, "identifier");
	activity->title = manifest_title(reader, element);
	if (activity->identifier.len == 0) {
		g_autofree char *made = g_strdup_printf("%s-%u", element_name(element), reader->activities);
		reader_find(reader, MANIFEST_IDENTIFIER_MISSING, element, element_name(element), NULL);
		activity->identifier = reader_keep(reader, made);
	}
	if (activity->title.len == 0) {
		reader_find(reader, TITLE_MISSING, element, element_name(element), activity->identifier.at);
		activity->title = activity->identifier;
	}
	manifest_launch_data(builder, element, activity);
	manifest_sequencing(builder, element, activity);
}

/* In SCORM 1.2 a block may have content of its own: it becomes the block's first child, else nobody could
 * open it. The 2004 activity tree has no place for it. */
static void append_own_content(struct builder *builder, const xmlNode *item, uint32_t cluster)
{
	struct reader *reader = builder->reader;
	struct activity *of = &g_array_index(builder->activities, struct activity, cluster);
	struct activity content = *of;
	bool kept = builder->edition == SCORM_12;
	of->resource = RESOURCE_NONE;
	of->href = (struct span){"", 0};
	reader_find(
		reader, ITEM_CLUSTER_WITH_RESOURCE, item, of->identifier.at, kept ? content.href.at : "-");
	if (!kept) {
		return;
	}
	g_autofree char *identifier = g_strconcat(content.identifier.at, "-content", NULL);
	content.identifier = reader_keep(reader, identifier);
	content.parent = cluster;
	content.first_child = content.next_sibling = NO_INDEX;
	uint32_t child = append_activity(builder, item, &content);
	g_array_index(builder->activities, struct activity, cluster).first_child = child;
}

/* After its children were linked, the own content stands in front of them. */
static void link_own_content(struct builder *builder, uint32_t cluster, uint32_t own)
{
	struct activity *activities = (struct activity *)(void *)builder->activities->data;
	if (own != NO_INDEX && activities[cluster].first_child != own) {
		activities[own].next_sibling = activities[cluster].first_child;
		activities[cluster].first_child = own;
	}
}

/* What the item opens: a resource, or a whole sub-manifest whose items come below it. */
static const xmlNode *read_reference(struct builder *builder, const xmlNode *manifest, const xmlNode *item,
	struct activity *activity, bool *ret_refers)
{
	struct reader *reader = builder->reader;
	struct span reference = reader_attribute(reader, item, "identifierref");
	*ret_refers = reference.len > 0;
	if (reference.len == 0) {
		return NULL;
	}
	struct resource *resource = manifest_resource(reader, manifest, reference);
	if (resource) {
		manifest_launch(reader, item, resource, activity);
		return NULL;
	}
	const xmlNode *sub = g_hash_table_lookup(reader->submanifests, reference.at);
	if (sub) {
		reader_find(reader, MANIFEST_SUBMANIFEST, item, reference.at, NULL);
		return sub;
	}
	reader_find(reader, ITEM_DANGLING, item, reference.at, NULL);
	return NULL;
}

static const xmlNode *default_organization(struct reader *reader, const xmlNode *manifest)
{
	const xmlNode *organizations = element_child(manifest, FAMILY_CP, "organizations");
	struct span wanted =
		organizations ? reader_attribute(reader, organizations, "default") : (struct span){"", 0};
	const xmlNode *first = element_child(organizations, FAMILY_CP, "organization");
	for (const xmlNode *at = first; at; at = element_next(at, FAMILY_CP, "organization")) {
		struct span identifier = reader_attribute(reader, at, "identifier");
		if (wanted.len > 0 && strcmp(identifier.at, wanted.at) == 0) {
			return at;
		}
	}
	return first;
}

static uint32_t append_item(struct builder *builder, const xmlNode *manifest, const xmlNode *item,
	uint32_t parent, uint32_t depth)
{
	struct reader *reader = builder->reader;
	if (depth > MANIFEST_MAX_ACTIVITY_DEPTH) {
		refuse_too_many(builder, item, MANIFEST_MAX_ACTIVITY_DEPTH, "item/item");
		return NO_INDEX;
	}
	struct activity activity;
	activity_set_defaults(&activity);
	activity.parent = parent;
	activity.first_child = activity.next_sibling = NO_INDEX;
	read_common(builder, item, &activity);
	reader_bool(reader, item, "isvisible", &activity.visible);
	bool refers = false;
	const xmlNode *sub = read_reference(builder, manifest, item, &activity, &refers);
	const xmlNode *children = sub ? default_organization(reader, sub) : item;
	builder->launchable |= activity.resource != RESOURCE_NONE;

	uint32_t index = append_activity(builder, item, &activity);
	if (index == NO_INDEX) {
		return NO_INDEX;
	}
	bool has_children = element_child(children, FAMILY_CP, "item") != NULL;
	uint32_t own = NO_INDEX;
	if (has_children && activity.resource != RESOURCE_NONE) {
		append_own_content(builder, item, index);
		own = g_array_index(builder->activities, struct activity, index).first_child;
	}
	append_children(builder, sub ? sub : manifest, children, index, depth + 1);
	link_own_content(builder, index, own);
	if (!has_children && activity.resource == RESOURCE_NONE && !refers) {
		reader_find(reader, ITEM_EMPTY, item, activity.identifier.at, NULL);
	}
	return index;
}

/* A package without organizations (CAM 2.3.1, resource package): one item for each resource that opens. */
static void append_resources(struct builder *builder)
{
	struct reader *reader = builder->reader;
	uint32_t before = NO_INDEX;
	for (const xmlNode *at = reader->root; at && !reader->too_many; at = element_walk(at, reader->root)) {
		if (!element_is(at, FAMILY_CP, "resource") ||
			!element_attribute(at, "href", reader->strings)) {
			continue;
		}
		struct span identifier = reader_attribute(reader, at, "identifier");
		struct resource *resource = manifest_resource(reader, reader->root, identifier);
		if (!resource) {
			continue;
		}
		struct activity activity;
		activity_set_defaults(&activity);
		activity.parent = 0;
		activity.first_child = activity.next_sibling = NO_INDEX;
		activity.identifier = activity.title = identifier;
		manifest_launch(reader, NULL, resource, &activity);
		builder->launchable |= activity.resource != RESOURCE_NONE;
		uint32_t index = append_activity(builder, at, &activity);
		if (index == NO_INDEX) {
			return;
		}
		struct activity *activities = (struct activity *)(void *)builder->activities->data;
		*(before == NO_INDEX ? &activities[0].first_child : &activities[before].next_sibling) = index;
		before = index;
	}
}

static void builder_init(struct builder *builder, struct reader *reader)
{
	*builder = (struct builder){.reader = reader, .edition = reader->ret->edition};
	builder->activities = g_array_new(FALSE, TRUE, sizeof(struct activity));
	builder->rules = g_array_new(FALSE, TRUE, sizeof(struct sequencing_rule));
	builder->rollup_rules = g_array_new(FALSE, TRUE, sizeof(struct rollup_rule));
	builder->conditions = g_array_new(FALSE, TRUE, sizeof(struct condition));
	builder->objectives = g_array_new(FALSE, TRUE, sizeof(struct objective));
	builder->maps = g_array_new(FALSE, TRUE, sizeof(struct objective_map));
	builder->shared_data = g_array_new(FALSE, TRUE, sizeof(struct shared_data_map));
}

/* Hands the arrays over to the course. */
static void builder_finish(struct builder *builder, struct course *ret)
{
#define HAND_OVER(member, count)                                                                             \
	ret->count = builder->member->len;                                                                   \
	ret->member = (const void *)g_array_free(builder->member, FALSE)
	HAND_OVER(activities, activity_count);
	HAND_OVER(rules, rule_count);
	HAND_OVER(rollup_rules, rollup_rule_count);
	HAND_OVER(conditions, condition_count);
	HAND_OVER(objectives, objective_count);
	HAND_OVER(maps, map_count);
	HAND_OVER(shared_data, shared_data_count);
#undef HAND_OVER
}

bool manifest_organization(
	struct reader *reader, const xmlNode *manifest, const xmlNode *organization, struct course *ret)
{
	struct builder builder;
	builder_init(&builder, reader);
	*ret = (struct course){.edition = builder.edition,
		.identifier = reader->ret->identifier,
		.objectives_global_to_system = true,
		.shared_data_global_to_system = true};
	struct activity root;
	activity_set_defaults(&root);
	root.parent = root.first_child = root.next_sibling = NO_INDEX;
	if (organization) {
		read_common(&builder, organization, &root);
		reader_bool(
			reader, organization, "objectivesGlobalToSystem", &ret->objectives_global_to_system);
		reader_bool(
			reader, organization, "sharedDataGlobalToSystem", &ret->shared_data_global_to_system);
	} else {
		root.identifier = root.title = reader->ret->identifier;
		root.control.flow = true;
	}
	ret->organization = root.identifier;
	ret->title = root.title;
	bool titled = !organization || element_child(organization, FAMILY_CP, "title");
	if (append_activity(&builder, organization ? organization : reader->root, &root) != NO_INDEX) {
		if (organization) {
			append_children(&builder, manifest, organization, 0, 2);
		} else {
			append_resources(&builder);
		}
	}
	builder_finish(&builder, ret);
	if (!titled && ret->activity_count > 1) {
		/* Its first item tells more than an identifier. */
		ret->title = ret->activities[1].title;
		((struct activity *)ret->activities)[0].title = ret->title;
	}
	return builder.launchable;
}
